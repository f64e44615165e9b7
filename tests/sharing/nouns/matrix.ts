import fc from 'fast-check'
import type { Round } from '../../../src/db/matrix.ts'
import { mayRead } from '../../../src/domain/sharing.ts'
import { sharingRules } from '../../../src/operations/channel.ts'
import { layersFor } from '../../../src/operations/hotspot/reading.ts'
import { sharedRound } from '../../../src/operations/matrix/facts.ts'
import { sidesBehind } from '../../../src/operations/matrix/read.ts'
import { partIn } from '../../../src/operations/matrix/voice.ts'
import * as matrix from '../../../src/operations/matrix.ts'
import { roundCard, roundsMessage } from '../../../src/views/matrix/card.ts'
import { reasonModal, unitsModal } from '../../../src/views/matrix/forms.ts'
import { waitingRoundBlocks } from '../../../src/views/matrix/lines.ts'
import { matrixSvg } from '../../../src/views/matrix/picture.ts'
import { ratingsModal } from '../../../src/views/matrix/rate.ts'
import { categoryModal, checksModal, findingsAsked, sidesModal } from '../../../src/views/matrix/reconcile.ts'
import { matrixMessage } from '../../../src/views/matrix/table.ts'
import { act, type Noun } from '../noun.ts'
import { nth, type World, who } from '../world.ts'

/** Reasons that whoever reads a round reads. */
const planted = { reason: 'kobusle' } as const
const category = fc.constantFrom('must', 'should', 'could', 'unlisted')
const place = (world: World, n: number) => world.pick('hotspot', n)
const round = (world: World) => world.made.matrix?.at(-1) ?? ''

async function made({ desk, made: { matrix: ids = [] } }: World): Promise<Round[]> {
  const rows = await Promise.all(ids.map(id => desk.store.read.matrix.roundById(id)))
  return rows.filter(row => row !== null)
}

const pictures = new Map<string, string>()

/** The words of a picture. Drawing one takes as long as all else a person opens: the same is drawn once. */
function textOfPicture(...[view, places, sides]: Required<Parameters<typeof matrixSvg>>): string {
  const shows = JSON.stringify([view.words.language, places, [...sides]])
  // Names of places are broken over lines of the picture.
  const text = pictures.get(shows) ?? matrixSvg(view, places, sides).replace(/<[^>]*>/g, '')
  pictures.set(shows, text)
  return text
}

const chair = (world: World) => world.desk.as('pocAdviser')
const leader = (world: World) => world.desk.as('leadership')

