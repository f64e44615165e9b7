import type { TeamFacts } from '../../operations/team/facts.ts'
import type { TeamShown } from '../../operations/team/reading.ts'
import type { Block } from '../../ports.ts'
import { brief, context, said, section, select } from '../blocks.ts'
import { roleNamed, type ViewContext } from '../context.ts'
import { sectionName } from './phrases.ts'

const TEXT_MAX = 1_200
const SUMMARY_MAX = 2_500

export const FINDINGS = ['situation', 'needs', 'threats', 'actors', 'capacity', 'links'] as const

/** What it found, with what members see otherwise; of restricted findings the words written for all readers. */
export function findingBlocks(view: ViewContext, facts: TeamFacts, { findings }: TeamShown): Block[] {
  const { t, dateTime } = view.words
  const { report, reviews, members } = facts
  if (!report) return []
  if (!findings)
    return [
      section(
        report.summary
          ? `*${t('team.finding.summary')}*\n${said(report.summary).slice(0, SUMMARY_MAX)}`
          : t('team.restricted'),
      ),
    ]
  const agree = reviews.filter(({ verdict, version }) => verdict === 'agrees' && version === report.version)
  const dissents = reviews.filter(({ verdict }) => verdict === 'dissents')
  return [
    ...FINDINGS.flatMap(key => {
      const words = report[key]
      return words ? [section(`*${t(`team.finding.${key}`)}*\n${said(words).slice(0, TEXT_MAX)}`)] : []
    }),
    ...dissents.map(({ personId, words, version }) => {
      const section_ = members.find(({ person }) => person.id === personId)?.row.section
      const who = section_ ? sectionName(view, section_) : t('team.partner')
      return section(`✋ *${t('team.dissent', { who, version })}*\n${brief(words ?? '', TEXT_MAX)}`)
    }),
    context(
      t('team.filed', { at: dateTime(report.at), version: report.version }),
      t('team.reviewed', { count: agree.length, all: members.length }),
    ),
  ]
}

/** What it recommends and what became of each; whoever decides chooses there (R-035). */
export function recommendationBlocks(
  view: ViewContext,
  facts: TeamFacts,
  { findings, parties, taskings }: TeamShown,
): Block[] {
  const { t } = view.words
  const { recommendations, team } = facts
  if (!findings || recommendations.length === 0) return []
  const decides = team.state === 'reported' && (parties.includes('approver') || parties.includes('lead'))
  return [
    section(`*${t('team.field.recommendations')}*`),
    ...recommendations.map(({ row, state, given }) => {
      const codes = given.flatMap(({ id }) => taskings.get(id)?.code ?? []).join(', ')
      const became = t(`team.recommendation.${state}`, {
        codes: codes ? ` (${codes})` : '',
        role: row.refusedRole ? roleNamed(view, row.refusedRole) : t('alert.someone'),
        reason: brief(row.reason ?? '', 300),
      })
      const text = `${row.position}. ${brief(row.words, 400)}\n${became}`
      if (!decides || state !== 'undecided') return section(text)
      return section(
        text,
        select('team.decide', t('team.decide.choose'), [
          { text: t('team.decide.task'), value: `task:${row.id}` },
          { text: t('team.decide.refuse'), value: `refuse:${row.id}` },
        ]),
      )
    }),
  ]
}
