import type { TaskingFacts } from '../../operations/tasking.ts'
import { brief, button } from '../blocks.ts'
import type { ViewContext } from '../context.ts'
import type { ReminderItem } from '../reminder.ts'
import { stateText, targetName } from './phrases.ts'

/** A tasking, or a request to whoever asked, in a reminder. */
export function taskingReminder(view: ViewContext, facts: TaskingFacts): ReminderItem {
  const { id, code } = facts.tasking
  const show = view.words.t('help.show')
  return {
    recordId: id,
    text: itemText(view, facts),
    button: button(show, 'tasking.show', id, { label: `${show} ${code}` }),
  }
}

function itemText(view: ViewContext, facts: TaskingFacts): string {
  const { t, dateTime, duration } = view.words
  const { tasking } = facts
  const ahead = tasking.dueAt - view.now
  const key =
    tasking.state === 'referred'
      ? 'referred'
      : tasking.kind === 'request'
        ? 'request'
        : ahead > 0
          ? 'ahead'
          : 'late'
  const when = t(`tasking.reminder.${key}`, {
    at: dateTime(tasking.dueAt),
    span: duration(Math.max(60_000, Math.abs(ahead))),
    age: duration(Math.max(60_000, view.now - tasking.stateAt)),
    to: targetName(view, facts),
  })
  const state = key === 'late' || key === 'referred' ? '' : `\n${stateText(view, facts)}`
  return `*${tasking.code}* · ${brief(tasking.result, 200)}\n${when}${state}`
}
