import type { EarlyWarningRow } from '../db/early-warnings.ts'
import type { Timer } from '../db/timers.ts'
import { isEarlyDecision } from '../domain/early-warning.ts'
import type { RoleRef } from '../domain/mission.ts'
import type { Reader } from '../domain/sharing.ts'
import { TocsinError } from '../errors.ts'
import { futureTime } from './alert/answer.ts'
import { type AlertFacts, factsOfAll } from './alert/facts.ts'
import { actorAsReader, asReadBy, mayReadAlert } from './alert/reading.ts'
import { type Ctx, inTransaction } from './context.ts'
import { armReminder, askAgain, decidesAs, of, reminderKey, tellDeciders } from './early-warning/detect.ts'
import { heldRoles, registeredPerson, roleKey } from './permission.ts'
import { note, refreshCardsOf } from './telling.ts'
import { requiredText, textLimits } from './text.ts'

/** An item with the warnings it rests on, in the order in which they were added. */
export interface EarlyWarning {
  row: EarlyWarningRow
  alerts: AlertFacts[]
}

/** Reads an item with its warnings; null where there is none. Who may read it is asked with {@link mayReadEarlyWarning}. */
export async function earlyWarningFacts(ctx: Ctx, id: string): Promise<EarlyWarning | null> {
  const repos = ctx.tx ?? ctx.store.read
  const row = await repos.earlyWarnings.byId(id)
  return row && withAlerts(ctx, row)
}

async function withAlerts(ctx: Ctx, row: EarlyWarningRow): Promise<EarlyWarning> {
  const repos = ctx.tx ?? ctx.store.read
  const alerts = await repos.alerts.byIds(await repos.earlyWarnings.alertsOf(row.id))
  return { row, alerts: await factsOfAll(repos, ctx.mission, ctx.clock.now(), alerts) }
}

/** Whether a reader may read an item: only who may read every warning it rests on. */
export function mayReadEarlyWarning(ctx: Ctx, { alerts }: EarlyWarning, reader: Reader): boolean {
  return alerts.length > 0 && alerts.every(facts => mayReadAlert(ctx, facts, 'record', reader))
}

/**
 * An item for whoever may read it and decide.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`.
 */
export async function readEarlyWarning(ctx: Ctx, id: string): Promise<EarlyWarning> {
  registeredPerson(ctx)
  const item = await earlyWarningFacts(ctx, id)
  const reader = actorAsReader(ctx)
  if (!item || !reader || !mayReadEarlyWarning(ctx, item, reader)) throw new TocsinError('not_found')
  if (!decidesAs(ctx, heldRoles(ctx)))
    throw new TocsinError('not_allowed', { details: { code: item.row.code } })
  return { ...item, alerts: item.alerts.map(facts => asReadBy(ctx, facts, reader)) }
}

/** Items that wait for a decision of the acting person, longest first; none for others, nor those they may not read. */
export async function earlyWarningsWaiting(ctx: Ctx): Promise<EarlyWarning[]> {
  const reader = actorAsReader(ctx)
  if (!reader || !decidesAs(ctx, heldRoles(ctx))) return []
  const waiting: EarlyWarning[] = []
  for (const row of await ctx.store.read.earlyWarnings.open()) {
    const item = await withAlerts(ctx, row)
    if (mayReadEarlyWarning(ctx, item, reader)) waiting.push(item)
  }
  return waiting
}

export interface EarlyDecisionInput {
  warningId: string
  decision: string
  /** Until when it is monitored (epoch ms). */
  until?: number | null
  /** Who does what, or why nothing is done. */
  reason?: string | null
}

/**
 * Decides about several warnings as one: act, monitor until a time, or no action and why. For the operations centre and
 * the POC adviser, of whom one decides for both; who monitors is asked again at that time.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `unknown_term`, `already_done`, `text_missing`,
 *   `text_too_long`, `time_past`, `time_too_far`.
 */
export async function decideEarlyWarning(ctx: Ctx, input: EarlyDecisionInput): Promise<EarlyWarning> {
  const person = registeredPerson(ctx)
  const { decision } = input
  return inTransaction(ctx, async (repos, open) => {
    const { row } = await readEarlyWarning(open, input.warningId)
    if (!isEarlyDecision(decision))
      throw new TocsinError('unknown_term', { field: 'decision', details: { value: decision } })
    const role = decidesAs(open, heldRoles(open)) as RoleRef
    if (row.state === 'act' || row.state === 'no_action')
      throw new TocsinError('already_done', {
        details: { kind: row.state, role: row.decidedRole ?? '', at: row.decidedAt ?? 0, means: 'slack' },
      })
    const until = decision === 'monitor' ? futureTime(open, input.until ?? null) : null
    if (decision === 'monitor' && until === null) throw new TocsinError('time_past', { field: 'until' })
    const reason = decision === 'monitor' ? null : requiredText(input.reason, 'reason', textLimits.note)
    const now = open.clock.now()
    await repos.earlyWarnings.set({
      ...row,
      state: decision,
      decidedBy: person.id,
      decidedRole: roleKey(role),
      decidedAt: now,
      until,
      reason,
    })
    await note(
      open,
      of(row),
      'early_warning.decided',
      { code: row.code, decision, until },
      reason === null ? undefined : { reason },
    )
    if (until === null) await repos.timers.cancel(reminderKey(row.id))
    else await armReminder(open, row.id, until)
    await refreshCardsOf(open, of(row))
    return (await earlyWarningFacts(open, row.id)) as EarlyWarning
  })
}

/** No decision yet, or the time of monitoring has come: who owes the decision is asked again, until one is taken. */
export function remindEarlyWarning(ctx: Ctx, timer: Pick<Timer, 'recordId'>): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const row = await repos.earlyWarnings.byId(timer.recordId)
    if (!row || row.state === 'act' || row.state === 'no_action') return
    if (row.state === 'monitor') return askAgain(open, row)
    await tellDeciders(open, row, 'early_warning.reminder')
    await armReminder(open, row.id, open.clock.now() + open.mission.finding.earlyWarning.remindMs)
  })
}
