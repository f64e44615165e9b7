import { openPartners } from '../../db/partners.ts'
import { openReader } from '../../db/store.ts'
import { createGazetteer } from '../../domain/gazetteer.ts'
import type { Mission } from '../../domain/mission.ts'
import { createLocales } from '../../locales/index.ts'
import type { Ctx, Services } from '../../operations/context.ts'
import type { Clock } from '../../ports.ts'
import { alertCsv } from './alert-csv.ts'
import { alertFiguresFile } from './alert-figures.ts'
import { hotspotFile } from './hotspots.ts'
import type { MadeFile } from './index.ts'
import { indicatorsFile, weekPicture } from './indicators.ts'
import type { AsideData, Task } from './task.ts'

const quiet = () => {}

/** A task from its data alone, on a connection that can only read. */
export async function workAside({ task, dataDir, mission, now }: AsideData): Promise<MadeFile | null> {
  const { services, close } = readingServices(dataDir, mission, { now: () => now })
  try {
    return await made(services, task)
  } finally {
    close()
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
  const services: Services = {
    store: { read, path: '', write: refuse, scrub: refuse, close: refuse, onCommit: () => quiet },
    mission,
    gazetteer: createGazetteer(mission.gazetteer),
    clock,
    ids,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    vault: null,
    partners: openPartners(dataDir),
    integration: { profile: mission.profile },
  }
  return { services, close }
}

/** For the person who asked, with the roles they hold now; null where they are gone or their access was closed. */
export async function made(services: Services, task: Task): Promise<MadeFile | null> {
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
