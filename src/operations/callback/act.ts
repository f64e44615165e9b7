import type { Callback } from '../../db/callbacks.ts'
import { type CallbackState, isNotWarningReason, TRY_AGAIN_LIMIT_MS } from '../../domain/callback.ts'
import { TocsinError } from '../../errors.ts'
import type { AlertFacts } from '../alert/facts.ts'
import { type RaiseInput, raise } from '../alert/raise.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { registeredPerson } from '../permission.ts'
import { addReport } from '../report.ts'
import { type CallbackFacts, callbackFacts, handledCallback } from './facts.ts'
import { restOn } from './number.ts'
import { armCallback, disarmCallback, noteCallback, refreshCallback } from './tell.ts'

/** The call backs the acting person may decide about, next due first. @throws TocsinError `not_registered`. */
export async function myCallbacks(ctx: Ctx): Promise<CallbackFacts[]> {
  const person = registeredPerson(ctx)
  const { read } = ctx.store
  const open = await read.callbacks.open()
  const facts = await Promise.all(open.map(callback => callbackFacts(ctx, read, callback)))
  return facts.filter(({ handlers }) => handlers.includes(person.id))
}

/** The call back without number and words. @throws TocsinError `not_registered`, `not_found`. */
export async function readCallback(ctx: Ctx, callbackId: string): Promise<CallbackFacts> {
  registeredPerson(ctx)
  return handledCallback(ctx, ctx.tx ?? ctx.store.read, callbackId)
}

export interface RaiseFromInput extends Omit<RaiseInput, 'cameBy' | 'channelId'> {
  callbackId: string
  /** Whose number it is, where nobody has decided: `source`, or `nobody` for a shared or a public telephone. */
  verdict?: string | null
  /** Who they are, sealed; null: not known. */
  name?: string | null
}

/**
 * Raises an alert from a call back, in the recorder's own words. How it came is set, the source stands behind it
 * sealed, and the call back is decided. Where somebody has decided it otherwise meanwhile the alert is raised all the
 * same: a warning is never held up.
 *
 * @throws TocsinError `not_registered`, `not_found`, and those of `raise`.
 */
export async function raiseFromCallback(ctx: Ctx, input: RaiseFromInput): Promise<AlertFacts> {
  registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await handledCallback(open, repos, input.callbackId)
    const { callbackId: _, verdict, name, ...given } = input
    const { callback } = facts
    const cameBy = open.mission.intake.cameBy[callback.kind]
    const alert = await raise(open, { ...given, sector: input.sector ?? callback.sector, cameBy })
    await restOn(open, facts, alert, { verdict: verdict ?? 'source', name: name ?? null })
    await decide(open, facts, { state: 'raised', alertId: alert.alert.id })
    return alert
  })
}

/**
 * Adds what was learnt to an alert that is open already, as a report in the recorder's own words; the source stands
 * behind it too.
 *
 * @throws TocsinError `not_registered`, `not_found`, and those of `addReport`.
 */
export async function addFromCallback(
  ctx: Ctx,
  input: { callbackId: string; alertId: string; what: string; requestKey?: string | null },
): Promise<AlertFacts> {
  registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await handledCallback(open, repos, input.callbackId)
    const alert = await addReport(open, {
      alertId: input.alertId,
      what: input.what,
      cameBy: open.mission.intake.cameBy[facts.callback.kind],
      requestKey: input.requestKey ?? null,
    })
    await restOn(open, facts, alert, { verdict: 'source', name: null })
    await decide(open, facts, { state: 'added', alertId: alert.alert.id })
    return alert
  })
}

/**
 * Nobody answered: it is tried again at `at` (epoch ms), and until then nobody else is told.
 *
 * @throws TocsinError `not_registered`, `not_found`, `callback_decided`, `time_past`, `time_too_far`.
 */
export async function tryAgain(
  ctx: Ctx,
  input: { callbackId: string; at: number | null },
): Promise<CallbackFacts> {
  registeredPerson(ctx)
  const now = ctx.clock.now()
  const { at } = input
  if (at === null || at <= now) throw new TocsinError('time_past', { field: 'at' })
  if (at > now + TRY_AGAIN_LIMIT_MS)
    throw new TocsinError('time_too_far', { field: 'at', details: { max: TRY_AGAIN_LIMIT_MS } })
  return inTransaction(ctx, async (repos, open) => {
    const facts = await handledCallback(open, repos, input.callbackId)
    const patch = { tryAt: at, tries: facts.callback.tries + 1 }
    if (!(await repos.callbacks.update(facts.callback.id, patch))) throw new TocsinError('callback_decided')
    await armCallback(open, facts.callback, at)
    await noteCallback(open, facts.callback, 'no_answer', { tries: patch.tries, tryAt: at })
    await refreshCallback(open, facts.callback)
    return { ...facts, callback: { ...facts.callback, ...patch } }
  })
}

/**
 * It was no warning, for a reason of the list. The number may ring again: it then counts anew.
 *
 * @throws TocsinError `not_registered`, `not_found`, `choice_invalid`, `callback_decided`.
 */
export async function notWarning(
  ctx: Ctx,
  input: { callbackId: string; reason: string },
): Promise<CallbackFacts> {
  registeredPerson(ctx)
  const { reason } = input
  if (!isNotWarningReason(reason)) throw new TocsinError('choice_invalid', { field: 'reason' })
  return inTransaction(ctx, async (repos, open) => {
    const facts = await handledCallback(open, repos, input.callbackId)
    if (!(await decide(open, facts, { state: 'not_warning', reason })))
      throw new TocsinError('callback_decided')
    return facts
  })
}

/** False where somebody decided meanwhile. */
async function decide(
  open: Open,
  { callback }: CallbackFacts,
  outcome: { state: Exclude<CallbackState, 'open'> } & Partial<Pick<Callback, 'alertId' | 'reason'>>,
): Promise<boolean> {
  const decided = await open.tx.callbacks.update(callback.id, {
    ...outcome,
    decidedBy: registeredPerson(open).id,
    decidedAt: open.clock.now(),
    tryAt: null,
  })
  if (!decided) return false
  await disarmCallback(open, callback)
  const { state, ...rest } = outcome
  await noteCallback(open, callback, state, rest)
  await refreshCallback(open, callback)
  return true
}
