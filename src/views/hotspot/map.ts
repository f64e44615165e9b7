import { geoCircle, geoGraticule, geoMercator, geoPath } from 'd3-geo'
import { CATEGORIES, type Category } from '../../domain/matrix/entry.ts'
import { kmBetween } from '../../domain/near.ts'
import { COVER_KM } from '../../operations/drawdown/kinds.ts'
import type { ViewContext } from '../context.ts'
import { apart } from './apart.ts'
import type { ShownPlace } from './files.ts'

/** Legible on a phone; drawn without tiles, for there may be no network and no agreed map. */
const SIZE = 1080
const MARGIN = 90
const HEAD = 110
const FOOT = 200
const TEXT = '#1a1a1a'
const KM_PER_DEGREE = 111.2
const BASE = '#1d3557'
/** How far from a base a place still counts as covered by it. */
const REACH_KM = COVER_KM
/** How far from the nearest place a base is still on the map. */
const NEAR_KM = 2 * REACH_KM
/** More places than these have smaller marks. */
const MANY = 60

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
 * The hotspots on a map: by category, areas as circles; the bases and how far each reaches for whoever may see
 * coverage, and coarse positions for everybody else.
 */
export function mapSvg(view: ViewContext, places: readonly ShownPlace[]): string {
  const { t } = view.words
  const shown = places.filter(({ place }) => place.hotspot.lat !== null && place.hotspot.lon !== null)
  const commands = places.some(({ layers }) => layers.command)
  // A base far from every place would shrink the places to a spot.
  const bases = commands
    ? view.mission.bases.filter(base =>
        shown.some(({ place }) => (kmBetween(place.hotspot, base) ?? Number.POSITIVE_INFINITY) <= NEAR_KM),
      )
    : []
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
      [SIZE - MARGIN, SIZE - FOOT - 40],
    ],
    frame as never,
  )
  const path = geoPath(projection)
  const step = Math.max(
    0.1,
    Number((Math.max(...sizes(frame.coordinates as [number, number][])) / 4).toPrecision(1)),
  )
  // Lines of the part that is drawn alone: at this step the whole world has half a million points.
  const [west, north] = projection.invert?.([0, 0]) ?? [-180, 80]
  const [east, south] = projection.invert?.([SIZE, SIZE]) ?? [180, -80]
  const grid = geoGraticule()
    .extent([
      [west, south],
      [east, north],
    ])
    .step([step, step])
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
  const scale = shown.length > MANY ? 0.65 : 1
  const real = [...shown]
    .sort((a, b) => rank(a.row?.category) - rank(b.row?.category))
    .map(({ place, row, layers }) => {
      const [x, y] = at(...position(place.hotspot.lon ?? 0, place.hotspot.lat ?? 0, layers.command))
      return { x, y, at: [x, y], name: place.hotspot.name, category: row?.category ?? ('none' as const) }
    })
  const standing = bases.map(({ name, lon, lat }) => {
    const [x, y] = at(lon, lat)
    return { x, y, at: [x, y], name, reach: path(reachOf(lon, lat)) }
  })
  const moved = apart<(typeof real)[number] | (typeof standing)[number]>([...real, ...standing], 40 * scale, {
    left: 24,
    right: SIZE - 24,
    top: HEAD + 44,
    bottom: SIZE - FOOT - 24,
  })
  const spots = moved.filter(each => 'category' in each)
  const posts = moved.filter(each => 'reach' in each)
  // A mark moved off its place stays tied to it.
  const ties = moved.flatMap(({ x, y, at: [px = x, py = y] }) =>
    Math.hypot(x - px, y - py) < 14
      ? []
      : [
          `<path d="M${px} ${py}L${x} ${y}" stroke="${TEXT}" stroke-width="1.5"/><circle cx="${px}" cy="${py}" r="4" fill="${TEXT}"/>`,
        ],
  )
  // The most protected first, then bases: a name that finds no free room is left out, its mark is not.
  const taken: Box[] = [...spots, ...posts].map(({ x, y }) => ({
    left: x - 18 * scale,
    right: x + 18 * scale,
    top: y - 18 * scale,
    bottom: y + 18 * scale,
  }))
  const names = [
    ...spots.map(({ name, x, y }) => label(name, x, y, taken)),
    ...posts.map(({ name, x, y }) => label(name, x, y, taken, BASE)),
  ]
  const legend = (['must', 'should', 'could', 'none'] as const).map((category, index) => {
    const x = MARGIN + (index % 2) * 480
    const y = SIZE - 150 + Math.floor(index / 2) * 46
    const name = category === 'none' ? t('matrix.notRanked') : t(`matrix.category.${category}`)
    return `${mark(category, x, y)}${words(name, x + 30, y + 9)}`
  })
  const baseLegend =
    posts.length === 0
      ? []
      : [
          `${baseMark(MARGIN, SIZE - 56)}<circle cx="${MARGIN}" cy="${SIZE - 56}" r="19" fill="none" stroke="${BASE}" stroke-dasharray="3 5"/>`,
          words(t('hotspot.map.reach', { km: REACH_KM }), MARGIN + 30, SIZE - 47),
        ]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE}" height="${SIZE}" font-family="DejaVu Sans">`,
    `<rect width="${SIZE}" height="${SIZE}" fill="#ffffff"/>`,
    `<path d="${path(grid())}" fill="none" stroke="#d5dbe1"/>`,
    ...posts.map(({ reach }) => `<path d="${reach}" fill="none" stroke="${BASE}" stroke-dasharray="3 7"/>`),
    ...areas,
    `<rect width="${SIZE}" height="${HEAD + 20}" fill="#ffffff"/><rect y="${SIZE - FOOT}" width="${SIZE}" height="${FOOT}" fill="#ffffff"/>`,
    `<text x="${MARGIN}" y="70" font-size="38" font-weight="bold" fill="${TEXT}">${escaped(t('hotspot.map.title'))}</text>`,
    `<text x="${MARGIN}" y="112" font-size="24" fill="${TEXT}">${escaped(t(commands ? 'hotspot.map.noBorder' : 'hotspot.map.coarse'))}</text>`,
    ...posts.map(({ x, y }) => baseMark(x, y)),
    ...ties,
    ...spots.map(({ category, x, y }) => mark(category, x, y, scale)).reverse(),
    ...names,
    ...legend,
    ...baseLegend,
    '</svg>',
  ].join('')
}

