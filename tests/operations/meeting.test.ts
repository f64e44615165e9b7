import { describe, expect, it } from 'vitest'
import { actorAsReader } from '../../src/operations/alert/reading.ts'
import * as forums from '../../src/operations/forum.ts'
import { agendaFor } from '../../src/operations/meeting/agenda.ts'
import * as meetings from '../../src/operations/meeting.ts'
import type { WrittenMessage } from '../../src/ports.ts'
import { DAY, type Desk, HOUR, openDesk, refusal, type Who, who } from '../support/operations.ts'

async function held(desk: Desk, kind = 'working_group', by: Who = 'joc') {
  const ctx = await desk.as(by)
  const { forum } = await forums.makeForum(ctx, { kind })
  const { meeting } = await meetings.planMeeting(ctx, { forumId: forum.id, at: desk.clock.now() + DAY })
  return { forum, id: meeting.id, ctx }
}

const written = (author: Who, text: string, nth = 1): WrittenMessage => ({
  channel: 'C0JOCWATCH',
  ts: `1700000000.00010${nth}`,
  threadTs: '1700000000.000001',
  teamId: author === 'ngo' ? 'T0NGO' : 'T0MISSION',
  userId: who[author],
  text,
  fromApp: false,
  editedTs: null,
  reactions: [],
  permalink: 'https://unmob.slack.com/archives/C0JOCWATCH/p1',
})

