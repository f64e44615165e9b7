import { WARNING_RECORDS } from '../../domain/incident.ts'
import type { Constituency } from '../../domain/mission.ts'
import { rate, type Share, type ShareOf, type Times, UNKNOWN } from '../../domain/rates.ts'
import type { Responder } from '../../domain/response.ts'
import type { Figures } from '../../operations/alert/figures.ts'
import { sector, term, type ViewContext } from '../context.ts'

/** Longest alternative text Slack takes. */
const ALT_MAX = 1000
/** Kinds of one split that stand in a message. */
const KINDS = 8
export const STEPS_SHOWN = ['acknowledge', 'decide', 'onSite'] as const

/** "Sector North, 90 days": over what the figures are taken. */
export function figuresTitle(view: ViewContext, { sector: id, span }: Figures): string {
  const { t } = view.words
  const where = id === null ? t('figures.everywhere') : sector(view, id)
  return t('figures.title', { where, span: t(`figures.span.${span}`) })
}

/** "62 % (31 of 50)"; "none counted" of nothing. */
export function shareText(view: ViewContext, share: Share): string {
  const { t, number } = view.words
  const value = rate(share)
  if (value === null) return t('figures.noneCounted')
  return t('figures.share', {
    percent: number(Math.round(value * 100)),
    responded: number(share.responded),
    counted: number(share.counted),
  })
}

/** The figures as text, for the message the picture comes with: each beside what it counts. */
export function figuresText(view: ViewContext, figures: Figures): string {
  const { t, number, dateTime, list } = view.words
  const { rates } = figures
  const { leftOut, physical } = rates
  const split = (key: string, rows: readonly ShareOf[], name: (kind: string) => string): string[] =>
    rows.length === 0
      ? []
      : [
          `*${t(`figures.by.${key}`)}*`,
          ...rows.slice(0, KINDS).map(({ kind, share }) =>
            t('figures.row', {
              name: name(kind),
              value: share ? shareText(view, share) : t('figures.hidden'),
            }),
          ),
        ]
  return [
    `*${figuresTitle(view, figures)}*`,
    t(figures.wholeMission ? 'figures.wholeMission' : 'figures.yours', {
      from: dateTime(figures.from),
      to: dateTime(figures.to),
    }),
    '',
    `*${t('figures.rateIs', { share: shareText(view, physical) })}*`,
    t('figures.definition'),
    `• ${t('figures.missionOnly', { share: part(view, rates.missionOnly, physical) })}`,
    `• ${t('figures.hostStateOnly', { share: part(view, rates.hostStateOnly, physical) })}`,
    `• ${t('figures.unverifiable', { share: shareText(view, rates.unverifiable) })}`,
    `• ${t('figures.wider', { share: shareText(view, rates.wider) })}`,
    ...(rates.underWay > 0 ? [`• ${t('figures.underWay', { count: rates.underWay })}`] : []),
    t('figures.leftOut', {
      unfounded: number(leftOut.unfounded),
      merged: number(leftOut.merged),
      withdrawn: number(leftOut.withdrawn),
    }),
    '',
    ...warnedLines(view, figures),
    '',
    `*${t('figures.times')}*`,
    ...STEPS_SHOWN.map(step =>
      t('figures.row', { name: t(`figures.step.${step}`), value: timesText(view, rates.times[step]) }),
    ),
    '',
    ...split('responder', rates.byResponder, kind => responderName(view, kind as Responder)),
    ...split('sector', rates.bySector.length > 1 ? rates.bySector : [], kind => sectorOf(view, kind)),
    ...split('component', rates.byComponent, kind => componentName(view, kind as Constituency)),
    ...(rates.byThreat === null
      ? [t('figures.threatsHidden')]
      : split('threat', rates.byThreat, kind => threatName(view, kind))),
    ...(rates.reasons.length > 0
      ? [
          `*${t('figures.reasons')}*`,
          list(
            rates.reasons
              .slice(0, KINDS)
              .map(({ reason, count }) => `${term(view, 'not_acting', reason)} (${number(count)})`),
          ),
        ]
      : []),
  ].join('\n')
}

/** The three numbers of incidents, in words; nothing where none was recorded. */
export function warnedShares(view: ViewContext, { warned }: Figures): { name: string; share: Share }[] {
  const counted = WARNING_RECORDS.reduce((sum, record) => sum + warned.counts[record], 0)
  if (counted === 0) return []
  return WARNING_RECORDS.map(record => ({
    name: view.words.t(`figures.warned.${record}`),
    share: { counted, responded: warned.counts[record] },
  }))
}

function warnedLines(view: ViewContext, figures: Figures): string[] {
  const { t, number } = view.words
  const rows = warnedShares(view, figures)
  const { unknown } = figures.warned
  return [
    `*${t('figures.warned.title')}*`,
    ...(rows.length === 0
      ? [t('figures.warned.none')]
      : rows.map(({ name, share }) => t('figures.row', { name, value: shareText(view, share) }))),
    ...(unknown > 0 ? [`• ${t('figures.warned.unknown', { count: unknown })}`] : []),
    t('figures.warned.definition', { threshold: number(view.mission.smallNumbers) }),
  ]
}

/** What the picture shows, in full sentences, for those who cannot see it. */
export function figuresAlt(view: ViewContext, figures: Figures): string {
  const { t } = view.words
  const { rates } = figures
  const sentences = [
    t('figures.alt.about', { title: figuresTitle(view, figures) }),
    t('figures.alt.rate', { share: shareText(view, rates.physical) }),
    ...warnedShares(view, figures).map(({ name, share }) =>
      t('figures.alt.kind', { kind: name, share: shareText(view, share) }),
    ),
    ...STEPS_SHOWN.map(step =>
      t('figures.alt.step', { step: t(`figures.step.${step}`), times: timesText(view, rates.times[step]) }),
    ),
    ...(rates.bySector.length > 1 ? rates.bySector : []).map(({ kind, share }) =>
      t('figures.alt.kind', {
        kind: sectorOf(view, kind),
        share: share ? shareText(view, share) : t('figures.hidden'),
      }),
    ),
    ...rates.byResponder.map(({ kind, share }) =>
      t('figures.alt.kind', {
        kind: responderName(view, kind),
        share: share ? shareText(view, share) : t('figures.hidden'),
      }),
    ),
  ]
  let text = ''
  for (const sentence of sentences) {
    if (text.length + sentence.length + 1 > ALT_MAX) break
    text = text === '' ? sentence : `${text} ${sentence}`
  }
  return text
}

export function timesText(view: ViewContext, { happened, of, median, p90 }: Times): string {
  const { t, number, duration } = view.words
  if (median === null || p90 === null) return t('figures.never', { of: number(of) })
  const length = (ms: number) => (ms < 60_000 ? t('figures.aMinute') : duration(ms))
  return t('figures.took', {
    median: length(median),
    p90: length(p90),
    happened: number(happened),
    of: number(of),
  })
}

const part = (view: ViewContext, responded: number, { counted }: Share): string =>
  shareText(view, { counted, responded })

export const responderName = (view: ViewContext, kind: Responder): string =>
  view.words.t(`response.responder.${kind}`)

export const sectorOf = (view: ViewContext, kind: string): string =>
  sector(view, kind === UNKNOWN ? null : kind)

const threatName = (view: ViewContext, kind: string): string =>
  kind === UNKNOWN ? view.words.t('figures.threatUnknown') : term(view, 'threats', kind)

const componentName = (view: ViewContext, kind: Constituency): string =>
  view.words.t(`figures.component.${kind}`)
