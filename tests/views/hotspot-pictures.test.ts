import fc from 'fast-check'
import { expect, it } from 'vitest'
import { loadMission } from '../../src/config.ts'
import { kmBetween } from '../../src/domain/near.ts'
import { createLocales } from '../../src/locales/index.ts'
import { apart } from '../../src/views/hotspot/apart.ts'
import type { ShownPlace } from '../../src/views/hotspot/files.ts'
import { mapSvg } from '../../src/views/hotspot/map.ts'
import { mapAlt } from '../../src/views/hotspot/map-text.ts'
import { matrixSvg } from '../../src/views/matrix/picture.ts'

const frame = { left: 0, right: 900, top: 0, bottom: 700 }
const mission = await loadMission('missions/ombara.yaml')
const locales = createLocales('UTC', ['en', 'fr'])
const viewIn = (language: string) => ({ words: locales.words(language), mission, now: 0 })

/** Places around Karamba base, all ranked likelihood 4, impact 5 unless told otherwise. */
function places(count: number, row: object = {}): ShownPlace[] {
  return Array.from({ length: count }, (_, n) => ({
    stale: false,
    layers: { command: true, attribution: true },
    row: { category: 'must', likelihood: 4, impact: 5, ...row },
    place: {
      hotspot: {
        id: `p${n}`,
        code: `H-${n}`,
        name: `Place number ${n}`,
        lat: 8 + n / 1e4,
        lon: 19,
        radiusKm: null,
      },
    },
  })) as unknown as ShownPlace[]
}

const text = (svg: string) => svg.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')

it('marks of the map never cover each other while there is room, and none leaves the picture', () => {
  const spot = fc.record({ x: fc.integer({ min: 0, max: 900 }), y: fc.integer({ min: 0, max: 700 }) })
  fc.assert(
    fc.property(fc.array(spot, { maxLength: 14 }), spots => {
      const moved = apart(spots, 40, frame)
      for (const [index, a] of moved.entries()) {
        expect(a.x >= 0 && a.x <= 900 && a.y >= 0 && a.y <= 700).toBe(true)
        for (const b of moved.slice(index + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(30)
      }
    }),
    { numRuns: 200 },
  )
  const alone = [{ x: 10, y: 10 }]
  expect(apart(alone, 40, frame)).toEqual(alone)
})

it('a field of the matrix names few places, gives the codes of more, and counts those it has no room for', () => {
  expect(text(matrixSvg(viewIn('en'), places(2)))).toContain('number 1')
  const some = text(matrixSvg(viewIn('en'), places(6)))
  expect(some).toContain('H-5')
  expect(some).not.toContain('+ ')
  const many = text(matrixSvg(viewIn('en'), places(20)))
  expect(many).toContain('H-4')
  expect(many).not.toContain('H-5')
  expect(many).toContain('+ 15')
})

it('a place that dropped out of the ranking stands in no field', () => {
  expect(text(matrixSvg(viewIn('en'), places(1, { category: 'unlisted' })))).not.toContain('Place number')
})

it('the map shows no base that lies far from every place, and is told in words in good French', () => {
  const [base] = mission.bases
  const near = places(1).map(each => {
    const hotspot = { ...each.place.hotspot, lat: base?.lat ?? 0, lon: base?.lon ?? 0 }
    return { ...each, place: { ...each.place, hotspot } }
  }) as ShownPlace[]
  const svg = mapSvg(viewIn('en'), near)
  // The lines of the whole world at this step would be half a million points.
  expect(svg.length).toBeLessThan(100_000)
  const drawn = text(svg)
  expect(drawn).toContain(base?.name)
  const far = mission.bases.filter(each => base !== undefined && (kmBetween(each, base) ?? 0) > 60)
  expect(far.length).toBeGreaterThan(0)
  for (const { name } of far) expect(drawn).not.toContain(name)
  expect(mapAlt(viewIn('fr'), near)).toContain('Doit être protégé\u00a0: Place number 0.')
})
