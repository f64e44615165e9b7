import { readdirSync } from 'node:fs'
import { expect, it, test } from 'vitest'
import { loadMission } from '../../src/config.ts'

const presets = readdirSync('missions/presets').filter(file => file.endsWith('.yaml') && file !== 'base.yaml')

it('stands ready for the five missions whose structure is published', () => {
  expect(presets.sort()).toEqual([
    'minusca.yaml',
    'minusma.yaml',
    'monusco.yaml',
    'unamid.yaml',
    'unmiss.yaml',
  ])
})

test.each(presets)(
  '%s passes the checks of a mission file, with nobody and no telephone in it',
  async file => {
    const mission = await loadMission(`missions/presets/${file}`)
    expect(mission.short).toBe(file.replace('.yaml', '').toUpperCase())
    expect(mission.forums?.kinds.map(kind => kind.class)).toEqual(
      expect.arrayContaining(['senior', 'working']),
    )
    // Each of the five has a POC adviser in its staffing table.
    expect(mission.forums.secretariat).toBe('poc_adviser')
    expect(mission.seed).toEqual({ people: [], holders: [], channels: [] })
    expect(JSON.stringify(mission)).not.toMatch(/\+\d{3}|T0MISSION|Ombara/)
  },
)

it('MINUSMA meets at the top twice a year, and UNAMID in each sector', async () => {
  const minusma = await loadMission('missions/presets/minusma.yaml')
  expect(minusma.forums?.kinds[0]).toMatchObject({ class: 'senior', everyMs: 182 * 86_400_000 })
  const unamid = await loadMission('missions/presets/unamid.yaml')
  expect(unamid.forums?.kinds.find(kind => kind.class === 'sector')).toMatchObject({ scope: 'sector' })
})
