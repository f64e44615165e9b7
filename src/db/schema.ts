/**
 * The tables. Times are epoch milliseconds UTC. Every record carries its holder and its audience from the first
 * migration. No foreign key cascades: what is erased is erased on purpose.
 */
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Act, AtRisk, Lifecycle, ToldRung } from '../domain/alert.ts'
import type { Constituency, Means, Slot, Step, Urgency } from '../domain/mission.ts'

const bool = (name: string) => integer(name, { mode: 'boolean' })

/** Who uses the bot. `constituency` is null until the own side confirmed the person. */
export const people = sqliteTable(
  'people',
  {
    id: text().primaryKey(),
    teamId: text('team_id').notNull(),
    userId: text('user_id').notNull(),
    constituency: text().$type<Constituency>(),
    section: text(),
    location: text(),
    national: bool('national').notNull().default(false),
    /** Slack's locale, such as `fr-FR`; the person is answered in it. */
    locale: text(),
    zone: text(),
    /** When Slack last refused a direct message for good, or the account was closed; null: reachable. */
    unreachableAt: integer('unreachable_at'),
    createdAt: integer('created_at').notNull(),
  },
  t => [uniqueIndex('people_user').on(t.teamId, t.userId)],
)

/** Who holds a role. `rank` 0 is the holder, 1 and more are alternates in order. */
export const roleHolders = sqliteTable(
  'role_holders',
  {
    id: text().primaryKey(),
    role: text().notNull(),
    /** The empty string stands for a role of the whole mission, so that the unique index holds. */
    sector: text().notNull().default(''),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    rank: integer().notNull(),
    since: integer().notNull(),
    until: integer(),
  },
  t => [
    uniqueIndex('role_holders_seat').on(t.role, t.sector, t.rank, t.since),
    index('role_holders_person').on(t.personId),
  ],
)

/** Slack channels the mission registered, each with its purpose. */
export const channels = sqliteTable('channels', {
  id: text().primaryKey(),
  teamId: text('team_id').notNull(),
  purpose: text().notNull(),
  sector: text(),
  language: text().notNull(),
  digest: bool('digest').notNull(),
  isPublic: bool('is_public').notNull().default(false),
  /** When the members were last read from Slack; null: never. */
  membersAt: integer('members_at'),
  registeredAt: integer('registered_at').notNull(),
})

export const channelMembers = sqliteTable(
  'channel_members',
  {
    channelId: text('channel_id').notNull(),
    teamId: text('team_id').notNull(),
    userId: text('user_id').notNull(),
  },
  t => [primaryKey({ columns: [t.channelId, t.teamId, t.userId] })],
)

export const alerts = sqliteTable(
  'alerts',
  {
    /** Order of storing, and the row the full-text index points to; never shown. */
    seq: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    code: text().notNull().unique(),
    version: integer().notNull().default(1),
    exercise: bool('exercise').notNull().default(false),
    holder: text().$type<Constituency>().notNull(),
    audience: text({ mode: 'json' }).$type<Constituency[]>().notNull(),
    raisedBy: text('raised_by')
      .notNull()
      .references(() => people.id),
    raisedAt: integer('raised_at').notNull(),
    /** The Slack channel the alert was raised in, for places without a sector. */
    raisedIn: text('raised_in'),
    what: text().notNull(),
    urgency: text().$type<Urgency>().notNull(),
    placeId: text('place_id'),
    placeSaid: text('place_said').notNull(),
    placeHow: text('place_how'),
    lat: real(),
    lon: real(),
    sector: text(),
    /** True while the operations centre still has to say which sector this is. */
    triage: bool('triage').notNull().default(false),
    threat: text(),
    cameBy: text('came_by'),
    atRisk: text('at_risk', { mode: 'json' }).$type<AtRisk[]>(),
    perpetrator: text(),
    askedFor: text('asked_for', { mode: 'json' }).$type<string[]>(),
    lifecycle: text().$type<Lifecycle>().notNull(),
    outcome: text(),
    /** Slack's view id of the form it came from: the same form submitted twice is one alert. */
    requestKey: text('request_key').unique(),
  },
  t => [
    index('alerts_lifecycle').on(t.lifecycle, t.raisedAt),
    index('alerts_sector').on(t.sector, t.raisedAt),
    index('alerts_raised').on(t.raisedAt),
  ],
)

