import type { Timer } from '../../db/timers.ts'
import { unique } from '../alert/facts.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { lineAt, note, personTarget, refreshCardsOf } from '../telling.ts'
import { of } from './ask.ts'
import { forgetWindow } from './decide.ts'
import { type GateFacts, gateFacts } from './facts.ts'
import { keepersOf } from './reminders.ts'

type Due = Pick<Timer, 'recordId'>

/** The time for an answer is over: whoever asked may go on by name and reason, and the decider still may answer. */
export function clockRanOut(ctx: Ctx, timer: Due): Promise<void> {
  return withGate(ctx, timer, async (open, facts) => {
    if (facts.gate.state !== 'waiting') return
    await refreshCardsOf(open, of(facts.gate))
    for (const { id } of unique([facts.asker, ...facts.deciders]))
      await lineAt(open, 'gate.line', facts.gate.id, personTarget(id), { line: 'clock_over' })
  })
}

/** A clearance has ended, perhaps while what goes by it is running: it waits from now on, and its people are told. */
export function gateExpired(ctx: Ctx, timer: Due): Promise<void> {
  return withGate(ctx, timer, async (open, facts) => {
    if (!facts.expired) return
    await note(open, of(facts.gate), 'gate.expired', { code: facts.gate.code, gate: facts.gate.template })
    await refreshCardsOf(open, of(facts.gate))
    for (const { recordKind: kind, recordId: id } of facts.links) await refreshCardsOf(open, { kind, id })
    for (const id of keepersOf(facts))
      await lineAt(open, 'gate.line', facts.gate.id, personTarget(id), { line: 'expired' })
  })
}

/** The days of an escort have passed, and are forgotten. */
export function forgetGateWindow(ctx: Ctx, timer: Due): Promise<void> {
  return withGate(ctx, timer, async (open, { gate }) => {
    await forgetWindow(open, gate)
    await refreshCardsOf(open, of(gate))
  })
}

function withGate(
  ctx: Ctx,
  { recordId }: Due,
  body: (open: Open, facts: GateFacts) => Promise<void>,
): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const gate = await repos.gates.byId(recordId)
    if (gate) await body(open, await gateFacts(open, repos, gate))
  })
}
