import type { TaskingFacts } from '../../operations/tasking.ts'
import type { Block, Rendered } from '../../ports.ts'
import { brief, button, context, fitting, section } from '../blocks.ts'
import type { ViewContext } from '../context.ts'
import { stateText, targetName } from './phrases.ts'

/** One thing somebody is reminded of. */
export interface Reminded {
  code: string
  /** Ready for mrkdwn. */
  text: string
  /** The button that shows it. */
  show: { action: string; id: string }
}

/** A tasking or a request as a thing to be reminded of. */
export const taskingReminded = (view: ViewContext, facts: TaskingFacts): Reminded => ({
  code: facts.tasking.code,
  text: itemText(view, facts),
  show: { action: 'tasking.show', id: facts.tasking.id },
})

const SHOWN = 10
const ROOM = 7000

/** All that somebody is reminded of, in one message. */
export function reminderMessage(view: ViewContext, items: readonly Reminded[]): Rendered {
  const { t } = view.words
  const title = t('tasking.reminder.title', { count: items.length })
  const { shown } = fitting(
    items.slice(0, SHOWN).map(({ text }) => text),
    ROOM,
  )
  const more = items.length - shown.length
  const blocks: Block[] = [
    section(`⏰ *${title}*`),
    ...shown.map((text, index) => {
      const { code, show } = items[index] as Reminded
      const label = t('help.show')
      return section(text, button(label, show.action, show.id, { label: `${label} ${code}` }))
    }),
    ...(more > 0
      ? [context(t('tasking.reminder.more', { count: more, prefix: view.mission.commandPrefix }))]
      : []),
  ]
  const [first] = items
  const spoken = items.length === 1 && first ? ` ${first.text.replaceAll(/[*\n]+/g, ' ')}` : ''
  return { text: `${title}${spoken}`, blocks }
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
