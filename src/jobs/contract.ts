/**
 * What the queue's workers and the sweep need from the rest: how an outbox entry is rendered, what a timer does,
 * what an event from Slack does. Registered by kind, so that a new noun adds a line and changes no engine.
 */
import type { Entry } from '../db/outbox.ts'
import type { Timer } from '../db/timers.ts'
import type { Ctx } from '../operations/context.ts'
import type { Rendered } from '../ports.ts'

/** A row of the outbox: what to say, and where. */
export type OutboxEntry = Entry

/**
 * What delivering an entry comes to, decided from the record as it now is.
 * - `card`: post, or edit in place where the record's card already stands at this target;
 * - `line`: post a message, in the thread of the record's card where `threadOf` names one;
 * - `drop`: nothing may or need be said here any more; the code says why (`not_for_this_channel`, `overtaken`).
 */
export type Delivery =
  | { do: 'card'; message: Rendered; recordId: string }
  | { do: 'line'; message: Rendered; threadOf?: string }
  | { do: 'drop'; code: string }

/** `late` tells how long the entry waited (ms), for what must be marked late. */
export type Renderer = (ctx: Ctx, entry: OutboxEntry, late: number) => Promise<Delivery>

/** Fires a claimed timer. Runs once per arming; what it does and the claim stand in one transaction. */
export interface TimerHandler {
  (ctx: Ctx, timer: Timer): Promise<void>
  /** Fires several at once, all or none, where that is less work than one by one. */
  together?(ctx: Ctx, timers: readonly Timer[]): Promise<void>
}

/** Works off one event from Slack that is already on disk. */
export type InboxHandler = (ctx: Ctx, body: Record<string, unknown>) => Promise<void>

/** A direct message to a person can never be delivered; runs in the transaction that parks it. */
export type UnreachableHandler = (ctx: Ctx, personId: string) => Promise<void>

export interface Work {
  renderers: Record<string, Renderer>
  timers: Record<string, TimerHandler>
  inbox: InboxHandler
  unreachable: UnreachableHandler
}
