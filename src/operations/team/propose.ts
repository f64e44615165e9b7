import { DateTime } from 'luxon'
import type { Team } from '../../db/teams.ts'
import type { TeamKind } from '../../domain/mission/team-section.ts'
import { sideOf } from '../../domain/side.ts'
import { TocsinError } from '../../errors.ts'
import { readAlert } from '../alert/reading.ts'
import { freeCode } from '../code.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { readHotspot } from '../hotspot/reading.ts'
import { registeredPerson } from '../permission.ts'
import { cardAt, note, personTarget } from '../telling.ts'
import { optionalText, requiredText } from '../text.ts'
import { type TeamFacts, teamFacts } from './facts.ts'
import { ownParties, teamFor } from './reading.ts'
import { recordTeamAct, showTeam, teamRef, tellTeam } from './tell.ts'

/** How long words may be, in code points, and how long a team may be planned for. */
export const teamLimits = {
  words: 1_500,
  report: 3_000,
  line: 500,
  reason: 1_000,
  guest: 75,
  days: 60,
  aheadDays: 180,
  recommendations: 10,
} as const

export interface ProposeInput {
  /** A kind of the mission file. */
  kind: string
  hotspotId: string
  /** The alert it comes from. */
  alertId?: string | null
  why: string
  questions?: string | null
  /** Answers to the kind's own questions, by their id. */
  answers?: Record<string, string>
  /** First and last day, `YYYY-MM-DD` in the mission's zone. */
  from: string | null
  to: string | null
  /** Sections wanted, by id; they are asked once it is taken up. */
  sections: readonly string[]
  skills?: readonly string[]
  languages?: readonly string[]
  /** Slack's view id: the same form submitted twice is one team. */
  requestKey?: string | null
}

/**
 * Proposes a team to a hotspot. Whoever decides for the place is told, and its author gets its card; where they propose it themselves, its
 * sections are asked at once. Humanitarians may propose kinds they may join; nobody proposes for them.
 *
 * @throws TocsinError `not_registered`, `wrong_side`, `not_found` (the hotspot or the alert), `unknown_term`,
 *   `text_missing`, `text_too_long`, `time_past`, `ends_before_start`, `time_too_far`; the field is named.
 */
export async function proposeTeam(ctx: Ctx, input: ProposeInput): Promise<TeamFacts> {
  const person = registeredPerson(ctx)
  const { mission } = ctx
  const kind = mission.teams.kinds.find(({ id }) => id === input.kind)
  if (!kind) throw new TocsinError('unknown_term', { field: 'kind', details: { value: input.kind } })
  const side = person.constituency && sideOf(person.constituency)
  if (side === null || (side === 'humanitarian' && kind.agencies === 'never'))
    throw new TocsinError('wrong_side', { field: 'kind' })
  const why = requiredText(input.why, 'why', teamLimits.words)
  const questions = optionalText(input.questions, 'questions', teamLimits.words)
  const answers = knownAnswers(kind, input.answers ?? {})
  const days = knownDays(ctx, input)
  const sections = known(mission.teams.sections, input.sections, 'sections')
  const skills = known(mission.teams.skills, input.skills ?? [], 'skills')
  const languages = known(mission.teams.languages, input.languages ?? [], 'languages')
  return inTransaction(ctx, async (repos, open) => {
    const now = open.clock.now()
    const earlier = input.requestKey ? await repos.teams.byRequestKey(input.requestKey) : null
    if (earlier) return teamFacts(repos, mission, now, earlier)
    const { hotspot } = await readHotspot(open, input.hotspotId, repos)
    if (hotspot.state === 'removed') throw new TocsinError('not_found', { field: 'hotspot' })
    const alert = input.alertId ? (await readAlert(open, input.alertId)).alert : null
    const team: Team = {
      id: open.ids.id(),
      code: await freeCode(open.ids, 'J', code => repos.teams.byCode(code)),
      version: 1,
      exercise: hotspot.exercise || (alert?.exercise ?? false),
      kind: kind.id,
      holder: person.constituency ?? 'mission_civilian',
      audience: kind.audience.filter(each => hotspot.audience.includes(each)),
      hotspotId: hotspot.id,
      alertId: alert?.id ?? null,
      sector: hotspot.sector,
      why,
      questions,
      answers,
      fromAt: days.from,
      toAt: days.to,
      skills,
      languages,
      proposedBy: person.id,
      proposedAt: now,
      state: 'proposed',
      stateAt: now,
      reason: null,
      lead: null,
      departAt: null,
      returnAt: null,
      hours: [...mission.teams.checkIns],
      moved: 0,
      wentAt: null,
      backAt: null,
      reportDueAt: null,
      watchedAt: null,
      watchSteps: 0,
      requestKey: input.requestKey ?? null,
    }
    await repos.teams.insert(team)
    for (const section of sections)
      await repos.teams.setSection({
        teamId: team.id,
        section,
        state: 'asked',
        reason: null,
        by: person.id,
        at: now,
      })
    await note(
      open,
      teamRef(team),
      'team.proposed',
      { code: team.code, kind: kind.id, hotspot: hotspot.code, sections, alert: alert?.code ?? null },
      { why, ...(questions ? { questions } : {}), ...answers },
    )
    const facts = await teamFacts(repos, mission, now, team)
    await cardAt(open, teamRef(team), personTarget(person.id))
    if (ownParties(open, facts).includes('approver')) return takenUp(open, facts)
    await showTeam(open, facts)
    await tellTeam(open, facts, facts.approvers, 'proposed')
    return facts
  })
}

