/** The groups a holder made and the meetings that are its own, as lines of an export. */
import type { Forum } from '../../db/forums.ts'
import type { MeetingEntry } from '../../db/meetings.ts'
import type { Constituency } from '../../domain/mission.ts'
import type { Ctx } from '../context.ts'
import { crisisFacts } from '../crisis.ts'
import { type ForumFacts, factsOfForums } from '../forum/facts.ts'
import { meetingFacts } from '../meeting/facts.ts'
import { factsOfPlans } from '../plan/facts.ts'
import { type ExportLine, iso } from './lines.ts'

const at = (time: number | null): string | null => (time === null ? null : iso(time))

/** Joint plans a constituency holds. People are named by post alone. */
export async function* planLines(ctx: Ctx, holder: Constituency): AsyncGenerator<ExportLine> {
  const { read } = ctx.store
  const own = (await read.plans.all()).filter(row => row.holder === holder)
  for (const { plan, forum, steps, voices } of await factsOfPlans(ctx, read, own)) {
    const rows = await read.taskings.byIds(steps.flatMap(({ taskingId }) => taskingId ?? []))
    yield {
      type: 'plan',
      code: plan.code,
      group: forum.forum.code,
      exercise: plan.exercise,
      audience: plan.audience,
      made_at: iso(plan.madeAt),
      state: plan.state,
      goal: plan.goal,
      outcome: plan.outcome,
      steps: steps.map(
        ({ position, what, post, after, fromAt, toAt, tier, kind, lane, district, taskingId }) => ({
          ...{ position, what, post, after, from: iso(fromAt), to: iso(toAt), tier, kind, lane, district },
          tasking: rows.find(row => row.id === taskingId && row.holder === holder)?.code ?? null,
        }),
      ),
      voices: voices.map(({ post, constituency, answer, words, revision, at: when }) => ({
        ...{ by: { constituency, role: post }, answer, words, revision, at: iso(when) },
      })),
    }
  }
}

/** Groups and meetings a constituency holds, each group before its meetings. People are named by post alone. */
export async function* groupLines(ctx: Ctx, holder: Constituency): AsyncGenerator<ExportLine> {
  const { read } = ctx.store
  const own = (await read.forums.all()).filter(row => row.holder === holder)
  for (const facts of await factsOfForums(ctx, read, own)) {
    yield await groupLine(ctx, facts)
    for (const meeting of facts.meetings) {
      const found = meeting.holder === holder ? await meetingFacts(ctx, read, meeting) : null
      if (!found) continue
      yield {
        type: 'meeting',
        group: facts.forum.code,
        number: meeting.number,
        audience: meeting.audience,
        at: iso(meeting.at),
        state: meeting.state,
        opened_at: at(meeting.openedAt),
        closed_at: at(meeting.closedAt),
        because: meeting.because,
        not_used: meeting.notUsed,
        minutes: meeting.minutes,
        entries: found.entries.filter(({ state }) => state === 'stands').map(entryOf),
        reports: found.reports.map(({ post, text, at: when }) => ({ post, text, at: iso(when) })),
        attendance: found.attendance.map(({ post, grade }) => ({ post, grade })),
        taskings: found.taskings
          .filter(({ tasking }) => tasking.holder === holder)
          .map(({ tasking }) => tasking.code),
      }
    }
  }
}

function entryOf({
  kind,
  text,
  constituency,
  authorRole,
  decider,
  dueAt,
  doneAt,
  at: when,
  used,
}: MeetingEntry) {
  return {
    kind,
    text,
    by: { constituency, role: authorRole },
    at: iso(when),
    decider,
    due_at: at(dueAt),
    done_at: at(doneAt),
    used,
  }
}

async function groupLine(ctx: Ctx, facts: ForumFacts): Promise<ExportLine> {
  const { forum, invites } = facts
  const crisis = await crisisFacts(ctx.store.read, facts)
  return {
    type: 'group',
    ...named(forum),
    invites: invites.map(({ who, state }) => ({ who, state })),
    omission: forum.omission,
    situation: forum.situation,
    state: forum.state,
    crisis: crisis && {
      calls: crisis.calls.map(({ post, answer, answeredAt }) => ({ post, answer, at: at(answeredAt) })),
      stood_down_at: at(crisis.crisis.stoodDownAt),
      why: crisis.crisis.stoodDownWhy,
      worked: crisis.crisis.worked,
      failed: crisis.crisis.failed,
      lessons: crisis.lessons.map(({ text, owner, dueAt }) => ({ text, owner, due_at: iso(dueAt) })),
    },
  }
}

function named({ code, kind, class: forumClass, name, sector, chair, members, createdAt, exercise }: Forum) {
  return { code, kind, class: forumClass, name, exercise, sector, chair, members, made_at: iso(createdAt) }
}
