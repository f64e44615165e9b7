import { and, asc, eq, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import type { Person } from './people.ts'
import { people, roleHolders } from './schema.ts'
import { insertInto } from './statements.ts'

/** A person in a role: `rank` 0 holds it, 1 and more are alternates in order. */
export interface Holder {
  personId: string
  rank: number
  person: Person
}

/** A role a person holds; `sector` null for a role of the whole mission. */
export interface HeldRole {
  role: string
  sector: string | null
  rank: number
}

export interface RoleHolder extends HeldRole {
  id: string
  personId: string
  /** Epoch milliseconds; held from then, until before `until` where that is set. */
  since: number
  until: number | null
}

/** Who holds which role, and when. */
export function rolesRepo(db: Connection) {
  const add = insertInto(db, roleHolders)
  const { since, until } = roleHolders
  const holders = db.orm
    .select({ personId: roleHolders.personId, rank: roleHolders.rank, person: people, since, until })
    .from(roleHolders)
    .innerJoin(people, eq(people.id, roleHolders.personId))
    .where(
      and(eq(roleHolders.role, sql.placeholder('role')), eq(roleHolders.sector, sql.placeholder('sector'))),
    )
    .orderBy(asc(roleHolders.rank), asc(roleHolders.since))
    .prepare()
  const rolesOf = db.raw.prepare<
    { personId: string; now: number },
    { role: string; sector: string; rank: number }
  >(
    `select role, sector, min(rank) as rank from (
       select role, sector, rank from role_holders
         where person_id = $personId and since <= $now and (until is null or until > $now)
       union all select role, sector, 0 from duty_periods where person_id = $personId and until is null
       union all select role, sector, 0 from rota_shifts
         where person_id = $personId and from_at <= $now and to_at > $now)
     group by role, sector order by role, sector`,
  )
  const all = db.orm
    .select()
    .from(roleHolders)
    .orderBy(asc(roleHolders.role), asc(roleHolders.sector), asc(roleHolders.rank), asc(roleHolders.since))
    .prepare()

  return {
    /** Who holds the role at `now` (epoch ms): the holder first, then alternates in order. */
    async holders(role: string, sector: string | null, now: number): Promise<Holder[]> {
      const of = { role, sector: sector ?? '' }
      return inForce(
        db.kept.get(`holders:${role}@${of.sector}`, () => holders.all(of)),
        now,
      )
    },
    /** What the person holds at `now` (epoch ms), as holder, alternate, by the rota or on duty; each role once. */
    async rolesOf(personId: string, now: number): Promise<HeldRole[]> {
      return rolesOf.all({ personId, now }).map(fromRow)
    },
    /** @throws SqliteError when the same rank of the role begins twice at one time, or the person is unknown. */
    async insert(row: Omit<RoleHolder, 'until'> & { until?: number | null }): Promise<void> {
      add({ ...row, sector: row.sector ?? '' })
      db.kept.forget()
    },
    /** Ends a holding at a time (epoch ms); false when there is no such row. */
    async end(id: string, until: number): Promise<boolean> {
      const { changes } = db.orm.update(roleHolders).set({ until }).where(eq(roleHolders.id, id)).run()
      db.kept.forget()
      return changes === 1
    },
    /** Takes back a holding that has not begun. */
    async remove(id: string): Promise<boolean> {
      const { changes } = db.orm.delete(roleHolders).where(eq(roleHolders.id, id)).run()
      db.kept.forget()
      return changes === 1
    },
    /** Every row, past and coming ones too. */
    async all(): Promise<RoleHolder[]> {
      return all.all().map(fromRow)
    },
  }
}

/** Those that hold at `now`, without their times. */
function inForce<T extends { since: number; until: number | null }>(rows: readonly T[], now: number) {
  return rows
    .filter(({ since, until }) => since <= now && (until === null || until > now))
    .map(({ since: _since, until: _until, ...row }) => row)
}

const fromRow = <T extends { sector: string }>({ sector, ...row }: T) => ({
  ...row,
  sector: sector === '' ? null : sector,
})
