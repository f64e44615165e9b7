import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CONSTITUENCIES, type Constituency } from '../../src/domain/mission.ts'
import {
  type ChannelReader,
  LAYERS,
  mayRead,
  type PersonReader,
  type Shared,
  type SharingRules,
} from '../../src/domain/sharing.ts'

type Member = Omit<PersonReader, 'kind'>

const rules: SharingRules = {
  now: 1_000_000,
  staleMembershipMs: 3_600,
  layers: {
    attribution: ['joc_watch'],
    command: ['joc_watch'],
    human_rights: ['joc_watch'],
    child_protection: ['joc_watch'],
    sexual_violence: ['joc_watch'],
  },
}
const roles = [
  { role: 'joc_watch', sector: null },
  { role: 'company_duty_officer', sector: 'north' },
]

/** Everybody there can be in a world of two persons and a stranger. */
const everybody: Member[] = ['ana', 'bo'].flatMap(personId =>
  [...CONSTITUENCIES, null].flatMap(constituency =>
    [[], [roles[0]!], [roles[1]!]].map(held => ({ personId, constituency, roles: held })),
  ),
)
const audiences = subsets<Constituency>(['military', 'mission_civilian', 'ngo'])
const records: Shared[] = audiences.flatMap(audience =>
  subsets(['ana', 'bo']).map(named => ({ holder: 'mission_civilian' as const, audience, named })),
)
const layers = LAYERS
const person = (member: Member): PersonReader => ({ kind: 'person', ...member })
const channel = (members: Member[], change: Partial<ChannelReader> = {}): ChannelReader => ({
  kind: 'channel',
  isPublic: false,
  members,
  membersAt: rules.now,
  ...change,
})

function subsets<T>(of: readonly T[]): T[][] {
  return of.reduce<T[][]>((all, each) => all.concat(all.map(one => [...one, each])), [[]])
}

describe('a person', () => {
  it('reads a record when named on it or of its audience, and not otherwise', () => {
    for (const record of records)
      for (const member of everybody) {
        const inAudience = member.constituency !== null && record.audience.includes(member.constituency)
        const named = record.named.includes(member.personId)
        expect(mayRead(record, 'record', person(member), rules)).toBe(inAudience || named)
      }
  })

  it('reads any layer only by role, and never of a record they may not read', () => {
    for (const record of records)
      for (const member of everybody) {
        const byRole = member.roles.some(({ role }) => role === 'joc_watch')
        const reads = mayRead(record, 'record', person(member), rules)
        for (const layer of layers.slice(1))
          expect(mayRead(record, layer, person(member), rules)).toBe(byRole && reads)
      }
  })

  it('of the host State reads nothing of a record that names its forces, whatever they are named on or hold', () => {
    for (const record of records)
      for (const member of everybody)
        for (const layer of layers) {
          const hostile = { ...member, constituency: 'host_state' as const }
          const naming = {
            ...record,
            audience: [...record.audience, 'host_state' as const],
            namesState: true,
          }
          expect(mayRead(naming, layer, person(hostile), rules)).toBe(false)
          expect(mayRead(naming, layer, channel([member, hostile]), rules)).toBe(false)
        }
  })

  it('of no confirmed side reads only what they are named on', () => {
    const unconfirmed: Member = { personId: 'ana', constituency: null, roles: [] }
    for (const record of records)
      expect(mayRead(record, 'record', person(unconfirmed), rules)).toBe(record.named.includes('ana'))
  })
})

describe('a channel', () => {
  it('of two shows a thing when, and only when, both may read it', () => {
    for (const record of records)
      for (const layer of layers)
        for (const a of everybody)
          for (const b of everybody) {
            const both = mayRead(record, layer, person(a), rules) && mayRead(record, layer, person(b), rules)
            if (mayRead(record, layer, channel([a, b]), rules) !== both)
              expect.fail(JSON.stringify({ record, layer, a, b }))
          }
  })

  it('of any size shows nothing that one member may not read, and hides nothing all may', () => {
    const anyMembers = fc.array(fc.constantFrom(...everybody), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(
        fc.constantFrom(...records),
        fc.constantFrom(...layers),
        anyMembers,
        (record, layer, members) => {
          const all = members.every(member => mayRead(record, layer, person(member), rules))
          expect(mayRead(record, layer, channel(members), rules)).toBe(all)
        },
      ),
    )
  })

  it('shows less, never more, when somebody joins', () => {
    const anyone = fc.constantFrom(...everybody)
    fc.assert(
      fc.property(
        fc.constantFrom(...records),
        fc.array(anyone, { minLength: 1 }),
        anyone,
        (record, members, one) => {
          const after = mayRead(record, 'record', channel([...members, one]), rules)
          expect(after && !mayRead(record, 'record', channel(members), rules)).toBe(false)
        },
      ),
    )
  })

  it.each([
    ['that is public', { isPublic: true }],
    ['whose members were never read', { membersAt: null }],
    ['whose members were read too long ago', { membersAt: rules.now - rules.staleMembershipMs - 1 }],
  ])('%s shows nothing', (_, change) => {
    for (const record of records)
      for (const layer of layers)
        for (const member of everybody)
          expect(mayRead(record, layer, channel([member], change), rules)).toBe(false)
  })

  it('trusts its members until they are too old', () => {
    const [record] = records.filter(({ audience }) => audience.includes('military'))
    const military: Member = { personId: 'x', constituency: 'military', roles: [] }
    const read = channel([military], { membersAt: rules.now - rules.staleMembershipMs })
    expect(mayRead(record!, 'record', read, rules)).toBe(true)
  })

  it('of nobody shows nothing', () => {
    for (const record of records) expect(mayRead(record, 'record', channel([]), rules)).toBe(false)
  })

  it('with somebody unknown in it shows nothing', () => {
    const unknown: Member = { personId: '', constituency: null, roles: [] }
    for (const record of records)
      for (const member of everybody)
        expect(mayRead(record, 'record', channel([member, unknown]), rules)).toBe(false)
  })
})
