import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { makeExport } from '../../src/operations/export.ts'
import { moveHotspot, reportCoverage, ruleOutTier, setContact } from '../../src/operations/hotspot.ts'
import { openRound, ratePlace } from '../../src/operations/matrix.ts'
import { applyRetention } from '../../src/operations/retention.ts'
import { listed, market } from '../support/hotspots.ts'
import { DAY, openDesk } from '../support/operations.ts'

describe('what is kept of a place', () => {
  it('goes with who holds it, without what they may not read; who said what goes with its own house', async () => {
    const desk = await openDesk()
    const { hotspot } = await listed(desk, { perpetrators: ['state_forces', 'armed_group'] }, 'ngo')
    await setContact(await desk.as('ngo'), {
      hotspotId: hotspot.id,
      purpose: 'contact',
      post: 'Site manager',
    })
    await setContact(await desk.as('head'), { hotspotId: hotspot.id, purpose: 'contact', post: 'Duty desk' })
    await reportCoverage(await desk.as('company'), {
      hotspotId: hotspot.id,
      coverage: 'patrols',
      everyDays: 9,
    })
    const { round } = await openRound(await desk.as('pocAdviser'), { channelId: 'C0PROTECTION' })
    const rating = { likelihood: 3, impact: 3, category: 'should', rationale: ['need'] }
    await ratePlace(await desk.as('ngo'), { roundId: round.id, hotspotId: hotspot.id, ...rating })
    await ratePlace(await desk.as('forceHq'), { roundId: round.id, hotspotId: hotspot.id, ...rating })
    const lines = async (holder: string) => {
      const { file } = await makeExport(desk.system, { holder })
      const all = readFileSync(file, 'utf8').trim().split('\n').filter(Boolean)
      return all.map(line => JSON.parse(line)).filter(({ type }) => type !== 'event')
    }
    const [place, said, ...rest] = await lines('ngo')
    expect(place).toMatchObject({
      type: 'hotspot',
      code: hotspot.code,
      perpetrators: ['armed_group'],
      contacts: [{ purpose: 'contact', post: 'Site manager' }],
      coverage: [],
    })
    expect(said).toMatchObject({ type: 'rating', round: round.code, voice: 'humanitarian_member' })
    expect(rest).toEqual([])
    expect((await lines('military')).map(({ type }) => type)).toEqual(['rating'])
    expect((await lines('mission_civilian')).map(({ type }) => type)).toEqual(['round'])
  })

  it('loses its words when it has been off the list for long enough, and nothing while it stands there', async () => {
    const desk = await openDesk()
    const stays = await listed(desk)
    const goes = await listed(desk, { name: 'Old mill', place: { said: 'The old mill' }, sector: 'north' })
    const chair = await desk.as('pocAdviser')
    await ruleOutTier(chair, { hotspotId: goes.hotspot.id, tier: '3', reason: 'Nobody there' })
    await moveHotspot(chair, { hotspotId: goes.hotspot.id, to: 'removed', reason: 'Burnt down' })
    desk.clock.advance(desk.mission.retention.alerts + DAY)
    await applyRetention(desk.system)
    const { read } = desk.store
    expect(await read.hotspots.byId(goes.hotspot.id)).toMatchObject({ name: '', placeSaid: '' })
    expect((await read.hotspots.tiersOf([goes.hotspot.id])).map(({ reason }) => reason)).toEqual([''])
    expect((await read.hotspots.byId(stays.hotspot.id))?.name).toBe(market.name)
    expect((await read.events.verify()).ok).toBe(true)
  })
})
