import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { restoreDatabase } from '../../src/db/backup.ts'
import { openForWriting } from '../../src/db/connection.ts'
import { missingDerived } from '../../src/db/derived.ts'
import { MigrationError, migrate, migrationsDir } from '../../src/db/migrate.ts'
import { openStore } from '../../src/db/store.ts'
import { movableClock } from '../support/clock.ts'
import { census, fill, migrationNames, olderVersion } from '../support/filled.ts'
import { anAlert, aPerson, ownersOf } from '../support/records.ts'
import { reopen, silentLog, temporaryFolder, testStore } from '../support/store.ts'

function emptyDatabase(): Database.Database {
  const db = openForWriting(join(temporaryFolder(), 'test.db'))
  onTestFinished(() => void db.close())
  return db
}

const run = (db: Database.Database, dir = migrationsDir, backup = async (_before: string) => {}) =>
  migrate(db, { clock: movableClock(), log: silentLog, dir, backup })

/** Rebuilds a table the way drizzle-kit writes it, without a change. */
function rebuild(db: Database.Database, table: string): string {
  const made = db
    .prepare<[string], string>('select sql from sqlite_master where name = ?')
    .pluck()
    .get(table)!
  const indexes = db
    .prepare<[string], string>(
      `select sql from sqlite_master where type = 'index' and tbl_name = ? and sql is not null`,
    )
    .pluck()
    .all(table)
  return [
    'PRAGMA foreign_keys=OFF;',
    `${made.replace(`\`${table}\``, `\`__new_${table}\``)};`,
    `INSERT INTO \`__new_${table}\` SELECT * FROM \`${table}\`;`,
    `DROP TABLE \`${table}\`;`,
    `ALTER TABLE \`__new_${table}\` RENAME TO \`${table}\`;`,
    'PRAGMA foreign_keys=ON;',
    ...indexes.map(index => `${index};`),
  ].join('--> statement-breakpoint\n')
}

/** The present version and one more migration. */
function newerVersion(sql: string): string {
  const dir = olderVersion(migrationNames().length)
  writeFileSync(join(dir, '9999_next.sql'), sql)
  return dir
}

/** Tables that a migration takes away. Nothing was ever written into them. */
const takenAway: Record<string, string[]> = { '0017_hotspot_plan.sql': ['hotspot_lines'] }

describe('each migration, on a filled database of the version before', () => {
  it.each(migrationNames().map((name, index) => ({ name, index })))(
    '$name keeps every row',
    async ({ name, index }) => {
      const db = emptyDatabase()
      if (index > 0) {
        await run(db, olderVersion(index))
        fill(db)
      }
      const before = census(db)
      for (const table of takenAway[name] ?? []) delete before[table]
      await run(db, olderVersion(index + 1))
      expect(census(db)).toMatchObject(before)
      expect(db.pragma('foreign_key_check')).toEqual([])
      expect(missingDerived(db)).toEqual([])
    },
  )

  it('reaches a version whose every table can be filled', async () => {
    const db = emptyDatabase()
    await run(db)
    fill(db, 2)
    expect(new Set(Object.values(census(db)))).toEqual(new Set([2]))
  })
})

