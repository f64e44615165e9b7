import { remindables } from '../operations/remindables.ts'
import { type SnoozeInput, snooze } from '../operations/reminder.ts'
import type { ActionCall, Family } from './contract.ts'

/** *Remind me later* under one thing of a reminder, whatever kind it is: put off at once, until what was chosen. */
async function snoozePicked(call: ActionCall): Promise<void> {
  const [choice = '', reminderId = ''] = call.value.split(':')
  await putOff(call, { reminderId, choice })
}

async function putOff(call: ActionCall, input: SnoozeInput): Promise<void> {
  const { until } = await snooze(call.ctx, input, remindables)
  await call.ui.tell({
    text: `💤 ${call.words.t('tasking.snoozedUntil', { at: call.words.dateTime(until) })}`,
  })
}

/** The same under what a noun says by itself. */
async function laterPicked(call: ActionCall): Promise<void> {
  const [choice = '', kind = '', ...id] = call.value.split(':')
  await putOff(call, { record: { kind, id: id.join(':') }, choice })
}

export const reminderFamily: Family = {
  actions: { 'reminder.snooze': snoozePicked, 'reminder.later': laterPicked },
}
