import { type Indicator, type Measure, shareOf } from '../domain/indicators.ts'
import type { Indicators } from '../operations/indicators.ts'
import { type Bar, barChart } from './bars.ts'
import type { ViewContext } from './context.ts'
import { indicatorName, indicatorsTitle, measureText } from './indicators.ts'

/** The indicators as SVG, in the reader's words: over the span, and this week (dark) beside the four before (pale). */
export function indicatorsChart(view: ViewContext, { rows }: Indicators): string {
  const { t } = view.words
  const bar = (name: string, measure: Measure, pale = false): Bar => ({
    name,
    value: shareOf(measure) ?? 0,
    label: measureText(view, measure),
    pale,
  })
  const compared = ({ kind, week, before }: Indicator): Bar[] =>
    week && before && week.of + before.of > 0
      ? [
          bar(t('indicators.chart.thisWeek', { kind: indicatorName(view, kind) }), week),
          bar(t('indicators.chart.before'), before, true),
        ]
      : []
  return barChart(indicatorsTitle(view), [
    {
      title: t('indicators.chart.span'),
      max: 1,
      bars: rows.map(row => bar(indicatorName(view, row.kind), row.span)),
    },
    { title: t('indicators.chart.weeks'), max: 1, bars: rows.flatMap(compared) },
  ])
}
