import type { Callback, InboundMessage } from '../../db/callbacks.ts'
import type { Contact } from '../../db/contacts.ts'
import type { Source } from '../../db/sources.ts'
import { type CallbackState, isNotWarningReason, TRY_AGAIN_LIMIT_MS } from '../../domain/callback.ts'
import type { Parsed } from '../../domain/intake.ts'
import { isReadReason } from '../../domain/source.ts'
import { TocsinError } from '../../errors.ts'
import type { AlertFacts } from '../alert/facts.ts'
import { type RaiseInput, raise } from '../alert/raise.ts'
import { readAlert } from '../alert/reading.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { messageSealId, openContact, openSealed, type Reach } from '../intake/contact.ts'
import { parsedOf, type Said } from '../intake/receive.ts'
import { registeredPerson } from '../permission.ts'
import { addReport } from '../report.ts'
import { gradeSourceOf, sealSource } from '../source/record.ts'
import { optionalText } from '../text.ts'
import { type CallbackFacts, callbackFacts, handledCallback } from './facts.ts'
import { armCallback, disarmCallback, noteCallback, refreshCallback } from './tell.ts'

/** A call back, opened for whoever calls back. */
export interface ShownCallback {
  facts: CallbackFacts
  /** Null: withheld, or erased. */
  reach: Reach | null
  messages: (Pick<InboundMessage, 'id' | 'kind' | 'receivedAt' | 'sentAt' | 'skewed'> & {
    said: Said | null
  })[]
  /** What the last text or form says in the agreed words. */
  parsed: Parsed | null
  /** Open alerts that rest on the same source, or came from the same number; those the person may read. */
  alerts: AlertFacts[]
}

/** How long the words for who somebody is may be, in code points. */
const NAME_MAX = 200

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

/**
 * Opens number and words, for those who may call back, who say why. The access log holds it before it is shown.
 *
 * @param input.reason one of `readReasons`; to call back unless something else is said.
 * @throws TocsinError `not_registered`, `not_found`, `choice_invalid`, `no_vault_key`, `source_sealed`.
 */
export async function showCallback(
  ctx: Ctx,
  input: { callbackId: string; reason?: string },
): Promise<ShownCallback> {
  const person = registeredPerson(ctx)
  const { reason = 'call_back' } = input
  if (!isReadReason(reason)) throw new TocsinError('choice_invalid', { field: 'reason' })
  const facts = await inTransaction(ctx, async repos => {
    const found = await handledCallback(ctx, repos, input.callbackId)
    await repos.access.add({
      at: ctx.clock.now(),
      personId: person.id,
      layer: 'source',
      recordKind: 'callback',
      recordId: found.callback.id,
      reason,
    })
    return found
  })
  const rows = await ctx.store.read.callbacks.messages(facts.callback.id)
  const messages = rows.map(row => ({ ...row, said: openSealed<Said>(ctx, messageSealId(row.id), row) }))
  const last = messages.findLast(({ said }) => said !== null && (said.text !== null || said.fields !== null))
  return {
    facts,
    reach: facts.contact ? openContact(ctx, facts.contact) : null,
    messages,
    parsed: last?.said ? parsedOf(ctx, last.said, facts.callback.sector) : null,
    alerts: await alertsOf(ctx, facts),
  }
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
    await rest(open, facts, alert, { verdict: verdict ?? 'source', name: name ?? null })
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
    await rest(open, facts, alert, { verdict: 'source', name: null })
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

/**
 * Says whose number it is: that of a source the person keeps, of somebody new, or nobody's in particular.
 *
 * @param input.verdict `source` or `nobody`.
 * @param input.sourceId a source the person recorded or is deputy for; null: a new one.
 * @throws TocsinError `not_registered`, `not_found`, `choice_invalid`, `text_too_long`.
 */
export async function decideNumber(
  ctx: Ctx,
  input: { callbackId: string; verdict: string; sourceId?: string | null; name?: string | null },
): Promise<CallbackFacts> {
  const person = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await handledCallback(open, repos, input.callbackId)
    const { contact } = facts
    if (!contact) throw new TocsinError('not_found')
    if (input.verdict !== 'source' && input.verdict !== 'nobody')
      throw new TocsinError('choice_invalid', { field: 'verdict' })
    let source: Source | null = null
    if (input.verdict === 'source') {
      const kept = await repos.sources.ofPerson(person.id)
      source = input.sourceId
        ? (kept.find(({ id, erasedAt }) => id === input.sourceId && erasedAt === null) ?? null)
        : await newSource(open, contact, input.name ?? null)
      if (!source) throw new TocsinError('not_found', { field: 'source' })
    }
    await settleNumber(open, contact, input.verdict, source)
    await refreshCallback(open, facts.callback)
    return callbackFacts(open, repos, facts.callback)
  })
}

async function settleNumber(
  open: Open,
  contact: Contact,
  verdict: 'source' | 'nobody',
  source: Source | null,
): Promise<void> {
  const by = registeredPerson(open).id
  await open.tx.contacts.update(contact.id, {
    verdict,
    sourceId: source?.id ?? null,
    decidedBy: by,
    decidedAt: open.clock.now(),
  })
}

/** A source of whom no more may be known than the number. */
async function newSource(open: Open, contact: Contact, name: string | null): Promise<Source> {
  const person = registeredPerson(open)
  const reach = openContact(open, contact)
  return sealSource(open, person, {
    name: optionalText(name, 'name', NAME_MAX) ?? '?',
    reach: reach?.said ?? null,
    language: null,
    safeTimes: null,
    note: null,
  })
}

/** The alert rests on whoever rang: on their source, made now where the number was nobody's yet. */
async function rest(
  open: Open,
  { contact, source, verdict }: CallbackFacts,
  facts: AlertFacts,
  said: { verdict: string; name: string | null },
): Promise<void> {
  if (!contact) return
  let behind = source
  if (verdict === 'unknown') {
    const nobody = said.verdict === 'nobody'
    behind = nobody ? null : await newSource(open, contact, said.name)
    await settleNumber(open, contact, nobody ? 'nobody' : 'source', behind)
  }
  if (!behind) return
  const current = facts.into?.facts ?? facts
  const links = await open.tx.sources.links(behind.id)
  if (links.some(({ alertId }) => alertId === current.alert.id)) return
  // Nothing is known yet of how far it can be relied upon.
  await gradeSourceOf(open, behind, current, { reliability: 'F', credibility: 6, independent: true })
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

async function alertsOf(ctx: Ctx, { source, contact }: CallbackFacts): Promise<AlertFacts[]> {
  const { read } = ctx.store
  const resting = source ? (await read.sources.links(source.id)).map(({ alertId }) => alertId) : []
  const earlier = contact
    ? (await read.callbacks.raisedOf(contact.id)).flatMap(({ alertId }) => alertId ?? [])
    : []
  const found: AlertFacts[] = []
  for (const id of new Set([...resting, ...earlier])) {
    const facts = await readAlert(ctx, id).catch((error: unknown) => {
      if (error instanceof TocsinError && error.code === 'not_found') return null
      throw error
    })
    if (facts?.alert.lifecycle === 'open') found.push(facts)
  }
  return found
}
