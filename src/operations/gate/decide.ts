import type { Gate } from '../../db/gates.ts'
import {
  decisionsFor,
  type GateDecision,
  type GateState,
  needsExpiry,
  needsReason,
} from '../../domain/gate.ts'
import { TocsinError } from '../../errors.ts'
import { unique } from '../alert/facts.ts'
import { personReader } from '../channel.ts'
import { type Ctx, inTransaction, type Open, type Person } from '../context.ts'
import { heldRoles, registeredPerson, roleKey } from '../permission.ts'
import { cardAt, lineAt, note, personTarget, refreshCardsOf } from '../telling.ts'
import { optionalText, requiredText } from '../text.ts'
import { of } from './ask.ts'
import { comingDay, endOfDay } from './days.ts'
import { decisionsOf, type GateFacts, gateFacts, mayReadGate, partsIn } from './facts.ts'
import { syncGateReminders } from './reminders.ts'

export const gateLimits = { reason: 1_500 } as const

export interface DecideGateInput {
  gateId: string
  decision: string
  reason?: string | null
  /** The last day on which a clearance holds, `YYYY-MM-DD`. */
  expiresDay?: string | null
}

/**
 * Decides a gate, once: whoever holds the role it names, whoever asked, or the unit that carries it out, each what is
 * theirs. Everybody whom it concerns is told.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_decider` (details: role), `gate_decided` (details: at) for
 *   what was decided already, `item_paused` while a change of posture is not confirmed, `text_missing`, `text_too_long`, `day_past`.
 */
export async function decideGate(ctx: Ctx, input: DecideGateInput): Promise<GateFacts> {
  const person = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readable(open, input.gateId, person)
    const { gate } = facts
    const decision = allowed(facts, person, input.decision)
    if ((decision === 'granted' || decision === 'done') && facts.paused) throw new TocsinError('item_paused')
    const reason = needsReason(decision)
      ? requiredText(input.reason, 'reason', gateLimits.reason)
      : optionalText(input.reason, 'reason', gateLimits.reason)
    const expiresAt = needsExpiry(decision)
      ? endOfDay(ctx, comingDay(ctx, input.expiresDay, 'expiresDay'))
      : null
    await act(open, facts, person, decision, { reason, expiresAt })
    const moved = { ...gate, state: decision, expiresAt }
    if (expiresAt !== null) await armExpiry(open, moved)
    else await cancelExpiry(open, gate)
    const after = await gateFacts(ctx, repos, moved)
    await syncGateReminders(open, after)
    await tellDecided(open, after, person)
    return after
  })
}

/**
 * The operation goes on with the concern on record, or after the time for an answer has passed without one: by name
 * and reason, which whoever was consulted is told.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed` for anybody but who asked or is in command,
 *   `consultation_runs` (details: at), `gate_decided`, `text_missing`, `text_too_long`.
 */
export async function proceedGate(
  ctx: Ctx,
  input: { gateId: string; reason?: string | null },
): Promise<GateFacts> {
  const person = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readable(open, input.gateId, person)
    const { gate } = facts
    const commands = [facts.asker, ...facts.command].some(({ id }) => id === person.id)
    if (gate.kind !== 'consultation' || !commands) throw new TocsinError('not_allowed')
    if (!facts.mayProceed) {
      if (gate.state === 'waiting')
        throw new TocsinError('consultation_runs', { details: gate.dueAt === null ? {} : { at: gate.dueAt } })
      throw new TocsinError('gate_decided', { details: decidedAt(facts) })
    }
    const reason = requiredText(input.reason, 'reason', gateLimits.reason)
    const as = heldRoles(open).find(({ role }) => ctx.mission.layers.command.includes(role))
    await act(open, facts, person, 'proceeding', { reason, expiresAt: null, as: as ? roleKey(as) : null })
    const after = await gateFacts(ctx, repos, { ...gate, state: 'proceeding', expiresAt: null })
    await tellDecided(open, after, person)
    return after
  })
}

/** @throws TocsinError `not_found` for whoever may not read that there is such a gate. */
export async function readable(ctx: Ctx, gateId: string, person: Person): Promise<GateFacts> {
  const repos = ctx.tx ?? ctx.store.read
  const gate = await repos.gates.byId(gateId)
  if (!gate) throw new TocsinError('not_found')
  const facts = await gateFacts(ctx, repos, gate)
  const reader = await personReader(repos, person, ctx.clock.now())
  if (!mayReadGate(ctx, facts, 'open', reader)) throw new TocsinError('not_found')
  return facts
}

