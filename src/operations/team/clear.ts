import type { Team, TeamPatch } from '../../db/teams.ts'
import { isWaivable, LINE_CHOICES, TEAM_LINES, type TeamLine } from '../../domain/team.ts'
import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { heldRoles, registeredPerson, roleKey, sameRole } from '../permission.ts'
import { cardAt, lineAt, note, personTarget } from '../telling.ts'
import { optionalText, requiredText } from '../text.ts'
import { isThere, type TeamFacts } from './facts.ts'
import { teamLimits } from './propose.ts'
import { ownParties, readTeam, teamFor } from './reading.ts'
import { again, recordTeamAct, showTeam, teamRef, tellTeam } from './tell.ts'
import { armWatch } from './watch.ts'

export interface ClearInput {
  teamId: string
  /** What is written on each line; a line left empty is taken away again. */
  lines: Partial<Record<TeamLine, { choice?: string | null; words?: string | null }>>
  /** people.id of a member; null: nobody leads it yet. */
  lead?: string | null
  /** Epoch ms. */
  departAt?: number | null
  returnAt?: number | null
  /** Hours at which it is heard of, as `07:30, 17:30`; left out: as they are. */
  hours?: string | null
}

const MINUTE_MS = 60_000
const DAY_MS = 24 * 3_600_000
const HOUR = /^([01]?\d|2[0-3])[:h.]([0-5]\d)$/

/**
 * Writes down what a team needs before it goes: security clearance, transport and escort, casualty evacuation and
 * communications, its lead; when it leaves and comes back, and when it is heard of. What the community is told, what
 * harm it could do, who is near and which partner forces take part is asked and holds nothing back. For
 * whoever decides, its lead and the radio room.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `already_done`, `unknown_term`, `text_missing` for
 *   a choice without words that need some, `text_too_long`, `time_past`,
 *   `ends_before_start`, `time_too_far`, `hours_invalid` for hours that are none.
 */
export async function clearTeam(ctx: Ctx, input: ClearInput): Promise<TeamFacts> {
  const person = registeredPerson(ctx)
  const hours = input.hours === undefined || input.hours === null ? null : knownHours(input.hours)
  const lines = TEAM_LINES.flatMap(line => {
    const given = input.lines[line]
    return given ? [{ line, ...knownLine(line, given) }] : []
  })
  return inTransaction(ctx, async (repos, open) => {
    const { facts, shown } = await readTeam(open, input.teamId, repos)
    const { team } = facts
    const keeps = shown.parties.some(party => party === 'approver' || party === 'lead' || party === 'room')
    if (!keeps || !shown.movements) throw new TocsinError('not_allowed', { details: { code: team.code } })
    if (team.state !== 'composing') throw new TocsinError('already_done')
    const lead = input.lead === undefined ? team.lead : input.lead
    if (lead !== null && !facts.members.some(({ person: going }) => going.id === lead && isThere(going)))
      throw new TocsinError('unknown_term', { field: 'lead', details: { value: lead } })
    const times = knownTimes(open, team, input)
    const at = open.clock.now()
    for (const { line, choice, words } of lines) {
      if (words === null && choice === null) await repos.teams.removeLine(team.id, line)
      else
        await repos.teams.setLine({
          teamId: team.id,
          line,
          choice,
          words: words ?? '',
          by: person.id,
          at,
        })
    }
    const patch: TeamPatch = { lead, ...times, ...(hours ? { hours } : {}) }
    await repos.teams.update(team.id, team.version, patch)
    await note(
      open,
      teamRef(team),
      'team.cleared',
      { code: team.code, lines: lines.map(({ line }) => line), lead },
      Object.fromEntries(lines.map(({ line, words, choice }) => [line, [choice, words].filter(Boolean)])),
    )
    const after = await again(open, team)
    await showTeam(open, after)
    if (after.lead && after.lead.id !== team.lead) await tellTeam(open, after, [after.lead], 'leads')
    if (after.heldBack.length === 0 && facts.heldBack.length > 0)
      await tellTeam(open, after, after.approvers, 'ready')
    return after
  })
}

function knownLine(line: TeamLine, given: { choice?: string | null; words?: string | null }) {
  const choices: readonly string[] | undefined = (
    LINE_CHOICES as Partial<Record<TeamLine, readonly string[]>>
  )[line]
  const choice = given.choice ?? null
  if (choice !== null && !choices?.includes(choice))
    throw new TocsinError('unknown_term', { field: line, details: { value: choice } })
  const field = choices ? `${line}_words` : line
  // "Not safe" and "near" say nothing without their reason.
  const owed = choice === 'not_safe' || choice === 'near' || choice === 'partners'
  const words = owed
    ? requiredText(given.words, field, teamLimits.line)
    : optionalText(given.words, field, teamLimits.line)
  return { choice, words }
}

