import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { concerns, flagConcern, takeUpConcern } from '../../src/operations/concern.ts'
import { HOUR, openDesk, refusalCode } from '../support/operations.ts'

const concern = { about: 'returns', district: 'Karamba', words: 'People are put on trucks' }

it('a concern goes to OCHA alone, at the next full hour', async () => {
  const desk = await openDesk()
  await flagConcern(await desk.as('duty'), concern)
  expect(await desk.said()).toEqual([])
  await desk.pass(HOUR)
  expect((await desk.said()).map(({ kind, target }) => `${kind}@${target}`)).toEqual(['card@U0OCHA'])
  for (const name of ['duty', 'joc', 'leadership', 'humanRights', 'unhcr', 'ngo'] as const)
    expect([name, await refusalCode(concerns(await desk.as(name)))]).toEqual([name, 'not_found'])
  const [flagged] = await concerns(await desk.as('ocha'))
  expect(flagged).toMatchObject({ about: 'returns', words: 'People are put on trucks' })
  expect(await refusalCode(takeUpConcern(await desk.as('duty'), { concernId: flagged!.id }))).toBe(
    'not_found',
  )
  await takeUpConcern(await desk.as('ocha'), { concernId: flagged!.id })
  expect(await refusalCode(takeUpConcern(await desk.as('ocha'), { concernId: flagged!.id }))).toBe(
    'already_done',
  )
})

it('who wrote it and at what hour stands in no table: not its own, not the trail, not the access log, not a timer', async () => {
  const desk = await openDesk()
  const { database } = desk.store as unknown as { database: import('better-sqlite3').Database }
  const tables = database
    .prepare<[], string>("select name from sqlite_master where type = 'table' and name not like 'sqlite%'")
    .pluck()
    .all()
  const rows = () =>
    new Map(
      tables.map(table => [
        table,
        database
          .prepare(`select * from "${table}"`)
          .all()
          .map(row => JSON.stringify(row)),
      ]),
    )
  const before = rows()
  desk.clock.advance(17 * 60_000 + 123)
  const at = desk.clock.now()
  await flagConcern(await desk.as('duty'), concern)
  const added = [...rows()].flatMap(([table, now]) =>
    now.filter(row => !before.get(table)?.includes(row)).map(row => `${table}: ${row}`),
  )
  const author = await desk.id('duty')
  expect(added.map(row => row.split(':')[0]).sort()).toEqual(['concerns', 'timers'])
  for (const row of added)
    for (const word of [author, 'U0DUTYKARAMBA', String(at), at.toString(36), 'mission_civilian'])
      expect([row, row.includes(word)]).toEqual([row, false])
  await desk.pass(HOUR)
  const [row] = rows().get('concerns') ?? []
  const events = await desk.store.read.events.ofRecord('concern', JSON.parse(row!).id)
  expect(events.map(({ actor, kind }) => [actor, kind])).toEqual([['system', 'concern.passed_on']])
})

it('without anybody at OCHA’s post it waits, and is not lost', async () => {
  const desk = await openDesk()
  await desk.vacate('ocha_bridge_officer', null)
  await flagConcern(await desk.as('ngo'), concern)
  await desk.pass(3 * HOUR)
  expect((await desk.said()).filter(({ kind }) => kind === 'card')).toEqual([])
  await desk.appoint('unhcr', 'ocha_bridge_officer', null)
  await desk.pass(2 * HOUR)
  expect((await desk.said()).filter(({ kind }) => kind === 'card').map(({ target }) => target)).toEqual([
    'U0UNHCR',
  ])
})

it('the handler hands on nothing of the call but what was written', () => {
  const source = readFileSync('src/handlers/concern.ts', 'utf8')
  expect(source).not.toMatch(/viewId|requestKey|person\b(?!\.ts)/)
})
