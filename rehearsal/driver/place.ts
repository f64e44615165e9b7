import type { MessageSummary } from '../protocol.ts'
import { Card, newestCard, readings } from './card.ts'
import { Deed } from './deed.ts'
import type { Stage } from './stage.ts'
import { type Match, matches } from './text.ts'

/** A conversation, as one person sees it. */
export class Place {
  readonly id: string
  readonly #stage: Stage
  readonly #user: string

  constructor(stage: Stage, user: string, id: string) {
    this.#stage = stage
    this.#user = user
    this.id = id
  }

  /** The newest message of the app, outside threads, that reads so; waits for it. */
  expectCard(match?: Match): Promise<Card> {
    return this.#newest(
      `No card here reads ${String(match ?? 'anything')}.`,
      match,
      m => m.fromApp && isTop(m),
    )
  }

  /** The newest message of anybody that reads so; waits for it. */
  expectMessage(match?: Match): Promise<Card> {
    return this.#newest(`No message here reads ${String(match ?? 'anything')}.`, match, m => !m.ephemeralFor)
  }

  /** The newest message for this person alone that reads so; waits for it. */
  expectEphemeral(match?: Match): Promise<Card> {
    return this.#newest(
      `Nothing for this person alone reads ${String(match ?? 'anything')}.`,
      match,
      m => m.ephemeralFor !== undefined,
    )
  }

  /** Lets everything settle, then expects no message of the app here to read so. */
  async expectNoMessage(match?: Match): Promise<void> {
    await this.#stage.settle()
    const found = this.messages.find(m => m.fromApp && matches(readings(this.#stage, m), match))
    if (!found) return
    const said = readings(this.#stage, found)
    throw new Error(`There is a message that reads:\n${said}\n${this.#stage.dump(this.#user)}`)
  }

  /** Every message this person sees here, oldest first, threads and ephemerals included. */
  get messages(): MessageSummary[] {
    return this.#stage.workspace.messagesFor(this.#user, this.id)
  }

  /** The app's cards here that read so, oldest first; an empty list is an answer. */
  cards(match?: Match): Card[] {
    return this.messages
      .filter(m => m.fromApp && isTop(m) && matches(readings(this.#stage, m), match))
      .map(m => new Card(this.#stage, this.#user, m))
  }

  say(text: string): Deed {
    return new Deed(this.#stage, this.#user, () =>
      this.#stage.workspace.act({ persona: this.#user, do: 'say', channel: this.id, text }),
    )
  }

  command(text: string): Deed {
    return new Deed(this.#stage, this.#user, () =>
      this.#stage.workspace.act({ persona: this.#user, do: 'command', channel: this.id, text }),
    )
  }

  #newest(what: string, match: Match | undefined, accept: (m: MessageSummary) => boolean): Promise<Card> {
    return newestCard(this.#stage, this.#user, { what, channel: this.id, match, accept })
  }
}

const isTop = (m: MessageSummary): boolean =>
  !m.ephemeralFor &&
  (!m.threadTs || m.threadTs === m.ts) &&
  !/_(join|leave|topic|purpose)$/.test(m.subtype ?? '')
