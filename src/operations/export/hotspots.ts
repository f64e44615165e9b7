/** Hotspots, review rounds and versions of the matrix in the export of who holds them. */
import type { HotspotRow } from '../../db/hotspots.ts'
import { type Constituency, findTerm } from '../../domain/mission.ts'
import { sideOf } from '../../domain/side.ts'
import type { Ctx } from '../context.ts'
import { type ExportLine, iso, mayHaveLayer } from './lines.ts'

/** Places a constituency holds, rounds its people opened with the versions that came of them, and what its people said in any. */
export async function hotspotExport(ctx: Ctx, holder: Constituency): Promise<ExportLine[]> {
  const { read } = ctx.store
  const people = new Map((await read.people.all()).map(({ id, constituency }) => [id, constituency]))
  const codes = new Map<string, string>((await read.hotspots.all()).map(({ id, code }) => [id, code]))
  const own = (row: { byPerson: string }) => people.get(row.byPerson) === holder
  const place = (hotspotId: string) => codes.get(hotspotId) ?? null
  const lines = await placeLines(ctx, holder)
  const rounds = await read.matrix.rounds()
  const roundCode = new Map(rounds.map(({ id, code }) => [id, code]))
  for (const round of rounds) {
    if (round.holder === holder)
      lines.push({
        type: 'round',
        code: round.code,
        exercise: round.exercise,
        holder,
        audience: round.audience,
        sector: round.sector,
        state: round.state,
        opened_at: iso(round.openedAt),
        closes_at: iso(round.closesAt),
        revealed_at: maybe(round.revealedAt),
        ended_at: maybe(round.endedAt),
        places: (await read.matrix.placesOf(round.id)).map(place),
      })
    for (const row of (await read.matrix.entriesOf(round.id)).filter(own))
      lines.push({
        type: 'rating',
        round: round.code,
        hotspot: place(row.hotspotId),
        voice: row.voice,
        at: iso(row.at),
        likelihood: row.likelihood,
        impact: row.impact,
        vulnerability: row.vulnerability,
        category: row.category,
        rationale: row.rationale,
        note: row.note,
      })
    for (const row of (await read.matrix.dissentsOf(round.id)).filter(own))
      lines.push({
        type: 'dissent',
        round: round.code,
        hotspot: place(row.hotspotId),
        voice: row.voice,
        at: iso(row.at),
        category: row.category,
        reason: row.reason,
        withdrawn_at: maybe(row.withdrawnAt),
      })
  }
  const held = new Set(rounds.flatMap(round => (round.holder === holder ? [round.id] : [])))
  for (const version of (await read.matrix.versions()).filter(({ roundId }) => held.has(roundId)))
    lines.push({
      type: 'version',
      number: version.number,
      sector: version.sector,
      round: roundCode.get(version.roundId) ?? null,
      adopted_at: iso(version.adoptedAt),
      role: version.role,
      took_part: version.tookPart,
      rows: (await read.matrix.rowsOf([version.id])).map(row => ({
        hotspot: place(row.hotspotId),
        category: row.category,
        likelihood: row.likelihood,
        impact: row.impact,
        rationale: row.rationale,
        reason: row.reason,
        review_by: iso(row.reviewBy),
      })),
    })
  return lines
}

async function placeLines(ctx: Ctx, holder: Constituency): Promise<ExportLine[]> {
  const { read } = ctx.store
  const rows = (await read.hotspots.all()).filter(row => row.holder === holder)
  const ids = rows.map(({ id }) => id)
  const of = <T extends { hotspotId: string }>(all: readonly T[]) =>
    Map.groupBy(all, ({ hotspotId }) => hotspotId)
  const visits = of(await read.hotspots.visitsOf(ids))
  const contacts = of(await read.hotspots.contactsOf(ids))
  const tiers = of(await read.hotspots.tiersOf(ids))
  const coverage = of(mayHaveLayer(ctx, holder, 'command') ? await read.hotspots.coverageOf(ids) : [])
  const side = sideOf(holder)
  return rows.map(row => ({
    ...placeLine(ctx, row, mayHaveLayer(ctx, holder, 'attribution')),
    visits: (visits.get(row.id) ?? []).map(({ constituency, section, from, to }) => ({
      constituency,
      section,
      from: iso(from),
      to: iso(to),
    })),
    contacts: (contacts.get(row.id) ?? [])
      .filter(contact => contact.side === side)
      .map(({ purpose, post }) => ({ purpose, post })),
    not_applicable: (tiers.get(row.id) ?? []).map(({ tier, reason, at }) => ({ tier, reason, at: iso(at) })),
    coverage: (coverage.get(row.id) ?? []).map(({ coverage, everyDays, at }) => ({
      coverage,
      every_days: everyDays,
      at: iso(at),
    })),
  }))
}

/** @param open whether restricted classes of perpetrators may stand in it. */
function placeLine(ctx: Ctx, row: HotspotRow, open: boolean): ExportLine {
  return {
    type: 'hotspot',
    code: row.code,
    exercise: row.exercise,
    holder: row.holder,
    audience: row.audience,
    name: row.name,
    kind: row.kind,
    place: { id: row.placeId, said: row.placeSaid, lat: row.lat, lon: row.lon, radius_km: row.radiusKm },
    sector: row.sector,
    season: row.seasonFrom === null ? null : { from: row.seasonFrom, to: row.seasonTo },
    threats: row.threats,
    at_risk: row.atRisk,
    perpetrators: row.perpetrators.filter(
      id => open || !(findTerm(ctx.mission, 'perpetrators', id)?.restricted ?? true),
    ),
    vulnerability: row.vulnerability,
    capacity: row.capacity,
    intent: row.intent,
    phase: row.phase,
    state: row.state,
    listed_at: iso(row.createdAt),
  }
}

const maybe = (at: number | null): string | null => (at === null ? null : iso(at))
