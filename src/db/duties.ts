import { and, asc, desc, eq, gt, isNotNull, isNull, lte, sql } from 'drizzle-orm'
import type { RoleRef } from '../domain/mission.ts'
import type { Connection } from './connection.ts'
import type { Person } from './people.ts'
import { dutyPeriods, dutyTests, people, rotaShifts, vacancies } from './schema.ts'
import { given, insertInto } from './statements.ts'

type Stored<T extends { sector: string }> = Omit<T, 'sector'> & { sector: string | null }
export type DutyPeriod = Stored<typeof dutyPeriods.$inferSelect>
export type RotaShift = Stored<typeof rotaShifts.$inferSelect>
export type DutyTest = Stored<typeof dutyTests.$inferSelect>
export type Vacancy = Stored<typeof vacancies.$inferSelect>
/** A shift with who stands it. */
export type Standing = RotaShift & { person: Person }

/** Duties taken, the rota, test messages and vacancies. */
export function dutiesRepo(db: Connection) {
  const addPeriod = insertInto(db, dutyPeriods)
  const addShift = insertInto(db, rotaShifts, 'do nothing')
  const addTest = insertInto(db, dutyTests)
  const addVacancy = insertInto(db, vacancies, 'do nothing')
  const role = sql.placeholder('role')
  const sector = sql.placeholder('sector')
  const now = sql.placeholder('now')
  const periodOf = and(eq(dutyPeriods.role, role), eq(dutyPeriods.sector, sector))
  const shiftOf = and(eq(rotaShifts.role, role), eq(rotaShifts.sector, sector))
  const testId = eq(dutyTests.id, sql.placeholder('id'))

  const current = db.orm
    .select({ period: dutyPeriods, person: people })
    .from(dutyPeriods)
    .innerJoin(people, eq(people.id, dutyPeriods.personId))
    .where(and(periodOf, isNull(dutyPeriods.until)))
    .prepare()
  const lastNote = db.orm
    .select({ period: dutyPeriods, person: people })
    .from(dutyPeriods)
    .innerJoin(people, eq(people.id, dutyPeriods.personId))
    .where(and(periodOf, isNotNull(dutyPeriods.until)))
    .orderBy(desc(dutyPeriods.until), desc(dutyPeriods.since))
    .limit(1)
    .prepare()
  const period = db.orm
    .select({ period: dutyPeriods, person: people })
    .from(dutyPeriods)
    .innerJoin(people, eq(people.id, dutyPeriods.personId))
    .where(eq(dutyPeriods.id, sql.placeholder('id')))
    .prepare()
  const ofPerson = db.orm
    .select()
    .from(dutyPeriods)
    .where(and(eq(dutyPeriods.personId, sql.placeholder('personId')), isNull(dutyPeriods.until)))
    .orderBy(asc(dutyPeriods.since), asc(dutyPeriods.id))
    .prepare()
  const end = db.raw.prepare(
    'update duty_periods set until = ?, note = coalesce(?, note) where id = ? and until is null',
  )
  const standing = db.orm
    .select({ shift: rotaShifts, person: people })
    .from(rotaShifts)
    .innerJoin(people, eq(people.id, rotaShifts.personId))
    .where(and(shiftOf, lte(rotaShifts.fromAt, now), gt(rotaShifts.toAt, now)))
    .orderBy(desc(rotaShifts.fromAt), asc(rotaShifts.id))
    .prepare()
  const coming = db.orm
    .select({ shift: rotaShifts, person: people })
    .from(rotaShifts)
    .innerJoin(people, eq(people.id, rotaShifts.personId))
    .where(and(shiftOf, gt(rotaShifts.toAt, now)))
    .orderBy(asc(rotaShifts.fromAt), asc(rotaShifts.id))
    .prepare()
  const shiftsOfPerson = db.orm
    .select()
    .from(rotaShifts)
    .where(and(eq(rotaShifts.personId, sql.placeholder('personId')), gt(rotaShifts.toAt, now)))
    .orderBy(asc(rotaShifts.fromAt), asc(rotaShifts.id))
    .prepare()
  const shiftById = db.orm
    .select()
    .from(rotaShifts)
    .where(eq(rotaShifts.id, sql.placeholder('id')))
    .prepare()
  const removeShift = db.raw.prepare('delete from rota_shifts where id = ?')
  const boundary = db.raw
    .prepare<{ role: string; sector: string; now: number }, number | null>(
      `select min(at) from (select from_at as at from rota_shifts where role = $role and sector = $sector
         union all select to_at from rota_shifts where role = $role and sector = $sector) where at > $now`,
    )
    .pluck()
  const withRota = db.raw.prepare<[number], { role: string; sector: string }>(
    'select distinct role, sector from rota_shifts where to_at > ?',
  )
  const test = db.orm.select().from(dutyTests).where(testId).prepare()
  const confirm = db.orm
    .update(dutyTests)
    .set({ confirmedAt: given<number>('now') })
    .where(and(testId, isNull(dutyTests.confirmedAt)))
    .prepare()
  const allVacant = db.orm
    .select()
    .from(vacancies)
    .orderBy(asc(vacancies.since), asc(vacancies.role), asc(vacancies.sector))
    .prepare()
  const reported = db.raw.prepare('update vacancies set reported_at = ? where role = ? and sector = ?')
  const filled = db.raw.prepare('delete from vacancies where role = ? and sector = ?')
  const place = (ref: RoleRef) => ({ role: ref.role, sector: ref.sector ?? '' })

  return {
    /** Who took this duty and has not handed it over. */
    async current(ref: RoleRef): Promise<(DutyPeriod & { person: Person }) | null> {
      const row = current.get(place(ref))
      return row ? { ...fromRow(row.period), person: row.person } : null
    },
    /** The duty that ended last, with what was left to know. */
    async previous(ref: RoleRef): Promise<(DutyPeriod & { person: Person }) | null> {
      const row = lastNote.get(place(ref))
      return row ? { ...fromRow(row.period), person: row.person } : null
    },
    async period(id: string): Promise<(DutyPeriod & { person: Person }) | null> {
      const row = period.get({ id })
      return row ? { ...fromRow(row.period), person: row.person } : null
    },
    /** Duties a person has taken and not handed over, longest first. */
    async ofPerson(personId: string): Promise<DutyPeriod[]> {
      return ofPerson.all({ personId }).map(fromRow)
    },
    /** @throws SqliteError when somebody is on this duty already. */
    async begin(period: Omit<DutyPeriod, 'until' | 'note'>): Promise<void> {
      addPeriod({ ...period, sector: period.sector ?? '' })
    },
    /** Ends a duty at `until` (epoch ms), with a note or none; false when it had ended. */
    async end(id: string, until: number, note: string | null): Promise<boolean> {
      return end.run(until, note, id).changes === 1
    },
    /** Shifts going on at `now` (epoch ms), the last begun first. */
    async standing(ref: RoleRef, now: number): Promise<Standing[]> {
      return standing.all({ ...place(ref), now }).map(withPerson)
    },
    /** Shifts going on or still to come, in their order. */
    async coming(ref: RoleRef, now: number): Promise<Standing[]> {
      return coming.all({ ...place(ref), now }).map(withPerson)
    },
    /** A person's shifts, going on or still to come. */
    async shiftsOf(personId: string, now: number): Promise<RotaShift[]> {
      return shiftsOfPerson.all({ personId, now }).map(fromRow)
    },
    async shift(id: string): Promise<RotaShift | null> {
      const row = shiftById.get({ id })
      return row ? fromRow(row) : null
    },
    /** False when the person stands a shift of this role from that moment already. */
    async addShift(shift: RotaShift): Promise<boolean> {
      return addShift({ ...shift, sector: shift.sector ?? '' }).changes === 1
    },
    async removeShift(id: string): Promise<boolean> {
      return removeShift.run(id).changes === 1
    },
    /** When a shift of this role next begins or ends after `now` (epoch ms). */
    async nextChange(ref: RoleRef, now: number): Promise<number | null> {
      return boundary.get({ ...place(ref), now }) ?? null
    },
    /** Roles with shifts going on or still to come. */
    async withRota(now: number): Promise<RoleRef[]> {
      return withRota.all(now).map(fromRow)
    },
    async addTest(test: DutyTest): Promise<void> {
      addTest({ ...test, sector: test.sector ?? '' })
    },
    async test(id: string): Promise<DutyTest | null> {
      const row = test.get({ id })
      return row ? fromRow(row) : null
    },
    /** False when it was confirmed before. */
    async confirmTest(id: string, now: number): Promise<boolean> {
      return confirm.run({ id, now }).changes === 1
    },
    /** Posts known to be vacant, longest first. */
    async vacancies(): Promise<Vacancy[]> {
      return allVacant.all().map(fromRow)
    },
    /** False when it is known already. */
    async addVacancy(ref: RoleRef, since: number): Promise<boolean> {
      return addVacancy({ ...place(ref), since }).changes === 1
    },
    async reported(ref: RoleRef, at: number): Promise<void> {
      reported.run(at, ref.role, ref.sector ?? '')
    },
    async filled(ref: RoleRef): Promise<void> {
      filled.run(ref.role, ref.sector ?? '')
    },
  }
}

const fromRow = <T extends { sector: string }>(row: T): Stored<T> => ({
  ...row,
  sector: row.sector === '' ? null : row.sector,
})

const withPerson = (row: { shift: typeof rotaShifts.$inferSelect; person: Person }): Standing => ({
  ...fromRow(row.shift),
  person: row.person,
})
