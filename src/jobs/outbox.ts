import { setTimeout as sleep } from 'node:timers/promises'
import type { NewEntry } from '../db/outbox.ts'
import type { Repos, Store } from '../db/store.ts'
import type { Clock, Ids, Log, Posted } from '../ports.ts'
import type { OutboxEntry } from './contract.ts'
import type { Deliver, Outcome } from './deliver.ts'
import type { Lanes } from './lanes.ts'
import { createPump } from './pump.ts'
import { unreachablePerson } from './remedies.ts'

export interface OutboxOptions {
  store: Store
  clock: Clock
  ids: Ids
  log: Log
  deliver: Deliver
  lanes: Lanes
  /** How many entries are under way at a time, each to another target. */
  width: number
  /** What follows when Slack will never deliver to a person; in the transaction that parks the message. */
  unreachable(repos: Repos, personId: string): Promise<void>
  /** A message to a channel can never be delivered; in the transaction that parks it. */
  undelivered?(repos: Repos, entry: OutboxEntry): Promise<void>
  /** Asks to be run again at this time (epoch ms). */
  wakeAt(time: number): void
}

/** Works the outbox off: as many targets at a time as allowed, one message at a time to each. */
export interface Outbox {
  /** Starts what may start now; resolves when it has been started, not delivered. Never rejects. */
  run(): Promise<void>
  /** Opens again what an earlier life of the bot claimed and never settled. */
  recover(): Promise<void>
  /** Begins nothing more. */
  close(): void
  /** True while a run or a delivery is going on. */
  busy(): boolean
  /** Delivers what may go now; resolves when nothing is under way and nothing more may start. */
  quiet(): Promise<void>
}

/** After these codes nothing can have been posted: the next attempt needs no look first. */
const NOTHING_POSTED = new Set(['ratelimited', 'pace', 'render_failed'])
const UNSETTLED_RETRY_MS = 2000

/** A message leaves before the next is looked for: what was claimed first arrives first, and soonest. */
const headStart = () => sleep(1)

