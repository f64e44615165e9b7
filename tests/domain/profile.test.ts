import fc from 'fast-check'
import { expect, it } from 'vitest'
import { alertReaders, changeOf, defaultsOf, loosens, PROFILES } from '../../src/domain/profile.ts'

const FILE = ['military', 'police', 'mission_civilian', 'human_rights'] as const

it.each([
  ['two_feet_out', [...FILE], 'none', false],
  ['one_in_one_out', [...FILE], 'partner', true],
  ['two_feet_in', [...FILE, 'un_agency'], 'organisation', true],
] as const)('%s sets readers, naming and the partners’ card', (profile, readers, naming, partnerCard) => {
  expect(alertReaders(FILE, profile)).toEqual(readers)
  expect(defaultsOf(profile)).toEqual({ naming, partnerCard })
})

it('two feet out takes humanitarians away that the file names, and never leaves nobody', () => {
  expect(alertReaders([...FILE, 'un_agency', 'ngo'], 'two_feet_out')).toEqual([...FILE])
  expect(alertReaders(['ngo'], 'two_feet_out')).toEqual(['mission_civilian'])
})

const profile = fc.constantFrom(...PROFILES)

it('a way back undoes what the way there did', () => {
  fc.assert(
    fc.property(profile, profile, (from, to) => {
      const there = changeOf(FILE, from, to).readers
      const back = changeOf(FILE, to, from).readers
      expect([there.added, there.removed]).toEqual([back.removed, back.added])
      if (from !== to) expect(loosens(from, to)).toBe(!loosens(to, from))
    }),
  )
})
