import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { and, asc, eq, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import { eventDetails, events } from './schema.ts'
import { insertInto } from './statements.ts'

export type StoredEvent = typeof events.$inferSelect

export interface NewEvent {
  /** When it happened and when it was recorded, epoch milliseconds UTC. */
  at: number
  recordedAt: number
  /** people.id, or `system`. */
  actor: string
  kind: string
  recordKind: string
  recordId: string
  /** Ids, codes and field names; never texts of a record. */
  data: Record<string, unknown>
  /** Texts and before-and-after values: erasable. */
  words?: Record<string, unknown>
}

/** The meta key under which the chain's last link stands as `seq:hash`; a log cut off at its end does not match it. */
export const headKey = 'events.head'
/** What the first event follows. */
export const genesis = '0'.repeat(64)

/** The trail: append-only, each event bound to the one before by its hash. */
export function eventsRepo(db: Connection) {
  const insert = insertInto(db, events)
  const insertDetail = insertInto(db, eventDetails)
  const head = db.raw.prepare<[string], string>('select value from meta where key = ?').pluck()
  const setHead = db.raw.prepare(
    'insert into meta (key, value) values (?, ?) on conflict (key) do update set value = excluded.value',
  )
  const ofRecord = db.orm
    .select()
    .from(events)
    .where(
      and(
        eq(events.recordKind, sql.placeholder('recordKind')),
        eq(events.recordId, sql.placeholder('recordId')),
      ),
    )
    .orderBy(asc(events.seq))
    .prepare()
  const detail = db.orm
    .select()
    .from(eventDetails)
    .where(eq(eventDetails.seq, sql.placeholder('seq')))
    .prepare()
  const erase = db.raw.prepare(
    `update event_details set body = null, salt = '' where seq = ? and body is not null`,
  )

  return {
    /** Adds an event to the end of the chain and returns its number. */
    async append({ words, ...event }: NewEvent): Promise<number> {
      const last = parseHead(head.get(headKey))
      const seq = last.seq + 1
      const salt = words && db.ids.salt()
      const digest = words && salt ? detailDigest(salt, words) : null
      const row = { ...event, seq, detail: digest, previous: last.hash }
      const hash = eventHash(row)
      insert({ ...row, hash })
      if (words && salt) insertDetail({ seq, salt, body: words })
      setHead.run(headKey, `${seq}:${hash}`)
      return seq
    },
    /** Another text after each event: whether anything was recorded since is whether it changed. */
    async head(): Promise<string> {
      return head.get(headKey) ?? ''
    },
    /** In the order of recording. */
    async ofRecord(recordKind: string, recordId: string): Promise<StoredEvent[]> {
      return ofRecord.all({ recordKind, recordId })
    },
    /** The words of an event; null when it had none or they were erased. */
    async words(seq: number): Promise<Record<string, unknown> | null> {
      return detail.get({ seq })?.body ?? null
    },
    /** Forgets the words of an event for good; the chain still verifies. False when there were none. */
    async erase(seq: number): Promise<boolean> {
      return erase.run(seq).changes === 1
    },
  }
}

/** SHA-256 over the previous hash and every field of the event, in canonical JSON (RFC 8785), hexadecimal. */
export function eventHash(event: Omit<StoredEvent, 'hash'>): string {
  const { seq, at, recordedAt, actor, kind, recordKind, recordId, data, detail, previous } = event
  const fields = { seq, at, recordedAt, actor, kind, recordKind, recordId, data: plain(data), detail }
  return sha256(`${previous}\n${canonicalize(fields)}`)
}

/** The salt keeps short words from being guessed from their digest. */
export function detailDigest(salt: string, words: Record<string, unknown>): string {
  return sha256(`${salt}\n${canonicalize(plain(words))}`)
}

export function parseHead(value: string | undefined): { seq: number; hash: string } {
  const [seq, hash] = value?.split(':') ?? []
  return { seq: Number(seq ?? 0), hash: hash ?? genesis }
}

/** As it will be read back: without undefined values, dates as text. */
const plain = (value: Record<string, unknown>): Record<string, unknown> => JSON.parse(JSON.stringify(value))

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