/** Who is alleged by name of group: the attribution layer, opened to named roles only. */
export const alertAttributions = sqliteTable('alert_attributions', {
  alertId: text('alert_id')
    .primaryKey()
    .references(() => alerts.id),
  group: text().notNull(),
  recordedBy: text('recorded_by').notNull(),
  recordedAt: integer('recorded_at').notNull(),
})

/** The two owners of an alert, each on a ladder of their own. `rung` is the one that has the alert. */
export const alertOwners = sqliteTable(
  'alert_owners',
  {
    alertId: text('alert_id')
      .notNull()
      .references(() => alerts.id),
    slot: text().$type<Slot>().notNull(),
    ladder: text().notNull(),
    rung: integer().notNull().default(0),
  },
  t => [primaryKey({ columns: [t.alertId, t.slot] })],
)

/** What was done about an alert, each act a row of its own. */
export const alertActs = sqliteTable(
  'alert_acts',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    alertId: text('alert_id')
      .notNull()
      .references(() => alerts.id),
    slot: text().$type<Slot>(),
    kind: text().$type<Act['kind']>().notNull(),
    /** When it happened; for an answer by radio the time said, else the same as `recordedAt`. */
    at: integer().notNull(),
    recordedAt: integer('recorded_at').notNull(),
    byPerson: text('by_person').notNull(),
    /** The role that answered, as `role` or `role@sector`. */
    role: text(),
    means: text().$type<Act['means']>().notNull(),
    reason: text(),
    /** Expected on site, or watching until. */
    until: integer(),
    who: text(),
    note: text(),
  },
  t => [
    index('alert_acts_alert').on(t.alertId, t.seq),
    index('alert_acts_ended').on(t.recordedAt, t.alertId).where(sql`kind in ('close', 'withdraw')`),
  ],
)

/** Each rung that was told, by step: the unique key is why no rung is told twice. */
export const alertRungs = sqliteTable(
  'alert_rungs',
  {
    alertId: text('alert_id')
      .notNull()
      .references(() => alerts.id),
    slot: text().$type<Slot>().notNull(),
    step: text().$type<Step>().notNull(),
    rung: integer().notNull(),
    /** Which waiting for this step it belongs to: a watch that ends, or an urgency that changes, begins a new one. */
    round: integer().notNull(),
    dueAt: integer('due_at').notNull(),
    at: integer().notNull(),
    outcome: text().$type<ToldRung['outcome']>().notNull(),
    people: text({ mode: 'json' }).$type<string[]>().notNull(),
    means: text({ mode: 'json' }).$type<Means[]>().notNull(),
    late: bool('late').notNull(),
  },
  t => [primaryKey({ columns: [t.alertId, t.slot, t.step, t.round, t.rung] })],
)

/** What is due. One row per key; `arming` counts how often it was armed anew, and a job with an older count does nothing. */
export const timers = sqliteTable(
  'timers',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    key: text().notNull().unique(),
    kind: text().notNull(),
    recordId: text('record_id').notNull(),
    slot: text(),
    dueAt: integer('due_at').notNull(),
    arming: integer().notNull().default(1),
    state: text().$type<'armed' | 'fired' | 'cancelled'>().notNull(),
    firedAt: integer('fired_at'),
  },
  t => [index('timers_armed').on(t.dueAt).where(sql`state = 'armed'`)],
)

