import { describe, expect, it } from 'vitest'
import { readHotspot } from '../../src/operations/hotspot.ts'
import * as teams from '../../src/operations/team.ts'
import { DAY, HOUR, MINUTE, openDesk, refusalCode, who } from '../support/operations.ts'
import { now, out } from '../support/teams.ts'

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
