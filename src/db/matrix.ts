import { and, asc, desc, eq, sql } from 'drizzle-orm'
import type { RoundState } from '../domain/matrix/round.ts'
import type { Connection } from './connection.ts'
import {
  matrixDissents,
  matrixEntries,
  matrixNils,
  matrixPlaces,
  matrixProposals,
  matrixRounds,
  matrixRows,
  matrixVersions,
  matrixWaivers,
} from './schema.ts'
import { insertInto, listOf } from './statements.ts'

export type Round = typeof matrixRounds.$inferSelect
export type EntryRow = typeof matrixEntries.$inferSelect
export type NilRow = typeof matrixNils.$inferSelect
export type ProposalRow = typeof matrixProposals.$inferSelect
export type DissentRow = typeof matrixDissents.$inferSelect
export type WaiverRow = typeof matrixWaivers.$inferSelect
export type Version = typeof matrixVersions.$inferSelect
export type MatrixRow = typeof matrixRows.$inferSelect

/** Review rounds with all that was said in them, and adopted versions. */
export function matrixRepo(db: Connection) {
  const addRound = insertInto(db, matrixRounds)
  const addPlace = insertInto(db, matrixPlaces)
  const setEntry = insertInto(db, matrixEntries, 'replace')
  const addNil = insertInto(db, matrixNils, 'do nothing')
  const addDissent = insertInto(db, matrixDissents)
  const addWaiver = insertInto(db, matrixWaivers, 'do nothing')
  const addVersion = insertInto(db, matrixVersions)
  const addRow = insertInto(db, matrixRows)
  const value = sql.placeholder('value')
  const roundBy = (column: typeof matrixRounds.id | typeof matrixRounds.code) =>
    db.orm.select().from(matrixRounds).where(eq(column, value)).prepare()
  const roundById = roundBy(matrixRounds.id)
  const roundByCode = roundBy(matrixRounds.code)
  const rounds = db.orm.select().from(matrixRounds).orderBy(asc(matrixRounds.openedAt)).prepare()
  const underWay = db.orm
    .select()
    .from(matrixRounds)
    .where(sql`${matrixRounds.state} in ('open', 'revealed', 'recommended')`)
    .orderBy(asc(matrixRounds.openedAt))
    .prepare()
  const places = db.orm
    .select({ hotspotId: matrixPlaces.hotspotId })
    .from(matrixPlaces)
    .where(eq(matrixPlaces.roundId, value))
    .prepare()
  const entries = db.orm.select().from(matrixEntries).where(eq(matrixEntries.roundId, value)).prepare()
  const progress = db.raw.prepare<[string], { voice: string; places: number }>(
    `select voice, count(distinct hotspot_id) as places from matrix_entries
     where round_id = ? and hotspot_id in (select id from hotspots where state = 'listed') group by voice`,
  )
  const toRate = db.raw.prepare<[string], { places: number }>(
    `select count(*) as places from matrix_places
     where round_id = ? and hotspot_id in (select id from hotspots where state = 'listed')`,
  )
  const nils = db.orm.select().from(matrixNils).where(eq(matrixNils.roundId, value)).prepare()
  const proposals = db.orm.select().from(matrixProposals).where(eq(matrixProposals.roundId, value)).prepare()
  const waivers = db.orm.select().from(matrixWaivers).where(eq(matrixWaivers.roundId, value)).prepare()
  const dissents = db.orm
    .select()
    .from(matrixDissents)
    .where(eq(matrixDissents.roundId, value))
    .orderBy(asc(matrixDissents.at))
    .prepare()
  // The last word of a speaker on each place, from rounds before this one.
  const before = db.raw.prepare<[string, string], { hotspotId: string; roundId: string }>(
    `select hotspot_id as hotspotId, round_id as roundId from (
       select hotspot_id, round_id, row_number() over (partition by hotspot_id order by at desc) as nth
       from matrix_entries where speaker = ? and round_id <> ?)
     where nth = 1`,
  )
  const entry = db.orm
    .select()
    .from(matrixEntries)
    .where(
      and(
        eq(matrixEntries.roundId, sql.placeholder('roundId')),
        eq(matrixEntries.hotspotId, sql.placeholder('hotspotId')),
        eq(matrixEntries.speaker, sql.placeholder('speaker')),
      ),
    )
    .prepare()
  const versions = db.orm
    .select()
    .from(matrixVersions)
    .orderBy(desc(matrixVersions.adoptedAt), desc(matrixVersions.number))
    .prepare()
  const newest = db.orm
    .select()
    .from(matrixVersions)
    .where(
      sql`not exists (select 1 from matrix_versions w where w.sector is "matrix_versions"."sector"
        and (w.adopted_at, w.number) > ("matrix_versions"."adopted_at", "matrix_versions"."number"))`,
    )
    .prepare()
  const rowsOfPlaces = db.orm
    .select()
    .from(matrixRows)
    .where(
      sql`${matrixRows.hotspotId} in ${listOf('places')} and ${matrixRows.versionId} in ${listOf('ids')}`,
    )
    .prepare()
  const rows = db.orm
    .select()
    .from(matrixRows)
    .where(sql`${matrixRows.versionId} in ${listOf('ids')}`)
    .prepare()
  const change = (id: string, from: readonly RoundState[], patch: Partial<Round>) =>
    db.orm
      .update(matrixRounds)
      .set(patch)
      .where(
        and(
          eq(matrixRounds.id, id),
          sql`${matrixRounds.state} in (select value from json_each(${JSON.stringify(from)}))`,
        ),
      )
      .run().changes === 1

  return {
    async insertRound(row: Round, hotspotIds: readonly string[]): Promise<void> {
      addRound(row)
      for (const hotspotId of hotspotIds) addPlace({ roundId: row.id, hotspotId })
    },
    async roundById(id: string): Promise<Round | null> {
      return roundById.get({ value: id }) ?? null
    },
    /** By its code as stored, such as `M-7K4Q`. */
    async roundByCode(code: string): Promise<Round | null> {
      return roundByCode.get({ value: code }) ?? null
    },
    /** Every round, first opened first. */
    async rounds(): Promise<Round[]> {
      return rounds.all()
    },
    /** Rounds that have neither ended nor been cancelled, first opened first. */
    async roundsUnderWay(): Promise<Round[]> {
      return underWay.all()
    },
    /** False when the round no longer stands in one of these states. */
    async changeRound(id: string, from: readonly RoundState[], patch: Partial<Round>): Promise<boolean> {
      return change(id, from, patch)
    },
    async placesOf(roundId: string): Promise<string[]> {
      return places.all({ value: roundId }).map(({ hotspotId }) => hotspotId)
    },
    /** How many places still listed each voice has rated, and how many there are to rate; none of what it said. */
    async progressOf(roundId: string): Promise<{ rated: Map<string, number>; places: number }> {
      const rated = new Map(progress.all(roundId).map(({ voice, places }) => [voice, places]))
      return { rated, places: toRate.get(roundId)?.places ?? 0 }
    },
    async entriesOf(roundId: string): Promise<EntryRow[]> {
      return entries.all({ value: roundId })
    },
    /** A speaker's word on a place; a later one takes its place. */
    async setEntry(row: EntryRow): Promise<void> {
      setEntry(row)
    },
    /** What this speaker last said of each place, in rounds before this one. */
    async lastWords(speaker: string, roundId: string): Promise<EntryRow[]> {
      return before.all(speaker, roundId).flatMap(found => entry.get({ ...found, speaker }) ?? [])
    },
    async addNil(row: NilRow): Promise<boolean> {
      return addNil(row).changes === 1
    },
    async nilsOf(roundId: string): Promise<NilRow[]> {
      return nils.all({ value: roundId })
    },
    async setProposal(row: ProposalRow): Promise<void> {
      const { category, reason, byPerson, at } = row
      db.orm
        .insert(matrixProposals)
        .values(row)
        .onConflictDoUpdate({
          target: [matrixProposals.roundId, matrixProposals.hotspotId],
          set: { category, reason, byPerson, at },
        })
        .run()
    },
    async proposalsOf(roundId: string): Promise<ProposalRow[]> {
      return proposals.all({ value: roundId })
    },
    async addDissent(row: DissentRow): Promise<void> {
      addDissent(row)
    },
    /** False when it is not this person's, or was withdrawn before. */
    async withdrawDissent(id: string, byPerson: string, at: number): Promise<boolean> {
      const { changes } = db.orm
        .update(matrixDissents)
        .set({ withdrawnAt: at })
        .where(
          and(
            eq(matrixDissents.id, id),
            eq(matrixDissents.byPerson, byPerson),
            sql`${matrixDissents.withdrawnAt} is null`,
          ),
        )
        .run()
      return changes === 1
    },
    async dissentsOf(roundId: string): Promise<DissentRow[]> {
      return dissents.all({ value: roundId })
    },
    /** False when this finding was waived before. */
    async addWaiver(row: WaiverRow): Promise<boolean> {
      return addWaiver(row).changes === 1
    },
    async waiversOf(roundId: string): Promise<WaiverRow[]> {
      return waivers.all({ value: roundId })
    },
    async insertVersion(version: Version, adopted: readonly MatrixRow[]): Promise<void> {
      addVersion(version)
      for (const row of adopted) addRow(row)
    },
    /** All versions, last adopted first. */
    async versions(): Promise<Version[]> {
      return versions.all()
    },
    /** Of the whole mission and of each sector the version adopted last. */
    async newest(): Promise<Version[]> {
      return newest.all()
    },
    /** The rows of these versions; of these places alone where they are given. */
    async rowsOf(versionIds: readonly string[], hotspotIds?: readonly string[]): Promise<MatrixRow[]> {
      const ids = JSON.stringify(versionIds)
      return hotspotIds ? rowsOfPlaces.all({ ids, places: JSON.stringify(hotspotIds) }) : rows.all({ ids })
    },
  }
}
