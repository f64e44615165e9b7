/** Teams where something is amiss: a lead who left, times that cannot be, sections that stay silent. */
import { expect, it } from 'vitest'
import type { Reader } from '../../src/domain/sharing.ts'
import { createLocales } from '../../src/locales/index.ts'
import { actorAsReader } from '../../src/operations/alert/reading.ts'
import { planFor } from '../../src/operations/hotspot/plan.ts'
import { endAccess } from '../../src/operations/leaving.ts'
import { task } from '../../src/operations/tasking.ts'
import { teamsAt } from '../../src/operations/team/at-place.ts'
import * as teams from '../../src/operations/team.ts'
import { teamCard } from '../../src/views/team/card.ts'
import { DAY, type Desk, HOUR, openDesk, refusal, refusalCode, type Who, who } from '../support/operations.ts'
import { proposed } from '../support/teams.ts'

const answer = async (desk: Desk, teamId: string, section: string, by: Who) =>
  teams.answerSection(await desk.as(by), { teamId, section, people: [{ userId: who[by] }] })

/** A team of civil affairs, who lead it, and human rights; the police stay silent. */
async function out(desk: Desk, kind?: string) {
  const { team } = await proposed(desk, kind ? { kind } : {}, 'head')
  const { id: teamId, hotspotId } = team
  await answer(desk, teamId, 'civil_affairs', 'dutyAlternate')
  await answer(desk, teamId, 'human_rights', 'humanRights')
  await teams.clearTeam(await desk.as('head'), {
    teamId,
    lead: await desk.id('dutyAlternate'),
    departAt: desk.clock.now() + HOUR,
    returnAt: desk.clock.now() + 3 * DAY,
    lines: {
      security: { words: 'SC-114' },
      transport: { words: 'Two cars' },
      casevac: { words: 'Helicopter from Karamba' },
    },
  })
  await teams.letTeamGo(await desk.as('head'), { teamId })
  await desk.pass(2 * HOUR)
  return { teamId, hotspotId }
}

async function reported(desk: Desk, kind?: string) {
  const { teamId, hotspotId } = await out(desk, kind)
  await teams.bringTeamBack(await desk.as('humanRights'), { teamId })
  const facts = await teams.reportTeam(await desk.as('dutyAlternate'), {
    teamId,
    situation: 'The market empties at four',
    recommendations: 'A patrol stops at dusk',
  })
  return { teamId, hotspotId, recommendationId: facts.recommendations[0]!.row.id }
}

async function cardFor(desk: Desk, name: Who, teamId: string): Promise<string> {
  const { facts, shown } = await teams.readTeam(await desk.as(name), teamId)
  const words = createLocales(desk.mission.zone, ['en']).words('en')
  return JSON.stringify(teamCard({ mission: desk.mission, words, now: desk.clock.now() }, facts, shown))
}

it('a team whose lead left the mission is answered for, and reported, by those who went with them', async () => {
  const desk = await openDesk()
  const { teamId } = await out(desk)
  const rights = await desk.as('humanRights')
  expect(
    await refusalCode(
      teams.extendTeam(rights, { teamId, returnAt: desk.clock.now() + 5 * DAY, reason: 'x' }),
    ),
  ).toBe('not_allowed')
  await endAccess(await desk.as('joc'), { personId: await desk.id('dutyAlternate') })
  await teams.bringTeamBack(rights, { teamId })
  expect((await teams.waitingTeams(rights)).map(({ why }) => why)).toContain('report')
  const after = await teams.reportTeam(rights, { teamId, situation: 'The market empties at four' })
  expect(after.team.state).toBe('reported')
})

it('a lead who left before it goes holds it back, as where nobody leads it', async () => {
  const desk = await openDesk()
  const { team } = await proposed(desk, {}, 'head')
  const teamId = team.id
  const { members } = await answer(desk, teamId, 'civil_affairs', 'dutyAlternate')
  const lead = members[0]!.person.id
  const head = await desk.as('head')
  await teams.clearTeam(head, { teamId, lead, lines: {} })
  await endAccess(await desk.as('joc'), { personId: lead })
  expect((await teams.heldBackFor(head, teamId)).waivable).toContain('lead')
  expect(await refusal(teams.clearTeam(head, { teamId, lead, lines: {} }))).toMatchObject({ field: 'lead' })
})

