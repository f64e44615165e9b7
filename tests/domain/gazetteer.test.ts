import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createGazetteer, type GazetteerRow } from '../../src/domain/gazetteer.ts'

const row = (id: string, name: string, more: Partial<GazetteerRow> = {}): GazetteerRow => ({
  id,
  name,
  aliases: [],
  kind: 'village',
  sector: 'north',
  district: 'Karamba',
  lat: -7,
  lon: -9,
  ...more,
})

const gazetteer = createGazetteer([
  row('karamba', 'Karamba', { aliases: ['Caramba'] }),
  row('karamba-market', 'Karamba market', { aliases: ['Marché de Karamba'] }),
  row('kiremo-k', 'Kirémo'),
  row('kiremo-o', 'Kiremo', { district: 'Upper Orro' }),
  row('kiremo-t', 'Kiremo', { district: 'Tashiro', sector: 'south' }),
  row('old-ferry', 'Old Ferry'),
  row('east', 'Site de Karamba-Est', { sector: 'south' }),
])
const ids = (query: string, options: { limit?: number; sector?: string | null } = {}) =>
  gazetteer.search(query, { limit: 10, ...options }).map(({ id }) => id)

describe('search', () => {
  it('puts the whole name first, then names that begin so, then names that hold it', () => {
    expect(ids('karamba')).toEqual(['karamba', 'karamba-market', 'east'])
  })

  it('ignores case, accents and hyphens', () => {
    expect(ids('KIREMO')).toContain('kiremo-k')
    expect(ids('kirémo')).toContain('kiremo-o')
    expect(ids('marche')).toEqual(['karamba-market'])
    expect(ids('karamba est')).toEqual(['east'])
  })

  it('finds a place by its alias, and once', () => {
    expect(ids('caramba')[0]).toBe('karamba')
    expect(ids('ramba').filter(id => id === 'karamba')).toHaveLength(1)
  })

  it('takes the words in any order, each by its beginning', () => {
    expect(ids('mark kar')).toEqual(['karamba-market'])
  })

  it('tells places of one name apart by the district typed with it', () => {
    expect(ids('kiremo orro')).toEqual(['kiremo-o'])
  })

  it('does not list a whole district for the district’s name alone', () => {
    expect(ids('upper')).toEqual([])
  })

  it('forgives a wrong, missing or added letter in a word of four letters or more', () => {
    expect(ids('karanba')).toContain('karamba')
    expect(ids('kramba')).toContain('karamba')
    expect(ids('karramba')).toContain('karamba')
    expect(ids('xld')).toEqual([])
  })

  it('puts the sector’s places first among equals and leaves none out', () => {
    expect(ids('kiremo', { sector: 'south' })).toEqual(['kiremo-t', 'kiremo-k', 'kiremo-o'])
    expect(ids('kiremo', { sector: 'north' })).toEqual(['kiremo-k', 'kiremo-o', 'kiremo-t'])
  })

  it('gives no more than the limit, and nothing for no words', () => {
    expect(ids('k', { limit: 2 })).toHaveLength(2)
    expect(ids(' -?! ')).toEqual([])
  })

  it('answers anything typed without failing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        expect(ids(text).length).toBeLessThanOrEqual(10)
        gazetteer.matchIn(text)
      }),
    )
  })

  it('finds each of twenty thousand places by its own name', () => {
    const many = Array.from({ length: 20_000 }, (_, n) => row(`p${n}`, `Place ${n.toString(36)} north`))
    const large = createGazetteer(many)
    for (let n = 0; n < many.length; n += 1_999) {
      expect(large.search(many[n]!.name, { limit: 1 })).toEqual([many[n]])
    }
  })
})

describe('matchIn', () => {
  it('takes the longest place name in a sentence', () => {
    expect(gazetteer.matchIn('armed men moving towards Karamba market')?.id).toBe('karamba-market')
    expect(gazetteer.matchIn('armed men moving towards KARAMBA.')?.id).toBe('karamba')
  })

  it('knows aliases and accents', () => {
    expect(gazetteer.matchIn('tirs au marche de karamba')?.id).toBe('karamba-market')
  })

  it('takes whole words only', () => {
    expect(gazetteer.matchIn('the Karambas came')).toBeUndefined()
  })

  it('settles a name of several places by the district said, then by the sector, and never guesses', () => {
    expect(gazetteer.matchIn('shots in Kiremo')).toBeUndefined()
    expect(gazetteer.matchIn('shots in Kiremo, Upper Orro')?.id).toBe('kiremo-o')
    expect(gazetteer.matchIn('shots in Kiremo', { sector: 'south' })?.id).toBe('kiremo-t')
    expect(gazetteer.matchIn('shots in Kiremo', { sector: 'north' })).toBeUndefined()
    expect(gazetteer.matchIn('shots in Kiremo, Upper Orro', { sector: 'south' })?.id).toBe('kiremo-o')
  })

  it('finds nothing in a text without a place', () => {
    expect(gazetteer.matchIn('')).toBeUndefined()
    expect(gazetteer.matchIn('armed men on the road')).toBeUndefined()
  })
})

describe('byId', () => {
  it('gives the place or nothing', () => {
    expect(gazetteer.byId('old-ferry')?.name).toBe('Old Ferry')
    expect(gazetteer.byId('toString')).toBeUndefined()
  })
})
