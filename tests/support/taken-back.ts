import { connect } from '../../src/db/connection.ts'
import { createRepos, type Repos } from '../../src/db/repos.ts'
import type { SqliteStore } from '../../src/db/store.ts'
import { movableClock } from './clock.ts'
import { countingIds } from './ids.ts'
import { type TestStore, testStore } from './store.ts'

export interface TakenBack extends TestStore {
  /** Everything as it was at first: an empty store, the clock at its start, identifiers counted anew. */
  again(): void
}

/**
 * A store for many short lives in one test. It is opened once, with every statement prepared; each life is one
 * transaction that never commits, so that nothing waits for the disk. What is written is read on the same connection,
 * and each `write` is a savepoint: it holds entirely or not at all, as in the bot.
 */
export async function takenBackStore(): Promise<TakenBack> {
  const base = await testStore()
  const start = base.clock.now()
  const clock = movableClock(start)
  let counting = countingIds()
  const ids: TestStore['ids'] = {
    id: () => counting.id(),
    code: (prefix, longer) => counting.code(prefix, longer),
    salt: bytes => counting.salt(bytes),
  }
  const raw = base.store.database
  const connection = connect(raw, { clock, ids })
  const repos = createRepos(connection)
  let queue: Promise<unknown> = Promise.resolve()

  async function body<T>(fn: (repos: Repos) => Promise<T>): Promise<T> {
    connection.touched = { outbox: false, timers: false, inbox: false }
    raw.exec('savepoint body')
    try {
      const value = await fn(repos)
      raw.exec('release body')
      return value
    } catch (error) {
      connection.kept.forget()
      raw.exec('rollback to body; release body')
      throw error
    }
  }
  const store: SqliteStore = Object.assign(Object.create(base.store), {
    read: repos,
    database: raw,
    path: base.store.path,
    write<T>(fn: (repos: Repos) => Promise<T>): Promise<T> {
      const done = queue.then(() => body(fn))
      queue = done.catch(() => {})
      return done
    },
    onCommit: () => () => {},
    scrub: async () => {},
    close: async () => {},
  })
  const again = () => {
    if (raw.inTransaction) raw.exec('rollback')
    raw.exec('begin immediate')
    connection.kept.forget()
    clock.set(start)
    counting = countingIds()
  }
  again()
  return { ...base, store, clock, ids, again }
}
