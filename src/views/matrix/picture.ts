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
  must: { symbol: 'rect', color: '#a61e1e', size: 25 },
  should: { symbol: 'triangle', color: '#d9822b', size: 27 },
  could: { symbol: 'circle', color: '#f2d16b', size: 25 },
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
  const chars = Math.floor(((SIZE - 170) / scales.likelihood - 50) / CHAR)
  const { spots, rest } = placed(places, chars)
  const apart = spots.flatMap(spot => sidesApart(spot, sides.get(spot.id))).slice(0, TIES)
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
                fontSize: FONT,
                lineHeight: LINE,
                // A line that ties a side's mark to its place passes behind the name.
                backgroundColor: '#ffffff',
                ...words,
                formatter: () => name,
              },
            })),
        })),
        {
          type: 'scatter' as const,
          symbolSize: 0.01,
          data: rest.map(({ value, count }) => ({
            value,
            label: {
              show: true,
              position: 'right' as const,
              fontSize: FONT,
              fontWeight: 'bold' as const,
              ...words,
              formatter: () => `+ ${count}`,
            },
          })),
        },
        ...(Object.keys(sideLooks) as SideName[]).map(side => ({
          type: 'scatter' as const,
          symbol: 'diamond',
          symbolSize: 24,
          // Above the names, whose white ground would cover it.
          z: 5,
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

/** Text beside a mark, in pixels: legible on a phone. */
const FONT = 22
const LINE = 25
const CHAR = 13
/** Places of one field that stand there by a mark; of more the first, and how many more there are. */
const IN_FIELD = 5
/** Marks of sides that stand apart: more would cover the places. */
const TIES = 30

/**
 * Places on the same field are set apart from top to bottom, so that each can be read: few by their name, more by their
 * code, and of too many the most protected, with how many more there are.
 *
 * @param chars that fit beside a mark.
 */
function placed(places: readonly ShownPlace[], chars: number) {
  const ranked = places.flatMap(({ place, row }) =>
    row && row.category !== 'unlisted'
      ? [{ id: place.hotspot.id, code: place.hotspot.code, name: place.hotspot.name, row }]
      : [],
  )
  const fields = [...Map.groupBy(ranked, ({ row }) => `${row.likelihood}:${row.impact}`).values()]
  const spots = fields.flatMap(field => {
    const shown = field.slice(0, field.length > IN_FIELD + 1 ? IN_FIELD : IN_FIELD + 1)
    const lines = [3, 3, 3, 2][field.length] ?? 0
    return shown.map(({ id, code, name, row }, index) => ({
      id,
      name: lines === 0 ? code : broken(name, chars, lines),
      row,
      value: [row.likelihood - 0.86, row.impact - 0.5 - offset(index, field.length)],
    }))
  })
  const rest = fields.flatMap(field => {
    const [first] = field
    if (!first || field.length <= IN_FIELD + 1) return []
    const value = [first.row.likelihood - 0.9, first.row.impact - 0.5 - offset(IN_FIELD, field.length)]
    return [{ value, count: field.length - IN_FIELD }]
  })
  return { spots, rest }
}

/** How far below the middle of its field the nth of so many stands. */
function offset(index: number, count: number): number {
  const rows = Math.min(count, IN_FIELD + 1)
  if (rows === 1) return 0
  return (index / (rows - 1) - 0.5) * (rows <= 3 ? 0.64 : 0.82)
}

/** A name over so many lines, cut where it does not fit. */
function broken(name: string, chars: number, most: number): string {
  const lines: string[] = []
  for (const word of name.split(/\s+/)) {
    const last = lines.at(-1)
    if (last !== undefined && [...`${last} ${word}`].length <= chars)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  const cut = (line: string, more: boolean) => {
    const letters = [...line]
    return letters.length > chars || more ? `${letters.slice(0, chars - 1).join('')}…` : line
  }
  return lines
    .slice(0, most)
    .map((line, index) => cut(line, index === most - 1 && lines.length > most))
    .join('\n')
}

interface Spot {
  id: string
  row: { likelihood: number; impact: number }
  value: number[]
}

/** The marks of sides that saw a place on another field: tied to it, at the lower edge of their own field. */
function sidesApart({ row, value }: Spot, sides: Sides | undefined) {
  return (Object.keys(sideLooks) as SideName[]).flatMap(side => {
    const seen = sides?.[side]
    if (!seen || (seen.likelihood === row.likelihood && seen.impact === row.impact)) return []
    const offset = side === 'mission' ? 0.12 : 0.3
    return [{ side, from: value, to: [seen.likelihood - offset, seen.impact - 0.84] }]
  })
}
