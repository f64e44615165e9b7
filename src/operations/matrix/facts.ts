import type {
  DissentRow,
  EntryRow,
  MatrixRow,
  ProposalRow,
  Round,
  Version,
  WaiverRow,
} from '../../db/matrix.ts'
import type { Repos } from '../../db/store.ts'
import { isCovered } from '../../domain/hotspot.ts'
import { type Finding, findingKey, findings } from '../../domain/matrix/checks.ts'
import type { Category, Entry, Voice } from '../../domain/matrix/entry.ts'
import {
  type Agreement,
  agreement,
  highNeedLowPriority,
  type Row,
  reveal,
} from '../../domain/matrix/reveal.ts'
import { parseVoice, placesRated, unanswered } from '../../domain/matrix/round.ts'
import type { MatrixRules } from '../../domain/mission.ts'
import type { Reader, Shared } from '../../domain/sharing.ts'
import { TocsinError } from '../../errors.ts'
import { actorAsReader } from '../alert/reading.ts'
import { mayBeShown } from '../channel.ts'
import type { Ctx } from '../context.ts'
import { type HotspotFacts, hotspotFacts } from '../hotspot/facts.ts'
import { registeredPerson } from '../permission.ts'
import type { SharedRecord } from '../shared-records.ts'
import { checkedRows } from './checked.ts'

/** A round as it now is, with what follows from it. */
export interface RoundFacts {
  round: Round
  shared: Shared
  /** The places it ranks, by name; one that was taken off the list meanwhile is marked by its state. */
  places: HotspotFacts[]
  entries: (Entry & { note: string | null; at: number })[]
  nils: Voice[]
  /** How many places of the list each voice has rated, by its key. */
  rated: ReadonlyMap<string, number>
  /** Those asked who have not answered. */
  waiting: Voice[]
  /** Both sides beside each other; empty until it is revealed. */
  rows: Row[]
  agreement: Agreement
  proposals: ReadonlyMap<string, ProposalRow>
  /** Those that stand. */
  dissents: DissentRow[]
  /** What was found and waived, and still stands. */
  waived: { finding: Finding; waiver: WaiverRow }[]
  /** What speaks against adopting, not waived; empty until it is revealed. */
  findings: Finding[]
  /** Places of high need that come out low, by id; empty until it is revealed. */
  highNeed: string[]
  /** The version in force for the same places. */
  last: { version: Version; rows: MatrixRow[] } | null
  /** Of a round of the whole mission: what sectors have adopted about its places since its last version. */
  sectors: ReadonlyMap<string, SectorWord>
}

/** What a round says about its readers. */
export function sharedRound(round: Pick<Round, 'holder' | 'audience' | 'openedBy'>): Shared {
  return { holder: round.holder, audience: round.audience, named: [round.openedBy] }
}

/** The rounds among these rows, for whoever looks at what stands in a channel. */
export async function roundsShared(
  _ctx: unknown,
  repos: Repos,
  ids: readonly string[],
): Promise<SharedRecord[]> {
  const rounds = await Promise.all(ids.map(id => repos.matrix.roundById(id)))
  return rounds.flatMap(round =>
    round ? [{ kind: 'matrix', id: round.id, code: round.code, shared: sharedRound(round) }] : [],
  )
}

/** @throws TocsinError `not_found` for a mission that ranks nothing. */
export function matrixRules({ mission }: Pick<Ctx, 'mission'>): MatrixRules {
  if (!mission.matrix) throw new TocsinError('not_found')
  return mission.matrix
}

