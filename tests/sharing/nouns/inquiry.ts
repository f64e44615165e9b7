import fc from 'fast-check'
import type { Inquiry } from '../../../src/db/inquiries.ts'
import { INQUIRY_ANSWERS } from '../../../src/domain/inquiry.ts'
import { SIDES } from '../../../src/domain/mission.ts'
import * as inquiries from '../../../src/operations/inquiry.ts'
import { releasingOfficers } from '../../../src/operations/release.ts'
import { answerModal, balanceMessage, waitingInquiryBlocks } from '../../../src/views/inquiry.ts'
import { act, type Noun } from '../noun.ts'
import { nth, type World, who } from '../world.ts'

const planted = { what: 'litocran', why: 'dikdik', reason: 'damalisk' } as const

async function made({ desk, made: { inquiry = [] } }: World): Promise<Inquiry[]> {
  const rows = await Promise.all(inquiry.map(id => desk.store.read.inquiries.byId(id)))
  return rows.filter(row => row !== null)
}

async function officers({ desk }: World, { side }: Inquiry): Promise<string[]> {
  const people = await releasingOfficers(desk.store.read, desk.mission, side, desk.clock.now())
  return people.map(({ id }) => id)
}

export const noun: Noun = {
  lives: {
    'asked of the mission, which does not answer': [
      ['ask', { by: 'ocha', side: 'mission' }],
      ['climb', 8 * 1440],
    ],
    'asked of the mission, which declines': [
      ['ask', { by: 'ocha', side: 'mission' }],
      ['answerInquiry', { nth: 0, answer: 'declined', release: 0 }],
    ],
  },
  acts: {
    ask: act(fc.record({ by: who, side: fc.constantFrom(...SIDES) }), async (world, { by, side }) => {
      const { what, why } = planted
      world.add('inquiry', (await inquiries.ask(await world.as(by), { side, what, why })).id)
    }),
    answerInquiry: act(
      fc.record({ nth, answer: fc.constantFrom(...INQUIRY_ANSWERS), release: nth }),
      async (world, given) => {
        const { desk } = world
        const inquiry = (await made(world))[given.nth]
        const [first] = inquiry ? await officers(world, inquiry) : []
        const person = first ? await desk.store.read.people.byId(first) : null
        const release = await desk.store.read.releases.byId(world.pick('release', given.release))
        return inquiries.answerInquiry(person ? await desk.asPerson(person) : await world.as('unhcr'), {
          inquiryId: inquiry?.id ?? '',
          answer: given.answer,
          release: release?.code ?? null,
          reason: planted.reason,
        })
      },
    ),
  },
  apart: {
    remindInquiry: 'a timer, which `climb` fires',
    mayReadInquiry: 'the rule itself, for a renderer',
  },
  async words(world) {
    return [...(await made(world)).map(({ code }) => code), ...Object.values(planted)]
  },
  async allowed(world, reader) {
    const may = new Set<string>()
    if (reader.kind !== 'person' || reader.personId === '') return may
    for (const inquiry of await made(world)) {
      const theirs = [inquiry.askedBy, ...(await officers(world, inquiry))]
      if (theirs.includes(reader.personId))
        for (const word of [inquiry.code, ...Object.values(planted)]) may.add(word)
    }
    return may
  },
  renders: ['card:inquiry', 'inquiry.answered', 'inquiry.reminder'],
  also: ({ made: { inquiry = [] } }) =>
    inquiry.map(recordId => ({ kind: 'inquiry.reminder', recordId, data: {} })),
  onlyTo: { 'card:inquiry': 'person', 'inquiry.answered': 'person', 'inquiry.reminder': 'person' },
  opens: {
    waitingInquiries: (_, { ctx, view, see }) =>
      see(async () => waitingInquiryBlocks(view, await inquiries.waitingInquiries(ctx))),
    balance: (_, { ctx, view, see }) => see(async () => balanceMessage(view, await inquiries.balance(ctx))),
    async readInquiry({ made: { inquiry = [] } }, { ctx, view, see }) {
      for (const id of inquiry) await see(async () => answerModal(view, await inquiries.readInquiry(ctx, id)))
    },
  },
}
