import { expect, it } from 'vitest'
import { exposedPartners, type Member } from '../../src/domain/partner.ts'

const someone = (id: string, constituency: Member['constituency'], reference: string | null = null) => ({
  id,
  constituency,
  reference,
})
const unnamed = someone('unnamed', 'ngo', 'P-7K4Q')

it.each([
  ['alone', false, [unnamed], 0],
  ['with other humanitarians', false, [unnamed, someone('a', 'un_agency')], 0],
  ['with a soldier', false, [unnamed, someone('a', 'military')], 1],
  ['with human rights', false, [unnamed, someone('a', 'human_rights')], 1],
  ['with the host State', false, [unnamed, someone('a', 'host_state')], 1],
  ['with somebody no side has confirmed', false, [unnamed, someone('a', null)], 1],
  ['with somebody nobody knows', false, [unnamed, null], 1],
  ['in a public channel', true, [unnamed], 1],
  ['and not there at all', true, [someone('a', 'military')], 0],
] as const)('an unnamed partner %s is put together with others or not', (_, isPublic, members, exposed) => {
  expect(exposedPartners(isPublic, [...members])).toHaveLength(exposed)
})
