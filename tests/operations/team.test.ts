import { describe, expect, it } from 'vitest'
import * as teams from '../../src/operations/team.ts'
import { DAY, HOUR, openDesk, refusal, refusalCode, type Who, who } from '../support/operations.ts'
import { now, out, place, proposed, ready } from '../support/teams.ts'

describe('proposing', () => {
  it('tells whoever decides for the place and nobody else, gives its author the card, once per form', async () => {
    const desk = await openDesk()
    const hotspot = await place(desk)
    await desk.said()
    const first = await proposed(desk, { hotspotId: hotspot.id, requestKey: 'V1' })
    const cards = (await desk.said()).filter(({ data }) => data.record === 'team').map(({ target }) => target)
    expect(cards).toEqual([who.pocAdviser, 'C0POCNORTH', who.head])
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
    expect((await answer('humanRights', { people: [{ userId: who.company }] })).code).toBe('not_of_section')
    expect(await answer('humanRights', { people: [] })).toMatchObject({
      code: 'section_unanswered',
      field: 'reason',
    })
  })

  it('is asked with the days it is planned for and whom the section could send, which others do not read', async () => {
    const desk = await openDesk()
    const { team } = await proposed(desk, {
      kind: 'humanitarian_visit',
      answers: { visibility: 'Seen as one' },
    })
    const sees = async (name: Who) => {
      const { shown } = await teams.readTeam(await desk.as(name), team.id)
      return [shown.days, shown.movements, [...shown.people.keys()]]
    }
    expect(await sees('humanRights')).toEqual([false, false, []])
    await teams.takeUpTeam(await desk.as('head'), { teamId: team.id })
    expect(await sees('humanRights')).toEqual([true, false, ['human_rights']])
    // Whoever may join by one press reads the days, invited by name or not.
    for (const name of ['ocha', 'ngo'] as const)
      expect([name, await sees(name)]).toEqual([name, [true, false, []]])
    expect(await sees('pocAdviser')).toEqual([true, true, []])
    expect(await sees('company')).toEqual([false, false, []])
    await teams.answerSection(await desk.as('humanRights'), {
      teamId: team.id,
      section: 'human_rights',
      people: [],
      reason: 'All are at the hearing',
    })
    expect(await sees('humanRights')).toEqual([true, false, []])
    await teams.cancelTeam(await desk.as('head'), { teamId: team.id, reason: 'The road is mined' })
    expect(await sees('humanRights')).toEqual([false, false, []])
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
    const { free } = await teams.suggestPeople(await desk.as('dutyAlternate'), team.id, 'civil_affairs')
    expect(free[0]).toMatchObject({
      person: { userId: who.dutyAlternate },
      skills: ['mediation'],
      languages: ['karan'],
      woman: true,
    })
    expect(free.map(({ person }) => person.userId)).toContain(who.liaison)
    expect(await refusalCode(teams.suggestPeople(await desk.as('police'), team.id, 'civil_affairs'))).toBe(
      'not_allowed',
    )
    await out(desk, { hotspotId: team.hotspotId })
    const later = await teams.suggestPeople(await desk.as('dutyAlternate'), team.id, 'civil_affairs')
    expect(later.free.map(({ person }) => person.userId)).not.toContain(who.dutyAlternate)
    expect(later.taken.map(({ userId }) => userId)).toEqual([who.dutyAlternate])
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
      code: 'waiver_unexplained',
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
