/** The mission a sequence of acts happens to, and what stands in it. */
import fc from 'fast-check'
import { refusalSentence } from '../../src/bot/refusal.ts'
import type { Constituency, Mission } from '../../src/domain/mission.ts'
import type { TocsinError } from '../../src/errors.ts'
import { createLocales } from '../../src/locales/index.ts'
import { type AlertFacts, factsOfAll } from '../../src/operations/alert/facts.ts'
import type { Ctx, Person } from '../../src/operations/context.ts'
import type { ViewContext } from '../../src/views/context.ts'
import { type Desk, openDesk, type Who } from '../support/operations.ts'
import type { TestStore } from '../support/store.ts'

export const locales = createLocales('UTC', ['en', 'fr'])

/** Those who act and look in a sequence. */
export const names = [
  ...([
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
  ] as const),
  ...(['pocAdviser', 'leadership', 'forceHq', 'police', 'policeHq', 'liaison'] as const),
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
  /** What the bot answers to whoever acted, on their own screen: a receipt, a form that goes on. */
  answer(ctx: Ctx, show: (view: ViewContext) => unknown): void
  /** A file that is written for all of a holder's own. */
  hand(holder: Constituency, text: string): void
  /** What was answered and handed out since the last step. */
  answers: Answer[]
  /** Somebody's act was refused: the sentence they read is an answer too. */
  refuse(error: TocsinError): void
  /** Every alert made so far, as it is now; read once per step. */
  alerts(): Promise<AlertFacts[]>
  /** A step begins: what was answered before is old. */
  begin(): void
  /** Something was done: what was read before is old. */
  stepped(): void
}

export type Answer = { to: Person; shown: unknown } | { holder: Constituency; text: string }

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
  let acting: Ctx | null = null
  const world: World = {
    answers: [],
    answer({ actor }, show) {
      if (actor.kind !== 'person') return
      const view = { words: locales.words('en'), mission: desk.mission, now: desk.clock.now() }
      world.answers.push({ to: actor.person, shown: show(view) })
    },
    hand: (holder, text) => void world.answers.push({ holder, text }),
    refuse(error) {
      const naming = { mission: desk.mission, has: locales.has }
      if (acting) world.answer(acting, ({ words }) => refusalSentence(error, words, naming))
    },
    desk,
    made,
    pick: (noun, nth) => made[noun]?.[nth] ?? made[noun]?.[0] ?? '',
    add: (noun, id) => {
      made[noun] = [...(made[noun] ?? []), id]
    },
    async as(name) {
      acting = await desk.as(name)
      return acting
    },
    alerts() {
      alerts ??= read.alerts
        .byIds(made.alert ?? [])
        .then(rows => factsOfAll(read, desk.mission, desk.clock.now(), rows))
      return alerts
    },
    begin: () => {
      acting = null
      world.answers = []
    },
    stepped: () => {
      alerts = null
    },
  }
  return world
}
