/** Where an alert stands and how far it is verified, beside what is done: three things that are never one. */
import { standingOf } from '../../domain/standing.ts'
import { suggestedVerification, verificationOf } from '../../domain/verification.ts'
import type { AlertFacts } from '../../operations/alert/facts.ts'
import type { ViewContext } from '../context.ts'
import { responsePhrase } from '../response.ts'
import { outcome } from './phrases.ts'

/** "Open · Verification: corroborated · Response: on site", in one line of the card. */
export function axesText(view: ViewContext, facts: AlertFacts): string {
  return [standingText(view, facts), verificationText(view, facts), responsePhrase(view, facts)].join(' · ')
}

export function standingText(view: ViewContext, { alert, acts }: Pick<AlertFacts, 'alert' | 'acts'>): string {
  return `*${view.words.t(`standing.${standingOf(alert, acts)}`)}*`
}

export function verificationText(
  view: ViewContext,
  { verifications }: Pick<AlertFacts, 'verifications'>,
): string {
  const { t } = view.words
  return t('verification.stands', { state: t(`verification.state.${verificationOf(verifications)}`) })
}

/** That it may be called corroborated, where the sources say so and nobody has; null where not. */
export function suggestionText(view: ViewContext, { verifications, sources }: AlertFacts): string | null {
  const suggested = suggestedVerification(verificationOf(verifications), sources)
  return suggested ? view.words.t('verification.suggested', { count: sources.independent }) : null
}

/** "Joined with A-7K4Q. That one: open." Its code only to those who may read it too; how it stands to all. */
export function joinedText(view: ViewContext, { into }: Pick<AlertFacts, 'into'>): string {
  const { t } = view.words
  if (!into) return t('standing.merged')
  const { facts, readable } = into
  const stands =
    facts.alert.lifecycle === 'closed'
      ? t('alert.status.closed', { outcome: outcome(view, facts) })
      : `${t(`standing.${standingOf(facts.alert, facts.acts)}`)}.`
  return readable
    ? t('report.joined.status', { code: facts.alert.code, stands })
    : t('report.joined.statusHidden', { stands })
}
