import type { Timer } from '../db/timers.ts'
import type { Alert } from '../domain/alert.ts'
import {
  type DigestSections,
  digestDay,
  digestSections,
  digestWindow,
  nextDigestAt,
} from '../domain/digest.ts'
import type { Reader } from '../domain/sharing.ts'
import { mayKeepRecord } from './alert/chain.ts'
import { type AlertFacts, factsOfAll } from './alert/facts.ts'
import { actorAsReader, asReadBy, mayReadAlert } from './alert/reading.ts'
import { channelReader } from './channel.ts'
import { type Ctx, inTransaction } from './context.ts'
import { registeredPerson } from './permission.ts'
import { type Summary, summariesFor } from './release.ts'
import { digestTaskings, type TaskingDigest } from './tasking/list.ts'

/** Everything a digest tells one audience. Times are epoch ms. */
export interface Digest {
  sections: DigestSections<AlertFacts>
  /** Summaries released in the window to readers who may not read the alert itself. */
  summaries: Summary[]
  /** Communities that have not been told yet what was done, where the reader is one of those who decide. */
  untold: { facts: AlertFacts; askedAt: number }[]
  /** What the mission's components were given to do; requests are in none of it. */
  taskings: TaskingDigest
  window: { from: number; to: number }
  /** Times the bot was away within the window. */
  outages: { fromAt: number; toAt: number }[]
  /** When it should have gone out, where it is late. */
  dueAt: number | null
}

/** A digest that goes out later than this after its hour says so. */
const LATE_AFTER_MS = 5 * 60_000

/**
 * Arms the next digest of every channel that gets one; run at start, harmless when repeated. One that is overdue
 * stays so: it goes out late. One still to come follows a mission file that names another hour.
 */
export function scheduleDigests(ctx: Ctx): Promise<void> {
  return inTransaction(ctx, async repos => {
    const now = ctx.clock.now()
    const dueAt = nextDigestAt(now, ctx.mission.digest.at, ctx.mission.digest.zone)
    for (const channel of await repos.channels.all()) {
      const key = `digest:${channel.id}`
      const armed = await repos.timers.byKey(key)
      const stands = armed?.state === 'armed' && (armed.dueAt <= now || armed.dueAt === dueAt)
      if (!channel.digest) await repos.timers.cancel(key)
      else if (!stands) await repos.timers.arm({ key, kind: 'digest', recordId: channel.id, dueAt })
    }
  })
}

/**
 * A channel's digest is due: says so in the outbox, once per channel and local day, and arms the next. After an
 * outage it is late once, and days that passed meanwhile are not made up for one by one.
 */
export function runDigest(ctx: Ctx, timer: Pick<Timer, 'key' | 'recordId' | 'dueAt'>): Promise<void> {
  return inTransaction(ctx, async repos => {
    const now = ctx.clock.now()
    const { at, zone } = ctx.mission.digest
    const channel = await repos.channels.byId(timer.recordId)
    if (!channel?.digest) return
    const late = now - timer.dueAt > LATE_AFTER_MS
    const last = await repos.digests.last(channel.id)
    const day = digestDay(timer.dueAt, zone)
    if (await repos.digests.claim(channel.id, day, timer.dueAt, now, late)) {
      await repos.outbox.add({
        id: ctx.ids.id(),
        kind: 'digest',
        recordId: `digest:${channel.id}`,
        target: channel.id,
        data: { window: digestWindow(now, last?.at ?? null), dueAt: late ? timer.dueAt : null },
        urgent: false,
      })
    }
    await repos.timers.arm({
      key: timer.key,
      kind: 'digest',
      recordId: channel.id,
      dueAt: nextDigestAt(now, at, zone),
    })
  })
}

/** The digest of a registered channel, with nothing its readers may not see; null for a channel not registered. */
export async function channelDigest(
  ctx: Ctx,
  channelId: string,
  window: { from: number; to: number },
  dueAt: number | null,
): Promise<Digest | null> {
  const channel = await ctx.store.read.channels.byId(channelId)
  if (!channel) return null
  const reader = await channelReader(ctx.store.read, channel, ctx.clock.now())
  const sector = channel.purpose === 'sector' ? channel.sector : null
  const decides = channel.purpose === 'sector' || channel.purpose === 'operations_centre'
  return gather(ctx, reader, sector, window, dueAt, () => decides)
}

/**
 * The digest as the acting person may read it, now, over 24 hours.
 *
 * @throws TocsinError `not_registered`.
 */
export async function personalDigest(ctx: Ctx): Promise<Digest> {
  registeredPerson(ctx)
  const reader = actorAsReader(ctx) as Reader
  const keeps = (facts: AlertFacts) => mayKeepRecord(ctx, facts)
  return gather(ctx, reader, null, digestWindow(ctx.clock.now(), null), null, keeps)
}

async function gather(
  ctx: Ctx,
  reader: Reader,
  sector: string | null,
  window: { from: number; to: number },
  dueAt: number | null,
  decides: (facts: AlertFacts) => boolean,
): Promise<Digest> {
  const repos = ctx.store.read
  const now = ctx.clock.now()
  const alerts = new Map(
    [...(await repos.alerts.open()), ...(await repos.alerts.raisedOrEndedSince(window.from))].map(a => [
      a.id,
      a,
    ]),
  )
  const inDigest = (alert: Alert) => !alert.exercise && (sector === null || alert.sector === sector)
  const told = [...alerts.values()].filter(inDigest)
  const all = await factsOfAll(repos, ctx.mission, now, told)
  const readable = all
    .filter(facts => mayReadAlert(ctx, facts, 'record', reader))
    .map(facts => asReadBy(ctx, facts, reader))
  const outages = await repos.meta.outagesSince(window.from)
  const inWindow = (at: number | null) => at !== null && at > window.from && at <= window.to
  const released = await summariesFor(ctx, reader, ({ decidedAt }) => inWindow(decidedAt))
  const summaries = released.filter(({ exercise }) => !exercise)
  const taskings = await digestTaskings(ctx, reader, sector, window)
  const owed = new Map((await repos.feedback.open()).map(row => [row.alertId, row.askedAt]))
  const closed = (await repos.alerts.byIds([...owed.keys()])).filter(inDigest)
  const untold = (await factsOfAll(repos, ctx.mission, now, closed))
    .filter(facts => mayReadAlert(ctx, facts, 'record', reader) && decides(facts))
    .map(facts => ({ facts, askedAt: owed.get(facts.alert.id) ?? now }))
  return { sections: digestSections(readable, window), summaries, untold, taskings, window, outages, dueAt }
}
