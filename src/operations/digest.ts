import type { Channel } from '../db/channels.ts'
import type { Repos } from '../db/store.ts'
import type { Timer } from '../db/timers.ts'
import {
  type ChannelSection,
  type DigestKind,
  digestDay,
  digestWindow,
  nextDigestAt,
  nextWeeklyAt,
  WEEK_SECTIONS,
} from '../domain/digest.ts'
import type { Reader } from '../domain/sharing.ts'
import { mayKeepRecord } from './alert/chain.ts'
import type { AlertFacts } from './alert/facts.ts'
import { readerSeesWholeMission } from './alert/figures.ts'
import { actorAsReader } from './alert/reading.ts'
import { channelReader } from './channel.ts'
import { type Ctx, inTransaction } from './context.ts'
import { type Digest, digestOf, LATE_AFTER_MS } from './digest/make.ts'
import { type Common, readOnce } from './digest/scope.ts'
import { INDICATORS_FILE } from './indicators.ts'
import { registeredPerson } from './permission.ts'

export type { Digest } from './digest/make.ts'
export { type Common, readOnce } from './digest/scope.ts'
export { type Given, heldBy } from './digest/sections.ts'

/**
 * Arms the next digests of every channel that gets them; run at start, harmless when repeated. One that is overdue
 * stays so: it goes out late. One still to come follows a mission file that names another hour.
 */
export function scheduleDigests(ctx: Ctx): Promise<void> {
  return inTransaction(ctx, async repos => {
    const now = ctx.clock.now()
    for (const channel of await repos.channels.all())
      for (const kind of ['daily', 'weekly'] as const) {
        const key = timerKey(channel.id, kind)
        const dueAt = channel.digest ? nextOf(ctx, kind, now) : null
        const armed = await repos.timers.byKey(key)
        const stands = armed?.state === 'armed' && (armed.dueAt <= now || armed.dueAt === dueAt)
        if (dueAt === null) await repos.timers.cancel(key)
        else if (!stands) await repos.timers.arm({ key, kind: 'digest', recordId: channel.id, dueAt })
      }
  })
}

const timerKey = (channelId: string, kind: DigestKind): string =>
  kind === 'daily' ? `digest:${channelId}` : `digest.weekly:${channelId}`

/** When the next digest of this kind leaves (epoch ms); null where the mission has none. */
function nextOf({ mission }: Ctx, kind: DigestKind, now: number): number | null {
  const { at, zone, weekly } = mission.digest
  if (kind === 'daily') return nextDigestAt(now, at, zone)
  return weekly && nextWeeklyAt(now, weekly.day, at, zone)
}

/**
 * A channel's digest is due: says so in the outbox, once per channel and local day or week, and arms the next. After
 * an outage it is late once, and days that passed meanwhile are not made up for one by one.
 */
export function runDigest(ctx: Ctx, timer: Pick<Timer, 'key' | 'recordId' | 'dueAt'>): Promise<void> {
  return inTransaction(ctx, async repos => {
    const now = ctx.clock.now()
    const kind = timer.key === timerKey(timer.recordId, 'weekly') ? 'weekly' : 'daily'
    const channel = await repos.channels.byId(timer.recordId)
    const next = nextOf(ctx, kind, now)
    if (!channel?.digest || next === null) return
    const late = now - timer.dueAt > LATE_AFTER_MS
    const last = await repos.digests.last(channel.id, kind)
    const day = digestDay(timer.dueAt, ctx.mission.digest.zone)
    if (await repos.digests.claim({ channelId: channel.id, kind, day, dueAt: timer.dueAt, at: now, late })) {
      await repos.outbox.add({
        id: ctx.ids.id(),
        kind: 'digest',
        recordId: timer.key,
        target: channel.id,
        data: {
          window: digestWindow(now, last?.at ?? null, kind),
          dueAt: late ? timer.dueAt : null,
          ...(kind === 'weekly' ? { kind } : {}),
        },
        urgent: false,
      })
      if (kind === 'weekly' && (await tellsTrends(ctx, repos, channel)))
        await repos.outbox.add({
          id: ctx.ids.id(),
          kind: 'indicators.week',
          recordId: INDICATORS_FILE,
          target: channel.id,
          data: {},
          urgent: false,
        })
    }
    await repos.timers.arm({ key: timer.key, kind: 'digest', recordId: channel.id, dueAt: next })
  })
}

/**
 * The digest of a registered channel, with nothing its readers may not see; null for a channel not registered.
 *
 * @param common shared by digests that are made together, of one moment.
 */
export async function channelDigest(
  ctx: Ctx,
  channelId: string,
  window: { from: number; to: number },
  dueAt: number | null,
  kind: DigestKind = 'daily',
  common: Common = readOnce(),
): Promise<Digest | null> {
  const channel = await ctx.store.read.channels.byId(channelId)
  if (!channel) return null
  const reader = await channelReader(ctx.store.read, channel, ctx.clock.now())
  const decides = channel.purpose === 'sector' || channel.purpose === 'operations_centre'
  const sector = channel.purpose === 'sector' ? channel.sector : null
  const scope = {
    ctx,
    reader,
    sector,
    window,
    zone: ctx.mission.digest.zone,
    listed: [],
    decides: () => decides,
    common,
  }
  return digestOf(scope, sectionsOf(ctx, channel.purpose, kind), { kind, dueAt })
}

/**
 * The digest as the acting person may read it, now, over 24 hours.
 *
 * @throws TocsinError `not_registered`.
 */
export async function personalDigest(ctx: Ctx): Promise<Digest> {
  registeredPerson(ctx)
  const scope = {
    ctx,
    reader: actorAsReader(ctx) as Reader,
    sector: null,
    window: digestWindow(ctx.clock.now(), null),
    zone: ctx.mission.digest.zone,
    listed: [],
    decides: (facts: AlertFacts) => mayKeepRecord(ctx, facts),
    common: readOnce(),
  }
  return digestOf(scope, ctx.mission.digest.sections, { kind: 'daily', dueAt: null })
}

/** Whether a channel's week tells how it went: then a picture follows it. */
async function tellsTrends(ctx: Ctx, repos: Repos, channel: Channel): Promise<boolean> {
  if (channel.purpose === 'sector' || !sectionsOf(ctx, channel.purpose, 'weekly').includes('trends'))
    return false
  return readerSeesWholeMission(ctx, await channelReader(repos, channel, ctx.clock.now()))
}

/** What a channel of this purpose reads, in order. */
function sectionsOf(ctx: Ctx, purpose: string, kind: DigestKind): readonly ChannelSection[] {
  const { sections, purposes, weekly } = ctx.mission.digest
  const daily = purposes[purpose] ?? sections
  if (kind !== 'weekly') return daily
  // A purpose that reads few sections by day reads no others in its week.
  return weekly?.sections ?? WEEK_SECTIONS.filter(key => key === 'trends' || daily.includes(key))
}
