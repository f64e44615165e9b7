/** What the files of taskings hold: for a spreadsheet and for a calendar. */
import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'
import { csvText } from '../../src/domain/csv.ts'
import { EVERY_TASKING } from '../../src/domain/tasking-filter.ts'
import { createLocales } from '../../src/locales/index.ts'
import { answerTasking, listTaskings, task } from '../../src/operations/tasking.ts'
import { taskingCalendar, taskingColumns } from '../../src/views/tasking/files.ts'
import { type Desk, HOUR, openDesk, who } from '../support/operations.ts'

const DUE = Date.parse('2026-11-27T04:30:00Z')

async function give(desk: Desk, more: object = {}) {
  const { tasking } = await task(await desk.as('forceHq'), {
    origin: { kind: 'none', id: null },
    role: 'force_hq',
    to: 'company_duty_officer@north',
    result: 'The ford is watched',
    tier: 2,
    dueAt: DUE,
    place: { id: 'karamba-market' },
    ...more,
  })
  return tasking
}

async function openAt(start: string): Promise<Desk> {
  const desk = await openDesk()
  desk.clock.set(Date.parse(start))
  return desk
}

const ofReader = (desk: Desk, zone: string, language = 'en') => ({
  words: createLocales('UTC', ['en', 'fr']).words(language, zone),
  mission: desk.mission,
  now: desk.clock.now(),
})

async function shown(desk: Desk) {
  return (await listTaskings(await desk.as('forceHq'), { ...EVERY_TASKING, ended: true })).items
}

async function csv(desk: Desk, zone: string, language = 'en') {
  const pieces: string[] = []
  for await (const piece of csvText(taskingColumns(ofReader(desk, zone, language)), await shown(desk)))
    pieces.push(piece)
  return parse(pieces.join(''), { bom: true, columns: true }) as Record<string, string>[]
}

/** The calendar's lines, folded ones put together again (RFC 5545). */
const lines = (text: string) => text.replaceAll('\r\n ', '').split('\r\n')

async function calendar(desk: Desk, zone = 'Africa/Lusaka', language = 'en') {
  return lines(taskingCalendar(ofReader(desk, zone, language), await shown(desk)))
}

const of = (found: readonly string[], name: string) =>
  found
    .filter(line => line.startsWith(`${name}:`) || line.startsWith(`${name};`))
    .map(line => line.slice(name.length + 1))

it('a spreadsheet holds what was given, to which post, how it stands and why, in the reader’s language', async () => {
  const desk = await openAt('2026-11-24T08:00:00Z')
  const { id: taskingId, code } = await give(desk)
  const words = 'Both patrols are out'
  await answerTasking(await desk.as('company'), { taskingId, act: 'decline', words })
  expect(await csv(desk, 'Africa/Lusaka')).toEqual([
    {
      Code: code,
      Kind: 'Tasking',
      State: expect.stringContaining('Declined'),
      'Result expected': 'The ford is watched',
      'Due (Africa/Lusaka)': '2026-11-27 06:30',
      To: 'Company duty officer, Sector North',
      From: 'Force HQ duty officer',
      'Asked (Africa/Lusaka)': '2026-11-24 10:00',
      Sector: 'Sector North',
      Place: 'Karamba market',
      Tier: '2',
      Reason: words,
      'Result for civilians': '',
      Exercise: '',
    },
  ])
  const [row] = await csv(desk, 'Africa/Lusaka', 'fr')
  expect(Object.values(row!)).toContain('Officier de permanence de la compagnie, Secteur Nord')
  // People stand by their post: nobody's name or account is passed on with a file.
  expect(JSON.stringify(row)).not.toContain(who.company)
})

it('a spreadsheet shows times in the zone its titles name, also over a change of the clock', async () => {
  const desk = await openAt('2026-10-24T08:00:00Z')
  await give(desk)
  const [row] = await csv(desk, 'Europe/Rome')
  expect(row).toMatchObject({
    'Due (Europe/Rome)': '2026-11-27 05:30',
    'Asked (Europe/Rome)': '2026-10-24 10:00',
  })
})

