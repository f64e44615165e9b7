import { BarChart } from 'echarts/charts'
import { GridComponent, TitleComponent } from 'echarts/components'
import * as echarts from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

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

/** One bar, with its words beside it. */
export interface Bar {
  name: string
  value: number
  label: string
  pale?: boolean
}

/** Bars under a title of their own. */
export interface Panel {
  title: string
  bars: Bar[]
  /** The longest bar; the largest value unless given. */
  max?: number
}

/** Bars in panels below each other as SVG; a panel without bars is left out. */
export function barChart(title: string, all: readonly Panel[]): string {
  const panels = all.filter(({ bars }) => bars.length > 0)
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
        { text: title, left: MARGIN, top: MARGIN, textStyle: heading(38) },
        ...panels.map((panel, index) => ({
          text: panel.title,
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