describe('a meeting', () => {
  it('closes with a decision, a task or a reason, and with nothing else (R-051)', async () => {
    const desk = await openDesk()
    const { id, ctx } = await held(desk)
    await meetings.moveMeeting(ctx, { meetingId: id, move: 'open' })
    expect(await refusal(meetings.closeMeeting(ctx, { meetingId: id }))).toMatchObject({
      code: 'only_briefings',
      field: 'because',
    })
    await meetings.sayInMeeting(ctx, { meetingId: id, kind: 'decision', text: 'Patrol the ford' })
    const { meeting } = await meetings.closeMeeting(ctx, { meetingId: id })
    expect(meeting.state).toBe('closed')
    expect(await refusal(meetings.closeMeeting(ctx, { meetingId: id }))).toMatchObject({
      code: 'meeting_over',
    })
  })

  it('names who has not reported, and takes nothing to report by one press (R-053)', async () => {
    const desk = await openDesk()
    const { id } = await held(desk)
    const force = await desk.as('forceHq')
    const before = await meetings.readMeeting(force, id)
    expect(before.missing.map(({ role }) => role)).toContain('force_hq')
    expect(before.missing.map(({ role }) => role)).not.toContain('human_rights_officer')
    const after = await meetings.reportToMeeting(force, { meetingId: id, text: null })
    expect(after.missing.map(({ role }) => role)).not.toContain('force_hq')
    expect(
      await refusal(meetings.reportToMeeting(await desk.as('humanRights'), { meetingId: id, text: 'x' })),
    ).toMatchObject({ code: 'no_report_due' })
  })

  it('keeps what a post reported when nothing to report is pressed afterwards', async () => {
    const desk = await openDesk()
    const { id } = await held(desk)
    const force = await desk.as('forceHq')
    await meetings.reportToMeeting(force, { meetingId: id, text: 'Two robberies near the ford' })
    expect(await refusal(meetings.reportToMeeting(force, { meetingId: id, text: null }))).toMatchObject({
      code: 'reported_already',
    })
    const { reports } = await meetings.readMeeting(force, id)
    expect(reports.map(({ text }) => text)).toEqual(['Two robberies near the ford'])
  })

  it('holds no word of a human rights officer before they agree, and none after they took it back', async () => {
    const desk = await openDesk()
    const { id, ctx } = await held(desk)
    const message = written('humanRights', 'Two families saw it')
    const { entry } = await meetings.markMessage(ctx, { meetingId: id, message, mark: 'information' })
    expect(entry).toMatchObject({ state: 'asked', text: null })
    const own = await desk.as('humanRights')
    expect(
      await refusal(meetings.answerMark(ctx, { entryId: entry.id, agree: true, message })),
    ).toMatchObject({ code: 'not_found' })
    expect(await meetings.answerMark(own, { entryId: entry.id, agree: true, message })).toMatchObject({
      state: 'stands',
      text: 'Two families saw it',
    })
    expect(await meetings.answerMark(own, { entryId: entry.id, agree: false })).toMatchObject({ text: null })
    const events = await desk.store.read.events.ofRecord('meeting', id)
    const words = await Promise.all(events.map(({ seq }) => desk.store.read.events.words(seq)))
    expect(JSON.stringify(words)).not.toContain('Two families')
  })

  it('takes the mission’s own words at once, and each message once', async () => {
    const desk = await openDesk()
    const { id, ctx } = await held(desk)
    const message = written('forceHq', 'Two platoons are free')
    const first = await meetings.markMessage(ctx, { meetingId: id, message, mark: 'information' })
    const second = await meetings.markMessage(await desk.as('policeHq'), {
      meetingId: id,
      message,
      mark: 'dissent',
    })
    expect(first).toMatchObject({ isNew: true, entry: { state: 'stands' } })
    expect(second).toMatchObject({ isNew: false, entry: { kind: 'information' } })
  })

  it('lets only those who keep the group say what it decided', async () => {
    const desk = await openDesk()
    const { id } = await held(desk)
    const force = await desk.as('forceHq')
    expect(
      await refusal(meetings.sayInMeeting(force, { meetingId: id, kind: 'decision', text: 'We go' })),
    ).toMatchObject({ code: 'not_allowed' })
    await meetings.sayInMeeting(force, { meetingId: id, kind: 'dissent', text: 'Too few troops for it' })
  })

  it('tells each who brought something in whether it was taken up, and asks why not (R-066)', async () => {
    const desk = await openDesk()
    const { id, ctx } = await held(desk)
    await meetings.sayInMeeting(await desk.as('forceHq'), {
      meetingId: id,
      kind: 'point',
      text: 'The bridge',
    })
    await meetings.moveMeeting(ctx, { meetingId: id, move: 'open' })
    await meetings.sayInMeeting(ctx, { meetingId: id, kind: 'decision', text: 'Patrol the ford' })
    expect(await refusal(meetings.closeMeeting(ctx, { meetingId: id }))).toMatchObject({ field: 'notUsed' })
    await desk.said()
    await meetings.closeMeeting(ctx, { meetingId: id, notUsed: 'The engineers must see it first' })
    const told = (await desk.said()).filter(({ kind }) => kind === 'meeting.answered')
    expect(told.map(({ target }) => target)).toEqual([who.forceHq])
  })

  it('writes attendance down by post and grade, and of nobody without one (R-054)', async () => {
    const desk = await openDesk()
    const { id, ctx } = await held(desk)
    const facts = await meetings.recordAttendance(ctx, { meetingId: id, grades: { force_hq: 'alternate' } })
    expect(facts.attendance.map(({ post, grade }) => `${post} ${grade}`)).toEqual(['force_hq alternate'])
    for (const post of ['un_agency', 'ngo', 'oversight'])
      expect(
        await refusal(meetings.recordAttendance(ctx, { meetingId: id, grades: { [post]: 'holder' } })),
      ).toMatchObject({ code: 'unknown_term' })
  })

  it('keeps the readers of its own day: who accepts later reads the next one', async () => {
    const desk = await openDesk()
    const { id, forum } = await held(desk)
    await forums.answerInvite(await desk.as('ocha'), {
      forumId: forum.id,
      who: 'un_agency',
      answer: 'accepted',
    })
    expect(await refusal(meetings.readMeeting(await desk.as('unhcr'), id))).toMatchObject({
      code: 'not_found',
    })
  })
})

describe('an agenda', () => {
  it('shows a reader of it nothing they may not read: an alert of partners alone, a decision of another group', async () => {
    const desk = await openDesk()
    const { alert } = await desk.raise()
    await desk.pass(3 * HOUR)
    const { forum } = await held(desk)
    const facts = await forums.readForum(desk.system, forum.id)
    const codes = async (name: Who) =>
      (await agendaFor(desk.system, facts, actorAsReader(await desk.as(name))!)).map(({ code }) => code)
    expect(await codes('forceHq')).toContain(alert.code)
    expect(await codes('unhcr')).not.toContain(alert.code)
  })
})

