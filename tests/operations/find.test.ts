import { describe, expect, it } from 'vitest'
import type { AlertFacts } from '../../src/operations/alert/facts.ts'
import {
  acknowledge,
  cannotTake,
  close,
  findAlerts,
  notActing,
  readAlert,
  respond,
  waitingFor,
} from '../../src/operations/alert.ts'
import { findIncidents, recordIncident } from '../../src/operations/incident.ts'
import { addReport } from '../../src/operations/report.ts'
import { findReports } from '../../src/operations/report-search.ts'
import { MINUTE, openDesk, refusalCode } from '../support/operations.ts'

const ids = (found: AlertFacts[]) => found.map(({ alert }) => alert.id)

describe('finding alerts', () => {
  it('takes a code as people write it', async () => {
    const desk = await openDesk()
    const { alert } = await desk.raise()
    const ctx = await desk.as('joc')
    const short = alert.code.replace('-', '').toLowerCase()
    for (const words of [alert.code, alert.code.toLowerCase(), short, ` ${short} `])
      expect(ids(await findAlerts(ctx, words))).toEqual([alert.id])
  })

  it('takes words of what happens and where, newest first', async () => {
    const desk = await openDesk()
    const one = await desk.raise({ what: 'Men on motorbikes' })
    const two = await desk.raise({ what: 'More motorbikes', place: { said: 'the ford' } })
    const ctx = await desk.as('joc')
    expect(ids(await findAlerts(ctx, 'motorb'))).toEqual([two.alert.id, one.alert.id])
    expect(ids(await findAlerts(ctx, 'motorbikes ford'))).toEqual([two.alert.id])
    expect(await findAlerts(ctx, '"* OR --')).toEqual([])
  })

  it('finds a word that only looks like a code', async () => {
    const desk = await openDesk()
    const { alert } = await desk.raise({ what: 'Abyei road blocked' })
    expect(ids(await findAlerts(await desk.as('joc'), 'abyei'))).toEqual([alert.id])
  })

  it('shows nobody what they may not read, neither by code nor by words, and it takes no place in the list', async () => {
    const desk = await openDesk()
    const ngo = await desk.as('ngo')
    const stranger = await desk.stranger()
    const own = await desk.raise({}, ngo)
    const theirs = await desk.raise({}, stranger)
    const hidden: AlertFacts[] = []
    for (let n = 0; n < 60; n++) hidden.push(await desk.raise())
    expect(ids(await findAlerts(ngo, 'market', 1))).toEqual([own.alert.id])
    expect(ids(await findAlerts(stranger, 'market'))).toEqual([theirs.alert.id])
    expect(await findAlerts(ngo, hidden[0]!.alert.code)).toEqual([])
    expect(await refusalCode(readAlert(ngo, hidden[0]!.alert.id))).toBe('not_found')
    expect(await refusalCode(readAlert(ngo, 'none'))).toBe('not_found')
    expect(await findAlerts(await desk.as('joc'), 'market')).toHaveLength(10)
  })

  it('shows an alert to whoever holds a post on its ladder, of whatever side', async () => {
    const desk = await openDesk()
    const { alert } = await desk.raise()
    await desk.appoint('unhcr', 'head_of_office', 'north')
    expect(ids(await findAlerts(await desk.as('unhcr'), 'market'))).toEqual([alert.id])
    expect(await findAlerts(await desk.as('ngo'), 'market')).toEqual([])
  })
})

