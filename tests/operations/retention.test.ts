import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { addInformation, close } from '../../src/operations/alert.ts'
import { recordIncident } from '../../src/operations/incident.ts'
import {
  applyRetention,
  planRetention,
  runRetention,
  scheduleRetention,
} from '../../src/operations/retention.ts'
import { readSource, recordSource } from '../../src/operations/source.ts'
import { DAY, type Desk, openDesk, refusalCode } from '../support/operations.ts'

/** An alert with words in every place that holds any, closed. */
async function endedAlert(desk: Desk, canary: string, place: { said: string } | { id: string }) {
  const raised = await desk.raise({
    what: `${canary} at the ford`,
    place,
    how: `${canary} path`,
    sector: 'north',
  })
  const { id } = raised.alert
  const duty = await desk.as('duty')
  await addInformation(duty, { alertId: id, note: `${canary} note` })
  await desk.store.write(({ alerts }) =>
    alerts.setAttribution({
      alertId: id,
      group: `${canary}_group`,
      saidBy: null,
      confidence: null,
      recordedBy: raised.alert.raisedBy,
      recordedAt: desk.clock.now(),
    }),
  )
  await close(duty, { alertId: id, outcome: 'averted', note: `${canary} end` })
  return raised
}

const years = (desk: Desk) => desk.mission.retention.alerts + 2 * DAY

it('forgets the words of an ended alert in every place, and what follows from times and codes stays true', async () => {
  const desk = await openDesk()
  const raised = await endedAlert(desk, 'Qwandi', { said: 'Qwandi hill' })
  const before = await desk.facts(raised)
  desk.clock.advance(years(desk))
  await applyRetention(desk.system)
  await desk.store.scrub()

  const after = await desk.facts(raised)
  expect(after.alert).toMatchObject({
    what: '',
    placeSaid: '',
    placeHow: null,
    outcome: before.alert.outcome,
  })
  expect(after.owners.map(({ state }) => state.acknowledged?.at)).toEqual(
    before.owners.map(({ state }) => state.acknowledged?.at),
  )
  expect(await desk.store.read.events.verify()).toMatchObject({ ok: true })
  for (const file of [desk.store.path, `${desk.store.path}-wal`]) {
    const bytes = existsSync(file) ? readFileSync(file).toString('latin1') : ''
    expect(bytes.toLowerCase()).not.toContain('qwandi')
  }
})

it('leaves an open alert alone however old, and the known place of an ended one', async () => {
  const desk = await openDesk()
  const open = await desk.raise()
  const ended = await endedAlert(desk, 'Qwandi', { id: 'karamba-market' })
  desk.clock.advance(years(desk))
  await applyRetention(desk.system)
  expect((await desk.facts(open)).alert.what).toBe(open.alert.what)
  expect((await desk.facts(ended)).alert).toMatchObject({ what: '', placeSaid: 'Karamba market' })
})

it('a dry run tells what is due and changes nothing; the run says in the trail what it erased', async () => {
  const desk = await openDesk()
  const raised = await endedAlert(desk, 'Qwandi', { said: 'Qwandi hill' })
  desk.clock.advance(years(desk))
  const planned = await planRetention(desk.system)
  expect(planned).toEqual(await planRetention(desk.system))
  expect(planned.find(due => due.class === 'alerts')).toMatchObject({ count: 1 })
  expect((await desk.facts(raised)).alert.what).toMatch(/Qwandi/)

  expect(await applyRetention(desk.system)).toEqual(planned)
  const [event, ...more] = await desk.store.read.events.ofRecord('store', 'retention')
  expect(more).toEqual([])
  expect(event?.data).toMatchObject({ alerts: { count: 1 } })
  expect((await planRetention(desk.system)).every(({ count }) => count === 0)).toBe(true)
})

