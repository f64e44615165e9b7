import type { OwnerState } from '../../domain/awaited.ts'
import type { AlertFacts } from '../../operations/alert/facts.ts'
import type { OwnerFacts } from '../../operations/alert/owner.ts'
import { post, type ViewContext } from '../context.ts'
import { personName } from '../person.ts'
import { decisionText, when } from './phrases.ts'

type Raised = AlertFacts['alert']

/** One owner on the card: which post has the alert, who holds it, what it said and what is awaited by when (R-007). */
export function ownerText(view: ViewContext, { alert }: AlertFacts, facts: OwnerFacts): string {
  const ref = facts.posts[facts.owner.rung]
  const lines = [
    `*${view.words.t(`alert.slot.${facts.owner.slot}`)}*`,
    [...(ref ? [post(view, alert, ref)] : []), ...holder(view, alert, facts)].join(' '),
    ...answers(view, alert, facts.state),
    ...awaited(view, alert, facts),
  ]
  return lines.filter(line => line !== '').join('\n')
}

/**
 * Nobody is mentioned for their own act: who raised the alert is not, where they are its owner too. The card says
 * instead that it is they, so that a post without a name is not taken for an empty one.
 */
function holder(view: ViewContext, alert: Raised, facts: OwnerFacts): string[] {
  if (!facts.holder) return [view.words.t('alert.owner.vacant')]
  return [
    facts.holder.id === alert.raisedBy
      ? view.words.t('alert.owner.raiser')
      : personName(view.words, facts.holder),
  ]
}

const decisionMark: Record<string, string> = { respond: '🚶', watch: '👁️', not_acting: '⏸️' }

function answers(view: ViewContext, alert: Raised, state: OwnerState): string[] {
  const { t } = view.words
  const by = (act: { means: string }) => (act.means === 'slack' ? '' : ` (${t(`alert.by.${act.means}`)})`)
  const { acknowledged, decision, onSite } = state
  return [
    ...(acknowledged
      ? [`✅ ${t('alert.owner.acknowledged', { at: when(view, alert, acknowledged.at) })}${by(acknowledged)}`]
      : []),
    ...(decision
      ? [`${decisionMark[decision.kind] ?? '•'} ${decisionText(view, alert, decision)}${by(decision)}`]
      : []),
    ...(onSite ? [`📍 ${t('alert.owner.onSite', { at: when(view, alert, onSite.at) })}${by(onSite)}`] : []),
  ]
}

function awaited(view: ViewContext, alert: Raised, facts: OwnerFacts): string[] {
  const { t } = view.words
  const { awaiting, dueAt, round } = facts.state
  if (!awaiting || dueAt === null) return []
  const at = when(view, alert, dueAt)
  const top = facts.told.findLast(
    row =>
      row.outcome === 'told' && row.rung > facts.owner.rung && row.step === awaiting && row.round === round,
  )
  const above = top && facts.posts[top.rung]
  return [
    dueAt <= view.now
      ? `⏰ ${t(`alert.overdue.${awaiting}`, { at })}`
      : `⏳ ${t(`alert.awaiting.${awaiting}`, { at })}`,
    ...(above
      ? [`⬆️ ${t('alert.owner.escalated', { role: post(view, alert, above), at: when(view, alert, top.at) })}`]
      : []),
  ]
}
