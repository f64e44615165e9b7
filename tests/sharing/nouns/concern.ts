import fc from 'fast-check'
import type { Concern } from '../../../src/db/concerns.ts'
import { CONCERNS } from '../../../src/domain/concern.ts'
import * as concerns from '../../../src/operations/concern.ts'
import { concernCard, concernsMessage } from '../../../src/views/concern.ts'
import { act, type Noun } from '../noun.ts'
import { type World, who } from '../world.ts'

const planted = 'aardovin'

const made = ({ desk }: World): Promise<Concern[]> => desk.store.read.concerns.all()

export const noun: Noun = {
  lives: {
    'passed on at the full hour, and taken up': [
      ['flagConcern', { by: 'unhcr' }],
      ['climb', 61],
      ['takeUpConcern', { by: null }],
    ],
  },
  acts: {
    flagConcern: act(
      fc.record({ by: who, about: fc.constantFrom(...CONCERNS) }),
      async (world, { by, about }) => concerns.flagConcern(await world.as(by), { about, words: planted }),
    ),
    takeUpConcern: act(fc.record({ by: fc.option(who) }), async (world, { by }) => {
      const [first] = await made(world)
      return concerns.takeUpConcern(await world.as(by ?? 'ocha'), { concernId: first?.id ?? '' })
    }),
  },
  apart: { passOnConcerns: 'a timer, which `climb` fires' },
  async words(world) {
    return [...(await made(world)).map(({ code }) => code), planted]
  },
  async allowed(world, reader) {
    const may = new Set<string>()
    if (reader.kind !== 'person' || reader.personId === '') return may
    const { releasing } = world.desk.mission
    // Held by one of the humanitarian side: nobody else reads a concern, not even whoever wrote it.
    const theirs = reader.constituency === 'un_agency' || reader.constituency === 'ngo'
    if (theirs && reader.roles.some(({ role }) => role === releasing.humanitarian))
      for (const { code } of await made(world)) may.add(code).add(planted)
    return may
  },
  renders: ['card:concern'],
  onlyTo: { 'card:concern': 'person' },
  opens: {
    concerns: (_, { ctx, view, see }) =>
      see(async () => {
        const all = await concerns.concerns(ctx)
        return [concernsMessage(view, all), all.map(each => concernCard(view, each))]
      }),
  },
}
