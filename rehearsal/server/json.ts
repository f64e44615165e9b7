/** An object as it arrives in JSON. */
export type Json = Record<string, unknown>

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The objects in `value`, or none where it is no list. */
export function list(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isJson) : []
}

/** `value` where it is a non-empty string. */
export function str(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The length of a text as Slack counts it: in Unicode code points. */
export function points(text: string): number {
  return [...text].length
}
