import { SNOOZES } from '../domain/reminder.ts'
import type { Block, Rendered } from '../ports.ts'
import { actions, type Choice, context, fitting, section, select } from './blocks.ts'
import type { ViewContext } from './context.ts'

/** One thing somebody is reminded of: its words as mrkdwn, and the button that leads on. */
export interface ReminderItem {
  recordId: string
  text: string
  button: object
}

/** An item with the reminder it was said by, which may be put off. */
export interface SaidReminder extends ReminderItem {
  reminderId: string
}

const SHOWN = 10
const ROOM = 7000

/** Until when a reminder may be put off, as choices of a menu; `id` stands behind each where the menu needs it. */
export function snoozeChoices({ words }: ViewContext, id = ''): Choice[] {
  return SNOOZES.map(choice => ({
    text: words.t(`tasking.snooze.${choice}`),
    value: id === '' ? choice : `${choice}:${id}`,
  }))
}

/** *Remind me later* of a record of which its noun reminds by itself. */
export function laterSelect(view: ViewContext, kind: string, recordId: string): object {
  return select(
    'reminder.later',
    view.words.t('tasking.more.snooze'),
    snoozeChoices(view, `${kind}:${recordId}`),
  )
}

/** All that somebody is reminded of, whatever it is, in one message; each may be put off where it stands. */
export function reminderMessage(view: ViewContext, items: readonly SaidReminder[]): Rendered {
  const { t } = view.words
  const title = t('tasking.reminder.title', { count: items.length })
  const { shown } = fitting(
    items.slice(0, SHOWN).map(({ text }) => text),
    ROOM,
  )
  const more = items.length - shown.length
  const blocks: Block[] = [
    section(`⏰ *${title}*`),
    ...shown.flatMap((text, index) => itemBlocks(view, items[index] as SaidReminder, text)),
    ...(more > 0
      ? [context(t('tasking.reminder.more', { count: more, prefix: view.mission.commandPrefix }))]
      : []),
  ]
  const [first] = items
  const spoken = items.length === 1 && first ? ` ${first.text.replaceAll(/[*\n]+/g, ' ')}` : ''
  return { text: `${title}${spoken}`, blocks }
}

function itemBlocks(view: ViewContext, { reminderId, button }: SaidReminder, text: string): Block[] {
  const later = select(
    'reminder.snooze',
    view.words.t('tasking.more.snooze'),
    snoozeChoices(view, reminderId),
  )
  return [section(text), actions(`reminder:${reminderId}`, [button, later])]
}
