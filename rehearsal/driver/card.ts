import type { MessageSummary, Surface } from '../protocol.ts'
import { isJson, list } from '../server/json.ts'
import { findControl } from './controls.ts'
import { Deed } from './deed.ts'
import type { Stage, Wanted } from './stage.ts'
import { ActiveSurface } from './surface.ts'
import { type Match, matches, readable, visibleText } from './text.ts'

/** A message as one person sees it. It follows the message through its edits. */
export class Card extends ActiveSurface {
  readonly channel: string
  readonly ts: string
  #held: unknown[]
  #seen: string | undefined

  constructor(stage: Stage, user: string, message: MessageSummary) {
    super(stage, user)
    this.channel = message.channel
    this.ts = message.ts
    this.#held = allBlocks(message)
    this.#seen = message.edited
  }

  /** The message as it is now. @throws Error where it is gone */
  get message(): MessageSummary {
    const found = find(this.stage, this.user, this.channel, this.ts)
    if (!found) throw this.wrong('The message is gone.')
    return found
  }

  override get text(): string {
    return textOfMessage(this.stage, this.message)
  }

  /** The top-level text, which screen readers and notifications read. */
  get fallback(): string {
    return readable(this.stage.workspace.state, this.message.text)
  }

  /** Remembers the present rendering as the one an inattentive client still shows. */
  hold(): this {
    this.#held = allBlocks(this.message)
    return this
  }

  override click(label: string): Deed {
    this.#seen = this.message.edited
    return super.click(label)
  }

  override pick(menu: string, option: string): Deed {
    this.#seen = this.message.edited
    return super.pick(menu, option)
  }

  /** Presses a button of the rendering last held (at first: when the card was found), whatever it shows now. */
  clickStale(label: string): Deed {
    const button = findControl(this.#held, label, c => c.element.type === 'button')
    if (!button) throw this.wrong(`The older rendering had no button "${label}" either.`)
    this.#seen = this.message.edited
    return this.press(button, {}, true)
  }

  /** Waits until the card reads so. */
  async expectText(match: Match): Promise<this> {
    await this.#until(`The card never read ${String(match)}.`, m => matches(readings(this.stage, m), match))
    return this
  }

  /** Waits until the card no longer reads so. */
  async expectNotText(match: Match): Promise<this> {
    await this.#until(`The card still reads ${String(match)}.`, m => !matches(readings(this.stage, m), match))
    return this
  }

  /** Waits for an edit since the card was found, last pressed or last expected to be updated. */
  async expectUpdate(match?: Match): Promise<this> {
    await this.#until(
      `The card was not edited${match === undefined ? '' : ` to read ${String(match)}`}.`,
      m => m.edited !== this.#seen && matches(readings(this.stage, m), match),
    )
    this.#seen = this.message.edited
    return this
  }