it.each([
  [{ departAt: -DAY, returnAt: DAY }, 'time_past', 'departAt'],
  [{ departAt: 2 * DAY, returnAt: DAY }, 'ends_before_start', 'returnAt'],
  [{ departAt: DAY, returnAt: 400 * DAY }, 'time_too_far', 'returnAt'],
  [{ hours: '25:00' }, 'hours_invalid', 'hours'],
])('what clears a team is refused with %j: %s beside %s', async (change, code, field) => {
  const desk = await openDesk()
  const { team } = await proposed(desk, {}, 'head')
  const teamId = team.id
  const at = (ahead: unknown) => (typeof ahead === 'number' ? desk.clock.now() + ahead : null)
  const { departAt = null, returnAt = null, hours = null } = change as Record<string, unknown>
  const input = {
    teamId,
    lines: {},
    departAt: at(departAt),
    returnAt: at(returnAt),
    hours: hours as string | null,
  }
  expect(await refusal(teams.clearTeam(await desk.as('head'), input))).toMatchObject({ code, field })
})

it('a departure that has passed since it was set does not refuse what else is filled in', async () => {
  const desk = await openDesk()
  const { team } = await proposed(desk, {}, 'head')
  const teamId = team.id
  const departAt = desk.clock.now() + HOUR
  const times = { departAt, returnAt: desk.clock.now() + DAY }
  const head = await desk.as('head')
  await teams.clearTeam(head, { teamId, lines: {}, ...times })
  await desk.pass(2 * HOUR)
  const { lines } = await teams.clearTeam(head, {
    teamId,
    lines: { security: { words: 'SC-114' } },
    ...times,
  })
  expect(lines).toHaveLength(1)
})

it('“has not answered yet” stands beside a section only once somebody was asked and can still answer', async () => {
  const desk = await openDesk()
  const { team } = await proposed(desk)
  const teamId = team.id
  expect(await cardFor(desk, 'head', teamId)).not.toMatch(/has not answered/)
  await teams.takeUpTeam(await desk.as('head'), { teamId })
  expect(await cardFor(desk, 'head', teamId)).toMatch(/Police\*: has not answered yet/)
  await desk.vacate('police_duty_officer', 'north')
  expect(await cardFor(desk, 'head', teamId)).toMatch(/Police\*: nobody stands its post; .* answers for it/)
  await teams.cancelTeam(await desk.as('head'), { teamId, reason: 'The road is mined' })
  expect(await cardFor(desk, 'head', teamId)).not.toMatch(/has not answered/)
})

it('*Composed* is marked only when every section has answered, whatever came after', async () => {
  const desk = await openDesk()
  const { teamId } = await out(desk)
  const card = await cardFor(desk, 'head', teamId)
  expect(card).toMatch(/○ Composed {3}● Cleared {3}● Out/)
  expect(card).toMatch(/Police\*: did not answer/)
})

it('what comes of a recommendation stands in the protection plan of the hotspot', async () => {
  const desk = await openDesk()
  const { hotspotId, recommendationId } = await reported(desk)
  const head = await desk.as('head')
  await task(head, {
    origin: { kind: 'jpt', id: recommendationId },
    to: 'sector_operations@north',
    result: 'Patrols stop at the market at dusk',
    tier: 2,
    dueAt: desk.clock.now() + 3 * DAY,
  })
  const hotspot = (await desk.store.read.hotspots.byId(hotspotId))!
  const plan = await planFor(head, { hotspot }, actorAsReader(head) as Reader)
  expect(plan.tiers.find(({ tier }) => tier === 2)?.lines.map(({ tasking }) => tasking.result)).toEqual([
    'Patrols stop at the market at dusk',
  ])
})

it('a handover note is shown to whoever may read what the team found, and to nobody else', async () => {
  const desk = await openDesk()
  const notesFor = async (name: Who, hotspotId: string) => {
    const ctx = await desk.as(name)
    return (await teamsAt(ctx, hotspotId, actorAsReader(ctx) as Reader)).notes.map(({ words }) => words)
  }
  const { teamId, hotspotId } = await reported(desk, 'investigation')
  await teams.leaveTeamNote(await desk.as('humanRights'), { teamId, words: 'Greet the market elder first' })
  expect(await notesFor('humanRights', hotspotId)).toEqual(['Greet the market elder first'])
  for (const name of ['head', 'company', 'joc'] as const)
    expect([name, await notesFor(name, hotspotId)]).toEqual([name, []])
})
