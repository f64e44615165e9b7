import { describe, expect, it } from 'vitest'
import { correct, findAlerts, markForSpecialist, readAlert } from '../../src/operations/alert.ts'
import {
  findSummaries,
  narrowRelease,
  type ProposeInput,
  proposeRelease,
  refuseRelease,
  release,
} from '../../src/operations/release.ts'
import { type Desk, openDesk, refusalCode, type Who } from '../support/operations.ts'

const proposal = {
  what: 'summary',
  summary: 'Families should avoid the mill road tonight',
  constituencies: ['ngo'],
  channels: [],
  why: 'People would walk that road',
  sensitivity: 'moderate',
  tlp: 'green',
}

async function proposed(desk: Desk, change: Partial<ProposeInput> = {}, by: Who = 'duty') {
  const alert = await desk.raise()
  const facts = await proposeRelease(await desk.as(by), {
    ...proposal,
    alertId: alert.alert.id,
    ...change,
  })
  return { alert: alert.alert, id: facts.release.id, code: facts.release.code }
}

const statesOf = async (desk: Desk, alertId: string) =>
  (await desk.store.read.releases.ofAlert(alertId)).map(({ state }) => state)

describe('a proposal', () => {
  it('shows nothing to anybody until it is released', async () => {
    const desk = await openDesk()
    const { code } = await proposed(desk)
    expect(await findSummaries(await desk.as('ngo'), code)).toEqual([])
  })

  it('is put to the releasing officer of the holder’s side by direct message', async () => {
    const desk = await openDesk()
    await desk.said()
    const { id } = await proposed(desk)
    const cards = (await desk.said()).filter(({ recordId }) => recordId === id)
    expect(cards.map(({ kind, target }) => [kind, target])).toEqual([['card', 'U0POCADVISER']])
  })

  it('sent twice from one form is one', async () => {
    const desk = await openDesk()
    const alert = await desk.raise()
    const input = { ...proposal, alertId: alert.alert.id, requestKey: 'V1' }
    const duty = await desk.as('duty')
    const [a, b] = [await proposeRelease(duty, input), await proposeRelease(duty, input)]
    expect(a.release.id).toBe(b.release.id)
    expect(await statesOf(desk, alert.alert.id)).toEqual(['waiting'])
  })

  it.each([
    ['to nobody', { constituencies: [] }, 'audience_missing'],
    ['to the host State', { constituencies: ['host_state'] }, 'unknown_term'],
    ['of a summary without words', { summary: ' ' }, 'text_missing'],
    ['without a reason why', { why: '' }, 'text_missing'],
    ['without a sensitivity', { sensitivity: '' }, 'unknown_term'],
    ['with a mark that is none', { tlp: 'purple' }, 'unknown_term'],
    ['to a channel nobody registered', { channels: ['C0NONE'] }, 'channel_unregistered'],
  ])('%s is refused', async (_, change, code) => {
    const desk = await openDesk()
    expect(await refusalCode(proposed(desk, change))).toBe(code)
  })

  it('of an alert one may not read is refused as if there were none', async () => {
    const desk = await openDesk()
    expect(await refusalCode(proposed(desk, {}, 'unhcr'))).toBe('not_found')
  })

  it('by the only one who could decide is refused at once', async () => {
    const desk = await openDesk()
    expect(await refusalCode(proposed(desk, {}, 'pocAdviser'))).toBe('no_releasing_officer')
  })

  it('of a partner’s words is made by that partner alone, and decided on the humanitarian side', async () => {
    const desk = await openDesk()
    const ngo = await desk.as('ngo')
    const { alert } = await desk.raise({}, ngo)
    const input = { ...proposal, alertId: alert.id, constituencies: ['un_agency'] }
    expect(await refusalCode(proposeRelease(await desk.as('duty'), input))).toBe('only_author')
    await desk.appoint('unhcr', 'ocha_bridge_officer', null)
    const { release: row } = await proposeRelease(ngo, input)
    expect(await refusalCode(release(await desk.as('pocAdviser'), { releaseId: row.id }))).toBe('not_allowed')
    await release(await desk.as('unhcr'), { releaseId: row.id })
    expect((await desk.store.read.alerts.byId(alert.id))!.holder).toBe('ngo')
  })
})

