/** Who hears of a tasking, and how. */
import type { Tasking } from '../../db/taskings.ts'
import { isAskedAsWhole } from '../../domain/tasking.ts'
import { isReachable, peopleIn, unique } from '../alert/facts.ts'
import { type Ctx, inTransaction, type Open, type Person } from '../context.ts'
import { parseRoleKey } from '../permission.ts'
import { cardAt, lineAt, personTarget, refreshCardsOf } from '../telling.ts'
import type { TaskingFacts } from './facts.ts'
import { refreshOrigin, tellOrigin } from './origin.ts'

export const taskingRef = ({ id }: Pick<Tasking, 'id'>) => ({ kind: 'tasking', id })

/**
 * Those who learn every answer: whoever asked, and where they have gone, whoever stands the role in which they asked.
 */
export async function askersOf(open: Open, { tasking, asker }: TaskingFacts): Promise<Person[]> {
  const there = asker !== null && asker.closedAt === null && isReachable(asker)
  if (there) return [asker]
  const [first] = await peopleIn(open.tx, parseRoleKey(tasking.askedRole), open.clock.now())
  return first ? [first] : []
}

/** Those whose turn it is: the accountable person, or of an agency all who may answer. */
export function turnOf({ tasking, accountable, asked }: TaskingFacts): Person[] {
  if (isAskedAsWhole(tasking.toConstituency)) return asked
  return accountable ? [accountable] : []
}

/**
 * Puts the card where it belongs: with those whose turn it is, whoever asks, and in the sector's channels; an exercise
 * stands in no channel, where real work is followed.
 */
export async function putCards(
  open: Open,
  facts: TaskingFacts,
  others: readonly Person[] = [],
): Promise<void> {
  const { tasking } = facts
  const people = unique([...turnOf(facts), ...(await askersOf(open, facts)), ...others])
  const channels =
    tasking.sector !== null && tasking.audience.length > 0 && !tasking.exercise
      ? await open.tx.channels.byPurpose('sector', tasking.sector)
      : []
  const targets = new Set([...people.map(({ id }) => personTarget(id)), ...channels.map(({ id }) => id)])
  for (const target of targets) await cardAt(open, taskingRef(tasking), target, tasking.urgent)
}

/** Nobody of an agency or of NGOs can be written to directly: whoever asked is told, for they must be told otherwise. */
export async function tellUnreached(open: Open, facts: TaskingFacts): Promise<void> {
  if (!isAskedAsWhole(facts.tasking.toConstituency) || facts.asked.some(isReachable)) return
  await tellAct(open, facts, 'unreached', { asker: true })
}

/** Brings every card up to date, and the record it comes from where that shows how its taskings stand. */
export async function refreshTasking(open: Open, facts: TaskingFacts): Promise<void> {
  await refreshCardsOf(open, taskingRef(facts.tasking), facts.tasking.urgent)
  await refreshOrigin(open, facts.tasking)
}

/** What an act came to, said to whoever asked, to those whose turn it is now, and at the origin. */
export async function tellAct(
  open: Open,
  facts: TaskingFacts,
  act: string,
  to: { asker?: boolean; turn?: boolean; others?: readonly Person[]; origin?: boolean; by?: string },
): Promise<void> {
  const { tasking } = facts
  const people = unique([
    ...(to.asker ? await askersOf(open, facts) : []),
    ...(to.turn ? turnOf(facts) : []),
    ...(to.others ?? []),
  ]).filter(({ id }) => id !== to.by)
  for (const { id } of people)
    await lineAt(open, 'tasking.line', tasking.id, personTarget(id), { act }, tasking.urgent)
  if (to.origin) await tellOrigin(open, tasking, { act })
}

/**
 * Renders the card behind a message anew, so that a menu whose choice came to nothing can be used again. Does nothing
 * for a message that is no tasking's standing card.
 */
export function renewTaskingCard(ctx: Ctx, message: { channel: string; ts: string }): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const card = await repos.cards.byMessage(message.channel, message.ts)
    const tasking = card && (await repos.taskings.byId(card.recordId))
    if (card && tasking) await cardAt(open, taskingRef(tasking), card.target)
  })
}
