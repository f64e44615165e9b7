import { and, asc, eq, getTableColumns, isNull, sql } from 'drizzle-orm'
import type { AlertResponse } from '../domain/response.ts'
import type { Connection } from './connection.ts'
import { alertResponses } from './schema.ts'
import { insertInto, listOf } from './statements.ts'

const {
  seq: _seq,
  withdrawnAt: _at,
  withdrawnBy: _by,
  requestKey: _key,
  ...columns
} = getTableColumns(alertResponses)

/** What of a response may be put right afterwards. */
export type ResponsePatch = Partial<
  Pick<
    AlertResponse,
    | 'tier'
    | 'who'
    | 'startedAt'
    | 'arrivedAt'
    | 'endedAt'
    | 'did'
    | 'result'
    | 'resultNote'
    | 'naming'
    | 'organisation'
    | 'audience'
  >
>

/** Responses to alerts. */
export function responsesRepo(db: Connection) {
  const add = insertInto(db, alertResponses)
  const stands = isNull(alertResponses.withdrawnAt)
  const select = () => db.orm.select(columns).from(alertResponses)
  const byId = select()
    .where(and(eq(alertResponses.id, sql.placeholder('id')), stands))
    .prepare()
  const byIds = select()
    .where(sql`${alertResponses.id} in ${listOf('ids')}`)
    .orderBy(asc(alertResponses.seq))
    .prepare()
  const byRequestKey = select()
    .where(eq(alertResponses.requestKey, sql.placeholder('key')))
    .prepare()
  const ofAlerts = select()
    .where(sql`${alertResponses.alertId} in ${listOf('ids')} and ${stands}`)
    .orderBy(asc(alertResponses.seq))
    .prepare()
  const withdraw = db.raw.prepare(
    `update alert_responses set withdrawn_at = ?, withdrawn_by = ?, version = version + 1
     where id = ? and version = ? and withdrawn_at is null`,
  )
  const clear = db.raw.prepare(
    'update alert_responses set who = null, did = null, result_note = null where alert_id = ?',
  )

  return {
    /** @throws SqliteError when the act or the form it came from has a response already. */
    async insert(row: AlertResponse & { requestKey: string | null }): Promise<void> {
      add(row)
    },
    /** Null also for one that was withdrawn. */
    async byId(id: string): Promise<AlertResponse | null> {
      return byId.get({ id }) ?? null
    },
    /** Those that exist, withdrawn ones too: what was posted of them still stands. */
    async byIds(ids: readonly string[]): Promise<AlertResponse[]> {
      return byIds.all({ ids: JSON.stringify(ids) })
    },
    /** The response a submitted form became. */
    async byRequestKey(key: string): Promise<AlertResponse | null> {
      return byRequestKey.get({ key }) ?? null
    },
    /** Those that stand, in the order of recording. */
    async ofAlerts(alertIds: readonly string[]): Promise<AlertResponse[]> {
      return ofAlerts.all({ ids: JSON.stringify(alertIds) })
    },
    /** Changes fields when the response still has the version the person saw, and counts the version up. */
    async update(id: string, expectedVersion: number, patch: ResponsePatch): Promise<boolean> {
      return (
        db.orm
          .update(alertResponses)
          .set({ ...patch, version: sql`${alertResponses.version} + 1` })
          .where(and(eq(alertResponses.id, id), eq(alertResponses.version, expectedVersion), stands))
          .run().changes === 1
      )
    },
    /** False where it was changed or withdrawn since the person saw it. */
    async withdraw(id: string, expectedVersion: number, by: string, at: number): Promise<boolean> {
      return withdraw.run(at, by, id, expectedVersion).changes === 1
    },
    /** Takes people's words off the responses to an alert. */
    async clearWords(alertId: string): Promise<void> {
      clear.run(alertId)
    },
  }
}
