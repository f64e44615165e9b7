import type { OpenView, Surface } from '../protocol.ts'
import { isJson, type Json, list } from '../server/json.ts'
import { controls } from './controls.ts'
import { Deed } from './deed.ts'
import { type Stage, titleOf } from './stage.ts'
import { ActiveSurface } from './surface.ts'
import { type Match, matches, textOf } from './text.ts'

/** A modal in front of a person. It follows the view through its updates. */
export class Modal extends ActiveSurface {
  readonly id: string

  constructor(stage: Stage, user: string, id: string) {
    super(stage, user)
    this.id = id
  }

  /** The view as the app gave it, and what the client shows on it. */
  get view(): OpenView {
    const found = this.#open()
    if (!found) throw this.wrong('The modal is gone.')
    return found
  }

  get title(): string {
    return titleOf(this.view)
  }

  get callbackId(): string {
    return String(this.view.view.callback_id ?? '')
  }

  get labels(): string[] {
    return controls(this.blocks())
      .filter(c => c.block.type === 'input')
      .map(c => c.label)
  }

  /** What a field holds, as a person reads it: its text, the words of its options, or a raw value. */
  value(name: string): string {
    const { block, element } = this.control(name)
    const entered = this.entered[String(block.block_id)]?.[String(element.action_id)]
    return held(entered ?? initially(element))
  }

  submit(): Deed {
    return new Deed(this.stage, this.user, () =>
      this.stage.workspace.act({
        persona: this.user,
        do: 'submitView',
        viewId: this.id,
        state: this.entered,
      }),
    )
  }

  close(): Deed {
    return new Deed(this.stage, this.user, () =>
      this.stage.workspace.act({ persona: this.user, do: 'closeView', viewId: this.id }),
    )
  }

  /** Waits until the modal reads so. */
  async expectText(match: Match): Promise<this> {
    await this.stage.waitFor(this.user, `The modal never read ${String(match)}.`, () =>
      this.#open() && matches(`${this.title}\n${this.text}`, match) ? true : undefined,
    )
    return this
  }

  /** Waits until the modal is closed. */
  async expectGone(): Promise<void> {
    await this.stage.waitFor(this.user, 'The modal stayed open.', () => (this.#open() ? undefined : true))
  }

  #open(): OpenView | undefined {
    return this.stage.workspace.viewsFor(this.user).find(v => v.id === this.id)
  }

  protected surface(): Surface {
    return { kind: 'view', viewId: this.id }
  }

  protected blocks(): unknown[] {
    return list(this.view.view.blocks)
  }
}

function held(state: Json | undefined): string {
  if (!state) return ''
  for (const [key, value] of Object.entries(state)) {
    if (key === 'type' || value === null || value === undefined) continue
    if (isJson(value)) return textOf(value.text)
    if (Array.isArray(value)) return value.map(v => (isJson(v) ? textOf(v.text) : String(v))).join(', ')
    return String(value)
  }
  return ''
}

const initially = (element: Json): Json =>
  Object.fromEntries(Object.entries(element).filter(([key]) => key.startsWith('initial_')))
