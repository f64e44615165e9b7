/**
 * A morning after a busy day: 300 open alerts, 100 hotspots and 1,000 taskings, told to 100 channels of 20 members
 * each, whole and within Slack's limits, made as the bot makes them. Prints how long they took, and how long the bot
 * answered nobody meanwhile, as JSON (ms). A process of its own.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { checkSurface } from '../blockkit/index.ts'
import { seedStore } from '../src/bot/seed.ts'
import { fillStore } from '../src/cli/filling.ts'
import { loadMission } from '../src/config.ts'
import { openPartners } from '../src/db/partners.ts'
import { openStore } from '../src/db/store.ts'
import { createGazetteer } from '../src/domain/gazetteer.ts'
import { createIds } from '../src/ids.ts'
import { createAside } from '../src/jobs/aside/index.ts'
import type { DigestTask } from '../src/jobs/aside/task.ts'
import type { Ctx } from '../src/operations/context.ts'
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
const aside = createAside(60_000)
const each: number[] = []
let messages = 0
let parts = 0
/** How long whoever presses a button meanwhile waits at the worst. */
const held = monitorEventLoopDelay({ resolution: 1 })
held.enable()
const begun = now()
for (const channel of await store.read.channels.all()) {
  const at = now()
  const task: DigestTask = {
    do: 'digest',
    target: channel.id,
    kind: 'daily',
    window,
    dueAt: null,
    listed: [],
  }
  const made = await aside(ctx, task)
  if (!made) continue
  each.push(now() - at)
  for (const one of [made.message, ...made.whole]) {
    const [problem] = checkSurface('message', { ...one }, { margin: true, method: 'chat.postMessage' })
    if (problem) throw new Error(`Slack would refuse it: ${problem.code} at ${problem.pointer}`)
  }
  messages += 1 + made.whole.length
  // A part of a thread is asked for by itself, as at its delivery.
  for (let part = 0; part < made.whole.length; part++) {
    const partAt = now()
    await aside(ctx, task)
    parts += now() - partAt
  }
}
const all = now() - begun
held.disable()
await store.close()
console.log(
  JSON.stringify({
    'all channels, with their threads': all,
    'one channel': median(each),
    'a part of a thread': parts / Math.max(1, messages - each.length),
    'the bot held up at most': held.max / 1e6,
  }),
)
process.exit(0)

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
