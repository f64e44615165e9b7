import { isJson, type Json, list } from '../json.ts'
import type { View } from '../state/model.ts'

export type StateOf = View['state']

/** The elements of a view or message that hold a value, with the block each stands in. */
export function statefulElements(blocks: Json[]): { block: Json; element: Json }[] {
  return blocks.flatMap(block => {
    const elements =
      block.type === 'input'
        ? [block.element]
        : block.type === 'section'
          ? [block.accessory]
          : block.type === 'actions'
            ? list(block.elements)
            : []
    return elements
      .filter(isJson)
      .filter(isStateful)
      .map(element => ({ block, element }))
  })
}

const isStateful = (element: Json): boolean =>
  !['button', 'overflow', 'image', 'workflow_button'].includes(String(element.type))

/** The values a view or message shows before anybody touches it, in the shape of `state.values`. */
export function initialState(blocks: Json[]): StateOf {
  const values: StateOf = {}
  for (const { block, element } of statefulElements(blocks)) {
    const blockId = String(block.block_id)
    values[blockId] ??= {}
    values[blockId][String(element.action_id)] = { type: element.type, ...initialValue(element) }
  }
  return values
}

/** The keys under which Slack sends what an element of this type holds. */
function initialValue(element: Json): Json {
  const type = String(element.type)
  if (type.startsWith('multi_')) {
    const kind = type.slice('multi_'.length)
    if (kind === 'users_select') return { selected_users: element.initial_users ?? [] }
    if (kind === 'channels_select') return { selected_channels: element.initial_channels ?? [] }
    if (kind === 'conversations_select')
      return { selected_conversations: element.initial_conversations ?? [] }
    return { selected_options: element.initial_options ?? [] }
  }
  switch (type) {
    case 'checkboxes':
      return { selected_options: element.initial_options ?? [] }
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { selected_option: element.initial_option ?? null }
    case 'users_select':
      return { selected_user: element.initial_user ?? null }
    case 'channels_select':
      return { selected_channel: element.initial_channel ?? null }
    case 'conversations_select':
      return { selected_conversation: element.initial_conversation ?? null }
    case 'datepicker':
      return { selected_date: element.initial_date ?? null }
    case 'timepicker':
      return { selected_time: element.initial_time ?? null }
    case 'datetimepicker':
      return { selected_date_time: element.initial_date_time ?? null }
    case 'file_input':
      return { files: [] }
    case 'rich_text_input':
      return { rich_text_value: element.initial_value ?? null }
    default:
      return { value: element.initial_value ?? null }
  }
}

/** True where a value of `state.values` holds nothing. */
export function isEmpty(value: Json | undefined): boolean {
  if (!value) return true
  return Object.entries(value)
    .filter(([key]) => key !== 'type')
    .every(([, v]) => v === null || v === undefined || v === '' || (Array.isArray(v) && v.length === 0))
}
