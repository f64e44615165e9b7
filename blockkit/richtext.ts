import { limits } from './limits.ts'
import { blockId, url } from './objects.ts'
import { boolean, formed, integer, list, object, oneOf, only, tagged, text } from './spec.ts'

const look = object({
  bold: boolean,
  italic: boolean,
  strike: boolean,
  underline: boolean,
  code: boolean,
  highlight: boolean,
  client_highlight: boolean,
  unlink: boolean,
})
const anything = text(undefined, 0)
const colour = formed(value => /^#?[0-9a-f]{6}$/i.test(value), 'must be a valid hex color')

const leaf = tagged({
  text: object({ 'text!': text(undefined, limits.richText.textMin), style: look }),
  link: object({ 'url!': url(), text: anything, unsafe: boolean, style: look }),
  user: object({ 'user_id!': text(), style: look }),
  usergroup: object({ 'usergroup_id!': text(), style: look }),
  channel: object({ 'channel_id!': text(), style: look }),
  team: object({ 'team_id!': text(), style: look }),
  emoji: object({ 'name!': text(), unicode: text(), url: url(), skin_tone: integer(1, 6), style: look }),
  broadcast: object({ 'range!': oneOf('here', 'channel', 'everyone'), style: look }),
  color: object({ 'value!': colour, style: look }),
  date: object({ 'timestamp!': integer(0), 'format!': text(), url: url(), fallback: anything, style: look }),
})

const border = integer(limits.richText.borderMin, limits.richText.border)
const section = tagged({ rich_text_section: object({ 'elements!': list(leaf) }) })

const part = tagged({
  rich_text_section: section.members.get('rich_text_section')!,
  rich_text_list: object({
    'style!': oneOf('bullet', 'ordered'),
    'elements!': list(section, undefined, limits.richText.listItemsMin),
    indent: integer(limits.richText.indentMin, limits.richText.indent),
    offset: integer(limits.richText.offsetMin),
    border,
  }),
  rich_text_quote: object({ 'elements!': list(leaf), border }),
  rich_text_preformatted: object({ 'elements!': list(only(leaf, 'text', 'link')), border, language: text() }),
})

/** Formatted text as structure; also found in table cells, task cards and the rich text input. */
export const richTextFields = object({ 'elements!': list(part), block_id: blockId })
export const richText = tagged({ rich_text: richTextFields })
