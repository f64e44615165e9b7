import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'
import { renderers } from '../../src/jobs/rendering/index.ts'
import { createLocales } from '../../src/locales/index.ts'
import { actorAsReader } from '../../src/operations/alert/reading.ts'
import { close, onSite, respond } from '../../src/operations/alert.ts'
import { incidentFacts, warnedAs } from '../../src/operations/incident/facts.ts'
import {
  amendIncident,
  incidentCandidates,
  linkIncident,
  listIncidents,
  readIncident,
  recordIncident,
  requestIncidentCsv,
} from '../../src/operations/incident.ts'
import { applyRetention } from '../../src/operations/retention.ts'
import { DAY, type Desk, HOUR, openDesk, refusal, refusalCode, type Who } from '../support/operations.ts'

const attack = (desk: Desk, change = {}) => ({
  subType: 'attack',
  at: desk.clock.now(),
  precision: 'exact',
  place: { id: 'karamba-market' },
  what: 'Shots in the market',
  harm: { killed: 3, injured: 12 },
  ...change,
})

async function csvOf(
  desk: Desk,
  name: Who,
): Promise<{ rows: Record<string, string>[]; text: string; bytes: Uint8Array }> {
  await desk.said()
  await requestIncidentCsv(await desk.as(name))
  const entry = (await desk.said()).find(({ kind }) => kind === 'incident.csv')!
  const table = renderers(createLocales('UTC', ['en', 'fr']))
  const target = `person:${await desk.id(name)}`
  const delivery = await table['incident.csv']!(desk.system, { ...entry, target } as never, 0)
  if (delivery.do !== 'file') throw new Error(`no file: ${JSON.stringify(delivery)}`)
  const { bytes, text } = delivery.file
  return { rows: parse(Buffer.from(bytes), { bom: true, columns: true }) as never, text, bytes }
}

it('an incident stands on record without an alert: not warned of', async () => {
  const desk = await openDesk()
  const facts = await recordIncident(await desk.as('duty'), attack(desk))
  expect(facts.incident).toMatchObject({ holder: 'mission_civilian', sector: 'north', version: 1 })
  expect(facts.incident.code).toMatch(/^N-[0-9A-Z]{4}$/)
  const reader = actorAsReader(await desk.as('joc'))!
  expect(warnedAs(desk.system, facts, reader)).toMatchObject({ record: 'not_warned', alerts: [] })
})

it('recorded from an alert it is linked to it: warned of, and answered once somebody was there', async () => {
  const desk = await openDesk()
  const { alert } = await desk.raise()
  desk.clock.advance(HOUR)
  const ctx = await desk.as('duty')
  const { incident } = await recordIncident(ctx, attack(desk, { alertId: alert.id }))
  const record = async () => {
    const facts = await readIncident(ctx, incident.id)
    return warnedAs(ctx, facts, actorAsReader(ctx)!).record
  }
  expect(await record()).toBe('warned_unanswered')
  await respond(await desk.as('company'), { alertId: alert.id, who: 'Patrol Bravo' })
  expect(await record()).toBe('warned_unanswered')
  await onSite(await desk.as('company'), { alertId: alert.id })
  expect(await record()).toBe('warned_answered')
  await close(ctx, { alertId: alert.id, outcome: 'attack_occurred', note: 'Over' })
  expect(await record()).toBe('warned_answered')
})

it('alerts before it and near it are offered, others are not; links to what somebody cannot read stay', async () => {
  const desk = await openDesk()
  const { alert } = await desk.raise()
  await desk.raise({ place: { id: 'tashiro' } })
  desk.clock.advance(2 * DAY)
  const ctx = await desk.as('duty')
  const { incident } = await recordIncident(ctx, attack(desk))
  const offered = await incidentCandidates(ctx, incident.id)
  expect(offered.map(each => each.alert.id)).toEqual([alert.id])
  await linkIncident(ctx, { incidentId: incident.id, alertIds: [alert.id] })
  expect((await readIncident(ctx, incident.id)).alerts).toHaveLength(1)
  desk.clock.advance(60 * DAY)
  const { incident: later } = await recordIncident(ctx, attack(desk))
  expect(await incidentCandidates(ctx, later.id)).toEqual([])
})

it('of sexual violence it takes no words, and no place or time closer than district and week', async () => {
  const desk = await openDesk()
  const { incident } = await recordIncident(
    await desk.as('duty'),
    attack(desk, { subType: 'sexual_violence', groups: [{ harm: 'injured', group: 'girls', count: 2 }] }),
  )
  expect(incident).toMatchObject({
    what: '',
    placeId: null,
    lat: null,
    lon: null,
    precision: 'week',
    groups: [],
  })
  expect(incident.placeSaid).not.toMatch(/market/i)
  expect(incident.at % HOUR).toBe(0)
})

it('numbers are whole and by sex and age never more than the whole; times are past; terms are known', async () => {
  const desk = await openDesk()
  const ctx = await desk.as('duty')
  const refused = (change: object) => refusal(recordIncident(ctx, attack(desk, change)))
  expect(await refused({ harm: { killed: 1.5 } })).toMatchObject({ code: 'number_invalid', field: 'killed' })
  expect(await refused({ groups: [{ harm: 'killed', group: 'women', count: 4 }] })).toMatchObject({
    code: 'groups_exceed',
    field: 'killed',
  })
  expect(await refused({ at: desk.clock.now() + 1 })).toMatchObject({ code: 'time_future', field: 'at' })
  expect(await refused({ subType: 'war' })).toMatchObject({ code: 'unknown_term', field: 'subType' })
  expect(await refused({ perpetrator: 'them' })).toMatchObject({ code: 'unknown_term', field: 'perpetrator' })
  expect(await refused({ group: 'mission_contingent' })).toMatchObject({ code: 'own_personnel' })
  expect((await listIncidents(ctx)).rows).toEqual([])
})

