/** Block Kit by small functions. Lengths are cut to Slack's limits here, so that no view can send what Slack refuses. */
import { clip, escapeMrkdwn } from '../../blockkit/index.ts'
import type { Block } from '../ports.ts'

export interface Choice {
  text: string
  value: string
  description?: string
}

/** Characters that turn the direction of everything after them; a script that runs right to left needs none. */
const directionMarks = /[\u202a-\u202e\u2066-\u2069]/g

/** A person's words for a plain text: their script is kept, they turn nothing around. */
export const bare = (text: string): string => text.replace(directionMarks, '')

/** A person's words for a mrkdwn text, shown and not obeyed. Apply once, to raw words. */
export const said = (text: string): string => escapeMrkdwn(bare(text))

/** A person's words on one line of at most `max` characters, shown and not obeyed. */
export const brief = (text: string, max: number): string => clip(said(text.replace(/\s+/g, ' ').trim()), max)

/** A person's words as a sentence, with a full stop where they have none. */
export const sentence = (text: string): string => (/[.!?…؟۔。！？]$/u.test(text) ? text : `${text}.`)

/** Words of which several places make use, as the beginning of what is said (`first`) or as a part further on. */
export const begun = (words: string, first = true): string =>
  `${first ? words.charAt(0).toUpperCase() : words.charAt(0).toLowerCase()}${words.slice(1)}`

/** As many of `texts` as take at most `room` characters in a payload, but one at least; and how many are left over. */
export function fitting(texts: readonly string[], room: number): { shown: string[]; rest: number } {
  let left = room
  const over = texts.findIndex((text, index) => {
    left -= JSON.stringify(text).length
    return index > 0 && left < 0
  })
  const shown = over === -1 ? [...texts] : texts.slice(0, over)
  return { shown, rest: texts.length - shown.length }
}

/** Slack refuses a whole message for one empty text; words of which nothing can be shown must not stop a warning. */
const filled = (text: string): string => (text.trim() === '' ? '–' : text)

export const plain = (text: string, max = 75) => ({
  type: 'plain_text',
  text: filled(clip(text, max)),
  emoji: true,
})
const mrkdwn = (text: string, max: number) => ({ type: 'mrkdwn', text: filled(clip(text, max)) })

export const header = (text: string): Block => ({ type: 'header', text: plain(text, 150) })
export const divider = (): Block => ({ type: 'divider' })

export function section(text: string, accessory?: object): Block {
  return { type: 'section', text: mrkdwn(text, 3000), ...(accessory ? { accessory } : {}) }
}

/** Short facts in two columns; one alone takes the whole width. */
export function fields(texts: readonly string[]): Block {
  const [first, ...others] = texts
  if (first !== undefined && others.length === 0) return section(first)
  return { type: 'section', fields: texts.slice(0, 10).map(text => mrkdwn(text, 2000)) }
}

export function context(...texts: string[]): Block {
  return { type: 'context', elements: texts.slice(0, 10).map(text => mrkdwn(text, 2000)) }
}

export function actions(blockId: string, elements: readonly object[]): Block {
  return { type: 'actions', block_id: blockId, elements }
}

export function button(
  text: string,
  actionId: string,
  value: string,
  options: { style?: 'primary' | 'danger'; label?: string; confirm?: { text: string; deny: string } } = {},
): object {
  const { confirm } = options
  return {
    type: 'button',
    text: plain(text),
    action_id: actionId,
    value,
    ...(options.style ? { style: options.style } : {}),
    ...(options.label ? { accessibility_label: clip(options.label, 75) } : {}),
    // What one press ends for good is asked once more.
    ...(confirm
      ? {
          confirm: {
            title: plain(text, 100),
            text: plain(confirm.text, 300),
            confirm: plain(text, 30),
            deny: plain(confirm.deny, 30),
          },
        }
      : {}),
  }
}

export const option = ({ text, value, description }: Choice) => ({
  text: plain(text),
  value,
  ...(description ? { description: plain(description) } : {}),
})

