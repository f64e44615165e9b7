import { beforeEach, describe, expect, it } from 'vitest'
import { loadMission } from '../../src/config.ts'
import {
  dueTimes,
  findTerm,
  type Mission,
  roleName,
  routeFor,
  rungRoles,
  STEPS,
  shownRole,
  termName,
  URGENCIES,
} from '../../src/domain/mission.ts'

describe('the mission of Ombara', () => {
  let mission: Mission
  beforeEach(async () => {
    mission = await loadMission('missions/ombara.yaml')
  })

  it('sends wider threats to the police and all else to the force, in every sector', () => {
    for (const sector of ['north', 'south', null]) {
      expect(routeFor(mission, { sector, threat: 'crime' }).uniformed.id).toBe('police')
      expect(routeFor(mission, { sector, threat: 'armed_attack' }).uniformed.id).toBe('military')
      expect(routeFor(mission, { sector, threat: null }).uniformed.id).toBe('military')
      expect(routeFor(mission, { sector, threat: null }).civilian.slot).toBe('civilian')
    }
  })

  it('shows somebody of several posts in their own, and in a specialist’s last of all', () => {
    const held = (role: string, rank = 0, sector: string | null = null) => ({ role, sector, rank })
    const adviser = held('child_protection_adviser')
    const officer = held('human_rights_officer', 1)
    expect(shownRole(mission, [])).toBeNull()
    expect(shownRole(mission, [adviser])).toEqual({ role: 'child_protection_adviser', sector: null })
    expect(shownRole(mission, [adviser, officer])?.role).toBe('human_rights_officer')
    expect(shownRole(mission, [held('joc_watch', 1), held('head_of_office', 0, 'north')])).toEqual({
      role: 'head_of_office',
      sector: 'north',
    })
  })

  it('informs JOC watch, sector operations and the liaison assistant of the alert’s sector at once (R-002)', () => {
    expect(routeFor(mission, { sector: 'north', threat: null }).inform).toEqual([
      { role: 'joc_watch', sector: null },
      { role: 'sector_operations', sector: 'north' },
      { role: 'liaison_assistant', sector: 'north' },
    ])
  })

  it('tells the operations centre, and no sector’s people, of a place without a sector', () => {
    expect(routeFor(mission, { sector: null, threat: null }).inform).toEqual([mission.operationsCentre])
    const silent: Mission = { ...mission, routing: mission.routing.map(route => ({ ...route, inform: [] })) }
    expect(routeFor(silent, { sector: null, threat: null }).inform).toEqual([mission.operationsCentre])
  })

  it('takes the roles of a ladder in the alert’s sector, lowest first', () => {
    const { uniformed } = routeFor(mission, { sector: 'south', threat: null })
    expect(rungRoles(uniformed, 'south')).toEqual([
      { role: 'company_duty_officer', sector: 'south' },
      { role: 'battalion_operations', sector: 'south' },
      { role: 'sector_operations', sector: 'south' },
      { role: 'force_hq', sector: null },
    ])
    expect(rungRoles(uniformed, null).map(ref => ref.sector)).toEqual([null, null, null, null])
  })

  it('gives every step of every urgency a due time, none shorter for a lesser urgency', () => {
    for (const entry of mission.ladders) {
      const open = URGENCIES.filter(urgency => urgency !== 'already_happened')
      for (const step of [...STEPS, 'climb'] as const) {
        const times = open.map(urgency => dueTimes(entry, urgency)[step])
        expect(times).toEqual(times.toSorted((a, b) => a - b))
      }
    }
    expect(dueTimes(mission.ladders[0]!, 'happening_now')).toEqual({
      acknowledge: 300_000,
      decide: 900_000,
      on_site: 3_600_000,
      close: 43_200_000,
      climb: 300_000,
    })
  })

  it('names roles and terms in each language, and by id what has left the file', () => {
    expect(roleName(mission, { role: 'company_duty_officer', sector: 'north' }, 'en')).toBe(
      'Company duty officer, Sector North',
    )
    expect(roleName(mission, { role: 'force_hq', sector: null }, 'fr')).toMatch(/^Officier de permanence/)
    expect(roleName(mission, { role: 'gone', sector: 'west' }, 'en')).toBe('gone, west')
    expect(termName(mission, 'threats', 'crime', 'fr')).toBe('Criminalité')
    expect(termName(mission, 'threats', 'gone', 'fr')).toBe('gone')
    expect(findTerm(mission, 'not_acting', 'other')?.asksNote).toBe(true)
  })

  it('keeps liaison assistants from owning an alert', () => {
    expect(mission.roles.filter(role => !role.mayOwn).map(role => role.id)).toContain('liaison_assistant')
  })

  it('leaves of both sectors’ ladders only the police post in the south vacant', () => {
    const held = (role: string, sector: string | null) =>
      mission.seed.holders.some(holder => holder.role === role && holder.sector === sector)
    const vacant = ['north', 'south'].flatMap(sector =>
      mission.ladders.flatMap(entry => rungRoles(entry, sector).filter(ref => !held(ref.role, ref.sector))),
    )
    expect(vacant).toEqual([{ role: 'police_duty_officer', sector: 'south' }])
  })
})
