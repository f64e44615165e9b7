import type { DrawdownItem } from '../../db/drawdowns.ts'
import type { Repos } from '../../db/store.ts'
import { TASKABLE } from '../../domain/mission.ts'
import type { ReminderPlan, ReminderRule } from '../../domain/reminder.ts'
import type { Ctx, Open } from '../context.ts'
import { dayOf, endOfDay } from '../gate/days.ts'
import { type Remindable, remindOf } from '../reminder.ts'
import { itemRef, of } from './facts.ts'

const DAY_MS = 86_400_000

/** From the second morning, every third day, a month long: a drawdown is planned over weeks. */
const rules: readonly ReminderRule[] = [{ when: 'after', byMs: DAY_MS, everyMs: 3 * DAY_MS, most: 10 }]

/** Who is reminded of an item that was offered, and since when it is. */
interface Asked {
  personId: string
  at: number
}

/**
 * Whoever of the mission was asked is reminded; of what an agency or an NGO was asked, whoever asked them, for nobody
 * who was only asked is chased. Null where no answer is awaited.
 */
async function askedOf(repos: Repos, item: DrawdownItem): Promise<Asked | null> {
  if (item.state !== 'offered' || item.receiver === null) return null
  const drawdown = await repos.drawdowns.byId(item.drawdownId)
  if (drawdown?.closedAt !== null) return null
  const events = await repos.events.ofRecord(of(drawdown).kind, drawdown.id)
  const asked = events.findLast(
    ({ kind, data }) => kind === 'drawdown.settled' && data.item === item.id && data.asked === item.receiver,
  )
  const receiver = await repos.people.byId(item.receiver)
  const own = receiver?.constituency != null && TASKABLE.includes(receiver.constituency)
  const personId = own ? item.receiver : (asked?.actor ?? drawdown.by)
  return { personId, at: asked?.at ?? drawdown.at }
}

function planOf(ctx: Pick<Ctx, 'mission'>, { at }: Asked): ReminderPlan {
  return { rules, dueAt: endOfDay(ctx, dayOf(ctx, at)), since: at, imminent: false }
}

/** An item was offered or answered: who is reminded of it from now on. `anew`: it was offered this moment. */
export async function syncItemReminders(open: Open, itemId: string, anew: boolean): Promise<void> {
  const item = await open.tx.drawdowns.item(itemId)
  const asked = item && (await askedOf(open.tx, item))
  const person = asked && (await open.tx.people.byId(asked.personId))
  const plan = asked && person ? planOf(open, asked) : null
  await remindOf(open, itemRef({ id: itemId }), person ? [person] : [], plan, anew)
}

/** Items of a drawdown that nobody has answered, as a noun of reminders. */
export const drawdownReminders: Remindable = {
  async plan(ctx, repos, recordId, personId) {
    const item = await repos.drawdowns.item(recordId)
    const asked = item && (await askedOf(repos, item))
    return asked?.personId === personId ? planOf(ctx, asked) : null
  },
}