/** @throws TocsinError as {@link proposeTeam}. */
function knownDays(ctx: Ctx, input: Pick<ProposeInput, 'from' | 'to'>): { from: number; to: number } {
  const { zone } = ctx.mission
  const day = (text: string | null, field: string) => {
    const at = text ? DateTime.fromISO(text, { zone }) : null
    if (!at?.isValid) throw new TocsinError('text_missing', { field })
    return at.toMillis()
  }
  const today = DateTime.fromMillis(ctx.clock.now(), { zone }).startOf('day')
  const from = day(input.from, 'from')
  const to = day(input.to ?? input.from, 'to')
  if (from < today.toMillis()) throw new TocsinError('time_past', { field: 'from' })
  const ahead = DAY_MS * teamLimits.aheadDays
  if (from > today.toMillis() + ahead)
    throw new TocsinError('time_too_far', { field: 'from', details: { max: ahead } })
  if (to < from) throw new TocsinError('ends_before_start', { field: 'to' })
  const longest = DAY_MS * teamLimits.days
  if (to - from > longest) throw new TocsinError('time_too_far', { field: 'to', details: { max: longest } })
  return { from, to }
}

const DAY_MS = 24 * 3_600_000

function knownAnswers(kind: TeamKind, given: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    kind.fields.flatMap(({ id, required }) => {
      const field = `answer_${id}`
      const text = required
        ? requiredText(given[id], field, teamLimits.words)
        : optionalText(given[id], field, teamLimits.words)
      return text === null ? [] : [[id, text]]
    }),
  )
}

/** @throws TocsinError `unknown_term` for an id the list does not hold. */
export function known(list: readonly { id: string }[], values: readonly string[], field: string): string[] {
  for (const value of values)
    if (!list.some(({ id }) => id === value))
      throw new TocsinError('unknown_term', { field, details: { value } })
  return [...new Set(values)]
}

/**
 * The head of office takes a proposal up: its sections are asked whom they send, and humanitarians whether they would
 * take part where the kind allows it.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `already_done`.
 */
export async function takeUpTeam(ctx: Ctx, input: { teamId: string }): Promise<TeamFacts> {
  registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) =>
    takenUp(open, await teamFor(open, input.teamId, 'take_up', repos)),
  )
}

async function takenUp(open: Open, { team }: TeamFacts): Promise<TeamFacts> {
  const facts = await recordTeamAct(open, team, 'take_up')
  await showTeam(open, facts)
  await tellTeam(
    open,
    facts,
    [...facts.chiefs.values()].map(([first]) => first ?? null),
    'asked',
  )
  await tellTeam(open, facts, facts.invited, 'invited')
  await tellTeam(open, facts, [await open.tx.people.byId(team.proposedBy)], 'taken_up')
  return facts
}

/**
 * The proposal is declined, with a reason its author reads.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `already_done`, `text_missing`, `text_too_long`.
 */
export async function declineTeam(ctx: Ctx, input: { teamId: string; reason: string }): Promise<TeamFacts> {
  registeredPerson(ctx)
  return endBefore(ctx, input, 'decline')
}

/** It does not go, with a reason. @throws as {@link declineTeam}. */
export async function cancelTeam(ctx: Ctx, input: { teamId: string; reason: string }): Promise<TeamFacts> {
  registeredPerson(ctx)
  return endBefore(ctx, input, 'cancel')
}

function endBefore(
  ctx: Ctx,
  input: { teamId: string; reason: string },
  act: 'decline' | 'cancel',
): Promise<TeamFacts> {
  const reason = requiredText(input.reason, 'reason', teamLimits.reason)
  return inTransaction(ctx, async (repos, open) => {
    const { team } = await teamFor(open, input.teamId, act, repos)
    const facts = await recordTeamAct(open, team, act, { patch: { reason }, words: reason })
    await showTeam(open, facts)
    const sending = [...facts.chiefs.values()].map(([first]) => first ?? null)
    const going = facts.members.map(({ person }) => person)
    const proposer = await repos.people.byId(team.proposedBy)
    await tellTeam(
      open,
      facts,
      team.state === 'proposed' ? [proposer] : [proposer, ...sending, ...going],
      act === 'decline' ? 'declined' : 'cancelled',
    )
    return facts
  })
}
