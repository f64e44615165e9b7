import type { TeamActRow } from '../../db/teams.ts'
import type { Constituency } from '../../domain/mission.ts'
import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction, type Open, type Person } from '../context.ts'
import { showHotspot } from '../hotspot/tell.ts'
import { registeredPerson } from '../permission.ts'
import { note } from '../telling.ts'
import { optionalText, requiredText } from '../text.ts'
import { invite } from './clear.ts'
import type { TeamFacts } from './facts.ts'
import { sectionOf } from './posts.ts'
import { teamLimits } from './propose.ts'
import { askLater } from './questions.ts'
import { ownParties, teamFor } from './reading.ts'
import { syncReportReminders } from './reminders.ts'
import { recordTeamAct, showTeam, tellTeam } from './tell.ts'
import { armWatch } from './watch.ts'

export interface HeardInput {
  teamId: string
  /** How it was heard; only the radio room writes down what it heard by radio or phone. */
  means?: TeamActRow['means']
  /** When it was heard (epoch ms), where it is written down later. */
  at?: number | null
  words?: string | null
}

/**
 * A team that is out was heard of: by one press of a member's, or as the radio room writes it down.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `already_done` where it is not out, `text_too_long`,
 *   `time_future`, `time_past` for a time before it went.
 */
export async function checkIn(ctx: Ctx, input: HeardInput): Promise<TeamFacts> {
  registeredPerson(ctx)
  const words = optionalText(input.words, 'words', teamLimits.line)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await teamFor(open, input.teamId, 'check_in', repos)
    const heard = heardHow(open, facts, input)
    const told = facts.missed || facts.team.watchSteps > 1
    const after = await armWatch(open, await recordTeamAct(open, facts.team, 'check_in', { ...heard, words }))
    await showTeam(open, after)
    // Whoever was told that nothing was heard learns that it was.
    if (told) await tellTeam(open, after, await toldOf(open, facts), 'heard', { always: true })
    return after
  })
}

/** Those who heard that a check-in was missed: for each `missed` event of what was awaited, whoever was told. */
async function toldOf(open: Open, { team }: TeamFacts): Promise<Person[]> {
  const events = await open.tx.events.ofRecord('team', team.id)
  const told = events.flatMap(({ kind, data }) =>
    kind === 'team.missed' && data.awaited === team.watchedAt && typeof data.told === 'string'
      ? [data.told]
      : [],
  )
  const people = await Promise.all([...new Set(told)].map(id => open.tx.people.byId(id)))
  return people.filter(person => person !== null)
}

/** @throws TocsinError `not_allowed`, `time_future`, `time_past`. */
function heardHow(open: Open, facts: TeamFacts, { means = 'slack', at }: HeardInput) {
  const parties = ownParties(open, facts)
  const heardElsewhere = means === 'radio' || means === 'phone'
  if (heardElsewhere && !parties.includes('room'))
    throw new TocsinError('not_allowed', { details: { code: facts.team.code } })
  if (!heardElsewhere && !parties.includes('member'))
    throw new TocsinError('not_allowed', { details: { code: facts.team.code } })
  const now = open.clock.now()
  if (at && at > now) throw new TocsinError('time_future', { field: 'at' })
  if (at && at < (facts.team.wentAt ?? 0)) throw new TocsinError('time_past', { field: 'at' })
  return { means, ...(heardElsewhere && at ? { at } : {}) }
}

/**
 * The team stays longer, with a reason: it is awaited back later, and everybody's calendar is told.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `already_done`, `text_missing`, `text_too_long`,
 *   `time_past`, `time_too_far`.
 */
export async function extendTeam(
  ctx: Ctx,
  input: { teamId: string; returnAt: number | null; reason: string },
): Promise<TeamFacts> {
  registeredPerson(ctx)
  const reason = requiredText(input.reason, 'reason', teamLimits.reason)
  return inTransaction(ctx, async (repos, open) => {
    const { team } = await teamFor(open, input.teamId, 'extend', repos)
    const { returnAt } = input
    if (returnAt === null) throw new TocsinError('text_missing', { field: 'returnAt' })
    const now = open.clock.now()
    if (returnAt <= now) throw new TocsinError('time_past', { field: 'returnAt' })
    const longest = teamLimits.days * DAY_MS
    if (returnAt - (team.wentAt ?? now) > longest)
      throw new TocsinError('time_too_far', { field: 'returnAt', details: { max: longest } })
    const after = await armWatch(
      open,
      await recordTeamAct(open, team, 'extend', {
        patch: { returnAt, moved: team.moved + 1 },
        words: reason,
      }),
    )
    await showTeam(open, after)
    await tellTeam(open, after, [...after.room.slice(0, 1), ...after.approvers], 'extended')
    await invite(open, after)
    return after
  })
}

/**
 * The team is back, safe. Where it was counts as civilian presence there, section by section; its report
 * falls due, and what changed will be asked.
 *
 * @throws TocsinError as {@link checkIn}.
 */
export async function bringTeamBack(ctx: Ctx, input: HeardInput): Promise<TeamFacts> {
  const person = registeredPerson(ctx)
  const words = optionalText(input.words, 'words', teamLimits.line)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await teamFor(open, input.teamId, 'return', repos)
    const heard = heardHow(open, facts, input)
    const backAt = heard.at ?? open.clock.now()
    const told = facts.missed || facts.team.watchSteps > 1
    const after = await recordTeamAct(open, facts.team, 'return', {
      ...heard,
      words,
      patch: {
        backAt,
        reportDueAt: backAt + facts.kind.reportWithinMs,
        watchedAt: null,
        watchSteps: 0,
      },
    })
    await armWatch(open, after)
    await recordPresence(open, after, person)
    await syncReportReminders(open, after)
    await askLater(open, after)
    await showTeam(open, after)
    await tellTeam(
      open,
      after,
      [
        ...after.room.slice(0, 1),
        ...after.approvers,
        ...after.leading,
        ...(told ? await toldOf(open, facts) : []),
      ],
      'back',
    )
    return after
  })
}

const DAY_MS = 24 * 3_600_000

/** One visit for each section of the mission that was there; humanitarians' movements are not ours to keep. */
async function recordPresence(open: Open, { team, members, hotspot }: TeamFacts, by: Person): Promise<void> {
  // Whoever played has not been there.
  if (team.exercise && !hotspot.exercise) return
  const now = open.clock.now()
  const from = Math.max(team.wentAt ?? now, team.departAt ?? 0)
  const to = team.backAt ?? now
  if (to < from) return
  const sections = new Map<string, Constituency>()
  for (const { row, person } of members)
    if (row.section !== null && person.constituency !== null) sections.set(row.section, person.constituency)
  for (const [section, constituency] of sections) {
    await open.tx.hotspots.addVisit({
      id: open.ids.id(),
      hotspotId: hotspot.id,
      constituency,
      section: nameOf(open, section),
      from,
      to,
      byPerson: by.id,
      recordedAt: now,
    })
    await note(open, { kind: 'hotspot', id: hotspot.id }, 'hotspot.visited', {
      code: hotspot.code,
      constituency,
      team: team.code,
    })
  }
  await showHotspot(open, hotspot)
}

/** A section's name in the mission's first language, as people write theirs. */
function nameOf({ mission }: Pick<Ctx, 'mission'>, id: string): string {
  const name = sectionOf(mission, id)?.name ?? {}
  const [first] = mission.languages
  return (first && name[first]) ?? Object.values(name)[0] ?? id
}
