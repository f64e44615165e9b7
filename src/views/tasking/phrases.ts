/** What several views of a tasking say in the same words. Everything comes ready for mrkdwn, people's words escaped. */
import { isAskedAsWhole } from '../../domain/tasking.ts'
import type { TaskingFacts } from '../../operations/tasking.ts'
import { bare, brief, said } from '../blocks.ts'
import { roleNamed, sector, type ViewContext } from '../context.ts'
import { personName } from '../person.ts'

const NAME_MAX = 75

/** The result that is expected, raw; that its words were erased where their time had run out. */
export function resultText(view: ViewContext, { tasking }: Pick<TaskingFacts, 'tasking'>): string {
  return tasking.result === '' ? view.words.t('tasking.erased') : tasking.result
}

/** Marks by which a list is scanned; a request has none that would press. */
const marks = {
  offered: '⚪️',
  accepted: '🔵',
  in_progress: '🔵',
  blocked: '🟠',
  declined: '🟠',
  referred: '🟣',
  alternative: '🔵',
  not_taken_on: '⚫️',
  done: '🟢',
  cancelled: '⚫️',
} as const

export function stateMark({ tasking, overdue }: TaskingFacts): string {
  if (tasking.kind === 'request' && tasking.state === 'declined') return '⚪️'
  return overdue ? '🔴' : marks[tasking.state]
}

/** "Company duty officer, Sector North", "UN agencies", or an organisation as it calls itself. */
export function targetName(view: ViewContext, { tasking }: Pick<TaskingFacts, 'tasking'>): string {
  if (tasking.toOrganisation) return brief(tasking.toOrganisation, NAME_MAX)
  if (tasking.toRole) return said(roleNamed(view, tasking.toRole))
  return view.words.t(`tasking.constituency.${tasking.toConstituency}`)
}

/** "T-7K4Q · Tasking · Company duty officer, Sector North", an exercise before it. Plain text, not mrkdwn. */
export function taskingTitle(view: ViewContext, facts: TaskingFacts): string {
  const { t } = view.words
  const { tasking } = facts
  const to = tasking.toOrganisation
    ? bare(tasking.toOrganisation)
    : tasking.toRole
      ? roleNamed(view, tasking.toRole)
      : t(`tasking.constituency.${tasking.toConstituency}`)
  return [
    ...(tasking.exercise ? [t('alert.exercise')] : []),
    tasking.code,
    t('tasking.titleFor', { kind: t(`tasking.kind.${tasking.kind}`), to }),
  ].join(' · ')
}

/** The accountable person by name; by post alone where a name would put them at risk, or for an agency. */
export function accountableName(view: ViewContext, facts: TaskingFacts): string {
  const { tasking, accountable } = facts
  if (!accountable || isAskedAsWhole(tasking.toConstituency) || accountable.national)
    return targetName(view, facts)
  return personName(view.words, accountable)
}

/**
 * How it stands, in one phrase: never "overdue" or "refused" of what was only asked (R-021).
 *
 * @param standing it stays where it is read, as a card does: since when, for an age would be wrong an hour later.
 */
export function stateText(view: ViewContext, { tasking, overdue }: TaskingFacts, standing = false): string {
  const { t, duration, dateTime } = view.words
  const key = standing && tasking.state === 'referred' ? 'referredSince' : tasking.state
  const text = t(`tasking.state.${tasking.kind}.${key}`, {
    post: tasking.climbedTo ? roleNamed(view, tasking.climbedTo) : t('tasking.nobodyAbove'),
    at: dateTime(tasking.stateAt),
    age: duration(Math.max(60_000, view.now - tasking.stateAt)),
  })
  if (!overdue) return text
  const late = t('tasking.overdueBy', { by: duration(Math.max(60_000, view.now - tasking.dueAt)) })
  return `${text} · *${standing ? t('tasking.overdue') : late}*`
}

/** "1 · Dialogue and engagement · mediation". */
export function tierText(view: ViewContext, { tasking }: Pick<TaskingFacts, 'tasking'>): string {
  const { t } = view.words
  const tier = t(`tasking.tier.${tasking.tier}`)
  return tasking.unarmedMode ? `${tier} · ${t(`hotspot.mode.${tasking.unarmedMode}`)}` : tier
}

export function placeText(view: ViewContext, { tasking }: Pick<TaskingFacts, 'tasking'>): string | null {
  const parts = [
    ...(tasking.placeSaid ? [said(tasking.placeSaid)] : []),
    ...(tasking.sector ? [sector(view, tasking.sector)] : []),
  ]
  return parts.length > 0 ? parts.join(', ') : null
}

/** One line of a list. */
export function taskingLine(view: ViewContext, facts: TaskingFacts, max = 140): string {
  const { tasking } = facts
  const { t, dateTime } = view.words
  return [
    `${stateMark(facts)} *${tasking.code}* · ${targetName(view, facts)} · ${t(tasking.kind === 'tasking' ? 'tasking.due' : 'tasking.wantedBy', { at: dateTime(tasking.dueAt) })}`,
    brief(resultText(view, facts), max),
    stateText(view, facts),
  ].join('\n')
}
