import { LineChart, ScatterChart } from 'echarts/charts'
import { GridComponent, TitleComponent } from 'echarts/components'
import * as echarts from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import type { Sides } from '../../operations/matrix/read.ts'
import type { ViewContext } from '../context.ts'
import type { ShownPlace } from '../hotspot/files.ts'

echarts.use([LineChart, ScatterChart, GridComponent, TitleComponent, SVGRenderer])

const SIZE = 1080
const TEXT = '#1a1a1a'
/** Told apart in grey by shape; each place has its name beside it. */
const looks = {
  must: { symbol: 'rect', color: '#a61e1e', size: 34 },
  should: { symbol: 'triangle', color: '#d9822b', size: 34 },
  could: { symbol: 'circle', color: '#f2d16b', size: 30 },
} as const

/** Told apart in grey: the mission's mark is full, that of its humanitarian partners is hollow. */
const sideLooks = { mission: TEXT, humanitarian: '#ffffff' } as const
type SideName = keyof typeof sideLooks

/**
 * Likelihood × impact of the places in force, by category; several on one field stand beside each other. Where a side
 * saw a place on another field than the one adopted, its mark stands there, tied to the place.
 */
export function matrixSvg(
  view: ViewContext,
  places: readonly ShownPlace[],
  sides: ReadonlyMap<string, Sides> = new Map(),
): string {
  const { t } = view.words
  const scales = view.mission.matrix?.scales ?? { likelihood: 5, impact: 5 }
  const words = { color: TEXT, fontFamily: 'DejaVu Sans' }
  // Fields of one unit: a line at their ends, their number at their middle.
  const axis = (name: string, max: number) => ({
    type: 'value' as const,
    name,
    nameLocation: 'middle' as const,
    nameGap: 56,
    nameTextStyle: { fontSize: 28, ...words },
    min: 0,
    max,
    interval: 0.5,
    axisTick: { show: false },
    splitLine: { lineStyle: { color: ['#d5dbe1', 'transparent'] } },
    axisLabel: {
      fontSize: 26,
      ...words,
      formatter: (value: number) => (Number.isInteger(value) ? '' : String(value + 0.5)),
    },
  })
  const spots = placed(places)
  const apart = spots.flatMap(spot => sidesApart(spot, sides.get(spot.id)))
  const room = (SIZE - 170) / scales.likelihood - 62
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: SIZE, height: SIZE })
  try {
    chart.setOption({
      animation: false,
      backgroundColor: '#ffffff',
      textStyle: { fontFamily: 'DejaVu Sans' },
      title: {
        text: t('matrix.tableTitle'),
        subtext: [
          (['must', 'should', 'could'] as const)
            .map(each => `${{ must: '■', should: '▲', could: '●' }[each]} ${t(`matrix.category.${each}`)}`)
            .join('   '),
          ...(apart.length > 0 ? [`◆ ${t('matrix.sawMission')}   ◇ ${t('matrix.sawHumanitarian')}`] : []),
        ].join('\n'),
        left: 60,
        top: 30,
        textStyle: { fontSize: 36, color: TEXT, fontFamily: 'DejaVu Sans' },
        subtextStyle: { fontSize: 26, lineHeight: 36, color: TEXT, fontFamily: 'DejaVu Sans' },
      },
      grid: { left: 110, right: 60, top: 190, bottom: 110 },
      xAxis: axis(t('matrix.form.likelihood'), scales.likelihood),
      yAxis: axis(t('matrix.form.impact'), scales.impact),
      series: [
        ...apart.map(({ from, to }) => ({
          type: 'line' as const,
          data: [from, to],
          showSymbol: false,
          z: 1,
          lineStyle: { color: '#7a8590', width: 2, type: 'dashed' as const },
        })),
        ...(['must', 'should', 'could'] as const).map(category => ({
          type: 'scatter' as const,
          symbol: looks[category].symbol,
          symbolSize: looks[category].size,
          itemStyle: { opacity: 1, color: looks[category].color, borderColor: TEXT, borderWidth: 2 },
          data: spots
            .filter(({ row }) => row.category === category)
            .map(({ value, name }) => ({
              value,
              label: {
                show: true,
                position: 'right',
                fontSize: 20,
                lineHeight: 23,
                width: room,
                overflow: 'break' as const,
                // A line that ties a side's mark to its place passes behind the name.
                backgroundColor: '#ffffff',
                ...words,
                formatter: () => name,
              },
            })),
        })),
        ...(Object.keys(sideLooks) as SideName[]).map(side => ({
          type: 'scatter' as const,
          symbol: 'diamond',
          symbolSize: 24,
          itemStyle: { opacity: 1, color: sideLooks[side], borderColor: TEXT, borderWidth: 3 },
          data: apart.filter(each => each.side === side).map(({ to }) => ({ value: to })),
        })),
      ],
    })
    return chart.renderToSVGString()
  } finally {
    chart.dispose()
  }
}

/** Places on the same field are set apart from top to bottom, so that each name can be read. */
function placed(places: readonly ShownPlace[]) {
  const ranked = places.flatMap(({ place, row }) =>
    row ? [{ id: place.hotspot.id, name: place.hotspot.name, row }] : [],
  )
  const fields = Map.groupBy(ranked, ({ row }) => `${row.likelihood}:${row.impact}`)
  return [...fields.values()].flatMap(field =>
    field.map(({ id, name, row }, index) => {
      const offset = field.length === 1 ? 0 : (index / (field.length - 1) - 0.5) * 0.7
      return {
        id,
        name: [...name].slice(0, 30).join(''),
        row,
        value: [row.likelihood - 0.84, row.impact - 0.5 - offset],
      }
    }),
  )
}

interface Spot {
  id: string
  row: { likelihood: number; impact: number }
  value: number[]
}

/** The marks of sides that saw a place on another field: tied to it, at the right of their own field. */
function sidesApart({ row, value }: Spot, sides: Sides | undefined) {
  return (Object.keys(sideLooks) as SideName[]).flatMap(side => {
    const seen = sides?.[side]
    if (!seen || (seen.likelihood === row.likelihood && seen.impact === row.impact)) return []
    const offset = side === 'mission' ? 0.12 : 0.22
    return [{ side, from: value, to: [seen.likelihood - offset, seen.impact - 0.5 + offset - 0.17] }]
  })
}
