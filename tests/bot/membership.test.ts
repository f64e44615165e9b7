import { expect, test } from 'vitest'
import { OMBARA } from '../../rehearsal/seed.ts'
import { movableClock } from '../support/clock.ts'
import { DUTY, HEAD, mission, NORTH, rig } from './support.ts'

const FORUM = 'C0PROTECTION'

async function members(bot: Awaited<ReturnType<typeof rig>>['bot'], channel: string): Promise<string[]> {
  return (await bot.store.read.channels.members(channel)).map(({ userId }) => userId).sort()
}

function inSlack(channel: string): string[] {
  const { members } = OMBARA.channels.find(({ id }) => id === channel)!
  return members.filter(id => id !== OMBARA.app.botUserId).sort()
}

test('a bot that takes requests knows who reads each registered channel, and that the bot itself is no reader', async () => {
  const { bot } = await rig()
  for (const { channel } of mission.seed.channels)
    expect(await members(bot, channel)).toEqual(inSlack(channel))
  expect((await bot.store.read.channels.byId(NORTH))?.isPublic).toBe(false)
})

test('a member of another workspace is entered under that workspace', async () => {
  const { bot } = await rig()
  const ngo = (await bot.store.read.channels.members(FORUM)).find(({ userId }) => userId === 'U0NGO')
  expect(ngo).toMatchObject({ teamId: 'T0NGO' })
})

test('a member nobody registered is entered without a constituency, which closes the channel to what is restricted', async () => {
  const { ws, bot } = await rig()
  await ws.act({ persona: DUTY, do: 'invite', channel: NORTH, user: 'U0NEWCOMER' })
  await bot.settled()
  const newcomer = (await bot.store.read.channels.members(NORTH)).find(
    ({ userId }) => userId === 'U0NEWCOMER',
  )
  expect(newcomer).toMatchObject({ constituency: null, person: { userId: 'U0NEWCOMER' } })
})

test('who leaves is a reader no longer', async () => {
  const { ws, bot } = await rig()
  await ws.act({ persona: HEAD, do: 'leave', channel: NORTH })
  await ws.state.changes.waitFor(
    () => (ws.deliveries.all.some(({ outcome }) => outcome === 'acknowledged') ? true : undefined),
    () => 'the event did not arrive',
  )
  await bot.settled()
  expect(await members(bot, NORTH)).not.toContain(HEAD)
})

test('a list is read again before it is too old to be trusted, and not sooner', async () => {
  const clock = movableClock()
  const { ws, bot } = await rig({}, { clock })
  const reads = () => ws.calls.of('conversations.members').length
  const before = reads()
  clock.advance(mission.staleMembershipMs / 4)
  await bot.settled()
  expect(reads()).toBe(before)
  clock.advance(mission.staleMembershipMs / 4)
  await bot.settled()
  expect(reads()).toBe(before * 2)
  expect((await bot.store.read.channels.byId(NORTH))?.membersAt).toBe(clock.now())
})

test('a channel the bot was not invited into is a problem with its remedy', async () => {
  const clock = movableClock()
  const { ws, bot } = await rig({}, { clock })
  ws.faults.add({
    method: 'conversations.info',
    error: 'channel_not_found',
    match: ({ channel }) => channel === NORTH,
  })
  clock.advance(mission.staleMembershipMs)
  await bot.settled()
  const { status, problems } = await bot.health()
  expect([status, problems]).toEqual([
    'degraded',
    [
      {
        code: 'members_unread',
        what: expect.stringContaining(NORTH),
        remedy: expect.stringContaining('Invite the bot'),
      },
    ],
  ])
})

test('language and zone come from Slack, without anybody waiting for them', async () => {
  const { bot } = await rig()
  await bot.settled()
  expect(await bot.store.read.people.byUser('T0MISSION', HEAD)).toMatchObject({
    locale: 'fr-FR',
    zone: 'Africa/Lusaka',
  })
})
