import type { Alert } from '../../domain/alert.ts'
import { type DigestKind, type DigestSections, digestSections } from '../../domain/digest.ts'
import type { Reader } from '../../domain/sharing.ts'
import { type AlertFacts, factsOfAll } from '../alert/facts.ts'
import { asReadBy, mayReadAlert } from '../alert/reading.ts'
import type { Ctx } from '../context.ts'

/** For whom a digest is made and what it looks back on; what several sections need is read once. */
export interface Scope {
  ctx: Ctx
  reader: Reader
  kind: DigestKind
  /** A channel of a sector reads that sector; null: the whole mission. */
  sector: string | null
  /** Epoch ms. */
  window: { from: number; to: number }
  /** In which the reader's day begins and ends. */
  zone: string
  /** Alerts that a person subscribed to for this digest. */
  listed: readonly string[]
  /** Whether the reader is one of those who decide about an alert. */
  decides(facts: AlertFacts): boolean
  /** Reads what is the same whoever reads it, once for all digests that are made together. */
  common: Common
  /** Alerts this reader may read, as they may read them, sorted into what a digest tells. */
  alerts(): Promise<DigestSections<AlertFacts>>
  /** The same, unsorted. */
  readable(): Promise<AlertFacts[]>
}

/**
 * Records with what surrounds them, before anybody's right to read them is asked: `key` names what `read` finds. Whoever
 * takes something from here asks the sharing rule for their own reader.
 */
export type Common = <T>(key: string, read: () => Promise<T>) => Promise<T>

/** Keeps what was read for as long as it is held itself: for digests of one moment. */
export function readOnce(): Common {
  const kept = new Map<string, Promise<unknown>>()
  return <T>(key: string, read: () => Promise<T>) => {
    const found = (kept.get(key) as Promise<T> | undefined) ?? read()
    kept.set(key, found)
    return found
  }
}

const HOUR_MS = 3_600_000

/** From when on records are read (epoch ms): the hour in which the window begins, so that windows alike share them. */
export const readFrom = ({ window }: Pick<Scope, 'window'>): number =>
  Math.floor(window.from / HOUR_MS) * HOUR_MS

/** One section of a digest: what it gives to a reader, already through the sharing rule. */
export interface Giver<T> {
  give(scope: Scope): Promise<T[]>
  /** Ids of the records a line of it tells of. */
  holds(item: T): string[]
}

export const giver = <T>(give: Giver<T>['give'], holds: Giver<T>['holds']): Giver<T> => ({ give, holds })

export function digestScope(of: Omit<Scope, 'alerts' | 'readable'>): Scope {
  const readable = once(() => readableAlerts(of))
  return { ...of, readable, alerts: once(async () => digestSections(await readable(), of.window)) }
}

/** Whether a time lies within what the digest looks back on. */
export const within = ({ window }: Pick<Scope, 'window'>, at: number | null): boolean =>
  at !== null && at > window.from && at <= window.to

/** Whether a record belongs into this digest: no exercise, and of the channel's sector. */
export const belongs = (
  { sector }: Pick<Scope, 'sector'>,
  record: { exercise: boolean; sector: string | null },
): boolean => !record.exercise && (sector === null || record.sector === sector)

async function readableAlerts(
  scope: Pick<Scope, 'ctx' | 'reader' | 'sector' | 'window' | 'common'>,
): Promise<AlertFacts[]> {
  const { ctx, reader } = scope
  const from = readFrom(scope)
  return (await scope.common(`alerts:${from}`, () => alertsSince(ctx, from)))
    .filter(facts => belongs(scope, facts.alert) && mayReadAlert(ctx, facts, 'record', reader))
    .map(facts => asReadBy(ctx, facts, reader))
}

/** Open alerts and those raised or ended since. */
async function alertsSince(ctx: Ctx, from: number): Promise<AlertFacts[]> {
  const repos = ctx.store.read
  const rows = [...(await repos.alerts.open()), ...(await repos.alerts.raisedOrEndedSince(from))]
  const alerts = new Map<string, Alert>(rows.map(alert => [alert.id, alert]))
  return factsOfAll(repos, ctx.mission, ctx.clock.now(), [...alerts.values()])
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}
