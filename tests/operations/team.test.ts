import { describe, expect, it } from 'vitest'
import { createHotspot, readHotspot } from '../../src/operations/hotspot.ts'
import { applyRetention } from '../../src/operations/retention.ts'
import { task } from '../../src/operations/tasking.ts'
import { teamFacts } from '../../src/operations/team/facts.ts'
import { presenceDays } from '../../src/operations/team/list.ts'
import * as teams from '../../src/operations/team.ts'
import {
  DAY,
  type Desk,
  HOUR,
  MINUTE,
  openDesk,
  refusal,
  refusalCode,
  type Who,
  who,
} from '../support/operations.ts'

const dayOf = (desk: Desk, ahead: number) =>
  new Date(desk.clock.now() + ahead * DAY).toISOString().slice(0, 10)

async function place(desk: Desk) {
  const { hotspot } = await createHotspot(await desk.as('pocAdviser'), {
    name: 'Karamba market',
    place: { id: 'karamba-market' },
    kind: 'market',
    threats: ['armed_attack'],
  })
  return hotspot
}

async function proposed(desk: Desk, change: Partial<teams.ProposeInput> = {}, by: Who = 'pocAdviser') {
  return teams.proposeTeam(await desk.as(by), {
    kind: 'protection_team',
    hotspotId: change.hotspotId ?? (await place(desk)).id,
    why: 'Traders say that men come at night',
    from: dayOf(desk, 1),
    to: dayOf(desk, 3),
    sections: ['civil_affairs', 'human_rights', 'police'],
    ...change,
  })
}

const now = async (desk: Desk, teamId: string) =>
  teamFacts(desk.store.read, desk.mission, desk.clock.now(), (await desk.store.read.teams.byId(teamId))!)

/** A team that lacks nothing. */
async function ready(desk: Desk, change: Partial<teams.ProposeInput> = {}) {
  const { team } = await proposed(desk, change)
  const teamId = team.id
  await teams.takeUpTeam(await desk.as('head'), { teamId })
  await teams.answerSection(await desk.as('dutyAlternate'), {
    teamId,
    section: 'civil_affairs',
    people: [{ userId: who.dutyAlternate }],
  })
  await teams.answerSection(await desk.as('humanRights'), {
    teamId,
    section: 'human_rights',
    people: [{ userId: who.humanRights }],
  })
  await teams.answerSection(await desk.as('police'), {
    teamId,
    section: 'police',
    people: [],
    reason: 'Both officers are on leave',
  })
  return teams.clearTeam(await desk.as('head'), {
    teamId,
    lead: await desk.id('dutyAlternate'),
    departAt: desk.clock.now() + DAY,
    returnAt: desk.clock.now() + 3 * DAY,
    lines: {
      security: { words: 'SC-114' },
      transport: { words: 'Two cars, Battalion North escorts' },
      casevac: { words: 'Helicopter from Karamba' },
    },
  })
}

/** A team that left. */
async function out(desk: Desk, change: Partial<teams.ProposeInput> = {}) {
  const { team } = await ready(desk, change)
  await teams.letTeamGo(await desk.as('head'), { teamId: team.id })
  await desk.pass(DAY)
  return team.id
}

