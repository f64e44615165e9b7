import type { TaskingAct } from '../../db/taskings.ts'
import { isAskedAsWhole } from '../../domain/tasking.ts'
import type { TaskingFacts } from '../../operations/tasking.ts'
import type { Rendered } from '../../ports.ts'
import { brief, section } from '../blocks.ts'
import { roleNamed, type ViewContext } from '../context.ts'
import { accountableName, stateText, targetName } from './phrases.ts'

const WORDS_MAX = 500

/**
 * What became of a tasking, in one line: `act` is one of its acts, or `offered`, `overdue` (to the post above and to
 * whoever asked) and `stranded` (the accountable person left, and nobody stands the post or one above).
 */
export function taskingActLine(view: ViewContext, facts: TaskingFacts, actId: string): Rendered | null {
  const act = facts.acts.find(({ id }) => id === actId)
  const text = act ? actText(view, facts, act) : otherText(view, facts, actId)
  return text === null ? null : { text, blocks: [section(text)] }
}

function otherText(view: ViewContext, facts: TaskingFacts, kind: string): string | null {
  const { t, dateTime } = view.words
  const { tasking } = facts
  if (!['offered', 'overdue', 'stranded', 'amended', 'unreached'].includes(kind)) return null
  return t(`tasking.line.${kind}`, {
    code: tasking.code,
    to: accountableName(view, facts),
    at: dateTime(tasking.dueAt),
    result: brief(tasking.result, WORDS_MAX),
  })
}

function actText(view: ViewContext, facts: TaskingFacts, act: TaskingAct): string {
  const { t, dateTime } = view.words
  const { tasking } = facts
  const anonymous = isAskedAsWhole(tasking.toConstituency) && act.role === null
  const line = t(
    `tasking.line.${tasking.kind === 'request' && act.kind === 'decline' ? 'notPossible' : act.kind}`,
    {
      code: tasking.code,
      who: anonymous ? targetName(view, facts) : act.role ? roleNamed(view, act.role) : t('tasking.theBot'),
      to: accountableName(view, facts),
      state: stateText(view, facts).replaceAll('*', ''),
    },
  )
  const heard =
    act.means === 'slack'
      ? ''
      : ` ${t('tasking.heard', { means: t(`tasking.means.${act.means}`), at: dateTime(act.at) })}`
  const said = act.words ? ` ${t('tasking.quoted', { words: brief(act.words, WORDS_MAX) })}` : ''
  return `${line}${heard}${said}`
}
