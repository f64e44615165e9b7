import type { InputState, StateValues, View } from '../handlers/contract.ts'

type Json = Record<string, unknown>

/** Fields Slack puts into a view it sends, which it does not take back. */
const ACCEPTED = [
  'type',
  'title',
  'submit',
  'close',
  'callback_id',
  'private_metadata',
  'external_id',
  'clear_on_close',
  'notify_on_close',
] as const

const BANNER = 'tocsin.banner'

/**
 * The modal as the person left it: nothing they typed is lost.
 *
 * @param view the modal as Slack sent it.
 */
export function asFilledIn(view: Json & { blocks: Json[] }, values: StateValues): View {
  const kept = Object.fromEntries(
    ACCEPTED.filter(key => view[key] != null && view[key] !== '').map(key => [key, view[key]]),
  )
  const blocks = view.blocks.filter(block => block.block_id !== BANNER).map(block => withTyped(block, values))
  return { ...kept, type: 'modal', blocks }
}

/**
 * The same with a sentence on top.
 *
 * @param sentence shown first, in the reader's language, as plain text.
 */
export function withBanner(view: Json & { blocks: Json[] }, values: StateValues, sentence: string): View {
  const filled = asFilledIn(view, values)
  const banner = {
    type: 'section',
    block_id: BANNER,
    text: { type: 'plain_text', text: `⚠️ ${sentence}`, emoji: true },
  }
  return { ...filled, blocks: [banner, ...filled.blocks].slice(0, 100) }
}

/** Whether an error can stand beside this block. */
export function isInputBlock(view: { blocks: Json[] }, blockId: string): boolean {
  return view.blocks.some(block => block.block_id === blockId && block.type === 'input')
}

function withTyped(block: Json, values: StateValues): Json {
  const element = block.element as Json | undefined
  const entered = element && values[String(block.block_id)]?.[String(element.action_id)]
  if (block.type !== 'input' || !element || !entered) return block
  const emptied = Object.fromEntries(Object.entries(element).filter(([key]) => !key.startsWith('initial_')))
  return { ...block, element: { ...emptied, ...initialOf(entered) } }
}

function initialOf(entered: InputState): Json {
  const options = entered.selected_options
  const initial: Json = {
    initial_value: entered.value,
    initial_option: entered.selected_option,
    initial_options: options && options.length > 0 ? options : undefined,
    initial_date: entered.selected_date,
    initial_time: entered.selected_time,
    initial_date_time: entered.selected_date_time,
    initial_user: entered.selected_user,
    initial_users: entered.selected_users?.length ? entered.selected_users : undefined,
    initial_conversation: entered.selected_conversation,
    initial_conversations: entered.selected_conversations?.length
      ? entered.selected_conversations
      : undefined,
  }
  return Object.fromEntries(Object.entries(initial).filter(([, value]) => value != null && value !== ''))
}
