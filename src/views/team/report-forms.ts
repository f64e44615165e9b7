import { type TeamFacts, teamLimits } from '../../operations/team.ts'
import { bare, context, input, modal, section, textInput } from '../blocks.ts'
import type { ViewContext } from '../context.ts'
import { texts, words } from './form-parts.ts'
import { teamName } from './phrases.ts'

/** What a team found; `draft` stands in the first field until it is filed. */
export function reportModal(view: ViewContext, facts: TeamFacts, draft: string) {
  const { t } = view.words
  const { report, kind, team } = facts
  const field = (key: 'needs' | 'threats' | 'actors' | 'capacity' | 'links', hint?: string) =>
    words(view, key, {
      optional: true,
      max: teamLimits.report,
      initial: report?.[key] ?? null,
      ...(hint ? { hint } : {}),
    })
  return modal('team.report', texts(view, team.code, 'team.form.file'), { teamId: team.id }, [
    section(teamName(view, facts)),
    ...(kind.restricted ? [section(`🔒 ${t('team.form.restricted')}`)] : []),
    words(view, 'situation', { max: teamLimits.report, initial: report?.situation ?? draft }),
    field('needs', 'team.form.needsHint'),
    field('threats'),
    field('actors', 'team.form.actorsHint'),
    field('capacity'),
    ...(kind.restricted
      ? [
          words(view, 'summary', {
            optional: true,
            max: teamLimits.report,
            initial: report?.summary ?? null,
            hint: 'team.form.summaryHint',
          }),
        ]
      : []),
    field('links', 'team.form.linksHint'),
    words(view, 'recommendations', {
      optional: true,
      max: teamLimits.report,
      initial: facts.recommendations.map(({ row }) => row.words).join('\n'),
      hint: 'team.form.recommendationsHint',
    }),
    context(t('team.form.noWitness')),
  ])
}

/** How a member sees it otherwise. */
export function dissentModal(view: ViewContext, facts: TeamFacts) {
  const { t } = view.words
  return modal('team.dissent', texts(view, facts.team.code), { teamId: facts.team.id }, [
    words(view, 'words', { max: teamLimits.words }),
    context(t('team.form.dissentHint')),
  ])
}

/** Why a recommendation is not followed. */
export function refuseModal(
  view: ViewContext,
  facts: TeamFacts,
  recommendation: TeamFacts['recommendations'][number],
) {
  const { t } = view.words
  return modal(
    'team.refuse',
    texts(view, facts.team.code, 'team.decide.refuse'),
    { recommendationId: recommendation.row.id },
    [
      section(bare(recommendation.row.words)),
      input(
        'reason',
        t('team.form.reason'),
        textInput('reason', { multiline: true, max: teamLimits.reason }),
      ),
    ],
  )
}

/** What is left to whoever goes there next. */
export function noteModal(view: ViewContext, facts: TeamFacts) {
  const { t } = view.words
  return modal('team.note', texts(view, facts.team.code), { teamId: facts.team.id }, [
    section(teamName(view, facts)),
    words(view, 'note', { max: teamLimits.words, hint: 'team.form.noteHint' }),
    context(t('team.form.noWitness')),
  ])
}
