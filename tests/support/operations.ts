import { seedStore } from '../../src/bot/seed.ts'
import { loadMission } from '../../src/config.ts'
import { openPartners } from '../../src/db/partners.ts'
import { createVault } from '../../src/db/vault.ts'
import { createGazetteer } from '../../src/domain/gazetteer.ts'
import type { Mission, Slot } from '../../src/domain/mission.ts'
import { missionUnder } from '../../src/domain/profile.ts'
import type { ErrorCode, TocsinError } from '../../src/errors.ts'
import { timerHandlers } from '../../src/jobs/rendering/index.ts'
import { type AlertFacts, alertFacts } from '../../src/operations/alert/facts.ts'
import { type OwnerFacts, ownerIn } from '../../src/operations/alert/owner.ts'
import type { RaiseInput } from '../../src/operations/alert/raise.ts'
import type { Line } from '../../src/operations/alert/tell.ts'
import { raise } from '../../src/operations/alert.ts'
import type { Ctx, Person, Services } from '../../src/operations/context.ts'
import { aPerson } from './records.ts'
import { silentLog, type TestStore, testStore } from './store.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** People of the fictional mission by their post in the north, and where they are named by it, in the south. */
export const who = {
  joc: 'U0JOCWATCH',
  pocAdviser: 'U0POCADVISER',
  duty: 'U0DUTYKARAMBA',
  dutyAlternate: 'U0CIVILAFFAIRS',
  head: 'U0HEADKARAMBA',
  leadership: 'U0LEADERSHIP',
  company: 'U0COMPANYKARAMBA',
  battalion: 'U0BATTALIONNORTH',
  sectorHq: 'U0SECTORNORTH',
  forceHq: 'U0FORCEHQ',
  police: 'U0POLICENORTH',
  policeHq: 'U0POLICEHQ',
  liaison: 'U0CLAKARAMBA',
  humanRights: 'U0HUMANRIGHTS',
  unhcr: 'U0UNHCR',
  ocha: 'U0OCHA',
  ngo: 'U0NGO',
  companySouth: 'U0COMPANYTASHIRO',
  dutySouth: 'U0DUTYTASHIRO',
  sectorHqSouth: 'U0SECTORSOUTH',
} as const
export type Who = keyof typeof who

/** A vault with a key of the tests. */
export const testVault = createVault({ current: Buffer.alloc(32, 7), old: [] })

const mission = await loadMission('missions/ombara.yaml')
const gazetteer = createGazetteer(mission.gazetteer)

export interface Entry {
  kind: string
  target: string
  recordId: string
  data: Record<string, unknown>
}

export interface Desk extends TestStore {
  mission: Mission
  system: Ctx
  /** The context of somebody of the mission, with the roles held now. */
  as(name: Who): Promise<Ctx>
  asPerson(person: Person): Promise<Ctx>
  /** Somebody who came to the workspace and whom no side has confirmed. */
  stranger(): Promise<Ctx>
  id(name: Who): Promise<string>
  /** An alert at Karamba market, imminent, raised by the liaison assistant, unless told otherwise. */
  raise(change?: Partial<RaiseInput>, by?: Ctx): Promise<AlertFacts>
  facts(alert: { alert: { id: string } }): Promise<AlertFacts>
  owner(alert: { alert: { id: string } }, slot: Slot): Promise<OwnerFacts>
  /** Moves time and fires what falls due on the way, each at its time. */
  pass(ms: number): Promise<void>
  /** Moves time as an outage does, then fires all that is overdue. */
  away(ms: number): Promise<void>
  /** Fires what is due now, until nothing is. */
  fire(): Promise<void>
  /** What was put into the outbox since the last call. */
  said(): Promise<Entry[]>
  /** The same as lines: `line@target`, targets by Slack user or channel. */
  lines(): Promise<string[]>
  /** Nobody holds the role any more. */
  vacate(role: string, sector: string | null): Promise<void>
  /** The roles of the fictional mission, held by somebody else too. */
  appoint(name: Who, role: string, sector: string | null): Promise<void>
}

