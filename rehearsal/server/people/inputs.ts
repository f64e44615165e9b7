import type { StateValues } from '../../protocol.ts'
import type { Core } from '../core.ts'
import { isJson, type Json, list, points } from '../json.ts'
import { initialState, isEmpty, statefulElements } from '../operations/view-state.ts'
import type { View } from '../state/model.ts'

const REQUIRED = 'Please complete this required field.'

/** The state to send: what the surface shows by itself, overlaid with what the person did. */
export function completeState(
  blocks: Json[],
  given: StateValues | undefined,
  kept?: View['state'],
): View['state'] {
  const values = initialState(blocks)
  for (const source of [kept, given]) {
    for (const [block, actions] of Object.entries(source ?? {})) {
      for (const [action, value] of Object.entries(actions)) {
        const before = values[block]?.[action]
        if (before && isJson(value)) values[block]![action] = { ...value, type: before.type }
      }
    }
  }
  return values
}

/**
 * What the client itself objects to before it submits a modal: block_id to sentence, empty where nothing.
 * @param surface the key under which external options were offered, such as a view's id
 */
export function inputErrors(
  core: Core,
  blocks: Json[],
  values: View['state'],
  surface: string,
): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const { block, element } of statefulElements(blocks)) {
    const blockId = String(block.block_id)
    const value = values[blockId]?.[String(element.action_id)]
    if (block.type === 'input' && block.optional !== true && isEmpty(value)) {
      errors[blockId] = REQUIRED
      continue
    }
    const wrong = isEmpty(value) ? undefined : objection(core, element, value!, surface, blockId)
    if (wrong) errors[blockId] = wrong
  }
  return errors
}

/** Why the client would not take this value of this element; undefined where it would. */
export function objection(
  core: Core,
  element: Json,
  value: Json,
  surface: string,
  blockId: string,
): string | undefined {
  const chosen = [value.selected_option, ...list(value.selected_options)]
    .filter(isJson)
    .map(o => String(o.value))
  switch (element.type) {
    case 'plain_text_input':
      return textObjection(element, String(value.value))
    case 'number_input':
      return numberObjection(element, String(value.value))
    case 'email_text_input':
      return /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(String(value.value))
        ? undefined
        : 'Please enter a valid email address.'
    case 'url_text_input':
      return URL.canParse(String(value.value)) ? undefined : 'Please enter a valid URL.'
    case 'datepicker':
      return /^\d{4}-\d\d-\d\d$/.test(String(value.selected_date)) ? undefined : 'Please enter a valid date.'
    case 'timepicker':
      return /^\d\d:\d\d$/.test(String(value.selected_time)) ? undefined : 'Please enter a valid time.'
    case 'static_select':
    case 'multi_static_select':
    case 'radio_buttons':
    case 'checkboxes':
    case 'overflow':
      return chosenAmong(chosen, offeredBy(element), element)
    case 'external_select':
    case 'multi_external_select': {
      const offered = list(core.offered.get(`${surface}|${blockId}|${element.action_id}`))
      const initial = [element.initial_option, ...list(element.initial_options)].filter(isJson)
      return chosenAmong(
        chosen,
        [...offered, ...initial].map(o => String(o.value)),
        element,
      )
    }
    default:
      return undefined
  }
}

function textObjection(element: Json, text: string): string | undefined {
  const length = points(text)
  const most = Number(element.max_length ?? 3000)
  const least = Number(element.min_length ?? 0)
  if (length > most) return `Must be less than ${most + 1} characters`
  return length < least ? `Must be more than ${least - 1} characters` : undefined
}

function numberObjection(element: Json, text: string): string | undefined {
  const number = Number(text)
  if (text.trim() === '' || Number.isNaN(number)) return 'Please enter a number.'
  if (element.is_decimal_allowed !== true && !Number.isInteger(number)) return 'Please enter a whole number.'
  if (element.min_value !== undefined && number < Number(element.min_value))
    return `Must be ${element.min_value} or more.`
  if (element.max_value !== undefined && number > Number(element.max_value))
    return `Must be ${element.max_value} or less.`
  return undefined
}

/** The values a select, radio group, checkbox group or overflow menu offers. */
const offeredBy = (element: Json): string[] =>
  [...list(element.options), ...list(element.option_groups).flatMap(g => list(g.options))].map(o =>
    String(o.value),
  )

function chosenAmong(chosen: string[], offered: string[], element: Json): string | undefined {
  const alien = chosen.find(value => !offered.includes(value))
  if (alien !== undefined) return `"${alien}" is not among the options.`
  const most = Number(element.max_selected_items ?? Number.POSITIVE_INFINITY)
  return chosen.length > most ? `Select ${most} at most.` : undefined
}