/** Reads what surrounds a round. */
export async function roundFacts(ctx: Ctx, repos: Repos, round: Round): Promise<RoundFacts> {
  const now = ctx.clock.now()
  const ids = await repos.matrix.placesOf(round.id)
  const places = await hotspotFacts(repos, ctx.mission, now, await repos.hotspots.byIds(ids))
  const entries = (await repos.matrix.entriesOf(round.id)).flatMap(entryOf)
  const nils = (await repos.matrix.nilsOf(round.id)).flatMap(({ voice }) => parseVoice(voice) ?? [])
  const listed = places.filter(({ hotspot }) => hotspot.state === 'listed')
  const rated = placesRated(
    entries,
    listed.map(({ hotspot }) => hotspot.id),
  )
  const rows =
    round.state === 'open' || round.state === 'cancelled'
      ? []
      : reveal(
          listed.map(({ hotspot }) => hotspot.id),
          entries,
        )
  const proposals = new Map((await repos.matrix.proposalsOf(round.id)).map(row => [row.hotspotId, row]))
  const waivers = await repos.matrix.waiversOf(round.id)
  const last = await versionInForce(repos, round.sector)
  const facts = {
    round,
    shared: sharedRound(round),
    places,
    entries,
    nils,
    rated,
    waiting: unanswered(rated, listed.length, nils),
    rows,
    agreement: agreement(rows),
    proposals,
    dissents: (await repos.matrix.dissentsOf(round.id)).filter(({ withdrawnAt }) => withdrawnAt === null),
    waived: [],
    findings: [],
    highNeed: highNeedLowPriority(rows, id => outcomeOf({ rows, proposals }, id), matrixRules(ctx).scales),
    last,
    sectors: round.sector === null ? await sectorWords(repos, last?.version ?? null) : new Map(),
  }
  if (rows.length === 0) return facts
  const waivedBy = new Map(waivers.map(waiver => [waiver.finding, waiver]))
  const ranked = new Set(rows.map(({ hotspotId }) => hotspotId))
  const checked = await checkedRows(
    ctx,
    repos,
    places.filter(({ hotspot }) => ranked.has(hotspot.id)),
    id => outcomeOf(facts, id) ?? 'unlisted',
    matrixRules(ctx).presenceWithinMs,
  )
  const found = findings(checked, round.units)
  return {
    ...facts,
    findings: found.filter(each => !waivedBy.has(findingKey(each))),
    waived: found.flatMap(finding => {
      const waiver = waivedBy.get(findingKey(finding))
      return waiver ? [{ finding, waiver }] : []
    }),
  }
}

/** What a row comes out as: what the chair proposes, else what both sides say; null while it is contested. */
export function outcomeOf(
  { rows, proposals }: Pick<RoundFacts, 'rows' | 'proposals'>,
  hotspotId: string,
): Category | null {
  const proposed = proposals.get(hotspotId)?.category
  if (proposed) return proposed
  const row = rows.find(each => each.hotspotId === hotspotId)
  if (!row || row.contested) return null
  return row.mission?.category ?? row.humanitarian?.category ?? null
}

/** The version of the matrix in force for a sector, or for the whole mission. */
export async function versionInForce(
  repos: Repos,
  sector: string | null,
): Promise<{ version: Version; rows: MatrixRow[] } | null> {
  const version = (await repos.matrix.newest()).find(each => each.sector === sector)
  return version ? { version, rows: await repos.matrix.rowsOf([version.id]) } : null
}

/** What a sector's group adopted about a place. */
export interface SectorWord {
  sector: string
  category: Category
  /** Epoch ms. */
  adoptedAt: number
}

/** A place's row in the matrix in force. */
export interface InForce extends MatrixRow {
  /** What its sector has adopted since, where that is another category than the mission's version has. */
  since: SectorWord | null
}

/**
 * The category in force of each place: that of the whole mission's version, else that of its sector's. Where a
 * sector has adopted another one since, the mission's stands until its own next version, and the sector's is told.
 *
 * @param hotspotIds of these places alone; left out: of all.
 * @returns by hotspot; places that no version lists are left out.
 */