/** What must be said. Rendered at delivery from the record as it then is. `data` holds ids and codes only. */
export const outbox = sqliteTable(
  'outbox',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    kind: text().notNull(),
    recordId: text('record_id').notNull(),
    /** A Slack channel id, or `person:<people.id>` for a direct message. */
    target: text().notNull(),
    data: text({ mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    /** Goes before what is not; inherited by what waits ahead of it for the same target and record. */
    urgent: bool('urgent').notNull(),
    state: text().$type<'waiting' | 'claimed' | 'sent' | 'merged' | 'dropped' | 'parked'>().notNull(),
    /** How often it was claimed; from the second time on an earlier try may have posted already. */
    attempts: integer().notNull().default(0),
    notBefore: integer('not_before').notNull(),
    claimedAt: integer('claimed_at'),
    createdAt: integer('created_at').notNull(),
    sentAt: integer('sent_at'),
    channel: text(),
    ts: text(),
    error: text(),
  },
  t => [
    index('outbox_waiting').on(t.urgent, t.notBefore, t.seq).where(sql`state = 'waiting'`),
    index('outbox_order').on(t.target, t.recordId, t.seq).where(sql`state = 'waiting' or state = 'claimed'`),
    index('outbox_claimed').on(t.claimedAt).where(sql`state = 'claimed'`),
    index('outbox_parked').on(t.seq).where(sql`state = 'parked'`),
  ],
)

/** Where a record's card stands: one per record and target, edited in place. */
export const cards = sqliteTable(
  'cards',
  {
    recordId: text('record_id').notNull(),
    target: text().notNull(),
    channel: text().notNull(),
    ts: text().notNull(),
    postedAt: integer('posted_at').notNull(),
  },
  t => [primaryKey({ columns: [t.recordId, t.target] }), index('cards_ts').on(t.channel, t.ts)],
)

/** What Slack sent, written down before it is acknowledged. The id is Slack's own, so a retry finds its row. */
export const inbox = sqliteTable(
  'inbox',
  {
    id: text().primaryKey(),
    kind: text().notNull(),
    body: text({ mode: 'json' }).$type<Record<string, unknown> | null>(),
    receivedAt: integer('received_at').notNull(),
    state: text().$type<'waiting' | 'done' | 'failed'>().notNull(),
    attempts: integer().notNull().default(0),
    error: text(),
  },
  t => [
    index('inbox_waiting').on(t.receivedAt).where(sql`state = 'waiting'`),
    index('inbox_received').on(t.receivedAt),
  ],
)

/** The trail: append-only and hash-chained. Ids, codes and field names; texts stand in {@link eventDetails}. */
export const events = sqliteTable(
  'events',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    at: integer().notNull(),
    recordedAt: integer('recorded_at').notNull(),
    /** people.id, or `system`. */
    actor: text().notNull(),
    kind: text().notNull(),
    recordKind: text('record_kind').notNull(),
    recordId: text('record_id').notNull(),
    data: text({ mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    /** Salted digest of the detail row, where there is one: proof without the words. */
    detail: text(),
    previous: text().notNull(),
    hash: text().notNull(),
  },
  t => [
    index('events_record').on(t.recordKind, t.recordId, t.seq),
    index('events_recorded').on(t.recordedAt),
  ],
)

/** Words of an event: erasable without breaking the chain. Erasing empties body and salt, so that nobody can guess. */
export const eventDetails = sqliteTable('event_details', {
  seq: integer()
    .primaryKey()
    .references(() => events.seq),
  salt: text().notNull(),
  body: text({ mode: 'json' }).$type<Record<string, unknown>>(),
})

/** One digest per channel and local day, whatever restarts happen. */
export const digestRuns = sqliteTable(
  'digest_runs',
  {
    channelId: text('channel_id').notNull(),
    day: text().notNull(),
    dueAt: integer('due_at').notNull(),
    at: integer().notNull(),
    late: bool('late').notNull(),
  },
  t => [primaryKey({ columns: [t.channelId, t.day] })],
)

/** Times the bot was away, found at start from the last heartbeat. */
export const outages = sqliteTable('outages', {
  id: integer().primaryKey({ autoIncrement: true }),
  fromAt: integer('from_at').notNull(),
  toAt: integer('to_at').notNull(),
})

/** Who was shown a restricted layer. */
export const accessLog = sqliteTable(
  'access_log',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    at: integer().notNull(),
    personId: text('person_id').notNull(),
    layer: text().notNull(),
    recordKind: text('record_kind').notNull(),
    recordId: text('record_id').notNull(),
  },
  t => [index('access_log_record').on(t.recordKind, t.recordId)],
)

/** Small facts of the store itself: heartbeat, what was seeded, the chain's anchor. */
export const meta = sqliteTable('meta', { key: text().primaryKey(), value: text().notNull() })
