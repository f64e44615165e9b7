import { describe, expect, it } from 'vitest'
import type { AlertFacts } from '../../src/operations/alert/facts.ts'
import { acknowledge, close } from '../../src/operations/alert.ts'
import {
  channelDigest,
  heldBy,
  personalDigest,
  runDigest,
  scheduleDigests,
} from '../../src/operations/digest.ts'
import { DAY, type Desk, HOUR, MINUTE, openDesk, refusalCode } from '../support/operations.ts'

const NORTH = 'C0POCNORTH'
const FORUM = 'C0PROTECTION'
/** 06:30 in the fictional mission, the first after the tests begin (08:00 there). */
const FIRST = Date.parse('2026-03-03T04:30:00Z')

async function scheduled(): Promise<Desk> {
  const desk = await openDesk()
  await scheduleDigests(desk.system)
  return desk
}

async function digests(desk: Desk, target = NORTH) {
  return (await desk.said())
    .filter(({ kind, target: to, data }) => kind === 'digest' && to === target && data.kind !== 'weekly')
    .map(({ data }) => data)
}

const until = (desk: Desk, time: number) => desk.pass(time - desk.clock.now())

describe('the morning digest', () => {
  it('goes to each registered channel at the local hour, once a day', async () => {
    const desk = await scheduled()
    await until(desk, FIRST - 1)
    expect(await digests(desk)).toEqual([])
    await until(desk, FIRST)
    const targets = (await desk.said()).filter(({ kind }) => kind === 'digest').map(({ target }) => target)
    expect(targets.sort()).toEqual(['C0JOCWATCH', 'C0POCNORTH', 'C0POCSOUTH', 'C0PROTECTION'])
    await until(desk, FIRST + DAY - 1)
    expect(await digests(desk)).toEqual([])
    await until(desk, FIRST + DAY)
    expect(await digests(desk)).toEqual([{ window: { from: FIRST, to: FIRST + DAY }, dueAt: null }])
  })

  it('goes once, whatever restarts happen', async () => {
    const desk = await scheduled()
    for (const step of [FIRST - MINUTE, FIRST, FIRST + 1, FIRST + MINUTE]) {
      await until(desk, step)
      await scheduleDigests(desk.system)
      await scheduleDigests(desk.system)
    }
    await runDigest(desk.system, { key: `digest:${NORTH}`, recordId: NORTH, dueAt: FIRST })
    expect(await digests(desk)).toHaveLength(1)
  })

  it('that an outage held up goes out late, once, looks back to the last and says when it was due', async () => {
    const desk = await scheduled()
    await until(desk, FIRST)
    await desk.said()
    await desk.away(3 * DAY + 2 * HOUR)
    expect(await digests(desk)).toEqual([
      { window: { from: FIRST, to: desk.clock.now() }, dueAt: FIRST + DAY },
    ])
  })

  it('that is late does not swallow the next one on time', async () => {
    const desk = await scheduled()
    await until(desk, FIRST - HOUR)
    await desk.away(DAY + 50 * MINUTE)
    expect(await digests(desk)).toHaveLength(1)
    await until(desk, FIRST + DAY)
    expect(await digests(desk)).toMatchObject([{ dueAt: null }])
  })

  it('names the outages of the time it covers', async () => {
    const desk = await scheduled()
    await desk.store.write(async ({ meta }) => {
      await meta.addOutage(FIRST - 30 * HOUR, FIRST - 25 * HOUR)
      await meta.addOutage(FIRST - 3 * HOUR, FIRST - HOUR)
    })
    await until(desk, FIRST)
    const digest = await channelDigest(desk.system, NORTH, { from: FIRST - DAY, to: FIRST }, null)
    expect(digest?.outages).toMatchObject([{ fromAt: FIRST - 3 * HOUR, toAt: FIRST - HOUR }])
  })

  it('follows another hour of the mission file from the next start on', async () => {
    const { mission } = await openDesk()
    const desk = await scheduled()
    const earlier = { ...desk.system, mission: { ...mission, digest: { ...mission.digest, at: '05:00' } } }
    await scheduleDigests(earlier)
    expect(await desk.store.read.timers.byKey(`digest:${NORTH}`)).toMatchObject({
      dueAt: FIRST - 90 * MINUTE,
      state: 'armed',
    })
  })

  it('that is overdue at a start is not put off', async () => {
    const desk = await scheduled()
    desk.clock.set(FIRST + HOUR)
    await scheduleDigests(desk.system)
    await desk.fire()
    expect(await digests(desk)).toMatchObject([{ dueAt: FIRST }])
  })

  it('stops for a channel that wants none any more, or is gone', async () => {
    const desk = await scheduled()
    await desk.store.write(({ channels }) => channels.update(NORTH, { digest: false }))
    await scheduleDigests(desk.system)
    await until(desk, FIRST)
    expect(await digests(desk)).toEqual([])
    await runDigest(desk.system, { key: 'digest:gone', recordId: 'gone', dueAt: FIRST })
    expect(await channelDigest(desk.system, 'gone', { from: 0, to: 1 }, null)).toBeNull()
  })
})

