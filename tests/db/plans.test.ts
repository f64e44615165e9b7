import Database from 'better-sqlite3'
import { expect, onTestFinished, test, vi } from 'vitest'
import { NO_FILTER } from '../../src/domain/alert-filter.ts'
import { duplicatesOf, listAlerts } from '../../src/operations/alert.ts'
import { openDesk } from '../support/operations.ts'

/** What is asked seldom and of everything: counts at the start, what one side takes along, what is erased at night. */
const OF_EVERYTHING = [
  /^select count\(\*\)/,
  /where holder = \+\?/,
  /raised_by = \$id/,
  /not in \(select id from alerts/,
  / as ended where /,
]

test('nothing that people wait for reads every alert, act or report there ever was', async () => {
  const prepare = vi.spyOn(Database.prototype, 'prepare')
  onTestFinished(() => prepare.mockRestore())
  const desk = await openDesk()
  const { alert } = await desk.raise()
  const ctx = await desk.as('joc')
  await duplicatesOf(ctx, alert.id)
  const filters = [
    { overdue: true, sector: 'north' },
    { standing: 'closed' },
    { words: 'market' },
    { sinceMs: 1 },
  ] as const
  for (const filter of filters) await listAlerts(ctx, { ...NO_FILTER, ...filter })
  const { name } = prepare.mock.contexts[0] as Database.Database
  const asked = new Set(prepare.mock.calls.map(([sql]) => sql.replace(/\s+/g, ' ').trim()))
  prepare.mockRestore()

  const db = new Database(name, { readonly: true })
  onTestFinished(() => void db.close())
  const scans = [...asked].filter(sql => {
    if (!/^(select|with) /i.test(sql) || OF_EVERYTHING.some(one => one.test(sql))) return false
    const names = [...sql.matchAll(/[:$](\w+)/g)].map(([, name]) => [name, null])
    const places = [...sql.matchAll(/\?/g)].map(() => null)
    const plan = db.prepare(`explain query plan ${sql}`).all(...places, Object.fromEntries(names)) as {
      detail: string
    }[]
    return plan.some(({ detail }) =>
      /^SCAN (alerts|alert_acts|alert_rungs|alert_owners|reports)( USING COVERING INDEX \w+)?$/.test(detail),
    )
  })
  expect(scans).toEqual([])
})
