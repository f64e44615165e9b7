import fc from 'fast-check'
import type { Quote } from '../../../src/domain/quote.ts'
import { mayRead, type Reader } from '../../../src/domain/sharing.ts'
import { sharingRules } from '../../../src/operations/channel.ts'
import * as quotes from '../../../src/operations/quote.ts'
import { factsOfTeams } from '../../../src/operations/team/facts.ts'
import { sharedTeam } from '../../../src/operations/team/readers.ts'
import { readTimeline } from '../../../src/operations/timeline.ts'
import { quoteCard } from '../../../src/views/quote.ts'
import { timelineModal } from '../../../src/views/timeline.ts'
import { who as users } from '../../support/operations.ts'
import { act, type Noun } from '../noun.ts'
import { nth, type World, who } from '../world.ts'

const planted = { said: 'pygargus', edited: 'buxtonin' } as const

async function made({ desk, made: { quote = [] } }: World): Promise<Quote[]> {
  const rows = await Promise.all(quote.map(id => desk.store.read.quotes.byId(id)))
  return rows.filter(row => row !== null)
}

/** A message somebody wrote; the same number names the same message. */
const message = (author: keyof typeof users, number: number) => ({
  channel: 'C0POCNORTH',
  ts: `17000000${number}.000100`,
  threadTs: '1700000000.000100',
  teamId: author === 'ngo' ? 'T0NGO' : 'T0MISSION',
  userId: users[author],
  text: planted.said,
  fromApp: false,
  editedTs: null,
  reactions: [],
  permalink: 'https://unmob.slack.com/archives/C0POCNORTH/p1',
})

/** Its author answers. */
const answer = (answered: (world: World, quote: Quote) => Promise<unknown>) =>
  act(nth, async (world, number) => {
    const quote = (await made(world))[number]
    return quote && answered(world, quote)
  })

async function authorOf({ desk }: World, { authorId }: Quote) {
  return desk.asPerson((await desk.store.read.people.byId(authorId))!)
}

/** What stands on a team's record is part of what it finds; while it is under way, of its movements too. */
async function readsOfTeam({ desk }: World, id: string, reader: Reader): Promise<boolean> {
  const rows = await desk.store.read.teams.byIds([id])
  const [facts] = await factsOfTeams(desk.store.read, desk.mission, desk.clock.now(), rows)
  if (!facts) return false
  const rules = sharingRules(desk.system)
  const shared = sharedTeam(desk.mission, facts)
  const among = (named: string[]) => mayRead({ ...shared, audience: [], named }, 'record', reader, rules)
  if (['composing', 'out'].includes(facts.team.state) && !among(facts.movers)) return false
  if (!facts.kind.restricted) return mayRead(shared, 'record', reader, rules)
  return mayRead(shared, 'human_rights', reader, rules) || among(facts.members.map(({ person }) => person.id))
}

export const noun: Noun = {
  acts: {
    putOnRecord: act(
      fc.record({ by: who, author: who, nth, alert: nth, team: fc.boolean() }),
      async (world, given) => {
        const put = await quotes.putOnRecord(await world.as(given.by), {
          about: given.team
            ? { kind: 'team', id: world.pick('team', given.alert) }
            : { kind: 'alert', id: world.pick('alert', given.alert) },
          message: message(given.author, given.nth),
          how: 'emoji',
        })
        if (put.isNew) world.add('quote', put.quote.id)
      },
    ),
    agreeToQuote: answer(async (world, quote) =>
      quotes.agreeToQuote(await authorOf(world, quote), { quoteId: quote.id, message: message('ngo', 0) }),
    ),
    refuseQuote: answer(async (world, quote) => quotes.refuseQuote(await authorOf(world, quote), quote.id)),
    takeBackQuote: act(fc.record({ by: who, nth }), async (world, given) =>
      quotes.takeBackQuote(await world.as(given.by), message('ngo', given.nth)),
    ),
    followEdit: act(nth, (world, number) =>
      quotes.followEdit(world.desk.system, {
        ...message('ngo', number),
        text: planted.edited,
        editedTs: '1800000000.000100',
      }),
    ),
    followDeletion: act(nth, (world, number) =>
      quotes.followDeletion(world.desk.system, message('ngo', number)),
    ),
  },
  apart: {
    recordOfThread: 'finds a record by its card’s place in Slack, and shows nothing',
    wantQuote: 'writes down that `putOnRecord` is wanted',
    quoteContext: 'what the card of a quote names, which is rendered',
  },
  words: async () => Object.values(planted),
  async allowed(world, reader) {
    const may = new Set<string>()
    const alerts = new Map((await world.alerts()).map(facts => [facts.alert.id, facts]))
    for (const quote of await made(world)) {
      if (quote.text === null) continue
      if (quote.teamId !== null && (await readsOfTeam(world, quote.teamId, reader)))
        for (const word of Object.values(planted)) may.add(word)
      const facts = alerts.get(quote.alertId ?? '')
      const theirs = reader.kind === 'person' && reader.personId === quote.authorId
      if (theirs) for (const word of Object.values(planted)) may.add(word)
      if (!facts) continue
      const { named, namesState, releases } = facts
      const record = { ...facts.alert, named, namesState, releases }
      if (mayRead(record, 'record', reader, sharingRules(world.desk.system)))
        for (const word of Object.values(planted)) may.add(word)
    }
    return may
  },
  renders: ['card:quote'],
  onlyTo: { 'card:quote': 'person' },
  opens: {
    async readTimeline({ made: { alert = [] } }, { ctx, view, see }) {
      for (const id of alert) await see(async () => timelineModal(view, await readTimeline(ctx, id)))
    },
    askedQuotes: (_, { ctx, view, see }) =>
      see(async () =>
        (await quotes.askedQuotes(ctx)).map(({ quote, about }) => quoteCard(view, quote, about)),
      ),
    async readOwnQuote({ made: { quote = [] } }, { ctx, see }) {
      for (const id of quote) await see(async () => quotes.readOwnQuote(ctx, id))
    },
  },
}
