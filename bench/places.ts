/**
 * Puts 500 hotspots and ten rounds of 30 assessors into a filled store, asks what people ask of them, and prints how
 * long each took (the median of several, ms) as JSON. A process of its own.
 */

import { withServices } from '../src/cli/services.ts'
import { CATEGORIES } from '../src/domain/matrix/entry.ts'
import { hotspotFile } from '../src/jobs/aside/hotspots.ts'
import { createLocales } from '../src/locales/index.ts'
import type { Ctx } from '../src/operations/context.ts'
import { hotspotGaps, pageOfHotspots } from '../src/operations/hotspot.ts'
import { readDifference, readMatrix, readRound } from '../src/operations/matrix.ts'
import { roundCard } from '../src/views/matrix/card.ts'
import { sidesModal } from '../src/views/matrix/reconcile.ts'
import { matrixMessage } from '../src/views/matrix/table.ts'
import { median, now } from './figures.ts'

const PLACES = 500
const ROUNDS = 10
const ASSESSORS = 30
const VOICES = ['military', 'police', 'mission_civilian', 'human_rights', 'humanitarian_side'] as const
const DAY_MS = 86_400_000

const [dataDir = ''] = process.argv.slice(2)
await withServices(dataDir, 'alone', measure)

async function measure(system: Ctx): Promise<void> {
  const { read } = system.store
  const person = await read.people.byUser('T0MISSION', 'U0JOCWATCH')
  if (!person) throw new Error('the store holds no people')
  const roles = await read.roles.rolesOf(person.id, Date.now())
  const ctx: Ctx = { ...system, actor: { kind: 'person', person, roles } }
  await fill(system, person.id)
  const last = `bench-round-${ROUNDS - 1}`
  const words = createLocales('UTC', ['en']).words('en')
  const view = { words, mission: system.mission, now: Date.now() }
  const draw = (form: 'map' | 'matrix') =>
    hotspotFile(ctx, view, { do: 'hotspots', personId: person.id, form, sector: null })
  const questions: Record<string, [times: number, ask: () => Promise<unknown>]> = {
    'places: a page of the list': [10, () => pageOfHotspots(ctx, { sector: null }, { from: 240, size: 15 })],
    'places: what is missing': [5, () => hotspotGaps(ctx)],
    'round: both sides shown': [
      5,
      async () => {
        const facts = await readRound(ctx, last)
        return [
          roundCard(view, facts),
          sidesModal(view, facts, {
            personId: person.id,
            humanitarian: false,
            leads: true,
            adopts: false,
            saysUnits: false,
          }),
        ]
      },
    ],
    'matrix and its difference': [
      5,
      async () => matrixMessage(view, await readMatrix(ctx), await readDifference(ctx)),
    ],
    'picture: map': [3, () => draw('map')],
    'picture: matrix': [3, () => draw('matrix')],
  }
  const took: Record<string, number> = {}
  for (const [question, [times, ask]] of Object.entries(questions)) {
    await ask()
    const each: number[] = []
    for (let n = 0; n < times; n++) {
      const begun = now()
      await ask()
      each.push(now() - begun)
    }
    took[question] = median(each)
  }
  console.log(JSON.stringify(took))
}

/** The same places and ratings in every run. */
async function fill({ store, mission }: Ctx, personId: string): Promise<void> {
  const ids = Array.from({ length: PLACES }, (_, n) => `bench-place-${n}`)
  const start = Date.now() - ROUNDS * 30 * DAY_MS
  await store.write(async repos => {
    for (const [n, id] of ids.entries()) {
      const place = mission.gazetteer[n % mission.gazetteer.length]
      await repos.hotspots.insert({
        id,
        code: `H-BENCH${n}`,
        version: 1,
        exercise: false,
        holder: 'mission_civilian',
        audience: [...mission.audiences.hotspot],
        name: `${place?.name ?? 'Place'} ${n}`,
        kind: 'village',
        placeId: place?.id ?? null,
        placeSaid: place?.name ?? 'Place',
        lat: (place?.lat ?? 0) + (n % 7) / 50,
        lon: (place?.lon ?? 0) + (n % 5) / 50,
        radiusKm: n % 3 === 0 ? 5 : null,
        sector: place?.sector ?? null,
        seasonFrom: null,
        seasonTo: null,
        threats: ['armed_attack'],
        atRisk: null,
        perpetrators: [],
        vulnerability: (n % 5) + 1,
        capacity: 'unknown',
        intent: 'unknown',
        phase: 'ongoing_conflict',
        state: 'listed',
        createdBy: personId,
        createdAt: start,
        requestKey: null,
      })
      await repos.hotspots.addCoverage({
        hotspotId: id,
        coverage: n % 2 === 0 ? 'patrols' : 'none',
        everyDays: n % 2 === 0 ? 7 : null,
        at: Date.now() - DAY_MS,
        byPerson: personId,
      })
    }
  })
  for (let round = 0; round < ROUNDS; round++)
    await store.write(repos => fillRound(repos, ids, round, start, personId))
}

async function fillRound(
  repos: Parameters<Parameters<Ctx['store']['write']>[0]>[0],
  ids: readonly string[],
  round: number,
  start: number,
  personId: string,
): Promise<void> {
  const at = start + round * 30 * DAY_MS
  const roundId = `bench-round-${round}`
  const ended = round < ROUNDS - 1
  await repos.matrix.insertRound(
    {
      id: roundId,
      code: `M-BENCH${round}`,
      exercise: false,
      holder: 'mission_civilian',
      audience: ['military', 'police', 'mission_civilian', 'human_rights', 'un_agency', 'ngo'],
      sector: null,
      state: ended ? 'adopted' : 'revealed',
      channel: 'C0PROTECTION',
      openedBy: personId,
      openedAt: at,
      closesAt: at + DAY_MS,
      revealedAt: at + DAY_MS,
      units: null,
      unitsBy: null,
      endedAt: ended ? at + 2 * DAY_MS : null,
    },
    ids,
  )
  const rating = (place: number, who: number) => ({
    likelihood: ((place + who + round) % 5) + 1,
    impact: ((place * 3 + who) % 5) + 1,
    vulnerability: (place % 5) + 1,
    category: CATEGORIES[(place + (who % 2) + round) % 4] ?? 'could',
    rationale: ['threat' as const],
  })
  for (const [place, hotspotId] of ids.entries())
    for (let who = 0; who < ASSESSORS; who++)
      await repos.matrix.setEntry({
        roundId,
        hotspotId,
        speaker: VOICES[who] ?? `humanitarian_member:${who}`,
        voice: VOICES[who] ?? 'humanitarian_member',
        byPerson: personId,
        how: 'rated',
        ...rating(place, who),
        note: null,
        at,
      })
  if (!ended) return
  const id = `bench-version-${round}`
  await repos.matrix.insertVersion(
    {
      id,
      number: round + 1,
      sector: null,
      roundId,
      adoptedBy: personId,
      role: 'mission_leadership',
      adoptedAt: at + 2 * DAY_MS,
      tookPart: [...VOICES],
    },
    ids.map((hotspotId, place) => {
      const { vulnerability: _, ...row } = rating(place, 0)
      return { versionId: id, hotspotId, ...row, reason: null, reviewBy: at + 60 * DAY_MS }
    }),
  )
}
