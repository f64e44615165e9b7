import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTick } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { backupDatabase, databasePath, restoreDatabase } from '../../src/db/backup.ts'
import { openForReading } from '../../src/db/connection.ts'
import { verifyDatabase } from '../../src/db/verify.ts'
import { anotherBot } from '../support/another-bot.ts'
import { anEntry, aPerson } from '../support/records.ts'
import { reopen, type TestStore, temporaryFolder, testStore } from '../support/store.ts'

const root = new URL('../..', import.meta.url).pathname

/** `npm run store -- …` in a process of its own. */
function command(dataDir: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise(resolve => {
    const options = { cwd: root, env: { ...process.env, DATA_DIR: dataDir } }
    execFile(process.execPath, ['src/cli/store.ts', ...args], options, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err })
    })
  })
}

async function addPerson({ store }: Pick<TestStore, 'store'>, id: string): Promise<void> {
  await store.write(async ({ people, events }) => {
    await people.insert(aPerson({ id }))
    const event = {
      at: 1,
      recordedAt: 1,
      actor: 'system',
      kind: 'person_added',
      recordKind: 'person',
      recordId: id,
    }
    await events.append({ ...event, data: {}, words: { id } })
  })
}

describe('with the commands, while another process writes', { timeout: 60_000 }, () => {
  it('backs up, verifies, refuses to restore under a running bot, and restores after it was killed', async () => {
    const dataDir = temporaryFolder()
    const file = join(dataDir, 'kept.db')
    const bot = await anotherBot(dataDir, 'write')
    const backup = await command(dataDir, 'backup', file)
    expect(backup).toMatchObject({ code: 0, err: '' })
    expect(backup.out).toMatch(
      /Backed up to .*kept\.db: checked and sound, \d+ events, last link \d+:[0-9a-f]{64}/,
    )
    expect((await command(dataDir, 'verify', file)).out).toMatch(/kept\.db is sound: \d+ events/)
    expect(await command(dataDir, 'verify')).toMatchObject({ code: 0 })
    const refused = await command(dataDir, 'restore', file)
    expect(refused).toMatchObject({ code: 1, out: '' })
    expect(refused.err).toContain('Stop it and try again')
    await bot.kill()

    const restored = await command(dataDir, 'restore', file)
    expect(restored).toMatchObject({ code: 0, err: '' })
    const replaced = /kept in (.*\.db)\./.exec(restored.out)?.[1] ?? ''
    const [inBackup, inReplaced] = [await verifyDatabase(file), await verifyDatabase(replaced)]
    expect([inBackup.problems, inReplaced.problems]).toEqual([[], []])
    expect(inReplaced.events!.count).toBeGreaterThan(inBackup.events!.count)
    expect((await verifyDatabase(databasePath(dataDir))).events).toEqual(inBackup.events)
  })

  it('loses no committed transaction when the bot is killed in the middle of writing', async () => {
    const dataDir = temporaryFolder()
    const bot = await anotherBot(dataDir, 'write')
    const watching = openForReading(databasePath(dataDir))
    const written = () =>
      Number(watching.prepare(`select value from meta where key = 'written'`).pluck().get() ?? 0)
    while (written() < 50) await nextTick()
    const seen = written()
    await bot.kill()
    watching.close()
    const { problems, events } = await verifyDatabase(databasePath(dataDir))
    expect(problems).toEqual([])
    expect(events!.count).toBeGreaterThanOrEqual(seen)
  })

  it('says what is wrong and what to do, and ends with an error', async () => {
    const dataDir = temporaryFolder()
    const damaged = join(dataDir, 'damaged.db')
    writeFileSync(damaged, 'this is no database, however long it may be'.repeat(100))
    const [noDatabase, noFile, noBackup, noArgument] = await Promise.all([
      command(dataDir, 'backup'),
      command(dataDir, 'restore', join(dataDir, 'nowhere.db')),
      command(dataDir, 'restore', damaged),
      command(dataDir, 'restore'),
    ])
    expect(noDatabase.err).toMatch(/There is no database at .*Check the data folder \(DATA_DIR\)/)
    expect(noFile.err).toMatch(/There is no file .*nowhere\.db/)
    expect(noBackup.err).toMatch(/damaged\.db cannot be restored: The file cannot be read as a database/)
    expect(noArgument.err).toContain("missing required argument 'file'")
    expect([noDatabase, noFile, noBackup, noArgument].map(({ code }) => code)).toEqual([1, 1, 1, 1])
    expect((await command(dataDir, 'verify', damaged)).code).toBe(1)
  })
})

