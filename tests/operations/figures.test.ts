import { expect, test } from 'vitest'
import { made } from '../../src/jobs/aside/work.ts'
import {
  acknowledge,
  alertFigures,
  close,
  merge,
  notActing,
  onSite,
  requestAlertFigures,
  respond,
} from '../../src/operations/alert.ts'
import { linkIncident, recordIncident } from '../../src/operations/incident.ts'
import { DAY, HOUR, MINUTE, openDesk, refusalCode } from '../support/operations.ts'

test('figures come from what was done: times, responses, reasons', async () => {
  const desk = await openDesk()
  const answered = (await desk.raise()).alert.id
  const refused = (await desk.raise({ what: 'Far away' })).alert.id
  const unfounded = (await desk.raise({ what: 'A rumour' })).alert.id
  desk.clock.advance(4 * MINUTE)
  await acknowledge(await desk.as('company'), { alertId: answered })
  await notActing(await desk.as('company'), { alertId: refused, reason: 'out_of_range' })
  await close(await desk.as('joc'), { alertId: unfounded, outcome: 'unfounded', note: 'Nothing there' })
  desk.clock.advance(4 * MINUTE)
  const company = await desk.as('company')
  await respond(company, { alertId: answered, who: 'Patrol', until: null })
  const going = await alertFigures(await desk.as('joc'), '30d', null)
  expect(going.rates.physical).toEqual({ counted: 2, responded: 0 })
  expect(going.rates.underWay).toBe(1)
  desk.clock.advance(20 * MINUTE)
  await onSite(company, { alertId: answered })
  const { rates } = await alertFigures(await desk.as('joc'), '30d', null)
  expect(rates.physical).toEqual({ counted: 2, responded: 1 })
  expect(rates.leftOut.unfounded).toBe(1)
  expect(rates.missionOnly).toBe(1)
  expect(rates.byResponder).toEqual([{ kind: 'mission_military', share: { counted: 2, responded: 1 } }])
  expect(rates.reasons).toEqual([{ reason: 'out_of_range', count: 1 }])
  expect(rates.times.acknowledge).toMatchObject({ happened: 2, median: 4 * MINUTE })
  expect(rates.times.onSite).toMatchObject({ happened: 1, median: 28 * MINUTE })
  desk.clock.advance(31 * DAY)
  expect((await alertFigures(await desk.as('joc'), '30d', null)).rates.physical.counted).toBe(0)
})

test('the whole mission’s figures are for those its roles name; everybody else sees those over what they may read', async () => {
  const desk = await openDesk()
  await desk.raise()
  await desk.raise({ place: { id: 'tashiro' } })
  const { alert } = await desk.raise({ what: 'Kept apart' })
  await desk.store.write(({ alerts }) => alerts.update(alert.id, 1, { audience: ['human_rights'] }))
  const seen = async (name: Parameters<typeof desk.as>[0]) => {
    const figures = await alertFigures(await desk.as(name), '90d', null)
    return [figures.wholeMission, figures.rates.physical.counted]
  }
  for (const name of ['joc', 'pocAdviser', 'leadership', 'forceHq'] as const)
    expect(await seen(name)).toEqual([true, 3])
  expect(await seen('ngo')).toEqual([false, 0])
  const north = await alertFigures(await desk.as('joc'), '90d', 'south')
  expect(north.rates.physical.counted).toBe(1)
})

test('incidents are counted as warned and answered, warned and not answered, or not warned of', async () => {
  const desk = await openDesk()
  const answered = (await desk.raise()).alert
  const unanswered = (await desk.raise({ what: 'Far away' })).alert
  const later = (await desk.raise({ what: 'The same, from somebody else' })).alert
  desk.clock.advance(MINUTE)
  await merge(await desk.as('liaison'), { alertId: later.id, intoId: answered.id })
  const company = await desk.as('company')
  await respond(company, { alertId: answered.id, who: 'Patrol', until: null })
  await onSite(company, { alertId: answered.id })
  desk.clock.advance(HOUR)
  const liaison = await desk.as('liaison')
  const incident = async (alertIds: string[], change = {}) => {
    const recorded = await recordIncident(liaison, {
      subType: 'attack',
      at: desk.clock.now(),
      precision: 'exact',
      place: { id: 'karamba-market' },
      harm: { killed: 1 },
      ...change,
    })
    await linkIncident(liaison, { incidentId: recorded.incident.id, alertIds })
  }
  await incident([later.id])
  await incident([unanswered.id])
  await incident([])
  await incident([], { subType: 'arrests', harm: {} })
  await incident([], { subType: 'sexual_violence' })
  const of = async (name: Parameters<typeof desk.as>[0], sector: string | null = null) =>
    (await alertFigures(await desk.as(name), '30d', sector)).warned
  const three = { warned_answered: 1, warned_unanswered: 1, not_warned: 1 }
  for (const name of ['joc', 'liaison'] as const)
    expect(await of(name)).toEqual({ counts: three, unknown: 0 })
  expect((await of('joc', 'south')).counts.not_warned).toBe(0)
  await desk.store.write(async ({ alerts }) => {
    const { version } = (await alerts.byId(answered.id))!
    await alerts.update(answered.id, version, { audience: ['human_rights'] })
  })
  expect(await of('policeHq')).toEqual({ counts: { ...three, warned_answered: 0 }, unknown: 1 })
  const file = await made(desk.system, {
    do: 'alert.figures',
    personId: await desk.id('joc'),
    span: '30d',
    sector: null,
  })
  expect(file?.text).toMatch(/Warned, and answered: 33% \(1 of 3\).*from 10 incidents on/s)
  expect(file?.altText).toMatch(/Not warned: 33% \(1 of 3\)/)
})

test.each([
  ['joc', /^\*Alerts: whole mission, 90 days\*/, /Response rate: 0% \(0 of 1\)/],
  ['head', /^\*Alertes : ensemble de la mission, 90 jours\*/, /Taux de réponse : 0 % \(0 sur 1\)/],
] as const)(
  'the picture comes to %s in their words, with all it shows as text',
  async (name, title, said) => {
    const desk = await openDesk()
    await desk.raise()
    const file = await made(desk.system, {
      do: 'alert.figures',
      personId: await desk.id(name),
      span: '90d',
      sector: null,
    })
    expect([...(file?.bytes.subarray(1, 4) ?? [])]).toEqual([...Buffer.from('PNG')])
    expect(file?.text.replaceAll('\u00a0', ' ')).toMatch(title)
    expect(file?.altText.replaceAll('\u00a0', ' ')).toMatch(said)
    expect(file?.altText.length).toBeLessThanOrEqual(1000)
  },
)

test('a span or a sector that is none is refused, and a stranger is', async () => {
  const desk = await openDesk()
  const joc = await desk.as('joc')
  expect(await refusalCode(requestAlertFigures(joc, { span: 'ever', sector: null }))).toBe('unknown_term')
  expect(await refusalCode(requestAlertFigures(joc, { span: '30d', sector: 'moon' }))).toBe('unknown_term')
  const stranger = await desk.stranger()
  expect(await refusalCode(requestAlertFigures(stranger, { span: '30d', sector: null }))).toBe(
    'not_registered',
  )
})
