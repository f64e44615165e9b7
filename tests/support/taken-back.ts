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
  let changes = 0
  let writing = false
  const read = remembering(repos, () => (writing ? null : changes))
  let queue: Promise<unknown> = Promise.resolve()

  async function body<T>(fn: (repos: Repos) => Promise<T>): Promise<T> {
    connection.touched = { outbox: false, timers: false, inbox: false }
    writing = true
    changes++
    raw.exec('savepoint body')
    try {
      const value = await fn(repos)
      raw.exec('release body')
      return value
    } catch (error) {
      connection.kept.forget()
      raw.exec('rollback to body; release body')
      throw error
    } finally {
      writing = false
    }
  }
  const store: SqliteStore = Object.assign(Object.create(base.store), {
    read,
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
    changes++
    clock.set(start)
    counting = countingIds()
  }
  again()
  return { ...base, store, clock, ids, again }
}

/**
 * Repositories that answer the same question once, as long as nothing was written since. The answers are frozen: whoever
 * changes one would change it for all who ask later, and fails.
 *
 * @param state counts writes; null while one is under way, when every question is asked anew.
 */
function remembering(repos: Repos, state: () => number | null): Repos {
  let known = new Map<string, Promise<unknown>>()
  let knownAt: number | null = null
  const asked =
    (name: string, method: (...given: unknown[]) => unknown) =>
    (...given: unknown[]) => {
      const now = state()
      if (now === null) return method(...given)
      if (now !== knownAt) known = new Map()
      knownAt = now
      const question = `${name} ${JSON.stringify(given)}`
      const before = known.get(question)
      if (before) return before
      const answer = method(...given)
      if (!(answer instanceof Promise)) return answer
      const frozen = answer.then(deepFreeze)
      known.set(question, frozen)
      return frozen
    }
  const nouns = Object.entries(repos as unknown as Record<string, Record<string, unknown>>)
  return Object.fromEntries(
    nouns.map(([noun, methods]) => [
      noun,
      Object.fromEntries(
        Object.entries(methods).map(([name, method]) => [
          name,
          typeof method === 'function' ? asked(`${noun}.${name}`, method.bind(methods)) : method,
        ]),
      ),
    ]),
  ) as unknown as Repos
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  if (ArrayBuffer.isView(value)) return value
  Object.freeze(value)
  for (const each of value instanceof Map ? value.values() : Object.values(value)) deepFreeze(each)
  return value
}
