import type { MatrixRow, Version } from '../../db/matrix.ts'
import type { Timer } from '../../db/timers.ts'
import { type AdoptedRow, type Difference, difference, staleRows } from '../../domain/matrix/adopt.ts'
import { findingKey } from '../../domain/matrix/checks.ts'
import { voiceKey } from '../../domain/matrix/round.ts'
import { TocsinError } from '../../errors.ts'
import { peopleIn } from '../alert/facts.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { type HotspotFacts, hotspotFacts } from '../hotspot/facts.ts'
import { listHotspots } from '../hotspot/reading.ts'
import { showHotspot } from '../hotspot/tell.ts'
import { heldRoles, registeredPerson } from '../permission.ts'
import { cardAt, lineAt, note, personTarget } from '../telling.ts'
import { requiredText } from '../text.ts'
import {
  categoriesInForce,
  matrixRules,
  outcomeOf,
  type RoundFacts,
  readRound,
  versionInForce,
} from './facts.ts'
import { knownCategory, requirePlace } from './rate.ts'
import { move, requireState, roundRef, say } from './round.ts'
import { requireRole, voiceOf } from './voice.ts'

/** How long a reason may be, in code points. */
export const REASON = 1_000

/**
 * What the chair proposes for a row on which the sides differ, in words both may read. Neither side outvotes the other.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `round_moved`, `place_gone`, `unknown_term`,
 *   `text_missing`, `text_too_long`.
 */
export async function propose(
  ctx: Ctx,
  input: { roundId: string; hotspotId: string; category: string; reason: string },
): Promise<RoundFacts> {
  const person = registeredPerson(ctx)
  const category = knownCategory(input.category)
  const reason = requiredText(input.reason, 'reason', REASON)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readRound(open, input.roundId)
    requireRole(open, matrixRules(ctx).chair)
    requireState(facts, 'revealed')
    requirePlace(facts, input.hotspotId)
    const { roundId, hotspotId } = input
    await repos.matrix.setProposal({
      roundId,
      hotspotId,
      category,
      reason,
      byPerson: person.id,
      at: ctx.clock.now(),
    })
    await note(open, roundRef(facts.round), 'matrix.proposed', { hotspot: hotspotId, category }, { reason })
    const after = await readRound(open, roundId)
    await say(open, after, 'proposed')
    return after
  })
}

/**
 * Dissent from how a row comes out: kept with its reason beside it, whatever is adopted.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `both_sides`, `round_moved`, `place_gone`,
 *   `unknown_term`, `text_missing`, `text_too_long`.
 */
export async function dissent(
  ctx: Ctx,
  input: { roundId: string; hotspotId: string; category: string; reason: string },
): Promise<RoundFacts> {
  const person = registeredPerson(ctx)
  const category = knownCategory(input.category)
  const reason = requiredText(input.reason, 'reason', REASON)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readRound(open, input.roundId)
    requireState(facts, 'revealed', 'recommended')
    const voice = voiceOf(open, facts)
    requirePlace(facts, input.hotspotId)
    await repos.matrix.addDissent({
      id: open.ids.id(),
      roundId: input.roundId,
      hotspotId: input.hotspotId,
      voice: voiceKey(voice),
      category,
      reason,
      byPerson: person.id,
      at: ctx.clock.now(),
      withdrawnAt: null,
    })
    await note(
      open,
      roundRef(facts.round),
      'matrix.dissent',
      { hotspot: input.hotspotId, category, voice: voiceKey(voice) },
      { reason },
    )
    const after = await readRound(open, input.roundId)
    await say(open, after, 'dissent')
    return after
  })
}

/** Takes one's own dissent back; nobody else can. @throws TocsinError `not_registered`, `not_found`, `not_allowed`. */
export async function withdrawDissent(
  ctx: Ctx,
  input: { roundId: string; dissentId: string },
): Promise<RoundFacts> {
  const person = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readRound(open, input.roundId)
    if (!(await repos.matrix.withdrawDissent(input.dissentId, person.id, ctx.clock.now())))
      throw new TocsinError('not_allowed')
    await note(open, roundRef(facts.round), 'matrix.dissent_withdrawn', { dissent: input.dissentId })
    const after = await readRound(open, input.roundId)
    await say(open, after, 'dissent_withdrawn')
    return after
  })
}

/**
 * How many units the force can place: more Musts than that are pointed out.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `round_moved`, `number_range`.
 */
export async function sayUnits(ctx: Ctx, input: { roundId: string; units: number }): Promise<RoundFacts> {
  const person = registeredPerson(ctx)
  const { unitsSaidBy } = matrixRules(ctx)
  if (!Number.isInteger(input.units) || input.units < 0 || input.units > 500)
    throw new TocsinError('number_range', { field: 'units', details: { min: 0, max: 500 } })
  return inTransaction(ctx, async (repos, open) => {
    const { round } = await readRound(open, input.roundId)
    if (!unitsSaidBy) throw new TocsinError('not_allowed')
    requireRole(open, unitsSaidBy)
    const patch = { units: input.units, unitsBy: person.id }
    if (!(await repos.matrix.changeRound(round.id, ['open', 'revealed'], patch)))
      throw new TocsinError('round_moved', { details: { code: round.code } })
    await note(open, roundRef(round), 'matrix.units', { code: round.code }, { units: input.units })
    return readRound(open, round.id)
  })
}

