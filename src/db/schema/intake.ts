/** What comes in from the field: whose number it was, what was sent, and who calls back. */
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { CallbackState, NotWarningReason, Verdict } from '../../domain/callback.ts'
import type { Gateway, InboundKind } from '../../domain/intake.ts'
import type { Urgency } from '../../domain/mission.ts'
import { alerts } from './alerts.ts'
import { bool } from './columns.ts'
import { people } from './people.ts'
import { sources } from './sources.ts'

/** Something sealed: AES-256-GCM under a data key of its own, wrapped by the vault's key `keyId`. Null once erased. */
const sealed = () => ({
  sealed: text(),
  wrappedKey: text('wrapped_key'),
  keyId: text('key_id'),
})

/** A telephone number that rang or wrote. The number itself stands sealed in it, and nowhere else. */
export const contacts = sqliteTable(
  'contacts',
  {
    id: text().primaryKey(),
    /** A keyed digest by which the number is found again; null once erased. */
    digest: text().unique(),
    ...sealed(),
    verdict: text().$type<Verdict>().notNull(),
    sourceId: text('source_id').references(() => sources.id),
    decidedBy: text('decided_by').references(() => people.id),
    decidedAt: integer('decided_at'),
    createdAt: integer('created_at').notNull(),
    /** When it last rang or wrote (epoch ms). */
    lastAt: integer('last_at').notNull(),
  },
  t => [index('contacts_source').on(t.sourceId), index('contacts_last').on(t.lastAt)],
)

/** Somebody who rang or wrote and waits to be called back. */
export const callbacks = sqliteTable(
  'callbacks',
  {
    id: text().primaryKey(),
    code: text().notNull().unique(),
    /** Null where the number was withheld, or a form came in. */
    contactId: text('contact_id').references(() => contacts.id),
    base: text(),
    sector: text(),
    /** Of the first thing that came in. */
    kind: text().$type<InboundKind>().notNull(),
    /** What a short text of the agreed form says of the urgency; a code. */
    urgency: text().$type<Urgency>(),
    receivedAt: integer('received_at').notNull(),
    lastAt: integer('last_at').notNull(),
    /** How often it rang or wrote. */
    count: integer().notNull(),
    state: text().$type<CallbackState>().notNull(),
    /** The highest rung told; the number of rungs where nobody is left above. */
    rung: integer().notNull(),
    /** By when somebody must have called back, or be told (epoch ms). */
    dueAt: integer('due_at').notNull(),
    /** When it is tried again, where nobody answered; null: it was not tried, or is due. */
    tryAt: integer('try_at'),
    tries: integer().notNull().default(0),
    /** When those who have it were last told by a line of its own (epoch ms). */
    toldAt: integer('told_at').notNull(),
    alertId: text('alert_id').references(() => alerts.id),
    reason: text().$type<NotWarningReason>(),
    decidedBy: text('decided_by').references(() => people.id),
    decidedAt: integer('decided_at'),
  },
  t => [
    index('callbacks_open').on(t.dueAt).where(sql`state = 'open'`),
    index('callbacks_contact').on(t.contactId, t.receivedAt),
    index('callbacks_alert').on(t.alertId),
  ],
)

/** Who was told of a call back, and may therefore open it. */
export const callbackTold = sqliteTable(
  'callback_told',
  {
    callbackId: text('callback_id')
      .notNull()
      .references(() => callbacks.id),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    rung: integer().notNull(),
    at: integer().notNull(),
  },
  t => [primaryKey({ columns: [t.callbackId, t.personId] })],
)

/** One call, text or form. What was written stands sealed in it. */
export const inboundMessages = sqliteTable(
  'inbound_messages',
  {
    id: text().primaryKey(),
    callbackId: text('callback_id')
      .notNull()
      .references(() => callbacks.id),
    gateway: text().$type<Gateway>().notNull(),
    kind: text().$type<InboundKind>().notNull(),
    receivedAt: integer('received_at').notNull(),
    /** By the gateway's clock; null where it does not say. */
    sentAt: integer('sent_at'),
    /** The two clocks are too far apart to be relied upon. */
    skewed: bool('skewed').notNull(),
    ...sealed(),
    /** When its one answer was put into the outbox. */
    repliedAt: integer('replied_at'),
  },
  t => [index('inbound_messages_callback').on(t.callbackId, t.receivedAt)],
)

/**
 * What has come in already, by keyed digests: of the gateway's id, and of sender, words and minute. A second arrival
 * finds its row, whatever became of the first.
 */
export const inboundSeen = sqliteTable('inbound_seen', {
  digest: text().primaryKey(),
  at: integer().notNull(),
})

/** A person's own telephone number, to which they asked to be sent texts. Sealed. */
export const phones = sqliteTable(
  'phones',
  {
    personId: text('person_id')
      .primaryKey()
      .references(() => people.id),
    digest: text().notNull(),
    sealed: text().notNull(),
    wrappedKey: text('wrapped_key').notNull(),
    keyId: text('key_id').notNull(),
    setAt: integer('set_at').notNull(),
    /** Answers with a wrong code since `wrongSince`, after a few of which none counts for a while. */
    wrong: integer().notNull().default(0),
    wrongSince: integer('wrong_since'),
  },
  t => [index('phones_digest').on(t.digest)],
)

/** A text to an owner. Its words are made at delivery; its one-time code follows from its id and the vault's key. */
export const texts = sqliteTable(
  'texts',
  {
    id: text().primaryKey(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    alertId: text('alert_id')
      .notNull()
      .references(() => alerts.id),
    slot: text().$type<'civilian' | 'uniformed'>().notNull(),
    rung: integer().notNull(),
    /** Whether it asks for an acknowledgement, and so carries a code. */
    asks: bool('asks').notNull(),
    createdAt: integer('created_at').notNull(),
    /** When its code stops counting (epoch ms). */
    expiresAt: integer('expires_at').notNull(),
    usedAt: integer('used_at'),
    sentAt: integer('sent_at'),
    /** The gateway's id of it, and what it last said became of it. */
    gatewayId: text('gateway_id'),
    status: text(),
  },
  t => [
    index('texts_open').on(t.personId, t.expiresAt).where(sql`used_at is null`),
    index('texts_gateway').on(t.gatewayId),
    index('texts_alert').on(t.alertId),
  ],
)
