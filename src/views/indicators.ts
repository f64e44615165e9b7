import type { CsvColumn } from '../domain/csv.ts'
import { changeOf, type Indicator, type IndicatorKind, type Measure, shareOf } from '../domain/indicators.ts'
import type { Indicators } from '../operations/indicators.ts'
import { pair, type ViewContext } from './context.ts'

/** Longest alternative text Slack takes. */
const ALT_MAX = 1000
/** Indicators of which the count says more than the share does. */
const BALANCE: readonly IndicatorKind[] = ['released_out', 'released_in']

/** "Is protection getting better? Ombara, 90 days". */
export const indicatorsTitle = (view: ViewContext): string =>
  view.words.t('indicators.title', { mission: view.mission.short })

export const indicatorName = ({ words }: ViewContext, kind: IndicatorKind): string =>
  words.t(`indicators.name.${kind}`)

/** "62 % (31 of 50)"; "none" of nothing; that it is not shown where single cases would show. */
export function measureText(view: ViewContext, measure: Measure | null): string {
  const { t, number } = view.words
  if (measure === null) return t('indicators.few', { threshold: number(view.mission.smallNumbers) })
  const share = shareOf(measure)
  if (share === null) return t('indicators.none')
  return t('figures.share', {
    percent: number(Math.round(share * 100)),
    responded: number(measure.done),
    counted: number(measure.of),
  })
}

/** The whole, as the words the picture comes with: each indicator with what it counts and how the week went. */
export function indicatorsText(view: ViewContext, { rows, from, to }: Indicators): string {
  const { t, date } = view.words
  return [
    `*${indicatorsTitle(view)}*`,
    t('indicators.about', { from: date(from), to: date(to) }),
    '',
    ...rows.flatMap(row => [
      pair(view, `*${indicatorName(view, row.kind)}*`, spanText(view, row)),
      `_${t(`indicators.definition.${row.kind}`)}_`,
      ...(row.weekly && row.span.of > 0 ? [`↳ ${weekText(view, row)}`] : []),
    ]),
    '',
    t('indicators.csv', { prefix: view.mission.commandPrefix }),
  ].join('\n')
}

function spanText(view: ViewContext, { span }: Indicator): string {
  const { t, duration } = view.words
  const share = measureText(view, span)
  if (span.median === null) return share
  const median = span.median < 60_000 ? t('figures.aMinute') : duration(span.median)
  return t('indicators.median', { share, median })
}

/** "This week: 70 % (7 of 10); the four weeks before: 60 % (24 of 40): 10 points more". */
function weekText(view: ViewContext, row: Indicator): string {
  const week = view.words.t('indicators.week', {
    week: measureText(view, row.week),
    before: measureText(view, row.before),
  })
  const change = changeText(view, row)
  return change === null ? week : pair(view, week, change)
}

function changeText(view: ViewContext, row: Indicator): string | null {
  const { t } = view.words
  const change = BALANCE.includes(row.kind) ? null : changeOf(row)
  if (change === null) return null
  if (change === 0) return t('indicators.same')
  return t(change > 0 ? 'indicators.more' : 'indicators.less', { count: Math.abs(change) })
}

/** One line of the week's digest; mrkdwn. */
export const trendLine = (view: ViewContext, row: Indicator): string =>
  `• *${indicatorName(view, row.kind)}* · ${row.weekly ? weekText(view, row) : spanText(view, row)}`

/** What the picture shows, in full sentences, for those who cannot see it. */
export function indicatorsAlt(view: ViewContext, { rows }: Indicators): string {
  const { t } = view.words
  const sentences = [
    t('figures.alt.about', { title: indicatorsTitle(view) }),
    ...rows.map(row =>
      t('figures.alt.kind', { kind: indicatorName(view, row.kind), share: spanText(view, row) }),
    ),
    ...rows.flatMap(row => {
      const change = changeText(view, row)
      return change === null
        ? []
        : [t('indicators.alt.change', { kind: indicatorName(view, row.kind), change })]
    }),
  ]
  let text = ''
  for (const sentence of sentences) {
    if (text.length + sentence.length + 1 > ALT_MAX) break
    text = text === '' ? sentence : `${text} ${sentence}`
  }
  return text
}

/** One row of the file: an indicator over one period. */
export interface IndicatorRow {
  row: Indicator
  period: 'span' | 'week' | 'before'
  measure: Measure | null
}

/** An indicator a row for each period over which it is measured. */
export const indicatorRows = ({ rows }: Indicators): IndicatorRow[] =>
  rows.flatMap(row => [
    { row, period: 'span' as const, measure: row.span },
    ...(row.weekly
      ? [
          { row, period: 'week' as const, measure: row.week },
          { row, period: 'before' as const, measure: row.before },
        ]
      : []),
  ])

export function indicatorColumns(view: ViewContext): CsvColumn<IndicatorRow>[] {
  const { t } = view.words
  const title = (key: string) => t(`indicators.column.${key}`)
  const share = (measure: Measure | null) => {
    const value = measure && shareOf(measure)
    return value === null ? null : Math.round(value * 1000) / 10
  }
  return [
    { title: title('indicator'), of: ({ row }) => indicatorName(view, row.kind) },
    { title: title('definition'), of: ({ row }) => t(`indicators.definition.${row.kind}`) },
    { title: title('period'), of: ({ period }) => t(`indicators.period.${period}`) },
    { title: title('done'), of: ({ measure }) => measure?.done },
    { title: title('of'), of: ({ measure }) => measure?.of },
    { title: title('share'), of: ({ measure }) => share(measure) },
    {
      title: title('median'),
      of: ({ measure }) => (measure?.median == null ? null : Math.round(measure.median / 60_000)),
    },
    { title: title('note'), of: ({ measure }) => (measure === null ? measureText(view, null) : null) },
  ]
}
