import { expect, it } from 'vitest'
import { digestMaker, makeDigest } from '../../src/jobs/aside/digest.ts'
import { createAside } from '../../src/jobs/aside/index.ts'
import type { DigestTask } from '../../src/jobs/aside/task.ts'
import { createLocales } from '../../src/locales/index.ts'
import { close } from '../../src/operations/alert.ts'
import { DAY, type Desk, openDesk } from '../support/operations.ts'

const locales = createLocales('Africa/Lubumbashi', ['en', 'fr'])

const taskFor = (desk: Desk, target: string): DigestTask => {
  const now = desk.clock.now()
  return {
    do: 'digest',
    target,
    kind: 'daily',
    window: { from: now - DAY, to: now },
    dueAt: null,
    listed: [],
  }
}

/** A desk whose channels for the operations centre and the north hold their people, and an alert they may read. */
async function morning() {
  const desk = await openDesk()
  const users = ['U0JOCWATCH', 'U0FORCEHQ'].map(userId => ({ teamId: 'T0MISSION', userId }))
  await desk.store.write(async ({ channels }) => {
    for (const id of ['C0JOCWATCH', 'C0POCNORTH']) {
      await channels.update(id, { isPublic: false })
      await channels.setMembers(id, users, desk.clock.now())
    }
  })
  return { desk, alert: (await desk.raise()).alert }
}

it('a busy morning’s digests made in a thread say word for word what the bot would say', async () => {
  const { desk } = await morning()
  await desk.raise({ urgency: 'tension', what: 'Les hommes sont passés par le pont' })
  const aside = createAside(1_000)
  for (const { id } of await desk.store.read.channels.all()) {
    const task = taskFor(desk, id)
    const here = await makeDigest(desk.system, createLocales(desk.mission.zone, ['en', 'fr']), task)
    expect(here?.message.text).toBeTruthy()
    expect(await aside(desk.system, task)).toEqual(here)
  }
  const personId = await desk.id('head')
  const own: DigestTask = { ...taskFor(desk, `person:${personId}`), kind: 'own' }
  const mine = await makeDigest(desk.system, createLocales(desk.mission.zone, ['en', 'fr']), own)
  expect(mine?.message.text).toMatch(/Votre journée/)
  expect(await aside(desk.system, own)).toEqual(mine)
})

it('what was read for one channel serves the next, until something is recorded or time goes by', async () => {
  const { desk, alert } = await morning()
  const make = digestMaker(desk.system, locales)
  const task = taskFor(desk, 'C0JOCWATCH')
  const first = await make(task)
  expect(JSON.stringify(first)).toContain(alert.code)
  expect(await make(task)).toBe(first)
  await close(await desk.as('joc'), { alertId: alert.id, outcome: 'averted', note: 'At the school' })
  const after = await make(task)
  expect(JSON.stringify(after)).toContain('At the school')
  desk.clock.advance(2 * 60_000)
  expect(await make(task)).not.toBe(after)
})

it('a part of a thread is not taken from what was made before somebody joined the channel', async () => {
  const { desk, alert } = await morning()
  const make = digestMaker(desk.system, locales)
  const task = taskFor(desk, 'C0POCNORTH')
  expect(JSON.stringify(await make(task))).toContain(alert.code)
  const ngo = { teamId: 'T0NGO', userId: 'U0NGO' }
  await desk.store.write(({ channels }) => channels.addMember('C0POCNORTH', ngo))
  expect(JSON.stringify(await make(task))).not.toContain(alert.code)
})