/** The operations on a real store, filled with the fictional mission. */
export async function openDesk(
  options: { mission?: Mission; base?: TestStore; partnerKey?: null } = {},
): Promise<Desk> {
  const base = options.base ?? (await testStore())
  const { store, clock, ids } = base
  const integration = { profile: (options.mission ?? mission).profile }
  const ofMission = missionUnder(options.mission ?? mission, integration)
  await seedStore(store, ofMission, clock, ids)
  const services: Services = {
    store,
    mission: ofMission,
    gazetteer,
    clock,
    ids,
    log: silentLog,
    vault: testVault,
    integration,
    partners: openPartners(
      base.dataDir,
      options.partnerKey === null ? undefined : { current: Buffer.alloc(32, 9), old: [] },
    ),
  }
  const system: Ctx = { ...services, actor: { kind: 'system' } }
  const userOf = new Map((await store.read.people.all()).map(person => [person.id, person.userId]))
  let seen = 0

  const person = async (name: Who): Promise<Person> => {
    const user = who[name]
    const team = user === who.ngo ? 'T0NGO' : 'T0MISSION'
    const found = await store.read.people.byUser(team, user)
    if (!found) throw new Error(`nobody is ${user}`)
    return found
  }
  const asPerson = async (actor: Person): Promise<Ctx> => {
    const roles = await store.read.roles.rolesOf(actor.id, clock.now())
    return { ...services, actor: { kind: 'person', person: actor, roles } }
  }
  const facts = async ({ alert }: { alert: { id: string } }) => {
    const row = await store.read.alerts.byId(alert.id)
    return alertFacts(store.read, ofMission, clock.now(), row!)
  }
  const fire = async () => {
    for (;;) {
      const [timer] = await store.read.timers.due(clock.now(), 1)
      if (!timer) return
      await store.write(async tx => {
        const claimed = await tx.timers.claim(timer.id, timer.arming, clock.now())
        if (!claimed) throw new Error('a timer that is due could not be claimed')
        await timerHandlers[claimed.kind]!({ ...system, tx }, claimed)
      })
    }
  }
  const said = async () => {
    const all = base.store.database
      .prepare<[number], { seq: number; kind: string; target: string; recordId: string; data: string }>(
        'select seq, kind, target, record_id as recordId, data from outbox where seq > ? order by seq',
      )
      .all(seen)
    seen = all.at(-1)?.seq ?? seen
    return all.map(({ kind, target, recordId, data }) => ({
      kind,
      target: target.startsWith('person:') ? (userOf.get(target.slice(7)) ?? target) : target,
      recordId,
      data: JSON.parse(data),
    }))
  }

  return {
    ...base,
    mission: ofMission,
    system,
    asPerson,
    facts,
    fire,
    said,
    as: async name => asPerson(await person(name)),
    id: async name => (await person(name)).id,
    async stranger() {
      const id = ids.id()
      const { constituency: _, ...unknown } = aPerson({ id })
      await store.write(({ people }) => people.insert({ ...unknown, constituency: null }))
      return asPerson((await store.read.people.byId(id))!)
    },
    async raise(change = {}, by) {
      return raise(by ?? (await asPerson(await person('liaison'))), {
        what: 'Armed men moving towards the market',
        place: { id: 'karamba-market' },
        urgency: 'imminent',
        ...change,
      })
    },
    owner: async (alert, slot) => ownerIn(await facts(alert), slot),
    async pass(ms) {
      const end = clock.now() + ms
      for (;;) {
        const next = await store.read.timers.next()
        if (next === null || next > end) break
        clock.set(Math.max(next, clock.now()))
        await fire()
      }
      clock.set(end)
    },
    async away(ms) {
      clock.advance(ms)
      await fire()
    },
    async lines() {
      return (await said())
        .filter(({ kind }) => kind === 'alert.line')
        .map(({ target, data }) => `${(data as unknown as Line).line}@${target}`)
    },
    async vacate(role, sector) {
      const rows = (await store.read.roles.all()).filter(row => row.role === role && row.sector === sector)
      await store.write(async ({ roles }) => {
        for (const row of rows) await roles.end(row.id, clock.now())
      })
    },
    async appoint(name, role, sector) {
      const personId = (await person(name)).id
      await store.write(({ roles }) =>
        roles.insert({ id: ids.id(), role, sector, personId, rank: 7, since: clock.now() }),
      )
    },
  }
}

/** The refusal a promise ends with; fails when it does not. */
export async function refusal(promise: Promise<unknown>): Promise<TocsinError> {
  const error = await promise.then(
    () => new Error('was not refused'),
    error => error,
  )
  if (!('code' in error)) throw error
  return error
}

export async function refusalCode(promise: Promise<unknown>): Promise<ErrorCode> {
  return (await refusal(promise)).code
}
