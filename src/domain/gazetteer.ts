import { distance } from '@turf/distance'
import { distance as mistakes } from 'fastest-levenshtein'
import { z } from 'zod'
import type { Point } from './place.ts'
import { fold } from './text-fold.ts'

/** Kinds of places a warning may name. */
export const PLACE_KINDS = [
  'town',
  'village',
  'neighbourhood',
  'market',
  'camp',
  'idp_settlement',
  'poc_site',
  'farming_area',
  'return_area',
  'river_crossing',
  'road_junction',
  'school',
  'health_facility',
  'water_point',
  'mine',
  'base',
] as const
export type PlaceKind = (typeof PLACE_KINDS)[number]

const coordinate = (limit: number) =>
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/, 'is not a number in decimal degrees')
    .transform(Number)
    .refine(value => Math.abs(value) <= limit, `lies beyond ${limit} degrees`)

/** One line of the gazetteer file: every cell a text, names as column heads. */
export const gazetteerRowSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9_-]*$/, 'must be lower-case letters, digits, "-" and "_"'),
  name: z.string().trim().min(1, 'is empty').max(75, 'is longer than 75 characters'),
  /** Other spellings and names, with ";" between them. */
  aliases: z.string().transform(cell =>
    cell
      .split(';')
      .map(alias => alias.trim())
      .filter(alias => alias !== ''),
  ),
  kind: z.enum(PLACE_KINDS),
  /** Empty where the mission has not settled it. */
  sector: z.string().transform(cell => cell.trim() || null),
  district: z.string().trim().min(1, 'is empty'),
  /** The place's code in the country's common operational datasets; the column may be left out. */
  pcode: z
    .string()
    .trim()
    .transform(cell => cell.toUpperCase())
    .optional(),
  lat: coordinate(90),
  lon: coordinate(180),
})

/** A place of the gazetteer. `lat` and `lon` in WGS 84 decimal degrees; `sector` null where it is not settled. */
export type GazetteerRow = z.output<typeof gazetteerRowSchema>
export type Place = GazetteerRow

export interface Gazetteer {
  /**
   * Places whose name or alias fits what was typed: the whole name, its beginning, the beginnings of its words (those
   * of its district count too), a part of it, then small misspellings. Case and accents do not matter.
   *
   * @param options.sector among equal fits, places of this sector come first; no place is left out.
   * @returns at most `limit` places, the best first; none for an empty query.
   */
  search(query: string, options: { limit: number; sector?: string | null }): Place[]
  byId(id: string): Place | undefined
  /** The place nearest to a point, with the kilometres between; undefined where none lies within `maxKm`. */
  nearest(point: Point, maxKm: number): { place: Place; km: number } | undefined
  /**
   * The longest place name or alias that stands in a free text as whole words.
   *
   * A name that several places bear is settled by the district if the text names it, else by `sector`; if neither
   * settles it, nothing is returned, for a guess could send a patrol to the wrong place.
   */
  matchIn(text: string, options?: { sector?: string | null }): Place | undefined
}

/** How well a place fits; lower is better. */
const FIT = { whole: 0, beginning: 1, words: 2, wordsAndDistrict: 3, part: 4, misspelt: 5 } as const
type Fit = (typeof FIT)[keyof typeof FIT]

interface Name {
  row: number
  folded: string
}

