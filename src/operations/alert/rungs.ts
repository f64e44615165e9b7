import type { Alert, ToldRung } from '../../domain/alert.ts'
import type { Means, Slot, Step } from '../../domain/mission.ts'
import type { Open, Person } from '../context.ts'
import { isTexted, textOwner } from '../sms/text.ts'
import { type AlertFacts, isReachable, peopleIn, unique } from './facts.ts'
import { type OwnerFacts, withTold } from './owner.ts'
import { tellPeople, tellThread, type WhyTold, warnPeople } from './tell.ts'

/** A rung told later than this after it was due is marked late. */
const LATE_AFTER_MS = 60_000

/** What is awaited of an owner, and when the rung that is told of it was due (epoch ms). */
interface Awaited {
  step: Step
  round: number
  dueAt: number
}

/** What telling one or more rungs of an owner came to. */
export interface Told {
  /** The owner as it is afterwards. */
  owner: OwnerFacts
  step: Step
  round: number
  /** Those to be sent a direct message. */
  people: Person[]
  /** Rungs told or skipped. */
  rungs: number[]
  /** Nobody was left above to tell. */
  exhausted: boolean
}

/** Sets the timer of each owner to its next rung, or clears it where nothing is awaited any more. */
export async function armLadders(ctx: Open, facts: AlertFacts): Promise<void> {
  for (const owner of facts.owners) await armLadder(ctx, owner)
}

export async function armLadder(ctx: Open, { owner, next }: OwnerFacts): Promise<void> {
  const key = `alert:${owner.alertId}:${owner.slot}`
  if (!next) {
    await ctx.tx.timers.cancel(key)
    return
  }
  await ctx.tx.timers.ensure({
    key,
    kind: 'alert.step',
    recordId: owner.alertId,
    slot: owner.slot,
    dueAt: next.dueAt,
  })
}

/**
 * Records the lowest rung from `from` on that somebody holds as told; vacancies and people out of reach are recorded
 * and skipped at once. Where nobody is left, that is recorded in the place above the highest rung.
 */
export async function tellFrom(
  ctx: Open,
  facts: Pick<AlertFacts, 'alert'>,
  owner: OwnerFacts,
  from: number,
  awaited: Awaited,
): Promise<Told> {
  const now = ctx.clock.now()
  const rows: ToldRung[] = []
  const record = async (
    rung: number,
    outcome: ToldRung['outcome'],
    people: string[],
    means: ToldRung['means'] = [...(owner.ladder.rungs[rung]?.means ?? [])],
  ) => {
    const row: ToldRung = {
      alertId: owner.owner.alertId,
      slot: owner.owner.slot,
      step: awaited.step,
      round: awaited.round,
      rung,
      dueAt: awaited.dueAt,
      at: now,
      outcome,
      people,
      means,
      late: now - awaited.dueAt > LATE_AFTER_MS,
    }
    if (!(await ctx.tx.alerts.addRung(row))) throw new Error(`rung ${rung} was told before`)
    rows.push(row)
  }
  const told = (people: Person[], exhausted: boolean): Told => ({
    owner: withTold(facts, owner, rows),
    step: awaited.step,
    round: awaited.round,
    people,
    rungs: rows.map(({ rung }) => rung).filter(rung => rung < owner.posts.length),
    exhausted,
  })
  for (let rung = from; rung < owner.posts.length; rung++) {
    const first = owner.people[rung]?.[0]
    if (!first || !isReachable(first)) {
      await record(rung, first ? 'unreachable' : 'vacant', [])
      continue
    }
    const means = await meansFor(ctx, facts.alert, owner, rung, first)
    await record(rung, 'told', [first.id], means)
    if (means.includes('sms'))
      await textOwner(
        ctx,
        facts.alert,
        { slot: owner.owner.slot, rung, person: first },
        awaited.step === 'acknowledge',
      )
    return told(writtenTo(owner, rung, [first]), false)
  }
  await record(owner.posts.length, 'exhausted', [])
  return told([], true)
}

/** By which means a person of a rung is told: by text only where they have a telephone for it, and never of an exercise. */
async function meansFor(
  ctx: Open,
  alert: Alert,
  owner: OwnerFacts,
  rung: number,
  person: Person,
): Promise<Means[]> {
  const means = owner.ladder.rungs[rung]?.means ?? []
  const texted = means.includes('sms') && (await isTexted(ctx, alert, person))
  return means.filter(each => each !== 'sms' || texted)
}

