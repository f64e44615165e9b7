import type { Surface } from './limits.ts'

/** One thing Slack refuses. `message` is worded as in Slack's `response_metadata.messages`. */
export interface Problem {
  code: string
  message: string
  pointer: string
}

/** One check of one payload: where we are, what was found, which identifiers were seen. */
export class Run {
  readonly problems: Problem[] = []
  readonly path: (string | number)[] = []
  readonly surface: Surface
  code: string
  readonly blockIds = new Set<string>()
  actionIds = new Set<string>()
  focused = false
  /** The modal has a submit button. */
  hasSubmit = false

  constructor(surface: Surface, code: string) {
    this.surface = surface
    this.code = code
  }

  /** Records a problem at the present place, or at `below` it. */
  report(message: string, ...below: (string | number)[]): void {
    const pointer = [...this.path, ...below].map(step => `/${step}`).join('')
    this.problems.push({ code: this.code, message: `[ERROR] ${message} [json-pointer:${pointer}]`, pointer })
  }

  /** Takes an identifier that must be the only one of its kind. */
  claim(kind: 'block_id' | 'action_id', id: string): void {
    const seen = kind === 'block_id' ? this.blockIds : this.actionIds
    if (seen.has(id)) this.report(`\`${kind}\` "${id}" already exists`)
    seen.add(id)
  }

  /** Takes the one focus a surface has. */
  focus(): void {
    if (this.focused) this.report('only one element can be focused on load')
    this.focused = true
  }

  /** Records a problem of the payload as a whole, under its own error code. */
  refuse(code: string, pointer: string, message = code): void {
    this.problems.push({ code, message: `[ERROR] ${message}`, pointer })
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
