import type { Repos } from '../db/store.ts'
import { type Act, type Alert, slots } from '../domain/alert.ts'
import { codeAlphabet, codeLength } from '../domain/code.ts'
import { type Mission, routeFor, rungRoles, URGENCIES } from '../domain/mission.ts'
import { responderOf, usualTier } from '../domain/response.ts'
import type { Ctx, Person } from '../operations/context.ts'
import { roleKey } from '../operations/permission.ts'

/** How much was made. */
export interface Filled {
  alerts: number
  open: number
  reports: number
  acts: number
  responses: number
}

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Alerts a mission raises in a day (practice D). */
const PER_DAY = 17
/** So many of the newest are still open. */
const OPEN_MOST = 300
const REPORTS_EACH = 5
const BATCH = 250

const WHO = [
  'Armed men',
  'Men on motorcycles',
  'A crowd',
  'About thirty men with rifles',
  'Des hommes en armes',
  'Young men with sticks',
]
const DO = [
  'moving towards',
  'seen near',
  'stopping people at',
  'shooting at',
  'looting',
  'se dirigent vers',
  'threatening families at',
]
const AND = [
  'two houses burn',
  'people flee on foot',
  'phones were taken',
  'women were stopped on the way to the water',
  'des familles sont sur la route',
  'nobody hurt so far',
]

/**
 * Fills a store that holds people and nothing else: alerts spread back over time from `until` (epoch ms), the newest of
 * them open, with owners, acts, reports, responses and their events. Everything is drawn from `seed`. Nothing waits to
 * be said, and no timer runs.
 */
export async function fillStore(
  ctx: Ctx,
  { alerts, seed, until }: { alerts: number; seed: number; until: number },
): Promise<Filled> {
  const { store, mission } = ctx
  const draw = chance(seed)
  const people = (await store.read.people.all()).filter(({ constituency }) => constituency !== null)
  const filled: Filled = { alerts: 0, open: 0, reports: 0, acts: 0, responses: 0 }
  const step = Math.floor(DAY / PER_DAY)
  const openFrom = alerts - Math.min(OPEN_MOST, Math.ceil(alerts / 10))
  for (let first = 0; first < alerts; first += BATCH) {
    await store.write(async repos => {
      for (let nth = first; nth < Math.min(alerts, first + BATCH); nth++) {
        const raisedAt = until - (alerts - nth) * step + draw.below(step)
        const made = { mission, repos, draw, people, filled }
        await oneAlert(made, anAlert(made, raisedAt, nth >= openFrom))
      }
    })
  }
  return filled
}

interface Making {
  mission: Mission
  repos: Repos
  draw: Chance
  people: readonly Person[]
  filled: Filled
}

function anAlert({ mission, draw, people }: Making, raisedAt: number, open: boolean): Alert {
  const place = draw.one(mission.gazetteer)
  const located = draw.below(20) > 0
  const author = draw.one(people)
  const threat = draw.below(6) === 0 ? null : draw.one(mission.taxonomy.threats).id
  const withdrawn = !open && draw.below(25) === 0
  return {
    id: draw.id(),
    code: draw.code('A'),
    version: 1,
    exercise: draw.below(50) === 0,
    holder: author.constituency ?? 'mission_civilian',
    audience: [...mission.audiences.alert],
    raisedBy: author.id,
    raisedAt,
    raisedIn: null,
    what: words(draw, place.name),
    urgency: draw.one(URGENCIES),
    placeId: located ? place.id : null,
    placeSaid: located ? place.name : `beyond ${place.name}`,
    placeHow: null,
    lat: located ? place.lat : null,
    lon: located ? place.lon : null,
    precision: null,
    sector: located ? place.sector : draw.one(mission.sectors).id,
    triage: located && place.sector === null,
    threat,
    cameBy: draw.one(mission.taxonomy.came_by).id,
    atRisk: [
      { kind: draw.one(mission.taxonomy.at_risk).id, count: draw.below(3) === 0 ? null : draw.below(800) },
    ],
    perpetrator: draw.below(3) === 0 ? null : draw.one(mission.taxonomy.perpetrators).id,
    askedFor: [draw.one(mission.taxonomy.asked_for).id],
    lifecycle: open ? 'open' : withdrawn ? 'withdrawn' : 'closed',
    outcome:
      open || withdrawn ? null : draw.one(mission.taxonomy.outcomes.filter(({ id }) => id !== 'ongoing')).id,
    requestKey: null,
    naming: 'partner',
    tlp: null,
    sensitivity: null,
    eventAt: null,
    eventPrecision: null,
    scope: null,
    mergedInto: null,
  }
}

async function oneAlert(making: Making, alert: Alert): Promise<void> {
  const { repos, mission, filled } = making
  const route = routeFor(mission, alert)
  await repos.alerts.insert(
    alert,
    slots.map(slot => ({ alertId: alert.id, slot, ladder: route[slot].id, rung: 0 })),
  )
  filled.alerts++
  if (alert.lifecycle === 'open') filled.open++
  await event(
    making,
    alert,
    alert.raisedBy,
    'alert.raised',
    alert.raisedAt,
    { code: alert.code },
    { what: alert.what },
  )
  await reportsOf(making, alert)
  for (const slot of slots) await answersOf(making, alert, slot)
  if (alert.lifecycle === 'open') return
  const at = alert.raisedAt + DAY + making.draw.below(2 * DAY)
  const kind = alert.lifecycle === 'closed' ? 'close' : 'withdraw'
  await act(making, alert, { kind, slot: null, at, reason: alert.outcome, note: 'The patrol came back.' })
}