/** Prepares the search of a gazetteer; done once, since it folds every name. */
export function createGazetteer(rows: readonly GazetteerRow[]): Gazetteer {
  const names: Name[] = rows.flatMap((row, index) =>
    [row.name, ...row.aliases, ...(row.pcode ? [row.pcode] : [])].map(name => ({
      row: index,
      folded: fold(name),
    })),
  )
  const districts = rows.map(row => fold(row.district))
  const byName = Map.groupBy(names, name => name.folded)
  const nameWords = wordIndex(names)
  const districtWords = wordIndex(districts.map((folded, row) => ({ row, folded })))
  const byRank = alphabetical(rows, districts)
  const rank: number[] = []
  byRank.forEach((row, position) => {
    rank[row] = position
  })
  const ids = new Map(rows.map(row => [row.id, row]))
  const longestName = Math.max(0, ...names.map(({ folded }) => folded.split(' ').length))

  return {
    byId: id => ids.get(id),

    nearest(point, maxKm) {
      // A degree of latitude is some 111 km: most places are passed over without measuring.
      const reach = maxKm / 110
      let best: { place: GazetteerRow; km: number } | undefined
      for (const place of rows) {
        if (Math.abs(place.lat - point.lat) > reach) continue
        const km = distance([place.lon, place.lat], [point.lon, point.lat], { units: 'kilometers' })
        if (km <= maxKm && (best === undefined || km < best.km)) best = { place, km }
      }
      return best
    },

    search(query, { limit, sector }) {
      const wanted = fold(query)
      if (wanted === '') return []
      const words = wanted.split(' ')
      const fits = new Map<number, Fit>()
      const found = (row: number, fit: Fit) => {
        const known = fits.get(row)
        if (known === undefined || fit < known) fits.set(row, fit)
      }
      for (const row of rowsWithAll(words, word => nameWords.beginningWith(word))) found(row, FIT.words)
      for (const row of rowsWithAny(words, nameWords, districtWords, beginsWith))
        found(row, FIT.wordsAndDistrict)
      for (const { row, folded } of names) {
        const at = folded.indexOf(wanted)
        if (at === 0) found(row, folded.length === wanted.length ? FIT.whole : FIT.beginning)
        else if (at > 0) found(row, FIT.part)
      }
      if (fits.size < limit) {
        for (const row of rowsWithAny(words, nameWords, districtWords, resembles)) found(row, FIT.misspelt)
      }
      const order = [...fits].map(([row, fit]) => {
        const elsewhere = sector && rows[row]!.sector !== sector ? 1 : 0
        return (fit * 2 + elsewhere) * rows.length + rank[row]!
      })
      const best = Float64Array.from(order).sort().subarray(0, limit)
      return Array.from(best, key => rows[byRank[key % rows.length]!]!)
    },

    matchIn(text, { sector } = {}) {
      const words = fold(text).split(' ')
      let best: Name[] = []
      for (let start = 0; start < words.length; start++) {
        for (let size = Math.min(longestName, words.length - start); size > 0; size--) {
          const hit = byName.get(words.slice(start, start + size).join(' '))
          if (hit === undefined) continue
          if (best.length === 0 || longer(hit[0]!.folded, best[0]!.folded)) best = hit
          break
        }
      }
      const candidates = [...new Set(best.map(({ row }) => row))]
      if (candidates.length === 1) return rows[candidates[0]!]
      const said = ` ${words.join(' ')} `
      const inDistrict = candidates.filter(row => said.includes(` ${districts[row]} `))
      const inSector = candidates.filter(row => sector && rows[row]!.sector === sector)
      const settled = [inDistrict, inSector].find(list => list.length === 1)
      return settled && rows[settled[0]!]
    },
  }
}

/** The rows' indexes in the order of the alphabet, by name and then by district. */
function alphabetical(rows: readonly GazetteerRow[], districts: readonly string[]): number[] {
  const keys = rows.map((row, index) => `${fold(row.name)}\u0000${districts[index]}`)
  return rows.map((_, index) => index).sort((a, b) => compare(keys[a]!, keys[b]!))
}

interface WordIndex {
  /** Rows that have a word beginning with this one. */
  beginningWith(word: string): Set<number>
  /** Rows that have a word like this one, or beginning like it. */
  resembling(word: string): Set<number>
}

const beginsWith = (index: WordIndex, word: string) => index.beginningWith(word)
const resembles = (index: WordIndex, word: string) => index.resembling(word)

function wordIndex(names: readonly Name[]): WordIndex {
  const rowsByWord = new Map<string, number[]>()
  for (const { row, folded } of names) {
    for (const word of folded.split(' ')) {
      const rows = rowsByWord.get(word)
      if (rows) rows.push(row)
      else rowsByWord.set(word, [row])
    }
  }
  const words = [...rowsByWord.keys()].sort(compare)
  const collect = (found: readonly string[]) => new Set(found.flatMap(word => rowsByWord.get(word) ?? []))
  return {
    beginningWith(word) {
      const found: string[] = []
      for (let at = lowerBound(words, word); words[at]?.startsWith(word); at++) found.push(words[at]!)
      return collect(found)
    },
    resembling(word) {
      const allowed = allowedMistakes(word)
      return collect(
        words.filter(candidate => {
          if (candidate.length < word.length - allowed) return false
          if (mistakes(word, candidate.slice(0, word.length)) <= allowed) return true
          return candidate.length <= word.length + allowed && mistakes(word, candidate) <= allowed
        }),
      )
    },
  }
}

/** Letters that may be wrong, missing or added in a word: none in short ones, where every word is near another. */
function allowedMistakes(word: string): number {
  return word.length < 4 ? 0 : word.length < 8 ? 1 : 2
}

function rowsWithAll(words: readonly string[], rowsOf: (word: string) => Set<number>): Set<number> {
  return words.map(rowsOf).reduce(common)
}

/** Rows where every word fits the name or the district, and at least one the name. */
function rowsWithAny(
  words: readonly string[],
  names: WordIndex,
  districts: WordIndex,
  rowsOf: (index: WordIndex, word: string) => Set<number>,
): Set<number> {
  const inName = words.map(word => rowsOf(names, word))
  const named = inName.reduce(both)
  if (named.size === 0) return named
  return inName.map((rows, at) => both(rows, rowsOf(districts, words[at]!))).reduce(common, named)
}

function common(a: Set<number>, b: Set<number>): Set<number> {
  return new Set([...a].filter(row => b.has(row)))
}

function both(a: Set<number>, b: Set<number>): Set<number> {
  return new Set([...a, ...b])
}

function lowerBound(sorted: readonly string[], wanted: string): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! < wanted) low = middle + 1
    else high = middle
  }
  return low
}

function longer(a: string, b: string): boolean {
  const [wordsA, wordsB] = [a.split(' ').length, b.split(' ').length]
  return wordsA === wordsB ? a.length > b.length : wordsA > wordsB
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
