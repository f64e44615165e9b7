import { describe, expect, it } from 'vitest'
import { hotspotsNear, hotspotsNearFor, ownHotspotsNear } from '../../src/operations/hotspot/near.ts'
import {
  alertClusters,
  amendHotspot,
  hotspotDuplicates,
  linkAlert,
  linkIncidentToHotspot,
  ownParts,
  readHotspot,
} from '../../src/operations/hotspot.ts'
import { recordIncident } from '../../src/operations/incident.ts'
import { listed, market } from '../support/hotspots.ts'
import { DAY, openDesk, refusalCode, type Who } from '../support/operations.ts'

it('an alert finds the hotspots near it, areas included', async () => {
  const desk = await openDesk()
  const { hotspot } = await listed(desk)
  const { lat, lon } = hotspot
  expect(await hotspotsNear(desk.system, { lat, lon })).toMatchObject([{ km: 0 }])
  const off = { lat: lat! + 0.12, lon }
  expect(await hotspotsNear(desk.system, off)).toEqual([])
  const { id: hotspotId, version } = hotspot
  await amendHotspot(await desk.as('pocAdviser'), { ...market, hotspotId, version, radiusKm: 5 })
  expect(await hotspotsNear(desk.system, off)).toHaveLength(1)
  expect(await hotspotsNear(desk.system, { lat: null, lon: null })).toEqual([])
})

describe('what lies near', () => {
  it('asks about a place called alike nearby, not about another village of the area', async () => {
    const desk = await openDesk()
    await listed(desk)
    const ctx = await desk.as('unhcr')
    const names = async (change: object) =>
      (await hotspotDuplicates(ctx, { ...market, ...change })).map(({ name }) => name)
    expect(await names({ name: 'Marché de Karamba', kind: 'town' })).toEqual(['Karamba market'])
    expect(await names({ name: 'The big market' })).toEqual(['Karamba market'])
    expect(await names({ name: 'Old mill', kind: 'village' })).toEqual([])
  })

  it('names on an alert only the hotspots its reader may read, with the category in force', async () => {
    const desk = await openDesk()
    const { hotspot } = await listed(desk, { perpetrators: ['state_forces'] })
    const facts = await desk.raise()
    const near = async (by: Who) => ownHotspotsNear(await desk.as(by), facts)
    expect(await near('company')).toMatchObject([{ hotspot: { id: hotspot.id }, km: 0, category: null }])
    await linkAlert(await desk.as('pocAdviser'), { hotspotId: hotspot.id, alertId: facts.alert.id })
    expect(await near('company')).toMatchObject([{ linked: true }])
    expect(await hotspotsNearFor(desk.system, facts, outsider)).toEqual([])
  })

  it('links an incident, but none that is placed no closer than its district', async () => {
    const desk = await openDesk()
    const { hotspot } = await listed(desk)
    const report = async (change: object) =>
      recordIncident(await desk.as('head'), {
        subType: 'attack',
        at: desk.clock.now() - DAY,
        precision: 'day',
        what: 'Traders beaten on the way home',
        place: { id: 'karamba-market' },
        ...change,
      })
    const link = async (incidentId: string) =>
      linkIncidentToHotspot(await desk.as('head'), { hotspotId: hotspot.id, incidentId })
    const { incident } = await report({})
    await link(incident.id)
    const ctx = await desk.as('head')
    const { linked } = await ownParts(ctx, await readHotspot(ctx, hotspot.id))
    expect(linked).toEqual([{ kind: 'incident', code: incident.code, lane: null }])
    const kept = await report({ subType: 'sexual_violence' })
    expect(await refusalCode(link(kept.incident.id))).toBe('with_specialist')
  })

  it('finds alerts around one place without a hotspot, of which enough may be read', async () => {
    const desk = await openDesk()
    for (let n = 0; n < 3; n++) await desk.raise()
    const found = async (by: Who) =>
      (await alertClusters(await desk.as(by))).map(({ alerts }) => alerts.length)
    expect(await found('pocAdviser')).toEqual([3])
    expect(await found('ngo')).toEqual([])
    await listed(desk)
    expect(await found('pocAdviser')).toEqual([])
  })
})

const outsider = {
  kind: 'person' as const,
  personId: 'nobody',
  constituency: 'host_state' as const,
  roles: [],
}
