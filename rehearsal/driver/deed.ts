import type { ActResult } from '../protocol.ts'
import type { Card } from './card.ts'
import { errorsByLabel } from './controls.ts'
import type { Modal } from './modal.ts'
import type { Stage } from './stage.ts'
import type { Match } from './text.ts'

/** What came of something a person did. */
export class Done {
  readonly result: ActResult
  readonly #stage: Stage
  readonly #user: string
  readonly #before: Before

  constructor(stage: Stage, user: string, before: Before, result: ActResult) {
    this.#stage = stage
    this.#user = user
    this.#before = before
    this.result = result
  }

  /** The modal that opened, or was updated, since the deed began. */
  async modal(): Promise<Modal> {
    const view = await this.#stage.waitFor(this.#user, 'No modal opened or changed.', () => {
      const top = this.#stage.workspace.viewsFor(this.#user).at(-1)
      return top && !this.#before.views.has(`${top.id}|${top.hash}`) ? top : undefined
    })
    return this.#stage.handles.modal(this.#stage, this.#user, view.id)
  }

  /** A message only this person sees that has come since the deed began. */
  expectEphemeral(match?: Match): Promise<Card> {
    return this.#stage.handles.newestCard(this.#stage, this.#user, {
      what: `Nothing came for this person alone that says ${String(match ?? 'anything')}.`,
      match,
      accept: m => m.ephemeralFor === this.#user && m.ts > this.#before.ts,
    })
  }
}

export interface Before {
  views: Set<string>
  ts: string
}

/** Something a person does. Awaiting it fails unless the client let them and the app answered. */
export class Deed implements PromiseLike<Done> {
  readonly #stage: Stage
  readonly #user: string
  readonly #before: Before
  readonly #doing: Promise<ActResult>

  constructor(stage: Stage, user: string, act: () => Promise<ActResult>) {
    this.#stage = stage
    this.#user = user
    this.#before = {
      views: new Set(stage.workspace.viewsFor(user).map(v => `${v.id}|${v.hash}`)),
      ts: stage.workspace.state.ids.ts(),
    }
    this.#doing = act()
    this.#doing.catch(() => {})
  }

  // biome-ignore lint/suspicious/noThenProperty: a deed is awaited for its success, or asked for its failure
  then<A = Done, B = never>(
    good?: ((done: Done) => A | PromiseLike<A>) | null,
    bad?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#succeed().then(good, bad)
  }

  async modal(): Promise<Modal> {
    return (await this.#succeed()).modal()
  }

  async expectEphemeral(match?: Match): Promise<Card> {
    return (await this.#succeed()).expectEphemeral(match)
  }

  /** The result as it is, success or not. */
  result(): Promise<ActResult> {
    return this.#doing
  }

  /** Expects the client to refuse or the app to fail, with this code. */
  async expectFailure(code?: string): Promise<ActResult> {
    const result = await this.#doing
    if (result.ok || (code !== undefined && result.code !== code)) {
      throw this.#wrong(`Expected the failure ${code ?? 'of any kind'}, got ${JSON.stringify(result)}.`)
    }
    return result
  }

  /** Expects a modal's fields, by label or block_id, to be found fault with in these words; `{}` means any. */
  async expectErrors(expected: Record<string, Match> = {}): Promise<Record<string, string>> {
    const result = await this.#doing
    const errors = result.errors
    if (!errors) throw this.#wrong(`Expected errors at the fields, got ${JSON.stringify(result)}.`)
    const view = this.#stage.workspace.viewsFor(this.#user).at(-1)
    const named = view ? errorsByLabel(view.view.blocks, errors) : errors
    for (const [name, match] of Object.entries(expected)) {
      const found = named[name] ?? errors[name]
      const fits =
        found !== undefined && (typeof match === 'string' ? found.includes(match) : match.test(found))
      if (!fits)
        throw this.#wrong(`Expected "${name}" to say ${String(match)}; errors: ${JSON.stringify(named)}.`)
    }
    return named
  }

  async #succeed(): Promise<Done> {
    const result = await this.#doing
    if (!result.ok) throw this.#wrong(`This could not be done: ${JSON.stringify(result)}.`)
    return new Done(this.#stage, this.#user, this.#before, result)
  }

  #wrong(sentence: string): Error {
    return new Error(`${sentence}\n${this.#stage.dump(this.#user)}`)
  }
}
