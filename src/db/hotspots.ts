import { and, asc, desc, eq, sql } from 'drizzle-orm'
import type { Hotspot } from '../domain/hotspot.ts'
import type { Connection } from './connection.ts'
import {
  hotspotContacts,
  hotspotCoverage,
  hotspotLinks,
  hotspots,
  hotspotTiers,
  hotspotVisits,
} from './schema.ts'
import { insertInto, listOf } from './statements.ts'

export type HotspotRow = typeof hotspots.$inferSelect
export type CoverageRow = typeof hotspotCoverage.$inferSelect
export type VisitRow = typeof hotspotVisits.$inferSelect
export type ContactRow = typeof hotspotContacts.$inferSelect
export type TierRow = typeof hotspotTiers.$inferSelect
export type LinkRow = typeof hotspotLinks.$inferSelect

/** The fields of a hotspot that people may change. */
export type HotspotPatch = Partial<
  Omit<Hotspot, 'id' | 'code' | 'version' | 'createdBy' | 'createdAt' | 'exercise' | 'holder'>
>

/** Hotspots, how they are covered, who was there, whom to ask, and what is linked to them. */
export function hotspotsRepo(db: Connection) {
  const add = insertInto(db, hotspots)
  const addCoverage = insertInto(db, hotspotCoverage)
  const addVisit = insertInto(db, hotspotVisits)
  const addLink = insertInto(db, hotspotLinks, 'do nothing')
  const one = (column: typeof hotspots.id | typeof hotspots.code | typeof hotspots.requestKey) =>
    db.orm
      .select()
      .from(hotspots)
      .where(eq(column, sql.placeholder('value')))
      .prepare()
  const byId = one(hotspots.id)
  const byCode = one(hotspots.code)
  const byRequestKey = one(hotspots.requestKey)
  const byIds = db.orm
    .select()
    .from(hotspots)
    .where(sql`${hotspots.id} in ${listOf('ids')}`)
    .orderBy(asc(hotspots.name), asc(hotspots.id))
    .prepare()
  const all = db.orm.select().from(hotspots).orderBy(asc(hotspots.createdAt), asc(hotspots.id)).prepare()
  const listed = db.orm
    .select()
    .from(hotspots)
    .where(and(eq(hotspots.state, 'listed'), sql`${hotspots.exercise} = ${sql.placeholder('exercise')}`))
    .orderBy(asc(hotspots.name), asc(hotspots.id))
    .prepare()
  const coverage = db.orm
    .select()
    .from(hotspotCoverage)
    .where(
      sql`${hotspotCoverage.seq} in (select max(seq) from hotspot_coverage where hotspot_id in ${listOf('ids')} group by hotspot_id)`,
    )
    .prepare()
  const visits = db.orm
    .select()
    .from(hotspotVisits)
    .where(sql`${hotspotVisits.hotspotId} in ${listOf('ids')}`)
    .orderBy(desc(hotspotVisits.to))
    .prepare()
  const contacts = db.orm
    .select()
    .from(hotspotContacts)
    .where(sql`${hotspotContacts.hotspotId} in ${listOf('ids')}`)
    .orderBy(asc(hotspotContacts.side), asc(hotspotContacts.purpose))
    .prepare()
  const links = db.orm
    .select()
    .from(hotspotLinks)
    .where(sql`${hotspotLinks.hotspotId} in ${listOf('ids')}`)
    .orderBy(asc(hotspotLinks.at))
    .prepare()
  const linksTo = db.orm
    .select()
    .from(hotspotLinks)
    .where(
      and(
        eq(hotspotLinks.kind, sql.placeholder('kind')),
        eq(hotspotLinks.recordId, sql.placeholder('recordId')),
      ),
    )
    .prepare()
  const tiers = db.orm
    .select()
    .from(hotspotTiers)
    .where(sql`${hotspotTiers.hotspotId} in ${listOf('ids')}`)
    .orderBy(asc(hotspotTiers.tier))
    .prepare()
  // Longitudes shrink towards the poles; a box that holds the circle is enough, who asks measures.
  const around = db.orm
    .select()
    .from(hotspots)
    .where(
      sql`${hotspots.state} = 'listed' and ${hotspots.lat} is not null and ${hotspots.lon} is not null
        and abs(${hotspots.lat} - ${sql.placeholder('lat')}) <= (${sql.placeholder('km')} + coalesce(${hotspots.radiusKm}, 0)) / 110.5
        and min(abs(${hotspots.lon} - ${sql.placeholder('lon')}), 360 - abs(${hotspots.lon} - ${sql.placeholder('lon')})) <= (${sql.placeholder('km')} + coalesce(${hotspots.radiusKm}, 0)) / ${sql.placeholder('kmPerLon')}`,
    )
    .orderBy(asc(hotspots.name), asc(hotspots.id))
    .prepare()
  const linkedAmong = db.orm
    .select()
    .from(hotspotLinks)
    .where(
      and(eq(hotspotLinks.kind, sql.placeholder('kind')), sql`${hotspotLinks.recordId} in ${listOf('ids')}`),
    )
    .prepare()
  const many = (ids: readonly string[]) => ({ ids: JSON.stringify(ids) })

  return {
    /** @throws SqliteError when the code or the form was stored before. */
    async insert(row: HotspotRow): Promise<void> {
      add(row)
    },
    async byId(id: string): Promise<HotspotRow | null> {
      return byId.get({ value: id }) ?? null
    },
    /** By its code as stored, such as `H-7K4Q`. */
    async byCode(code: string): Promise<HotspotRow | null> {
      return byCode.get({ value: code }) ?? null
    },
    /** The hotspot a submitted form became. */
    async byRequestKey(key: string): Promise<HotspotRow | null> {
      return byRequestKey.get({ value: key }) ?? null
    },
    /** Those that exist, by name. */
    async byIds(ids: readonly string[]): Promise<HotspotRow[]> {
      return byIds.all(many(ids))
    },
    /** All there are, on the list or not, in the order they were put there. */
    async all(): Promise<HotspotRow[]> {
      return all.all()
    },
    /** All that stand in the list, by name; of an exercise, those of exercises alone. */
    async listed(exercise = false): Promise<HotspotRow[]> {
      return listed.all({ exercise: Number(exercise) })
    },
    /** Those of the list that may lie within `km` of a point, their circles counted; some lie a little farther. */
    async around({ lat, lon }: { lat: number; lon: number }, km: number): Promise<HotspotRow[]> {
      const kmPerLon = 110.5 * Math.max(0.01, Math.cos((lat * Math.PI) / 180))
      return around.all({ lat, lon, km, kmPerLon })
    },
    /** Links of these records to any place. */
    async linkedAmong(kind: string, recordIds: readonly string[]): Promise<LinkRow[]> {
      return linkedAmong.all({ kind, ids: JSON.stringify(recordIds) })
    },
    /** Changes fields when the hotspot still has the version the person saw, and counts the version up. */
    async update(id: string, expectedVersion: number, patch: HotspotPatch): Promise<boolean> {
      const { changes } = db.orm
        .update(hotspots)
        .set({ ...patch, version: sql`${hotspots.version} + 1` })
        .where(and(eq(hotspots.id, id), eq(hotspots.version, expectedVersion)))
        .run()
      return changes === 1
    },
    async addCoverage(row: Omit<CoverageRow, 'seq'>): Promise<void> {
      addCoverage(row)
    },
    async addVisit(row: VisitRow): Promise<void> {
      addVisit(row)
    },
    /** False where the record was linked already. */
    async link(row: LinkRow): Promise<boolean> {
      return addLink(row).changes === 1
    },
    async setContact(row: ContactRow): Promise<void> {
      db.orm
        .insert(hotspotContacts)
        .values(row)
        .onConflictDoUpdate({
          target: [hotspotContacts.hotspotId, hotspotContacts.side, hotspotContacts.purpose],
          set: { post: row.post, byPerson: row.byPerson, at: row.at },
        })
        .run()
    },
    /** Why a tier does not apply; a later reason takes its place. */
    async setTier(row: TierRow): Promise<void> {
      const { reason, byPerson, at } = row
      db.orm
        .insert(hotspotTiers)
        .values(row)
        .onConflictDoUpdate({
          target: [hotspotTiers.hotspotId, hotspotTiers.tier],
          set: { reason, byPerson, at },
        })
        .run()
    },
    async tiersOf(ids: readonly string[]): Promise<TierRow[]> {
      return tiers.all(many(ids))
    },
    /** The last report of coverage of each. */
    async coverageOf(ids: readonly string[]): Promise<CoverageRow[]> {
      return coverage.all(many(ids))
    },
    /** Last visits first. */
    async visitsOf(ids: readonly string[]): Promise<VisitRow[]> {
      return visits.all(many(ids))
    },
    async contactsOf(ids: readonly string[]): Promise<ContactRow[]> {
      return contacts.all(many(ids))
    },
    async linksOf(ids: readonly string[]): Promise<LinkRow[]> {
      return links.all(many(ids))
    },
    /** The places a record belongs to. */
    async linksTo(kind: string, recordId: string): Promise<LinkRow[]> {
      return linksTo.all({ kind, recordId })
    },
  }
}