export async function categoriesInForce(
  repos: Repos,
  hotspotIds?: readonly string[],
): Promise<Map<string, InForce>> {
  const versions = new Map((await repos.matrix.newest()).map(version => [version.id, version]))
  const rows = await repos.matrix.rowsOf([...versions.keys()], hotspotIds)
  const of = (row: MatrixRow) => versions.get(row.versionId) as Version
  const found = new Map<string, InForce>()
  for (const [hotspotId, own] of Map.groupBy(rows, row => row.hotspotId)) {
    const newestFirst = own.toSorted((a, b) => of(b).adoptedAt - of(a).adoptedAt)
    const mission = newestFirst.find(row => of(row).sector === null)
    const sector = newestFirst.find(row => of(row).sector !== null)
    const row = mission ?? sector
    if (!row) continue
    const differs = mission && sector && sector.category !== mission.category
    const later = differs && of(sector).adoptedAt > of(mission).adoptedAt
    found.set(hotspotId, { ...row, since: later ? wordOf(sector, of(sector)) : null })
  }
  return found
}

const wordOf = ({ category }: MatrixRow, { sector, adoptedAt }: Version): SectorWord => ({
  sector: sector ?? '',
  category,
  adoptedAt,
})

/** What sectors have adopted since the mission's last version: it feeds a round of the whole mission. */
async function sectorWords(repos: Repos, last: Version | null): Promise<Map<string, SectorWord>> {
  const versions = new Map(
    (await repos.matrix.newest())
      .filter(({ sector, adoptedAt }) => sector !== null && adoptedAt > (last?.adoptedAt ?? 0))
      .map(version => [version.id, version]),
  )
  const rows = await repos.matrix.rowsOf([...versions.keys()])
  return new Map(rows.map(row => [row.hotspotId, wordOf(row, versions.get(row.versionId) as Version)]))
}

/** A stored entry as the rules weigh it; none for a voice this version does not know. */
export function entryOf(row: EntryRow): RoundFacts['entries'] {
  const voice = parseVoice(row.voice)
  return voice ? [{ ...row, voice, by: row.byPerson }] : []
}

/**
 * The round as the acting person may read it: of its places, those they may read.
 *
 * @throws TocsinError `not_registered`; `not_found` where it does not exist or is not theirs to see.
 */
export async function readRound(ctx: Ctx, roundId: string): Promise<RoundFacts> {
  registeredPerson(ctx)
  const repos = ctx.tx ?? ctx.store.read
  const round = await repos.matrix.roundById(roundId)
  const reader = actorAsReader(ctx)
  const facts = round && (await roundFacts(ctx, repos, round))
  if (!facts || (reader && !mayBeShown(ctx, facts.shared, 'record', reader)))
    throw new TocsinError('not_found')
  return reader ? forReader(ctx, facts, reader) : facts
}

/** A round without the places that somebody behind `reader` may not read. */
export function forReader(ctx: Ctx, facts: RoundFacts, reader: Reader): RoundFacts {
  const places = facts.places.filter(({ shared }) => mayBeShown(ctx, shared, 'record', reader))
  const shown = new Set(places.map(({ hotspot }) => hotspot.id))
  const keep = <T extends { hotspotId: string }>(rows: readonly T[]) =>
    rows.filter(row => shown.has(row.hotspotId))
  const covered = mayBeShown(ctx, facts.shared, 'command', reader)
  // What a finding says of coverage is read where coverage is.
  const mayFind = (finding: Finding) =>
    (!('hotspotId' in finding) || shown.has(finding.hotspotId)) &&
    (covered ||
      (finding.check !== 'uncovered_without_unarmed_plan' && finding.check !== 'more_musts_than_units'))
  return {
    ...facts,
    places,
    entries: keep(facts.entries),
    rows: keep(facts.rows),
    highNeed: facts.highNeed.filter(id => shown.has(id)),
    dissents: keep(facts.dissents),
    sectors: new Map([...facts.sectors].filter(([hotspotId]) => shown.has(hotspotId))),
    findings: facts.findings.filter(mayFind),
    waived: facts.waived.filter(({ finding }) => mayFind(finding)),
  }
}

/** Must Protect places without troops, police or patrols, for those who read coverage. */
export function mustsWithoutPresence(
  places: readonly HotspotFacts[],
  inForce: ReadonlyMap<string, MatrixRow>,
) {
  return places.filter(
    ({ hotspot, coverage }) => inForce.get(hotspot.id)?.category === 'must' && !isCovered(coverage),
  )
}