/** @throws TocsinError `hours_invalid` beside `hours`. */
function knownHours(text: string): string[] {
  const parts = text.split(/[,;\s]+/).filter(part => part !== '')
  const hours = parts.map(part => {
    const [, hour, minute] = HOUR.exec(part) ?? []
    if (hour === undefined || minute === undefined) throw new TocsinError('hours_invalid', { field: 'hours' })
    return `${hour.padStart(2, '0')}:${minute}`
  })
  if (hours.length === 0 || hours.length > 12) throw new TocsinError('hours_invalid', { field: 'hours' })
  return [...new Set(hours)].sort()
}

function knownTimes(open: Open, team: Team, { departAt, returnAt }: ClearInput): TeamPatch {
  const now = open.clock.now()
  // One that was set and has passed since may stand: what else is filled in is not refused for it.
  if (departAt && departAt < now - MINUTE_MS && departAt !== team.departAt)
    throw new TocsinError('time_past', { field: 'departAt' })
  if (returnAt && departAt && returnAt <= departAt)
    throw new TocsinError('ends_before_start', { field: 'returnAt' })
  if (returnAt && returnAt <= now) throw new TocsinError('time_past', { field: 'returnAt' })
  const longest = teamLimits.days * DAY_MS
  if (returnAt && returnAt - (departAt ?? now) > longest)
    throw new TocsinError('time_too_far', { field: 'returnAt', details: { max: longest } })
  return {
    ...(departAt === undefined ? {} : { departAt }),
    ...(returnAt === undefined ? {} : { returnAt }),
  }
}

/**
 * The head of office lets it go. What still holds it back goes on record with the name of whoever waived it and why;
 * a humanitarian's own choice is waived by nobody. Members get it into their calendars, the radio room hears.
 *
 * @param input.waive what is waived, as `heldBack` names it.
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `already_done`, `team_held_back` with what holds
 *   it, `waiver_unexplained` on `reason`, `text_too_long`, `time_past`.
 */
export async function letTeamGo(
  ctx: Ctx,
  input: { teamId: string; waive?: readonly string[]; reason?: string | null },
): Promise<TeamFacts> {
  const person = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await teamFor(open, input.teamId, 'go', repos)
    const { team } = facts
    const { departAt, returnAt } = team
    if (departAt === null || returnAt === null)
      throw new TocsinError('team_held_back', { details: { what: ['times'] } })
    const now = open.clock.now()
    if (returnAt <= now) throw new TocsinError('time_past', { field: 'returnAt' })
    const waived = (input.waive ?? []).filter(what => facts.heldBack.includes(what) && isWaivable(what))
    const left = facts.heldBack.filter(what => !waived.includes(what))
    if (left.length > 0)
      throw new TocsinError('team_held_back', {
        details: { what: left.map(what => what.split(':')[0] ?? what) },
      })
    const role = heldRoles(open).find(held => facts.approverPosts.some(post => sameRole(post, held)))
    const reason = optionalText(input.reason, 'reason', teamLimits.reason)
    if (waived.length > 0 && reason === null) throw new TocsinError('waiver_unexplained', { field: 'reason' })
    for (const what of waived)
      await repos.teams.waive({
        teamId: team.id,
        what,
        reason: reason ?? '',
        by: person.id,
        role: role ? roleKey(role) : null,
        at: now,
      })
    const after = await recordTeamAct(open, team, 'go', {
      patch: { wentAt: now },
      data: { waived },
      words: waived.length > 0 ? reason : null,
    })
    await armWatch(open, after)
    await showTeam(open, after)
    const going = after.members.map(({ person: member }) => member)
    const chiefs = [...after.chiefs.values()].map(([first]) => first ?? null)
    await tellTeam(open, after, [...going, ...after.room.slice(0, 1)], 'gone')
    for (const chief of chiefs) if (chief) await cardAt(open, teamRef(team), personTarget(chief.id))
    await invite(open, after)
    return after
  })
}

/** The dates for everybody's calendar, as a file by direct message; sent again when the return moves. */
export async function invite(open: Open, { team, members }: TeamFacts): Promise<void> {
  for (const { person } of members)
    await lineAt(open, 'team.file', `team:${team.id}:${person.id}`, personTarget(person.id), {
      file: 'invitation',
      team: team.id,
    })
}

/** What the acting person could waive of what holds it back. @throws TocsinError `not_registered`, `not_found`. */
export async function heldBackFor(
  ctx: Ctx,
  teamId: string,
): Promise<{ facts: TeamFacts; waivable: string[] }> {
  const { facts } = await readTeam(ctx, teamId)
  const may = ownParties(ctx, facts).includes('approver')
  return { facts, waivable: may ? facts.heldBack.filter(isWaivable) : [] }
}