it('what somebody typed is never a formula, and commas, quotes and lines stay in their cell', async () => {
  const desk = await openAt('2026-11-24T08:00:00Z')
  await give(desk, { result: '=HYPERLINK("http://x","y")' })
  await give(desk, { result: 'Ford, "lower"\nand ferry; =1+1' })
  const results = (await csv(desk, 'UTC')).map(row => row['Result expected'])
  expect(new Set(results)).toEqual(new Set([`'=HYPERLINK("http://x","y")`, 'Ford, "lower"\nand ferry; =1+1']))
})

it('a calendar holds an entry for each that is open, at its date in UTC, and none for what has ended', async () => {
  const desk = await openAt('2026-11-24T08:00:00Z')
  const open = await give(desk)
  const ended = await give(desk)
  await answerTasking(await desk.as('forceHq'), { taskingId: ended.id, act: 'cancel', words: 'Overtaken' })
  const found = await calendar(desk)
  expect(of(found, 'UID')).toEqual([`${open.id}@tocsin`])
  expect(of(found, 'DTSTART')).toEqual(['20261127T040000Z'])
  expect(of(found, 'DTEND')).toEqual(['20261127T043000Z'])
  expect(of(found, 'SUMMARY')).toEqual([`${open.code}: The ford is watched`])
  expect(of(found, 'LOCATION')).toEqual(['Karamba market'])
  expect(found.join('\n')).not.toContain(ended.code)
})

it('an entry keeps its UID whoever reads it, whenever and in whatever zone, so that a calendar updates it', async () => {
  const desk = await openAt('2026-11-24T08:00:00Z')
  const { id: taskingId } = await give(desk)
  const first = await calendar(desk)
  desk.clock.advance(5 * HOUR)
  await answerTasking(await desk.as('company'), { taskingId, act: 'accept' })
  const second = await calendar(desk, 'Europe/Rome', 'fr')
  expect(of(second, 'UID')).toEqual(of(first, 'UID'))
  expect(of(second, 'DTSTART')).toEqual(of(first, 'DTSTART'))
  expect([of(first, 'SEQUENCE'), of(second, 'SEQUENCE')]).toEqual([['0'], ['1']])
})

it('a calendar obeys no word of what was typed: separators are escaped and a line stays one', async () => {
  const desk = await openAt('2026-11-24T08:00:00Z')
  const { code } = await give(desk, {
    result: 'Ford; ferry, bank\\quay\r\nEND:VEVENT\r\nATTENDEE:mailto:x@y',
  })
  const found = await calendar(desk)
  expect(of(found, 'SUMMARY')).toEqual([
    `${code}: Ford\\; ferry\\, bank\\\\quay END:VEVENT ATTENDEE:mailto:x@y`,
  ])
  expect(of(found, 'ATTENDEE')).toEqual([])
  expect(of(found, 'END')).toEqual(['VEVENT', 'VCALENDAR'])
})

it('an exercise says so in both files, and a request to NGOs that it may be declined', async () => {
  const desk = await openAt('2026-11-24T08:00:00Z')
  await give(desk, { exercise: true })
  expect(of(await calendar(desk), 'SUMMARY')[0]).toMatch(/^EXERCISE T-/)
  expect(await csv(desk, 'UTC')).toMatchObject([{ Exercise: 'EXERCISE' }])
  const adviser = await desk.as('pocAdviser')
  await task(adviser, {
    origin: { kind: 'none', id: null },
    role: 'poc_adviser',
    to: 'ngo',
    result: 'Shelter',
    tier: 3,
    dueAt: DUE,
  })
  const { items } = await listTaskings(adviser, { ...EVERY_TASKING, kind: 'request' })
  const asked = lines(taskingCalendar(ofReader(desk, 'UTC'), items))
  expect(of(asked, 'DESCRIPTION')[0]).toMatch(/may be declined/)
})