describe('proposing', () => {
  it('tells whoever decides for the place and nobody else, once per form', async () => {
    const desk = await openDesk()
    const hotspot = await place(desk)
    await desk.said()
    const first = await proposed(desk, { hotspotId: hotspot.id, requestKey: 'V1' })
    const cards = (await desk.said()).filter(({ data }) => data.record === 'team').map(({ target }) => target)
    expect(cards).toEqual(['C0POCNORTH', who.head])
    expect((await proposed(desk, { hotspotId: hotspot.id, requestKey: 'V1' })).team.id).toBe(first.team.id)
  })

  it('by whoever decides asks the sections at once', async () => {
    const desk = await openDesk()
    const { team } = await proposed(desk, {}, 'head')
    expect(team.state).toBe('composing')
  })

  it.each([
    [{ kind: 'picnic' }, 'unknown_term', 'kind'],
    [{ why: ' ' }, 'text_missing', 'why'],
    [{ sections: ['kitchen'] }, 'unknown_term', 'sections'],
    [{ from: '2020-01-01' }, 'time_past', 'from'],
    [{ from: '2027-12-01', to: '2027-12-02' }, 'time_too_far', 'from'],
    [{ kind: 'humanitarian_visit' }, 'text_missing', 'answer_visibility'],
  ])('is refused with %j: %s beside %s', async (change, code, field) => {
    const desk = await openDesk()
    expect(await refusal(proposed(desk, change))).toMatchObject({ code, field })
  })

  it('of a kind that takes no humanitarians is not theirs to propose', async () => {
    const desk = await openDesk()
    expect(await refusalCode(proposed(desk, {}, 'ocha'))).toBe('wrong_side')
  })

  it('is declined with a reason its author reads, or called off by the author', async () => {
    const desk = await openDesk()
    const { team } = await proposed(desk)
    expect(
      await refusalCode(teams.declineTeam(await desk.as('duty'), { teamId: team.id, reason: 'No' })),
    ).toBe('not_allowed')
    const after = await teams.declineTeam(await desk.as('head'), {
      teamId: team.id,
      reason: 'The road is mined',
    })
    expect(after.team).toMatchObject({ state: 'declined', reason: 'The road is mined' })
    expect(await refusalCode(teams.takeUpTeam(await desk.as('head'), { teamId: team.id }))).toBe(
      'already_done',
    )
  })
})

describe('who goes', () => {
  it('is said by each section for itself, and one that sends nobody stays listed', async () => {
    const desk = await openDesk()
    const { sections, members } = await ready(desk)
    expect(sections.map(({ section, state }) => `${section} ${state}`)).toEqual([
      'civil_affairs confirmed',
      'human_rights confirmed',
      'police none',
    ])
    expect(members).toHaveLength(2)
  })

  it('is not said by others, nor of others’ people, nor without a reason for nobody', async () => {
    const desk = await openDesk()
    const { team } = await proposed(desk, {}, 'head')
    const answer = async (by: Who, change: object) =>
      refusal(
        teams.answerSection(await desk.as(by), {
          teamId: team.id,
          section: 'human_rights',
          people: [{ userId: who.humanRights }],
          ...change,
        }),
      )
    expect((await answer('police', {})).code).toBe('not_allowed')
    expect((await answer('humanRights', { people: [{ userId: who.company }] })).code).toBe('accountable_left')
    expect(await answer('humanRights', { people: [] })).toMatchObject({
      code: 'text_missing',
      field: 'reason',
    })
  })

  it('of humanitarians is decided by each of them alone, and a visit does not go without one', async () => {
    const desk = await openDesk()
    const { team } = await ready(desk, {
      kind: 'humanitarian_visit',
      answers: { visibility: 'Seen as one with the force' },
    })
    const teamId = team.id
    const go = async (waive: string[]) =>
      refusalCode(teams.letTeamGo(await desk.as('head'), { teamId, waive, reason: 'They would have come' }))
    expect(await go(['opt_in'])).toBe('team_held_back')
    expect(await refusalCode(teams.joinTeam(await desk.as('head'), { teamId, joins: true }))).toBe(
      'only_humanitarian',
    )
    await teams.joinTeam(await desk.as('ocha'), { teamId, joins: true, guest: '' })
    expect((await now(desk, teamId)).heldBack).toEqual([])
    await teams.joinTeam(await desk.as('ocha'), { teamId, joins: false })
    expect((await now(desk, teamId)).heldBack).toEqual(['opt_in'])
  })

  it('is suggested from the section’s own free people, by what they say of themselves', async () => {
    const desk = await openDesk()
    await teams.setTeamProfile(await desk.as('dutyAlternate'), {
      gender: 'woman',
      languages: ['karan'],
      skills: ['mediation'],
    })
    const { team } = await proposed(desk, { skills: ['mediation'], languages: ['karan'] }, 'head')
    const { suggested } = await teams.suggestPeople(await desk.as('dutyAlternate'), team.id, 'civil_affairs')
    expect(suggested[0]).toMatchObject({
      person: { userId: who.dutyAlternate },
      skills: ['mediation'],
      languages: ['karan'],
      woman: true,
    })
    expect(suggested.map(({ person }) => person.userId)).toContain(who.liaison)
    expect(await refusalCode(teams.suggestPeople(await desk.as('police'), team.id, 'civil_affairs'))).toBe(
      'not_allowed',
    )
    await out(desk, { hotspotId: team.hotspotId })
    const later = await teams.suggestPeople(await desk.as('dutyAlternate'), team.id, 'civil_affairs')
    expect(later.suggested.map(({ person }) => person.userId)).not.toContain(who.dutyAlternate)
  })
})

