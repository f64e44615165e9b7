import fc from 'fast-check'
import type { Forum } from '../../../src/db/forums.ts'
import { mayRead } from '../../../src/domain/sharing.ts'
import { sharingRules } from '../../../src/operations/channel.ts'
import { type ForumFacts, factsOfForums, sharedForum } from '../../../src/operations/forum/facts.ts'
import { invitesOf } from '../../../src/operations/forum/invite.ts'
import * as forums from '../../../src/operations/forum.ts'
import { forumCard, forumList } from '../../../src/views/forum/card.ts'
import { newForumModal } from '../../../src/views/forum/forms.ts'
import { act, type Noun } from '../noun.ts'
import { nth, room, type World, who } from '../world.ts'

const planted = { open: 'aardwolf', closed: 'caracal', cluster: 'pangolin', omission: 'serval' } as const
const kinds = { open: 'working_group', closed: 'senior_forum', cluster: 'protection_cluster' } as const

export async function madeForums({ desk, made: { forum = [] } }: World): Promise<ForumFacts[]> {
  const rows = await Promise.all(forum.map(id => desk.store.read.forums.byId(id)))
  return factsOfForums(
    desk.system,
    desk.store.read,
    rows.filter((row): row is Forum => row !== null),
  )
}

export const noun: Noun = {
  acts: {
    makeForum: act(
      fc.record({
        what: fc.constantFrom('open' as const, 'closed' as const, 'cluster' as const),
        all: fc.boolean(),
        room: fc.option(room),
      }),
      async (world, given) => {
        const by = { open: 'joc', closed: 'pocAdviser', cluster: 'ocha' } as const
        const { forum } = await forums.makeForum(await world.as(by[given.what]), {
          kind: kinds[given.what],
          name: planted[given.what],
          invites: given.all ? ['un_agency', 'ngo'] : [],
          omission: planted.omission,
          channelId: given.room,
        })
        world.add('forum', forum.id)
      },
    ),
    answerInvite: act(
      fc.record({ by: who, nth, guest: fc.constantFrom('un_agency', 'ngo'), yes: fc.boolean() }),
      async (world, given) =>
        forums.answerInvite(await world.as(given.by), {
          forumId: world.pick('forum', given.nth),
          who: given.guest,
          answer: given.yes ? 'accepted' : 'declined',
        }),
    ),
  },
  apart: {
    kindsToMake: 'names kinds of the mission file and no record',
    offersKeeping: 'asks for posts',
    channelBarred: 'says of a channel whether it is fit, for a card that is tried',
    factsOfForums: 'reads for whoever then asks the rule',
    mayReadForum: 'the rule itself, for a renderer',
    keepsForum: 'asks for posts',
    invitesOf: 'names what an invited person answers; tried with every card',
  },
  async words(world) {
    return [...(await madeForums(world)).map(({ forum }) => forum.code), ...Object.values(planted)]
  },
  async allowed(world, reader) {
    const may = new Set<string>()
    for (const facts of await madeForums(world)) {
      if (!mayRead(sharedForum(facts), 'record', reader, sharingRules(world.desk.system))) continue
      may.add(facts.forum.code).add(facts.forum.name)
      if (facts.forum.omission) may.add(planted.omission)
    }
    return may
  },
  renders: ['card:forum'],
  opens: {
    listForums: (_, { ctx, view, see }) =>
      see(async () => forumList(view, await forums.listForums(ctx, true), { mayMake: true })),
    async readForum(world, { ctx, view, see }) {
      for (const id of world.made.forum ?? [])
        await see(async () => {
          const facts = await forums.readForum(ctx, id)
          return forumCard(view, facts, { invites: invitesOf(ctx, facts), keeps: true, barred: true })
        })
    },
    async forumByCode(world, { ctx, view, see }) {
      for (const { forum } of await madeForums(world))
        await see(async () => {
          const found = await forums.forumByCode(ctx, forum.code)
          return found && forumCard(view, found, { invites: [], keeps: true, barred: false })
        })
    },
    likelyDuplicates: (_, { ctx, view, see }) =>
      see(async () =>
        forumList(view, await forums.likelyDuplicates(ctx, { kind: kinds.open }), { mayMake: true }),
      ),
    forumForm: (_, { ctx, view, see }) =>
      see(async () => {
        const { kinds: able, channels } = await forums.forumForm(ctx)
        const all = await forums.listForums(ctx)
        return newForumModal(view, {
          ...{ kinds: able, kind: able[0]!, channels, parents: all, alike: all, sector: null, alert: null },
        })
      }),
  },
}
