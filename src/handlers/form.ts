import type { StateValues } from './contract.ts'

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
