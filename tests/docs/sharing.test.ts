import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { sharingPage } from '../../scripts/sharing-table.ts'
import { databasePath } from '../../src/db/backup.ts'
import { testStore } from '../support/store.ts'

/** Under which row the readers of each kind of record stand. */
const ROWS: Readonly<Record<string, string>> = {
  alerts: 'Who reads what of an alert',
  alert_responses: 'Report, response, incident',
  component_reports: 'Report of a component',
  concerns: 'Concern',
  drawdowns: 'drawdown',
  entries: 'Own entries and dissent',
  exercises: 'Table-top exercise',
  forums: 'group, meeting, plan',
  gates: 'Due diligence',
  hotspots: 'Hotspot',
  incidents: 'Report, response, incident',
  inquiries: 'request for information',
  matrix_rounds: 'review round',
  meetings: 'group, meeting, plan',
  notices: 'notified movement',
  plans: 'group, meeting, plan',
  postures: 'Posture',
  releases: 'Request to release',
  reports: 'Report, response, incident',
  suspensions: 'Posture, suspension',
  taskings: 'Tasking',
  teams: 'team',
}

const rowsOf = (page: string, name: string): string[][] =>
  page
    .split('\n')
    .filter(line => line.startsWith('| ') && line.includes(name))
    .map(line =>
      line
        .split('|')
        .slice(2, -1)
        .map(cell => cell.trim()),
    )

it('the tables of docs/sharing.md are those the rule gives; `npm run docs:sharing` writes them', async () => {
  const { is, shouldBe } = await sharingPage()
  expect(is).toBe(shouldBe)
})

it('an alert that names forces of the host State is read by nobody of it', async () => {
  const { shouldBe } = await sharingPage()
  const rows = shouldBe.split('\n').filter(line => line.startsWith('| Host State |'))
  expect(rows.at(-1)).toBe('| Host State | no | no | no | no | no | no |')
})

it('every kind of record that somebody holds stands in the tables', async () => {
  const { dataDir } = await testStore()
  const db = new Database(databasePath(dataDir), { readonly: true })
  const held = db
    .prepare<[], string>(
      `select m.name from sqlite_master m join pragma_table_info(m.name) c on c.name = 'holder' where m.type = 'table'`,
    )
    .pluck()
    .all()
  db.close()
  const { is } = await sharingPage()
  expect(held.filter(table => !is.includes(ROWS[table] ?? '\0'))).toEqual([])
})

it('as 5B has it: the host State reads no kind of record as such, and humanitarians’ requests and findings are for the parties alone', async () => {
  const { is } = await sharingPage()
  const others = is.slice(is.indexOf('### Who reads the other'), is.indexOf('### Where each layer'))
  const rows = others.split('\n').filter(line => /^\| [A-Z]/.test(line))
  expect(rows.filter(line => /\| all \|$/.test(line))).toEqual([])
  for (const name of ['Escort', 'Consultation', 'Concern', 'findings', 'Days, times'])
    for (const cells of rowsOf(others, name)) expect(new Set(cells)).toEqual(new Set(['named']))
  const [protectionCluster = []] = rowsOf(others, 'Protection cluster')
  expect(protectionCluster.slice(0, 4)).toEqual(['named', 'named', 'named', 'named'])
})