describe('what a digest shows', () => {
  const window = (desk: Desk) => ({ from: desk.clock.now() - DAY, to: desk.clock.now() })
  const codes = (items: AlertFacts[]) => items.map(({ alert }) => alert.code)

  /** The channel as Slack would describe it: private, with these members. */
  async function privateTo(
    desk: Desk,
    channel: string,
    ...names: Parameters<Desk['id']>[0][]
  ): Promise<void> {
    const users = await Promise.all(
      names.map(async name => {
        const person = (await desk.store.read.people.byId(await desk.id(name)))!
        return { teamId: person.teamId, userId: person.userId }
      }),
    )
    await desk.store.write(async ({ channels }) => {
      await channels.update(channel, { isPublic: false })
      await channels.setMembers(channel, users, desk.clock.now())
    })
  }

  it('in a channel of a sector is that sector, with outcomes', async () => {
    const desk = await openDesk()
    await privateTo(desk, NORTH, 'company', 'duty')
    const open = await desk.raise()
    const nodded = await desk.raise({ urgency: 'tension' })
    await acknowledge(await desk.as('duty'), { alertId: nodded.alert.id })
    const done = await desk.raise()
    await desk.raise({ place: { said: 'far' }, sector: 'south' })
    await close(await desk.as('company'), { alertId: done.alert.id, outcome: 'averted', note: 'Over' })
    desk.clock.advance(MINUTE)
    const digest = await channelDigest(desk.system, NORTH, window(desk), null)
    expect(codes(digest!.given.unanswered!)).toEqual([nodded.alert.code, open.alert.code])
    expect(digest!.given.outcomes!.map(({ alert }) => [alert.code, alert.outcome])).toEqual([
      [done.alert.code, 'averted'],
    ])
  })

  it('in a channel with one who may not read an alert has nothing of it, not even a count', async () => {
    const desk = await openDesk()
    await desk.raise()
    await privateTo(desk, FORUM, 'pocAdviser', 'unhcr')
    const told = async () => {
      const digest = await channelDigest(desk.system, FORUM, window(desk), null)
      return { held: heldBy(digest!.given), quiet: digest!.quiet }
    }
    const nothing = { held: [], quiet: 0 }
    expect(await told()).toEqual(nothing)
    await privateTo(desk, FORUM, 'pocAdviser')
    expect((await channelDigest(desk.system, FORUM, window(desk), null))?.given.unanswered).toHaveLength(1)
    desk.clock.advance(HOUR + 1)
    expect(await told()).toEqual(nothing)
  })

  it('in a public channel has nothing', async () => {
    const desk = await openDesk()
    await desk.raise()
    expect((await channelDigest(desk.system, NORTH, window(desk), null))?.given.unanswered).toEqual([])
  })

  it('to a person alone is what that person may read', async () => {
    const desk = await openDesk()
    const ngo = await desk.as('ngo')
    const own = await desk.raise({}, ngo)
    const other = await desk.raise({ place: { said: 'far' }, sector: 'south' })
    expect(codes((await personalDigest(ngo)).given.unanswered!)).toEqual([own.alert.code])
    const mission = await personalDigest(await desk.as('joc'))
    expect(codes(mission.given.unanswered!)).toEqual([own.alert.code, other.alert.code])
    expect(await refusalCode(personalDigest(await desk.stranger()))).toBe('not_registered')
    expect(await refusalCode(personalDigest(desk.system))).toBe('not_allowed')
  })
})
