import { AsyncLocalStorage } from 'node:async_hooks'
import type Database from 'better-sqlite3'
import { TocsinError } from '../errors.ts'
import type { Log } from '../ports.ts'
import type { Connection, Touched } from './connection.ts'
import { asStoreError } from './errors.ts'
import { createRepos, type Repos } from './repos.ts'

interface Job {
  run: (repos: Repos) => Promise<unknown>
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}

type Outcome = { job: Job; error: unknown } | { job: Job; value: unknown; touched: Touched }

/** Writers that waited together share a COMMIT until this many milliseconds are spent. */
const longestBatch = 10

/**
 * The queue of writers. Each body is a savepoint of its own, in the order of asking: it holds entirely or not at
 * all, whatever becomes of its neighbours. Those that wait when a turn begins share one `BEGIN IMMEDIATE … COMMIT`,
 * since waiting for the disk is most of what a transaction costs; nobody is told of success before that COMMIT.
 * Turns begin from `setImmediate`, so the event loop turns between them.
 */
export class Writer {
  readonly #database: Database.Database
  readonly #connection: Connection
  readonly #repos: Repos
  readonly #log: Log
  readonly #tell: (touched: Touched) => void
  readonly #inside = new AsyncLocalStorage<{ open: boolean }>()
  #waiting: Job[] = []
  #turn: Promise<void> | null = null

  /** @param tell called after COMMIT with what each body touched. */
  constructor(connection: Connection, log: Log, tell: (touched: Touched) => void) {
    this.#database = connection.raw
    this.#connection = connection
    this.#repos = createRepos(connection)
    this.#log = log
    this.#tell = tell
  }

  write<T>(fn: (repos: Repos) => Promise<T>): Promise<T> {
    if (this.#inside.getStore()?.open) {
      return Promise.reject(new Error('write() inside write(): hand the open transaction on instead'))
    }
    const inCallersContext = AsyncLocalStorage.snapshot()
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({
        run: repos => inCallersContext(() => this.#body(fn, repos)),
        resolve: resolve as (value: unknown) => void,
        reject,
      })
      this.#turn ??= this.#work()
    })
  }

  /** Resolves when nobody waits. */
  async idle(): Promise<void> {
    while (this.#turn) await this.#turn
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      await new Promise(resolve => setImmediate(resolve))
      await this.#batch()
    }
    this.#turn = null
  }

  /** Hands out repositories that end with the body, and marks whatever it starts as inside a transaction. */
  async #body<T>(fn: (repos: Repos) => Promise<T>, repos: Repos): Promise<T> {
    const transaction = { open: true }
    const { proxy, revoke } = Proxy.revocable(repos, {})
    try {
      return await this.#inside.run(transaction, () => fn(proxy))
    } finally {
      transaction.open = false
      revoke()
    }
  }

  async #batch(): Promise<void> {
    const jobs = this.#waiting
    this.#waiting = []
    let outcomes: Outcome[] = []
    try {
      this.#database.exec('begin immediate')
      this.#connection.kept.check()
      const started = performance.now()
      while (jobs.length > 0 && (outcomes.length === 0 || performance.now() - started < longestBatch)) {
        outcomes.push(await this.#attempt(jobs.shift()!))
        this.#checkOpen()
      }
      this.#database.exec('commit')
    } catch (error) {
      this.#rollback('rollback')
      const taken = outcomes.length > 0 ? outcomes : jobs.splice(0).map(job => ({ job, error }))
      outcomes = taken.map(outcome => ('error' in outcome ? outcome : { job: outcome.job, error }))
    }
    this.#waiting.unshift(...jobs)
    for (const outcome of outcomes) this.#settle(outcome)
  }

  async #attempt(job: Job): Promise<Outcome> {
    const touched = { outbox: false, timers: false, inbox: false }
    this.#connection.touched = touched
    this.#database.exec('savepoint body')
    try {
      const value = await job.run(this.#repos)
      this.#checkOpen()
      this.#database.exec('release body')
      return { job, value, touched }
    } catch (error) {
      this.#rollback('rollback to body; release body')
      return { job, error }
    }
  }

  /** Some errors make SQLite roll everything back by itself, and the body may have swallowed that error. */
  #checkOpen(): void {
    if (!this.#database.inTransaction)
      throw new TocsinError('not_stored', { details: { reason: 'rolled back' } })
  }

  #rollback(sql: string): void {
    this.#connection.kept.forget()
    try {
      if (this.#database.inTransaction) this.#database.exec(sql)
    } catch (error) {
      this.#log.error({ err: error }, 'rolling back failed')
    }
  }

  #settle(outcome: Outcome): void {
    if (!('error' in outcome)) {
      outcome.job.resolve(outcome.value)
      this.#tell(outcome.touched)
      return
    }
    const error = asStoreError(outcome.error)
    if (error instanceof TocsinError && error.code === 'not_stored') {
      this.#log.error({ reason: error.details.reason }, 'nothing was stored')
    }
    outcome.job.reject(error)
  }
}
