import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  DECIDERS,
  decidersNeeded,
  mayTellAuthorities,
  stateMayThreaten,
} from '../../src/domain/authorities.ts'
import { PERPETRATOR_CLASSES } from '../../src/domain/mission.ts'

test.each([
  ['state_forces', false, true],
  ['foreign_forces', false, true],
  ['private_security', false, true],
  ['unknown', false, true],
  [null, false, true],
  ['armed_group', false, false],
  ['community_militia', false, false],
  ['criminals', false, false],
  ['armed_group', true, true],
] as const)(
  '%s alleged, a group of the State named: %s → the State may be behind it: %s',
  (alleged, names, may) => {
    expect(stateMayThreaten(alleged, names)).toBe(may)
  },
)

test('whatever class is alleged, a named group of the State keeps it from the authorities', () => {
  for (const alleged of [...PERPETRATOR_CLASSES, null]) expect(stateMayThreaten(alleged, true)).toBe(true)
})

test.each([
  [true, 'mission', ['head_of_office', 'human_rights']],
  [false, 'mission', []],
  [false, 'humanitarian', ['humanitarian']],
  [true, 'humanitarian', ['head_of_office', 'human_rights', 'humanitarian']],
] as const)('State %s, %s: decided by %j', (state, side, needed) => {
  expect(decidersNeeded({ stateMayThreaten: state, side })).toEqual(needed)
})

test('everybody who must decide has allowed it, each another person, and one refusal holds it', () => {
  const decision = fc.record({
    decider: fc.constantFrom(...DECIDERS),
    allows: fc.boolean(),
    byPerson: fc.constantFrom('a', 'b', 'c'),
  })
  const decisions = fc.uniqueArray(decision, { selector: ({ decider }) => decider })
  fc.assert(
    fc.property(fc.subarray([...DECIDERS]), decisions, (needed, given) => {
      const own = given.filter(({ decider }) => needed.includes(decider))
      const all = own.length === needed.length && own.every(({ allows }) => allows)
      const people = new Set(own.map(({ byPerson }) => byPerson)).size === needed.length
      expect(mayTellAuthorities(needed, given)).toBe(all && people)
    }),
  )
})
