import { geoCircle, geoGraticule, geoMercator, geoPath } from 'd3-geo'
import type { Category } from '../../domain/matrix/entry.ts'
import type { ViewContext } from '../context.ts'
import type { ShownPlace } from './files.ts'

/** Legible on a phone; drawn without tiles, for there may be no network and no agreed map. */
const SIZE = 1080
const MARGIN = 90
const HEAD = 110
const FOOT = 190
const TEXT = '#1a1a1a'
const KM_PER_DEGREE = 111.2

/** Told apart in grey by shape, and by their letter. */
const marks: Readonly<
  Record<Category | 'none', { fill: string; letter: string; shape: 'square' | 'triangle' | 'circle' }>
> = {
  must: { fill: '#a61e1e', letter: 'M', shape: 'square' },
  should: { fill: '#d9822b', letter: 'S', shape: 'triangle' },
  could: { fill: '#f2d16b', letter: 'C', shape: 'circle' },
  unlisted: { fill: '#ffffff', letter: '', shape: 'circle' },
  none: { fill: '#ffffff', letter: '', shape: 'circle' },
}

/**
 * The hotspots on a map: by category, areas as circles; the bases for whoever may see coverage, and coarse positions
 * for everybody else.
 */
export function mapSvg(view: ViewContext, places: readonly ShownPlace[]): string {
  const { t } = view.words
  const shown = places.filter(({ place }) => place.hotspot.lat !== null && place.hotspot.lon !== null)
  const commands = places.some(({ layers }) => layers.command)
  const bases = commands ? view.mission.bases : []
  const points = [
    ...shown.map(({ place, layers }) =>
      position(place.hotspot.lon ?? 0, place.hotspot.lat ?? 0, layers.command),
    ),
    ...bases.map(({ lon, lat }) => [lon, lat] as [number, number]),
  ]
  const frame = {
    type: 'MultiPoint' as const,
    coordinates:
      points.length > 0
        ? spread(points)
        : [
            [0, 0],
            [1, 1],
          ],
  }
  const projection = geoMercator().fitExtent(
    [
      [MARGIN, HEAD + MARGIN - 20],
      [SIZE - MARGIN, SIZE - FOOT],
    ],
    frame as never,
  )
  const path = geoPath(projection)
  const step = Math.max(
    0.1,
    Number((Math.max(...sizes(frame.coordinates as [number, number][])) / 4).toPrecision(1)),
  )
  const at = (lon: number, lat: number): [number, number] => projection([lon, lat]) ?? [0, 0]
  const areas = shown.flatMap(({ place, layers }) => {
    if (!place.hotspot.radiusKm) return []
    const centre = position(place.hotspot.lon ?? 0, place.hotspot.lat ?? 0, layers.command)
    const circle = geoCircle()
      .center(centre)
      .radius(place.hotspot.radiusKm / KM_PER_DEGREE)()
    return [
      `<path d="${path(circle)}" fill="#1d3557" fill-opacity="0.08" stroke="#1d3557" stroke-dasharray="6 5"/>`,
    ]
  })
  const hotspots = shown.map(({ place, row, layers }) => {
    const [x, y] = at(...position(place.hotspot.lon ?? 0, place.hotspot.lat ?? 0, layers.command))
    return `${mark(row?.category ?? 'none', x, y)}${label(place.hotspot.name, x, y)}`
  })
  const taken = shown.map(({ place, layers }) =>
    at(...position(place.hotspot.lon ?? 0, place.hotspot.lat ?? 0, layers.command)),
  )
  const posts = bases.map(({ name, lon, lat }) => {
    const [x, y] = at(lon, lat)
    // Where a hotspot stands beside its base, the hotspot's name says enough.
    const crowded = taken.some(([ox, oy]) => Math.abs(ox - x) < 300 && Math.abs(oy - y) < 34)
    const drawn = `<path d="M${x - 11} ${y + 9}L${x} ${y - 12}L${x + 11} ${y + 9}Z" fill="#1d3557"/>`
    return crowded ? drawn : `${drawn}${label(name, x, y, '#1d3557')}`
  })
  const legend = (['must', 'should', 'could', 'none'] as const).map((category, index) => {
    const x = MARGIN + (index % 2) * 480
    const y = SIZE - 120 + Math.floor(index / 2) * 50
    const name = category === 'none' ? t('matrix.notRanked') : t(`matrix.category.${category}`)
    return `${mark(category, x, y)}<text x="${x + 30}" y="${y + 9}" font-size="26" fill="${TEXT}">${escaped(name)}</text>`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE}" height="${SIZE}" font-family="DejaVu Sans">`,
    `<rect width="${SIZE}" height="${SIZE}" fill="#ffffff"/>`,
    `<path d="${path(geoGraticule().step([step, step])())}" fill="none" stroke="#d5dbe1"/>`,
    `<rect width="${SIZE}" height="${HEAD + 30}" fill="#ffffff"/><rect y="${SIZE - FOOT + 40}" width="${SIZE}" height="${FOOT - 40}" fill="#ffffff"/>`,
    `<text x="${MARGIN}" y="70" font-size="38" font-weight="bold" fill="${TEXT}">${escaped(t('hotspot.map.title'))}</text>`,
    `<text x="${MARGIN}" y="112" font-size="24" fill="${TEXT}">${escaped(t('hotspot.map.coarse'))}</text>`,
    ...areas,
    ...posts,
    ...hotspots,
    ...legend,
    '</svg>',
  ].join('')
}

/** For those without coverage, a position to a tenth of a degree is not one of a house: a kilometre or so is kept. */
function position(lon: number, lat: number, exact: boolean): [number, number] {
  const to = (degrees: number) => (exact ? degrees : Number(degrees.toFixed(2)))
  return [to(lon), to(lat)]
}

function sizes(points: readonly (readonly [number, number])[]): number[] {
  const of = (index: 0 | 1) => {
    const values = points.map(point => point[index])
    return Math.max(...values) - Math.min(...values)
  }
  return [of(0), of(1), 0.2]
}

/** One place alone, or all in a row, would fill the frame with nothing. */
function spread(points: [number, number][]): [number, number][] {
  const [lon = 0, lat = 0] = points[0] ?? []
  return [...points, [lon - 0.15, lat - 0.15], [lon + 0.15, lat + 0.15]]
}

function mark(category: Category | 'none', x: number, y: number): string {
  const { fill, letter, shape } = marks[category]
  const drawn = {
    square: `<rect x="${x - 16}" y="${y - 16}" width="32" height="32"`,
    triangle: `<path d="M${x - 19} ${y + 16}L${x} ${y - 19}L${x + 19} ${y + 16}Z"`,
    circle: `<circle cx="${x}" cy="${y}" r="16"`,
  }[shape]
  const ink = category === 'must' ? '#ffffff' : TEXT
  return `${drawn} fill="${fill}" stroke="${TEXT}" stroke-width="2"/><text x="${x}" y="${y + 8}" font-size="20" font-weight="bold" text-anchor="middle" fill="${ink}">${letter}</text>`
}

function label(name: string, x: number, y: number, fill = TEXT): string {
  const anchor = x > SIZE - 260 ? 'end' : 'start'
  const text = `x="${anchor === 'end' ? x - 24 : x + 24}" y="${y + 8}" font-size="24" text-anchor="${anchor}"`
  const short = escaped([...name].slice(0, 26).join(''))
  return `<text ${text} stroke="#ffffff" stroke-width="5" fill="none">${short}</text><text ${text} fill="${fill}">${short}</text>`
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
