import { and, asc, desc, eq, lt, sql } from 'drizzle-orm'
import type { ComponentReportState, ReportWords } from '../domain/component-report.ts'
import type { Connection } from './connection.ts'
import { componentReports } from './schema.ts'
import { insertInto } from './statements.ts'

export type ComponentReport = typeof componentReports.$inferSelect

/** What components report day by day. */
export function componentReportsRepo(db: Connection) {
  const add = insertInto(db, componentReports)
  const select = () => db.orm.select().from(componentReports)
  const byId = select()
    .where(eq(componentReports.id, sql.placeholder('id')))
    .prepare()
  const ofDay = select()
    .where(eq(componentReports.day, sql.placeholder('day')))
    .orderBy(asc(componentReports.component))
    .prepare()
  const of = select()
    .where(
      and(
        eq(componentReports.component, sql.placeholder('component')),
        eq(componentReports.day, sql.placeholder('day')),
      ),
    )
    .prepare()
  const all = select().orderBy(desc(componentReports.dueAt), asc(componentReports.component)).prepare()
  const forget = db.orm
    .update(componentReports)
    .set({ words: {} })
    .where(lt(componentReports.dueAt, sql.placeholder('t')))
    .prepare()

  return {
    /** @throws SqliteError when the component has a report for the day. */
    async insert(row: ComponentReport): Promise<void> {
      add(row)
    },
    async byId(id: string): Promise<ComponentReport | null> {
      return byId.get({ id }) ?? null
    },
    /** The report of a component for a local day. */
    async of(component: string, day: string): Promise<ComponentReport | null> {
      return of.get({ component, day }) ?? null
    },
    async ofDay(day: string): Promise<ComponentReport[]> {
      return ofDay.all({ day })
    },
    /** Every report, last due first. */
    async all(): Promise<ComponentReport[]> {
      return all.all()
    },
    /** What is sent anew takes the place of what was; when it was first sent stays. */
    async resend(
      id: string,
      sent: { state: ComponentReportState; words: ReportWords; by: string; changedAt: number },
    ): Promise<void> {
      db.orm
        .update(componentReports)
        .set({ ...sent, version: sql`${componentReports.version} + 1` })
        .where(eq(componentReports.id, id))
        .run()
    },
    /** Forgets the words of those that were due before `t` (epoch ms). */
    async forgetWords(t: number): Promise<void> {
      forget.run({ t })
    },
  }
}
