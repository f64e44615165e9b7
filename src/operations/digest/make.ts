import type { DigestKind, DigestSection } from '../../domain/digest.ts'
import { digestScope, type Scope } from './scope.ts'
import { type Given, giveAll } from './sections.ts'

/** Everything a digest tells one audience. Times are epoch ms. */
export interface Digest {
  kind: DigestKind
  /** Its sections, as they are read. */
  order: readonly DigestSection[]
  given: Partial<Given>
  /** How many more alerts are open, with nothing new. */
  quiet: number
  window: { from: number; to: number }
  /** Times the bot was away within the window. */
  outages: { fromAt: number; toAt: number }[]
  /** When it should have gone out, where it is late. */
  dueAt: number | null
}

/** A digest that goes out later than this after its hour says so. */
export const LATE_AFTER_MS = 5 * 60_000

/** Everything these sections tell the reader of a scope. */
export async function digestOf(
  scope: Omit<Scope, 'alerts' | 'readable' | 'kind'>,
  order: readonly DigestSection[],
  head: Pick<Digest, 'kind' | 'dueAt'>,
): Promise<Digest> {
  const of = digestScope({ ...scope, kind: head.kind })
  const given = await giveAll(of, order)
  const alerts = ALERT_SECTIONS.some(key => order.includes(key))
  return {
    ...head,
    order,
    given,
    quiet: alerts ? (await of.alerts()).quiet : 0,
    window: scope.window,
    outages: await scope.ctx.store.read.meta.outagesSince(scope.window.from),
  }
}

/** Sections beside which it is said how many more alerts are open. */
const ALERT_SECTIONS: readonly DigestSection[] = ['unanswered', 'urgent', 'raised', 'changed']
