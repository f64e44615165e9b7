import type { Block, Rendered } from '../ports.ts'
import { context, fitting, section } from './blocks.ts'
import type { ViewContext } from './context.ts'

/** One thing somebody is reminded of: its words as mrkdwn, and the button that leads on. */
export interface ReminderItem {
  recordId: string
  text: string
  button: object
}

const SHOWN = 10
const ROOM = 7000

/** All that somebody is reminded of, whatever it is, in one message. */
export function reminderMessage(view: ViewContext, items: readonly ReminderItem[]): Rendered {
  const { t } = view.words
  const title = t('tasking.reminder.title', { count: items.length })
  const { shown } = fitting(
    items.slice(0, SHOWN).map(({ text }) => text),
    ROOM,
  )
  const more = items.length - shown.length
  const blocks: Block[] = [
    section(`⏰ *${title}*`),
    ...shown.map((text, index) => section(text, (items[index] as ReminderItem).button)),
    ...(more > 0
      ? [context(t('tasking.reminder.more', { count: more, prefix: view.mission.commandPrefix }))]
      : []),
  ]
  const [first] = items
  const spoken = items.length === 1 && first ? ` ${first.text.replaceAll(/[*\n]+/g, ' ')}` : ''
  return { text: `${title}${spoken}`, blocks }
}
