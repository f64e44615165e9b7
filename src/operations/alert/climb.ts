import type { Timer } from '../../db/timers.ts'
import type { Slot } from '../../domain/mission.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { carriedBy, passTaskingsOn } from '../tasking/pass-on.ts'
import { tellUnreached } from './call-tree.ts'
import { type AlertFacts, factsOfAll, isReachable, newlyInformed, unique } from './facts.ts'
import { type OwnerFacts, ownerIn } from './owner.ts'
import {
  announce,
  armLadder,
  handTo,
  lastTold,
  type Told,
  tellAbove,
  tellAlternate,
  tellFrom,
} from './rungs.ts'
import { refreshCards, tellPeople } from './tell.ts'

type OwnersTimer = Pick<Timer, 'recordId' | 'slot'>

/**
 * An owner's timer went off: tells the rungs that are due by now, in one message however many an outage let pass,
 * and arms the next. Does nothing where the owner has answered meanwhile.
 */
export function climb(ctx: Ctx, timer: OwnersTimer): Promise<void> {
  return climbAll(ctx, [timer])
}

/**
 * {@link climb} for the timers of several owners, each of another owner: what surrounds their alerts is read once,
 * for one owner's rungs change nothing for another.
 */
export function climbAll(ctx: Ctx, timers: readonly OwnersTimer[]): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const now = ctx.clock.now()
    const alerts = await repos.alerts.byIds([...new Set(timers.map(({ recordId }) => recordId))])
    const facts = await factsOfAll(repos, ctx.mission, now, alerts)
    const byAlert = new Map(facts.map(each => [each.alert.id, each]))
    for (const { recordId, slot } of timers) {
      const facts = byAlert.get(recordId)
      if (facts) await climbOne(open, facts, ownerIn(facts, slot as Slot), now)
    }
  })
}

async function climbOne(open: Open, facts: AlertFacts, owner: OwnerFacts, now: number): Promise<void> {
  const told = await tellDue(open, facts, owner, now)
  await armLadder(open, told?.owner ?? owner)
  if (!told) return
  await refreshCards(open, facts.alert)
  await announce(open, facts, told)
}

async function tellDue(open: Open, facts: AlertFacts, owner: OwnerFacts, now: number): Promise<Told | null> {
  const { awaiting, round } = owner.state
  if (!awaiting || !owner.next || owner.next.dueAt > now) return null
  const { rung, dueAt } = owner.next
  const told = await tellFrom(open, facts, owner, rung, { step: awaiting, round, dueAt })
  const more = await tellDue(open, facts, told.owner, now)
  if (!more) return told
  return {
    ...more,
    people: unique([...told.people, ...more.people]),
    rungs: [...told.rungs, ...more.rungs],
  }
}

/**
 * Slack will not deliver to a person any more: they are passed over from now on. Where an alert waits for nobody but
 * them, the alternate of their post is told at once, else the next rung; where they were to be informed, the
 * alternate is.
 */
export function reportUnreachable(ctx: Ctx, personId: string): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const person = await repos.people.byId(personId)
    if (!person || !isReachable(person)) return
    const now = ctx.clock.now()
    await passDutiesOn(open, [personId], async () => {
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
    })
  })
}

/**
 * Makes a change after which these people can be reached no longer, or hold posts no longer. Where an alert waits for
 * nobody but one of them in a post they cannot answer for any more, whoever now has that post is told at once, else
 * the next rung; whoever is to be informed in their place is. Taskings they answer for go the same way.
 */
export async function passDutiesOn(
  open: Open,
  personIds: readonly string[],
  change: () => Promise<void>,
): Promise<void> {
  const now = open.clock.now()
  const alerts = await open.tx.alerts.open()
  const before = await factsOfAll(open.tx, open.mission, now, alerts)
  const carried = await carriedBy(open, personIds)
  await change()
  for (const [index, facts] of (await factsOfAll(open.tx, open.mission, now, alerts)).entries()) {
    for (const owner of facts.owners) await passOver(open, facts, owner, personIds)
    await tellPeople(open, facts.alert, newlyInformed(before[index], facts), { line: 'raised' })
  }
  await passTaskingsOn(open, carried)
}

async function passOver(
  open: Open,
  facts: AlertFacts,
  owner: OwnerFacts,
  personIds: readonly string[],
): Promise<void> {
  const last = lastTold(owner)
  const asked = last?.people.at(-1)
  if (!last || asked === undefined || !personIds.includes(asked)) return
  if (owner.people[last.rung]?.some(person => person.id === asked && isReachable(person))) return
  const gone = owner.people[last.rung]?.find(({ id }) => id === asked)
  if (gone && !isReachable(gone)) await tellUnreached(open, facts, owner)
  const told =
    (await tellAlternate(open, owner, last)) ??
    (owner.state.answer === null && last.rung === owner.owner.rung
      ? await handTo(open, facts, owner, last.rung + 1)
      : await tellAbove(open, facts, owner, last.rung))
  if (!told) return
  await armLadder(open, told.owner)
  await refreshCards(open, facts.alert)
  await announce(open, facts, told)
}
