import type { Surface } from '../protocol.ts'
import { type Json, list } from '../server/json.ts'
import { type Control, findOption, optionsOf } from './controls.ts'
import type { Stage } from './stage.ts'
import { textOf } from './text.ts'

/** What a test writes into a field: words, a number, an option's words, or several. */
export type FieldValue = string | number | readonly string[]

/**
 * Makes the state a person leaves in a control: text as typed, options by their words, people by handle, channels
 * by `#name`. External menus are typed into first, with the value itself.
 * @throws Error where the option is not offered or the control cannot hold such a value
 */
export async function enter(
  stage: Stage,
  user: string,
  surface: Surface,
  control: Control,
  value: FieldValue,
): Promise<Json> {
  const { element } = control
  const type = String(element.type)
  const many = (typeof value === 'object' ? [...value] : [String(value)]).filter(v => v !== '')
  switch (type) {
    case 'plain_text_input':
    case 'number_input':
    case 'email_text_input':
    case 'url_text_input':
      return { type, value: String(value) === '' ? null : String(value) }
    case 'datepicker':
      return { type, selected_date: many[0] ?? null }
    case 'timepicker':
      return { type, selected_time: many[0] ?? null }
    case 'datetimepicker':
      return { type, selected_date_time: many[0] === undefined ? null : Number(many[0]) }
    case 'static_select':
    case 'radio_buttons':
    case 'overflow':
      return { type, selected_option: many[0] ? chosen(control, optionsOf(element), many[0]) : null }
    case 'multi_static_select':
    case 'checkboxes':
      return { type, selected_options: many.map(v => chosen(control, optionsOf(element), v)) }
    case 'external_select': {
      const typed = many[0]
      if (!typed) return { type, selected_option: null }
      return {
        type,
        selected_option: chosen(control, await offered(stage, user, surface, control, typed), typed),
      }
    }
    case 'multi_external_select': {
      const all: Json[] = []
      for (const v of many) all.push(chosen(control, await offered(stage, user, surface, control, v), v))
      return { type, selected_options: all }
    }
    case 'users_select':
      return { type, selected_user: many[0] ? userId(stage, many[0]) : null }
    case 'multi_users_select':
      return { type, selected_users: many.map(v => userId(stage, v)) }
    case 'channels_select':
      return { type, selected_channel: many[0] ? channelId(stage, many[0]) : null }
    case 'conversations_select':
      return { type, selected_conversation: many[0] ? channelId(stage, many[0]) : null }
    case 'multi_channels_select':
      return { type, selected_channels: many.map(v => channelId(stage, v)) }
    case 'multi_conversations_select':
      return { type, selected_conversations: many.map(v => channelId(stage, v)) }
    default:
      throw new Error(`The driver cannot fill in a ${type}.`)
  }
}

/** The options the app offers in an external menu once `typed` is entered. */
export async function offered(
  stage: Stage,
  user: string,
  surface: Surface,
  control: Control,
  typed: string,
): Promise<Json[]> {
  const result = await stage.workspace.act({
    persona: user,
    do: 'options',
    surface,
    blockId: String(control.block.block_id),
    actionId: String(control.element.action_id),
    value: typed,
  })
  if (!result.ok) throw new Error(`No options for "${typed}": ${JSON.stringify(result)}`)
  return [...list(result.options), ...list(result.optionGroups).flatMap(g => list(g.options))]
}

export function chosen(control: Control, options: Json[], wanted: string): Json {
  const option = findOption(options, wanted)
  if (option) return option
  const words = options.map(o => textOf(o.text)).join(', ')
  throw new Error(`"${control.label}" does not offer "${wanted}", only: ${words || 'nothing'}.`)
}

/** A person's id by id or handle. @throws Error where there is none */
export function userId(stage: Stage, name: string): string {
  const { users } = stage.workspace.state
  if (users.has(name)) return name
  const found = [...users.values()].find(u => u.handle === name.replace(/^@/, ''))
  if (!found) throw new Error(`There is no "${name}" in this workspace.`)
  return found.id
}

/** A channel's id by id or `#name`. @throws Error where there is none */
export function channelId(stage: Stage, name: string): string {
  const { channels } = stage.workspace.state
  if (channels.has(name)) return name
  const found = [...channels.values()].find(c => c.name === name.replace(/^#/, '') && c.name !== '')
  if (!found) throw new Error(`There is no channel "${name}" in this workspace.`)
  return found.id
}