/** As far as a base counts as covering. */
const reachOf = (lon: number, lat: number) =>
  geoCircle()
    .center([lon, lat])
    .radius(REACH_KM / KM_PER_DEGREE)()

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

function mark(category: Category | 'none', cx: number, cy: number, scale = 1): string {
  const [x, y] = [0, 0]
  const { fill, letter, shape } = marks[category]
  const drawn = {
    square: `<rect x="${x - 16}" y="${y - 16}" width="32" height="32"`,
    triangle: `<path d="M${x - 19} ${y + 16}L${x} ${y - 19}L${x + 19} ${y + 16}Z"`,
    circle: `<circle cx="${x}" cy="${y}" r="16"`,
  }[shape]
  const ink = category === 'must' ? '#ffffff' : TEXT
  return `<g transform="translate(${cx} ${cy}) scale(${scale})">${drawn} fill="${fill}" stroke="${TEXT}" stroke-width="2"/><text x="${x}" y="${y + 8}" font-size="20" font-weight="bold" text-anchor="middle" fill="${ink}">${letter}</text></g>`
}

interface Box {
  left: number
  right: number
  top: number
  bottom: number
}

const NAME_MAX = 26
/** Width of a character and height of a line at the size of a name. */
const CHAR = 14.5
const LINE = 28

/** The name of a mark where there is room for it: right, left, above or below; nothing where there is none. */
function label(name: string, x: number, y: number, taken: Box[], fill = TEXT): string {
  const short = [...name].slice(0, NAME_MAX).join('')
  const width = [...short].length * CHAR
  const sides: [Box, string, number, number][] = [
    [box(x + 22, y - LINE / 2, width), 'start', x + 24, y + 8],
    [box(x - 22 - width, y - LINE / 2, width), 'end', x - 24, y + 8],
    [box(x - width / 2, y - 20 - LINE, width), 'middle', x, y - 26],
    [box(x - width / 2, y + 20, width), 'middle', x, y + 42],
  ]
  const free = sides.find(([own]) => isWithin(own) && !taken.some(other => overlap(own, other)))
  if (!free) return ''
  const [own, anchor, tx, ty] = free
  taken.push(own)
  const text = `x="${tx}" y="${ty}" font-size="24" text-anchor="${anchor}"`
  return `<text ${text} stroke="#ffffff" stroke-width="5" fill="none">${escaped(short)}</text><text ${text} fill="${fill}">${escaped(short)}</text>`
}

const box = (left: number, top: number, width: number): Box => ({
  left,
  right: left + width,
  top,
  bottom: top + LINE,
})

const isWithin = ({ left, right, top, bottom }: Box): boolean =>
  left >= 4 && right <= SIZE - 4 && top >= HEAD + 20 && bottom <= SIZE - FOOT

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

const baseMark = (x: number, y: number): string =>
  `<path d="M${x - 11} ${y + 9}L${x} ${y - 12}L${x + 11} ${y + 9}Z" fill="${BASE}"/>`

const words = (text: string, x: number, y: number): string =>
  `<text x="${x}" y="${y}" font-size="26" fill="${TEXT}">${escaped(text)}</text>`

const rank = (category: Category | undefined): number =>
  category === undefined ? CATEGORIES.length : CATEGORIES.indexOf(category)

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
