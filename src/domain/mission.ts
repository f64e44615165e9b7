import type { GazetteerRow } from './gazetteer.ts'
import { toMission } from './mission/build.ts'
import { crossCheck } from './mission/checks.ts'
import type { Language, TaxonomyList, Urgency } from './mission/codes.ts'
import { explainIssue } from './mission/explain.ts'
import { MissionError } from './mission/problem.ts'
import { missionFileSchema } from './mission/schema.ts'
import type {
  AskedFor,
  DueTimes,
  Ladder,
  LocalText,
  Mission,
  NotActing,
  Outcome,
  Perpetrator,
  Role,
  RoleRef,
  Routed,
  Term,
  Threat,
} from './mission/types.ts'

export * from './mission/codes.ts'
export {
  FORUM_CLASSES,
  type ForumClass,
  type ForumKind,
  type ForumRules,
  INVITED,
  type Invited,
  MARKS,
  type Mark,
} from './mission/forum-section.ts'
export { MissionError, type MissionProblem } from './mission/problem.ts'
export type * from './mission/types.ts'

/**
 * Checks what a mission file holds and makes it a Mission.
 *
 * @param raw the file's content as plain data (parsed YAML).
 * @param gazetteer the rows of the file named by `mission.gazetteer`.
 * @throws MissionError with every problem found: path, reason and remedy.
 */
export function parseMission(raw: unknown, gazetteer: readonly GazetteerRow[]): Mission {
  const parsed = missionFileSchema.safeParse(raw)
  if (!parsed.success) throw new MissionError(parsed.error.issues.flatMap(issue => explainIssue(issue, raw)))
  const problems = crossCheck(parsed.data, gazetteer)
  if (problems.length > 0) throw new MissionError(problems)
  return toMission(parsed.data, gazetteer)
}

/**
 * The first route that fits.
 *
 * A place without a sector (null) fits only routes without `sectors`, a threat not yet known (null) only routes
 * without `threats`. For a place without a sector the roles held in a sector are left out of `inform`, and the
 * operations centre stands first in it, since it triages the alert.
 *
 * @throws Error when nothing fits, which a checked mission rules out.
 */
export function routeFor(mission: Mission, alert: { sector: string | null; threat: string | null }): Routed {
  const route = mission.routing.find(
    ({ sectors, threats }) =>
      (sectors === null || (alert.sector !== null && sectors.includes(alert.sector))) &&
      (threats === null || (alert.threat !== null && threats.includes(alert.threat))),
  )
  const uniformed = mission.ladders.find(({ id }) => id === route?.uniformed)
  const civilian = mission.ladders.find(({ id }) => id === route?.civilian)
  if (!route || !uniformed || !civilian) {
    throw new Error(`no route for sector ${alert.sector} and threat ${alert.threat}`)
  }
  const inform = route.inform
    .map(role => roleRef(mission, role, alert.sector))
    .filter(ref => ref.sector !== null || findRole(mission, ref.role)?.scope === 'mission')
  const centre = mission.operationsCentre
  const missing = alert.sector === null && !inform.some(ref => ref.role === centre.role)
  return { uniformed, civilian, inform: missing ? [centre, ...inform] : inform }
}

/**
 * The roles of a ladder, lowest rung first, one per rung.
 *
 * A sector role of an alert without a sector comes as `{ role, sector: null }`: nobody holds it, so its rung is
 * skipped like any vacancy.
 */
export function rungRoles(ladder: Ladder, sector: string | null): RoleRef[] {
  return ladder.rungs.map(({ role, scope }) => ({ role, sector: scope === 'sector' ? sector : null }))
}

/** When each step of an owner is due and how long a rung waits: milliseconds from raising, and between rungs. */
export function dueTimes(ladder: Ladder, urgency: Urgency): DueTimes {
  return ladder.due[urgency]
}

/** The reference to a role where an alert of this sector finds it. */
export function roleRef(mission: Mission, role: string, sector: string | null): RoleRef {
  return { role, sector: findRole(mission, role)?.scope === 'sector' ? sector : null }
}

/**
 * The post somebody is shown in where nobody asked them which: their own (rank 0) before one they stand in for, then as
 * the mission file lists them; a post that opens a specialist's layer after all others, for naming it would tell what
 * the words do not. Null for somebody who holds none.
 */
export function shownRole(mission: Mission, held: readonly (RoleRef & { rank?: number })[]): RoleRef | null {
  const { child_protection, sexual_violence } = mission.layers
  const special = new Set([...child_protection, ...sexual_violence])
  const place = (ref: RoleRef) => mission.roles.findIndex(({ id }) => id === ref.role)
  const [first] = held.toSorted(
    (a, b) =>
      Number(special.has(a.role)) - Number(special.has(b.role)) ||
      (a.rank ?? 0) - (b.rank ?? 0) ||
      place(a) - place(b),
  )
  return first ? { role: first.role, sector: first.sector } : null
}

export function findRole(mission: Mission, id: string): Role | undefined {
  return mission.roles.find(role => role.id === id)
}

export function findTerm(mission: Mission, list: 'threats', id: string): Threat | undefined
export function findTerm(mission: Mission, list: 'perpetrators', id: string): Perpetrator | undefined
export function findTerm(mission: Mission, list: 'asked_for', id: string): AskedFor | undefined
export function findTerm(mission: Mission, list: 'not_acting', id: string): NotActing | undefined
export function findTerm(mission: Mission, list: 'outcomes', id: string): Outcome | undefined
export function findTerm(mission: Mission, list: TaxonomyList, id: string): Term | undefined
export function findTerm(mission: Mission, list: TaxonomyList, id: string): Term | undefined {
  return mission.taxonomy[list].find(term => term.id === id)
}

/** Words in the language asked for, else in the first language that has them. */
export function textIn(text: LocalText, language: Language): string {
  return text[language] ?? Object.values(text)[0] ?? ''
}

/** The name of a role with its sector, such as "Sector operations, Sector North"; the id of a role long gone. */
export function roleName(mission: Mission, ref: RoleRef, language: Language): string {
  const role = findRole(mission, ref.role)
  const name = role ? textIn(role.name, language) : ref.role
  return ref.sector === null ? name : `${name}, ${sectorName(mission, ref.sector, language)}`
}

export function sectorName(mission: Mission, id: string, language: Language): string {
  const sector = mission.sectors.find(candidate => candidate.id === id)
  return sector ? textIn(sector.name, language) : id
}

/** The name of a taxonomy term; the id itself for a term that has left the mission file since it was used. */
export function termName(mission: Mission, list: TaxonomyList, id: string, language: Language): string {
  const term = findTerm(mission, list, id)
  return term ? textIn(term.name, language) : id
}
