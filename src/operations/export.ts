import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import type { Entry } from '../db/entries.ts'
import type { Inquiry } from '../db/inquiries.ts'
import { exportPath, writePrivately } from '../db/kept-files.ts'
import { CONSTITUENCIES, type Constituency, findRole } from '../domain/mission.ts'
import { sideOf } from '../domain/side.ts'
import { TocsinError } from '../errors.ts'
import { type AlertFacts, factsOfAll } from './alert/facts.ts'
import { actorId, type Ctx } from './context.ts'
import { groupLines, planLines } from './export/groups.ts'
import { hotspotExport } from './export/hotspots.ts'
import { jointLines, ownGateLines } from './export/joint.ts'
import {
  actLine,
  alertLine,
  componentReportLine,
  type ExportLine,
  entryLine,
  inquiryLine,
  iso,
  mayHaveLayer,
  quoteLine,
  releaseLine,
  reportLine,
  responseLine,
  toldLine,
} from './export/lines.ts'
import { attributionLine, earlyWarningLines, givenElsewhere, incidentLines } from './export/owned.ts'
import { teamLines } from './export/teams.ts'
import { heldRoles, registeredPerson } from './permission.ts'

export type { ExportLine } from './export/lines.ts'

/** The format of docs/export.md; raised when a reader of the old one would misunderstand the new one. */
export const EXPORT_FORMAT = { format: 'tocsin-export', version: 1 } as const

/** What stands beside the lines and proves them. */
export interface ExportManifest {
  format: typeof EXPORT_FORMAT.format
  version: typeof EXPORT_FORMAT.version
  mission: string
  holder: Constituency
  made_at: string
  counts: Record<string, number>
  file: { name: string; bytes: number; sha256: string }
  /** The last link of the mission's chain of events when it was made. */
  trail_head: string
  /** What is not in the file, whoever holds the record. */
  left_out: readonly string[]
}

export interface MadeExport {
  file: string
  manifestFile: string
  manifest: ExportManifest
}

const LEFT_OUT = [
  'sources',
  'layers not open to the holder',
  'words kept by specialists',
  'names of people',
  'days of escorts, and what agencies and NGOs answered to requests',
  'members, plans, days and times of teams, and what is known of reprisals',
] as const
const BATCH = 200

/**
 * Writes everything a constituency holds into a file of JSON Lines, with a manifest beside it. An
 * administrator of that side may, or the operator; human rights records are the human rights section's own. The
 * access log holds it before anything is written. Sources, names and layers that are not open to the holder are left
 * out.
 *
 * @param input.file where to; left out: `exports` of the data folder, from where retention removes it.
 * @throws TocsinError `not_registered`, `not_allowed`, `unknown_term` for no constituency.
 */
export async function makeExport(
  ctx: Ctx,
  input: { holder: string; file?: string | undefined },
): Promise<MadeExport> {
  const holder = requireExporter(ctx, input.holder)
  const now = ctx.clock.now()
  await ctx.store.write(repos =>
    repos.access.add({
      at: now,
      personId: ctx.actor.kind === 'person' ? actorId(ctx) : 'operator',
      layer: 'export',
      recordKind: 'export',
      recordId: holder,
    }),
  )
  const file = input.file ?? exportPath(ctx.store.path, now, holder, ctx.ids.salt(3))
  const hash = createHash('sha256')
  const counts: Record<string, number> = {}
  let bytes = 0
  await writePrivately(file, async function* () {
    for await (const line of exportLines(ctx, holder)) {
      const text = `${JSON.stringify(line)}\n`
      counts[line.type] = (counts[line.type] ?? 0) + 1
      bytes += Buffer.byteLength(text)
      hash.update(text)
      yield text
    }
  })
  const { head } = await ctx.store.read.events.verify()
  const manifest: ExportManifest = {
    ...EXPORT_FORMAT,
    mission: ctx.mission.short,
    holder,
    made_at: iso(now),
    counts,
    file: { name: basename(file), bytes, sha256: hash.digest('hex') },
    trail_head: head,
    left_out: LEFT_OUT,
  }
  const manifestFile = `${file}.manifest.json`
  await writePrivately(manifestFile, async function* () {
    yield `${JSON.stringify(manifest, null, 2)}\n`
  })
  return { file, manifestFile, manifest }
}

function requireExporter(ctx: Ctx, wanted: string): Constituency {
  const holder = CONSTITUENCIES.find(each => each === wanted)
  if (ctx.actor.kind === 'person') {
    const person = registeredPerson(ctx)
    const side = holder ? sideOf(holder) : null
    const administers = heldRoles(ctx).some(({ role }) => findRole(ctx.mission, role)?.administers === side)
    const own = holder === 'human_rights' ? person.constituency === holder : true
    const sameSide = person.constituency !== null && sideOf(person.constituency) === side
    if (side === null || !administers || !sameSide || !own) throw new TocsinError('not_allowed')
  }
  if (!holder) throw new TocsinError('unknown_term', { field: 'holder', details: { value: wanted } })
  return holder
}