describe('going', () => {
  it('waits for every line, and each is waived by name with a reason', async () => {
    const desk = await openDesk()
    const { team } = await proposed(desk, {}, 'head')
    const teamId = team.id
    const head = await desk.as('head')
    await teams.clearTeam(head, {
      teamId,
      departAt: desk.clock.now() + HOUR,
      returnAt: desk.clock.now() + DAY,
      lines: {},
    })
    expect((await refusal(teams.letTeamGo(head, { teamId }))).details.what).toEqual([
      'security',
      'transport',
      'casevac',
      'lead',
      'least_sections',
    ])
    const waive = ['security', 'transport', 'casevac', 'lead', 'least_sections']
    expect(await refusal(teams.letTeamGo(head, { teamId, waive }))).toMatchObject({
      code: 'text_missing',
      field: 'reason',
    })
    const gone = await teams.letTeamGo(head, { teamId, waive, reason: 'An hour by road, and back' })
    expect(gone.waivers.map(({ what, role }) => `${what} ${role}`)).toContain('security head_of_office@north')
    expect(gone.team.state).toBe('out')
  })

  it('is let by nobody but whoever decides, and movements are seen by those alone whose business they are', async () => {
    const desk = await openDesk()
    const { team } = await ready(desk)
    expect(await refusalCode(teams.letTeamGo(await desk.as('pocAdviser'), { teamId: team.id }))).toBe(
      'not_allowed',
    )
    await teams.letTeamGo(await desk.as('head'), { teamId: team.id })
    const sees = async (name: Who) => (await teams.readTeam(await desk.as(name), team.id)).shown.movements
    for (const name of ['joc', 'sectorHq', 'dutyAlternate', 'humanRights', 'head'] as const)
      expect([name, await sees(name)]).toEqual([name, true])
    for (const name of ['company', 'battalion', 'police', 'duty', 'liaison'] as const)
      expect([name, await sees(name)]).toEqual([name, false])
    expect(await teams.listTeams(await desk.as('battalion'), 'out')).toEqual([])
    expect(await teams.listTeams(await desk.as('joc'), 'out')).toHaveLength(1)
    expect(await refusalCode(teams.readTeam(await desk.as('ngo'), team.id))).toBe('not_found')
  })

  it('puts the dates into its members’ calendars', async () => {
    const desk = await openDesk()
    const { team } = await ready(desk)
    await desk.said()
    await teams.letTeamGo(await desk.as('head'), { teamId: team.id })
    const files = (await desk.said()).filter(({ kind }) => kind === 'team.file').map(({ target }) => target)
    expect(files.sort()).toEqual([who.dutyAlternate, who.humanRights].sort())
  })
})

