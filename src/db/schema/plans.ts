/** Joint plans of a group: ordered steps of several components, what each component said, and how it ended. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Constituency } from '../../domain/mission.ts'
import type { PlanState, StepKind, StepLane, VoiceAnswer } from '../../domain/plan.ts'
import type { Tier } from '../../domain/tasking.ts'
import { bool } from './columns.ts'
import { forums } from './forums.ts'
import { people } from './people.ts'

export const plans = sqliteTable(
  'plans',
  {
    id: text().primaryKey(),
    code: text().notNull().unique(),
    exercise: bool('exercise').notNull().default(false),
    forumId: text('forum_id')
      .notNull()
      .references(() => forums.id),
    /** The meeting it was made in; null: it was made from the group's card. */
    meetingId: text('meeting_id'),
    holder: text().$type<Constituency>().notNull(),
    audience: text({ mode: 'json' }).$type<Constituency[]>().notNull(),
    /** What it is to achieve for civilians. Erasable, as `outcome`. */
    goal: text().notNull(),
    state: text().$type<PlanState>().notNull(),
    stateAt: integer('state_at').notNull(),
    /** Counted up whenever its steps change: what was agreed is agreed anew. */
    revision: integer().notNull().default(1),
    madeBy: text('made_by')
      .notNull()
      .references(() => people.id),
    madeAt: integer('made_at').notNull(),
    /** What it came to, said when it closed. */
    outcome: text(),
    requestKey: text('request_key').unique(),
  },
  t => [index('plans_forum').on(t.forumId), index('plans_state').on(t.state)],
)

export const planSteps = sqliteTable(
  'plan_steps',
  {
    planId: text('plan_id')
      .notNull()
      .references(() => plans.id),
    /** From 1; a step that is taken out leaves its number free. */
    position: integer().notNull(),
    /** Erasable. */
    what: text().notNull(),
    /** A post (`role` or `role@sector`), or the constituency that is asked. */
    post: text().notNull(),
    /** Who of the component answers for it; nobody of agencies and NGOs. */
    personId: text('person_id').references(() => people.id),
    /** Positions of the steps that must be done first. */
    after: text({ mode: 'json' }).$type<number[]>().notNull(),
    /** The window (epoch ms). */
    fromAt: integer('from_at').notNull(),
    toAt: integer('to_at').notNull(),
    tier: integer().$type<Tier>().notNull(),
    kind: text().$type<StepKind>().notNull(),
    lane: text().$type<StepLane>(),
    /** A district of the gazetteer. */
    district: text(),
    /** What it became when the plan was started. */
    taskingId: text('tasking_id'),
    /** When everything before it was done. */
    readyAt: integer('ready_at'),
  },
  t => [
    primaryKey({ columns: [t.planId, t.position] }),
    index('plan_steps_district').on(t.district, t.fromAt),
  ],
)

/** What was said to it; a later word of a post stands beside the earlier, and nothing is taken back. */
export const planVoices = sqliteTable(
  'plan_voices',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    planId: text('plan_id')
      .notNull()
      .references(() => plans.id),
    revision: integer().notNull(),
    /** The post that speaks; null for a guest of the group. */
    post: text(),
    constituency: text().$type<Constituency>(),
    answer: text().$type<VoiceAnswer>().notNull(),
    /** Of `early`: the step. */
    position: integer(),
    /** Erasable. */
    words: text(),
    at: integer().notNull(),
    by: text().notNull(),
  },
  t => [index('plan_voices_plan').on(t.planId, t.seq)],
)