describe('what waits for a person', () => {
  it('is what the post that has the alert must do, most urgent first, then oldest', async () => {
    const desk = await openDesk()
    const calm = await desk.raise({ urgency: 'tension' })
    const old = await desk.raise({ urgency: 'happening_now' })
    desk.clock.advance(MINUTE)
    const young = await desk.raise({ urgency: 'happening_now' })
    const expected = [old, young, calm].map(({ alert }) => alert.id)
    expect(ids(await waitingFor(await desk.as('company')))).toEqual(expected)
    expect(await waitingFor(await desk.as('companySouth'))).toEqual([])
    expect(await waitingFor(await desk.as('joc'))).toEqual([])
    expect(await waitingFor(await desk.as('battalion'))).toEqual([])
  })

  it('grows when it is escalated, and ends when somebody answers', async () => {
    const desk = await openDesk()
    const { alert } = await desk.raise()
    await desk.pass(10 * MINUTE)
    expect(ids(await waitingFor(await desk.as('battalion')))).toEqual([alert.id])
    await respond(await desk.as('company'), { alertId: alert.id, who: 'Patrol' })
    expect(await waitingFor(await desk.as('battalion'))).toEqual([])
    expect(ids(await waitingFor(await desk.as('company')))).toEqual([alert.id])
  })

  it('does not come back to a post that cannot take it', async () => {
    const desk = await openDesk()
    const { alert } = await desk.raise()
    await cannotTake(await desk.as('company'), { alertId: alert.id, reason: 'off_duty' })
    expect(await waitingFor(await desk.as('company'))).toEqual([])
    expect(ids(await waitingFor(await desk.as('battalion')))).toEqual([alert.id])
  })

  it('is nothing of an alert that ended', async () => {
    const desk = await openDesk()
    const { alert } = await desk.raise()
    const ctx = await desk.as('company')
    await acknowledge(ctx, { alertId: alert.id })
    await notActing(ctx, { alertId: alert.id, reason: 'past_event' })
    expect(ids(await waitingFor(ctx))).toEqual([alert.id])
    await close(ctx, { alertId: alert.id, outcome: 'unfounded', note: 'A wedding' })
    expect(await waitingFor(ctx)).toEqual([])
  })
})

describe('finding reports and incidents', () => {
  async function withBoth() {
    const desk = await openDesk()
    const joc = await desk.as('joc')
    const { alert } = await desk.raise({ what: 'Shots heard' })
    await addReport(joc, {
      alertId: alert.id,
      what: 'Fumée près de la léproserie',
      place: { said: 'the mill' },
    })
    const { incident } = await recordIncident(joc, {
      subType: 'attack',
      at: desk.clock.now(),
      precision: 'hour',
      place: { said: 'the mill' },
      what: 'Léproserie burnt',
    })
    const [, report] = await desk.store.read.reports.ofAlerts([alert.id])
    return { desk, joc, alert, incident, report: report! }
  }

  it('by words, whatever their accents, and by code', async () => {
    const { joc, alert, incident, report } = await withBoth()
    const reports = async (words: string) =>
      (await findReports(joc, words)).map(found => [found.facts.alert.code, found.report.code])
    for (const words of ['leproserie', 'LÉPRO mill', report.code, report.code.toLowerCase()])
      expect(await reports(words)).toEqual([[alert.code, report.code]])
    const incidents = async (words: string) =>
      (await findIncidents(joc, words)).map(facts => facts.incident.code)
    for (const words of ['leproserie', 'burnt mill', incident.code])
      expect(await incidents(words)).toEqual([incident.code])
    for (const words of ['leproserie cattle', '"* OR --', '']) {
      expect(await reports(words)).toEqual([])
      expect(await incidents(words)).toEqual([])
    }
  })

  it('only those somebody may read, and by no place they are shown less closely', async () => {
    const { desk, alert, incident, report } = await withBoth()
    const ngo = await desk.as('ngo')
    for (const words of ['leproserie', report.code]) expect(await findReports(ngo, words)).toEqual([])
    for (const words of ['leproserie', incident.code]) expect(await findIncidents(ngo, words)).toEqual([])
    const wide = {
      ...ngo,
      mission: { ...ngo.mission, places: { ...ngo.mission.places, wider: 'district' as const } },
    }
    const audience = [...alert.audience, 'ngo' as const]
    await desk.store.write(async repos => {
      await repos.alerts.update(alert.id, (await repos.alerts.byId(alert.id))!.version, { audience })
      await repos.incidents.update(incident.id, 1, { audience })
    })
    desk.store.database.prepare('update reports set audience = ?').run(JSON.stringify(audience))
    expect(await findReports(wide, 'leproserie')).toHaveLength(1)
    expect(await findIncidents(wide, 'leproserie')).toHaveLength(1)
    expect(await findReports(wide, 'mill')).toEqual([])
    expect(await findIncidents(wide, 'mill')).toEqual([])
    expect(await findAlerts(wide, 'shots market')).toEqual([])
    expect(await findAlerts(ngo, 'shots market')).toHaveLength(1)
  })

  it('no word of a report that was erased', async () => {
    const { desk, joc, alert } = await withBoth()
    await desk.store.write(({ reports }) => reports.clearWords(alert.id))
    expect(await findReports(joc, 'leproserie')).toEqual([])
  })
})