describe('the runner', () => {
  it('rebuilds a table that others point to without losing their rows, the triggers or the search', async () => {
    const { store, dataDir, clock, ids } = await testStore()
    await store.write(async ({ people, alerts, events }) => {
      await people.insert(aPerson())
      await alerts.insert(anAlert({ what: 'gunfire' }), ownersOf('alert-1'))
      const event = {
        at: 1,
        recordedAt: 1,
        actor: 'person-1',
        kind: 'x',
        recordKind: 'alert',
        recordId: 'alert-1',
      }
      await events.append({ ...event, data: {}, words: { note: 'n' } })
    })
    await store.close()
    const db = openForWriting(store.path)
    const tables = ['people', 'alerts', 'events']
    const dir = newerVersion(tables.map(table => rebuild(db, table)).join('\n'))
    const before = census(db)
    await run(db, dir)
    expect(census(db)).toEqual(before)
    expect(() => db.exec('delete from events')).toThrow('append-only')
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1)
    db.exec(`delete from migrations where name = '9999_next'`)
    db.close()
    const again = await reopen({ dataDir, clock, ids })
    expect((await again.read.alerts.search('gunfire', 5)).map(({ id }) => id)).toEqual(['alert-1'])
    expect(await again.read.events.verify()).toMatchObject({ ok: true, count: 1 })
  })

  it('backs up a database that holds something, before it is changed, and only then', async () => {
    const db = emptyDatabase()
    const backups: string[] = []
    const backup = async (before: string) => {
      backups.push(`${before}: ${Object.keys(census(db)).includes('extra')}`)
    }
    await run(db, migrationsDir, backup)
    await run(db, migrationsDir, backup)
    expect(backups).toEqual([])
    await run(db, newerVersion('create table extra (id integer primary key);'), backup)
    expect(backups).toEqual(['9999_next: false'])
  })

  it('changes nothing when a later statement fails, or rows would be orphaned', async () => {
    const db = emptyDatabase()
    await run(db)
    fill(db)
    const before = census(db)
    await expect(
      run(db, newerVersion('create table extra (id); insert into nowhere values (1);')),
    ).rejects.toThrow()
    await expect(run(db, newerVersion('delete from people where rowid = 1;'))).rejects.toThrow(
      /row \d+ of \w+ points to a row of people that is not there/,
    )
    expect(census(db)).toEqual(before)
    expect(missingDerived(db)).toEqual([])
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1)
  })

  it('stops at a database of a newer version, an edited migration and a stranger', async () => {
    const newer = emptyDatabase()
    await run(newer, newerVersion('create table extra (id);'))
    await expect(run(newer)).rejects.toThrow(
      /newer than this version of Tocsin: it holds the migration 9999_next/,
    )
    const edited = emptyDatabase()
    const dir = newerVersion('create table extra (id);')
    await run(edited, dir)
    writeFileSync(join(dir, '9999_next.sql'), 'create table other (id);')
    await expect(run(edited, dir)).rejects.toThrow(/9999_next was changed after it was applied/)
    const stranger = emptyDatabase()
    stranger.exec('create table theirs (id)')
    await expect(run(stranger)).rejects.toBeInstanceOf(MigrationError)
  })

  it('takes line ends of another system for the same migration', async () => {
    const db = emptyDatabase()
    const dir = newerVersion('create table extra (\n id\n);\n')
    await run(db, dir)
    writeFileSync(join(dir, '9999_next.sql'), 'create table extra (\r\n id\r\n);\r\n')
    expect(await run(db, dir)).toEqual([])
  })
})

describe('opening the store', () => {
  it('puts back triggers and the full-text table where they are missing or altered', async () => {
    const { store, dataDir, clock, ids } = await testStore()
    await store.write(async ({ people, alerts }) => {
      await people.insert(aPerson())
      await alerts.insert(anAlert({ what: 'gunfire' }), [])
    })
    store.database.exec('drop trigger events_delete; drop table alerts_fts; drop trigger events_update')
    store.database.exec('create trigger events_update before update on events when 0 begin select 1; end')
    await store.close()
    const again = await reopen({ dataDir, clock, ids })
    expect(missingDerived(again.database)).toEqual([])
    expect(await again.read.alerts.search('gunfire', 1)).toHaveLength(1)
  })

  it('leaves a copy of the older database in backups/, as it was', async () => {
    const { store, dataDir, clock, ids } = await testStore()
    await store.write(({ people }) => people.insert(aPerson()))
    await store.close()
    const migrations = newerVersion('delete from people; create table extra (id);')
    const migrated = await openStore({ dataDir, clock, ids, log: silentLog, migrations })
    expect(await migrated.read.people.count()).toBe(0)
    await migrated.close()
    expect(readdirSync(join(dataDir, 'backups'))).toEqual(['20260302T060000Z-before-9999_next.db'])
    await expect(reopen({ dataDir, clock, ids })).rejects.toThrow(/newer than this version/)
    await restoreDatabase(dataDir, join(dataDir, 'backups', '20260302T060000Z-before-9999_next.db'), clock)
    const back = await reopen({ dataDir, clock, ids })
    expect(await back.read.people.count()).toBe(1)
  })
})