export function createOutbox(options: OutboxOptions): Outbox {
  const { store, clock, ids, log, deliver, lanes, width, unreachable, wakeAt } = options
  const underWay = new Map<string, Promise<void>>()
  /** Entries put off by this process after an attempt that cannot have posted anything. */
  const unposted = new Set<string>()
  let closed = false
  let ended = 0
  /** Outcomes that could not be recorded when they came about: recorded with the next run. */
  const unsettled = new Map<string, { entry: OutboxEntry; outcome: Outcome }>()

  const pump = createPump(claimAll, error => {
    log.error({ reason: String(error) }, 'the outbox cannot be read or written')
    wakeAt(clock.now() + UNSETTLED_RETRY_MS)
  })

  async function claimAll(): Promise<void> {
    for (const { entry, outcome } of [...unsettled.values()]) await record(entry, outcome)
    while (underWay.size < width && !closed) {
      const now = clock.now()
      const blocked = lanes.blocked(now)
      const entry = (await claimAny([...underWay.keys(), ...blocked], now)) ?? (await claimEdit(blocked, now))
      if (!entry) return planNext()
      const work = attempt(entry).finally(() => {
        underWay.delete(entry.target)
        ended++
        void pump.run()
      })
      underWay.set(entry.target, work)
      await headStart()
    }
  }

  async function claimAny(exclude: string[], now: number): Promise<OutboxEntry | null> {
    return store.write(repos => repos.outbox.claimNext(now, { exclude }))
  }

  /** Where no post may go now, the edit of a standing card still may. */
  async function claimEdit(blocked: string[], now: number): Promise<OutboxEntry | null> {
    const targets = blocked.filter(target => !underWay.has(target))
    return targets.length === 0 ? null : store.write(repos => repos.outbox.claimEdit(now, targets))
  }

  async function planNext(): Promise<void> {
    const now = clock.now()
    const times = [lanes.opensAt(now), await store.read.outbox.nextDue(now)].filter(time => time != null)
    if (times.length > 0) wakeAt(Math.min(...times))
  }

  async function attempt(entry: OutboxEntry): Promise<void> {
    const mayStand = entry.attempts > 1 && !unposted.delete(entry.id)
    await record(entry, await deliver(entry, mayStand))
  }

  async function record(entry: OutboxEntry, outcome: Outcome): Promise<void> {
    try {
      await write(entry, outcome)
      unsettled.delete(entry.id)
    } catch (error) {
      log.error({ entry: entry.id, reason: String(error) }, 'what became of a message could not be recorded')
      unsettled.set(entry.id, { entry, outcome })
      wakeAt(clock.now() + UNSETTLED_RETRY_MS)
      return
    }
    if (outcome.is === 'later') {
      if (NOTHING_POSTED.has(outcome.code)) unposted.add(entry.id)
      if (outcome.code !== 'pace')
        log.warn({ entry: entry.id, code: outcome.code, attempts: entry.attempts }, 'a message must wait')
      wakeAt(outcome.at)
    }
    if (outcome.is === 'parked')
      log.error(
        { entry: entry.id, kind: entry.kind, target: entry.target, code: outcome.code },
        'a message was parked',
      )
  }

  function write(entry: OutboxEntry, outcome: Outcome): Promise<void> {
    return store.write(async repos => {
      switch (outcome.is) {
        case 'sent': {
          const at = clock.now()
          await repos.outbox.sent(entry.id, { ...outcome.posted, at })
          if (outcome.cardOf !== undefined)
            await repos.cards.put({
              recordId: outcome.cardOf,
              target: entry.target,
              ...outcome.posted,
              postedAt: at,
            })
          if (outcome.holds)
            await repos.postings.add({
              ...outcome.posted,
              target: entry.target,
              kind: entry.kind,
              recordId: entry.recordId,
              holds: outcome.holds,
              postedAt: at,
            })
          if (outcome.pin) await repos.outbox.add(pinOf(entry, outcome.posted))
          if (outcome.follows) await repos.outbox.add({ ...following(entry), ...outcome.follows })
          return
        }
        case 'done': {
          const at = clock.now()
          await repos.outbox.sent(entry.id, { ...outcome.at, at })
          if (!outcome.removed) return
          await repos.postings.removed(outcome.at, at)
          await repos.cards.removeMessage(outcome.at)
          return
        }
        case 'texted': {
          const at = clock.now()
          await repos.outbox.sent(entry.id, { ...outcome.at, at })
          if (outcome.textId !== undefined) await repos.texts.sent(outcome.textId, outcome.at.ts, at)
          return
        }
        case 'later':
          await repos.outbox.later(entry.id, outcome.at, outcome.code)
          return
        case 'parked': {
          const personId = unreachablePerson(entry.target, outcome.code)
          if (personId === null) {
            await repos.outbox.park(entry.id, outcome.code)
            await options.undelivered?.(repos, entry)
          } else {
            // The remedy is taken here and now: nobody need clear it away on the health page.
            await repos.outbox.drop(entry.id, outcome.code)
            await unreachable(repos, personId)
          }
          return
        }
        case 'dropped':
          await repos.outbox.drop(entry.id, outcome.code)
      }
    })
  }

  const following = ({ recordId, target }: OutboxEntry) => ({
    id: ids.id(),
    recordId,
    target,
    urgent: false,
  })

  /** A card that was posted anew and belongs on top of its channel. */
  function pinOf({ recordId, target }: OutboxEntry, at: Posted): NewEntry {
    return { id: ids.id(), kind: 'pin', recordId, target, data: { ...at }, urgent: false }
  }

  return {
    run: pump.run,
    close() {
      closed = true
    },
    busy: () => pump.busy() || underWay.size > 0,
    async recover() {
      const released = await store.write(repos => repos.outbox.release(clock.now() + 1))
      if (released > 0) log.warn({ released }, 'messages were under way when the bot ended; looking for them')
    },
    async quiet() {
      for (;;) {
        const before = ended
        await pump.run()
        if (underWay.size === 0 && ended === before) return
        await Promise.all(underWay.values())
      }
    },
  }
}