export function select(
  actionId: string,
  placeholder: string,
  choices: readonly Choice[],
  initial?: string | null,
): object {
  const chosen = choices.find(choice => choice.value === initial)
  return {
    type: 'static_select',
    action_id: actionId,
    placeholder: plain(placeholder, 150),
    options: choices.slice(0, 100).map(option),
    ...(chosen ? { initial_option: option(chosen) } : {}),
  }
}

export interface ChoiceGroup {
  label: string
  choices: readonly Choice[]
}

/** A menu whose choices stand under headings; groups without a choice are left out. */
export function groupedSelect(actionId: string, placeholder: string, groups: readonly ChoiceGroup[]): object {
  return {
    type: 'static_select',
    action_id: actionId,
    placeholder: plain(placeholder, 150),
    option_groups: groups
      .filter(({ choices }) => choices.length > 0)
      .map(({ label, choices }) => ({ label: plain(label), options: choices.slice(0, 100).map(option) })),
  }
}

export function multiSelect(
  actionId: string,
  placeholder: string,
  choices: readonly Choice[],
  initial: readonly string[] = [],
): object {
  const chosen = choices.filter(choice => initial.includes(choice.value))
  return {
    type: 'multi_static_select',
    action_id: actionId,
    placeholder: plain(placeholder, 150),
    options: choices.slice(0, 100).map(option),
    ...(chosen.length > 0 ? { initial_options: chosen.map(option) } : {}),
  }
}

/** A private channel as Slack shows it to the person, by the name they know; `several`: as many as they choose. */
export const channelSelect = (actionId: string, placeholder: string, { several = false } = {}): object => ({
  type: several ? 'multi_conversations_select' : 'conversations_select',
  action_id: actionId,
  placeholder: plain(placeholder, 150),
  filter: PRIVATE_CHANNELS,
})

const PRIVATE_CHANNELS = { include: ['private'], exclude_bot_users: true }

export function radio(actionId: string, choices: readonly Choice[], initial?: string | null): object {
  const chosen = choices.find(choice => choice.value === initial)
  return {
    type: 'radio_buttons',
    action_id: actionId,
    options: choices.slice(0, 10).map(option),
    ...(chosen ? { initial_option: option(chosen) } : {}),
  }
}

export function checkboxes(
  actionId: string,
  choices: readonly Choice[],
  ticked: readonly string[] = [],
): object {
  const chosen = choices.filter(choice => ticked.includes(choice.value))
  return {
    type: 'checkboxes',
    action_id: actionId,
    options: choices.slice(0, 10).map(option),
    ...(chosen.length > 0 ? { initial_options: chosen.map(option) } : {}),
  }
}

export function textInput(
  actionId: string,
  options: { multiline?: boolean; initial?: string | null; placeholder?: string; max?: number } = {},
): object {
  return {
    type: 'plain_text_input',
    action_id: actionId,
    ...(options.multiline ? { multiline: true } : {}),
    ...(options.initial ? { initial_value: clip(options.initial, options.max ?? 3000) } : {}),
    ...(options.placeholder ? { placeholder: plain(options.placeholder, 150) } : {}),
    ...(options.max ? { max_length: Math.min(options.max, 3000) } : {}),
  }
}

/** `block_id` and `action_id` are the field's name, so that a refusal finds its place. */
export function input(
  field: string,
  label: string,
  element: object,
  options: { optional?: boolean; hint?: string; dispatch?: boolean } = {},
): Block {
  return {
    type: 'input',
    block_id: field,
    label: plain(label, 2000),
    element,
    ...(options.optional ? { optional: true } : {}),
    ...(options.hint ? { hint: plain(options.hint, 2000) } : {}),
    ...(options.dispatch ? { dispatch_action: true } : {}),
  }
}

export function modal(
  callbackId: string,
  texts: { title: string; submit?: string; close: string },
  metadata: object,
  blocks: readonly Block[],
): { type: 'modal'; blocks: unknown[] } & Record<string, unknown> {
  return {
    type: 'modal',
    callback_id: callbackId,
    title: plain(texts.title, 24),
    ...(texts.submit ? { submit: plain(texts.submit, 24) } : {}),
    close: plain(texts.close, 24),
    private_metadata: JSON.stringify(metadata),
    blocks: [...blocks],
  }
}
