import fc from 'fast-check'
import { joinUnnamed, leaveUnnamed, readPartner } from '../../../src/operations/partner.ts'
import { whichModal } from '../../../src/views/partner.ts'
import { act, type Noun } from '../noun.ts'
import { type World, who } from '../world.ts'

const organisation = 'Kudumbashree'

/** Whoever administers the humanitarian side at this moment. */
async function administers({ desk }: World, personId: string): Promise<boolean> {
  const { roles, people } = desk.store.read
  const person = await people.byId(personId)
  const held = await roles.rolesOf(personId, desk.clock.now())
  const side = person?.constituency === 'ngo' || person?.constituency === 'un_agency'
  return side && held.some(({ role }) => role === 'ocha_bridge_officer')
}

export const noun: Noun = {
  lives: {
    'an unnamed partner comes, and leaves': [
      ['joinUnnamed', { by: 'unhcr', constituency: 'un_agency' }],
      ['leaveUnnamed', 'unhcr'],
    ],
  },
  acts: {
    joinUnnamed: act(
      fc.record({ by: who, constituency: fc.constantFrom('ngo', 'un_agency', 'military') }),
      async (world, { by, constituency }) => {
        await joinUnnamed(await world.as(by), { constituency, organisation, told: true })
        world.add('partner', await world.desk.id(by))
      },
    ),
    leaveUnnamed: act(who, async (world, by) => leaveUnnamed(await world.as(by))),
  },
  apart: { rotatePartners: 'opens no name: it stays sealed while its key is changed' },
  async words() {
    return [organisation]
  },
  async allowed(world, reader) {
    return reader.kind === 'person' && (await administers(world, reader.personId)) ? [organisation] : []
  },
  renders: ['partner.gave', 'partner.together'],
  also: ({ made: { partner = [] } }) =>
    partner.map(recordId => ({ kind: 'partner.together', recordId, data: { channel: 'C0PROTECTION' } })),
  onlyTo: { 'partner.gave': 'person', 'partner.together': 'person' },
  opens: {
    async readPartner({ desk, made: { partner = [] } }, { ctx, view, see }) {
      for (const id of partner) {
        const reference = (await desk.store.read.people.byId(id))?.reference
        if (reference) await see(async () => whichModal(view, await readPartner(ctx, reference)))
      }
    },
  },
}
