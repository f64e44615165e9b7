import type { Timer } from '../../db/timers.ts'
import type { Locales } from '../../locales/index.ts'
import { personReader } from '../../operations/channel.ts'
import type { Ctx, Person } from '../../operations/context.ts'
import { remindables } from '../../operations/remindables.ts'
import { fireReminder } from '../../operations/reminder.ts'
import { mayReadTasking, taskingFacts } from '../../operations/tasking.ts'
import type { ViewContext } from '../../views/context.ts'
import { type ReminderItem, reminderMessage, type SaidReminder } from '../../views/reminder.ts'
import { taskingReminder } from '../../views/tasking/reminder.ts'
import type { Renderer } from '../contract.ts'
import { drawdownReminded } from './drawdown.ts'
import { gateReminded, suspensionReminded, toPerson } from './gate.ts'
import type { RenderingFamily } from './index.ts'
import { handoverReminded } from './people.ts'
import { teamReminded } from './team.ts'

/** How a kind of record stands in a reminder; null where it is over, or not this person's to read any more. */
type ItemOf = (ctx: Ctx, view: ViewContext, id: string, person: Person) => Promise<ReminderItem | null>

/** By the kinds of {@link remindables}. */
const items: Readonly<Record<string, ItemOf>> = {
  async tasking(ctx, view, id, person) {
    const { read } = ctx.store
    const tasking = await read.taskings.byId(id)
    const facts = tasking && (await taskingFacts(read, ctx.mission, ctx.clock.now(), tasking))
    const reader = await personReader(read, person, ctx.clock.now())
    return facts?.open && mayReadTasking(ctx, facts, reader) ? taskingReminder(view, facts) : null
  },
  gate: gateReminded,
  suspension: suspensionReminded,
  team: teamReminded,
  drawdown_item: drawdownReminded,
  handover: handoverReminded,
}

/** Everything a person is reminded of at this moment, in one message; what they may not read any more is left out. */
const reminder = (locales: Locales): Renderer =>
  toPerson(locales, async (ctx, view, entry, person) => {
    const shown: SaidReminder[] = []
    for (const id of entry.data.reminders as string[]) {
      const row = await ctx.store.read.reminders.byId(id)
      const item = row && (await items[row.recordKind]?.(ctx, view, row.recordId, person))
      if (row && item) shown.push({ ...item, reminderId: row.id })
    }
    if (shown.length === 0) return { do: 'drop', code: 'overtaken' }
    return {
      do: 'line',
      message: reminderMessage(view, shown),
      holds: shown.map(({ recordId }) => recordId),
    }
  })

export const reminderRendering: RenderingFamily = {
  cards: () => ({}),
  lines: locales => ({ reminder: reminder(locales) }),
  timers: { reminder: (ctx: Ctx, timer: Timer) => fireReminder(ctx, timer, remindables) },
}
