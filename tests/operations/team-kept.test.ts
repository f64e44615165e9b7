/** What of teams stands in the holder's file and in the trail, and what becomes of them when people and bases leave. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { drawDown } from '../../src/operations/drawdown.ts'
import { makeExport } from '../../src/operations/export.ts'
import { handOver } from '../../src/operations/handover.ts'
import * as teams from '../../src/operations/team.ts'
import { recordTrail } from '../../src/operations/trail.ts'
import { DAY, type Desk, openDesk, refusalCode, who } from '../support/operations.ts'
import { cleared, dayOf, gone } from '../support/teams.ts'

/** A team that is out: human rights and an NGO go, without a plan for casualties. */
async function out(desk: Desk, kind = 'humanitarian_visit') {
  const made = await cleared(
    desk,
    kind,
    { security: { words: 'Numbatel SC-114' }, transport: { words: 'Numbatel: two cars' } },
    'Wombatto: traders say that men come at night',
  )
  await gone(desk, made.teamId, 'Numbatel: the helicopter is at the capital')
  return made
}

async function back(desk: Desk, teamId: string) {
  const lead = await desk.as('humanRights')
  await teams.bringTeamBack(lead, { teamId })
  await teams.reportTeam(lead, {
    teamId,
    situation: 'Quollina: the market empties at four',
    summary: 'Bilbyte: fear at the market',
    recommendations: 'Quollina: patrols at dusk',
  })
  const { facts } = await teams.readTeam(lead, teamId)
  await teams.refuseRecommendation(lead, {
    recommendationId: facts.recommendations[0]!.row.id,
    reason: 'No means',
  })
}

async function exported(desk: Desk) {
  const { file } = await makeExport(desk.system, { holder: 'mission_civilian' })
  const text = readFileSync(file, 'utf8')
  const lines: Record<string, unknown>[] = text
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  return { text, teams: lines.filter(({ type }) => type === 'team') }
}

it('a team is in its holder’s export without members, plans and days, and only under way until it is back', async () => {
  const desk = await openDesk()
  const { teamId, code, hotspot } = await out(desk)
  const { team } = (await teams.readTeam(await desk.as('head'), teamId)).facts
  const before = await exported(desk)
  expect(before.teams).toMatchObject([
    { code, hotspot: hotspot.code, state: 'under_way', state_at: null, waived: [], back_at: null },
  ])
  await back(desk, teamId)
  const after = await exported(desk)
  expect(after.teams).toMatchObject([
    {
      code,
      state: 'reported',
      sections: [{ section: 'human_rights', state: 'confirmed' }],
      report: { situation: 'Quollina: the market empties at four' },
      recommendations: [{ words: 'Quollina: patrols at dusk', state: 'refused', reason: 'No means' }],
    },
  ])
  expect(after.teams[0]?.waived).toContainEqual(expect.objectContaining({ what: 'casevac' }))
  const people = (await desk.store.read.people.all()).flatMap(({ id, userId }) => [id, userId])
  for (const { text } of [before, after])
    for (const word of ['Numbatel', 'Lantern', teamId, new Date(team.returnAt!).toISOString(), ...people])
      expect(text).not.toContain(word)
})

it('what an investigation found stays with human rights: another holder’s export has its summary alone', async () => {
  const desk = await openDesk()
  const { teamId } = await out(desk, 'investigation')
  await back(desk, teamId)
  const { text, teams: lines } = await exported(desk)
  expect(lines).toMatchObject([{ report: { summary: 'Bilbyte: fear at the market' }, recommendations: [] }])
  expect(text).not.toContain('Quollina')
})

it('oversight reads the trail of a team, of its movements once it is back, and never who of humanitarians joined', async () => {
  const desk = await openDesk()
  const { teamId, code } = await out(desk)
  await desk.appoint('pocAdviser', 'oversight', null)
  const oversight = await desk.as('pocAdviser')
  const kinds = async () => (await recordTrail(oversight, code)).entries.map(({ kind }) => kind)
  expect(await kinds()).toEqual(expect.arrayContaining(['team.proposed', 'team.section']))
  expect((await kinds()).join()).not.toMatch(/go|joined|cleared/)
  await back(desk, teamId)
  expect(await kinds()).toEqual(expect.arrayContaining(['team.go', 'team.cleared', 'team.return']))
  await desk.pass(8 * DAY)
  expect((await kinds()).join()).not.toMatch(/joined|asked,|asked$/)
  expect(JSON.stringify(await recordTrail(oversight, code))).not.toMatch(/Numbatel|Quollina|Wombatto/)
  expect(await refusalCode(recordTrail(await desk.as('head'), code))).toBe('not_allowed')
})

it('a base that leaves lists the teams to its places that are not closed, by their code alone', async () => {
  const desk = await openDesk()
  const { code } = await out(desk)
  const declared = async (base: string) =>
    (
      await drawDown(await desk.as('leadership'), {
        kind: 'base_closure',
        base,
        day: dayOf(desk, 60),
      })
    ).entries.flatMap(({ item, name }) => (item.kind === 'team' ? [name] : []))
  expect(await declared('karamba')).toEqual([code])
  expect(await declared('kowa')).toEqual([])
})

it('whoever hands over is asked once for a note about each place they went to with a team', async () => {
  const desk = await openDesk()
  const { teamId } = await out(desk)
  const rights = await desk.as('humanRights')
  const asked = async () =>
    (await desk.said()).flatMap(({ data, target }) => (data.line === 'ask_note' ? [target] : []))
  await back(desk, teamId)
  await handOver(rights, { of: null, successors: {} })
  expect(await asked()).toEqual([who.humanRights])
  await handOver(rights, { of: null, successors: {} })
  expect(await asked()).toEqual([])
})
