import type { MessageSummary, OpenView, Snapshot } from '../protocol.ts'
import type { Workspace } from '../server/index.ts'
import type { Card } from './card.ts'
import type { Modal } from './modal.ts'
import { type Match, readable, visibleText } from './text.ts'

/** What a search for a message goes by; `what` is said when none is found. */
export interface Wanted {
  what: string
  channel?: string
  match?: Match
  accept: (message: MessageSummary) => boolean
}

/** How the driver's handles are made; given from outside, for they make one another. */
export interface Handles {
  modal(stage: Stage, user: string, id: string): Modal
  newestCard(stage: Stage, user: string, wanted: Wanted): Promise<Card>
}

/** What every handle of the driver shares: the workspace, how long to wait, and how to let things settle. */
export class Stage {
  readonly workspace: Workspace
  readonly deadlineMs: number
  readonly settleApp: () => Promise<void>
  readonly handles: Handles

  constructor(workspace: Workspace, deadlineMs: number, settleApp: () => Promise<void>, handles: Handles) {
    this.workspace = workspace
    this.deadlineMs = deadlineMs
    this.settleApp = settleApp
    this.handles = handles
  }

  screen(user: string): Snapshot {
    return this.workspace.snapshot(user)
  }

  /** Waits until `look` finds something; fails with `what` and what was on the screen of `user` instead. */
  waitFor<T>(user: string, what: string, look: () => T | undefined): Promise<T> {
    return this.workspace.state.changes.waitFor(look, () => `${what}\n${this.dump(user)}`, this.deadlineMs)
  }

  /** Waits until the app has acknowledged everything and says it is done. */
  async settle(): Promise<void> {
    await this.workspace.deliveries.idle(this.deadlineMs)
    await this.settleApp()
    await this.workspace.deliveries.idle(this.deadlineMs)
  }

  /** The person's screen and the app's last calls, for the message of a failed expectation. */
  dump(user: string): string {
    const { state, calls, deliveries } = this.workspace
    const screen = this.screen(user)
    const lines = [`On the screen of ${screen.persona.handle} (app: ${screen.app.connection}):`]
    for (const channel of screen.channels) {
      const messages = (screen.messages[channel.id] ?? []).slice(-6)
      if (messages.length === 0) continue
      lines.push(`  ${channel.name ? `#${channel.name}` : `with ${channel.with ?? 'several'}`}`)
      for (const m of messages) {
        const by = screen.users[m.user]?.handle ?? m.user
        const text = m.blocks?.length ? visibleText(state, m.blocks) : readable(state, m.text)
        const note = `${m.ephemeralFor ? ' (only you)' : ''}${m.threadTs && m.threadTs !== m.ts ? ' (in thread)' : ''}`
        lines.push(`    ${by}${note}: ${text.replaceAll('\n', '\n      ')}`)
      }
    }
    for (const view of screen.views) lines.push(...this.#viewLines(view))
    const last = calls.all
      .slice(-12)
      .map(c => `${c.method}${c.response.ok === false ? ` → ${String(c.response.error)}` : ''}`)
    lines.push(`The app's last calls: ${last.join(', ') || 'none'}`)
    if (deliveries.problems.length > 0) lines.push(`Problems: ${deliveries.problems.join(' / ')}`)
    return lines.join('\n')
  }

  #viewLines(view: OpenView): string[] {
    const text = visibleText(this.workspace.state, view.view.blocks)
    const lines = [`  modal "${titleOf(view)}"`, `    ${text.replaceAll('\n', '\n    ')}`]
    if (view.errors) lines.push(`    errors: ${JSON.stringify(view.errors)}`)
    if (view.failure) lines.push(`    failure: ${view.failure}`)
    return lines
  }
}

export function titleOf(view: OpenView): string {
  const title = view.view.title as { text?: string } | undefined
  return title?.text ?? ''
}
