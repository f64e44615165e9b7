import type { Repos } from '../../db/store.ts'
import { dutyOrder, isVacant, type Turn } from '../../domain/duty.ts'
import { findRole, type Mission, type RoleRef, roleRef, TASKABLE } from '../../domain/mission.ts'
import type { Person } from '../context.ts'
import { sameRole } from '../permission.ts'

/** Every role where it is held: those of the mission first, then sector by sector. */
export function postsOf(mission: Mission): RoleRef[] {
  const inPlace = (sector: string | null) =>
    mission.roles
      .filter(role => (role.scope === 'sector') === (sector !== null))
      .map(role => ({ role: role.id, sector }))
  return [null, ...mission.sectors.map(({ id }) => id)].flatMap(inPlace)
}

/** Who stands a role at `now` (epoch ms), as {@link dutyOrder}: the first is on duty. */
export async function turnsFor(repos: Repos, ref: RoleRef, now: number): Promise<Turn<Person>[]> {
  const named = await repos.roles.holders(ref.role, ref.sector, now)
  const current = await repos.duties.current(ref)
  const rota = await repos.duties.standing(ref, now)
  return dutyOrder({ onDuty: current?.person ?? null, rota: rota.map(({ person }) => person), named })
}

/** Whether nobody holds the role itself at `now` (epoch ms). */
export async function vacantAt(repos: Repos, ref: RoleRef, now: number): Promise<boolean> {
  return isVacant({ named: await repos.roles.holders(ref.role, ref.sector, now) })
}

/** The role that appoints to this one, where it is held for it; null where the mission file names none. */
export function appointerOf(mission: Mission, ref: RoleRef): RoleRef | null {
  const head = findRole(mission, ref.role)?.appointedBy
  return head ? roleRef(mission, head, ref.sector) : null
}

/** Whether one of these roles appoints to `ref`. */
export function appointsTo(mission: Mission, held: readonly RoleRef[], ref: RoleRef): boolean {
  const head = appointerOf(mission, ref)
  return head !== null && held.some(role => sameRole(role, head))
}

/**
 * Whether a person may stand a role they are not named for: one of their own constituency, and among military, police
 * and civilian sections each other's. A role opens layers, so nobody is put into one of another side.
 */
export function maySeat(mission: Mission, ref: RoleRef, person: Pick<Person, 'constituency'>): boolean {
  const wanted = findRole(mission, ref.role)?.constituency
  if (!wanted || !person.constituency) return false
  return (
    wanted === person.constituency || (TASKABLE.includes(wanted) && TASKABLE.includes(person.constituency))
  )
}

/**
 * Whoever answers for a role being filled: the first of those above it, by who appoints whom, that somebody stands;
 * else the operations centre. Empty where nobody stands there either.
 */
export async function thoseAbove(
  repos: Repos,
  mission: Mission,
  ref: RoleRef,
  now: number,
): Promise<Person[]> {
  for (let head = appointerOf(mission, ref); head; head = appointerOf(mission, head)) {
    const [first] = await turnsFor(repos, head, now)
    if (first && first.person.unreachableAt === null) return [first.person]
  }
  const [centre] = await turnsFor(repos, mission.operationsCentre, now)
  return centre ? [centre.person] : []
}
