import { describe, expect, it } from 'vitest'
import { createLocales } from '../../src/locales/index.ts'
import { layersFor } from '../../src/operations/hotspot/reading.ts'
import {
  amendHotspot,
  hotspotByCode,
  linkAlert,
  listHotspots,
  moveHotspot,
  ownParts,
  pageOfHotspots,
  readHotspot,
  recordVisit,
  reportCoverage,
  ruleOutTier,
  setContact,
} from '../../src/operations/hotspot.ts'
import { answerTasking, task } from '../../src/operations/tasking.ts'
import { hotspotList, PAGE } from '../../src/views/hotspot/list.ts'
import { listed, market } from '../support/hotspots.ts'
import { DAY, type Desk, openDesk, refusal, refusalCode, type Who } from '../support/operations.ts'

describe('a hotspot', () => {
  it('is put on the list by either side, once per form, and belongs to whoever gave it', async () => {
    const desk = await openDesk()
    const { hotspot } = await listed(desk, { requestKey: 'V1' }, 'ngo')
    expect(hotspot).toMatchObject({ holder: 'ngo', state: 'listed', sector: 'north' })
    const again = await listed(desk, { requestKey: 'V1' }, 'ngo')
    expect(again.hotspot.id).toBe(hotspot.id)
    expect(await listHotspots(await desk.as('company'))).toHaveLength(1)
    expect((await hotspotByCode(await desk.as('company'), hotspot.code.toLowerCase()))?.hotspot.id).toBe(
      hotspot.id,
    )
  })

  it.each([
    [{ name: ' ' }, 'text_missing', 'name'],
    [{ kind: 'castle' }, 'unknown_term', 'kind'],
    [{ threats: ['dragons'] }, 'unknown_term', 'threats'],
    [{ vulnerability: 6 }, 'number_range', 'vulnerability'],
    [{ radiusKm: 0 }, 'radius_range', 'radiusKm'],
    [{ seasonFrom: 3 }, 'season_half', 'seasonTo'],
    [{ seasonFrom: 3, seasonTo: 13 }, 'number_range', 'seasonTo'],
    [{ place: {} }, 'place_missing', 'place'],
    [{ atRisk: [{ kind: 'idps', count: -1 }] }, 'number_range', 'count_idps'],
  ])('is refused with %j: %s beside %s', async (change, code, field) => {
    const desk = await openDesk()
    expect(await refusal(listed(desk, change))).toMatchObject({ code, field })
    expect(await listHotspots(await desk.as('pocAdviser'))).toEqual([])
  })

  it('keeps restricted classes that whoever changes it was never shown', async () => {
    const desk = await openDesk()
    const { hotspot } = await listed(desk, { perpetrators: ['state_forces', 'armed_group'] })
    const { id: hotspotId, version } = hotspot
    await desk.appoint('duty', 'head_of_office', 'north')
    await desk.vacate('head_of_office', 'north')
    const officer = await desk.as('joc')
    await amendHotspot(officer, { ...market, hotspotId, version, perpetrators: ['armed_group'] })
    // The operations centre reads that layer, and takes it out; the author alone could not have.
    expect((await readHotspot(officer, hotspotId)).hotspot.perpetrators).toEqual(['armed_group'])
    const own = await listed(desk, { perpetrators: ['state_forces'] }, 'duty')
    const author = await desk.as('duty')
    await amendHotspot(author, {
      ...market,
      hotspotId: own.hotspot.id,
      version: own.hotspot.version,
      name: 'Mill',
    })
    const after = await readHotspot(officer, own.hotspot.id)
    expect(after.hotspot).toMatchObject({ name: 'Mill', perpetrators: ['state_forces'] })
  })

  it('changes its phase only with a reason, and refuses what was changed from an old card', async () => {
    const desk = await openDesk()
    const { hotspot } = await listed(desk)
    const chair = await desk.as('pocAdviser')
    const change = { ...market, hotspotId: hotspot.id, version: hotspot.version, phase: 'transitional' }
    expect(await refusal(amendHotspot(chair, change))).toMatchObject({
      code: 'text_missing',
      field: 'reason',
    })
    await amendHotspot(chair, { ...change, reason: 'The front has moved east' })
    expect(await refusal(amendHotspot(chair, { ...change, name: 'Other', reason: 'x' }))).toMatchObject({
      code: 'stale',
      details: { changed: ['phase'] },
    })
    expect(await refusalCode(amendHotspot(await desk.as('company'), change))).toBe('not_allowed')
  })

  it('leaves the list with a reason, once, and comes back', async () => {
    const desk = await openDesk()
    const { hotspot } = await listed(desk)
    const chair = await desk.as('pocAdviser')
    const move = (to: 'removed' | 'listed') =>
      moveHotspot(chair, { hotspotId: hotspot.id, to, reason: 'Empty now' })
    await move('removed')
    expect(await listHotspots(chair)).toEqual([])
    expect(await refusalCode(move('removed'))).toBe('already_done')
    await move('listed')
    expect(await listHotspots(chair)).toHaveLength(1)
  })
})

