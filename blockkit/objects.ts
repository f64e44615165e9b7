import { limits } from './limits.ts'
import {
  anyOf,
  boolean,
  eitherOr,
  formed,
  list,
  type ObjectSpec,
  object,
  oneOf,
  type Spec,
  type TaggedSpec,
  tagged,
  text,
} from './spec.ts'

/** The small objects that blocks and elements are made of. */

const isUrl = (value: string): boolean => URL.canParse(value)
const isHttps = (value: string): boolean => value.startsWith('https://') && URL.canParse(value)
export const url = (max: number = limits.button.url): Spec => formed(isUrl, 'must be a valid url', max)
export const httpsUrl = (max: number): Spec => formed(isHttps, 'must be a valid https url', max)

const plainTextOf = (max: number): ObjectSpec =>
  object({ 'text!': text(max, limits.text.textMin), emoji: boolean })
const mrkdwnOf = (max: number): ObjectSpec =>
  object({ 'text!': text(max, limits.text.textMin), verbatim: boolean })

/** A text object that must be plain_text. */
export const plainText = (max: number): TaggedSpec => tagged({ plain_text: plainTextOf(max) })
/** A text object of either type. */
export const anyText = (max: number): TaggedSpec =>
  tagged({ plain_text: plainTextOf(max), mrkdwn: mrkdwnOf(max) })

export const blockId = { ...text(limits.id.blockId), unique: 'block_id' } as const
export const actionId = { ...text(limits.id.actionId), unique: 'action_id' } as const

export const style = oneOf('primary', 'danger')
export const placeholder = plainText(limits.placeholder.text)

export const confirm = object({
  title: plainText(limits.confirm.title),
  'text!': anyText(limits.confirm.text),
  confirm: plainText(limits.confirm.confirm),
  deny: plainText(limits.confirm.deny),
  style,
})

const value = text(limits.option.value)
/** An option of a select menu. */
export const menuOption = object({
  'text!': plainText(limits.option.text),
  'value!': value,
  description: plainText(limits.option.description),
})
export const overflowOption = object({
  'text!': plainText(limits.option.text),
  'value!': value,
  description: plainText(limits.option.description),
  url: url(limits.option.url),
})
/** An option of checkboxes and radio buttons, which may be mrkdwn. */
export const choiceOption = object({
  'text!': anyText(limits.option.text),
  'value!': value,
  description: anyText(limits.option.description),
})
export const optionGroup = object({
  'label!': plainText(limits.optionGroup.label),
  'options!': list(menuOption, limits.optionGroup.options, limits.optionGroup.optionsMin),
})

export const dispatchActionConfig = object({
  'trigger_actions_on!': list(
    oneOf('on_enter_pressed', 'on_character_entered'),
    limits.dispatchAction.triggers,
    limits.dispatchAction.triggersMin,
  ),
})
export const conversationFilter = object(
  {
    include: list(oneOf('im', 'mpim', 'private', 'public'), undefined, limits.conversationFilter.includeMin),
    exclude_external_shared_channels: boolean,
    exclude_bot_users: boolean,
  },
  anyOf('include', 'exclude_external_shared_channels', 'exclude_bot_users'),
)

const slackFile = object({ url: url(), id: text() }, eitherOr('id', 'url'))
export const slackIcon = object({ 'type!': oneOf('icon'), 'name!': text() })
/** What every picture has; a block adds its title. */
export const pictureFields = {
  'alt_text!': text(limits.image.altText, limits.image.altTextMin),
  image_url: url(limits.image.url),
  slack_file: slackFile,
}
export const onePicture = eitherOr('image_url', 'slack_file')
export const picture = tagged({ image: object(pictureFields, onePicture) })
