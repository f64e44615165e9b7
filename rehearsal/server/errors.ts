import type { Json } from './json.ts'

/** A refusal in Slack's words: answered as `{ok: false, error: code, …extra}`. */
export class SlackError extends Error {
  readonly code: string
  readonly extra: Json

  constructor(code: string, extra: Json = {}) {
    super(code)
    this.name = 'SlackError'
    this.code = code
    this.extra = extra
  }
}

/** Refuses with `code` and sentences for `response_metadata.messages`. */
export function refuse(code: string, ...messages: string[]): never {
  throw new SlackError(code, messages.length > 0 ? { response_metadata: { messages } } : {})
}
