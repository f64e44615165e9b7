import { NO_FILTER } from '../../domain/alert-filter.ts'
import { type FindQuery, holdsWords } from '../../domain/find-query.ts'
import { EVERY_TASKING } from '../../domain/tasking-filter.ts'
import { TocsinError } from '../../errors.ts'
import { mightRead, openedToThem, readable } from '../alert/find.ts'
import { actorAsReader } from '../alert/reading.ts'
import type { Ctx } from '../context.ts'
import { decidesAs } from '../early-warning/detect.ts'
import { earlyWarningFacts, mayReadEarlyWarning } from '../early-warning.ts'
import { listForums } from '../forum/list.ts'
import { listGates } from '../gate.ts'
import { hotspotByCode, listHotspots } from '../hotspot.ts'
import { incidentFacts, mayReadIncident } from '../incident/facts.ts'
import { mayReadInquiry } from '../inquiry.ts'
import { actingPerson, heldRoles } from '../permission.ts'
import { factsOfPlans, mayReadPlan } from '../plan/facts.ts'
import { findSummaries } from '../release.ts'
import { reportsOf } from '../report.ts'
import { filtered } from '../tasking/list.ts'
import { findTasking } from '../tasking.ts'
import { listTeams } from '../team/list.ts'
import type { Finder, Found } from './finder.ts'

/** More than these of the newest incidents are not looked through. */
const INCIDENTS = 2_000
const BATCH = 100

/** Whether a record lies in the sector and the time asked for. */
const within = (ctx: Ctx, query: FindQuery, { sector, at }: { sector: string | null; at: number }): boolean =>
  (query.sector === null || query.sector === sector) &&
  (query.sinceMs === null || at >= ctx.clock.now() - query.sinceMs)

/** What a code finds: one record or none. */
const alone = <T>(found: T | null): T[] => (found === null ? [] : [found])

const alerts: Finder = {
  letter: 'A',
  async find(ctx, query, most) {
    const repos = ctx.store.read
    const opened = await openedToThem(ctx)
    const fits = (alert: Parameters<typeof mightRead>[1]) =>
      within(ctx, query, { sector: alert.sector, at: alert.raisedAt }) && mightRead(ctx, alert, opened)
    const byCode = query.code ? await repos.alerts.byCode(query.code) : null
    const rows = query.code
      ? alone(byCode)
      : query.words === ''
        ? await newest(ctx, query, most)
        : await repos.alerts.search(query.words, most, fits)
    return (await readable(ctx, rows)).map(facts => ({ kind: 'alert', facts, at: facts.alert.raisedAt }))
  },
}

/** The newest alerts of a sector and a time, where no word is asked for. */
function newest(ctx: Ctx, { sector, sinceMs }: FindQuery, most: number) {
  const now = ctx.clock.now()
  const filter = { ...NO_FILTER, standing: 'all' as const, sector, sinceMs }
  return ctx.store.read.alerts.page({ filter, reader: null, now }, null, most)
}

const reports: Finder = {
  letter: 'W',
  async find(ctx, query, most) {
    const repos = ctx.store.read
    const rows = query.code
      ? alone(await repos.reports.byCode(query.code))
      : await newestReports(ctx, query.words, most)
    const found: Found[] = []
    for (const row of rows) {
      // The first report of an alert says what the alert says.
      const read = await reportsOf(ctx, row.alertId).catch(notTheirs)
      const report = read?.reports.find(({ id }) => id === row.id)
      if (!read || !report) continue
      const first = read.reports[0]?.id === report.id && !query.code
      if (first || !within(ctx, query, { sector: read.facts.alert.sector, at: report.receivedAt })) continue
      found.push({ kind: 'report', facts: read.facts, report, at: report.receivedAt })
    }
    return found
  },
}

async function newestReports(ctx: Ctx, words: string, most: number) {
  const found: Awaited<ReturnType<typeof ctx.store.read.reports.byId>>[] = []
  for await (const page of ctx.store.read.reports.search(words)) {
    found.push(...page)
    if (found.length >= most) break
  }
  return found.slice(0, most).filter(row => row !== null)
}

const summaries: Finder = {
  letter: 'R',
  async find(ctx, query, most) {
    const asked = query.code ?? query.words
    if (asked === '' || query.sector !== null) return []
    const found = await findSummaries(ctx, asked, most)
    return found
      .map(summary => ({ kind: 'summary' as const, summary, at: summary.release.decidedAt ?? 0 }))
      .filter(({ at }) => within(ctx, query, { sector: null, at }))
  },
}

const incidents: Finder = {
  letter: 'N',
  async find(ctx, query, most) {
    const reader = actorAsReader(ctx)
    const found: Found[] = []
    for (let offset = 0; reader && offset < INCIDENTS && found.length < most; offset += BATCH) {
      const rows = await ctx.store.read.incidents.newest(BATCH, offset)
      for (const row of rows) {
        const asked = query.code
          ? row.code === query.code
          : holdsWords(query, row.code, row.what, row.placeSaid)
        if (!asked || !within(ctx, query, { sector: row.sector, at: row.at })) continue
        const facts = await incidentFacts(ctx, row)
        if (mayReadIncident(ctx, facts, 'record', reader)) found.push({ kind: 'incident', facts, at: row.at })
      }
      if (rows.length < BATCH) break
    }
    return found
  },
}

