/** What components report to the operations centre, day by day. */
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { ComponentReportState, ReportWords } from '../../domain/component-report.ts'
import type { Constituency } from '../../domain/mission.ts'
import { people } from './people.ts'

/** One report per component and local day; sending it anew takes its place. */
export const componentReports = sqliteTable(
  'component_reports',
  {
    id: text().primaryKey(),
    version: integer().notNull().default(1),
    /** The mission file's id of the component. */
    component: text().notNull(),
    /** The local day as `YYYY-MM-DD`, and by when it was due. */
    day: text().notNull(),
    dueAt: integer('due_at').notNull(),
    holder: text().$type<Constituency>().notNull(),
    audience: text({ mode: 'json' }).$type<Constituency[]>().notNull(),
    state: text().$type<ComponentReportState>().notNull(),
    /** Erasable. */
    words: text({ mode: 'json' }).$type<ReportWords>().notNull(),
    by: text()
      .notNull()
      .references(() => people.id),
    /** When it was first sent, and last. */
    at: integer().notNull(),
    changedAt: integer('changed_at').notNull(),
  },
  t => [
    uniqueIndex('component_reports_day').on(t.component, t.day),
    index('component_reports_due').on(t.dueAt),
  ],
)
