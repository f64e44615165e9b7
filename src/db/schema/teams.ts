/** Joint protection teams and their kin: who goes, what was cleared, where they are, what they found. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Constituency } from '../../domain/mission.ts'
import type { SectionState, TeamAct, TeamLine, TeamState } from '../../domain/team.ts'
import { alerts } from './alerts.ts'
import { bool } from './columns.ts'
import { hotspots } from './hotspots.ts'
import { people } from './people.ts'

export const teams = sqliteTable(
  'teams',
  {
    id: text().primaryKey(),
    code: text().notNull().unique(),
    version: integer().notNull().default(1),
    exercise: bool('exercise').notNull().default(false),
    /** A kind of the mission file. */
    kind: text().notNull(),
    holder: text().$type<Constituency>().notNull(),
    audience: text({ mode: 'json' }).$type<Constituency[]>().notNull(),
    hotspotId: text('hotspot_id')
      .notNull()
      .references(() => hotspots.id),
    alertId: text('alert_id').references(() => alerts.id),
    sector: text(),
    /** Why now, and what it is to find out. */
    why: text().notNull(),
    questions: text(),
    /** Answers to the kind's own questions, by their id. */
    answers: text({ mode: 'json' }).$type<Record<string, string>>().notNull(),
    /** First and last day it is planned for (epoch ms): movements. */
    fromAt: integer('from_at').notNull(),
    toAt: integer('to_at').notNull(),
    /** Skills and languages it needs, by their ids in the mission file. */
    skills: text({ mode: 'json' }).$type<string[]>().notNull(),
    languages: text({ mode: 'json' }).$type<string[]>().notNull(),
    proposedBy: text('proposed_by')
      .notNull()
      .references(() => people.id),
    proposedAt: integer('proposed_at').notNull(),
    state: text().$type<TeamState>().notNull(),
    stateAt: integer('state_at').notNull(),
    /** Why it was declined or cancelled. */
    reason: text(),
    lead: text().references(() => people.id),
    /** When it leaves and is to be back, and the hours it is heard of (HH:mm in the mission's zone): movements. */
    departAt: integer('depart_at'),
    returnAt: integer('return_at'),
    hours: text({ mode: 'json' }).$type<string[]>().notNull(),
    /** How often its return was moved; calendars count by it. */
    moved: integer().notNull().default(0),
    wentAt: integer('went_at'),
    backAt: integer('back_at'),
    reportDueAt: integer('report_due_at'),
    /** The awaited moment that is being watched, and how many steps were taken for it. */
    watchedAt: integer('watched_at'),
    watchSteps: integer('watch_steps').notNull().default(0),
    requestKey: text('request_key').unique(),
  },
  t => [index('teams_state').on(t.state), index('teams_hotspot').on(t.hotspotId)],
)

/** Sections that were asked, and what they answered. */
export const teamSections = sqliteTable(
  'team_sections',
  {
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id),
    section: text().notNull(),
    state: text().$type<SectionState>().notNull(),
    /** Why it sends nobody. */
    reason: text(),
    by: text(),
    at: integer().notNull(),
  },
  t => [primaryKey({ columns: [t.teamId, t.section] })],
)

/** Who goes. Of humanitarians only whoever chose it themselves; they are shown as what they call themselves. */
export const teamMembers = sqliteTable(
  'team_members',
  {
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    /** The section that sends them; null for a humanitarian. */
    section: text(),
    /** What a humanitarian calls their organisation here. */
    guest: text(),
    by: text().notNull(),
    at: integer().notNull(),
  },
  t => [primaryKey({ columns: [t.teamId, t.personId] }), index('team_members_person').on(t.personId)],
)

/** What was written to clear a team, a line each. */
export const teamLines = sqliteTable(
  'team_lines',
  {
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id),
    line: text().$type<TeamLine>().notNull(),
    choice: text(),
    words: text().notNull(),
    by: text().notNull(),
    at: integer().notNull(),
  },
  t => [primaryKey({ columns: [t.teamId, t.line] })],
)

/** What a team went without, by whose decision. */
export const teamWaivers = sqliteTable(
  'team_waivers',
  {
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id),
    what: text().notNull(),
    reason: text().notNull(),
    by: text().notNull(),
    role: text(),
    at: integer().notNull(),
  },
  t => [primaryKey({ columns: [t.teamId, t.what] })],
)

/** What was done and heard while it was proposed, out and back, in order. */
export const teamActs = sqliteTable(
  'team_acts',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id),
    kind: text().$type<TeamAct>().notNull(),
    at: integer().notNull(),
    recordedAt: integer('recorded_at').notNull(),
    by: text().notNull(),
    means: text().$type<TeamMeans>().notNull(),
    words: text(),
  },
  t => [index('team_acts_team').on(t.teamId, t.seq)],
)

/** How an act came in. */
export type TeamMeans = 'slack' | 'radio' | 'phone' | 'sms'

/** What a team found, as last filed. */
export const teamReports = sqliteTable('team_reports', {
  teamId: text('team_id')
    .primaryKey()
    .references(() => teams.id),
  version: integer().notNull(),
  situation: text().notNull(),
  needs: text(),
  threats: text(),
  actors: text(),
  capacity: text(),
  /** What may be shown to all who read the record, where the findings may not. */
  summary: text(),
  links: text(),
  by: text().notNull(),
  at: integer().notNull(),
})

/** What a member says of the report: agreed, or seen otherwise in their own words. */
export const teamReviews = sqliteTable(
  'team_reviews',
  {
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id),
    personId: text('person_id').notNull(),
    /** Of which version of the report. */
    version: integer().notNull(),
    verdict: text().$type<'agrees' | 'dissents'>().notNull(),
    words: text(),
    at: integer().notNull(),
  },
  t => [primaryKey({ columns: [t.teamId, t.personId] })],
)

/** What a team recommends; taskings and requests come from it by its id. */
export const teamRecommendations = sqliteTable(
  'team_recommendations',
  {
    id: text().primaryKey(),
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id),
    position: integer().notNull(),
    words: text().notNull(),
    refusedBy: text('refused_by'),
    refusedRole: text('refused_role'),
    refusedAt: integer('refused_at'),
    /** Why it is not followed. */
    reason: text(),
  },
  t => [index('team_recommendations_team').on(t.teamId, t.position)],
)

/** What is asked some days after the return: what changed, and privately about reprisals. */
export const teamQuestions = sqliteTable(
  'team_questions',
  {
    id: text().primaryKey(),
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id),
    kind: text().$type<'change' | 'reprisal'>().notNull(),
    days: integer().notNull(),
    askedAt: integer('asked_at').notNull(),
    asked: text().notNull(),
    answer: text(),
    words: text(),
    answeredAt: integer('answered_at'),
  },
  t => [index('team_questions_team').on(t.teamId)],
)

/** What somebody who rotates out leaves to whoever goes there next. */
export const teamNotes = sqliteTable(
  'team_notes',
  {
    id: text().primaryKey(),
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id),
    personId: text('person_id').notNull(),
    words: text().notNull(),
    at: integer().notNull(),
  },
  t => [index('team_notes_team').on(t.teamId)],
)

/** What people say of themselves so that a team is composed well; their own to give and to take back. */
export const personProfiles = sqliteTable('person_profiles', {
  personId: text('person_id')
    .primaryKey()
    .references(() => people.id),
  gender: text().$type<'woman' | 'man'>(),
  languages: text({ mode: 'json' }).$type<string[]>().notNull(),
  skills: text({ mode: 'json' }).$type<string[]>().notNull(),
  at: integer().notNull(),
})
