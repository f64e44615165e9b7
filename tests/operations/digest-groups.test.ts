import { expect, it } from 'vitest'
import { parseFind } from '../../src/domain/find-query.ts'
import { channelDigest, personalDigest } from '../../src/operations/digest.ts'
import { find, findCodes } from '../../src/operations/find.ts'
import * as forums from '../../src/operations/forum.ts'
import { readHome } from '../../src/operations/home.ts'
import { createHotspot } from '../../src/operations/hotspot.ts'
import * as meetings from '../../src/operations/meeting.ts'
import { changeSettings, ownDigest } from '../../src/operations/settings.ts'
import { proposeTeam } from '../../src/operations/team.ts'
import { DAY, type Desk, HOUR, openDesk, type Who } from '../support/operations.ts'

const given = async (desk: Desk, name: Who) => (await personalDigest(await desk.as(name))).given

async function group(desk: Desk) {
  const ctx = await desk.as('joc')
  const { forum } = await forums.makeForum(ctx, { kind: 'working_group' })
  const { meeting } = await meetings.planMeeting(ctx, { forumId: forum.id, at: desk.clock.now() })
  const said = { meetingId: meeting.id, kind: 'decision', text: 'Patrol the ford' } as const
  await meetings.moveMeeting(ctx, { meetingId: meeting.id, move: 'open' })
  await meetings.sayInMeeting(ctx, said)
  await meetings.closeMeeting(ctx, { meetingId: meeting.id })
  const all = await desk.store.read.meetings.ofForums([forum.id])
  return { forum, next: all.find(({ state }) => state === 'planned')! }
}

it('a digest tells whoever may read the meeting what a group decided and nobody has done, and when it meets', async () => {
  const desk = await openDesk()
  const { forum, next } = await group(desk)
  const told = await given(desk, 'forceHq')
  expect(told.decisions?.map(({ entry }) => entry.text)).toEqual(['Patrol the ford'])
  expect(told.meetings?.map(({ meeting }) => meeting.id)).toEqual([next.id])
  expect((await readHome(await desk.as('forceHq'))).meetings).toMatchObject([{ at: next.at }])
  for (const name of ['ngo', 'unhcr'] as const) {
    expect(await given(desk, name)).toMatchObject({ decisions: [], meetings: [] })
    expect((await readHome(await desk.as(name))).meetings).toEqual([])
    expect(await findCodes(await desk.as(name), [forum.code])).toEqual([])
  }
  expect(await findCodes(await desk.as('forceHq'), [forum.code])).toMatchObject([{ kind: 'forum' }])
  desk.clock.advance(8 * DAY)
  expect((await given(desk, 'forceHq')).meetings).toEqual([])
})

it('a team that is back and has not reported is told, and found by its code and place by those who may read it', async () => {
  const desk = await openDesk()
  const adviser = await desk.as('pocAdviser')
  const { hotspot } = await createHotspot(adviser, {
    name: 'Karamba market',
    place: { id: 'karamba-market' },
    kind: 'market',
    threats: ['armed_attack'],
  })
  const day = (ahead: number) => new Date(desk.clock.now() + ahead * DAY).toISOString().slice(0, 10)
  const { team } = await proposeTeam(adviser, {
    kind: 'protection_team',
    hotspotId: hotspot.id,
    why: 'Traders say that men come at night',
    from: day(1),
    to: day(3),
    sections: ['civil_affairs'],
  })
  expect((await given(desk, 'pocAdviser')).team_reports).toEqual([])
  await desk.store.write(({ teams }) => teams.update(team.id, team.version, { state: 'back' }))
  expect((await given(desk, 'pocAdviser')).team_reports).toMatchObject([{ team: { id: team.id } }])
  expect((await given(desk, 'ngo')).team_reports).toEqual([])
  const kinds = async (name: Who, typed: string) =>
    (await find(await desk.as(name), parseFind(typed, desk.mission))).items.map(({ kind }) => kind)
  expect(await kinds('pocAdviser', team.code)).toEqual(['team'])
  expect(await kinds('pocAdviser', 'traders night')).toEqual(['team'])
  expect(await kinds('ngo', team.code)).toEqual([])
})

it('the week’s trends are told in no daily digest, and in no channel that holds somebody they are not for', async () => {
  const desk = await openDesk()
  await desk.raise()
  expect((await given(desk, 'joc')).trends).toEqual([])
  const to = desk.clock.now()
  for (const { id } of await desk.store.read.channels.all()) {
    const digest = await channelDigest(desk.system, id, { from: to - 7 * DAY, to }, null, 'weekly')
    expect(digest?.given.trends ?? []).toEqual([])
  }
})

it('on the day of the week one’s own digest tells the trends, to whoever answers for the whole mission', async () => {
  const desk = await openDesk()
  await desk.raise()
  const sections = async (name: Who, to: number) =>
    (await ownDigest(desk.system, await desk.id(name), { from: to - DAY, to }, null, []))!.order
  const friday = Date.parse('2026-03-06T04:30:00Z')
  expect(await sections('joc', friday)).toContain('trends')
  expect(await sections('company', friday)).not.toContain('trends')
  expect(await sections('joc', friday - DAY)).not.toContain('trends')
  desk.clock.set(friday)
  await changeSettings(await desk.as('joc'), { digestAt: '07:00' })
  await desk.said()
  await desk.pass(HOUR)
  const mine = (await desk.said()).filter(({ target }) => target === 'U0JOCWATCH').map(({ kind }) => kind)
  expect(mine).toEqual(expect.arrayContaining(['digest.own', 'indicators']))
})

it('the week looks back: what is the news of one day stands in that day’s digest alone', async () => {
  const desk = await openDesk()
  const to = desk.clock.now()
  const of = async (kind: 'daily' | 'weekly') =>
    (await channelDigest(desk.system, 'C0JOCWATCH', { from: to - DAY, to }, null, kind))!.order
  expect(await of('daily')).toEqual(expect.arrayContaining(['raised', 'changed', 'urgent', 'reports']))
  const week = await of('weekly')
  for (const news of ['raised', 'changed', 'urgent', 'reports', 'meetings'] as const)
    expect(week).not.toContain(news)
  expect(week.slice(0, 3)).toEqual(['outcomes', 'trends', 'unanswered'])
})
