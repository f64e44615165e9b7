import fc from 'fast-check'
import type { Posture } from '../../../src/db/postures.ts'
import { POSTURE_GROUNDS } from '../../../src/domain/posture.ts'
import * as postures from '../../../src/operations/posture.ts'
import { posturesMessage, postureWaits } from '../../../src/views/posture.ts'
import { act, type Noun } from '../noun.ts'
import { nth, type World, who } from '../world.ts'

const planted = 'caravosk'

async function made({ desk, made: { posture = [] } }: World): Promise<Posture[]> {
  const rows = await Promise.all(posture.map(id => desk.store.read.postures.byId(id)))
  return rows.filter(row => row !== null)
}

export const noun: Noun = {
  lives: {
    'an agency ends after clashes what it had agreed to do': [
      [
        'task',
        { by: 'pocAdviser', to: 'un_agency', restricted: false, fromAlert: false, supports: false, nth: 0 },
      ],
      ['answerTasking', { by: 'ocha', nth: 0, kind: 'accept' }],
      ['declarePosture', { by: null, ground: 'clashes', north: false }],
      ['answerPosture', { by: 'ocha', confirm: false }],
    ],
    'an escort goes on when the NGO it is for says so, after clashes': [
      ['askGate', { by: 'ngo', template: 'escort', nth: 0, tried: true }],
      ['decideGate', { able: true, nth: 0, which: 0, says: 0 }],
      ['declarePosture', { by: null, ground: 'clashes', north: true }],
      ['answerPosture', { by: 'ngo', confirm: true }],
      ['endPosture', { by: 'joc', nth: 0 }],
    ],
  },
  acts: {
    declarePosture: act(
      fc.record({ by: fc.option(who), ground: fc.constantFrom(...POSTURE_GROUNDS), north: fc.boolean() }),
      async (world, { by, ground, north }) => {
        const { id } = await postures.declarePosture(await world.as(by ?? 'joc'), {
          ground,
          sector: north ? 'north' : null,
          note: planted,
        })
        world.add('posture', id)
      },
    ),
    endPosture: act(fc.record({ by: who, nth }), async (world, { by, nth: which }) =>
      postures.endPosture(await world.as(by), { postureId: world.pick('posture', which) }),
    ),
    answerPosture: act(fc.record({ by: who, confirm: fc.boolean() }), async (world, { by, confirm }) => {
      const ctx = await world.as(by)
      const [first] = await postures.postureAsks(ctx)
      const itemId = first?.item.id ?? ''
      await postures.answerPosture(ctx, { itemId, answer: confirm ? 'confirmed' : 'ended' })
      world.add('posture_item', itemId)
    }),
  },
  apart: {
    mayReadPosture: 'the rule itself, for a renderer',
    mayCountItems: 'the rule itself, for a renderer',
    mayDeclare: 'a permission',
  },
  async words(world) {
    return [...(await made(world)).map(({ code }) => code), planted]
  },
  async allowed(world, reader) {
    const may = new Set<string>()
    if (reader.kind !== 'person' || reader.personId === '') return may
    const { mission, store } = world.desk
    const reads = [
      mission.operationsCentre.role,
      ...mission.taskings.seniorForum,
      mission.releasing.humanitarian,
    ]
    const { read } = store
    const asked = await read.postures.askedOf(reader.personId)
    for (const { id, code } of await made(world)) {
      if (reader.constituency !== null && reader.roles.some(({ role }) => reads.includes(role)))
        may.add(code).add(planted)
      if (asked.some(({ postureId }) => postureId === id)) may.add(planted)
    }
    // Of an item whoever is asked reads its own code; of a request that ends whoever made it.
    for (const item of asked) may.add(await postures.codeOfItem(read, item))
    return may
  },
  renders: ['card:posture', 'card:posture_item', 'posture.item', 'posture.ended'],
  onlyTo: {
    'card:posture': 'person',
    'card:posture_item': 'person',
    'posture.item': 'person',
    'posture.ended': 'person',
  },
  opens: {
    postures: (_, { ctx, view, see }) =>
      see(async () => posturesMessage(view, await postures.postures(ctx), postures.mayDeclare(ctx))),
    postureAsks: (_, { ctx, view, see }) =>
      see(async () => postureWaits(view, await postures.postureAsks(ctx))),
  },
}