/** Between one and nine, five in the middle. */
async function reportsOf({ repos, draw, people, filled }: Making, alert: Alert): Promise<void> {
  const count = 1 + draw.below(2 * REPORTS_EACH - 1)
  for (let nth = 0; nth < count; nth++) {
    const { holder, audience, naming, urgency, placeId, placeSaid, lat, lon, cameBy, raisedBy, raisedAt } =
      alert
    await repos.reports.insert({
      ...{ holder, audience, naming, urgency, placeId, placeSaid, lat, lon, cameBy },
      id: draw.id(),
      code: draw.code('W'),
      alertId: alert.id,
      firstAlertId: alert.id,
      recordedBy: nth === 0 ? raisedBy : draw.one(people).id,
      receivedAt: raisedAt + nth * draw.below(HOUR),
      what: nth === 0 ? alert.what : words(draw, placeSaid),
      eventAt: null,
      eventPrecision: null,
      requestKey: null,
    })
    filled.reports++
  }
}

/** What one owner did: acknowledged most, went to half, said why not to others. */
async function answersOf(making: Making, alert: Alert, slot: (typeof slots)[number]): Promise<void> {
  const { mission, draw, repos, filled } = making
  const ladder = routeFor(mission, alert)[slot]
  const [post] = rungRoles(ladder, alert.sector)
  if (!post || draw.below(10) === 0) return
  const role = roleKey(post)
  let at = alert.raisedAt + draw.below(20 * 60_000)
  await act(making, alert, { kind: 'acknowledge', slot, at, role })
  at += draw.below(HOUR)
  if (draw.below(5) < 2) {
    const reason = draw.one(mission.taxonomy.not_acting.filter(({ asksNote }) => !asksNote)).id
    return void (await act(making, alert, { kind: 'not_acting', slot, at, role, reason }))
  }
  const actId = await act(making, alert, { kind: 'respond', slot, at, role, who: 'Patrol', until: at + HOUR })
  const arrivedAt = draw.below(4) === 0 ? null : at + draw.below(6 * HOUR)
  const responder = responderOf(ladder.constituency)
  await repos.responses.insert({
    id: draw.id(),
    alertId: alert.id,
    version: 1,
    responder,
    holder: ladder.constituency,
    audience: alert.audience,
    naming: 'partner',
    organisation: null,
    tier: usualTier(responder),
    who: 'Patrol',
    startedAt: at,
    arrivedAt,
    endedAt: arrivedAt === null ? null : arrivedAt + HOUR,
    did: null,
    result: null,
    resultNote: null,
    actId,
    recordedBy: alert.raisedBy,
    recordedAt: at,
    role,
    means: 'slack',
    requestKey: null,
  })
  filled.responses++
  if (arrivedAt !== null) await act(making, alert, { kind: 'on_site', slot, at: arrivedAt, role })
}

async function act(
  making: Making,
  alert: Alert,
  said: Pick<Act, 'kind' | 'slot' | 'at'> & Partial<Act>,
): Promise<string> {
  const { draw, repos, people, filled } = making
  const row: Act = {
    id: draw.id(),
    alertId: alert.id,
    recordedAt: said.at,
    byPerson: draw.one(people).id,
    role: null,
    means: 'slack',
    reason: null,
    until: null,
    who: null,
    note: null,
    ...said,
  }
  await repos.alerts.addAct(row)
  await event(making, alert, row.byPerson, `alert.${row.kind}`, row.at, { act: row.id, slot: row.slot })
  filled.acts++
  return row.id
}

async function event(
  { repos }: Making,
  alert: Alert,
  actor: string,
  kind: string,
  at: number,
  data: Record<string, unknown>,
  words?: Record<string, unknown>,
): Promise<void> {
  const row = { at, recordedAt: at, actor, kind, recordKind: 'alert', recordId: alert.id, data }
  await repos.events.append(words ? { ...row, words } : row)
}

const words = (draw: Chance, place: string): string =>
  `${draw.one(WHO)} ${draw.one(DO)} ${place}, ${draw.one(AND)}.`

interface Chance {
  /** A whole number from 0 to below `count`. */
  below(count: number): number
  one<T>(list: readonly T[]): T
  id(): string
  /** Never the same twice. */
  code(prefix: string): string
}

/** Mulberry32: small, and the same everywhere. */
function chance(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (count: number) => Math.floor(next() * count)
  const taken = new Set<string>()
  let made = 0
  const letters = (length: number) =>
    Array.from({ length }, () => codeAlphabet[below(codeAlphabet.length)]).join('')
  const draw: Chance = {
    below,
    one: list => list[below(list.length)] as (typeof list)[number],
    id: () => `${(++made).toString(36).padStart(9, '0')}${letters(12)}`,
    code(prefix) {
      // Where most codes of the usual length are gone, a longer one is soon free.
      for (let tries = 0; ; tries++) {
        const code = `${prefix}-${letters(codeLength + Math.floor(tries / 20))}`
        if (taken.has(code)) continue
        taken.add(code)
        return code
      }
    },
  }
  return draw
}
