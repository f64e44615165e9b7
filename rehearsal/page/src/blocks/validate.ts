import type { KnownBlock } from '@slack/types'
import type { InputState } from '../../../protocol.ts'
import { type Interactive, stateOf, type Values } from './values.ts'

function isEmpty(state: InputState | undefined): boolean {
  if (!state) return true
  const [held] = Object.entries(state)
    .filter(([key]) => key !== 'type' && key !== 'timezone')
    .map(([, value]) => value)
  return held === null || held === undefined || held === '' || (Array.isArray(held) && held.length === 0)
}

function checkText(element: Interactive, text: string): string | undefined {
  const length = [...text].length
  if (element.type === 'plain_text_input') {
    if (element.min_length && length < element.min_length)
      return `Please write at least ${element.min_length} characters.`
    if (element.max_length && length > element.max_length)
      return `Please write no more than ${element.max_length} characters.`
    if (!element.max_length && length > 3000) return 'Please write no more than 3000 characters.'
  }
  if (element.type === 'email_text_input' && !/^\S+@\S+\.\S+$/.test(text))
    return 'Please enter a valid email address, such as name@example.org.'
  if (element.type === 'url_text_input' && !URL.canParse(text))
    return 'Please enter a valid address, such as https://example.org.'
  if (element.type === 'number_input') return checkNumber(element, text)
  return undefined
}

function checkNumber(
  element: Extract<Interactive, { type: 'number_input' }>,
  text: string,
): string | undefined {
  const value = Number(text)
  if (text.trim() === '' || Number.isNaN(value)) return 'Please enter a number.'
  if (!element.is_decimal_allowed && !Number.isInteger(value)) return 'Please enter a whole number.'
  if (element.min_value !== undefined && value < Number(element.min_value))
    return `Please enter a number of at least ${element.min_value}.`
  if (element.max_value !== undefined && value > Number(element.max_value))
    return `Please enter a number of at most ${element.max_value}.`
  return undefined
}

/** What Slack's client would refuse before it sends a modal: block_id to sentence; empty when nothing. */
export function validate(blocks: KnownBlock[], values: Values): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const block of blocks) {
    if (block.type !== 'input') continue
    const blockId = block.block_id!
    const state = stateOf(values, blockId, block.element)
    if (isEmpty(state)) {
      if (!block.optional) errors[blockId] = 'Please complete this required field.'
      continue
    }
    const text = state && 'value' in state ? checkText(block.element, String(state.value)) : undefined
    if (text) errors[blockId] = text
  }
  return errors
}
