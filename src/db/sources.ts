import { and, asc, eq, isNull, lt, or, sql } from 'drizzle-orm'
import type { Grading } from '../domain/source.ts'
import type { Connection } from './connection.ts'
import { alertSources, sources } from './schema.ts'
import { insertInto, listOf } from './statements.ts'
import type { Sealed } from './vault.ts'

export type Source = typeof sources.$inferSelect
export type NewSource = typeof sources.$inferInsert
export type AlertSource = typeof alertSources.$inferSelect

/** The vault's rows. What is sealed in them is opened by `operations/source` alone, for two people. */
export function sourcesRepo(db: Connection) {
  const add = insertInto(db, sources)
  const byId = db.orm
    .select()
    .from(sources)
    .where(eq(sources.id, sql.placeholder('id')))
    .prepare()
  const ofPerson = db.orm
    .select()
    .from(sources)
    .where(
      or(eq(sources.recorder, sql.placeholder('personId')), eq(sources.deputy, sql.placeholder('personId'))),
    )
    .orderBy(asc(sources.createdAt), asc(sources.id))
    .prepare()
  const unerased = db.orm
    .select()
    .from(sources)
    .where(isNull(sources.erasedAt))
    .orderBy(asc(sources.createdAt), asc(sources.id))
    .prepare()
  const before = db.orm
    .select()
    .from(sources)
    .where(and(isNull(sources.erasedAt), lt(sources.createdAt, sql.placeholder('t'))))
    .orderBy(asc(sources.createdAt), asc(sources.id))
    .prepare()
  const unused = db.raw.prepare<{ t: number }, { id: string }>(
    `select id from sources where erased_at is null and created_at < $t and not exists
       (select 1 from alert_sources where source_id = sources.id and recorded_at >= $t)
     order by created_at, id`,
  )
  const links = db.orm
    .select()
    .from(alertSources)
    .where(eq(alertSources.sourceId, sql.placeholder('sourceId')))
    .orderBy(asc(alertSources.recordedAt))
    .prepare()
  const gradings = db.orm
    .select()
    .from(alertSources)
    .where(sql`${alertSources.alertId} in ${listOf('ids')}`)
    .orderBy(asc(alertSources.recordedAt), asc(alertSources.sourceId))
    .prepare()
  const taken = db.raw.prepare('select 1 from sources where code = ?')
  const setLink = db.raw.prepare(
    `insert into alert_sources (alert_id, source_id, reliability, credibility, independent, recorded_at, report_id)
     values (?, ?, ?, ?, ?, ?, ?)
     on conflict (alert_id, source_id) do update set reliability = excluded.reliability,
       credibility = excluded.credibility, independent = excluded.independent`,
  )
  const mark = db.raw.prepare(
    `update sources set do_not_contact = ? where (recorder = ? or deputy = ?) and do_not_contact is null`,
  )
  const erase = db.raw.prepare(
    `update sources set sealed = null, wrapped_key = null, key_id = null, erased_at = ?
     where id = ? and erased_at is null`,
  )
  const eraseSaid = db.raw.prepare(
    `update inbound_messages set sealed = null, wrapped_key = null, key_id = null where callback_id in
       (select callbacks.id from callbacks join contacts on contacts.id = contact_id where source_id = ?)`,
  )
  const eraseNumbers = db.raw.prepare(
    `update contacts set digest = null, sealed = null, wrapped_key = null, key_id = null where source_id = ?`,
  )
  const rewrap = db.raw.prepare(
    `update sources set wrapped_key = ?, key_id = ? where id = ? and wrapped_key = ?`,
  )
  const keyIds = db.raw
    .prepare<[], string>('select distinct key_id from sources where key_id is not null order by key_id')
    .pluck()

  return {
    /** @throws SqliteError when the code was given before: `isTaken(error, 'sources.code')`. */
    async insert(source: NewSource): Promise<void> {
      add(source)
    },
    /** Whether a code was given before. */
    async isTaken(code: string): Promise<boolean> {
      return taken.get(code) !== undefined
    },
    async byId(id: string): Promise<Source | null> {
      return byId.get({ id }) ?? null
    },
    /** Those the person recorded or is deputy for, oldest first. */
    async ofPerson(personId: string): Promise<Source[]> {
      return ofPerson.all({ personId })
    },
    /** Those that still hold an identity, oldest first; recorded before `t` (epoch ms) where it is given. */
    async held(t?: number): Promise<Source[]> {
      return t === undefined ? unerased.all() : before.all({ t })
    },
    /** Those that hold an identity and stand behind no alert since `t` (epoch ms), oldest first. */
    async unusedSince(t: number): Promise<{ id: string }[]> {
      return unused.all({ t })
    },
    /** Changes who may read a source, or that nobody may get in touch. */
    async update(
      id: string,
      patch: Partial<Pick<Source, 'recorder' | 'deputy' | 'doNotContact' | 'replyAgreed'>>,
    ): Promise<boolean> {
      return db.orm.update(sources).set(patch).where(eq(sources.id, id)).run().changes === 1
    },
    /** Says since when (epoch ms) nobody may contact the sources a person knows; returns how many were not marked yet. */
    async markDoNotContact(personId: string, at: number): Promise<number> {
      return mark.run(at, personId, personId).changes
    },
    /** Forgets the identity, its numbers and all it wrote for good, and keeps the rows. False where it was erased already. */
    async erase(id: string, at: number): Promise<boolean> {
      eraseSaid.run(id)
      eraseNumbers.run(id)
      return erase.run(at, id).changes === 1
    },
    /** Replaces the wrapping of a data key, unless it changed meanwhile. */
    async rewrap(id: string, from: string, to: Pick<Sealed, 'wrappedKey' | 'keyId'>): Promise<boolean> {
      return rewrap.run(to.wrappedKey, to.keyId, id, from).changes === 1
    },
    /** Which keys are needed to open all there is. */
    async keyIds(): Promise<string[]> {
      return keyIds.all()
    },
    /** Links a source to an alert and the report it gave, or grades the link anew; the report it was linked to stays. */
    async grade(
      alertId: string,
      sourceId: string,
      grading: Grading,
      at: number,
      reportId: string | null = null,
    ): Promise<void> {
      const { reliability, credibility, independent } = grading
      setLink.run(alertId, sourceId, reliability, credibility, independent ? 1 : 0, at, reportId)
    },
    /** The alerts a source stands behind, first linked first. */
    async links(sourceId: string): Promise<AlertSource[]> {
      return links.all({ sourceId })
    },
    /** The gradings of several alerts, in the order of recording. */
    async gradingsOf(alertIds: readonly string[]): Promise<AlertSource[]> {
      return gradings.all({ ids: JSON.stringify(alertIds) })
    },
  }
}