const hotspots: Finder = {
  letter: 'H',
  async find(ctx, query) {
    const byCode = query.code ? await hotspotByCode(ctx, query.code) : null
    const all = query.code
      ? alone(byCode)
      : await listHotspots(ctx, { sector: query.sector, exercise: 'too' })
    return all
      .filter(
        ({ hotspot }) =>
          (query.code !== null || holdsWords(query, hotspot.name, hotspot.placeSaid)) &&
          within(ctx, query, { sector: hotspot.sector, at: hotspot.createdAt }),
      )
      .map(facts => ({ kind: 'hotspot', facts, at: facts.hotspot.createdAt }))
  },
}

const taskings: Finder = {
  letter: 'T',
  async find(ctx, query) {
    const byCode = query.code ? await findTasking(ctx, query.code) : null
    const filter = { ...EVERY_TASKING, ended: true, sector: query.sector, words: query.words }
    const all = query.code ? alone(byCode) : await filtered(ctx, filter)
    return all
      .map(facts => ({ kind: 'tasking' as const, facts, at: facts.tasking.stateAt }))
      .filter(({ facts, at }) => within(ctx, query, { sector: facts.tasking.sector, at }))
  },
}

const gates: Finder = {
  letter: 'G',
  async find(ctx, query) {
    const mine = await listGates(ctx)
    return mine
      .filter(({ facts: { gate, template }, reads }) => {
        const words = reads.closed ? Object.values(gate.words) : []
        const names = Object.values(template?.name ?? {})
        const asked = query.code
          ? gate.code === query.code
          : holdsWords(query, gate.code, gate.district, ...names, ...words)
        return asked && within(ctx, query, { sector: gate.sector, at: gate.askedAt })
      })
      .map(seen => ({ kind: 'gate', seen, at: seen.facts.gate.askedAt }))
  },
}

const inquiries: Finder = {
  letter: 'Q',
  async find(ctx, query) {
    const person = actingPerson(ctx)
    const found: Found[] = []
    for (const inquiry of await ctx.store.read.inquiries.all()) {
      const asked = query.code ? inquiry.code === query.code : holdsWords(query, inquiry.what, inquiry.why)
      if (!asked || !within(ctx, query, { sector: null, at: inquiry.askedAt })) continue
      if (await mayReadInquiry(ctx, inquiry, person))
        found.push({ kind: 'inquiry', inquiry, at: inquiry.askedAt })
    }
    return found
  },
}

const teams: Finder = {
  letter: 'J',
  async find(ctx, query) {
    const all = await listTeams(ctx, 'all', query.sector)
    return all
      .map(({ facts }) => ({ kind: 'team' as const, facts, at: facts.team.proposedAt }))
      .filter(({ facts: { team, hotspot, kind }, at }) => {
        const asked = query.code
          ? team.code === query.code
          : holdsWords(query, team.code, hotspot.name, team.why, ...Object.values(kind.name))
        return asked && within(ctx, query, { sector: team.sector, at })
      })
  },
}

const groups: Finder = {
  letter: 'F',
  async find(ctx, query) {
    const all = await listForums(ctx, true)
    return all
      .map(facts => ({ kind: 'forum' as const, facts, at: facts.forum.createdAt }))
      .filter(({ facts: { forum, kind }, at }) => {
        const asked = query.code
          ? forum.code === query.code
          : holdsWords(query, forum.code, forum.name, ...Object.values(kind?.name ?? {}))
        return asked && within(ctx, query, { sector: forum.sector, at })
      })
  },
}

const plans: Finder = {
  letter: 'K',
  async find(ctx, query) {
    const reader = actorAsReader(ctx)
    const repos = ctx.store.read
    const all = reader ? await factsOfPlans(ctx, repos, await repos.plans.all()) : []
    return all
      .filter(facts => {
        const { code, goal } = facts.plan
        const asked = query.code
          ? code === query.code
          : holdsWords(query, code, goal, ...facts.steps.map(({ what }) => what))
        const place = { sector: facts.forum.forum.sector, at: facts.plan.madeAt }
        return asked && within(ctx, query, place) && reader !== null && mayReadPlan(ctx, facts, reader)
      })
      .map(facts => ({ kind: 'plan', facts, at: facts.plan.madeAt }))
  },
}

/** Several low warnings together: whoever may read every one of them finds them, whoever decides opens them. */
const warnings: Finder = {
  letter: 'E',
  async find(ctx, query) {
    const reader = actorAsReader(ctx)
    const decides = decidesAs(ctx, heldRoles(ctx)) !== null
    const found: Found[] = []
    for (const { id, code, createdAt: at } of await ctx.store.read.earlyWarnings.all()) {
      if (query.code && code !== query.code) continue
      if (!within(ctx, { ...query, sector: null }, { sector: null, at })) continue
      const item = await earlyWarningFacts(ctx, id)
      if (!item || !reader || !mayReadEarlyWarning(ctx, item, reader)) continue
      const texts = item.alerts.flatMap(({ alert }) => [alert.code, alert.what, alert.placeSaid])
      const there = query.sector === null || item.alerts.some(({ alert }) => alert.sector === query.sector)
      if (there && (query.code || holdsWords(query, code, ...texts)))
        found.push({ kind: 'warning', item, decides, at })
    }
    return found
  },
}

/** One per kind of record: a noun adds its own here, its shape in `finder.ts` and its line in `views/find.ts`. */
export const finders: readonly Finder[] = [
  alerts,
  reports,
  summaries,
  incidents,
  hotspots,
  taskings,
  gates,
  inquiries,
  teams,
  groups,
  plans,
  warnings,
]

function notTheirs(error: unknown): null {
  if (error instanceof TocsinError && error.code === 'not_found') return null
  throw error
}
