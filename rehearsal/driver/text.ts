import { isJson, type Json, list } from '../server/json.ts'
import { unescapeMarkup } from '../server/operations/markup.ts'
import type { State } from '../server/state/state.ts'

/** What a text is compared with: words it contains, or a pattern. */
export type Match = string | RegExp

export const matches = (text: string, match: Match | undefined): boolean =>
  match === undefined || (typeof match === 'string' ? text.includes(match) : match.test(text))

/** The words a person reads in these blocks, a line per text; buttons and menus as `[label]`. */
export function visibleText(state: State, blocks: unknown): string {
  return list(blocks)
    .flatMap(block => blockTexts(block))
    .map(text => readable(state, text))
    .join('\n')
}

/** Markup as a person reads it: names for ids, entities resolved, dates by their fallback. */
export function readable(state: State, text: string): string {
  return unescapeMarkup(
    text
      .replace(/<@([UW][A-Z0-9]+)(\|[^>]*)?>/g, (_, id) => `@${state.users.get(id)?.handle ?? id}`)
      .replace(/<#([A-Z0-9]+)(\|[^>]*)?>/g, (_, id) => `#${state.channels.get(id)?.name ?? id}`)
      .replace(/<!date\^[^|>]*\|([^>]*)>/g, '$1')
      .replace(/<!(here|channel|everyone)(\|[^>]*)?>/g, '@$1')
      .replace(/<((?:https?|mailto|tel):[^|>]*)\|([^>]*)>/g, '$2')
      .replace(/<((?:https?|mailto|tel):[^>]*)>/g, '$1'),
  )
}

function blockTexts(block: Json): string[] {
  switch (block.type) {
    case 'actions':
    case 'context':
    case 'context_actions':
      return list(block.elements).flatMap(elementTexts)
    case 'input':
      return [textOf(block.label), ...optional(textOf(block.hint)), ...elementTexts(block.element)]
    case 'rich_text':
      return [richTexts(block.elements)]
    case 'table':
    case 'data_table':
      return rows(block.rows).map(cells => cells.join(' | '))
    default:
      return [
        ...optional(textOf(block.title)),
        ...optional(textOf(block.subtitle)),
        ...optional(textOf(block.text)),
        ...list(block.fields).map(textOf),
        ...optional(textOf(block.body)),
        ...optional(textOf(block.caption)),
        ...elementTexts(block.accessory),
        ...list(block.actions).flatMap(elementTexts),
        ...(block.type === 'image' ? [`(${String(block.alt_text)})`] : []),
        ...list(block.child_blocks).flatMap(blockTexts),
      ]
  }
}

function elementTexts(element: unknown): string[] {
  if (!isJson(element)) return []
  if (element.type === 'mrkdwn' || element.type === 'plain_text') return [textOf(element)]
  if (element.type === 'button') return [`[${textOf(element.text)}]`]
  if (element.type === 'image') return [`(${String(element.alt_text)})`]
  if (element.type === 'overflow' || element.type === 'radio_buttons' || element.type === 'checkboxes') {
    return list(element.options).map(o => `[${textOf(o.text)}]`)
  }
  const placeholder = textOf(element.placeholder)
  return placeholder ? [`[${placeholder}]`] : []
}

/** The words of a text object, or of a plain string; a no-break space looks like any other. */
export function textOf(value: unknown): string {
  const text = isJson(value) ? value.text : value
  return typeof text === 'string' ? text.replaceAll('\u00a0', ' ') : ''
}

const optional = (text: string): string[] => (text === '' ? [] : [text])

function richTexts(elements: unknown): string {
  return list(elements)
    .map(element => {
      if (typeof element.text === 'string') return element.text
      if (element.type === 'user') return `<@${String(element.user_id)}>`
      if (element.type === 'channel') return `<#${String(element.channel_id)}>`
      if (element.type === 'broadcast') return `<!${String(element.range)}>`
      if (element.type === 'link') return String(element.url)
      return richTexts(element.elements)
    })
    .join('')
}

const rows = (value: unknown): string[][] =>
  Array.isArray(value)
    ? value.map(row =>
        list(row).map(cell => (cell.type === 'rich_text' ? richTexts(cell.elements) : textOf(cell))),
      )
    : []
