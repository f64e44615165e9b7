import { type Act, type ActKind, type Alert, slots, type ToldRung } from '../../src/domain/alert.ts'
import { nextRung, ownerState } from '../../src/domain/awaited.ts'
import {
  dueTimes,
  type Mission,
  type RoleRef,
  routeFor,
  rungRoles,
  type Slot,
} from '../../src/domain/mission.ts'
import { nearestBase } from '../../src/domain/place.ts'
import { verificationsOf } from '../../src/domain/verification.ts'
import type { AlertFacts } from '../../src/operations/alert/facts.ts'
import type { Person } from '../../src/operations/context.ts'
import { roleKey } from '../../src/operations/permission.ts'
import { anAct, anAlert, aPerson } from './records.ts'

/** 21 November 2026, 02:10 in the fictional mission. */
export const RAISED_AT = Date.UTC(2026, 10, 21, 0, 10)
export const MINUTE = 60_000

/** An act as a test tells it: minutes after raising instead of times, a rung instead of a role. */
export interface Told extends Partial<Omit<Act, 'kind' | 'slot' | 'until'>> {
  kind: ActKind
  /** Minutes after raising. */
  after?: number
  slot?: Slot
  rung?: number
  /** Minutes after raising until which it watches, or when those who go are expected. */
  untilAfter?: number
}

export interface Story {
  alert?: Partial<Alert>
  acts?: Told[]
  /** Rungs told beyond the first of each owner. */
  told?: Partial<ToldRung>[]
  sources?: AlertFacts['sources']
  /** Roles nobody holds. */
  vacant?: string[]
  author?: AlertFacts['author']
  /** Minutes since raising. */
  now?: number
}

/** A person as the store gives them back. */
export function aPersonRead(change: Partial<Person> = {}): Person {
  const { createdAt: _, ...person } = aPerson(change)
  return person as Person
}

/** Whoever holds a role in these tests. */
export function holderOf(ref: RoleRef): Person {
  const key = roleKey(ref)
  return aPersonRead({ id: key, userId: `U${key.replace(/[^a-z]/gi, '').toUpperCase()}` })
}

/** An alert of the fictional mission with what follows from it, through the domain's own functions. */
export function tellAlert(mission: Mission, story: Story = {}): AlertFacts {
  const alert = anAlert({ raisedAt: RAISED_AT, ...KARAMBA_MARKET, ...story.alert })
  const route = routeFor(mission, alert)
  const isVacant = (ref: RoleRef) => story.vacant?.includes(ref.role) ?? false
  const posts = Object.fromEntries(slots.map(slot => [slot, rungRoles(route[slot], alert.sector)]))
  const acts = (story.acts ?? []).map((told, index) => toAct(told, index, alert, posts))
  const owners = slots.map(slot => {
    const ladder = route[slot]
    const own = posts[slot] ?? []
    const due = dueTimes(ladder, alert.urgency)
    const told = [firstRung(alert, slot), ...(story.told ?? []).filter(row => row.slot === slot)].map(row => {
      const people = own[row.rung ?? 0]
      return {
        ...firstRung(alert, slot),
        ...row,
        people: people && row.outcome !== 'vacant' ? [holderOf(people).id] : [],
      }
    })
    const rung = acts.findLast(act => act.slot === slot && act.role !== null)
    const owner = {
      alertId: alert.id,
      slot,
      ladder: ladder.id,
      rung: rung ? rungAfter(rung, own) : 0,
    }
    const state = ownerState(alert, slot, acts, due)
    const post = own[owner.rung]
    return {
      owner,
      ladder,
      posts: own,
      people: own.map(ref => (isVacant(ref) ? [] : [holderOf(ref)])),
      holder: post && !isVacant(post) ? holderOf(post) : null,
      state,
      told,
      next: nextRung(state, owner, told, own.length, due),
    }
  })
  const { lat, lon } = alert
  return {
    responses: [],
    tasked: [],
    alert,
    owners,
    acts,
    nearest: lat === null || lon === null ? null : (nearestBase({ lat, lon }, mission.bases) ?? null),
    inform: route.inform,
    informed: route.inform.filter(ref => !isVacant(ref)).map(holderOf),
    named: [],
    author: story.author ?? { person: aPersonRead(), role: { role: 'liaison_assistant', sector: 'north' } },
    followers: [],
    specialist: [],
    namesState: false,
    graded: [],
    verifications: verificationsOf(acts),
    reports: [],
    joined: [],
    into: null,
    sources: story.sources ?? { independent: 0, repeating: 0, grades: [] },
    releases: [],
  }
}

/** Everybody a ladder of the alert knows, as thread lines may mention them. */
export function mentionsOf(facts: AlertFacts): Map<string, Person> {
  return new Map(facts.owners.flatMap(({ posts }) => posts.map(holderOf)).map(person => [person.id, person]))
}

const KARAMBA_MARKET = {
  placeId: 'karamba-market',
  placeSaid: 'Karamba market',
  lat: -7.1045,
  lon: -9.2181,
  sector: 'north',
} satisfies Partial<Alert>

function firstRung(alert: Alert, slot: Slot): ToldRung {
  return {
    alertId: alert.id,
    slot,
    step: 'acknowledge',
    rung: 0,
    round: 0,
    dueAt: alert.raisedAt,
    at: alert.raisedAt,
    outcome: 'told',
    people: [],
    means: ['mention', 'direct_message'],
    late: false,
  }
}

function toAct(told: Told, index: number, alert: Alert, posts: Record<string, RoleRef[]>): Act {
  const { after = index + 1, rung = 0, untilAfter, ...fields } = told
  const at = alert.raisedAt + after * MINUTE
  const post = fields.slot ? posts[fields.slot]?.[rung] : undefined
  return anAct({
    id: `act-${index + 1}`,
    alertId: alert.id,
    slot: null,
    at,
    recordedAt: at,
    byPerson: post ? holderOf(post).id : 'joc',
    role: post ? roleKey(post) : 'joc_watch',
    until: untilAfter === undefined ? null : alert.raisedAt + untilAfter * MINUTE,
    ...fields,
  })
}

/** *Can't take it* leaves the alert with the rung above. */
function rungAfter(act: Act, posts: RoleRef[]): number {
  const rung = posts.findIndex(post => roleKey(post) === act.role)
  return act.kind === 'cannot_take' ? Math.min(rung + 1, posts.length - 1) : Math.max(rung, 0)
}
