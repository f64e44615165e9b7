import {
  isGround,
  isVerificationState,
  mayVerify,
  type VerificationState,
  verificationOf,
} from '../../domain/verification.ts'
import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction } from '../context.ts'
import { actingPerson, roleKey } from '../permission.ts'
import { optionalText, textLimits } from '../text.ts'
import { recordAct, settle } from './acts.ts'
import { decidingRole, requireRecordKeeper } from './chain.ts'
import type { AlertFacts } from './facts.ts'
import { readAlert } from './reading.ts'
import { tellThread } from './tell.ts'

export interface VerifyInput {
  alertId: string
  state: string
  /** Why this may be said: one of `GROUNDS`. */
  ground: string
  note?: string | null
  role?: string | null
}

/**
 * Says how far an alert is verified, and on what ground; a step of its own beside what is done about it, so it also
 * stands for an alert that has ended. For those who keep its record.
 *
 * @throws TocsinError `not_found`, `not_allowed`, `unknown_term`, `already_done` where it stands so already,
 *   `already_ended` for one that was joined to another, `note_missing` with the ground *Other*, `which_role`.
 */
export async function verify(ctx: Ctx, input: VerifyInput): Promise<AlertFacts> {
  actingPerson(ctx)
  const { state, ground } = input
  if (!isVerificationState(state) || state === 'unverified')
    throw new TocsinError('unknown_term', { field: 'state', details: { value: state } })
  if (!isGround(ground))
    throw new TocsinError('unknown_term', { field: 'ground', details: { value: ground } })
  const note = optionalText(input.note, 'note', textLimits.note)
  if (ground === 'other' && note === null) throw new TocsinError('note_missing', { field: 'note' })
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readAlert(open, input.alertId, repos)
    requireRecordKeeper(open, facts)
    const { code, lifecycle } = facts.alert
    if (lifecycle === 'merged') throw new TocsinError('already_ended', { details: { code, lifecycle } })
    refuseSame(facts, state)
    const role = decidingRole(open, facts, input.role)
    const act = await recordAct(open, facts.alert, {
      kind: 'verify',
      slot: null,
      role: role && roleKey(role),
      reason: state,
      who: ground,
      note,
    })
    await tellThread(open, facts.alert, { line: 'act', act })
    return settle(open, facts)
  })
}

function refuseSame({ verifications }: AlertFacts, state: VerificationState): void {
  if (mayVerify(verificationOf(verifications), state)) return
  const last = verifications.at(-1)
  throw new TocsinError('already_done', {
    details: { kind: 'verify', role: last?.role ?? '', at: last?.at ?? 0, means: 'slack' },
  })
}
