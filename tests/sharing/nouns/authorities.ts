import fc from 'fast-check'
import { DECIDERS } from '../../../src/domain/authorities.ts'
import { decideAuthorities, readAuthorities, tellAuthorities } from '../../../src/operations/authorities.ts'
import { tellModal, withheldModal } from '../../../src/views/authorities.ts'
import { act, type Noun } from '../noun.ts'
import { readsAlert } from '../reads.ts'
import { nth, who } from '../world.ts'

/** The words passed to the authorities: read with the alert, and gone where it was marked for a specialist. */
const passed = 'proteles'

export const noun: Noun = {
  lives: {
    'told once the head of office and human rights allow it': [
      ['decideAuthorities', { by: 'head', nth: 0, decider: 'head_of_office', allows: true }],
      ['decideAuthorities', { by: 'humanRights', nth: 0, decider: 'human_rights', allows: true }],
      ['tellAuthorities', { by: 'head', nth: 0 }],
    ],
  },
  acts: {
    tellAuthorities: act(fc.record({ by: who, nth }), async (world, { by, nth }) =>
      tellAuthorities(await world.as(by), {
        alertId: world.pick('alert', nth),
        role: 'head_of_office@north',
        told: 'mayor',
        words: passed,
        at: world.desk.clock.now(),
      }),
    ),
    decideAuthorities: act(
      fc.record({ by: who, nth, decider: fc.constantFrom(...DECIDERS), allows: fc.boolean() }),
      async (world, { by, nth, decider, allows }) =>
        decideAuthorities(await world.as(by), {
          alertId: world.pick('alert', nth),
          decider,
          allows,
          why: 'Considered',
        }),
    ),
  },
  words: async () => [passed],
  async allowed(world, reader) {
    for (const facts of await world.alerts())
      if (facts.specialist.length === 0 && readsAlert(world, facts, 'record', reader)) return [passed]
    return []
  },
  renders: ['authorities.line', 'authorities.decision'],
  onlyTo: { 'authorities.decision': 'person' },
  opens: {
    async readAuthorities({ made: { alert = [] } }, { ctx, view, see }) {
      for (const id of alert)
        await see(async () => {
          const read = await readAuthorities(ctx, id)
          return [tellModal(view, read), withheldModal(view, read)]
        })
    },
  },
}