/**
 * Waives one finding, by name and with the reason on record: the chair or who adopts.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `round_moved`, `already_done`, `text_missing`.
 */
export async function waive(
  ctx: Ctx,
  input: { roundId: string; finding: string; reason: string },
): Promise<RoundFacts> {
  const person = registeredPerson(ctx)
  const reason = requiredText(input.reason, 'reason', REASON)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readRound(open, input.roundId)
    const { chair, adopts } = matrixRules(ctx)
    const role = heldRoles(open).find(held => held.role === chair || held.role === adopts)?.role
    if (!role) throw new TocsinError('not_allowed')
    requireState(facts, 'revealed', 'recommended')
    if (!facts.findings.some(finding => findingKey(finding) === input.finding))
      throw new TocsinError('already_done')
    const { roundId, finding } = input
    await repos.matrix.addWaiver({ roundId, finding, reason, byPerson: person.id, role, at: ctx.clock.now() })
    await note(open, roundRef(facts.round), 'matrix.waived', { finding, role }, { reason })
    const after = await readRound(open, roundId)
    await say(open, after, 'waived')
    return after
  })
}

/**
 * The working group recommends what stands: every contested row has a proposal.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `round_moved`, `rows_undecided` with how many.
 */
export async function recommend(ctx: Ctx, roundId: string): Promise<RoundFacts> {
  registeredPerson(ctx)
  return inTransaction(ctx, async (_repos, open) => {
    const facts = await readRound(open, roundId)
    requireRole(open, matrixRules(ctx).chair)
    requireDecided(facts)
    await move(open, facts.round, 'recommend')
    const [adopter] = await peopleIn(
      open.tx,
      { role: matrixRules(ctx).adopts, sector: null },
      ctx.clock.now(),
    )
    if (adopter) await cardAt(open, roundRef(facts.round), personTarget(adopter.id))
    const after = await readRound(open, roundId)
    await say(open, after, 'recommended')
    return after
  })
}

/** The forum sends it back to the working group. @throws as {@link adopt}. */
export async function sendBack(ctx: Ctx, input: { roundId: string; reason: string }): Promise<RoundFacts> {
  registeredPerson(ctx)
  const reason = requiredText(input.reason, 'reason', REASON)
  return inTransaction(ctx, async (_repos, open) => {
    const { round } = await readRound(open, input.roundId)
    requireRole(open, matrixRules(ctx).adopts)
    await move(open, round, 'send_back')
    await note(open, roundRef(round), 'matrix.sent_back', { code: round.code }, { reason })
    const after = await readRound(open, input.roundId)
    await say(open, after, 'sent_back')
    return after
  })
}

/**
 * The forum makes the recommendation a version: with its date, who took part, and per row when it is reviewed.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `round_moved`, `rows_undecided`, `checks_stand` with
 *   how many findings nobody has waived.
 */
export async function adopt(ctx: Ctx, roundId: string): Promise<{ facts: RoundFacts; version: Version }> {
  const person = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readRound(open, roundId)
    const rules = matrixRules(ctx)
    const role = requireRole(open, rules.adopts)
    requireState(facts, 'recommended')
    requireDecided(facts)
    if (facts.findings.length > 0)
      throw new TocsinError('checks_stand', { details: { count: facts.findings.length } })
    const now = ctx.clock.now()
    const { round } = facts
    const version: Version = {
      id: open.ids.id(),
      number: (facts.last?.version.number ?? 0) + 1,
      sector: round.sector,
      roundId,
      adoptedBy: person.id,
      role,
      adoptedAt: now,
      tookPart: [...new Set([...facts.entries.map(({ voice }) => voice), ...facts.nils].map(voiceKey))],
    }
    const rows = adoptedRows(facts, now + rules.reviewEveryMs)
    await repos.matrix.insertVersion(
      version,
      rows.map(row => ({ ...row, versionId: version.id })),
    )
    await move(open, round, 'adopt', { endedAt: now })
    await note(open, roundRef(round), 'matrix.adopted', { code: round.code, version: version.number, role })
    await armReview(open, version, rows)
    for (const row of await repos.hotspots.byIds(rows.map(({ hotspotId }) => hotspotId)))
      await showHotspot(open, row)
    const after = await readRound(open, roundId)
    await say(open, after, 'adopted')
    return { facts: after, version }
  })
}

