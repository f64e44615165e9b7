import { agesOf, shareWithOutcomes } from '../../domain/meeting.ts'
import type { Reader } from '../../domain/sharing.ts'
import { actorAsReader } from '../alert/reading.ts'
import type { Ctx } from '../context.ts'
import { type ForumFacts, factsOfForums, mayReadMeeting } from '../forum/facts.ts'
import { registeredPerson } from '../permission.ts'

/** What the meetings of one group came to, over those a reader may read. */
export interface ForumFigures {
  facts: ForumFacts
  held: number
  withOutcomes: number
  /** 0 to 1; null where none was held. */
  share: number | null
  /** How many marked messages were information alone. */
  briefings: number
  decisions: number
  tasks: number
  /** Ages in milliseconds; null where no decision is open. */
  open: { open: number; median: number; oldest: number } | null
}

/**
 * Per group the share of meetings that came to a decision or a task, and how old its open decisions are, over
 * all meetings the acting person may read.
 *
 * @throws TocsinError `not_registered`.
 */
export async function forumFigures(ctx: Ctx): Promise<ForumFigures[]> {
  registeredPerson(ctx)
  const reader = actorAsReader(ctx)
  return reader ? figuresFor(ctx, reader) : []
}

/** What meetings of several groups came to together. */
export interface FiguresTogether {
  held: number
  withOutcomes: number
  /** Decisions that were not carried out, and the age of the oldest in milliseconds (0 where there is none). */
  open: number
  oldest: number
}

/** The figures of several groups as one, for a senior forum's agenda; null where no meeting was held. */
export function allTogether(figures: readonly ForumFigures[]): FiguresTogether | null {
  if (figures.length === 0) return null
  return figures.reduce<FiguresTogether>(
    (sum, { held, withOutcomes, open }) => ({
      held: sum.held + held,
      withOutcomes: sum.withOutcomes + withOutcomes,
      open: sum.open + (open?.open ?? 0),
      oldest: Math.max(sum.oldest, open?.oldest ?? 0),
    }),
    { held: 0, withOutcomes: 0, open: 0, oldest: 0 },
  )
}

/** The same for any reader: a senior forum's agenda shows it of all groups. */
export async function figuresFor(ctx: Ctx, reader: Reader): Promise<ForumFigures[]> {
  const repos = ctx.tx ?? ctx.store.read
  const live = (await repos.forums.all()).filter(({ exercise }) => !exercise)
  const all = await factsOfForums(ctx, repos, live)
  const found: ForumFigures[] = []
  for (const facts of all) {
    const { meetings, entries, decisions, tasks } = await outcomesOf(ctx, facts, reader)
    const held = shareWithOutcomes(meetings)
    if (held.held === 0) continue
    found.push({
      facts,
      ...held,
      briefings: entries.filter(({ kind }) => kind === 'information').length,
      decisions: decisions.length,
      tasks: tasks.length,
      open: agesOf(decisions, ctx.clock.now()),
    })
  }
  return found
}

/** What a group's meetings came to that a reader may read: each with how many decisions and tasks came of it. */
export async function outcomesOf(ctx: Ctx, facts: ForumFacts, reader: Reader) {
  const repos = ctx.tx ?? ctx.store.read
  const meetings = facts.meetings.filter(meeting => mayReadMeeting(ctx, meeting, facts, reader))
  const entries = (await repos.meetings.entriesOf(meetings.map(({ id }) => id))).filter(
    ({ state }) => state === 'stands',
  )
  const actions = entries.filter(({ kind }) => kind === 'action')
  const tasks = await repos.taskings.ofOrigins('meeting', [
    ...meetings.map(({ id }) => id),
    ...actions.map(({ id }) => id),
  ])
  const decisions = entries.filter(({ kind }) => kind === 'decision')
  const ofMeeting = (id: string) => {
    const own = new Set([id, ...actions.filter(({ meetingId }) => meetingId === id).map(each => each.id)])
    return (
      decisions.filter(({ meetingId }) => meetingId === id).length +
      tasks.filter(({ originId }) => originId !== null && own.has(originId)).length
    )
  }
  return {
    meetings: meetings.map(({ id, state, closedAt }) => ({ state, closedAt, outcomes: ofMeeting(id) })),
    entries,
    decisions,
    tasks,
  }
}
