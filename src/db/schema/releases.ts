/** What was proposed to be shown to more people than an alert's audience, and what its holder's side decided. */
import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Constituency } from '../../domain/mission.ts'
import type { Released, ReleaseState, Sensitivity, Tlp } from '../../domain/release.ts'
import { alerts } from './alerts.ts'
import { people } from './people.ts'

export const releases = sqliteTable(
  'releases',
  {
    id: text().primaryKey(),
    /** Of its own: a reader of the summary is not told the alert's. */
    code: text().notNull().unique(),
    alertId: text('alert_id')
      .notNull()
      .references(() => alerts.id),
    /** The alert's holder when it was proposed; a release never changes it. */
    holder: text().$type<Constituency>().notNull(),
    what: text().$type<Released>().notNull(),
    /** The words to be shown; empty where the record itself is, or when they were erased. */
    summary: text().notNull(),
    constituencies: text({ mode: 'json' }).$type<Constituency[]>().notNull(),
    /** Registered Slack channels in which it is posted. */
    channels: text({ mode: 'json' }).$type<string[]>().notNull(),
    /** people.id of those in these channels when it was decided. */
    people: text({ mode: 'json' }).$type<string[]>().notNull(),
    why: text().notNull(),
    sensitivity: text().$type<Sensitivity>().notNull(),
    tlp: text().$type<Tlp>().notNull(),
    proposedBy: text('proposed_by')
      .notNull()
      .references(() => people.id),
    proposedAt: integer('proposed_at').notNull(),
    state: text().$type<ReleaseState>().notNull(),
    decidedBy: text('decided_by'),
    decidedAt: integer('decided_at'),
    /** Why it was not released. */
    reason: text(),
    narrowedBy: text('narrowed_by'),
    narrowedAt: integer('narrowed_at'),
    /** Slack's view id: the same form submitted twice is one proposal. */
    requestKey: text('request_key').unique(),
  },
  t => [
    index('releases_alert').on(t.alertId, t.proposedAt),
    index('releases_standing').on(t.decidedAt).where(sql`state = 'released'`),
  ],
)
