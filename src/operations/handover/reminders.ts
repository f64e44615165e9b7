import type { Handover } from '../../db/handovers.ts'
import type { Repos } from '../../db/store.ts'
import type { ReminderPlan } from '../../domain/reminder.ts'
import type { Ctx, Open } from '../context.ts'
import { dayOf, endOfDay } from '../gate/days.ts'
import { type Remindable, remindOf } from '../reminder.ts'

const DAY_MS = 86_400_000

/** Every morning until what nobody accepted goes to the administrators. */
function planOf(ctx: Pick<Ctx, 'mission'>, { begunAt, dueAt }: Handover): ReminderPlan {
  const first = endOfDay(ctx, dayOf(ctx, begunAt))
  const most = Math.max(1, Math.ceil((dueAt - first) / DAY_MS))
  return {
    rules: [{ when: 'after', byMs: 0, everyMs: DAY_MS, most }],
    dueAt: first,
    since: begunAt,
    imminent: false,
  }
}

async function awaited(repos: Repos, itemId: string) {
  const item = await repos.handovers.item(itemId)
  if (item?.state !== 'offered' || item.successor === null) return null
  const handover = await repos.handovers.byId(item.handoverId)
  return handover?.state === 'open' ? { successor: item.successor, handover } : null
}

/** A duty was offered, answered or offered no more: its successor is reminded while an answer is awaited, else nobody. */
export async function syncHandoverReminders(open: Open, itemId: string, anew = false): Promise<void> {
  const asked = await awaited(open.tx, itemId)
  const person = asked && (await open.tx.people.byId(asked.successor))
  // What would have been said before this moment was nobody's to hear: it was offered only now.
  const plan = asked && person ? { ...planOf(open, asked.handover), since: open.clock.now() } : null
  await remindOf(open, { kind: 'handover', id: itemId }, person ? [person] : [], plan, anew)
}

/** A leaver's duties that nobody has answered, as a noun of reminders. */
export const handoverReminders: Remindable = {
  async plan(ctx, repos, recordId, personId) {
    const asked = await awaited(repos, recordId)
    return asked?.successor === personId ? planOf(ctx, asked.handover) : null
  },
}
