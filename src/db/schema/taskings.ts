/** What one part of the mission gave another to do, or asked of it, of an agency or of NGOs. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { ActivityClass } from '../../domain/gate.ts'
import type { UnarmedMode } from '../../domain/hotspot.ts'
import type { Constituency, TaskingKind } from '../../domain/mission.ts'
import type { Sensitivity, Tlp } from '../../domain/release.ts'
import type { RoleLayer } from '../../domain/sharing.ts'
import type { OriginKind, TaskingActKind, TaskingMeans, TaskingState, Tier } from '../../domain/tasking.ts'
import { bool } from './columns.ts'
import { people } from './people.ts'

export const taskings = sqliteTable(
  'taskings',
  {
    /** Order of storing; never shown. */
    seq: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    code: text().notNull().unique(),
    version: integer().notNull().default(1),
    exercise: bool('exercise').notNull().default(false),
    kind: text().$type<TaskingKind>().notNull(),
    /** What it comes from; `none` with a null id for what comes from nothing on record. */
    originKind: text('origin_kind').$type<OriginKind>().notNull(),
    originId: text('origin_id'),
    holder: text().$type<Constituency>().notNull(),
    audience: text({ mode: 'json' }).$type<Constituency[]>().notNull(),
    /** The layer its words belong to: then only those it is opened to and those named on it read it. */
    layer: text().$type<RoleLayer>(),
    /** Marks for passing on; null: those of the mission. */
    tlp: text().$type<Tlp>(),
    sensitivity: text().$type<Sensitivity>(),
    /** What the work is first of all for. */
    activity: text().$type<ActivityClass>().notNull().default('protection'),
    /** The result for civilians that is expected. */
    result: text().notNull(),
    tier: integer().$type<Tier>().notNull(),
    /** Of the catalogue of unarmed modes; never of tier 2. */
    unarmedMode: text('unarmed_mode').$type<UnarmedMode>(),
    sector: text(),
    placeId: text('place_id'),
    placeSaid: text('place_said'),
    dueAt: integer('due_at').notNull(),
    /** IANA zone in which whoever asks said the date. */
    dueZone: text('due_zone').notNull(),
    /** Nothing about it waits for the morning. */
    urgent: bool('urgent').notNull().default(false),
    askedBy: text('asked_by')
      .notNull()
      .references(() => people.id),
    askedAt: integer('asked_at').notNull(),
    /** The role in which they ask, as `role` or `role@sector`. */
    askedRole: text('asked_role').notNull(),
    toConstituency: text('to_constituency').$type<Constituency>().notNull(),
    /** The post that is given it, as `role` or `role@sector`; null where a whole constituency is asked. */
    toRole: text('to_role'),
    /** The organisation that is asked, as it calls itself; null: all of the constituency. */
    toOrganisation: text('to_organisation'),
    /** The one person who answers for it; null where an agency or NGOs are asked: nobody of theirs is named. */
    accountable: text().references(() => people.id),
    state: text().$type<TaskingState>().notNull(),
    /** Since when it stands so (epoch ms). */
    stateAt: integer('state_at').notNull(),
    /** Why it is blocked, declined or referred, or what is offered instead. */
    reason: text(),
    /** What it did for civilians, once it is done. */
    outcome: text(),
    /** The post above that has to decide after somebody declined, or null. */
    climbedTo: text('climbed_to'),
    /** How many posts above were told that it is overdue. */
    overdueRung: integer('overdue_rung').notNull().default(0),
    /** Slack's view id of the form it came from: the same form submitted twice is one tasking. */
    requestKey: text('request_key').unique(),
  },
  t => [
    index('taskings_state').on(t.state, t.dueAt),
    index('taskings_accountable').on(t.accountable, t.state),
    index('taskings_origin').on(t.originKind, t.originId),
    index('taskings_asked').on(t.askedAt),
  ],
)

/** What was done about it, each act a row of its own. */
export const taskingActs = sqliteTable(
  'tasking_acts',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    taskingId: text('tasking_id')
      .notNull()
      .references(() => taskings.id),
    kind: text().$type<TaskingActKind>().notNull(),
    /** When it happened; for an answer by radio or phone the time said, else the same as `recordedAt`. */
    at: integer().notNull(),
    recordedAt: integer('recorded_at').notNull(),
    byPerson: text('by_person').notNull(),
    /** The post that speaks, as `role` or `role@sector`. */
    role: text(),
    means: text().$type<TaskingMeans>().notNull(),
    /** How it stood before and after. */
    before: text().$type<TaskingState>().notNull(),
    after: text().$type<TaskingState>().notNull(),
    /** Who answers for it from now on, where that changed. */
    accountable: text(),
    /** The reason, what is offered instead, or the result for civilians. */
    words: text(),
  },
  t => [index('tasking_acts_tasking').on(t.taskingId, t.seq), index('tasking_acts_at').on(t.recordedAt)],
)

/** The steps of a tasking in which several act one after the other. */
export const taskingSteps = sqliteTable(
  'tasking_steps',
  {
    taskingId: text('tasking_id')
      .notNull()
      .references(() => taskings.id),
    /** From 1. */
    position: integer().notNull(),
    what: text().notNull(),
    /** Positions of the steps that must be done first. */
    after: text({ mode: 'json' }).$type<number[]>().notNull(),
    doneAt: integer('done_at'),
    doneBy: text('done_by'),
  },
  t => [primaryKey({ columns: [t.taskingId, t.position] })],
)
