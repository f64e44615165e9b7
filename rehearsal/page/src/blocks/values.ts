import type {
  ActionsBlockElement,
  InputBlockElement,
  KnownBlock,
  Option,
  OptionGroup,
  SectionBlockAccessory,
} from '@slack/types'
import type { InputState, StateValues } from '../../../protocol.ts'

/** Anything on a surface that a person can operate. */
export type Interactive = Exclude<
  ActionsBlockElement | InputBlockElement | SectionBlockAccessory,
  { type: 'image' }
>

/** States of a surface's inputs by {@link keyOf}. */
export type Values = Record<string, InputState>

export const keyOf = (blockId: string, actionId: string) => `${blockId} ${actionId}`

/** Gives each block the id Slack would give it, so that its inputs have an address. */
export function withBlockIds(blocks: unknown[] | undefined): KnownBlock[] {
  return ((blocks ?? []) as KnownBlock[]).map((block, index) =>
    block.block_id ? block : { ...block, block_id: `block-${index}` },
  )
}

/** An option's value is what names it; its text may be translated on the way. */
export const sameOption = (a: Option | null | undefined, b: Option | null | undefined) =>
  !!a && !!b && a.value === b.value && a.text.text === b.text.text

export function flatOptions(element: { options?: Option[]; option_groups?: OptionGroup[] }): Option[] {
  return element.options ?? element.option_groups?.flatMap(group => group.options) ?? []
}

/** The state an untouched element has, in the shape Slack sends; undefined for one without state (a button). */
export function initialState(element: Interactive): InputState | undefined {
  const type = element.type
  switch (element.type) {
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return { type, value: element.initial_value ?? null }
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { type, selected_option: element.initial_option ?? null }
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return { type, selected_options: element.initial_options ?? [] }
    case 'users_select':
      return { type, selected_user: element.initial_user ?? null }
    case 'multi_users_select':
      return { type, selected_users: element.initial_users ?? [] }
    case 'conversations_select':
      return { type, selected_conversation: element.initial_conversation ?? null }
    case 'multi_conversations_select':
      return { type, selected_conversations: element.initial_conversations ?? [] }
    case 'channels_select':
      return { type, selected_channel: element.initial_channel ?? null }
    case 'multi_channels_select':
      return { type, selected_channels: element.initial_channels ?? [] }
    case 'datepicker':
      return { type, selected_date: element.initial_date ?? null }
    case 'timepicker':
      return {
        type,
        selected_time: element.initial_time ?? null,
        ...(element.timezone && { timezone: element.timezone }),
      }
    case 'datetimepicker':
      return { type, selected_date_time: element.initial_date_time ?? null }
    case 'file_input':
      return { type, files: [] }
    case 'rich_text_input':
      return { type, rich_text_value: element.initial_value ?? null }
    default:
      return undefined
  }
}

/** The operable elements of a block, in order. */
export function elementsOf(block: KnownBlock): Interactive[] {
  switch (block.type) {
    case 'input':
      return [block.element]
    case 'actions':
      return block.elements as Interactive[]
    case 'section':
      return block.accessory && block.accessory.type !== 'image' ? [block.accessory] : []
    default:
      return []
  }
}

/** The state of one element: what the person left there, else what it began with. */
export function stateOf(values: Values, blockId: string, element: Interactive): InputState | undefined {
  return values[keyOf(blockId, element.action_id ?? '')] ?? initialState(element)
}

/** Everything a surface's inputs hold, as `state.values` in Slack's payloads. */
export function collectState(blocks: KnownBlock[], values: Values): StateValues {
  const state: StateValues = {}
  for (const block of blocks) {
    const blockId = block.block_id!
    for (const element of elementsOf(block)) {
      const value = stateOf(values, blockId, element)
      if (value) state[blockId] = { ...state[blockId], [element.action_id ?? '']: value }
    }
  }
  return state
}
