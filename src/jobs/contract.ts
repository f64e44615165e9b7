/**
 * What the queue's workers and the sweep need from the rest: how an outbox entry is rendered, what a timer does,
 * what an event from Slack does. Registered by kind, so that a new noun adds a line and changes no engine.
 */
import type { Entry } from '../db/outbox.ts'
import type { Timer } from '../db/timers.ts'
import type { Ctx } from '../operations/context.ts'
import type { OutgoingFile, Posted, Rendered } from '../ports.ts'

/** A row of the outbox: what to say, and where. */
export type OutboxEntry = Entry

/**
 * What delivering an entry comes to, decided from the record as it now is.
 * - `card`: post, or edit in place where the record's card already stands at this target;
 * - `line`: post a message, in the thread of the record's card where `threadOf` names one, or of a `thread`; `follows` is
 *   queued for the same target and record once it stands;
 * - `file`: upload a file, in place of the record's former one at this target;
 * - `remove`: delete a message of the bot's own;
 * - `pin`: pin one to its channel;
 * - `text`: send a text message to a telephone; the number stands here for the moment of sending and nowhere else;
 * - `drop`: nothing may or need be said here any more; the code says why (`not_for_this_channel`, `overtaken`).
 *
 * `holds` names the records a reader of the message reads of; left out, the entry's own.
 */
export type Delivery =
  | {
      do: 'card'
      message: Rendered
      recordId: string
      pinned?: boolean
      holds?: string[]
      /** The record itself is not shown. */
      withheld?: true
    }
  | {
      do: 'line'
      message: Rendered
      threadOf?: string
      thread?: Posted
      holds?: string[]
      follows?: Following
    }
  | { do: 'remove'; at: Posted }
  | { do: 'pin'; at: Posted }
  | { do: 'file'; file: Omit<OutgoingFile, 'channel'>; recordId: string }
  | { do: 'text'; to: string; text: string; textId?: string }
  | { do: 'drop'; code: string }

/** An entry that follows another, for the same target and record. */
export interface Following {
  kind: string
  data: Record<string, unknown>
}

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
  /** A message can never be delivered where it was meant for; runs in the transaction that parks it. */
  undelivered?(ctx: Ctx, entry: OutboxEntry): Promise<void>
}
