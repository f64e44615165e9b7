import { findTerm, type RoleRef } from '../../domain/mission.ts'
import { TocsinError } from '../../errors.ts'
import { armCardsRemoval } from '../channel/removal.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { askCommunity, tellAuthors } from '../feedback.ts'
import { actingPerson, roleKey } from '../permission.ts'
import { requiredText, textLimits } from '../text.ts'
import { recordAct, settle } from './acts.ts'
import { decidingRole, requireKeeper, requireRecordKeeper } from './chain.ts'
import { type CommandInput, settleResponses } from './closing.ts'
import type { AlertFacts } from './facts.ts'
import { readAlert, requireMove } from './reading.ts'
import { tellThread } from './tell.ts'

/** What stands in the list of outcomes for a threat that has not ended; it cannot be chosen to close. */
export const ONGOING = 'ongoing'

/** Why an alert of an exercise was taken back: the exercise ended, and nothing had been raised in error. */
export const EXERCISE_ENDED = 'exercise_ended'

/**
 * Closes an alert with its outcome for civilians and a note. For those who keep its record. What owners said
 * of their responses is written down with it; a need for physical protection that nobody met is closed by a command
 * decision alone.
 *
 * @param input.tiers of which kind a response known from an act alone was, by the act.
 * @throws TocsinError `not_found`, `already_ended`, `not_allowed`, `still_ongoing`, `unknown_term`, `text_missing`,
 *   `which_role`, `needs_protection`.
 */
export async function close(
  ctx: Ctx,
  input: {
    alertId: string
    outcome: string
    note: string
    role?: string | null
    tiers?: Readonly<Record<string, number | string>>
    command?: CommandInput | null
  },
): Promise<AlertFacts> {
  actingPerson(ctx)
  if (input.outcome === ONGOING) throw new TocsinError('still_ongoing', { field: 'outcome' })
  if (!findTerm(ctx.mission, 'outcomes', input.outcome)) {
    throw new TocsinError('unknown_term', { field: 'outcome', details: { value: input.outcome } })
  }
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readAlert(open, input.alertId, repos)
    const lifecycle = requireMove(facts, 'close')
    requireRecordKeeper(open, facts)
    const note = endNote(facts, input.note)
    const role = decidingRole(open, facts, input.role)
    await settleResponses(open, facts, input)
    await repos.alerts.setState(facts.alert.id, { lifecycle, outcome: input.outcome })
    return end(open, facts, 'close', input.outcome, note, role)
  })
}

/**
 * Takes back an alert that was raised in error, with the reason on record. For its author and those who keep its
 * record.
 *
 * @param input.reason where it was no error: {@link EXERCISE_ENDED}.
 * @throws TocsinError `not_found`, `already_ended`, `not_allowed`, `text_missing`, `which_role`.
 */
export async function withdraw(
  ctx: Ctx,
  input: { alertId: string; note: string; role?: string | null; reason?: typeof EXERCISE_ENDED },
): Promise<AlertFacts> {
  actingPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readAlert(open, input.alertId, repos)
    const lifecycle = requireMove(facts, 'withdraw')
    requireKeeper(open, facts)
    const note = endNote(facts, input.note)
    const role = decidingRole(open, facts, input.role)
    await repos.alerts.setState(facts.alert.id, { lifecycle, outcome: null })
    return end(open, facts, 'withdraw', input.reason ?? null, note, role)
  })
}

/** Nobody writes of an alert marked for a specialist but the specialist, elsewhere. */
function endNote({ specialist }: AlertFacts, note: string): string | null {
  return specialist.length > 0 ? null : requiredText(note, 'note', textLimits.note)
}

async function end(
  open: Open,
  facts: AlertFacts,
  kind: 'close' | 'withdraw',
  reason: string | null,
  note: string | null,
  role: RoleRef | null,
): Promise<AlertFacts> {
  const act = await recordAct(open, facts.alert, {
    kind,
    slot: null,
    role: role && roleKey(role),
    reason,
    note,
  })
  await tellThread(open, facts.alert, { line: 'act', act })
  await armCardsRemoval(open, facts.alert)
  const ended = await settle(open, facts)
  if (kind === 'close') await askCommunity(open, ended)
  await tellAuthors(open, ended)
  return ended
}
