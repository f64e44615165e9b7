import { rate, type Share } from '../../domain/rates.ts'
import type { Figures } from '../../operations/alert/figures.ts'
import { type Bar, barChart, type Panel } from '../bars.ts'
import { term, type ViewContext } from '../context.ts'
import { figuresTitle, responderName, STEPS_SHOWN, sectorOf, shareText, warnedShares } from './figures.ts'

const MOST = 6

/** The chart of the figures as SVG, in the reader's words: the response rate, how long it took, and why not. */
export const figuresChart = (view: ViewContext, figures: Figures): string =>
  barChart(figuresTitle(view, figures), panelsOf(view, figures))

function panelsOf(view: ViewContext, figures: Figures): Panel[] {
  const { rates } = figures
  const { t, number, duration } = view.words
  const share = (name: string, each: Share, pale = false): Bar => ({
    name,
    value: rate(each) ?? 0,
    label: shareText(view, each),
    pale,
  })
  const known = <K extends string>(
    rows: readonly { kind: K; share: Share | null }[],
    nameOf: (kind: K) => string,
  ) => rows.flatMap(row => (row.share ? [share(nameOf(row.kind), row.share, true)] : [])).slice(0, MOST)
  return [
    {
      title: t('figures.chart.rate'),
      max: 1,
      bars: [
        share(t('figures.chart.all'), rates.physical),
        ...(rates.bySector.length > 1 ? known(rates.bySector, kind => sectorOf(view, kind)) : []),
      ],
    },
    {
      title: t('figures.chart.responders'),
      max: 1,
      bars: known(rates.byResponder, kind => responderName(view, kind)),
    },
    {
      title: t('figures.warned.chart'),
      max: 1,
      bars: warnedShares(view, figures).map(row => share(row.name, row.share)),
    },
    {
      title: t('figures.chart.times'),
      bars: STEPS_SHOWN.flatMap(step => {
        const { median, p90 } = rates.times[step]
        if (median === null || p90 === null) return []
        const length = (ms: number) => (ms < 60_000 ? t('figures.underAMinute') : duration(ms))
        const name = t(`figures.chart.step.${step}`)
        return [
          {
            name: t('figures.chart.median', { step: name }),
            value: median,
            label: length(median),
          },
          {
            name: t('figures.chart.p90', { step: name }),
            value: p90,
            label: length(p90),
            pale: true,
          },
        ]
      }),
    },
    {
      title: t('figures.chart.reasons'),
      bars: rates.reasons.slice(0, MOST).map(({ reason, count }) => ({
        name: term(view, 'not_acting', reason),
        value: count,
        label: number(count),
      })),
    },
  ]
}