/** Gives the alert to the lowest rung from `from` on that can be told: it is now that post's to answer. */
export async function handTo(
  ctx: Open,
  facts: Pick<AlertFacts, 'alert'>,
  owner: OwnerFacts,
  from: number,
): Promise<Told> {
  const { round } = owner.state
  const told = await tellFrom(ctx, facts, owner, from, { step: 'acknowledge', round, dueAt: ctx.clock.now() })
  const rung = told.rungs.at(-1)
  if (told.exhausted || rung === undefined) return told
  if (rung !== owner.owner.rung) await ctx.tx.alerts.setOwnerRung(facts.alert.id, owner.owner.slot, rung)
  return { ...told, owner: withTold(facts, told.owner, [], rung) }
}

/** Puts what is awaited anew to the post that has the alert, before its clock runs. */
export function askAgain(ctx: Open, facts: AlertFacts, owner: OwnerFacts, step: Step): Promise<Told> {
  const { round } = owner.state
  return tellFrom(ctx, facts, owner, owner.owner.rung, { step, round, dueAt: ctx.clock.now() })
}

/** Tells the rung above `rung` at once, where `rung` is the last that was told of what is awaited; null where not. */
export async function tellAbove(
  ctx: Open,
  facts: AlertFacts,
  owner: OwnerFacts,
  rung: number,
): Promise<Told | null> {
  const { awaiting, round } = owner.state
  if (!awaiting || lastTold(owner)?.rung !== rung) return null
  return tellFrom(ctx, facts, owner, rung + 1, { step: awaiting, round, dueAt: ctx.clock.now() })
}

/** The rung that was told last of what is awaited now; null where none was, or nobody is left above. */
export function lastTold({ state, told }: OwnerFacts): ToldRung | null {
  const last = told.findLast(row => row.step === state.awaiting && row.round === state.round)
  return last?.outcome === 'told' ? last : null
}

/**
 * Says who was told: the event, a line in the thread, a direct message to those told; and whether a clock ran out, as
 * it is without a word, or somebody put it to them, so that nobody is said to be late who was asked this minute.
 */
export async function announce(ctx: Open, facts: AlertFacts, told: Told, why?: WhyTold): Promise<void> {
  const { step, round, rungs } = told
  const { slot } = told.owner.owner
  const now = ctx.clock.now()
  await ctx.tx.events.append({
    at: now,
    recordedAt: now,
    actor: 'system',
    kind: told.exhausted ? 'alert.exhausted' : 'alert.escalated',
    recordKind: 'alert',
    recordId: facts.alert.id,
    data: { slot, step, round, rungs, told: told.people.map(({ id }) => id) },
  })
  if (rungs.length > 0) {
    const line = { line: 'escalated', slot, step, round, rungs, ...(why && { why }) } as const
    await tellThread(ctx, facts.alert, line)
    await tellPeople(ctx, facts.alert, told.people, line)
  }
  if (told.exhausted) await tellExhausted(ctx, facts, slot, step)
}

/** The ladder has no more rungs: those informed hear of it, for now only they can ring somebody up. */
export async function tellExhausted(ctx: Open, facts: AlertFacts, slot: Slot, step: Step): Promise<void> {
  const line = { line: 'exhausted', slot, step } as const
  const [centre] = await peopleIn(ctx.tx, ctx.mission.operationsCentre, ctx.clock.now())
  await tellThread(ctx, facts.alert, line)
  await warnPeople(ctx, facts.alert, unique([...facts.informed, ...(centre ? [centre] : [])]), line)
}

/** Tells the next person of a rung that was told already; null where none can be reached. */
export async function tellAlternate(open: Open, owner: OwnerFacts, row: ToldRung): Promise<Told | null> {
  const { step, round, rung } = row
  const alternate = owner.people[rung]?.find(person => isReachable(person) && !row.people.includes(person.id))
  if (!alternate) return null
  await open.tx.alerts.setRungPeople(row, [...row.people, alternate.id])
  if (owner.ladder.rungs[rung]?.means.includes('sms')) {
    const alert = await open.tx.alerts.byId(row.alertId)
    if (alert && (await isTexted(open, alert, alternate)))
      await textOwner(
        open,
        alert,
        { slot: owner.owner.slot, rung, person: alternate },
        step === 'acknowledge',
      )
  }
  return { owner, step, round, people: writtenTo(owner, rung, [alternate]), rungs: [rung], exhausted: false }
}

/** Those of a rung who are written to directly: where its means are other, the mention in the thread reaches them. */
function writtenTo(owner: OwnerFacts, rung: number, people: Person[]): Person[] {
  return owner.ladder.rungs[rung]?.means.includes('direct_message') ? people : []
}
