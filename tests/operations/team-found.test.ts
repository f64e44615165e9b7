import { describe, expect, it } from 'vitest'
import { createLocales } from '../../src/locales/index.ts'
import { applyRetention } from '../../src/operations/retention.ts'
import { task } from '../../src/operations/tasking.ts'
import { presenceDays } from '../../src/operations/team/list.ts'
import * as teams from '../../src/operations/team.ts'
import { teamLine } from '../../src/views/team/lines.ts'
import { DAY, type Desk, HOUR, openDesk, refusal, refusalCode, type Who, who } from '../support/operations.ts'
import { now, out, proposed, ready } from '../support/teams.ts'

async function reportedTeam(desk: Desk, change: Partial<teams.ProposeInput> = {}) {
  const teamId = await out(desk, change)
  await teams.bringTeamBack(await desk.as('humanRights'), { teamId })
  return teams.reportTeam(await desk.as('dutyAlternate'), {
    teamId,
    situation: 'The market empties at four',
    needs: '"We want light and a patrol that stops"',
    recommendations: 'Patrols at dusk\nLight on the square',
  })
}

describe('what it found', () => {
  it('is filed by its lead, read by its members, and a dissent stays beside it', async () => {
    const desk = await openDesk()
    const { team } = await reportedTeam(desk)
    const teamId = team.id
    await teams.reviewReport(await desk.as('humanRights'), {
      teamId,
      verdict: 'dissents',
      words: 'It empties at two',
    })
    await teams.reportTeam(await desk.as('dutyAlternate'), {
      teamId,
      situation: 'The market empties at two',
      recommendations: 'Patrols at dusk',
    })
    const { reviews, report, recommendations } = await now(desk, teamId)
    const lead = await desk.id('dutyAlternate')
    expect(
      reviews.map(({ personId, verdict, version, words }) => [personId, verdict, version, words]),
    ).toEqual(
      expect.arrayContaining([
        [lead, 'agrees', 2, null],
        [await desk.id('humanRights'), 'dissents', 1, 'It empties at two'],
      ]),
    )
    expect(report!.version).toBe(2)
    expect(recommendations.map(({ row }) => row.words)).toEqual(['Patrols at dusk'])
  })

  it('of an investigation is for human rights and its members', async () => {
    const desk = await openDesk()
    const { team } = await reportedTeam(desk, { kind: 'investigation' })
    const sees = async (name: Who) => (await teams.readTeam(await desk.as(name), team.id)).shown.findings
    expect(await sees('humanRights')).toBe(true)
    expect(await sees('dutyAlternate')).toBe(true)
    for (const name of ['head', 'joc', 'company', 'pocAdviser'] as const)
      expect([name, await sees(name)]).toEqual([name, false])
    const locales = createLocales('UTC', ['en'])
    const told = async (name: Who) => {
      const { facts, shown } = await teams.readTeam(await desk.as(name), team.id)
      const view = { words: locales.words('en'), mission: desk.mission, now: desk.clock.now() }
      return teamLine(view, facts, shown, 'reported')?.text
    }
    expect(await told('dutyAlternate')).toMatch(/wait for a decision/)
    expect(await told('head')).toMatch(/its lead decides/)
  })

  it('closes only once each recommendation became a tasking, a request or a refusal with its reason', async () => {
    const desk = await openDesk()
    const facts = await reportedTeam(desk)
    const teamId = facts.team.id
    const [first, second] = facts.recommendations.map(({ row }) => row.id)
    const head = await desk.as('head')
    expect((await refusal(teams.closeTeam(head, { teamId }))).details.count).toBe(2)
    await task(head, {
      origin: { kind: 'jpt', id: first! },
      to: 'sector_operations@north',
      result: 'Patrols stop at the market at dusk',
      tier: 2,
      dueAt: desk.clock.now() + 3 * DAY,
    })
    expect(
      await refusal(teams.refuseRecommendation(head, { recommendationId: second!, reason: ' ' })),
    ).toMatchObject({
      code: 'text_missing',
      field: 'reason',
    })
    await teams.refuseRecommendation(head, {
      recommendationId: second!,
      reason: 'No generator in the sector',
    })
    const after = await now(desk, teamId)
    expect(after.recommendations.map(({ state }) => state)).toEqual(['requested', 'refused'])
    expect(after.standing).toBe('followed_up')
    await teams.closeTeam(head, { teamId })
    expect((await now(desk, teamId)).team.state).toBe('closed')
  })

  it('is asked about later: what changed, and reprisals of one person whose answer human rights alone read', async () => {
    const desk = await openDesk()
    const { team } = await reportedTeam(desk)
    await desk.said()
    await desk.pass(61 * DAY)
    const { questions } = await now(desk, team.id)
    expect(questions.map(({ kind, days }) => `${kind} ${days}`)).toEqual([
      'reprisal 7',
      'change 30',
      'reprisal 30',
      'change 60',
    ])
    const [reprisal, change] = questions
    const lead = await desk.as('dutyAlternate')
    expect(await refusalCode(teams.readTeamQuestion(await desk.as('head'), reprisal!.id))).toBe('not_found')
    await desk.said()
    await teams.answerTeamQuestion(lead, {
      questionId: reprisal!.id,
      answer: 'feared',
      words: 'Two traders left',
    })
    const cards = (await desk.said())
      .filter(({ data }) => data.record === 'team_question')
      .map(({ target }) => target)
    expect(cards).toContain(who.humanRights)
    await teams.answerTeamQuestion(lead, {
      questionId: change!.id,
      answer: 'better',
      words: 'The market stays open',
    })
    expect(
      await refusalCode(
        teams.answerTeamQuestion(lead, { questionId: change!.id, answer: 'same', words: 'x' }),
      ),
    ).toBe('already_done')
  })

  it('is left as a note for the next team to the same place', async () => {
    const desk = await openDesk()
    const { team } = await reportedTeam(desk)
    await teams.leaveTeamNote(await desk.as('humanRights'), {
      teamId: team.id,
      words: 'Greet the market elder first',
    })
    const next = await proposed(desk, { hotspotId: team.hotspotId })
    const notes = await teams.readTeamNotes(await desk.as('head'), next.team.id)
    expect(notes.map(({ words }) => words)).toEqual(['Greet the market elder first'])
  })
})

