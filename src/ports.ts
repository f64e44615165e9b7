/**
 * The ports: everything of the outer world that operations, jobs and views may rely on. `bot/` implements them;
 * tests implement time and chance.
 */

/** Wall-clock time. All times in Tocsin are epoch milliseconds, UTC; zones matter only where a person reads. */
export interface Clock {
  now(): number
}

/** Identifiers and chance. */
export interface Ids {
  /** A unique, unguessable row identifier. */
  id(): string
  /** A record code such as `A-7K4Q`: short, not sequential, without letters or digits that are confused. */
  /** @param longer by how many letters more than usual. */
  code(prefix: string, longer?: number): string
  /** `bytes` random bytes in hexadecimal, for salts. */
  salt(bytes?: number): string
}

/** A rendered message: `text` is a full sentence that stands alone for screen readers and notifications. */
export interface Rendered {
  text: string
  blocks?: Block[]
}

/** A Block Kit block, checked against Slack's limits before it leaves. */
export type Block = Record<string, unknown> & { type: string }

/** A message somebody wrote in Slack, as it stands there now. */
export interface WrittenMessage {
  channel: string
  ts: string
  /** The thread it stands in; its own `ts` where it begins one, null where it has none. */
  threadTs: string | null
  /** The author's workspace, where Slack says it. */
  teamId: string | null
  userId: string
  /** In Slack's markup. */
  text: string
  /** Written by an app, not a person. */
  fromApp: boolean
  /** Slack's mark of its last edit. */
  editedTs: string | null
  /** Who reacted, by name of emoji; Slack may leave people out of long lists. */
  reactions: readonly { name: string; users: readonly string[]; count: number }[]
  /** Its address in Slack. */
  permalink: string
}

/** Slack as far as messages of people are concerned: read one, and answer its author or reader privately beside it. */
export interface Messages {
  /**
   * Null where it is gone.
   *
   * @throws TocsinError `message_unreadable` where the bot may not read the channel.
   */
  read(channel: string, ts: string): Promise<WrittenMessage | null>
  /** Shown to one person alone, in the thread where one is named. Best effort: never rejects. */
  whisper(to: { channel: string; userId: string; threadTs: string | null }, message: Rendered): Promise<void>
}

export interface OutgoingMessage extends Rendered {
  channel: string
  threadTs?: string
  /** The outbox entry; the only thing written into Slack's message metadata. */
  entryId: string
}

/** A file to be put into a channel, with what is said beside it. */
export interface OutgoingFile {
  channel: string
  name: string
  title: string
  bytes: Uint8Array
  /** What it shows, in full sentences, for those who cannot see it; 1,000 characters at most. */
  altText: string
  /** The message it comes with. */
  text: string
}

export interface Posted {
  channel: string
  ts: string
}

/**
 * Slack as far as the outbox needs it. Every method rejects with a {@link DeliveryError}; none retries by itself.
 */
export interface Messenger {
  post(message: OutgoingMessage): Promise<Posted>
  update(message: OutgoingMessage & { ts: string }): Promise<Posted>
  /** Deletes a message of the bot's own; one that is gone already counts as deleted. */
  remove(at: Posted): Promise<void>
  /** Pins a message of the bot's own to its channel; harmless when repeated. */
  pin(at: Posted): Promise<void>
  /** Looks whether `entryId` stands already in the channel, for a crash between posting and recording it. */
  findPosted(channel: string, entryId: string, since: number, threadTs?: string): Promise<Posted | null>
  /** The direct-message channel with a person. */
  openDirect(userId: string): Promise<string>
  /**
   * Uploads a file and shows it in its channel. `named` is awaited with Slack's id of it before anybody can see it,
   * so that a crash in between leaves nothing that is not known.
   */
  postFile(
    file: OutgoingFile,
    named: (fileId: string) => Promise<void>,
  ): Promise<{ channel: string; fileId: string }>
  /** Removes a file of the bot's own from wherever it stands; one that is gone already is no error. */
  deleteFile(fileId: string): Promise<void>
}

/** A gateway for text messages to telephones. Rejects with a {@link DeliveryError}; retries nothing by itself. */
export interface Sms {
  /**
   * @param text.to E.164.
   * @returns the gateway's id of it.
   */
  send(text: { to: string; text: string; entryId: string }): Promise<{ id: string }>
}

/**
 * Why a message did not leave.
 * - `later`: try again, after `retryAfterMs` where Slack said so (429), else by the outbox's own backoff;
 * - `never`: this message can never succeed (`channel_not_found`, `msg_too_long` …): park it and tell the health page.
 */
export class DeliveryError extends Error {
  readonly kind: 'later' | 'never'
  readonly code: string
  readonly retryAfterMs: number | undefined

  constructor(kind: 'later' | 'never', code: string, retryAfterMs?: number) {
    super(`not delivered: ${code}`)
    this.name = 'DeliveryError'
    this.kind = kind
    this.code = code
    this.retryAfterMs = retryAfterMs
  }
}

/** A log that takes codes and ids, never the texts of a record. */
export interface Log {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}
