import type { Surface } from '../protocol.ts'
import { list } from '../server/json.ts'
import { type Card, newestCard } from './card.ts'
import { Deed } from './deed.ts'
import { channelId } from './fields.ts'
import { Modal } from './modal.ts'
import { Place } from './place.ts'
import type { Stage } from './stage.ts'
import { ActiveSurface } from './surface.ts'
import { type Match, matches } from './text.ts'

/** One of the workspace's people, at their client. */
export class Person {
  readonly id: string
  readonly #stage: Stage

  constructor(stage: Stage, id: string) {
    this.#stage = stage
    this.id = id
  }

  /** A channel by `#name` or id. */
  in(channel: string): Place {
    return new Place(this.#stage, this.id, channelId(this.#stage, channel))
  }

  /** Runs a slash command, in #general or the first channel this person is in. `line` is all they type. */
  command(line: string): Deed {
    const mine = this.#stage.screen(this.id).channels.filter(c => c.isMember)
    const place = mine.find(c => c.name === 'general') ?? mine[0]
    if (!place) throw new Error('This person is in no channel, and a command needs one.')
    return this.in(place.id).command(line)
  }

  /** Runs a global shortcut, by its name in the menu or its callback id. */
  shortcut(name: string): Deed {
    const known = this.#stage.screen(this.id).shortcuts.find(s => s.name === name || s.callbackId === name)
    const callbackId = known?.callbackId ?? name
    return new Deed(this.#stage, this.id, () =>
      this.#stage.workspace.act({ persona: this.id, do: 'shortcut', callbackId }),
    )
  }

  /** The modal on top of this person's screen; waits for one. */
  async modal(title?: Match): Promise<Modal> {
    const view = await this.#stage.waitFor(
      this.id,
      `No modal is open${title ? ` titled ${String(title)}` : ''}.`,
      () => {
        const top = this.#stage.workspace.viewsFor(this.id).at(-1)
        return top && matches(String((top.view.title as { text?: string })?.text ?? ''), title)
          ? top
          : undefined
      },
    )
    return new Modal(this.#stage, this.id, view.id)
  }

  /** The conversation with the app. */
  async withApp(): Promise<Place> {
    const { state } = this.#stage.workspace
    const open = state.direct([this.id, state.app.botUserId])
    if (open) return new Place(this.#stage, this.id, open.id)
    const result = await this.#stage.workspace.act({
      persona: this.id,
      do: 'openDirect',
      user: state.app.botUserId,
    })
    if (!result.channel) throw new Error(`No conversation with the app: ${JSON.stringify(result)}`)
    return new Place(this.#stage, this.id, result.channel)
  }

  /** The newest direct message of the app to this person that reads so; waits for it. */
  expectDirectMessage(match?: Match): Promise<Card> {
    const { state } = this.#stage.workspace
    return newestCard(this.#stage, this.id, {
      what: `No direct message of the app reads ${String(match ?? 'anything')}.`,
      match,
      accept: m => m.fromApp && !m.ephemeralFor && state.channels.get(m.channel)?.kind === 'im',
    })
  }

  /** A message for this person alone, wherever it was shown; waits for it. */
  expectEphemeral(match?: Match): Promise<Card> {
    return newestCard(this.#stage, this.id, {
      what: `Nothing for this person alone reads ${String(match ?? 'anything')}.`,
      match,
      accept: m => m.ephemeralFor === this.id,
    })
  }

  /** Lets everything settle, then expects no direct message of the app to read so. */
  async expectNoDirectMessage(match?: Match): Promise<void> {
    const { state } = this.#stage.workspace
    const open = state.direct([this.id, state.app.botUserId])
    await this.#stage.settle()
    if (open) await new Place(this.#stage, this.id, open.id).expectNoMessage(match)
  }

  /** Opens the app's home tab and waits until it is there. */
  async home(): Promise<Home> {
    await new Deed(this.#stage, this.id, () =>
      this.#stage.workspace.act({ persona: this.id, do: 'openHome' }),
    )
    await this.#stage.waitFor(this.id, 'The app published no home tab.', () =>
      this.#stage.workspace.state.homes.get(this.id),
    )
    return new Home(this.#stage, this.id)
  }
}

/** The app's home tab, as one person sees it. */
export class Home extends ActiveSurface {
  /** Waits until the home tab reads so. */
  async expectText(match: Match): Promise<this> {
    await this.stage.waitFor(this.user, `The home tab never read ${String(match)}.`, () =>
      matches(this.text, match) ? true : undefined,
    )
    return this
  }

  protected surface(): Surface {
    return { kind: 'home' }
  }

  protected blocks(): unknown[] {
    return list(this.stage.screen(this.user).home?.blocks)
  }
}