/** The rows of a version as the round leaves them: medians of both sides, the category that came out. */
function adoptedRows(facts: RoundFacts, reviewBy: number): AdoptedRow[] {
  return facts.rows.flatMap(row => {
    const category = outcomeOf(facts, row.hotspotId)
    if (category === null) return []
    const views = [row.mission, row.humanitarian].filter(view => view !== null)
    const highest = (pick: (view: (typeof views)[number]) => number) =>
      Math.round(Math.max(1, ...views.map(pick)))
    return [
      {
        hotspotId: row.hotspotId,
        category,
        likelihood: highest(view => view.likelihood),
        impact: highest(view => view.impact),
        rationale: [...new Set(views.flatMap(view => view.rationale))],
        reason: facts.proposals.get(row.hotspotId)?.reason ?? null,
        reviewBy,
      },
    ]
  })
}

/** A row about which nobody spoke is left out of the version, not decided. */
function requireDecided(facts: RoundFacts): void {
  const open = facts.rows.filter(row => row.contested && outcomeOf(facts, row.hotspotId) === null)
  if (open.length > 0) throw new TocsinError('rows_undecided', { details: { count: open.length } })
}

const scopeKey = (sector: string | null): string => sector ?? 'mission'

async function armReview(open: Open, version: Version, rows: readonly AdoptedRow[]): Promise<void> {
  const due = rows.filter(({ category }) => category !== 'unlisted').map(({ reviewBy }) => reviewBy)
  if (due.length === 0) return
  await open.tx.timers.arm({
    key: `matrix.review:${scopeKey(version.sector)}`,
    kind: 'matrix.review',
    recordId: version.id,
    dueAt: Math.min(...due),
  })
}

/** Rows of a version are stale: the chair is told, again after each reminder's time, until another version is adopted. */
export function chaseStale(ctx: Ctx, timer: Pick<Timer, 'key' | 'recordId'>): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const version = (await repos.matrix.versions()).find(({ id }) => id === timer.recordId)
    const inForce = version && (await versionInForce(repos, version.sector))
    if (!version || inForce?.version.id !== version.id) return
    const now = ctx.clock.now()
    if (staleRows(inForce.rows, now).length === 0) return
    const rules = matrixRules(ctx)
    const [chair] = await peopleIn(repos, { role: rules.chair, sector: null }, now)
    if (chair) await lineAt(open, 'matrix.stale', version.id, personTarget(chair.id))
    await open.tx.timers.arm({
      key: timer.key,
      kind: 'matrix.review',
      recordId: version.id,
      dueAt: now + rules.remindEveryMs,
    })
  })
}

/** How a place stands in the matrix in force; null where no version lists it. @throws TocsinError `not_registered`. */
export async function rankOf(ctx: Ctx, hotspotId: string): Promise<MatrixRow | null> {
  registeredPerson(ctx)
  return (await categoriesInForce(ctx.store.read)).get(hotspotId) ?? null
}

/** The matrix in force, as the acting person may read it. */
export interface MatrixFacts {
  /** Places with their row, most protected first; those that no version lists come last. */
  places: { place: HotspotFacts; row: MatrixRow | null; stale: boolean }[]
  versions: Version[]
}

/** @throws TocsinError `not_registered`. */
export async function readMatrix(ctx: Ctx, sector: string | null = null): Promise<MatrixFacts> {
  registeredPerson(ctx)
  const repos = ctx.store.read
  const now = ctx.clock.now()
  const inForce = await categoriesInForce(repos)
  const order = ['must', 'should', 'could', 'unlisted']
  const rank = (row: MatrixRow | null) => (row ? order.indexOf(row.category) : order.length)
  const places = (await listHotspots(ctx, { sector })).map(place => {
    const row = inForce.get(place.hotspot.id) ?? null
    return { place, row, stale: row !== null && staleRows([row], now).length > 0 }
  })
  return {
    places: places.sort((a, b) => rank(a.row) - rank(b.row)),
    versions: (await repos.matrix.versions()).filter(
      (version, index, all) => all.findIndex(each => each.sector === version.sector) === index,
    ),
  }
}

/** How the version in force differs from the one before, in the places the acting person may read. */
export async function readDifference(
  ctx: Ctx,
  sector: string | null = null,
): Promise<{ version: Version; changes: (Difference & { place: HotspotFacts })[] } | null> {
  registeredPerson(ctx)
  const repos = ctx.store.read
  const [version, before] = (await repos.matrix.versions()).filter(each => each.sector === sector)
  if (!version) return null
  const found = difference(
    before ? await repos.matrix.rowsOf([before.id]) : [],
    await repos.matrix.rowsOf([version.id]),
  )
  const readable = new Map((await listHotspots(ctx)).map(place => [place.hotspot.id, place]))
  const gone = found.filter(({ hotspotId }) => !readable.has(hotspotId)).map(({ hotspotId }) => hotspotId)
  const removed = (await repos.hotspots.byIds(gone)).filter(({ state }) => state === 'removed')
  for (const place of await hotspotFacts(repos, ctx.mission, ctx.clock.now(), removed))
    readable.set(place.hotspot.id, place)
  return {
    version,
    changes: found.flatMap(change => {
      const place = readable.get(change.hotspotId)
      return place ? [{ ...change, place }] : []
    }),
  }
}
