import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CONSTITUENCIES } from '../../src/domain/mission.ts'
import type { Widening } from '../../src/domain/release.ts'
import {
  type ChannelReader,
  LAYERS,
  mayRead,
  type PersonReader,
  type Shared,
} from '../../src/domain/sharing.ts'

const roles = ['poc_adviser', 'joc_watch']
const rules = {
  now: 1_000_000,
  staleMembershipMs: 3_600,
  layers: {
    attribution: roles,
    command: roles,
    human_rights: roles,
    child_protection: roles,
    sexual_violence: roles,
  },
}
const names = ['ana', 'bo', 'cy']
const constituency = fc.constantFrom(...CONSTITUENCIES)
const widening: fc.Arbitrary<Widening> = fc.record({
  what: fc.constantFrom('summary', 'record'),
  constituencies: fc.uniqueArray(constituency, { maxLength: 3 }),
  people: fc.subarray(names),
})
const record: fc.Arbitrary<Shared> = fc.record({
  holder: constituency,
  audience: fc.uniqueArray(constituency, { maxLength: 4 }),
  named: fc.subarray(names),
  namesState: fc.boolean(),
})
const member = fc.record({
  personId: fc.constantFrom(...names, ''),
  constituency: fc.option(constituency),
  roles: fc.subarray(roles).map(held => held.map(role => ({ role, sector: null }))),
})
const person = member.map((each): PersonReader => ({ kind: 'person', ...each }))
const channel = fc
  .array(member, { minLength: 1, maxLength: 5 })
  .map((members): ChannelReader => ({ kind: 'channel', isPublic: false, members, membersAt: rules.now }))
const reader = fc.oneof(person, channel)

describe('a release', () => {
  it('of a summary opens the summary and neither the record nor any layer of it', () => {
    const summaries = fc.array(widening.map(each => ({ ...each, what: 'summary' as const })))
    fc.assert(
      fc.property(record, summaries, reader, (shared, releases, who) => {
        for (const layer of LAYERS)
          expect(mayRead({ ...shared, releases }, layer, who, rules)).toBe(mayRead(shared, layer, who, rules))
      }),
    )
  })

  it('takes nothing from anybody, and opens nothing but to whom it reaches', () => {
    fc.assert(
      fc.property(record, fc.array(widening), person, (shared, releases, who) => {
        for (const layer of [...LAYERS, 'summary'] as const) {
          const before = mayRead(shared, layer, who, rules)
          const after = mayRead({ ...shared, releases }, layer, who, rules)
          if (before) expect(after).toBe(true)
          const reached = releases.some(
            ({ constituencies, people }) =>
              people.includes(who.personId) ||
              (who.constituency !== null && constituencies.includes(who.constituency)),
          )
          if (after && !before) expect(reached).toBe(true)
        }
      }),
    )
  })

  it('never opens what names forces of the host State to its people', () => {
    fc.assert(
      fc.property(record, fc.array(widening), person, (shared, releases, who) => {
        const state: PersonReader = { ...who, constituency: 'host_state' }
        for (const layer of ['record', 'summary'] as const)
          expect(mayRead({ ...shared, namesState: true, releases }, layer, state, rules)).toBe(false)
      }),
    )
  })

  it('to a channel’s people is shown there only while everybody in it is one of them', () => {
    fc.assert(
      fc.property(record, widening, channel, member, (shared, release, where, newcomer) => {
        const released = { ...shared, releases: [release] }
        const grown = { ...where, members: [...where.members, newcomer] }
        const alone: PersonReader = { kind: 'person', ...newcomer }
        if (!mayRead(released, 'summary', alone, rules))
          expect(mayRead(released, 'summary', grown, rules)).toBe(false)
      }),
    )
  })
})
