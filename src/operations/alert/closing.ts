import { stateMayThreaten } from '../../domain/authorities.ts'
import { findRole, findTerm, type RoleRef } from '../../domain/mission.ts'
import {
  type AlertResponse,
  isTier,
  type KnownResponse,
  knownFromActs,
  mayCloseNeed,
  needsPhysicalProtection,
  withArrivals,
} from '../../domain/response.ts'
import { TocsinError } from '../../errors.ts'
import type { Ctx, Open } from '../context.ts'
import { actingPerson, heldRoles, roleKey, sameRole } from '../permission.ts'
import { note } from '../telling.ts'
import { requiredText, textLimits } from '../text.ts'
import { recordAct } from './acts.ts'
import type { AlertFacts } from './facts.ts'
import { ownerIn } from './owner.ts'
import { tellThread } from './tell.ts'

/** What closing an alert asks for beyond its outcome, and what is known of it already. */
export interface ClosingFacts {
  /** Responses that owners said they give and nobody has written down: closing writes them down. */
  known: KnownResponse[]
  /** Whether civilians needed physical protection. */
  needsPhysical: boolean
  /** Whether a response on record, or known, met that need. */
  met: boolean
  /** The posts whose command decision closes it all the same. */
  commands: RoleRef[]
}

/** A commander's decision that physical protection is not given, or no longer. */
export interface CommandInput {
  /** `role` or `role@sector` of the post that decided. */
  role: string
  /** A code of the reasons for not acting. */
  reason: string
  note: string
  /** How it was given, where the acting person does not hold that post. */
  means?: 'phone' | 'radio' | null
}

/** What closing this alert asks for; `outcome` is what became of the civilians, as far as it is chosen already. */
export function closingFacts(
  ctx: Pick<Ctx, 'mission'>,
  facts: AlertFacts,
  outcome: string | null = null,
): ClosingFacts {
  const { mission } = ctx
  const { alert, owners, responses } = facts
  const alleged = alert.perpetrator ? findTerm(mission, 'perpetrators', alert.perpetrator)?.class : null
  const known = knownFromActs(
    owners.map(({ state, ladder }) => ({ ...state, constituency: ladder.constituency })),
    responses,
  )
  const needsPhysical = needsPhysicalProtection({
    scope: alert.scope ?? (alert.threat ? (findTerm(mission, 'threats', alert.threat)?.scope ?? null) : null),
    urgency: alert.urgency,
    asksForIt: (alert.askedFor ?? []).some(id => findTerm(mission, 'asked_for', id)?.physical),
    attacked: outcome !== null && findTerm(mission, 'outcomes', outcome)?.attack === true,
  })
  const states = owners.map(({ state }) => state)
  const met = mayCloseNeed({
    needsPhysical: true,
    stateMayThreaten: stateMayThreaten(alleged ?? null, facts.namesState),
    responses: [...withArrivals(responses, states), ...known],
    commandDecision: false,
  })
  const { posts } = ownerIn(facts, 'uniformed')
  const above = posts.length > 1 ? posts.slice(1) : posts
  return { known, needsPhysical, met, commands: above.filter(({ role }) => findRole(mission, role)) }
}

/**
 * Checks that the alert may be closed, and writes down what is known of responses and, where physical protection was
 * needed and not given, the command decision.
 *
 * @param input.tiers of which kind a response known from an act was, by the act, where that is another than usual.
 * @throws TocsinError `needs_protection` where the need was neither met nor decided against, `unknown_term`,
 *   `note_missing`, `text_missing`.
 */
export async function settleResponses(
  open: Open,
  facts: AlertFacts,
  input: {
    outcome: string
    tiers?: Readonly<Record<string, number | string>> | undefined
    command?: CommandInput | null | undefined
  },
): Promise<void> {
  const rows = closingFacts(open, facts).known.map(each => asResponse(open, facts, each, input))
  const { needsPhysical, met, commands } = closingFacts(
    open,
    { ...facts, responses: [...facts.responses, ...rows] },
    input.outcome,
  )
  if (needsPhysical && !met) await decideByCommand(open, facts, commands, input.command ?? null)
  for (const row of rows) {
    await open.tx.responses.insert({ ...row, requestKey: null })
    const { id: response, actId: ofAct, responder, tier, startedAt, arrivedAt, endedAt, result, role } = row
    const data = { response, ofAct, responder, tier, startedAt, arrivedAt, endedAt, result, role }
    await note(open, { kind: 'alert', id: facts.alert.id }, 'response.recorded', data)
  }
  const states = facts.owners.map(({ state }) => state)
  for (const [at, { id, version, arrivedAt }] of withArrivals(facts.responses, states).entries())
    if (arrivedAt !== facts.responses[at]?.arrivedAt)
      await open.tx.responses.update(id, version, { arrivedAt })
}

/** What an owner's taps say, as a response that ends with the alert. */
function asResponse(
  open: Open,
  { alert, owners, specialist }: AlertFacts,
  known: KnownResponse,
  { outcome, tiers }: { outcome: string; tiers?: Readonly<Record<string, number | string>> | undefined },
): AlertResponse {
  const owner = owners.find(({ state }) => state.decision?.id === known.actId)
  const chosen = Number(tiers?.[known.actId] ?? known.tier)
  if (!isTier(chosen)) throw new TocsinError('unknown_term', { field: `tier_${known.actId}` })
  return {
    ...known,
    id: open.ids.id(),
    alertId: alert.id,
    version: 1,
    holder: owner?.ladder.constituency ?? alert.holder,
    audience: [...alert.audience],
    naming: 'partner',
    organisation: null,
    tier: chosen,
    who: specialist.length > 0 ? null : known.who,
    endedAt: open.clock.now(),
    did: null,
    result: known.arrivedAt === null ? null : outcome,
    resultNote: null,
    recordedBy: actingPerson(open).id,
    recordedAt: open.clock.now(),
  }
}

/** Writes down who decided, as which post, and why. It counts as said in Slack by whoever holds that post themselves. */
async function decideByCommand(
  open: Open,
  facts: AlertFacts,
  commands: readonly RoleRef[],
  command: CommandInput | null,
): Promise<void> {
  const { code } = facts.alert
  if (!command?.role && !command?.reason)
    throw new TocsinError('needs_protection', { field: 'commandReason', details: { code } })
  const role = commands.find(ref => roleKey(ref) === command.role)
  if (!role) throw new TocsinError('unknown_term', { field: 'commandRole', details: { value: command.role } })
  const { reason } = reasonOf(open, command)
  const marked = facts.specialist.length > 0
  const why = marked ? null : requiredText(command.note, 'commandNote', textLimits.note)
  const own = heldRoles(open).some(held => sameRole(held, role))
  const act = await recordAct(open, facts.alert, {
    kind: 'command',
    slot: null,
    role: roleKey(role),
    reason,
    note: why,
    means: own ? 'slack' : (command.means ?? 'phone'),
  })
  await tellThread(open, facts.alert, { line: 'act', act })
}

function reasonOf(open: Open, { reason }: CommandInput): { reason: string } {
  const term = findTerm(open.mission, 'not_acting', reason)
  if (!term) throw new TocsinError('unknown_term', { field: 'commandReason', details: { value: reason } })
  return { reason: term.id }
}