describe('a backup', () => {
  it('holds one moment of the database, though it is written to from the first page to the last', async () => {
    const { store, dataDir } = await testStore()
    await store.write(async ({ meta }) => {
      for (let n = 0; n < 40; n++) await meta.set(`filling-${n}`, 'x'.repeat(1_000_000))
    })
    let going = true
    let during = 0
    const writing = (async () => {
      for (; going; during++) {
        await addPerson({ store }, `during-${during}`)
        await nextTick()
      }
    })()
    const file = join(dataDir, 'copy.db')
    const report = await backupDatabase(store.path, file)
    going = false
    await writing
    expect(report.problems).toEqual([])
    expect(report.events!.count).toBeLessThan(during)
    const copy = openForReading(file)
    onTestFinished(() => void copy.close())
    expect(copy.prepare('select count(*) from people').pluck().get()).toBe(report.events!.count)
  })

  it('is one file that only its owner reads, and never replaces another', async () => {
    const { store, dataDir } = await testStore()
    const file = join(dataDir, 'kept', 'copy.db')
    await backupDatabase(store.path, file)
    expect(readdirSync(join(dataDir, 'kept'))).toEqual(['copy.db'])
    expect(statSync(file).mode & 0o077).toBe(0)
    await expect(backupDatabase(store.path, file)).rejects.toThrow('exists already')
  })

  it('of a database whose trail was tampered with is not kept', async () => {
    const opened = await testStore()
    const { store, dataDir } = opened
    await addPerson(opened, 'a')
    store.database.exec(`drop trigger events_update; update events set kind = 'other'`)
    const file = join(dataDir, 'copy.db')
    await expect(backupDatabase(store.path, file)).rejects.toThrow(/not sound/)
    expect(readdirSync(dataDir).filter(name => name.startsWith('copy'))).toEqual([])
  })
})

describe('a restore', () => {
  it('brings back what was, puts it into the trail, and has open entries looked for before they are said', async () => {
    const opened = await testStore()
    const { store, dataDir, clock, ids } = opened
    await addPerson(opened, 'before')
    await store.write(({ outbox }) => outbox.add(anEntry()))
    const file = join(dataDir, 'kept.db')
    await backupDatabase(store.path, file)
    await addPerson(opened, 'after')
    await store.close()
    clock.advance(1_000)
    await restoreDatabase(dataDir, file, clock)
    clock.advance(1_000)
    const again = await reopen({ dataDir, clock, ids })
    expect((await again.read.people.all()).map(({ id }) => id)).toEqual(['before'])
    expect(await again.read.events.ofRecord('store', 'kept.db')).toMatchObject([
      { kind: 'store_restored', at: clock.now() - 1_000, recordedAt: clock.now(), data: { waiting: 1 } },
    ])
    expect(await again.read.events.verify()).toMatchObject({ ok: true, count: 2 })
    expect(await again.write(({ outbox }) => outbox.claimNext(clock.now()))).toMatchObject({ attempts: 2 })
    await again.close()
    const once = await reopen({ dataDir, clock, ids })
    expect((await once.read.events.verify()).count).toBe(2)
  })

  it('replaces a damaged database, and keeps the damaged one', async () => {
    const opened = await testStore()
    const { store, dataDir, clock, ids } = opened
    await addPerson(opened, 'a')
    const file = join(dataDir, 'kept.db')
    await backupDatabase(store.path, file)
    await store.close()
    writeFileSync(store.path, 'ruined')
    const { replaced } = await restoreDatabase(dataDir, file, clock)
    expect(readFileSync(replaced!, 'utf8')).toBe('ruined')
    const again = await reopen({ dataDir, clock, ids })
    expect(await again.read.people.count()).toBe(1)
  })

  it('into an empty folder makes the store anew', async () => {
    const opened = await testStore()
    await addPerson(opened, 'a')
    const file = join(opened.dataDir, 'kept.db')
    await backupDatabase(opened.store.path, file)
    const dataDir = join(temporaryFolder(), 'new')
    expect(await restoreDatabase(dataDir, file, opened.clock)).toEqual({ replaced: null })
    const store = await reopen({ dataDir, clock: opened.clock, ids: opened.ids })
    expect(await store.read.people.count()).toBe(1)
  })

  it('of an unsound file changes nothing', async () => {
    const opened = await testStore()
    const { store, dataDir, clock, ids } = opened
    await addPerson(opened, 'a')
    const file = join(dataDir, 'cut.db')
    await backupDatabase(store.path, file)
    writeFileSync(file, readFileSync(file).subarray(0, 40_000))
    await store.close()
    await expect(restoreDatabase(dataDir, file, clock)).rejects.toThrow(/cut\.db cannot be restored/)
    expect(existsSync(`${store.path}.restoring`)).toBe(false)
    const again = await reopen({ dataDir, clock, ids })
    expect(await again.read.people.count()).toBe(1)
  })
})
