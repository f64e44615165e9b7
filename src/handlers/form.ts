import type { StateValues, ViewCall } from './contract.ts'

/** Reads a form whose inputs carry their field's name as `block_id`. */
export function readForm(values: StateValues) {
  const element = (field: string) => Object.values(values[field] ?? {})[0]
  return {
    text: (field: string): string => element(field)?.value ?? '',
    choice: (field: string): string | null => element(field)?.selected_option?.value ?? null,
    choices: (field: string): string[] =>
      (element(field)?.selected_options ?? []).map(option => option.value),
    /** People's Slack ids. */
    users: (field: string): string[] => element(field)?.selected_users ?? [],
    /** Epoch ms. */
    dateTime: (field: string): number | null => {
      const seconds = element(field)?.selected_date_time
      return typeof seconds === 'number' ? seconds * 1000 : null
    },
    /** A Slack user's id. */
    user: (field: string): string | null => element(field)?.selected_user ?? null,
    /** A channel's Slack id. */
    channel: (field: string): string | null => element(field)?.selected_conversation ?? null,
    channels: (field: string): string[] => element(field)?.selected_conversations ?? [],
    /** `YYYY-MM-DD`. */
    date: (field: string): string | null => element(field)?.selected_date ?? null,
    /** `HH:mm`. */
    time: (field: string): string | null => element(field)?.selected_time ?? null,
    option: (field: string): { text: string; value: string } | null => {
      const chosen = element(field)?.selected_option
      return chosen ? { text: chosen.text.text, value: chosen.value } : null
    },
  }
}

/** What a view carried in its `private_metadata`; written by us, so only its shape as JSON is trusted. */
export function readMetadata<T extends object>(metadata: string): Partial<T> {
  try {
    return JSON.parse(metadata) as Partial<T>
  } catch {
    return {}
  }
}

/** The form with everything that was typed and chosen, so that a warning loses nothing. */
export function filledAgain<T extends { blocks: unknown[] }>(
  shown: T,
  { values }: Pick<ViewCall, 'values'>,
): T {
  const blocks = (shown.blocks as { block_id?: string; element?: Record<string, unknown> }[]).map(block => {
    const state = block.block_id === undefined ? undefined : Object.values(values[block.block_id] ?? {})[0]
    if (!state || !block.element) return block
    const initial = {
      ...(state.value ? { initial_value: state.value } : {}),
      ...(state.selected_option ? { initial_option: state.selected_option } : {}),
      ...(state.selected_options && state.selected_options.length > 0
        ? { initial_options: state.selected_options }
        : {}),
      ...(state.selected_date_time ? { initial_date_time: state.selected_date_time } : {}),
      ...(state.selected_user ? { initial_user: state.selected_user } : {}),
      ...(state.selected_conversation ? { initial_conversation: state.selected_conversation } : {}),
      ...(state.selected_conversations && state.selected_conversations.length > 0
        ? { initial_conversations: state.selected_conversations }
        : {}),
    }
    return { ...block, element: { ...block.element, ...initial } }
  })
  return { ...shown, blocks }
}
