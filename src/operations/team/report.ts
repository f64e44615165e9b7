import type { Team, TeamReport } from '../../db/teams.ts'
import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { heldRoles, registeredPerson, roleKey, sameRole } from '../permission.ts'
import { cardAt, lineAt, note, personTarget, refreshCardsOf } from '../telling.ts'
import { optionalText, requiredText } from '../text.ts'
import type { TeamFacts } from './facts.ts'
import { teamLimits } from './propose.ts'
import { ownParties, readTeam, teamFor } from './reading.ts'
import { syncReportReminders } from './reminders.ts'
import { again, recordTeamAct, showTeam, teamRef, tellTeam } from './tell.ts'

export interface ReportInput {
  teamId: string
  situation: string
  /** What people there need, in their own words. */
  needs?: string | null
  threats?: string | null
  actors?: string | null
  capacity?: string | null
  /** Of restricted findings: what all who read the record may read. */
  summary?: string | null
  /** Where photographs and documents lie; they are not kept here. */
  links?: string | null
  /** One a line. */
  recommendations?: string | null
}

/**
 * Files what a team found, or files it anew; its members are asked to read it, and whoever decides to say what becomes
 * of each recommendation. A recommendation that was decided on stays, even where its line is gone.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `already_done`, `text_missing`, `text_too_long`,
 *   `number_range` for too many recommendations.
 */
export async function reportTeam(ctx: Ctx, input: ReportInput): Promise<TeamFacts> {
  const person = registeredPerson(ctx)
  const text = (field: keyof ReportInput) => optionalText(input[field], field, teamLimits.report)
  const words = {
    situation: requiredText(input.situation, 'situation', teamLimits.report),
    needs: text('needs'),
    threats: text('threats'),
    actors: text('actors'),
    capacity: text('capacity'),
    summary: text('summary'),
    links: text('links'),
  }
  const lines = (text('recommendations') ?? '')
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
  if (lines.length > teamLimits.recommendations)
    throw new TocsinError('number_range', {
      field: 'recommendations',
      details: { min: 0, max: teamLimits.recommendations },
    })
  return inTransaction(ctx, async (repos, open) => {
    const before = await teamFor(open, input.teamId, 'report', repos)
    const at = open.clock.now()
    const report: TeamReport = {
      teamId: before.team.id,
      version: (before.report?.version ?? 0) + 1,
      ...words,
      by: person.id,
      at,
    }
    await repos.teams.setReport(report)
    const members = before.members.map(({ person }) => person)
    const { teamId, version } = report
    // Whoever files it stands by it; only the others are asked.
    if (members.some(({ id }) => id === person.id))
      await repos.teams.setReview({
        teamId,
        personId: person.id,
        version,
        verdict: 'agrees',
        words: null,
        at,
      })
    await setRecommendations(open, before, lines)
    await recordTeamAct(open, before.team, 'report', {
      data: { version: report.version, recommendations: lines.length },
    })
    await note(open, teamRef(before.team), 'team.findings', { code: before.team.code }, { ...words })
    const after = await again(open, before.team)
    await syncReportReminders(open, after)
    await showTeam(open, after)
    await tellTeam(
      open,
      after,
      members.filter(({ id }) => id !== person.id),
      'review',
    )
    if (after.undecided > 0) await tellTeam(open, after, after.approvers, 'reported')
    return after
  })
}

async function setRecommendations(open: Open, facts: TeamFacts, lines: readonly string[]): Promise<void> {
  const kept = facts.recommendations.filter(
    ({ row, state }) => state !== 'undecided' || lines.includes(row.words),
  )
  for (const { row } of facts.recommendations)
    if (!kept.some(each => each.row.id === row.id)) await open.tx.teams.removeRecommendation(row.id)
  const known = new Set(kept.map(({ row }) => row.words))
  let position = Math.max(0, ...kept.map(({ row }) => row.position))
  for (const words of lines) {
    if (known.has(words)) continue
    known.add(words)
    position += 1
    await open.tx.teams.addRecommendation({
      id: open.ids.id(),
      teamId: facts.team.id,
      position,
      words,
      refusedBy: null,
      refusedRole: null,
      refusedAt: null,
      reason: null,
    })
  }
}

/**
 * A member read the report, and agrees, or sees it otherwise in their own words, which stand beside it for good.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed` for others, `already_done` where there is none yet,
 *   `text_missing` for a dissent without words, `text_too_long`.
 */
export async function reviewReport(
  ctx: Ctx,
  input: { teamId: string; verdict: 'agrees' | 'dissents'; words?: string | null },
): Promise<TeamFacts> {
  const person = registeredPerson(ctx)
  const dissents = input.verdict === 'dissents'
  const words = dissents ? requiredText(input.words, 'words', teamLimits.words) : null
  return inTransaction(ctx, async (repos, open) => {
    const { facts } = await readTeam(open, input.teamId, repos)
    const { team, report } = facts
    if (!ownParties(open, facts).includes('member'))
      throw new TocsinError('not_allowed', { details: { code: team.code } })
    if (!report || team.state !== 'reported') throw new TocsinError('already_done')
    await repos.teams.setReview({
      teamId: team.id,
      personId: person.id,
      version: report.version,
      verdict: input.verdict,
      words,
      at: open.clock.now(),
    })
    await note(
      open,
      teamRef(team),
      'team.reviewed',
      { code: team.code, verdict: input.verdict, version: report.version },
      words ? { words } : {},
    )
    const after = await again(open, team)
    await showTeam(open, after)
    if (dissents) await tellTeam(open, after, after.leading, 'dissent')
    return after
  })
}

