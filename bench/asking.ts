/**
 * Asks a filled store what people ask, as a member of the operations centre and as a company's duty officer, and prints
 * how long each took (the median of several, ms) as JSON. A process of its own: nothing is warm from another size.
 */

import { loadMission } from '../src/config.ts'
import { NO_FILTER } from '../src/domain/alert-filter.ts'
import { alsoWaits } from '../src/handlers/waiting.ts'
import { readingServices } from '../src/jobs/aside/work.ts'
import { createLocales } from '../src/locales/index.ts'
import { openAlerts } from '../src/operations/alert/find.ts'
import { allAlerts } from '../src/operations/alert/list.ts'
import { alertFigures, duplicatesOf, findAlerts, listAlerts, waitingFor } from '../src/operations/alert.ts'
import type { Ctx } from '../src/operations/context.ts'
import { personalDigest } from '../src/operations/digest.ts'
import { readHome } from '../src/operations/home.ts'
import { findReports } from '../src/operations/report-search.ts'
import { homeView } from '../src/views/home.ts'
import { median, now } from './figures.ts'

const [dataDir = ''] = process.argv.slice(2)
const mission = await loadMission(process.env.MISSION ?? 'missions/ombara.yaml')
const { services, close } = readingServices(dataDir, mission, { now: Date.now })
const { read } = services.store

const as = async (user: string): Promise<Ctx> => {
  const person = await read.people.byUser('T0MISSION', user)
  if (!person) throw new Error(`nobody is ${user}`)
  return {
    ...services,
    actor: { kind: 'person', person, roles: await read.roles.rolesOf(person.id, Date.now()) },
  }
}
const watch = await as('U0JOCWATCH')
const company = await as('U0COMPANYKARAMBA')
const all = { ...NO_FILTER, standing: 'all' as const }

const [{ alert: { id: newest } = { id: '' } } = {}] = await openAlerts(watch, 1)

/** The last of 50 pages, or of as many as there are. */
async function deep() {
  let page = await listAlerts(watch, all)
  for (let n = 0; n < 50 && page.older; n++) page = await listAlerts(watch, all, page.older)
  return page.newer ? () => listAlerts(watch, all, page.newer) : () => listAlerts(watch, all)
}

async function wholeFile() {
  let rows = 0
  for await (const _ of allAlerts(watch, all)) rows++
  return rows
}

const words = createLocales(mission.zone, mission.languages, { onMissing: () => {} })

/** Everything the App Home asks and shows, as when it is opened. */
async function home(ctx: Ctx) {
  if (ctx.actor.kind !== 'person') throw new Error('a home is a person’s')
  const { person } = ctx.actor
  const own = words.words(person.locale, person.zone)
  return homeView(
    { words: own, mission, now: Date.now() },
    {
      waiting: await waitingFor(ctx),
      joining: [],
      also: await alsoWaits({ ctx, words: own, person }),
      home: await readHome(ctx),
    },
  )
}

const questions: Record<string, [times: number, ask: () => Promise<unknown>]> = {
  'list, first page': [20, () => listAlerts(watch, NO_FILTER)],
  'list, a page far back': [20, await deep()],
  'list, overdue in one sector': [
    20,
    () => listAlerts(company, { ...NO_FILTER, overdue: true, sector: 'north' }),
  ],
  'list, a rare threat, ended': [
    10,
    () => listAlerts(watch, { ...all, standing: 'ended', threat: 'hate_speech' }),
  ],
  'list, common words': [10, () => listAlerts(watch, { ...all, words: 'armed men' })],
  'list, words nobody wrote': [10, () => listAlerts(watch, { ...all, words: 'xylophone' })],
  'search, common words': [10, () => findAlerts(watch, 'armed men market')],
  'search of reports, common words': [10, () => findReports(watch, 'armed men market')],
  'likely duplicates of an alert': [20, () => duplicatesOf(watch, newest)],
  'what waits for a duty officer': [10, () => waitingFor(company)],
  'App Home of a duty officer': [10, () => home(company)],
  'App Home of the operations centre': [10, () => home(watch)],
  'digest of a day': [5, () => personalDigest(watch)],
  'figures of 90 days': [1, () => alertFigures(watch, '90d', null)],
  'every row of a file': [1, wholeFile],
}

const took: Record<string, number> = {}
for (const [question, [times, ask]] of Object.entries(questions)) {
  if (times > 1) await ask()
  const each: number[] = []
  for (let n = 0; n < times; n++) {
    const begun = now()
    await ask()
    each.push(now() - begun)
  }
  took[question] = median(each)
}
close()
console.log(JSON.stringify(took))