describe('what a group decided', () => {
  it('waits for the post that decided until that post, or who keeps the group, says that it was carried out', async () => {
    const desk = await openDesk()
    const { forum, id, ctx } = await held(desk)
    await meetings.moveMeeting(ctx, { meetingId: id, move: 'open' })
    const say = (kind: string, text: string, decider?: string) =>
      meetings.sayInMeeting(ctx, { meetingId: id, kind, text, ...(decider ? { decider } : {}) })
    await say('decision', 'Patrol the ford', 'force_hq')
    await say('action', 'Ask for water')
    const waits = async (name: Who) =>
      (await meetings.waitingForums(await desk.as(name))).entries.map(({ entry }) => entry.text)
    const shown = async (name: Who) => {
      const as = await desk.as(name)
      const open = await meetings.openEntriesOf(as, await forums.readForum(as, forum.id))
      return open.map(({ entry, own }) => [entry.text, own])
    }
    expect(await waits('forceHq')).toEqual(['Patrol the ford'])
    expect(await waits('policeHq')).toEqual([])
    expect(await waits('pocAdviser')).toEqual(['Ask for water'])
    expect(await shown('policeHq')).toEqual([
      ['Patrol the ford', false],
      ['Ask for water', false],
    ])
    expect(await shown('forceHq')).toEqual([
      ['Patrol the ford', true],
      ['Ask for water', false],
    ])
    const { entries } = await meetings.readMeeting(ctx, id)
    const police = await desk.as('policeHq')
    expect(await refusal(meetings.entryDone(police, entries[0]!.id))).toMatchObject({ code: 'not_allowed' })
    await meetings.entryDone(await desk.as('forceHq'), entries[0]!.id)
    expect(await waits('forceHq')).toEqual([])
    expect(await shown('joc')).toEqual([['Ask for water', true]])
  })
})

describe('what groups wait for, of one person', () => {
  it('is a report within a day, an invitation of their side that is not answered, and nothing they answered', async () => {
    const desk = await openDesk()
    const { forum, id } = await held(desk)
    const waits = async (name: Who) => meetings.waitingForums(await desk.as(name))
    expect((await waits('forceHq')).reports.map(({ meeting }) => meeting.id)).toEqual([id])
    expect((await waits('humanRights')).reports).toEqual([])
    await meetings.reportToMeeting(await desk.as('forceHq'), { meetingId: id, text: null })
    expect((await waits('forceHq')).reports).toEqual([])

    expect((await waits('ocha')).invites.map(each => each.who)).toEqual([['ngo', 'un_agency']])
    expect((await waits('joc')).invites).toEqual([])
    const ocha = await desk.as('ocha')
    for (const guest of ['un_agency', 'ngo'])
      await forums.answerInvite(ocha, { forumId: forum.id, who: guest, answer: 'declined' })
    expect((await waits('ocha')).invites).toEqual([])
  })

  it('is no report to a meeting that is days away', async () => {
    const desk = await openDesk()
    const ctx = await desk.as('joc')
    const { forum } = await forums.makeForum(ctx, { kind: 'working_group' })
    await meetings.planMeeting(ctx, { forumId: forum.id, at: desk.clock.now() + 3 * DAY })
    expect((await meetings.waitingForums(await desk.as('forceHq'))).reports).toEqual([])
  })
})

describe('a group whose work another does', () => {
  it('keeps its readers: the host reads nothing of a cluster’s history, and the cluster has it all back (R-055, F-15)', async () => {
    const desk = await openDesk()
    const { forum: cluster, id, ctx: ocha } = await held(desk, 'protection_cluster', 'ocha')
    await meetings.moveMeeting(ocha, { meetingId: id, move: 'open' })
    await meetings.sayInMeeting(ocha, { meetingId: id, kind: 'decision', text: 'Map the camps' })
    await meetings.closeMeeting(ocha, { meetingId: id })
    const { forum: host } = await held(desk)

    const hosted = await forums.hostForum(ocha, {
      ...{ forumId: cluster.id, hostId: host.id, why: 'International staff may not come' },
    })
    expect(hosted.forum.state).toBe('hosted')
    const agenda = async (name: Who) =>
      (
        await agendaFor(
          desk.system,
          await forums.readForum(desk.system, host.id),
          actorAsReader(await desk.as(name))!,
        )
      )
        .filter(({ kind }) => kind === 'decision')
        .map(({ text }) => text)
    expect(await agenda('ocha')).toEqual(['Map the camps'])
    expect(await agenda('joc')).toEqual([])
    expect(await refusal(meetings.readMeeting(await desk.as('joc'), id))).toMatchObject({ code: 'not_found' })
    expect(
      await refusal(meetings.planMeeting(ocha, { forumId: cluster.id, at: desk.clock.now() + DAY })),
    ).toMatchObject({
      code: 'forum_over',
    })

    const back = await forums.returnForum(ocha, cluster.id)
    expect(back.forum).toMatchObject({ state: 'active', holder: 'un_agency' })
    expect((await meetings.readMeeting(ocha, id)).meeting.audience).toEqual(['un_agency'])
    expect(await agenda('ocha')).toEqual([])
  })
})
