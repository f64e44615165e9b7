import { distance } from '@turf/distance'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  coarser,
  findPosition,
  PRECISIONS,
  placeFor,
  toDecimal,
  toGrid,
  toPlusCode,
} from '../../src/domain/position.ts'

const metres = (a: { lat: number; lon: number }, b: { lat: number; lon: number }) =>
  distance([a.lon, a.lat], [b.lon, b.lat], { units: 'kilometers' }) * 1000

const REACH = { exact: 50, '100m': 200, '1km': 2_000, '10km': 20_000, district: 200_000 } as const

describe('what is written is read back as the same place, as exactly as its digits say', () => {
  it.each([
    ['-7.0982, -9.2145', -7.0982, -9.2145, 'exact', 'decimal'],
    ['-7.098 -9.215', -7.098, -9.215, '100m', 'decimal'],
    ['−7.10; −9.21', -7.1, -9.21, '1km', 'decimal'],
    ['-7.1,-9.2', -7.1, -9.2, '10km', 'decimal'],
    ['7.0982° S 9.2145° W', -7.0982, -9.2145, 'exact', 'decimal'],
    ['S 7,0982 O 9,2145', -7.0982, -9.2145, 'exact', 'decimal'],
    ['7.0982N 9.2145E', 7.0982, 9.2145, 'exact', 'decimal'],
    ['7°05\'53.5"S 9°12\'52"W', -(7 + 5 / 60 + 53.5 / 3600), -(9 + 12 / 60 + 52 / 3600), 'exact', 'degrees'],
    ["7° 05.89' S, 9° 12.87' O", -(7 + 5.89 / 60), -(9 + 12.87 / 60), 'exact', 'degrees'],
    ['7°05′S 9°12′W', -(7 + 5 / 60), -(9 + 12 / 60), '1km', 'degrees'],
    ['6C4GWQ2P+P6', -7.0981875, -9.2144375, 'exact', 'plus_code'],
    ['6C4GWQ2P+', -7.09875, -9.21375, '1km', 'plus_code'],
    ['6C4GWQ00+', -7.075, -9.225, '10km', 'plus_code'],
  ] as const)('%s', (written, lat, lon, precision, form) => {
    const found = findPosition(written)
    expect(found).toMatchObject({ precision, form, rest: '' })
    expect(metres(found!, { lat, lon })).toBeLessThan(5)
  })

  const point = fc.record({
    lat: fc.double({ min: -79, max: 83, noNaN: true }),
    lon: fc.double({ min: -179.9, max: 179.9, noNaN: true }),
  })
  const writers = { decimal: toDecimal, mgrs: toGrid, plus_code: toPlusCode } as const

  it.each(['decimal', 'mgrs', 'plus_code'] as const)('any point of the earth as %s', form => {
    fc.assert(
      fc.property(point, fc.constantFrom('exact', '100m', '1km', '10km' as const), (at, precision) => {
        const written = writers[form](at, precision)
        const found = findPosition(written ?? '')
        expect(found, `${written}`).not.toBeNull()
        expect(metres(found!, at), `${written}`).toBeLessThanOrEqual(REACH[precision] * 1.2)
        // Never finer than it was.
        expect(coarser(found!.precision, precision)).toBe(found!.precision)
      }),
      { numRuns: 500 },
    )
  })
})

it.each([
  'Two pick-ups with 12 men, 5 km north',
  'seen at 14.30, again at 15.45',
  '5 men 12 guns',
  'about 1.5 2.5 litres each',
  'ring +999 20 555 0110',
  '7 killed, 9 hurt',
  'the road A12 to B 34',
  '91.5000, 10.0000',
  'WQ2P+P6',
  '33 ABC 12',
])('no position is read into “%s”', words => {
  expect(findPosition(words)).toBeNull()
})

it('a square on the 180th meridian is read on the side its middle lies', () => {
  expect(findPosition('60X WL 7 8')?.lon).toBeLessThan(-179)
  expect(findPosition('1X DK 4 4')?.lon).toBeGreaterThan(179)
})

it('a position stands out from the words around it', () => {
  expect(findPosition('Karamba market (27L XJ 7245 1503), by the well')).toMatchObject({
    form: 'mgrs',
    written: '27L XJ 7245 1503',
    rest: 'Karamba market ( ), by the well',
  })
  expect(findPosition('behind the school -7.0982 -9.2145')).toMatchObject({ rest: 'behind the school' })
  expect(findPosition('Karamba market -7.10 -9.21')).toMatchObject({
    precision: '1km',
    rest: 'Karamba market',
  })
})

it('a short plus code is read beside a place that is named, and nowhere else', () => {
  const near = (words: string) => (words === 'Karamba' ? { lat: -7.1, lon: -9.2 } : null)
  expect(findPosition('WQ2P+P6 Karamba', near)).toMatchObject({ form: 'plus_code', rest: 'Karamba' })
  expect(findPosition('WQ2P+P6 Kowa', near)).toBeNull()
})

describe('what a wider audience is shown of a place', () => {
  const place = {
    placeId: 'karamba-market',
    placeSaid: 'Karamba market',
    placeHow: 'third house behind the well',
    lat: -7.1045,
    lon: -9.2181,
    precision: null,
  }

  it('keeps a village’s name and hides where in it', () => {
    expect(placeFor(place, '1km', 'Karamba')).toEqual({
      ...place,
      placeHow: null,
      lat: -7.105,
      lon: -9.215,
      precision: '1km',
    })
  })

  it('names the district alone where that was agreed', () => {
    expect(placeFor(place, 'district', 'Karamba')).toMatchObject({
      placeId: null,
      placeSaid: 'Karamba',
      placeHow: null,
      lat: null,
      lon: null,
    })
  })

  it('rounds coordinates somebody typed for a place', () => {
    const typed = { ...place, placeId: null, placeSaid: 'well -7.10452, -9.21811' }
    expect(placeFor(typed, '1km', null).placeSaid).toMatch(/^well -7\.1[01], -9\.2[12]$/)
  })

  it('never shows two points of one square differently, nor anything finer than was given', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -80, max: 80, noNaN: true }),
        fc.double({ min: -170, max: 170, noNaN: true }),
        fc.constantFrom(...PRECISIONS),
        fc.constantFrom(...PRECISIONS),
        (lat, lon, precision, granularity) => {
          const shown = placeFor({ ...place, lat, lon, precision }, granularity, 'Karamba')
          expect(coarser(shown.precision!, granularity)).toBe(shown.precision)
          expect(coarser(shown.precision!, precision)).toBe(shown.precision)
          if (granularity !== 'exact') expect(shown.placeHow).toBeNull()
          if (granularity === 'exact' || shown.lat === null) return
          const again = placeFor({ ...place, lat: shown.lat, lon: shown.lon!, precision }, granularity, null)
          expect([again.lat, again.lon]).toEqual([shown.lat, shown.lon])
        },
      ),
    )
  })
})