describe('the whole of teams', () => {
  it('shows somebody on two teams and two teams at one place in the same days, to those who see both', async () => {
    const desk = await openDesk()
    const first = await ready(desk)
    const second = await ready(desk, { hotspotId: first.hotspot.id })
    const { shown } = await teams.readTeam(await desk.as('head'), second.team.id)
    expect(shown.overlaps.teams).toEqual([first.team.code])
    expect(shown.overlaps.people.map(({ code }) => code)).toEqual([first.team.code, first.team.code])
    expect((await teams.readTeam(await desk.as('company'), second.team.id)).shown.overlaps.teams).toEqual([])
  })

  it('is counted: time to departure, recommendations, days of presence by place and section', async () => {
    const desk = await openDesk()
    await reportedTeam(desk)
    const figures = await teams.teamFigures(await desk.as('joc'))
    expect(figures).toMatchObject({ proposed: 1, went: 1, recommendations: 2, decided: 0 })
    expect(figures.toDeparture).toBe(DAY)
    expect(figures.presence.map(({ section }) => section).sort()).toEqual(['Civil affairs', 'Human rights'])
  })

  it('of which there is nothing sends no file, and a file with lines comes once', async () => {
    const desk = await openDesk()
    const asked = async (name: Who, file: string) => {
      await desk.said()
      const sent = await teams.requestTeamFile(await desk.as(name), { file })
      return [sent, (await desk.said()).filter(({ kind }) => kind === 'team.file').length]
    }
    for (const file of ['csv', 'ics', 'presence'])
      expect([file, await asked('head', file)]).toEqual([file, [false, 0]])
    await out(desk)
    expect(await asked('head', 'csv')).toEqual([true, 1])
    expect(await asked('head', 'ics')).toEqual([true, 1])
    // Their movements are not seen by the company, so its calendar would be empty.
    expect(await asked('company', 'ics')).toEqual([false, 0])
  })

  it('a day on which somebody was there twice is one day of presence', () => {
    const noon = Date.UTC(2026, 10, 24, 12)
    const visits = [
      { from: noon, to: noon + HOUR },
      { from: noon + 2 * HOUR, to: noon + DAY },
    ]
    expect(presenceDays(visits, 'UTC', 0, noon + 9 * DAY)).toBe(2)
  })

  it('waits for each whose turn it is, and for nobody else', async () => {
    const desk = await openDesk()
    const { team } = await proposed(desk)
    const waits = async (name: Who) => (await teams.waitingTeams(await desk.as(name))).map(({ why }) => why)
    expect(await waits('head')).toEqual(['decide'])
    expect(await waits('humanRights')).toEqual([])
    await teams.takeUpTeam(await desk.as('head'), { teamId: team.id })
    expect(await waits('head')).toEqual([])
    expect(await waits('humanRights')).toEqual(['section'])
  })

  it('keeps no words once it has been closed for as long as the mission keeps them', async () => {
    const desk = await openDesk()
    const facts = await reportedTeam(desk)
    const head = await desk.as('head')
    for (const { row } of facts.recommendations)
      await teams.refuseRecommendation(head, { recommendationId: row.id, reason: 'No means' })
    await teams.closeTeam(head, { teamId: facts.team.id })
    await desk.away(desk.mission.retention.alerts + DAY)
    await applyRetention(desk.system)
    const after = await now(desk, facts.team.id)
    expect(after.team).toMatchObject({ state: 'closed', why: '' })
    expect(JSON.stringify([after.report, after.recommendations, after.lines, after.acts])).not.toMatch(
      /market|SC-114|dusk|No means/,
    )
    expect((await desk.store.read.events.verify()).ok).toBe(true)
  })
})
