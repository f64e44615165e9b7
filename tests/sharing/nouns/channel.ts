import fc from 'fast-check'
import { CONSTITUENCIES } from '../../../src/domain/mission.ts'
import { channelFacts } from '../../../src/operations/channel/facts.ts'
import { recheckChannel } from '../../../src/operations/channel/recheck.ts'
import { registerChannel, unregisterChannel } from '../../../src/operations/channel/register.ts'
import { withdrawFrom } from '../../../src/operations/channel/withdraw.ts'
import { channelModal } from '../../../src/views/channel.ts'
import { act, type Noun } from '../noun.ts'
import { room, rooms, type World, who } from '../world.ts'

async function reread({ desk }: World, id: string): Promise<void> {
  const members = await desk.store.read.channels.members(id)
  await desk.store.write(repos => repos.channels.setMembers(id, members, desk.clock.now()))
  await recheckChannel(desk.system, id, true)
}

const looked = ({ desk }: World, id: string) => ({
  isPublic: false,
  sharedWith: id === 'C0PROTECTION' ? ['T0NGO'] : [],
  at: desk.clock.now(),
})

export const noun: Noun = {
  acts: {
    join: act(fc.record({ room, stranger: fc.boolean(), by: who }), async (world, given) => {
      const { store, id } = world.desk
      const person = given.stranger
        ? { teamId: 'T0MISSION', userId: 'U0NOBODY' }
        : (await store.read.people.byId(await id(given.by)))!
      await store.write(repos => repos.channels.addMember(given.room, person))
      await reread(world, given.room)
    }),
    leave: act(fc.record({ room, nth: fc.integer({ min: 0, max: 6 }) }), async (world, given) => {
      const { store } = world.desk
      const member = (await store.read.channels.members(given.room))[given.nth]
      if (member) await store.write(repos => repos.channels.removeMember(given.room, member))
      await reread(world, given.room)
    }),
    belong: act(
      fc.record({ by: who, constituency: fc.constantFrom(...CONSTITUENCIES, null) }),
      async ({ desk }, { by, constituency }) => {
        const id = await desk.id(by)
        await desk.store.write(repos => repos.people.update(id, { constituency }))
      },
    ),
    openRoom: act(fc.record({ room, isPublic: fc.boolean() }), ({ desk }, { room: id, isPublic }) =>
      desk.store.write(repos => repos.channels.update(id, { isPublic })),
    ),
    registerChannel: act(room, async (world, channelId) =>
      registerChannel(await world.as('pocAdviser'), {
        channelId,
        teamId: 'T0MISSION',
        purpose: channelId === 'C0POCNORTH' ? 'sector' : 'operations_centre',
        sector: channelId === 'C0POCNORTH' ? 'north' : null,
        language: 'en',
        digest: true,
        looked: looked(world, channelId),
      }),
    ),
    unregisterChannel: act(room, async (world, id) => unregisterChannel(await world.as('pocAdviser'), id)),
    withdrawFrom: act(room, async (world, id) => withdrawFrom(await world.as('pocAdviser'), id)),
  },
  apart: {
    recheckChannel: 'runs at each `join` and `leave`',
    exposedNotice: 'is rendered as `channel.exposed`',
    requireRegistrar: 'a permission',
    mayBeShown: 'the rule itself, asked with a record',
  },
  renders: ['channel.exposed'],
  onlyTo: { 'channel.exposed': 'person' },
  silent: {
    'card:partner': 'holds buttons alone',
    remove: 'deletes a message',
    pin: 'pins a message',
  },
  opens: {
    async channelFacts(world, { ctx, view, see }) {
      for (const id of rooms)
        await see(async () =>
          channelModal(view, await channelFacts(ctx, id, looked(world, id)), {
            teamId: 'T0MISSION',
            looked: looked(world, id),
          }),
        )
    },
  },
}
