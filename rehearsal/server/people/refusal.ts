import type { ActResult } from '../../protocol.ts'

/** What a person's client would not let them do: `code` for tests, `failure` a sentence for the person. */
export class NotDone extends Error {
  readonly result: ActResult

  constructor(code: string, failure: string, errors?: Record<string, string>) {
    super(failure)
    this.name = 'NotDone'
    this.result = { ok: false, code, failure, ...(errors ? { errors } : {}) }
  }
}

export function notDone(code: string, failure: string, errors?: Record<string, string>): never {
  throw new NotDone(code, failure, errors)
}
