import type { Store } from '../db/store.ts'
import type { Jobs } from '../jobs/engine.ts'
import type { Words } from '../locales/index.ts'
import type { Clock } from '../ports.ts'
import type { Membership } from './membership.ts'
import type { SeedDifference } from './seed.ts'

/** What is wrong and what to do about it, in the mission's language. Ids and codes, never texts of a record. */
export interface HealthProblem {
  code: string
  what: string
  remedy: string
}

/** How the bot is: `degraded` still takes and sends warnings, `down` does not. */
export interface Health {
  status: 'up' | 'degraded' | 'down'
  mission: string
  /** ISO 8601, UTC. */
  startedAt: string
  slack: { mode: 'socket' | 'http'; connected: boolean }
  store: { writable: boolean }
  jobs: Awaited<ReturnType<Jobs['health']>> | null
  differences: SeedDifference[]
  problems: HealthProblem[]
}

export interface HealthDeps {
  mission: string
  store: Store
  jobs: Jobs
  clock: Clock
  words: Words
  membership: Membership
  differences: SeedDifference[]
  slack: { mode: 'socket' | 'http'; isUp(): boolean }
  /** What keeps telephone gateways from working, by code. */
  gateways(): Promise<string[]>
  stopping(): boolean
}

/** Operations that send patrols at all send them daily. */
const PATROLS_STALE_MS = 2 * 86_400_000
/** Messages that wait longer than this are a problem worth saying. */
const WAITING_LONG_MS = 60_000

export function createHealth(deps: HealthDeps): () => Promise<Health> {
  const { mission, store, jobs, clock, words, membership, differences, slack } = deps
  const startedAt = new Date(clock.now()).toISOString()
  const problem = (code: string, values: Record<string, unknown> = {}): HealthProblem => ({
    code,
    what: words.t(`health.${code}.what`, values),
    remedy: words.t(`health.${code}.remedy`, values),
  })

  return async () => {
    const problems: HealthProblem[] = []
    const writable = await store
      .write(async repos => repos.meta.set('health', String(clock.now())))
      .then(
        () => true,
        () => false,
      )
    if (!writable) problems.push(problem('store_refuses'))
    const connected = slack.isUp()
    if (!connected) problems.push(problem('slack_away'))
    const state = await jobs.health().catch(() => null)
    if (!state) problems.push(problem('jobs_silent'))
    else problems.push(...jobProblems(state))
    for (const [channel, code] of membership.unreadable())
      problems.push(problem('members_unread', { channel, code }))
    const patrolsAt = await store.read.patrols.lastImport()
    if (patrolsAt !== null && clock.now() - patrolsAt > PATROLS_STALE_MS)
      problems.push(problem('patrols_stale', { wait: words.duration(clock.now() - patrolsAt) }))
    for (const code of await deps.gateways()) problems.push(problem(code))
    if (differences.length > 0) problems.push(problem('seed_differs', { count: differences.length }))
    const down = deps.stopping() || !writable || !connected || !state
    return {
      status: down ? 'down' : problems.some(({ code }) => code !== 'seed_differs') ? 'degraded' : 'up',
      mission,
      startedAt,
      slack: { mode: slack.mode, connected },
      store: { writable },
      jobs: state,
      differences,
      problems,
    }
  }

  function jobProblems({ redis, outbox, timers }: NonNullable<Health['jobs']>): HealthProblem[] {
    const found = outbox.parkedEntries.map(({ kind, target, code, remedy }) => ({
      code: 'message_parked',
      what: words.t('health.message_parked.what', { kind, target, reason: code ?? 'unknown' }),
      remedy: words.t(`health.remedy.${remedy}`),
    }))
    if (!redis.up) found.push(problem('queue_away'))
    const { oldestWaitingMs } = outbox
    if (oldestWaitingMs !== null && oldestWaitingMs > WAITING_LONG_MS) {
      found.push(problem('messages_wait', { count: outbox.waiting, wait: words.duration(oldestWaitingMs) }))
    }
    if (timers.failing > 0) found.push(problem('timers_fail', { count: timers.failing }))
    return found
  }
}