/** The lines of an export, record by record: an alert, what was done, who was told, its events. */
async function* exportLines(ctx: Ctx, holder: Constituency): AsyncGenerator<ExportLine> {
  const { read } = ctx.store
  const ids = await read.exports.alertsHeldBy(holder)
  for (let from = 0; from < ids.length; from += BATCH) {
    const alerts = await read.alerts.byIds(ids.slice(from, from + BATCH))
    const all = await factsOfAll(read, ctx.mission, ctx.clock.now(), alerts)
    for (const facts of all) {
      const { code } = facts.alert
      yield alertLine(ctx, facts, mayHaveLayer(ctx, holder, 'attribution'))
      for await (const line of layerLines(ctx, holder, facts)) yield line
      for (const report of await read.reports.cameTo(facts.alert.id))
        if (report.holder === holder) yield reportLine(code, report)
      for (const response of facts.responses)
        if (response.holder === holder) yield responseLine(code, response)
      for (const quote of await read.quotes.ofAlerts([facts.alert.id]))
        if (quote.state === 'stands') yield quoteLine({ alert: code }, quote, holder)
      for (const act of facts.acts) yield await actLine(ctx, code, act)
      for (const row of await read.alerts.rungs(facts.alert.id)) yield toldLine(code, row)
      for (const { seq, at, recordedAt, kind, previous, hash } of await read.events.ofRecord(
        'alert',
        facts.alert.id,
      ))
        yield {
          type: 'event',
          alert: code,
          seq,
          at: iso(at),
          recorded_at: iso(recordedAt),
          kind,
          previous,
          hash,
        }
      for (const release of await read.releases.ofAlert(facts.alert.id)) yield releaseLine(code, release)
    }
  }
  yield* await givenElsewhere(ctx, holder)
  yield* incidentLines(ctx, holder)
  yield* await earlyWarningLines(ctx, holder)
  for (const report of await read.componentReports.all())
    if (report.holder === holder) yield componentReportLine(report)
  for (const inquiry of await read.inquiries.all())
    if (inquiry.holder === holder) yield await requestLine(ctx, inquiry)
  for (const line of await entryLines(ctx, entry => entry.holder === holder)) yield line
  for (const line of await hotspotExport(ctx, holder)) yield line
  for await (const line of jointLines(ctx, holder)) yield line
  for await (const line of groupLines(ctx, holder)) yield line
  for await (const line of teamLines(ctx, holder)) yield line
  for await (const line of planLines(ctx, holder)) yield line
}

/** Entries are their author's part of the house's, whoever holds the alert. */
async function entryLines({ store }: Ctx, wanted: (entry: Entry) => boolean): Promise<ExportLine[]> {
  const { entries, alerts } = store.read
  const rows = (await entries.all()).filter(wanted)
  const versions = await entries.versionsOf(rows.map(({ id }) => id))
  const of = await alerts.byIds([...new Set(rows.map(({ alertId }) => alertId))])
  return rows.map(row => entryLine(of.find(({ id }) => id === row.alertId)?.code ?? '', row, versions))
}

/** The layers of an alert that its holder may have, but those of the specialists, who alone have them. */
async function* layerLines(
  ctx: Ctx,
  holder: Constituency,
  { alert }: AlertFacts,
): AsyncGenerator<ExportLine> {
  const { read } = ctx.store
  const attribution = mayHaveLayer(ctx, holder, 'attribution')
    ? await read.alerts.attribution(alert.id)
    : null
  if (attribution) yield attributionLine({ alert: alert.code }, attribution)
}

async function requestLine({ store }: Ctx, inquiry: Inquiry): Promise<ExportLine> {
  const release = inquiry.releaseId ? await store.read.releases.byId(inquiry.releaseId) : null
  return inquiryLine(inquiry, release?.code ?? null)
}

/**
 * All that one person gave: the alerts they raised, what they did and noted themselves, what they reported and recorded, what they proposed to release
 * and what they asked. For a renderer, which shows it to that person alone.
 */
export async function gaveLines(ctx: Ctx, personId: string): Promise<ExportLine[]> {
  const { read } = ctx.store
  const lines: ExportLine[] = []
  const alerts = await read.alerts.byIds(await read.exports.alertsTouchedBy(personId))
  for (const facts of await factsOfAll(read, ctx.mission, ctx.clock.now(), alerts)) {
    const { alert } = facts
    if (alert.raisedBy === personId) lines.push(alertLine(ctx, facts))
    for (const act of facts.acts)
      if (act.byPerson === personId) lines.push(await actLine(ctx, alert.code, act))
    for (const report of await read.reports.cameTo(alert.id))
      if (report.recordedBy === personId) lines.push(reportLine(alert.code, report))
    for (const response of facts.responses)
      if (response.recordedBy === personId) lines.push(responseLine(alert.code, response))
    for (const quote of await read.quotes.ofAlerts([alert.id]))
      if (quote.authorId === personId && quote.state === 'stands')
        lines.push(quoteLine({ alert: alert.code }, quote, quote.constituency))
    for (const release of await read.releases.ofAlert(alert.id))
      if (release.proposedBy === personId) lines.push(releaseLine(alert.code, release))
  }
  for (const inquiry of await read.inquiries.all())
    if (inquiry.askedBy === personId) lines.push(await requestLine(ctx, inquiry))
  lines.push(...(await entryLines(ctx, ({ author }) => author === personId)))
  lines.push(...(await ownGateLines(ctx, personId)))
  const person = await read.people.byId(personId)
  if (person?.constituency)
    for await (const line of incidentLines(ctx, person.constituency, personId)) lines.push(line)
  return lines
}