describe('who is there', () => {
  it('is covered as the uniformed say, until a month later nobody knows', async () => {
    const desk = await openDesk()
    const { hotspot } = await listed(desk)
    const hotspotId = hotspot.id
    const input = { hotspotId, coverage: 'patrols', everyDays: 7 }
    expect(await refusalCode(reportCoverage(await desk.as('head'), input))).toBe('not_allowed')
    expect(await refusalCode(reportCoverage(await desk.as('company'), { ...input, everyDays: null }))).toBe(
      'number_range',
    )
    expect((await reportCoverage(await desk.as('company'), input)).coverage).toBe('patrols')
    desk.clock.advance(31 * DAY)
    expect((await readHotspot(await desk.as('company'), hotspotId)).coverage).toBe('not_known')
  })

  it('was visited by a section, never in the future, and no agency is asked where it goes', async () => {
    const desk = await openDesk()
    const { hotspot } = await listed(desk)
    const now = desk.clock.now()
    const visit = async (by: Who, from: number, to = from) =>
      recordVisit(await desk.as(by), { hotspotId: hotspot.id, from, to })
    expect(await refusalCode(visit('unhcr', now - DAY))).toBe('partner_visit')
    expect(await refusalCode(visit('duty', now + DAY))).toBe('time_future')
    expect(await refusalCode(visit('duty', now - DAY, now - 2 * DAY))).toBe('ends_before_start')
    expect((await visit('company', now - DAY)).civiliansAt).toBeNull()
    expect((await visit('duty', now - 3 * DAY)).civiliansAt).toBe(now - 3 * DAY)
  })

  it('has a contact per side; a POC site one each for outside, inside and aid', async () => {
    const desk = await openDesk()
    const { hotspot } = await listed(desk, { kind: 'poc_site' })
    const set = async (by: Who, purpose: string, hotspotId = hotspot.id) =>
      setContact(await desk.as(by), { hotspotId, purpose, post: 'Site duty officer' })
    await set('head', 'external')
    const { contacts } = await set('ngo', 'aid')
    expect(contacts.map(({ side, purpose }) => `${side}: ${purpose}`)).toEqual([
      'humanitarian: aid',
      'mission: external',
    ])
    const plain = await listed(desk)
    expect(await refusalCode(set('head', 'external', plain.hotspot.id))).toBe('unknown_term')
  })

  it('keeps what comes from outside a POC site apart from what happens inside', async () => {
    const desk = await openDesk()
    const { hotspot } = await listed(desk, { kind: 'poc_site' })
    const { alert } = await desk.raise()
    const chair = await desk.as('pocAdviser')
    const input = { hotspotId: hotspot.id, alertId: alert.id }
    expect(await refusalCode(linkAlert(chair, input))).toBe('unknown_term')
    const { links } = await linkAlert(chair, { ...input, lane: 'internal' })
    expect(links).toMatchObject([{ recordId: alert.id, lane: 'internal' }])
    expect(await refusalCode(linkAlert(chair, { ...input, lane: 'external' }))).toBe('already_done')
    // Somebody who may not read the alert does not learn from a link that there is one.
    expect(await refusalCode(linkAlert(await desk.as('ngo'), { ...input, lane: 'internal' }))).toBe(
      'not_found',
    )
  })
})