  /** Waits until the card shows exactly these buttons. */
  async expectButtons(...labels: string[]): Promise<this> {
    await this.#until(
      `The card never had the buttons ${labels.join(', ')}.`,
      () => this.buttons.join() === labels.join(),
    )
    return this
  }

  /** Waits for a reply in this message's thread. */
  expectThreadReply(match?: Match): Promise<Card> {
    return newestCard(this.stage, this.user, {
      what: `No reply in the thread says ${String(match ?? 'anything')}.`,
      channel: this.channel,
      match,
      accept: m => m.threadTs === this.#root && m.ts !== this.#root && !m.ephemeralFor,
    })
  }

  /** Lets everything settle, then expects no reply to say so. */
  async expectNoThreadReply(match?: Match): Promise<void> {
    await this.stage.settle()
    const found = this.thread.find(text => matches(text, match))
    if (found !== undefined) throw this.wrong(`The thread says: ${found}`)
  }

  /** The replies' words, oldest first. */
  get thread(): string[] {
    return this.stage.workspace
      .messagesFor(this.user, this.channel)
      .filter(m => m.threadTs === this.#root && m.ts !== this.#root && !m.ephemeralFor)
      .map(m => readings(this.stage, m))
  }

  /** Writes into this message's thread. */
  reply(text: string): Deed {
    return new Deed(this.stage, this.user, () =>
      this.stage.workspace.act({
        persona: this.user,
        do: 'say',
        channel: this.channel,
        text,
        threadTs: this.#root,
      }),
    )
  }

  react(name: string): Deed {
    return new Deed(this.stage, this.user, () =>
      this.stage.workspace.act({ persona: this.user, do: 'react', channel: this.channel, ts: this.ts, name }),
    )
  }

  /** Takes this person's reaction back. */
  unreact(name: string): Deed {
    return new Deed(this.stage, this.user, () =>
      this.stage.workspace.act({
        persona: this.user,
        do: 'unreact',
        channel: this.channel,
        ts: this.ts,
        name,
      }),
    )
  }

  /** Changes the words of this person's own message. */
  edit(text: string): Deed {
    return new Deed(this.stage, this.user, () =>
      this.stage.workspace.act({ persona: this.user, do: 'edit', channel: this.channel, ts: this.ts, text }),
    )
  }

  /** Deletes this person's own message. */
  remove(): Deed {
    return new Deed(this.stage, this.user, () =>
      this.stage.workspace.act({ persona: this.user, do: 'delete', channel: this.channel, ts: this.ts }),
    )
  }

  /** Runs a message shortcut, by its name in the menu or its callback id. */
  shortcut(name: string): Deed {
    const known = this.stage.screen(this.user).shortcuts.find(s => s.name === name || s.callbackId === name)
    const callbackId = known?.callbackId ?? name
    return new Deed(this.stage, this.user, () =>
      this.stage.workspace.act({
        persona: this.user,
        do: 'shortcut',
        callbackId,
        channel: this.channel,
        ts: this.ts,
      }),
    )
  }

  /** The same message through another person's eyes. @throws Error where they do not see it */
  async as(user: string): Promise<Card> {
    const message = await this.stage.waitFor(user, 'This person does not see the message.', () =>
      find(this.stage, user, this.channel, this.ts),
    )
    return new Card(this.stage, user, message)
  }

  async expectGone(): Promise<void> {
    await this.stage.waitFor(this.user, 'The message stayed.', () =>
      find(this.stage, this.user, this.channel, this.ts) ? undefined : true,
    )
  }

  protected surface(): Surface {
    return { kind: 'message', channel: this.channel, ts: this.ts }
  }

  protected blocks(): unknown[] {
    return allBlocks(this.message)
  }

  get #root(): string {
    return this.message.threadTs ?? this.ts
  }

  async #until(what: string, fits: (message: MessageSummary) => boolean): Promise<void> {
    await this.stage.waitFor(this.user, what, () => {
      const message = find(this.stage, this.user, this.channel, this.ts)
      return message && fits(message) ? true : undefined
    })
  }
}

function find(stage: Stage, user: string, channel: string, ts: string): MessageSummary | undefined {
  return stage.workspace.messageFor(user, channel, ts)
}

const allBlocks = (message: MessageSummary): unknown[] => [
  ...(message.blocks ?? []),
  ...list(message.attachments).flatMap(a => (isJson(a) ? list(a.blocks) : [])),
]

/** What a person reads of a message: its blocks, or its text where it has none. */
export function textOfMessage(stage: Stage, message: MessageSummary): string {
  const { state } = stage.workspace
  const blocks = allBlocks(message)
  return blocks.length > 0 ? visibleText(state, blocks) : readable(state, message.text)
}

/** Everything by which a message may be recognised: what is read, the fallback text and its files' names. */
export function readings(stage: Stage, message: MessageSummary): string {
  const files = (message.files ?? []).map(f => `${f.title} ${f.name}`)
  const shown = textOfMessage(stage, message)
  const fallback = readable(stage.workspace.state, message.text)
  return [shown, ...(fallback === shown ? [] : [fallback]), ...files].join('\n')
}

/** Waits for the newest message that fits, among those this person sees. */
export function newestCard(stage: Stage, user: string, wanted: Wanted): Promise<Card> {
  return stage.waitFor(user, wanted.what, () => {
    const fits = stage.workspace
      .messagesFor(user, wanted.channel)
      .sort((a, b) => (a.ts < b.ts ? 1 : -1))
      .find(m => wanted.accept(m) && matches(readings(stage, m), wanted.match))
    return fits ? new Card(stage, user, fits) : undefined
  })
}
