import type { Attribution } from '../../db/alerts.ts'
import type { Release } from '../../db/releases.ts'
import type { ReportHead } from '../../db/reports.ts'
import type { AlertSource } from '../../db/sources.ts'
import type { Repos } from '../../db/store.ts'
import type { Tasking } from '../../db/taskings.ts'
import type { Act, Alert } from '../../domain/alert.ts'
import { type Base, findTerm, type Mission, type RoleRef, routeFor, shownRole } from '../../domain/mission.ts'
import { type NearestBase, nearestBase } from '../../domain/place.ts'
import type { AlertResponse } from '../../domain/response.ts'
import type { Shared, SpecialistLayer } from '../../domain/sharing.ts'
import { type SourceSummary, summariseSources } from '../../domain/source.ts'
import { type Verification, verificationsOf } from '../../domain/verification.ts'
import type { Person } from '../context.ts'
import { turnsFor } from '../duty/standing.ts'
import { roleKey } from '../permission.ts'
import { familyOf } from './family.ts'
import { factsOfOwner, type OwnerFacts } from './owner.ts'

/** An alert as it now is, with what follows from it. */
export interface AlertFacts {
  alert: Alert
  owners: OwnerFacts[]
  acts: Act[]
  /** What was done about it; {@link asReadBy} leaves those a reader may know of. */
  responses: AlertResponse[]
  /** Tasks given about it inside the mission that stand and are no secret, as far as they say who reads them. */
  tasked: Shared[]
  /** The nearest base of any sector, with distance in km and the compass point seen from it; null without coordinates. */
  nearest: NearestBase<Base> | null
  /** Roles informed at once. */
  inform: RoleRef[]
  /** The first person of each of those roles. */
  informed: Person[]
  /** people.id of those who took over following it from its author. */
  followers: string[]
  /** people.id of those who may read it whatever their constituency. */
  named: string[]
  /** The role its author held, where one stands in the mission's roles; names are not shown. */
  author: Author | null
  /** How many sources it rests on and how they are graded, without saying which is whose. */
  sources: SourceSummary
  /** The gradings behind it, of this alert alone. */
  graded: AlertSource[]
  /** The steps of verification, in the order of recording. */
  verifications: Verification[]
  /** What was reported, in the order of recording, without the words; of the alerts joined to this one too. */
  reports: ReportFacts[]
  /** The alerts joined to this one, each with readers of its own. */
  joined: AlertFacts[]
  /** The alert this one was joined to; `readable` only once the sharing rule has been asked (`seenBy`). */
  into: { facts: AlertFacts; readable: boolean } | null
  /** What was released of it and stands. */
  releases: Release[]
  /** The specialists' layers it was marked for; its words are there alone. */
  specialist: SpecialistLayer[]
  /** Whether forces of the host State, or aligned with it, are alleged. */
  namesState: boolean
}

/** Who raised or reported something, with the role they held, where one stands in the mission's roles. */
export interface Author {
  person: Person
  role: RoleRef | null
}

/** A report as a list shows it. */
export type ReportFacts = ReportHead & { author: Author | null }

/** The people who stand a role now, in the order in which they are told (`dutyOrder`): the first is on duty. */
export async function peopleIn(repos: Repos, ref: RoleRef, now: number): Promise<Person[]> {
  return (await turnsFor(repos, ref, now)).map(({ person }) => person)
}

/** people.id of everybody who stands one of these roles now. */
export async function idsIn(repos: Repos, refs: readonly RoleRef[], now: number): Promise<string[]> {
  const people = await Promise.all(refs.map(ref => peopleIn(repos, ref, now)))
  return people.flat().map(({ id }) => id)
}

export function isReachable(person: Person): boolean {
  return person.unreachableAt === null
}

/** Reads what surrounds an alert. `now` in epoch ms. */
export async function alertFacts(
  repos: Repos,
  mission: Mission,
  now: number,
  alert: Alert,
): Promise<AlertFacts> {
  const [facts] = await factsOfAll(repos, mission, now, [alert])
  return facts as AlertFacts
}

/** Reads what surrounds several alerts, in their order; each role and author is looked up once. */
export async function factsOfAll(
  repos: Repos,
  mission: Mission,
  now: number,
  alerts: readonly Alert[],
): Promise<AlertFacts[]> {
  const family = await familyOf(repos, alerts)
  if (family.joined.size === 0 && family.root.size === 0) return eachByItself(repos, mission, now, alerts)
  const all = await eachByItself(repos, mission, now, [...alerts, ...family.others])
  const byId = new Map(all.map(facts => [facts.alert.id, facts]))
  const found = (ids: readonly string[]) => ids.flatMap(id => byId.get(id) ?? [])
  return all.slice(0, alerts.length).map(facts => {
    const joined = found(family.joined.get(facts.alert.id) ?? [])
    const [root] = found(family.root.get(facts.alert.id) ?? [])
    const sources = summariseSources([facts, ...joined].flatMap(({ graded }) => graded))
    return { ...facts, joined, sources, into: root ? { facts: root, readable: false } : null }
  })
}

