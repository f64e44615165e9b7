/** The mission a sequence of acts happens to, and what stands in it. */
import fc from 'fast-check'
import type { Mission } from '../../src/domain/mission.ts'
import { type AlertFacts, factsOfAll } from '../../src/operations/alert/facts.ts'
import type { Ctx } from '../../src/operations/context.ts'
import { type Desk, openDesk, type Who } from '../support/operations.ts'
import type { TestStore } from '../support/store.ts'

/** Those who act and look in a sequence. */
export const names = [
  'joc',
  'duty',
  'company',
  'battalion',
  'sectorHq',
  'humanRights',
  'unhcr',
  'ocha',
  'ngo',
  'head',
] as const satisfies readonly Who[]

export const rooms = ['C0POCNORTH', 'C0JOCWATCH', 'C0PROTECTION'] as const

export const who = fc.constantFrom<Who>(...names)
export const room = fc.constantFrom<string>(...rooms)
export const nth = fc.integer({ min: 0, max: 2 })

/** Words that stand in one layer of an alert alone; nothing else of the mission reads like them. */
export const planted = { record: 'quagga', moved: 'zorilla' } as const
export const note = `${planted.record} ${planted.moved}`

export interface World {
  desk: Desk
  /** Ids of the records made so far, by noun. */
  made: Record<string, string[]>
  /** One of them by a drawn number; empty where there is none. */
  pick(noun: string, nth: number): string
  add(noun: string, id: string): void
  as(name: Who): Promise<Ctx>
  /** Every alert made so far, as it is now; read once per step. */
  alerts(): Promise<AlertFacts[]>
  /** Something was done: what was read before is old. */
  stepped(): void
}

/** @param inside who is in each channel when it begins; `null` is somebody nobody knows. */
export async function openWorld(
  base: TestStore,
  mission: Mission,
  inside: Readonly<Record<string, readonly (string | null)[]>>,
): Promise<World> {
  const desk = await openDesk({ base, mission })
  for (const [id, members] of Object.entries(inside)) {
    const people = await Promise.all(
      members.map(async name =>
        name === null
          ? { teamId: 'T0MISSION', userId: 'U0NOBODY' }
          : (await desk.store.read.people.byId(await desk.id(name as Who)))!,
      ),
    )
    await desk.store.write(async ({ channels }) => {
      await channels.update(id, { isPublic: false })
      await channels.setMembers(id, people, desk.clock.now())
    })
  }
  const made: World['made'] = {}
  let alerts: Promise<AlertFacts[]> | null = null
  const { read } = desk.store
  return {
    desk,
    made,
    pick: (noun, nth) => made[noun]?.[nth] ?? made[noun]?.[0] ?? '',
    add: (noun, id) => {
      made[noun] = [...(made[noun] ?? []), id]
    },
    as: name => desk.as(name),
    alerts() {
      alerts ??= read.alerts
        .byIds(made.alert ?? [])
        .then(rows => factsOfAll(read, desk.mission, desk.clock.now(), rows))
      return alerts
    },
    stepped: () => {
      alerts = null
    },
  }
}
