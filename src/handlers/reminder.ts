import { remindables } from '../operations/remindables.ts'
import { snooze } from '../operations/reminder.ts'
import type { ActionCall, Family } from './contract.ts'

/** *Remind me later* under one thing of a reminder, whatever kind it is: put off at once, until what was chosen. */
async function snoozePicked(call: ActionCall): Promise<void> {
  const [choice = '', reminderId = ''] = call.value.split(':')
  const { until } = await snooze(call.ctx, { reminderId, choice }, remindables)
  await call.ui.tell({
    text: `💤 ${call.words.t('tasking.snoozedUntil', { at: call.words.dateTime(until) })}`,
  })
}

export const reminderFamily: Family = { actions: { 'reminder.snooze': snoozePicked } }
