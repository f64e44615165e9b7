import type { Version } from '../../db/matrix.ts'
import type { Timer } from '../../db/timers.ts'
import { type AdoptedRow, staleRows } from '../../domain/matrix/adopt.ts'
import { voiceKey } from '../../domain/matrix/round.ts'
import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { refreshAlertsNear } from '../hotspot/near.ts'
import { showHotspot } from '../hotspot/tell.ts'
import { registeredPerson } from '../permission.ts'
import { isPutOff } from '../reminder.ts'
import { cardAt, lineAt, note, personTarget } from '../telling.ts'
import { requiredText } from '../text.ts'
import { matrixRules, outcomeOf, type RoundFacts, readRound, versionInForce } from './facts.ts'
import { REASON } from './reconcile.ts'
import { firstOf, move, requireState, roundRef, say } from './round.ts'
import { adoptersOf, chairsOf, requirePost } from './voice.ts'

/**
 * The working group recommends what stands: every contested row has a proposal.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `round_moved`, `rows_undecided` with how many.
 */
export async function recommend(ctx: Ctx, roundId: string): Promise<RoundFacts> {
  registeredPerson(ctx)
  return inTransaction(ctx, async (_repos, open) => {
    const facts = await readRound(open, roundId)
    requirePost(open, chairsOf(open, facts.round))
    requireDecided(facts)
    await move(open, facts.round, 'recommend')
    const adopter = await firstOf(open, adoptersOf(open, facts.round))
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
    requirePost(open, adoptersOf(open, round))
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
    const role = requirePost(open, adoptersOf(open, facts.round))
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
    const places = await repos.hotspots.byIds(rows.map(({ hotspotId }) => hotspotId))
    for (const row of places) await showHotspot(open, row)
    await refreshAlertsNear(open, places)
    await tellHighNeed(open, facts)
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

/** Places of high need that rank low go to whoever speaks for the humanitarians, to be compared where aid is. */
async function tellHighNeed(open: Open, { round, highNeed }: RoundFacts): Promise<void> {
  if (highNeed.length === 0) return
  const voice = await firstOf(open, [{ role: matrixRules(open).humanitarianVoice, sector: null }])
  if (voice) await lineAt(open, 'matrix.high_need', round.id, personTarget(voice.id))
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
    const chair = await firstOf(open, chairsOf(open, version))
    if (chair && !(await isPutOff(open, { kind: 'matrix_version', id: version.id }, chair.id)))
      await lineAt(open, 'matrix.stale', version.id, personTarget(chair.id))
    await open.tx.timers.arm({
      key: timer.key,
      kind: 'matrix.review',
      recordId: version.id,
      dueAt: now + rules.remindEveryMs,
    })
  })
}