const EVERYBODY = ['decider', 'asker', 'unit', 'human_rights'] as const

function allowed(facts: GateFacts, person: Person, wanted: string): GateDecision {
  const decision = decisionsOf(facts, person).find(candidate => candidate === wanted)
  if (decision) return decision
  const { kind, state } = facts.gate
  const open = facts.expired ? [] : decisionsFor(kind, state, EVERYBODY)
  if (!open.some(candidate => candidate === wanted))
    throw new TocsinError('gate_decided', { details: decidedAt(facts) })
  const post = state === 'endorsed' ? facts.unit : facts.decides
  throw new TocsinError('not_decider', { details: { role: roleKey(post ?? facts.decides) } })
}

function decidedAt({ acts }: GateFacts): { at?: number } {
  const last = acts.at(-1)
  return last ? { at: last.at } : {}
}

interface Deciding {
  reason: string | null
  expiresAt: number | null
  /** The post by which it is done; left out: that of the gate, or of the unit. */
  as?: string | null
}

async function act(
  open: Open,
  facts: GateFacts,
  person: Person,
  to: GateState,
  { reason, expiresAt, as = roleActedIn(facts, person) }: Deciding,
): Promise<void> {
  const { gate } = facts
  if (!(await open.tx.gates.move(gate.id, gate.state, to, expiresAt)))
    throw new TocsinError('gate_decided', { details: decidedAt(facts) })
  await open.tx.gates.addAct({
    id: open.ids.id(),
    gateId: gate.id,
    act: to,
    by: person.id,
    as,
    at: open.clock.now(),
    reason,
  })
  await open.tx.timers.cancel(`gate:${gate.id}:clock`)
  await note(open, of(gate), 'gate.decided', { code: gate.code, gate: gate.template, decision: to, role: as })
  if (gate.kind === 'escort' && FORGETS_WINDOW.includes(to)) await forgetWindow(open, gate)
}

/** The post by which it was decided: that of the gate, or of the unit; null for whoever asked. */
function roleActedIn(facts: GateFacts, person: Person): string | null {
  const parts = partsIn(facts, person)
  if (parts.includes('decider') && facts.gate.state !== 'endorsed') return roleKey(facts.decides)
  if (parts.includes('unit') && facts.unit) return roleKey(facts.unit)
  return null
}

/** Times are kept while somebody needs them, and no longer (5B). */
const FORGETS_WINDOW: readonly GateState[] = ['refused', 'declined', 'withdrawn', 'done']

/** Forgets the days of an escort. */
export async function forgetWindow(open: Open, gate: Gate): Promise<void> {
  await open.tx.gates.rewrite(gate.id, { ...gate, fromDay: null, toDay: null })
  await open.tx.timers.cancel(`gate:${gate.id}:window`)
}

/** The asker, the deciders and the unit each hear what another of them decided; cards follow. */
async function tellDecided(open: Open, facts: GateFacts, by: Person): Promise<void> {
  const { gate, asker, deciders, unitPeople, links } = facts
  await refreshCardsOf(open, of(gate))
  if (gate.state === 'endorsed')
    for (const { id } of unitPeople) await cardAt(open, of(gate), personTarget(id))
  const involved =
    gate.state === 'endorsed' ? [asker] : [asker, ...deciders, ...(gate.kind === 'escort' ? unitPeople : [])]
  const told = unique(involved).filter(({ id }) => id !== by.id)
  for (const { id } of told) await lineAt(open, 'gate.line', gate.id, personTarget(id), { line: 'decided' })
  const accountable = links.flatMap(link => (link.accountable ? [link.accountable] : []))
  for (const id of new Set(accountable))
    if (id !== by.id && !told.some(person => person.id === id))
      await lineAt(open, 'gate.line', gate.id, personTarget(id), { line: 'decided' })
}

async function armExpiry(open: Open, { id, expiresAt }: Gate): Promise<void> {
  if (expiresAt === null) return
  await open.tx.timers.arm({
    key: `gate:${id}:expiry`,
    kind: 'gate.expiry',
    recordId: id,
    dueAt: expiresAt,
  })
}

async function cancelExpiry(open: Open, { id }: Gate): Promise<void> {
  await open.tx.timers.cancel(`gate:${id}:expiry`)
}
