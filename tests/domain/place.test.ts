import { describe, expect, it } from 'vitest'
import { compassPoint, nearestBase } from '../../src/domain/place.ts'

const karamba = { id: 'karamba', sector: 'north', lat: -7.1, lon: -9.2 }
const tashiro = { id: 'tashiro', sector: 'south', lat: -8.21, lon: -9.05 }

describe('nearestBase', () => {
  it('measures kilometres and the bearing a patrol leaving the base takes', () => {
    const due = nearestBase({ lat: -8.1, lon: -9.2 }, [karamba])!
    expect(due.base).toBe(karamba)
    expect(due.km).toBeCloseTo(111.2, 1)
    expect(due.bearingDegrees).toBeCloseTo(180, 5)
    expect(due.compass).toBe('S')
  })

  it('takes the nearer of two bases', () => {
    expect(nearestBase({ lat: -8, lon: -9.1 }, [karamba, tashiro])!.base).toBe(tashiro)
  })

  it('keeps to the sector asked for, even when another sector has a nearer base', () => {
    const point = { lat: -8, lon: -9.1 }
    expect(nearestBase(point, [karamba, tashiro], { sector: 'north' })!.base).toBe(karamba)
  })

  it('looks at every base when the sector has none or is not known', () => {
    const point = { lat: -8, lon: -9.1 }
    expect(nearestBase(point, [karamba, tashiro], { sector: 'west' })!.base).toBe(tashiro)
    expect(nearestBase(point, [karamba, tashiro], { sector: null })!.base).toBe(tashiro)
  })

  it('is undefined without bases', () => {
    expect(nearestBase(karamba, [])).toBeUndefined()
  })

  it('gives a direction for a place at the base itself', () => {
    expect(nearestBase(karamba, [karamba])).toMatchObject({ km: 0, bearingDegrees: 0, compass: 'N' })
  })
})

describe('compassPoint', () => {
  it.each([
    [0, 'N'],
    [22.4, 'N'],
    [22.6, 'NE'],
    [90, 'E'],
    [180, 'S'],
    [270, 'W'],
    [337.4, 'NW'],
    [337.6, 'N'],
    [-90, 'W'],
    [720, 'N'],
  ])('names %d degrees %s', (degrees, point) => {
    expect(compassPoint(degrees)).toBe(point)
  })
})
