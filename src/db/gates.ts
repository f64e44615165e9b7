import { and, asc, eq, gte, isNull, lt, sql } from 'drizzle-orm'
import type { GateState } from '../domain/gate.ts'
import type { Connection } from './connection.ts'
import { gateActs, gateLinks, gates, suspensions } from './schema.ts'
import { given, insertInto } from './statements.ts'

export type Gate = typeof gates.$inferSelect
export type GateAct = typeof gateActs.$inferSelect
export type GateLink = typeof gateLinks.$inferSelect
export type Suspension = typeof suspensions.$inferSelect

/** What somebody else decides before a thing is done. */
export function gatesRepo(db: Connection) {
  const add = insertInto(db, gates)
  const addAct = insertInto(db, gateActs)
  const addLink = insertInto(db, gateLinks)
  const by = (column: typeof gates.id | typeof gates.code | typeof gates.requestKey) =>
    db.orm
      .select()
      .from(gates)
      .where(eq(column, sql.placeholder('value')))
      .prepare()
  const byId = by(gates.id)
  const byCode = by(gates.code)
  const byRequestKey = by(gates.requestKey)
  const all = db.orm.select().from(gates).orderBy(asc(gates.askedAt), asc(gates.id)).prepare()
  const between = db.orm
    .select()
    .from(gates)
    .where(and(gte(gates.askedAt, sql.placeholder('from')), lt(gates.askedAt, sql.placeholder('to'))))
    .orderBy(asc(gates.askedAt))
    .prepare()
  const actsOf = db.orm
    .select()
    .from(gateActs)
    .where(eq(gateActs.gateId, sql.placeholder('id')))
    .orderBy(asc(gateActs.at), asc(gateActs.id))
    .prepare()
  const move = db.orm
    .update(gates)
    .set({ state: given<GateState>('to'), expiresAt: given<number | null>('expiresAt') })
    .where(and(eq(gates.id, sql.placeholder('id')), eq(gates.state, given<GateState>('from'))))
    .prepare()
  const rewrite = db.orm
    .update(gates)
    .set({
      words: given<Record<string, string>>('words'),
      tried: given<string[]>('tried'),
      fromDay: given<string | null>('fromDay'),
      toDay: given<string | null>('toDay'),
      priority: given<Gate['priority']>('priority'),
    })
    .where(eq(gates.id, sql.placeholder('id')))
    .prepare()
  const links = (column: typeof gateLinks.gateId | typeof gateLinks.recordId) =>
    db.orm
      .select()
      .from(gateLinks)
      .where(eq(column, sql.placeholder('value')))
      .orderBy(asc(gateLinks.at))
      .prepare()
  const linksOfGate = links(gateLinks.gateId)
  const linksOfRecord = links(gateLinks.recordId)
  const setLink = db.orm
    .update(gateLinks)
    .set({
      gateId: given<string | null>('gateId'),
      accountable: given<string | null>('accountable'),
      ground: given<GateLink['ground']>('ground'),
      reason: given<string | null>('reason'),
      by: given<string>('by'),
      at: given<number>('at'),
    })
    .where(eq(gateLinks.id, sql.placeholder('id')))
    .prepare()

  return {
    /** @throws SqliteError when the code or the form was stored before. */
    async insert(row: Gate): Promise<void> {
      add(row)
    },
    async byId(id: string): Promise<Gate | null> {
      return byId.get({ value: id }) ?? null
    },
    async byCode(code: string): Promise<Gate | null> {
      return byCode.get({ value: code }) ?? null
    },
    /** The gate a submitted form became. */
    async byRequestKey(key: string): Promise<Gate | null> {
      return byRequestKey.get({ value: key }) ?? null
    },
    /** Every gate, first asked first. */
    async all(): Promise<Gate[]> {
      return all.all()
    },
    /** Those asked in [from, to) (epoch ms). */
    async between(from: number, to: number): Promise<Gate[]> {
      return between.all({ from, to })
    },
    /** Brings a gate from one state to another; false when it is not in that state any more. */
    async move(id: string, from: GateState, to: GateState, expiresAt: number | null): Promise<boolean> {
      return move.run({ id, from, to, expiresAt }).changes === 1
    },
    async addAct(row: GateAct): Promise<void> {
      addAct(row)
    },
    /** First to last. */
    async acts(gateId: string): Promise<GateAct[]> {
      return actsOf.all({ id: gateId })
    },
    /** Replaces what was written; for an escort that is asked anew, and for erasing. */
    async rewrite(
      id: string,
      row: Pick<Gate, 'words' | 'tried' | 'fromDay' | 'toDay' | 'priority'>,
    ): Promise<void> {
      rewrite.run({
        id,
        words: JSON.stringify(row.words),
        tried: JSON.stringify(row.tried),
        fromDay: row.fromDay,
        toDay: row.toDay,
        priority: row.priority,
      })
    },
    /** One row per record and template: what it picked last. */
    async link(row: GateLink): Promise<void> {
      const standing = (await this.linksOf(row.recordKind, row.recordId)).find(
        ({ template }) => template === row.template,
      )
      if (standing) setLink.run({ ...row, id: standing.id })
      else addLink(row)
    },
    async linksOfGate(gateId: string): Promise<GateLink[]> {
      return linksOfGate.all({ value: gateId })
    },
    async linksOf(recordKind: string, recordId: string): Promise<GateLink[]> {
      return linksOfRecord.all({ value: recordId }).filter(link => link.recordKind === recordKind)
    },
  }
}

/** What sections suspend for a time, and whether they began again. */
export function suspensionsRepo(db: Connection) {
  const add = insertInto(db, suspensions)
  const byId = db.orm
    .select()
    .from(suspensions)
    .where(eq(suspensions.id, sql.placeholder('value')))
    .prepare()
  const byCode = db.orm
    .select()
    .from(suspensions)
    .where(eq(suspensions.code, sql.placeholder('value')))
    .prepare()
  const byRequestKey = db.orm
    .select()
    .from(suspensions)
    .where(eq(suspensions.requestKey, sql.placeholder('value')))
    .prepare()
  const open = db.orm
    .select()
    .from(suspensions)
    .where(isNull(suspensions.restartedAt))
    .orderBy(asc(suspensions.restartDay), asc(suspensions.at))
    .prepare()
  const all = db.orm.select().from(suspensions).orderBy(asc(suspensions.at), asc(suspensions.id)).prepare()
  const restart = db.orm
    .update(suspensions)
    .set({ restartedAt: given<number>('at') })
    .where(and(eq(suspensions.id, sql.placeholder('id')), isNull(suspensions.restartedAt)))
    .prepare()

  return {
    async insert(row: Suspension): Promise<void> {
      add(row)
    },
    async byId(id: string): Promise<Suspension | null> {
      return byId.get({ value: id }) ?? null
    },
    async byCode(code: string): Promise<Suspension | null> {
      return byCode.get({ value: code }) ?? null
    },
    async byRequestKey(key: string): Promise<Suspension | null> {
      return byRequestKey.get({ value: key }) ?? null
    },
    /** Every one, first begun first. */
    async all(): Promise<Suspension[]> {
      return all.all()
    },
    /** What has not begun again, next restart first. */
    async open(): Promise<Suspension[]> {
      return open.all()
    },
    /** False when it had begun again already. */
    async restart(id: string, at: number): Promise<boolean> {
      return restart.run({ id, at }).changes === 1
    },
  }
}
