import { BarChart } from 'echarts/charts'
import { GridComponent, TitleComponent } from 'echarts/components'
import * as echarts from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { rate, type Share } from '../../domain/rates.ts'
import type { Figures } from '../../operations/alert/figures.ts'
import { term, type ViewContext } from '../context.ts'
import { figuresTitle, responderName, STEPS_SHOWN, sectorOf, shareText, warnedShares } from './figures.ts'

echarts.use([BarChart, GridComponent, TitleComponent, SVGRenderer])

/** Wide enough to be sharp, narrow enough that its words are read on a phone. */
const WIDTH = 1080
const ROW = 64
const HEAD = 96
const MARGIN = 40
const LABELS = 400
const NUMBERS = 250
const FONT = 30
/** Told apart in grey too; every bar says its number beside it. */
const INK = '#1d3557'
const PALE = '#9db4c8'
const TEXT = '#1a1a1a'
const MOST = 6

interface Bar {
  name: string
  value: number
  label: string
  pale?: boolean
}

interface Panel {
  title: string
  bars: Bar[]
  /** The longest bar; the largest value unless given. */
  max?: number
}

/** The chart of the figures as SVG, in the reader's words: the response rate, how long it took, and why not. */
export function figuresChart(view: ViewContext, figures: Figures): string {
  const panels = panelsOf(view, figures).filter(({ bars }) => bars.length > 0)
  const heights = panels.map(({ bars }) => HEAD + bars.length * ROW)
  const tops = heights.map(
    (_, index) => 110 + heights.slice(0, index).reduce((sum, height) => sum + height, 0),
  )
  const height = 110 + heights.reduce((sum, each) => sum + each, 0) + MARGIN
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height })
  try {
    chart.setOption({
      animation: false,
      backgroundColor: '#ffffff',
      textStyle: { fontFamily: 'DejaVu Sans' },
      title: [
        { text: figuresTitle(view, figures), left: MARGIN, top: MARGIN, textStyle: heading(38) },
        ...panels.map(({ title }, index) => ({
          text: title,
          left: MARGIN,
          top: (tops[index] ?? 0) + 26,
          textStyle: heading(FONT + 2),
        })),
      ],
      grid: panels.map(({ bars }, index) => ({
        left: MARGIN + LABELS,
        right: NUMBERS,
        top: (tops[index] ?? 0) + HEAD - 10,
        height: bars.length * ROW,
      })),
      xAxis: panels.map(({ bars, max }, index) => ({
        type: 'value',
        gridIndex: index,
        show: false,
        min: 0,
        max: max ?? Math.max(1, ...bars.map(({ value }) => value)),
      })),
      yAxis: panels.map(({ bars }, index) => ({
        type: 'category',
        gridIndex: index,
        inverse: true,
        data: bars.map(({ name }) => name),
        axisLine: { lineStyle: { color: TEXT } },
        axisTick: { show: false },
        axisLabel: {
          fontSize: FONT - 4,
          color: TEXT,
          width: LABELS - 16,
          overflow: 'break',
          fontFamily: 'DejaVu Sans',
        },
      })),
      series: panels.map(({ bars }, index) => ({
        type: 'bar',
        xAxisIndex: index,
        yAxisIndex: index,
        barWidth: ROW * 0.56,
        data: bars.map(({ value, label, pale }) => ({
          value,
          itemStyle: { color: pale ? PALE : INK, borderColor: INK, borderWidth: 2 },
          label: { show: true, position: 'right', formatter: () => label, fontSize: FONT - 4, color: TEXT },
        })),
      })),
    })
    return chart.renderToSVGString()
  } finally {
    chart.dispose()
  }
}

const heading = (fontSize: number) => ({
  fontSize,
  fontWeight: 'bold',
  color: TEXT,
  fontFamily: 'DejaVu Sans',
})

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
