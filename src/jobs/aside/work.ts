import { openPartners } from '../../db/partners.ts'
import { openReader } from '../../db/store.ts'
import { createGazetteer } from '../../domain/gazetteer.ts'
import type { Mission } from '../../domain/mission.ts'
import { missionUnder } from '../../domain/profile.ts'
import { createLocales } from '../../locales/index.ts'
import type { Ctx, Services } from '../../operations/context.ts'
import type { Clock } from '../../ports.ts'
import { alertCsv } from './alert-csv.ts'
import { alertFiguresFile } from './alert-figures.ts'
import { digestMaker, type MadeDigest } from './digest.ts'
import { hotspotFile } from './hotspots.ts'
import type { MadeFile } from './index.ts'
import { indicatorsFile, weekPicture } from './indicators.ts'
import type { AsideData, Asked, FileTask } from './task.ts'

const quiet = () => {}

/** Makes what is asked, one thing after the other, on a connection that can only read. */
export function createBench({ dataDir, mission }: AsideData): {
  work(asked: Asked): Promise<MadeFile | MadeDigest | null>
} {
  let now = 0
  const { services } = readingServices(dataDir, mission, { now: () => now })
  const locales = createLocales(mission.zone, mission.languages, { onMissing: quiet })
  const digests = digestMaker({ ...services, actor: { kind: 'system' } }, locales)
  return {
    async work({ task, now: moment, profile }) {
      now = moment
      services.integration.profile = profile
      return task.do === 'digest' ? digests(task) : made(services, task)
    },
  }
}

/** The services of whoever only reads a store that another thread or process writes: nothing sealed can be opened. */
export function readingServices(
  dataDir: string,
  mission: Mission,
  clock: Clock,
): { services: Services; close(): void } {
  const unneeded = (): never => {
    throw new Error('whoever only reads makes no records')
  }
  const ids = { id: unneeded, code: unneeded, salt: unneeded }
  const { read, close } = openReader({ dataDir, clock, ids })
  const refuse = () => Promise.reject(new Error('this connection can only read'))
  const integration = { profile: mission.profile }
  const services: Services = {
    store: { read, path: '', write: refuse, scrub: refuse, close: refuse, onCommit: () => quiet },
    mission: missionUnder(mission, integration),
    gazetteer: createGazetteer(mission.gazetteer),
    clock,
    ids,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    vault: null,
    partners: openPartners(dataDir),
    integration,
  }
  return { services, close }
}

/** For the person who asked, with the roles they hold now; null where they are gone or their access was closed. */
export async function made(services: Services, task: FileTask): Promise<MadeFile | null> {
  const { mission } = services
  const { read } = services.store
  const now = services.clock.now()
  if (task.do === 'indicators.week') return weekPicture(services, task.channelId)
  const person = await read.people.byId(task.personId)
  if (!person || person.closedAt !== null) return null
  const ctx: Ctx = {
    ...services,
    actor: { kind: 'person', person, roles: await read.roles.rolesOf(person.id, now) },
  }
  const locales = createLocales(mission.zone, mission.languages, { onMissing: quiet })
  const view = { words: locales.words(person.locale, person.zone), mission, now }
  switch (task.do) {
    case 'alert.csv':
      return alertCsv(ctx, view, task)
    case 'alert.figures':
      return alertFiguresFile(ctx, view, task)
    case 'indicators':
      return indicatorsFile(ctx, view, task)
    case 'hotspots':
      return hotspotFile(ctx, view, task)
  }
}