describe('the decision', () => {
  it('is the releasing officer’s alone', async () => {
    const desk = await openDesk()
    const { id, alert } = await proposed(desk)
    for (const name of ['duty', 'joc', 'leadership', 'company', 'humanRights', 'unhcr', 'ngo'] as const) {
      expect([name, await refusalCode(release(await desk.as(name), { releaseId: id }))]).toEqual([
        name,
        'not_allowed',
      ])
      const refused = refuseRelease(await desk.as(name), { releaseId: id, reason: 'no' })
      expect([name, await refusalCode(refused)]).toEqual([name, 'not_allowed'])
    }
    expect(await statesOf(desk, alert.id)).toEqual(['waiting'])
  })

  it('is never taken by whoever proposed it, though they hold the post', async () => {
    const desk = await openDesk()
    await desk.appoint('duty', 'poc_adviser', null)
    const { id } = await proposed(desk)
    expect(await refusalCode(release(await desk.as('duty'), { releaseId: id }))).toBe('own_proposal')
  })

  it('taken twice at once counts once, and the second is told', async () => {
    const desk = await openDesk()
    const { id, alert } = await proposed(desk)
    const officer = await desk.as('pocAdviser')
    const both = await Promise.allSettled([
      release(officer, { releaseId: id }),
      refuseRelease(officer, { releaseId: id, reason: 'no' }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await refusalCode(release(officer, { releaseId: id }))).toBe('already_done')
    const kinds = (await desk.store.read.events.ofRecord('alert', alert.id)).map(({ kind }) => kind)
    expect(kinds.filter(kind => /^release\.(released|refused)$/.test(kind))).toHaveLength(1)
  })

  it('not to release needs a reason from the mission; the proposer is told either way', async () => {
    const desk = await openDesk()
    const { id } = await proposed(desk)
    const officer = await desk.as('pocAdviser')
    expect(await refusalCode(refuseRelease(officer, { releaseId: id }))).toBe('text_missing')
    await desk.said()
    await refuseRelease(officer, { releaseId: id, reason: 'Too fine a place' })
    expect((await desk.said()).filter(({ kind }) => kind === 'release.decided')).toEqual([
      expect.objectContaining({ target: 'U0DUTYKARAMBA', recordId: id }),
    ])
  })

  it('lets exactly the audience read the summary, logs each, and shows none of them the alert', async () => {
    const desk = await openDesk()
    const { id, code, alert } = await proposed(desk)
    await release(await desk.as('pocAdviser'), { releaseId: id })
    const ngo = await desk.as('ngo')
    expect((await findSummaries(ngo, code)).map(({ release: row }) => row.summary)).toEqual([
      proposal.summary,
    ])
    expect(await findSummaries(ngo, 'mill road')).toHaveLength(1)
    expect(await findSummaries(ngo, 'armed')).toEqual([])
    expect(await findAlerts(ngo, alert.code)).toEqual([])
    expect(await findAlerts(ngo, 'armed men')).toEqual([])
    expect(await refusalCode(readAlert(ngo, alert.id))).toBe('not_found')
    expect(await findSummaries(await desk.as('unhcr'), code)).toEqual([])
    const logged = await desk.store.read.access.ofRecord('alert', alert.id)
    expect(new Set(logged.map(({ layer, personId }) => `${layer} ${personId}`))).toEqual(
      new Set([`release ${await desk.id('ngo')}`]),
    )
  })

  it('of the whole alert lets the audience find and read it, and nobody else', async () => {
    const desk = await openDesk()
    const { id, alert } = await proposed(desk, { what: 'record', summary: '' })
    await release(await desk.as('pocAdviser'), { releaseId: id })
    expect((await findAlerts(await desk.as('ngo'), alert.code)).map(found => found.alert.id)).toEqual([
      alert.id,
    ])
    expect(await findAlerts(await desk.as('ngo'), 'armed market')).toHaveLength(1)
    expect(await findAlerts(await desk.as('unhcr'), alert.code)).toEqual([])
  })
})

describe('taking back', () => {
  it('needs but a press of the holder’s side, closes it at once, and happens once', async () => {
    const desk = await openDesk()
    const { id, code, alert } = await proposed(desk)
    await release(await desk.as('pocAdviser'), { releaseId: id })
    expect(await refusalCode(narrowRelease(await desk.as('ngo'), { releaseId: id }))).toBe('not_allowed')
    expect(await refusalCode(narrowRelease(await desk.as('unhcr'), { releaseId: id }))).toBe('not_found')
    await narrowRelease(await desk.as('company'), { releaseId: id })
    expect(await findSummaries(await desk.as('ngo'), code)).toEqual([])
    expect(await refusalCode(narrowRelease(await desk.as('company'), { releaseId: id }))).toBe('already_done')
    const kinds = (await desk.store.read.events.ofRecord('alert', alert.id)).map(({ kind }) => kind)
    expect(kinds.at(-1)).toBe('release.narrowed')
  })
})

describe('the marks of an alert', () => {
  it('are the mission’s until somebody who keeps it chooses others, and the trail says which changed', async () => {
    const desk = await openDesk()
    const raised = await desk.raise()
    const { id, version } = raised.alert
    expect([raised.alert.tlp, raised.alert.sensitivity]).toEqual([null, null])
    const same = {
      alertId: id,
      version,
      place: { id: 'karamba-market' },
      urgency: 'imminent',
      sector: 'north',
    }
    const duty = await desk.as('duty')
    const { alert } = await correct(duty, {
      ...same,
      tlp: 'red',
      sensitivity: desk.mission.marks.sensitivity,
    })
    expect([alert.tlp, alert.sensitivity]).toEqual(['red', null])
    const events = await desk.store.read.events.ofRecord('alert', id)
    expect(events.findLast(({ kind }) => kind === 'alert.changed')!.data).toMatchObject({ fields: ['tlp'] })
    const wrong = correct(duty, { ...same, version: alert.version, tlp: 'purple' })
    expect(await refusalCode(wrong)).toBe('unknown_term')
  })
})

it('an alert marked for a specialist takes its summaries along, from Slack and the store, and none can be written', async () => {
  const desk = await openDesk()
  const { id, code, alert } = await proposed(desk)
  await release(await desk.as('pocAdviser'), { releaseId: id })
  await desk.store.write(({ postings }) =>
    postings.add({
      channel: 'C0PROTECTION',
      ts: '1.1',
      target: 'C0PROTECTION',
      kind: 'card',
      recordId: id,
      holds: [id],
      postedAt: desk.clock.now(),
    }),
  )
  const { version } = (await desk.store.read.alerts.byId(alert.id))!
  const duty = await desk.as('duty')
  await desk.said()
  await markForSpecialist(duty, { alertId: alert.id, version, layers: ['child_protection'] })
  expect(
    (await desk.said()).filter(({ kind, recordId }) => kind === 'remove' && recordId === id),
  ).toHaveLength(1)
  expect(await findSummaries(await desk.as('ngo'), code)).toEqual([])
  expect((await desk.store.read.releases.byCode(code))!.summary).toBe('')
  const again = proposeRelease(duty, { ...proposal, alertId: alert.id })
  expect(await refusalCode(again)).toBe('specialist_only')
})
