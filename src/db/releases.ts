import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import { releases } from './schema.ts'
import { given, insertInto, listOf } from './statements.ts'

export type Release = typeof releases.$inferSelect

/** What was proposed to be shown to more people, and what became of it. */
export function releasesRepo(db: Connection) {
  const add = insertInto(db, releases)
  const by = (column: typeof releases.id | typeof releases.code | typeof releases.requestKey) =>
    db.orm
      .select()
      .from(releases)
      .where(eq(column, sql.placeholder('value')))
      .prepare()
  const byId = by(releases.id)
  const byIds = db.orm
    .select()
    .from(releases)
    .where(sql`${releases.id} in ${listOf('ids')}`)
    .orderBy(asc(releases.proposedAt), asc(releases.id))
    .prepare()
  const byCode = by(releases.code)
  const byRequestKey = by(releases.requestKey)
  const ofAlert = db.orm
    .select()
    .from(releases)
    .where(eq(releases.alertId, sql.placeholder('alertId')))
    .orderBy(asc(releases.proposedAt), asc(releases.id))
    .prepare()
  const standing = sql`${releases.state} = 'released'`
  const standingOf = db.orm
    .select()
    .from(releases)
    .where(and(standing, sql`${releases.alertId} in ${listOf('ids')}`))
    .orderBy(asc(releases.decidedAt), asc(releases.id))
    .prepare()
  const allStanding = db.orm
    .select()
    .from(releases)
    .where(standing)
    .orderBy(desc(releases.decidedAt), desc(releases.id))
    .prepare()
  const waiting = db.orm
    .select()
    .from(releases)
    .where(eq(releases.state, 'waiting'))
    .orderBy(asc(releases.proposedAt), asc(releases.id))
    .prepare()
  const ever = db.orm
    .select()
    .from(releases)
    .where(inArray(releases.state, ['released', 'narrowed']))
    .orderBy(asc(releases.decidedAt), asc(releases.id))
    .prepare()
  const proposedSince = db.orm
    .select()
    .from(releases)
    .where(sql`${releases.proposedAt} > ${sql.placeholder('since')}`)
    .orderBy(asc(releases.proposedAt), asc(releases.id))
    .prepare()
  const decide = db.orm
    .update(releases)
    .set({
      state: given<'released' | 'refused'>('state'),
      decidedBy: given<string>('by'),
      decidedAt: given<number>('at'),
      reason: given<string | null>('reason'),
      people: sql`${sql.placeholder('people')}`,
    })
    .where(and(eq(releases.id, sql.placeholder('id')), eq(releases.state, 'waiting')))
    .prepare()
  const forget = db.raw.prepare<[string]>(
    `update releases set summary = '', why = '', reason = null where alert_id = ?`,
  )
  const narrow = db.orm
    .update(releases)
    .set({ state: 'narrowed', narrowedBy: given<string>('by'), narrowedAt: given<number>('at') })
    .where(and(eq(releases.id, sql.placeholder('id')), inArray(releases.state, ['released'])))
    .prepare()

  return {
    /** @throws SqliteError when the code or the form was stored before. */
    async insert(row: Release): Promise<void> {
      add(row)
    },
    async byId(id: string): Promise<Release | null> {
      return byId.get({ value: id }) ?? null
    },
    /** Those that exist, first proposed first. */
    async byIds(ids: readonly string[]): Promise<Release[]> {
      return byIds.all({ ids: JSON.stringify(ids) })
    },
    /** Proposals nobody has decided, first proposed first. */
    async waiting(): Promise<Release[]> {
      return waiting.all()
    },
    /** By its code as stored, such as `R-7K4Q`. */
    async byCode(code: string): Promise<Release | null> {
      return byCode.get({ value: code }) ?? null
    },
    /** The proposal a submitted form became. */
    async byRequestKey(key: string): Promise<Release | null> {
      return byRequestKey.get({ value: key }) ?? null
    },
    /** All of an alert, first proposed first. */
    async ofAlert(alertId: string): Promise<Release[]> {
      return ofAlert.all({ alertId })
    },
    /** Those of these alerts that stand. */
    async standingOf(alertIds: readonly string[]): Promise<Release[]> {
      return standingOf.all({ ids: JSON.stringify(alertIds) })
    },
    /** Every release that stands, last decided first. */
    async standing(): Promise<Release[]> {
      return allStanding.all()
    },
    /** Those that were released, whether they stand or were taken back since. */
    async everReleased(): Promise<Release[]> {
      return ever.all()
    },
    /** All proposed after `since` (epoch ms), first proposed first. */
    async proposedSince(since: number): Promise<Release[]> {
      return proposedSince.all({ since })
    },
    /** False when it was decided meanwhile. */
    async decide(
      id: string,
      decision: {
        state: 'released' | 'refused'
        by: string
        at: number
        reason: string | null
        people: readonly string[]
      },
    ): Promise<boolean> {
      return decide.run({ ...decision, id, people: JSON.stringify(decision.people) }).changes === 1
    },
    /** Forgets the words of an alert's releases for good. */
    async forgetWords(alertId: string): Promise<void> {
      forget.run(alertId)
    },
    /** Takes back what was released; false when it does not stand. */
    async narrow(id: string, by: string, at: number): Promise<boolean> {
      return narrow.run({ id, by, at }).changes === 1
    },
  }
}