it('erases the identity of a source that stands behind no alert for its time, and keeps one in use', async () => {
  const desk = await openDesk()
  const liaison = await desk.as('liaison')
  const record = async () => {
    const { alert } = await desk.raise()
    const grade = { reliability: 'B', credibility: 2, independent: true }
    return (await recordSource(liaison, { alertId: alert.id, name: 'Amo', ...grade })).source.id
  }
  const unused = await record()
  desk.clock.advance(desk.mission.retention.sources - DAY)
  const used = await record()
  desk.clock.advance(2 * DAY)
  await applyRetention(desk.system)
  expect(await refusalCode(readSource(liaison, { sourceId: unused, reason: 'warn' }))).toBe('source_erased')
  expect((await readSource(liaison, { sourceId: used, reason: 'warn' })).identity.name).toBe('Amo')
})

it('removes backups and exports that are older than their time, and nothing else of the data folder', async () => {
  const desk = await openDesk()
  const folder = dirname(desk.store.path)
  const make = (name: string, age: number) => {
    const file = join(folder, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, 'x')
    const at = (desk.clock.now() - age) / 1000
    utimesSync(file, at, at)
    return file
  }
  const old = [make('backups/old.db', 31 * DAY), make('exports/old.jsonl', 31 * DAY)]
  const young = [
    make('backups/young.db', 29 * DAY),
    make('exports/young.jsonl', 29 * DAY),
    make('other.txt', 99 * DAY),
  ]
  await applyRetention(desk.system)
  expect(old.filter(existsSync)).toEqual([])
  expect(young.filter(existsSync)).toEqual(young)
})

it('runs every night at half past three of the mission, also the night after', async () => {
  const desk = await openDesk()
  await scheduleRetention(desk.system)
  const first = await desk.store.read.timers.byKey('retention')
  desk.clock.set(first!.dueAt)
  await runRetention(desk.system, first!)
  const second = await desk.store.read.timers.byKey('retention')
  expect(new Date(first!.dueAt).toISOString()).toMatch(/T01:30:00/)
  expect(second!.dueAt - first!.dueAt).toBe(DAY)
})

it('nobody but the bot and its operator may ask for it', async () => {
  const desk = await openDesk()
  expect(await refusalCode(planRetention(await desk.as('joc')))).toBe('not_allowed')
  expect(await refusalCode(applyRetention(await desk.as('joc')))).toBe('not_allowed')
})

it('an incident loses its words, and is edited where its card stands; a restricted one keeps its district', async () => {
  const desk = await openDesk()
  const duty = await desk.as('duty')
  const said = { at: desk.clock.now(), precision: 'hour', what: 'Qwandi was shot' }
  const { incident } = await recordIncident(duty, {
    ...said,
    subType: 'attack',
    place: { said: 'Qwandi hill -7.0982, -9.2145' },
    harm: { killed: 1 },
  })
  const restricted = await recordIncident(duty, {
    ...said,
    subType: 'sexual_violence',
    place: { id: 'karamba-market' },
  })
  for (const id of [incident.id, restricted.incident.id])
    await desk.store.write(({ cards }) =>
      cards.put({ recordId: id, target: 'C0', channel: 'C0', ts: id, postedAt: desk.clock.now() }),
    )
  desk.clock.advance(years(desk))
  await desk.said()
  const due = await applyRetention(desk.system)
  expect(due.find(each => each.class === 'alerts')?.count).toBe(1)
  const { incidents, events } = desk.store.read
  expect(await incidents.byId(incident.id)).toMatchObject({ what: '', placeSaid: '', lat: null, lon: null })
  expect((await incidents.byId(incident.id))?.harm.killed).toBe(1)
  expect((await incidents.byId(restricted.incident.id))?.placeSaid).toBe(restricted.incident.placeSaid)
  expect((await desk.said()).filter(({ data }) => data.record === 'incident')).toHaveLength(1)
  expect((await events.ofRecord('incident', incident.id)).at(-1)?.kind).toBe('incident.words_erased')
  expect((await applyRetention(desk.system)).find(each => each.class === 'alerts')?.count).toBe(0)
})
