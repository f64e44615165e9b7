import { drawdownReminders } from './drawdown/reminders.ts'
import { gateReminders, suspensionReminders } from './gate/reminders.ts'
import { handoverReminders } from './handover/reminders.ts'
import { remindedByThemselves } from './putting-off.ts'
import type { Remindables } from './reminder.ts'
import { taskingReminders } from './tasking/reminders.ts'
import { teamReminders } from './team/reminders.ts'

/** Nouns people are reminded of, by the kind of their records: a noun with dates adds itself here. */
export const remindables: Remindables = {
  tasking: taskingReminders,
  gate: gateReminders,
  suspension: suspensionReminders,
  team: teamReminders,
  drawdown_item: drawdownReminders,
  handover: handoverReminders,
  ...remindedByThemselves,
}
