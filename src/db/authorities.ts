import { asc, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import { authorityDecisions, authorityTellings } from './schema.ts'
import { insertInto, listOf } from './statements.ts'

export type AuthorityTelling = typeof authorityTellings.$inferSelect
export type AuthorityDecisionRow = typeof authorityDecisions.$inferSelect

/** What the authorities were told, and who decided that they may be. */
export function authoritiesRepo(db: Connection) {
  const add = insertInto(db, authorityTellings)
  const tellings = db.orm
    .select()
    .from(authorityTellings)
    .where(sql`${authorityTellings.alertId} in ${listOf('ids')}`)
    .orderBy(asc(authorityTellings.at), asc(authorityTellings.id))
    .prepare()
  const decisions = db.orm
    .select()
    .from(authorityDecisions)
    .where(sql`${authorityDecisions.alertId} in ${listOf('ids')}`)
    .orderBy(asc(authorityDecisions.at))
    .prepare()
  const clear = [
    'update authority_tellings set words = null where alert_id = ?',
    'update authority_decisions set why = null where alert_id = ?',
  ].map(each => db.raw.prepare<[string]>(each))

  return {
    /** @throws SqliteError when the form was stored before. */
    async insert(row: AuthorityTelling): Promise<void> {
      add(row)
    },
    /** First told first. */
    async tellingsOf(alertIds: readonly string[]): Promise<AuthorityTelling[]> {
      return tellings.all({ ids: JSON.stringify(alertIds) })
    },
    async decisionsOf(alertIds: readonly string[]): Promise<AuthorityDecisionRow[]> {
      return decisions.all({ ids: JSON.stringify(alertIds) })
    },
    /** Sets a decision, in place of an earlier one of the same decider. */
    async decide(row: AuthorityDecisionRow): Promise<void> {
      const { alertId: _, decider: __, ...rest } = row
      db.orm
        .insert(authorityDecisions)
        .values(row)
        .onConflictDoUpdate({ target: [authorityDecisions.alertId, authorityDecisions.decider], set: rest })
        .run()
    },
    /** Takes people's words off what was told of an alert. */
    async clearWords(alertId: string): Promise<void> {
      for (const statement of clear) statement.run(alertId)
    },
  }
}
