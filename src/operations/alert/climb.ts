import type { Timer } from '../../db/timers.ts'
import type { Slot, Step } from '../../domain/mission.ts'
import type { Ctx, Open, Person } from '../context.ts'
import { inTransaction } from '../context.ts'
import type { AlertFacts } from './facts.ts'
import { alertFacts, isReachable, type OwnerFacts, ownerIn, peopleIn } from './facts.ts'
import { informed, refreshCards, tellPeople, tellThread } from './tell.ts'

/** A rung told later than this after it was due is marked late. */
const LATE_AFTER_MS = 60_000

/** Sets the timer of each owner to its next rung, or clears it where nothing is awaited any more. */
export async function armLadders(ctx: Open, facts: AlertFacts): Promise<void> {
  for (const { owner, next } of facts.owners) {
    const key = `alert:${owner.alertId}:${owner.slot}`
    if (!next) await ctx.tx.timers.cancel(key)
    else {
      await ctx.tx.timers.arm({
        key,
        kind: 'alert.step',
        recordId: owner.alertId,
        slot: owner.slot,
        dueAt: next.dueAt,
      })
    }
  }
}

/**
 * Tells the lowest rung from `from` on that somebody holds; vacancies and people out of reach are recorded and
 * skipped at once. Returns the people told and the rungs this took.
 */
export async function tellFrom(
  ctx: Open,
  facts: OwnerFacts,
  from: number,
  awaited: { step: Step; round: number; dueAt: number },
): Promise<{ people: Person[]; rungs: number[] }> {
  const now = ctx.clock.now()
  const rungs: number[] = []
  for (let rung = from; rung < facts.posts.length; rung++) {
    const ref = facts.posts[rung]
    if (!ref) break
    const holders = await peopleIn(ctx.tx, ref, now)
    const [first] = holders
    const outcome = !first ? 'vacant' : isReachable(first) ? 'told' : 'unreachable'
    await ctx.tx.alerts.addRung({
      alertId: facts.owner.alertId,
      slot: facts.owner.slot,
      step: awaited.step,
      round: awaited.round,
      rung,
      dueAt: awaited.dueAt,
      at: now,
      outcome,
      people: outcome === 'told' && first ? [first.id] : [],
      means: [...(facts.ladder.rungs[rung]?.means ?? [])],
      late: now - awaited.dueAt > LATE_AFTER_MS,
    })
    rungs.push(rung)
    if (outcome === 'told' && first) return { people: [first], rungs }
  }
  return { people: [], rungs }
}

/**
 * An owner's timer went off: tells the rungs that are due by now, in one message however many an outage let pass,
 * and arms the next. Does nothing where the owner has answered meanwhile.
 */
export function climb(ctx: Ctx, timer: Pick<Timer, 'recordId' | 'slot'>): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const alert = await repos.alerts.byId(timer.recordId)
    if (!alert) return
    await climbSlot(open, await alertFacts(repos, ctx.mission, ctx.clock.now(), alert), timer.slot as Slot)
  })
}

async function climbSlot(ctx: Open, before: AlertFacts, slot: Slot): Promise<void> {
  const now = ctx.clock.now()
  const { alert } = before
  let facts = before
  const people = new Map<string, Person>()
  const rungs: number[] = []
  const { state } = ownerIn(before, slot)
  for (;;) {
    const owner = ownerIn(facts, slot)
    const { awaiting, round } = owner.state
    if (!owner.next || !awaiting || owner.next.dueAt > now) break
    const told = await tellFrom(ctx, owner, owner.next.rung, {
      step: awaiting,
      round,
      dueAt: owner.next.dueAt,
    })
    for (const person of told.people) people.set(person.id, person)
    rungs.push(...told.rungs)
    facts = await alertFacts(ctx.tx, ctx.mission, now, alert)
  }
  await armLadders(ctx, facts)
  if (rungs.length === 0 || !state.awaiting) return

  await ctx.tx.events.append({
    at: now,
    recordedAt: now,
    actor: 'system',
    kind: 'alert.escalated',
    recordKind: 'alert',
    recordId: alert.id,
    data: { slot, step: state.awaiting, round: state.round, rungs },
  })
  const line = { line: 'escalated', slot, step: state.awaiting, round: state.round, rungs } as const
  await refreshCards(ctx, alert)
  await tellThread(ctx, alert, line)
  await tellPeople(ctx, alert, [...people.values()], line)
  if (!ownerIn(facts, slot).next) await tellExhausted(ctx, facts, slot, state.awaiting)
}

/** The ladder has no more rungs: those informed hear of it, for now only they can ring somebody up. */
async function tellExhausted(ctx: Open, facts: AlertFacts, slot: Slot, step: Step): Promise<void> {
  const line = { line: 'exhausted', slot, step } as const
  await tellThread(ctx, facts.alert, line)
  await tellPeople(ctx, facts.alert, await informed(ctx, [ctx.mission.operationsCentre]), line)
}

/**
 * Slack will not deliver to a person any more: they are passed over from now on, and where an alert waited for
 * nobody but them, its ladder climbs at once.
 */
export function reportUnreachable(ctx: Ctx, personId: string): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const person = await repos.people.byId(personId)
    if (!person || !isReachable(person)) return
    const now = ctx.clock.now()
    await repos.people.update(personId, { unreachableAt: now })
    await repos.events.append({
      at: now,
      recordedAt: now,
      actor: 'system',
      kind: 'person.unreachable',
      recordKind: 'person',
      recordId: personId,
      data: {},
    })
    for (const alert of await repos.alerts.open()) {
      const facts = await alertFacts(repos, ctx.mission, now, alert)
      for (const owner of facts.owners) {
        const current = owner.told.filter(
          row => row.step === owner.state.awaiting && row.round === owner.state.round,
        )
        const top = current.findLast(row => row.outcome === 'told')
        if (!top?.people.includes(personId) || !owner.state.awaiting) continue
        const told = await tellFrom(open, owner, top.rung + 1, {
          step: owner.state.awaiting,
          round: owner.state.round,
          dueAt: now,
        })
        const line = {
          line: 'escalated',
          slot: owner.owner.slot,
          step: owner.state.awaiting,
          round: owner.state.round,
          rungs: told.rungs,
        } as const
        await tellThread(open, alert, line)
        await tellPeople(open, alert, told.people, line)
        await armLadders(open, await alertFacts(repos, ctx.mission, now, alert))
        await refreshCards(open, alert)
      }
    }
  })
}