async function eachByItself(
  repos: Repos,
  mission: Mission,
  now: number,
  alerts: readonly Alert[],
): Promise<AlertFacts[]> {
  const ids = alerts.map(({ id }) => id)
  const owners = byAlert(await repos.alerts.ownersOf(ids))
  const acts = byAlert(await repos.alerts.actsOf(ids))
  const responses = byAlert(await repos.responses.ofAlerts(ids))
  const tasked = Map.groupBy(
    (await repos.taskings.ofOrigins('alert', ids)).filter(isOpenlyTasked),
    ({ originId }) => originId,
  )
  const rungs = byAlert(await repos.alerts.rungsOf(ids))
  const followed = byAlert(await repos.handovers.followersOf(ids))
  const gradings = byAlert(await repos.sources.gradingsOf(ids))
  const released = byAlert(await repos.releases.standingOf(ids))
  const reported = reportsBy(await repos.reports.headsOf(ids))
  const marks = byAlert(await repos.alerts.layersOf(ids))
  const attributed = byAlert(await repos.alerts.attributionsOf(ids))
  const holders = remember(roleKey, (ref: RoleRef) => peopleIn(repos, ref, now))
  const author = remember(String, (id: string) => authorOf(repos, mission, id, now))
  const all: AlertFacts[] = []
  for (const alert of alerts) {
    const { inform } = routeFor(mission, alert)
    const informing = await Promise.all(inform.map(holders))
    const ownActs = acts.get(alert.id) ?? []
    const ownTold = rungs.get(alert.id) ?? []
    const ownerFacts = await Promise.all(
      (owners.get(alert.id) ?? []).map(owner =>
        factsOfOwner(mission, alert, owner, ownActs, ownTold, holders),
      ),
    )
    const followers = (followed.get(alert.id) ?? []).map(({ personId }) => personId)
    const specialist = (marks.get(alert.id) ?? []).map(({ layer }) => layer)
    const told = await Promise.all(
      specialist.flatMap(layer => mission.layers[layer]).map(role => holders({ role, sector: null })),
    )
    const reading = [
      ...told.flat(),
      ...ownerFacts.flatMap(({ people }) => people.flat()),
      ...informing.flat(),
    ]
    all.push({
      alert,
      owners: ownerFacts,
      acts: ownActs,
      responses: responses.get(alert.id) ?? [],
      tasked: (tasked.get(alert.id) ?? []).map(({ holder, audience, askedBy, accountable }) => ({
        holder,
        audience,
        named: accountable ? [askedBy, accountable] : [askedBy],
      })),
      nearest:
        alert.lat === null || alert.lon === null
          ? null
          : (nearestBase({ lat: alert.lat, lon: alert.lon }, mission.bases) ?? null),
      inform,
      informed: unique(informing.flatMap(([first]) => first ?? [])),
      followers,
      named: [...new Set([alert.raisedBy, ...followers, ...reading.map(({ id }) => id)])],
      author: await author(alert.raisedBy),
      sources: summariseSources(gradings.get(alert.id) ?? []),
      graded: gradings.get(alert.id) ?? [],
      verifications: verificationsOf(ownActs),
      reports: await Promise.all(
        (reported.get(alert.id) ?? []).map(async head => ({
          ...head,
          author: await author(head.recordedBy),
        })),
      ),
      joined: [],
      into: null,
      // What was written before an alert was marked for a specialist would say what the mark took out of it.
      releases: (released.get(alert.id) ?? []).filter(
        ({ what }) => specialist.length === 0 || what === 'record',
      ),
      specialist,
      namesState: namesState(mission, alert, attributed.get(alert.id)?.[0]),
    })
  }
  return all
}

/** A task inside the mission that stands; one of a layer is a secret, and what it comes from does not tell of it. */
const isOpenlyTasked = ({ kind, state, layer }: Pick<Tasking, 'kind' | 'state' | 'layer'>): boolean =>
  kind === 'tasking' && layer === null && !['declined', 'cancelled', 'not_taken_on'].includes(state)

const STATE_CLASSES = new Set(['state', 'state_aligned'])

const namesState = (mission: Mission, alert: Alert, attribution: Attribution | undefined): boolean =>
  wouldNameState(mission, alert, attribution?.group ?? null)

/** Whether forces of the State, or aligned with it, are alleged by this class of perpetrator or this group. */
export function wouldNameState(
  mission: Mission,
  { perpetrator }: Pick<Alert, 'perpetrator'>,
  alleged: string | null,
): boolean {
  const group = mission.groups.find(({ id }) => id === alleged)
  if (group && STATE_CLASSES.has(group.class)) return true
  return perpetrator !== null && findTerm(mission, 'perpetrators', perpetrator)?.class === 'state_forces'
}

async function authorOf(
  repos: Repos,
  mission: Mission,
  personId: string,
  now: number,
): Promise<Author | null> {
  const person = await repos.people.byId(personId)
  return person && { person, role: shownRole(mission, await repos.roles.rolesOf(personId, now)) }
}

/** Those to be informed now who were not before. */
export function newlyInformed(before: AlertFacts | undefined, after: AlertFacts): Person[] {
  const known = new Set(before?.informed.map(({ id }) => id))
  return after.informed.filter(({ id }) => !known.has(id))
}

/** Each person once. */
export function unique(people: readonly Person[]): Person[] {
  return [...new Map(people.map(person => [person.id, person])).values()]
}

function byAlert<T extends { alertId: string }>(rows: readonly T[]): Map<string, T[]> {
  return Map.groupBy(rows, ({ alertId }) => alertId)
}

/** An alert that was joined to another shows what came to it; the other one has it too. */
function reportsBy(heads: readonly ReportHead[]): Map<string, ReportHead[]> {
  const moved = heads.filter(({ alertId, firstAlertId }) => alertId !== firstAlertId)
  return byAlert([...heads, ...moved.map(head => ({ ...head, alertId: head.firstAlertId }))])
}

function remember<A, T>(key: (arg: A) => string, look: (arg: A) => Promise<T>): (arg: A) => Promise<T> {
  const known = new Map<string, Promise<T>>()
  return arg => {
    const found = known.get(key(arg)) ?? look(arg)
    known.set(key(arg), found)
    return found
  }
}