export const noun: Noun = {
  begins: ['createHotspot', 'openRound'],
  lives: {
    'people in the greatest need, in a place that comes out last': [
      ['createHotspot', { by: 'pocAdviser', state: false }],
      ['openRound'],
      ['ratePlace', { by: 'joc', nth: 0, category: 'could' }],
      ['ratePlace', { by: 'ocha', nth: 0, category: 'could' }],
      ['revealRound'],
      ['sayUnits'],
      ['recommend'],
      ['waive'],
      ['waive'],
      ['waive'],
      ['waive'],
      ['adopt'],
    ],
    'a round, from its opening to the version in force, and the next': [
      ['createHotspot', { by: 'pocAdviser', state: false }],
      ['openRound'],
      ['ratePlace', { by: 'joc', nth: 0, category: 'must' }],
      ['ratePlace', { by: 'ocha', nth: 0, category: 'could' }],
      ['answerNil', { by: 'humanRights' }],
      ['revealRound'],
      ['propose', { nth: 0, category: 'should' }],
      ['dissent', { by: 'ocha', nth: 0, category: 'could' }],
      ['withdrawDissent', { by: 'ocha' }],
      ['sayUnits'],
      ['recommend'],
      ['sendBack'],
      ['recommend'],
      ['waive'],
      ['waive'],
      ['waive'],
      ['waive'],
      ['adopt'],
      ['openRound'],
      ['confirmUnchanged', { by: 'joc' }],
    ],
  },
  acts: {
    openRound: act(fc.record({}), async world => {
      const { round } = await matrix.openRound(await chair(world), { channelId: 'C0PROTECTION' })
      world.add('matrix', round.id)
    }),
    ratePlace: act(fc.record({ by: who, nth, category }), async (world, { by, nth, category }) =>
      matrix.ratePlace(await world.as(by), {
        roundId: round(world),
        hotspotId: place(world, nth),
        likelihood: 4,
        impact: 4,
        vulnerability: 5,
        category,
        rationale: ['threat'],
        note: planted.reason,
      }),
    ),
    confirmUnchanged: act(fc.record({ by: who }), async (world, { by }) =>
      matrix.confirmUnchanged(await world.as(by), round(world)),
    ),
    answerNil: act(fc.record({ by: who }), async (world, { by }) =>
      matrix.answerNil(await world.as(by), round(world)),
    ),
    revealRound: act(fc.record({}), async world => matrix.revealRound(await chair(world), round(world))),
    propose: act(fc.record({ nth, category }), async (world, { nth, category }) =>
      matrix.propose(await chair(world), {
        roundId: round(world),
        hotspotId: place(world, nth),
        category,
        reason: planted.reason,
      }),
    ),
    dissent: act(fc.record({ by: who, nth, category }), async (world, { by, nth, category }) =>
      matrix.dissent(await world.as(by), {
        roundId: round(world),
        hotspotId: place(world, nth),
        category,
        reason: planted.reason,
      }),
    ),
    withdrawDissent: act(fc.record({ by: who }), async (world, { by }) => {
      const [first] = await world.desk.store.read.matrix.dissentsOf(round(world))
      return matrix.withdrawDissent(await world.as(by), { roundId: round(world), dissentId: first?.id ?? '' })
    }),
    sayUnits: act(fc.record({}), async world =>
      matrix.sayUnits(await world.desk.as('forceHq'), { roundId: round(world), units: 0 }),
    ),
    waive: act(fc.record({}), async world => {
      const ctx = await leader(world)
      const [finding] = (await matrix.readRound(ctx, round(world))).findings
      const key = finding && 'hotspotId' in finding ? `${finding.check}:${finding.hotspotId}` : finding?.check
      return matrix.waive(ctx, { roundId: round(world), finding: key ?? '', reason: planted.reason })
    }),
    recommend: act(fc.record({}), async world => matrix.recommend(await chair(world), round(world))),
    sendBack: act(fc.record({}), async world =>
      matrix.sendBack(await leader(world), { roundId: round(world), reason: planted.reason }),
    ),
    adopt: act(fc.record({}), async world => {
      const { version } = await matrix.adopt(await leader(world), round(world))
      world.made.version = [...(world.made.version ?? []), version.id]
    }),
    cancelRound: act(fc.record({}), async world => matrix.cancelRound(await chair(world), round(world))),
  },
  apart: {
    forReader: 'takes out what a reader may not see, for a renderer',
    remindRaters: 'a timer, which `climb` fires',
    sectorsLed: 'a permission',
    partIn: 'a permission',
    chaseStale: 'a timer, which `climb` fires',
    roundFacts: 'read for a renderer, which then asks the rule',
  },
  async words(world) {
    return [...(await made(world)).map(({ code }) => code), planted.reason]
  },
  async allowed(world, reader) {
    const may = new Set<string>()
    for (const row of await made(world))
      if (mayRead(sharedRound(row), 'record', reader, sharingRules(world.desk.system)))
        may.add(row.code).add(planted.reason)
    return may
  },
  renders: [
    'card:matrix',
    'matrix.line',
    'matrix.reminder',
    'matrix.ready',
    'matrix.high_need',
    'matrix.stale',
  ],
  also: ({ made: { matrix = [], version = [] } }) => [
    ...version.map(recordId => ({ kind: 'matrix.stale', recordId, data: {} })),
    ...matrix.flatMap(recordId =>
      ['matrix.reminder', 'matrix.ready', 'matrix.high_need'].map(kind => ({ kind, recordId, data: {} })),
    ),
  ],
  onlyTo: {
    'matrix.reminder': 'person',
    'matrix.ready': 'person',
    'matrix.high_need': 'person',
    'matrix.stale': 'person',
  },
  opens: {
    readRound: async (world, { ctx, view, see }) => {
      for (const { id } of await made(world))
        await see(async () => {
          const facts = await matrix.readRound(ctx, id)
          // As the one who may do most: no choice on the form may show more to them.
          const part = { ...partIn(ctx, facts.round), leads: true, adopts: true }
          const [hotspotId = ''] = world.made.hotspot ?? []
          return [
            roundCard(view, facts),
            sidesModal(view, facts, part),
            checksModal(view, facts, part),
            ...facts.findings.map(({ check }) =>
              reasonModal(view, facts, 'matrix.waive', {}, findingsAsked(view, facts, check)),
            ),
            unitsModal(view, facts),
            categoryModal(view, facts, 'propose', { hotspotId, parent: '', from: 0 }),
          ]
        })
    },
    ownRatings: async (world, { ctx, view, see }) => {
      for (const { id } of await made(world))
        await see(async () => ratingsModal(view, await matrix.ownRatings(ctx, id)))
    },
    roundsUnderWay: (_, { ctx, view, see }) =>
      see(async () => {
        const rounds = await matrix.roundsUnderWay(ctx)
        return [...rounds.map(facts => roundCard(view, facts)), roundsMessage(view, rounds, true)]
      }),
    waitingRounds: (_, { ctx, view, see }) =>
      see(async () => ({ text: '', blocks: waitingRoundBlocks(view, await matrix.waitingRounds(ctx)) })),
    readMatrix: (_, { ctx, view, see }) =>
      see(async () => matrixMessage(view, await matrix.readMatrix(ctx), null)),
    readDifference: (_, { ctx, view, see }) =>
      see(async () => matrixMessage(view, await matrix.readMatrix(ctx), await matrix.readDifference(ctx))),
    sidesBehind: (_, { ctx, view, see }) =>
      see(async () => {
        const { places } = await matrix.readMatrix(ctx)
        const shown = places.map(each => ({ ...each, layers: layersFor(ctx, each.place) }))
        const rows = places.flatMap(({ row }) => row ?? [])
        return { text: textOfPicture(view, shown, await sidesBehind(ctx, rows)) }
      }),
  },
}