describe('a protection plan', () => {
  const line = async (desk: Desk, hotspotId: string, more: object) =>
    task(await desk.as('battalion'), {
      origin: { kind: 'hotspot', id: hotspotId },
      to: 'company_duty_officer@north',
      result: 'People can go to the market again',
      tier: 2,
      dueAt: desk.clock.now() + DAY,
      ...more,
    })

  it('has its taskings as lines by tier; one of the command layer leaves no trace for others', async () => {
    const desk = await openDesk()
    const { hotspot } = await listed(desk)
    await line(desk, hotspot.id, { restricted: true })
    await line(desk, hotspot.id, { tier: 1, mode: 'mediation' })
    const plan = async (by: Who) => {
      const ctx = await desk.as(by)
      const { plan } = await ownParts(ctx, await readHotspot(ctx, hotspot.id))
      return [plan.tiers.map(({ lines }) => lines.length), plan.physicalNeedOpen]
    }
    // Offered is not taken on; who may not read every line is told nothing of what is missing.
    expect(await plan('joc')).toEqual([[1, 1, 0], true])
    expect(await plan('head')).toEqual([[1, 0, 0], false])
  })

  it('keeps a physical need open beside an unarmed line, and takes no unarmed mode for tier 2', async () => {
    const desk = await openDesk()
    const { hotspot } = await listed(desk)
    expect(await refusal(line(desk, hotspot.id, { mode: 'mediation' }))).toMatchObject({
      code: 'unarmed_not_physical',
      field: 'mode',
    })
    const { tasking } = await line(desk, hotspot.id, { tier: 1, mode: 'mediation' })
    await answerTasking(await desk.as('company'), { taskingId: tasking.id, act: 'accept' })
    const ctx = await desk.as('joc')
    const { plan } = await ownParts(ctx, await readHotspot(ctx, hotspot.id))
    expect(plan.tiers[0]?.lines[0]?.tasking).toMatchObject({ state: 'accepted', unarmedMode: 'mediation' })
    expect(plan.physicalNeedOpen).toBe(true)
  })

  it('says why a tier does not apply; of physical protection only those who command may', async () => {
    const desk = await openDesk()
    const { hotspot } = await listed(desk, {}, 'ngo')
    const rule = async (by: Who, tier: string) =>
      ruleOutTier(await desk.as(by), { hotspotId: hotspot.id, tier, reason: 'Nobody lives there now' })
    expect(await refusalCode(rule('ngo', '2'))).toBe('tier_2_by_command')
    expect(await refusalCode(rule('company', '3'))).toBe('not_allowed')
    await rule('ngo', '3')
    await rule('joc', '2')
    const ctx = await desk.as('company')
    const { plan } = await ownParts(ctx, await readHotspot(ctx, hotspot.id))
    expect(plan.tiers.map(({ notApplicable }) => notApplicable)).toEqual([
      null,
      'Nobody lives there now',
      'Nobody lives there now',
    ])
  })
})

it('a list longer than a page is turned page by page, and holds only what is on it', async () => {
  const desk = await openDesk()
  for (let n = 1; n <= 17; n++)
    await listed(desk, {
      name: `Village ${String(n).padStart(2, '0')}`,
      place: { said: `Village ${n}` },
      sector: 'north',
    })
  await listed(desk, { name: 'Far away', place: { said: 'Far' }, sector: 'south' })
  const ctx = await desk.as('pocAdviser')
  const view = {
    words: createLocales('UTC', ['en']).words('en'),
    mission: desk.mission,
    now: desk.clock.now(),
  }
  const page = async (from: number) => {
    const { places, total } = await pageOfHotspots(ctx, { sector: 'north' }, { from, size: PAGE })
    const lines = places.map(facts => ({ facts, category: null, reader: layersFor(ctx, facts) }))
    return JSON.stringify(hotspotList(view, 'Hotspots', lines, { from, total, filter: 'sector:north' }))
  }
  expect(await page(0)).toMatch(/Village 15.*1 to 15 of 17 hotspots.*15:sector:north/)
  const last = await page(15)
  expect(last).toMatch(/Village 16.*Village 17.*16 to 17 of 17 hotspots.*0:sector:north/)
  expect(last).not.toMatch(/Village 15|30:sector/)
})
