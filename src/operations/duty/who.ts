import { codeTyped } from '../../domain/code.ts'
import { type Mission, type RoleRef, routeFor, rungRoles } from '../../domain/mission.ts'
import type { Reader } from '../../domain/sharing.ts'
import { fold } from '../../domain/text-fold.ts'
import { findAlerts } from '../alert/find.ts'
import { actorAsReader } from '../alert/reading.ts'
import type { Ctx, Person } from '../context.ts'
import { registeredPerson, roleKey } from '../permission.ts'
import { baseOf, mayName } from './names.ts'
import { appointerOf, turnsFor } from './standing.ts'

/** A role with who stands it now, as far as the reader may know. */
export interface Accountable {
  ref: RoleRef
  /** Null where nobody does, or where the reader may not know who. */
  person: Person | null
  /** Whether anybody stands it. */
  manned: boolean
  /** Where a person shown by role and base only is; null where not known, or the person is named. */
  base: string | null
}

/** Who answers, and the next above. */
export interface Answerable extends Accountable {
  above: Accountable | null
}

/** What `/poc who …` was understood as. */
export type WhoAnswer =
  | { about: 'role'; answers: Answerable[] }
  | { about: 'sector'; sector: string; answers: Answerable[] }
  | { about: 'place'; place: string; sector: string | null; answers: Answerable[] }
  | { about: 'alert'; code: string; answers: Answerable[] }
  | { about: 'nothing' }

/**
 * Who answers for a role, a sector, a place or an alert, and who is next above. Of an alert only what its
 * readers may know.
 *
 * @throws TocsinError `not_registered`.
 */
export async function whoAnswers(ctx: Ctx, words: string): Promise<WhoAnswer> {
  registeredPerson(ctx)
  if (codeTyped('A', words)) {
    const [facts] = await findAlerts(ctx, words, 1)
    if (facts) {
      const chains = facts.owners.map(({ owner, posts }) => posts.slice(owner.rung, owner.rung + 2))
      return { about: 'alert', code: facts.alert.code, answers: await chained(ctx, chains) }
    }
  }
  const { mission } = ctx
  const named = sectorIn(mission, words)
  const roles = rolesNamed(mission, words)
  if (roles.length > 0)
    return { about: 'role', answers: await Promise.all(roles.map(ref => answer(ctx, ref))) }
  if (named) return { about: 'sector', sector: named, answers: await ofSector(ctx, named) }
  const place = ctx.gazetteer.matchIn(words) ?? ctx.gazetteer.search(words, { limit: 1 })[0]
  if (!place) return { about: 'nothing' }
  return {
    about: 'place',
    place: place.name,
    sector: place.sector,
    answers: await ofSector(ctx, place.sector),
  }
}

/** Those who would answer for an alert from here, whatever its threat; where there is no sector, the centre first. */
async function ofSector(ctx: Ctx, sector: string | null): Promise<Answerable[]> {
  const routes = [null, ...ctx.mission.taxonomy.threats.map(({ id }) => id)].map(threat =>
    routeFor(ctx.mission, { sector, threat }),
  )
  const ladders = new Set(routes.flatMap(({ civilian, uniformed }) => [civilian, uniformed]))
  const chains = [...ladders].map(ladder =>
    rungRoles(ladder, sector).filter(({ role, sector: at }) => at !== null || isOfMission(ctx.mission, role)),
  )
  return [
    ...(sector === null ? [await answer(ctx, ctx.mission.operationsCentre)] : []),
    ...(await chained(ctx, chains)),
  ]
}

const isOfMission = (mission: Mission, id: string) =>
  mission.roles.some(role => role.id === id && role.scope === 'mission')

function chained(ctx: Ctx, chains: readonly RoleRef[][]): Promise<Answerable[]> {
  return Promise.all(chains.flatMap(([first, next]) => (first ? [answer(ctx, first, next ?? null)] : [])))
}

async function answer(ctx: Ctx, ref: RoleRef, next: RoleRef | null = nextAbove(ctx.mission, ref)) {
  return { ...(await standing(ctx, ref)), above: next && (await standing(ctx, next)) }
}

async function standing(ctx: Ctx, ref: RoleRef): Promise<Accountable> {
  const [first] = await turnsFor(ctx.tx ?? ctx.store.read, ref, ctx.clock.now())
  const reader = actorAsReader(ctx) as Reader
  const named = first && mayName(ctx, ref, first.person, reader)
  return {
    ref,
    person: named ? first.person : null,
    manned: first !== undefined,
    base: first && !named ? baseOf(first.person) : null,
  }
}

/** The next rung of a ladder the role stands on; else whoever appoints to it. */
function nextAbove(mission: Mission, ref: RoleRef): RoleRef | null {
  for (const ladder of mission.ladders) {
    const roles = rungRoles(ladder, ref.sector)
    const at = roles.findIndex(role => roleKey(role) === roleKey(ref))
    const next = at === -1 ? undefined : roles[at + 1]
    if (next) return next
  }
  return appointerOf(mission, ref)
}

function sectorIn(mission: Mission, words: string): string | null {
  const text = ` ${fold(words)} `
  const found = mission.sectors.find(({ id, name }) =>
    [id, ...Object.values(name)].some(word => text.includes(` ${fold(word)} `)),
  )
  return found?.id ?? null
}

/** Roles the words name by id or by name; in the sector they name, else in every sector. */
export function rolesNamed(mission: Mission, words: string): RoleRef[] {
  const sector = sectorIn(mission, words)
  const text = ` ${fold(words)} `
  const named = mission.roles.filter(({ id, name }) =>
    [id, id.replaceAll('_', ' '), ...Object.values(name)].some(word => text.includes(` ${fold(word)} `)),
  )
  return named.flatMap(({ id, scope }): RoleRef[] => {
    if (scope === 'mission') return [{ role: id, sector: null }]
    const sectors = sector ? [sector] : mission.sectors.map(one => one.id)
    return sectors.map(one => ({ role: id, sector: one }))
  })
}
