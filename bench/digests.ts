/**
 * A morning after a busy day: 300 open alerts, 100 hotspots and 1,000 taskings, told to 100 channels of 20 members
 * each, whole and within Slack's limits. Prints how long all of them took, and one, as JSON (ms). A process of its own.
 */
import { checkSurface } from '../blockkit/index.ts'
import { seedStore } from '../src/bot/seed.ts'
import { fillStore } from '../src/cli/filling.ts'
import { loadMission } from '../src/config.ts'
import { openPartners } from '../src/db/partners.ts'
import { openStore } from '../src/db/store.ts'
import { createGazetteer } from '../src/domain/gazetteer.ts'
import { createIds } from '../src/ids.ts'
import { createLocales } from '../src/locales/index.ts'
import type { Ctx } from '../src/operations/context.ts'
import { channelDigest } from '../src/operations/digest.ts'
import { digestMessages } from '../src/views/digest.ts'
import { median, now } from './figures.ts'

const CHANNELS = 100
const MEMBERS = 20
const HOTSPOTS = 100
const TASKINGS = 1_000
const DAY = 86_400_000

const [dataDir = ''] = process.argv.slice(2)
const mission = await loadMission(process.env.MISSION ?? 'missions/ombara.yaml')
const clock = { now: Date.now }
const ids = createIds()
const quiet = () => {}
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
const store = await openStore({ dataDir, clock, ids, log })
await seedStore(store, mission, clock, ids)
const ctx: Ctx = {
  store,
  mission,
  gazetteer: createGazetteer(mission.gazetteer),
  clock,
  ids,
  log,
  vault: null,
  partners: openPartners(dataDir),
  integration: { profile: mission.profile },
  actor: { kind: 'system' },
}
await fillStore(ctx, { alerts: 3_000, seed: 7, until: Date.now() })
await fillRest()

const window = { from: Date.now() - DAY, to: Date.now() }
const locales = createLocales(mission.zone, mission.languages, { onMissing: quiet })
const each: number[] = []
let told = 0
const begun = now()
for (const channel of await store.read.channels.all()) {
  const at = now()
  const digest = await channelDigest(ctx, channel.id, window, null)
  if (!digest) continue
  const view = { words: locales.words(channel.language), mission, now: Date.now() }
  const { message, whole } = digestMessages(view, digest)
  for (const one of [message, ...whole]) {
    const [problem] = checkSurface('message', { ...one }, { margin: true, method: 'chat.postMessage' })
    if (problem) throw new Error(`Slack would refuse it: ${problem.code} at ${problem.pointer}`)
  }
  told += 1 + whole.length
  each.push(now() - at)
}
const all = now() - begun
await store.close()
console.log(JSON.stringify({ channels: each.length, messages: told, all, each: median(each) }))

async function fillRest(): Promise<void> {
  const people = (await store.read.people.all()).filter(({ constituency }) => constituency !== 'ngo')
  const [author] = people
  if (!author) throw new Error('nobody is known')
  const sectors = mission.sectors.map(({ id }) => id)
  await store.write(async repos => {
    for (let n = 0; n < CHANNELS; n++) {
      const id = `C0BENCH${n}`
      const sector = sectors[n % sectors.length] ?? null
      const purpose = n % 3 === 0 ? 'operations_centre' : 'sector'
      await repos.channels.insert({
        id,
        teamId: 'T0MISSION',
        purpose,
        sector: purpose === 'sector' ? sector : null,
        language: n % 2 === 0 ? 'en' : 'fr',
        digest: true,
        registeredAt: Date.now(),
      })
      const members = people
        .filter(({ constituency }) => constituency !== 'un_agency')
        .slice(0, MEMBERS)
        .map(({ teamId, userId }) => ({ teamId, userId }))
      await repos.channels.setMembers(id, members, Date.now())
    }
    for (let n = 0; n < HOTSPOTS; n++) {
      const place = mission.gazetteer[n % mission.gazetteer.length]
      await repos.hotspots.insert({
        id: ids.id(),
        code: `H-B${n}`,
        version: 1,
        exercise: false,
        holder: 'mission_civilian',
        audience: [...mission.audiences.hotspot],
        name: place?.name ?? 'Place',
        kind: 'market',
        placeId: place?.id ?? null,
        placeSaid: place?.name ?? 'Place',
        lat: place?.lat ?? null,
        lon: place?.lon ?? null,
        radiusKm: null,
        sector: sectors[n % sectors.length] ?? null,
        seasonFrom: null,
        seasonTo: null,
        threats: [],
        atRisk: null,
        perpetrators: [],
        vulnerability: null,
        capacity: 'unknown',
        intent: 'unknown',
        phase: 'ongoing_conflict',
        state: 'listed',
        createdBy: author.id,
        createdAt: Date.now() - 1_000,
        requestKey: null,
      })
    }
    for (let n = 0; n < TASKINGS; n++)
      await repos.taskings.insert(
        {
          id: ids.id(),
          code: `T-B${n}`,
          version: 1,
          exercise: false,
          kind: 'tasking',
          originKind: 'none',
          originId: null,
          holder: 'mission_civilian',
          audience: ['military', 'police', 'mission_civilian', 'human_rights'],
          layer: null,
          tlp: null,
          result: 'People reach the water point by day',
          tier: 2,
          unarmedMode: null,
          sector: sectors[n % sectors.length] ?? null,
          placeId: null,
          placeSaid: null,
          dueAt: Date.now() + (n % 2 === 0 ? -DAY : DAY),
          dueZone: mission.zone,
          urgent: false,
          askedBy: author.id,
          askedAt: Date.now() - 2 * DAY,
          askedRole: 'joc_watch',
          toConstituency: 'military',
          toRole: 'force_hq',
          toOrganisation: null,
          accountable: author.id,
          state: 'accepted',
          stateAt: Date.now() - DAY,
          reason: null,
          outcome: null,
          climbedTo: null,
          overdueRung: 0,
          requestKey: null,
        } as never,
        [],
      )
  })
}
