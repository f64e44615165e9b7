import fc from 'fast-check'
import type { Notice } from '../../../src/db/notices.ts'
import * as notices from '../../../src/operations/notice.ts'
import { noticeCard, noticesMessage } from '../../../src/views/notice.ts'
import { act, type Noun } from '../noun.ts'
import { nth, type World, who } from '../world.ts'

const planted = { reference: 'HNS-wateroval', last: '2032-02-19' } as const

async function made({ desk, made: { notice = [] } }: World): Promise<Notice[]> {
  const rows = await Promise.all(notice.map(id => desk.store.read.notices.byId(id)))
  return rows.filter(row => row !== null)
}

export const noun: Noun = {
  acts: {
    notify: act(fc.record({ by: fc.option(who) }), async (world, { by }) => {
      world.desk.clock.set(Math.max(world.desk.clock.now(), Date.parse('2032-01-01T00:00:00Z')))
      const { id } = await notices.notify(await world.as(by ?? 'ocha'), {
        reference: planted.reference,
        kind: 'movement',
        district: 'Karamba',
        fromDay: '2032-02-18',
        toDay: planted.last,
      })
      world.add('notice', id)
    }),
    endNotice: act(fc.record({ by: fc.option(who), nth }), async (world, { by, nth: which }) =>
      notices.endNotice(await world.as(by ?? 'ocha'), { noticeId: world.pick('notice', which) }),
    ),
  },
  apart: {
    expireNotice: 'a timer, which `climb` fires',
    readsNotice: 'the rule itself, for a renderer',
    mayNotify: 'a permission',
  },
  async words(world) {
    return [...(await made(world)).map(({ code }) => code), ...Object.values(planted)]
  },
  async allowed(world, reader) {
    const may = new Set<string>()
    if (reader.kind !== 'person' || reader.personId === '') return may
    const { mission } = world.desk
    const command = reader.roles.filter(({ role }) => mission.layers.command.includes(role))
    for (const { code, by, sector, district } of await made(world)) {
      const ocha = reader.roles.some(({ role }) => role === mission.releasing.humanitarian)
      const plans = command.some(ref => ref.sector !== null && (sector === null || ref.sector === sector))
      if (by === reader.personId || ocha) for (const word of [code, ...Object.values(planted)]) may.add(word)
      if (plans) may.add(code).add(planted.reference)
      // Whoever may read a consultation about the district reads the reference beside it.
      const consulted = await world.desk.store.read.gates.all()
      for (const gate of consulted) {
        if (gate.kind !== 'consultation' || gate.district !== district) continue
        const person = (await world.desk.store.read.people.byId(reader.personId))!
        if (gate.askedBy === reader.personId || (command.length > 0 && !person.national))
          may.add(planted.reference)
      }
    }
    return may
  },
  renders: ['card:notice'],
  onlyTo: { 'card:notice': 'person' },
  opens: {
    notices: (_, { ctx, view, see }) =>
      see(async () => {
        const all = await notices.notices(ctx)
        return [noticesMessage(view, all), all.map(seen => noticeCard(view, seen))]
      }),
  },
}
