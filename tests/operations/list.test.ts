import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { type AlertFilter, NO_FILTER } from '../../src/domain/alert-filter.ts'
import { made } from '../../src/jobs/aside/work.ts'
import { LIST_PAGE } from '../../src/operations/alert/list.ts'
import { acknowledge, close, listAlerts, requestAlertCsv } from '../../src/operations/alert.ts'
import type { Ctx } from '../../src/operations/context.ts'
import { type Desk, HOUR, MINUTE, openDesk } from '../support/operations.ts'

const all: AlertFilter = { ...NO_FILTER, standing: 'all' }

/** The file somebody is sent, as rows of cells. */
async function csvFor(desk: Desk, ctx: Ctx, filter: AlertFilter) {
  await desk.said()
  await requestAlertCsv(ctx, filter)
  const [entry] = (await desk.said()).filter(({ kind }) => kind === 'alert.csv')
  const personId = ctx.actor.kind === 'person' ? ctx.actor.person.id : ''
  const file = await made(desk.system, { do: 'alert.csv', personId, event: Number(entry?.data.event) })
  if (!file) throw new Error('no file')
  const rows = parse(Buffer.from(file.bytes), { bom: true, columns: true }) as Record<string, string>[]
  return { file, rows }
}

test('a list goes back and forth page by page, and every alert stands on one page exactly', async () => {
  const desk = await openDesk()
  const raised: string[] = []
  for (let n = 0; n < 2 * LIST_PAGE + 3; n++) {
    raised.unshift((await desk.raise({ what: `alert ${n}` })).alert.code)
    // Several in one moment: the order of storing decides.
    if (n % 3 === 0) desk.clock.advance(MINUTE)
  }
  const ctx = await desk.as('joc')
  const first = await listAlerts(ctx, all)
  const second = await listAlerts(ctx, all, first.older)
  const third = await listAlerts(ctx, all, second.older)
  const codes = [first, second, third].map(page => page.rows.map(({ alert }) => alert.code))
  expect(codes.flat()).toEqual(raised)
  expect([first.newer, third.older]).toEqual([null, null])
  const back = await listAlerts(ctx, all, third.newer)
  expect(back.rows.map(({ alert }) => alert.code)).toEqual(codes[1])
  const top = await listAlerts(ctx, all, back.newer)
  expect(top.rows.map(({ alert }) => alert.code)).toEqual(codes[0])
  expect(top.newer).toBeNull()
})

test('an alert raised meanwhile moves nothing from one page to the next', async () => {
  const desk = await openDesk()
  for (let n = 0; n < LIST_PAGE + 2; n++) await desk.raise({ what: `alert ${n}` })
  const ctx = await desk.as('joc')
  const first = await listAlerts(ctx, all)
  await desk.raise({ what: 'one more' })
  const second = await listAlerts(ctx, all, first.older)
  expect(second.rows.map(({ alert }) => alert.what)).toEqual(['alert 1', 'alert 0'])
})

test('a filter lets through what it says, and no more', async () => {
  const desk = await openDesk()
  const north = await desk.raise({ what: 'Shots at the market' })
  const unlocated = await desk.raise({ what: 'Houses burning', place: { said: 'beyond the river' } })
  const south = await desk.raise({ what: 'Road closed', place: { id: 'tashiro' }, urgency: 'tension' })
  await close(await desk.as('joc'), { alertId: south.alert.id, outcome: 'averted', note: 'Open again' })
  const ctx = await desk.as('joc')
  const shown = async (change: Partial<AlertFilter>) =>
    (await listAlerts(ctx, { ...NO_FILTER, ...change })).rows.map(({ alert }) => alert.what)
  expect(await shown({})).toEqual(['Houses burning', 'Shots at the market'])
  expect(await shown({ standing: 'ended' })).toEqual(['Road closed'])
  expect(await shown({ sector: 'north' })).toEqual(['Shots at the market'])
  expect(await shown({ untriaged: true, unlocated: true })).toEqual(['Houses burning'])
  expect(await shown({ words: 'mark' })).toEqual(['Shots at the market'])
  expect(await shown({ urgency: 'tension', standing: 'all' })).toEqual(['Road closed'])
  expect(await shown({ exercise: true })).toEqual([])
  expect(await shown({ overdue: true })).toEqual([])
  await acknowledge(await desk.as('company'), { alertId: north.alert.id })
  desk.clock.advance(12 * MINUTE)
  expect(await shown({ overdue: true })).toEqual(['Houses burning', 'Shots at the market'])
  desk.clock.advance(2 * HOUR)
  expect(await shown({ sinceMs: HOUR })).toEqual([])
  expect(unlocated.alert.triage).toBe(true)
  const company = await desk.as('company')
  const mine = await listAlerts(company, { ...NO_FILTER, mine: true })
  expect(mine.rows.map(({ alert }) => alert.what)).toEqual(['Shots at the market'])
})

test('a file holds exactly the alerts that the filter shows its reader, and says how many', async () => {
  const desk = await openDesk()
  for (let n = 0; n < LIST_PAGE + 5; n++) await desk.raise({ what: `=1+${n}` })
  const ctx = await desk.as('joc')
  const filter = { ...NO_FILTER, sector: 'north' }
  const { file, rows } = await csvFor(desk, ctx, filter)
  const first = await listAlerts(ctx, filter)
  const second = await listAlerts(ctx, filter, first.older)
  const shown = [...first.rows, ...second.rows].map(({ alert }) => alert.code)
  expect(rows.map(row => row.Code)).toEqual(shown)
  expect(file.text).toContain('15 alerts')
  expect(file.altText).toContain('15 alerts')
  expect(rows[0]?.['What is happening']).toBe("'=1+14")
})

test('a file holds nothing of what its reader may not read: no row, and no restricted class', async () => {
  const desk = await openDesk()
  const { alert } = await desk.raise({ what: 'Men in uniform' })
  await desk.store.write(({ alerts }) => alerts.update(alert.id, 1, { perpetrator: 'state_forces' }))
  const [row] = (await csvFor(desk, await desk.as('company'), all)).rows
  expect(row).toMatchObject({ Code: alert.code, 'Alleged (class)': '' })
  const human = (await csvFor(desk, await desk.as('joc'), all)).rows[0]
  expect(human?.Code).toBe(alert.code)
  expect((await csvFor(desk, await desk.as('ngo'), all)).rows).toEqual([])
})

test('whoever has a file made stands in the access log, and what they looked for can be forgotten', async () => {
  const desk = await openDesk()
  const ctx = await desk.as('joc')
  await requestAlertCsv(ctx, { ...all, words: 'a certain name' })
  const [look] = await desk.store.read.access.ofPerson(await desk.id('joc'))
  expect(look).toMatchObject({ layer: 'export' })
  const [entry] = (await desk.said()).filter(({ kind }) => kind === 'alert.csv')
  expect(JSON.stringify(entry)).not.toContain('certain')
  const event = Number(entry?.data.event)
  expect(await desk.store.read.events.words(event)).toMatchObject({ words: 'a certain name' })
  desk.clock.advance(1)
  await desk.store.write(({ retention }) => retention.forgetFilters(desk.clock.now()))
  expect(await desk.store.read.events.words(event)).toBeNull()
})