describe('a team that is out', () => {
  it('is asked at the agreed hours; one that is missed is told to the radio room first, then to those above', async () => {
    const desk = await openDesk()
    const teamId = await out(desk)
    const { awaited } = await now(desk, teamId)
    await desk.said()
    await desk.pass(awaited!.at - desk.clock.now())
    const lines = async () =>
      (await desk.said())
        .filter(({ kind }) => kind === 'team.line')
        .map(({ target, data }) => `${data.line}@${target}`)
    expect(await lines()).toEqual([`ask_check_in@${who.dutyAlternate}`])
    await desk.pass(30 * MINUTE)
    expect((await now(desk, teamId)).standing).toBe('overdue')
    expect(await lines()).toContain(`missed@${who.joc}`)
    await desk.pass(15 * MINUTE)
    expect(await lines()).toContain(`missed@${who.sectorHq}`)
    await desk.pass(15 * MINUTE)
    expect(await lines()).toContain(`missed@${who.head}`)
    await teams.checkIn(await desk.as('joc'), { teamId, means: 'radio', words: 'A flat tyre' })
    expect((await lines()).toSorted()).toEqual([`heard@${who.head}`, `heard@${who.sectorHq}`])
    const after = await now(desk, teamId)
    expect(after.standing).toBe('out')
    expect(after.awaited!.at).toBeGreaterThan(awaited!.at)
  })

  it('tells the next post at once where nobody stands the one whose turn it is', async () => {
    const desk = await openDesk()
    const teamId = await out(desk)
    await desk.vacate('joc_watch', null)
    const { awaited } = await now(desk, teamId)
    await desk.said()
    await desk.pass(awaited!.at - desk.clock.now() + 30 * MINUTE)
    const told = (await desk.said()).filter(({ data }) => data.line === 'missed').map(({ target }) => target)
    expect(told).toEqual([who.sectorHq])
  })

  it('is heard of by its members and, by radio, by the room alone', async () => {
    const desk = await openDesk()
    const teamId = await out(desk)
    expect(await refusalCode(teams.checkIn(await desk.as('head'), { teamId }))).toBe('not_allowed')
    expect(await refusalCode(teams.checkIn(await desk.as('humanRights'), { teamId, means: 'radio' }))).toBe(
      'not_allowed',
    )
    expect(await refusalCode(teams.checkIn(await desk.as('joc'), { teamId }))).toBe('not_allowed')
    await teams.checkIn(await desk.as('humanRights'), { teamId })
  })

  it('stays longer with a reason, and its return is watched anew', async () => {
    const desk = await openDesk()
    const teamId = await out(desk)
    const returnAt = desk.clock.now() + 5 * DAY
    await teams.extendTeam(await desk.as('dutyAlternate'), { teamId, returnAt, reason: 'The bridge is down' })
    expect((await now(desk, teamId)).team).toMatchObject({ returnAt, moved: 1 })
    await desk.pass(4 * DAY)
    await teams.checkIn(await desk.as('dutyAlternate'), { teamId })
    await desk.pass(DAY - HOUR)
    await teams.checkIn(await desk.as('dutyAlternate'), { teamId })
    expect((await now(desk, teamId)).awaited!.kind).toBe('return')
  })

  it('is watched over a restart: what an outage let pass is told when it is over', async () => {
    const desk = await openDesk()
    const teamId = await out(desk)
    await desk.said()
    await desk.away(2 * DAY)
    const told = (await desk.said()).filter(({ data }) => data.line === 'missed').map(({ target }) => target)
    expect(told).toEqual([who.joc, who.sectorHq, who.head, who.leadership])
    expect((await now(desk, teamId)).standing).toBe('overdue')
  })

  it('once back counts as presence of each section, and owes its report', async () => {
    const desk = await openDesk()
    const teamId = await out(desk)
    await desk.pass(2 * HOUR)
    const { team, hotspot } = await teams.bringTeamBack(await desk.as('humanRights'), { teamId })
    expect(team.reportDueAt).toBe(desk.clock.now() + 5 * DAY)
    const { visits } = await readHotspot(await desk.as('pocAdviser'), hotspot.id)
    expect(visits.map(({ section }) => section).sort()).toEqual(['Civil affairs', 'Human rights'])
    await desk.said()
    await desk.pass(5 * DAY)
    const reminded = (await desk.said()).filter(({ kind }) => kind === 'reminder').map(({ target }) => target)
    expect(new Set(reminded)).toEqual(new Set([who.dutyAlternate]))
  })
})

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
    expect(reviews.map(({ words }) => words)).toEqual(['It empties at two'])
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
