import type { ClearInput } from '../../src/operations/team/clear.ts'
import { teamFacts } from '../../src/operations/team/facts.ts'
import * as teams from '../../src/operations/team.ts'
import { listed } from './hotspots.ts'
import { DAY, type Desk, type Who, who } from './operations.ts'

export const dayOf = (desk: Desk, ahead: number) =>
  new Date(desk.clock.now() + ahead * DAY).toISOString().slice(0, 10)

/** A place to go to. */
export const place = async (desk: Desk) => (await listed(desk)).hotspot

export async function proposed(desk: Desk, change: Partial<teams.ProposeInput> = {}, by: Who = 'pocAdviser') {
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

export const now = async (desk: Desk, teamId: string) =>
  teamFacts(desk.store.read, desk.mission, desk.clock.now(), (await desk.store.read.teams.byId(teamId))!)

/** A team that lacks nothing. */
export async function ready(desk: Desk, change: Partial<teams.ProposeInput> = {}) {
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
export async function out(desk: Desk, change: Partial<teams.ProposeInput> = {}) {
  const { team } = await ready(desk, change)
  await teams.letTeamGo(await desk.as('head'), { teamId: team.id })
  await desk.pass(DAY)
  return team.id
}

/**
 * A team of human rights, led by its member, and of OCHA's guest where its kind takes humanitarians; cleared with what
 * `lines` say, and not gone.
 */
export async function cleared(
  desk: Desk,
  kind: string,
  lines: ClearInput['lines'],
  why = 'Traders say that men come at night',
) {
  const hotspot = await place(desk)
  const head = await desk.as('head')
  const { team } = await teams.proposeTeam(head, {
    kind,
    hotspotId: hotspot.id,
    answers: { visibility: 'Seen as one with the force' },
    why,
    from: dayOf(desk, 1),
    to: dayOf(desk, 3),
    sections: ['human_rights'],
  })
  const teamId = team.id
  await teams.answerSection(await desk.as('humanRights'), {
    teamId,
    section: 'human_rights',
    people: [{ userId: who.humanRights }],
  })
  if (kind === 'humanitarian_visit')
    await teams.joinTeam(await desk.as('ocha'), { teamId, joins: true, guest: 'Lantern Relief' })
  await teams.clearTeam(head, {
    teamId,
    lead: await desk.id('humanRights'),
    departAt: desk.clock.now() + DAY,
    returnAt: desk.clock.now() + 3 * DAY,
    lines,
  })
  return { teamId, code: team.code, hotspot }
}

/** It leaves, whatever it lacks waived with this reason, and a day goes by. */
export async function gone(desk: Desk, teamId: string, reason: string) {
  const head = await desk.as('head')
  const { waivable } = await teams.heldBackFor(head, teamId)
  await teams.letTeamGo(head, { teamId, waive: waivable, reason })
  await desk.pass(DAY)
}