it('one form is one incident, and it is put right from the version the person saw', async () => {
  const desk = await openDesk()
  const ctx = await desk.as('duty')
  const first = await recordIncident(ctx, attack(desk, { requestKey: 'V1' }))
  const second = await recordIncident(ctx, attack(desk, { requestKey: 'V1' }))
  expect(second.incident.id).toBe(first.incident.id)
  const change = { ...attack(desk, { harm: { killed: 4 } }), incidentId: first.incident.id, version: 1 }
  expect((await amendIncident(await desk.as('joc'), change)).incident).toMatchObject({
    version: 2,
    harm: { killed: 4 },
  })
  expect(await refusalCode(amendIncident(ctx, change))).toBe('stale')
})

it('whoever reads no alerts reads no incidents either, and a partner’s own is changed by the partner alone', async () => {
  const desk = await openDesk()
  const { incident } = await recordIncident(await desk.as('duty'), attack(desk))
  expect(await refusalCode(readIncident(await desk.as('ngo'), incident.id))).toBe('not_found')
  const { incident: own } = await recordIncident(await desk.as('ngo'), attack(desk))
  const change = { ...attack(desk), incidentId: own.id, version: 1 }
  expect(await refusalCode(amendIncident(await desk.as('duty'), change))).toBe('not_allowed')
  expect((await listIncidents(await desk.as('ngo'))).rows.map(({ incident: { id } }) => id)).toEqual([own.id])
})

it('the file is the mission’s own template, guarded, with the rows its reader may read and their number', async () => {
  const desk = await openDesk()
  const groups = [{ harm: 'killed', group: 'girls', count: 1 }]
  await recordIncident(await desk.as('duty'), {
    ...attack(desk, {
      what: '=HYPERLINK("http://x")',
      perpetrator: 'state_forces',
      group: 'ombara_defence_force',
    }),
    groups: groups as never,
  })
  await recordIncident(await desk.as('ngo'), attack(desk, { what: 'Told by a partner' }))
  const joc = await csvOf(desk, 'joc')
  expect(Object.keys(joc.rows[0]!)).toEqual(desk.mission.incidentTemplate.map(({ column }) => column))
  expect(joc.rows).toHaveLength(2)
  expect(joc.text).toMatch(/^2 incidents/)
  expect([...joc.bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const row = joc.rows.find(({ Narrative }) => Narrative!.includes('HYPERLINK'))!
  expect(row).toMatchObject({
    Narrative: `'=HYPERLINK("http://x")`,
    'Event type': 'Violence against civilians',
    'Sub-event type': 'Attack',
    Killed: '3',
    'Killed: girls': '',
    'Alleged perpetrators': 'State forces',
    Group: 'Ombara Defence Force',
    'Early warning': 'Not warned.',
  })
  const company = await csvOf(desk, 'company')
  expect(company.rows.find(({ Narrative }) => Narrative!.includes('HYPERLINK'))).toMatchObject({
    'Alleged perpetrators': '',
    Group: '',
  })
  const ngo = await csvOf(desk, 'ngo')
  expect(ngo.rows.map(({ Narrative }) => Narrative)).toEqual(['Told by a partner'])
  const looks = await desk.store.read.access.ofRecord('incidents', 'incident-csv')
  expect(looks.map(({ layer }) => layer)).toEqual(['export', 'export', 'export'])
})

it('words go when the time of alerts’ words is over, and who was alleged by name with them', async () => {
  const desk = await openDesk()
  const { incident } = await recordIncident(await desk.as('duty'), attack(desk, { group: 'northern_front' }))
  desk.clock.advance(desk.mission.retention.alerts + DAY)
  await applyRetention(desk.system)
  const facts = await incidentFacts(desk.system, (await desk.store.read.incidents.byId(incident.id))!)
  expect(facts).toMatchObject({ incident: { what: '', subType: 'attack' }, attribution: null })
  expect(await desk.store.read.events.verify()).toMatchObject({ ok: true })
})

it('outside the mission a place is told no closer than agreed, in the list, on the card and in the file', async () => {
  const desk = await openDesk()
  const place = { said: 'well -7.10183, -9.21456' }
  const { incident } = await recordIncident(await desk.as('duty'), attack(desk, { place }))
  const audience = [...incident.audience, 'un_agency' as const]
  await desk.store.write(({ incidents }) => incidents.update(incident.id, 1, { audience }))
  const exact = { placeSaid: place.said, lat: -7.10183, lon: -9.21456 }
  expect((await readIncident(await desk.as('company'), incident.id)).incident).toMatchObject(exact)
  const outside = await desk.as('unhcr')
  const { rows } = await listIncidents(outside)
  for (const facts of [rows[0]!, await readIncident(outside, incident.id)]) {
    expect(facts.incident.placeSaid).toMatch(/^well -7\.1\d?, -9\.21$/)
    expect(facts.incident).not.toMatchObject({ lat: exact.lat })
  }
  const { text, bytes } = await csvOf(desk, 'unhcr')
  expect(`${text}${Buffer.from(bytes).toString()}`).not.toMatch(/7\.1018|9\.2145/)
  const own = await recordIncident(outside, attack(desk, { place }))
  expect((await readIncident(outside, own.incident.id)).incident).toMatchObject(exact)
})