/**
 * A recommendation is not followed, and why. For whoever decides on the team and its lead.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `already_done`, `text_missing`, `text_too_long`.
 */
export async function refuseRecommendation(
  ctx: Ctx,
  input: { recommendationId: string; reason: string },
): Promise<TeamFacts> {
  const person = registeredPerson(ctx)
  const reason = requiredText(input.reason, 'reason', teamLimits.reason)
  return inTransaction(ctx, async (repos, open) => {
    const { facts, recommendation } = await readRecommendation(open, input.recommendationId)
    const { team } = facts
    const parties = ownParties(open, facts)
    if (!parties.includes('approver') && !parties.includes('lead'))
      throw new TocsinError('not_allowed', { details: { code: team.code } })
    if (recommendation.state !== 'undecided' || team.state !== 'reported')
      throw new TocsinError('already_done')
    const role = heldRoles(open).find(held => facts.approverPosts.some(post => sameRole(post, held)))
    await repos.teams.updateRecommendation(recommendation.row.id, {
      refusedBy: person.id,
      refusedRole: role ? roleKey(role) : null,
      refusedAt: open.clock.now(),
      reason,
    })
    await note(
      open,
      teamRef(team),
      'team.recommendation_refused',
      { code: team.code, position: recommendation.row.position },
      { reason },
    )
    return decided(open, team)
  })
}

/**
 * After a decision on a recommendation, or what came of one: the cards; once none is left open the lead hears that the
 * team can be closed.
 */
export async function decided(open: Open, team: Team): Promise<TeamFacts> {
  const after = await again(open, team)
  await showTeam(open, after)
  if (after.standing !== 'followed_up') return after
  const events = await open.tx.events.ofRecord('team', team.id)
  if (events.some(({ kind }) => kind === FOLLOWED_UP)) return after
  await note(open, teamRef(team), FOLLOWED_UP, { code: team.code })
  await tellTeam(open, after, after.leading, 'followed_up')
  return after
}

const FOLLOWED_UP = 'team.followed_up'

/**
 * A recommendation with its team, for those who may read what the team found.
 *
 * @throws TocsinError `not_registered`, `not_found`.
 */
export async function readRecommendation(ctx: Ctx, id: string) {
  registeredPerson(ctx)
  const row = await (ctx.tx ?? ctx.store.read).teams.recommendation(id)
  if (!row) throw new TocsinError('not_found')
  const { facts, shown } = await readTeam(ctx, row.teamId)
  const recommendation = facts.recommendations.find(each => each.row.id === id)
  if (!recommendation || !shown.findings) throw new TocsinError('not_found')
  return { facts, recommendation }
}

/**
 * The team's work is done. Nothing closes while a recommendation is with nobody.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `already_done`, `recommendations_open`.
 */
export async function closeTeam(ctx: Ctx, input: { teamId: string }): Promise<TeamFacts> {
  registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const { team, undecided } = await teamFor(open, input.teamId, 'close', repos)
    if (undecided > 0) throw new TocsinError('recommendations_open', { details: { count: undecided } })
    const after = await recordTeamAct(open, team, 'close')
    await showTeam(open, after)
    return after
  })
}

/**
 * What somebody who was there leaves to whoever goes next.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed` for all but its members, `text_missing`,
 *   `text_too_long`.
 */
export async function leaveTeamNote(ctx: Ctx, input: { teamId: string; words: string }): Promise<TeamFacts> {
  const person = registeredPerson(ctx)
  const words = requiredText(input.words, 'words', teamLimits.words)
  return inTransaction(ctx, async (repos, open) => {
    const { facts } = await readTeam(open, input.teamId, repos)
    const { team } = facts
    if (!ownParties(open, facts).includes('member'))
      throw new TocsinError('not_allowed', { details: { code: team.code } })
    if (!['back', 'reported', 'closed'].includes(team.state)) throw new TocsinError('already_done')
    await repos.teams.addNote({
      id: open.ids.id(),
      teamId: team.id,
      personId: person.id,
      words,
      at: open.clock.now(),
    })
    await note(open, teamRef(team), 'team.note', { code: team.code }, { words })
    await refreshCardsOf(open, { kind: 'hotspot', id: team.hotspotId })
    const after = await again(open, team)
    await showTeam(open, after)
    return after
  })
}

/** How far back a handover asks for notes. */
const NOTES_ASKED_MS = 365 * 24 * 3_600_000

/**
 * Somebody who leaves is asked, under the card of each team they were out with in the last year, for a note to whoever
 * goes there next, where they left none. Part of another operation.
 */
export async function askForNotes(open: Open, personId: string): Promise<void> {
  const rows = await open.tx.teams.ofPerson(personId)
  const notes = await open.tx.teams.notesOf(rows.map(({ id }) => id))
  for (const team of rows) {
    if (!['back', 'reported', 'closed'].includes(team.state)) continue
    if (open.clock.now() - (team.backAt ?? 0) > NOTES_ASKED_MS) continue
    if (notes.some(each => each.teamId === team.id && each.personId === personId)) continue
    await cardAt(open, teamRef(team), personTarget(personId))
    await lineAt(open, 'team.line', team.id, personTarget(personId), { line: 'ask_note' })
  }
}
