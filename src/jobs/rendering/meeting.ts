import type { Reader } from '../../domain/sharing.ts'
import type { Locales } from '../../locales/index.ts'
import type { Ctx } from '../../operations/context.ts'
import { offersKeeping } from '../../operations/forum/facts.ts'
import { agendaFor } from '../../operations/meeting/agenda.ts'
import {
  type MeetingFacts,
  mayReadMeetingOf,
  meetingFacts,
  ownPosts,
} from '../../operations/meeting/facts.ts'
import { allTogether, figuresFor } from '../../operations/meeting/figures.ts'
import { authorReads } from '../../operations/meeting/mark.ts'
import { remindMeeting } from '../../operations/meeting.ts'
import { roleKey } from '../../operations/permission.ts'
import { mayReadTasking } from '../../operations/tasking.ts'
import { hiddenCard } from '../../views/alert/card.ts'
import type { ViewContext } from '../../views/context.ts'
import {
  answeredToContributor,
  entryCard,
  type MeetingReader,
  meetingCard,
  meetingReminder,
  minutesMessage,
} from '../../views/meeting/card.ts'
import type { Delivery, OutboxEntry, Renderer } from '../contract.ts'
import { audience } from './audience.ts'
import { toPerson } from './gate.ts'
import type { RenderingFamily } from './index.ts'

const notTheirs: Delivery = { do: 'drop', code: 'not_for_this_audience' }

/** A meeting for everybody its target could hold; nothing where one of them may not read it. */
function forAudience(
  locales: Locales,
  render: (
    ctx: Ctx,
    view: ViewContext,
    facts: MeetingFacts,
    to: { reader: Reader; personId?: string },
    entry: OutboxEntry,
  ) => Promise<Delivery>,
): Renderer {
  return async (ctx, entry) => {
    const repos = ctx.store.read
    const row = await repos.meetings.byId(entry.recordId)
    const facts = row && (await meetingFacts(ctx, repos, row))
    const to = facts && (await audience(ctx, locales, entry.target))
    if (!facts || !to) return { do: 'drop', code: 'gone' }
    const view = { words: to.words, mission: ctx.mission, now: ctx.clock.now() }
    if (mayReadMeetingOf(ctx, facts, to.reader)) return render(ctx, view, facts, to, entry)
    const stands = entry.kind === 'card' && (await repos.cards.get(facts.meeting.id, entry.target))
    return stands ? { do: 'card', recordId: facts.meeting.id, message: hiddenCard(view) } : notTheirs
  }
}

/** What a reader is shown of a meeting, and offered. */
export async function meetingReader(
  ctx: Ctx,
  facts: MeetingFacts,
  { reader }: { reader: Reader },
): Promise<MeetingReader> {
  const channel = reader.kind === 'channel'
  const as: Ctx = channel
    ? ctx
    : { ...ctx, actor: { kind: 'person', person: {} as never, roles: [...reader.roles] } }
  const own = ownPosts(as, facts.missing)
  const owes = facts.missing.filter(ref => own.includes(roleKey(ref)))
  return {
    agenda: await agendaFor(ctx, facts.forum, reader),
    below:
      facts.forum.forum.class === 'senior' && !ended(facts.meeting)
        ? allTogether(await figuresFor(ctx, reader))
        : null,
    taskings: facts.taskings.filter(each => mayReadTasking(ctx, each, reader)),
    reports: channel || owes.length > 0,
    owes: channel ? [] : owes,
    keeps: await offersKeeping(ctx, facts.forum, reader),
  }
}

const card = (locales: Locales) =>
  forAudience(locales, async (ctx, view, facts, to) => {
    const reader = await meetingReader(ctx, facts, to)
    return {
      do: 'card',
      recordId: facts.meeting.id,
      message: meetingCard(view, facts, reader),
      holds: heldBy(facts, reader),
    }
  })

/** The meeting, and what its card tells of: a channel is looked at anew for each of them. */
function heldBy({ meeting }: MeetingFacts, { agenda, taskings }: MeetingReader): string[] {
  const listed = ended(meeting) ? [] : agenda.flatMap(({ id, holds }) => holds ?? [id])
  return [...new Set([meeting.id, ...listed, ...taskings.map(({ tasking }) => tasking.id)])]
}

const ended = ({ state }: MeetingFacts['meeting']): boolean => state === 'closed' || state === 'cancelled'

const reminder = (locales: Locales) =>
  forAudience(locales, async (ctx, view, facts, to) => {
    if (facts.meeting.state !== 'planned') return { do: 'drop', code: 'overtaken' }
    const message = meetingReminder(view, facts, await meetingReader(ctx, facts, to))
    // A message of its own: its card may be weeks old.
    return { do: 'line', message }
  })

const minutes = (locales: Locales) =>
  forAudience(locales, async (ctx, view, facts, { reader }) => {
    const taskings = facts.taskings.filter(each => mayReadTasking(ctx, each, reader))
    return {
      do: 'line',
      message: minutesMessage(view, facts, taskings),
      threadOf: facts.meeting.id,
      holds: [facts.meeting.id, ...taskings.map(({ tasking }) => tasking.id)],
    }
  })

/** What a contributor is told goes to them alone, whatever they may read of the meeting since. */
const answered = (locales: Locales) =>
  toPerson(locales, async (ctx, view, entry, person) => {
    const row = await ctx.store.read.meetings.byId(entry.recordId)
    const facts = row && (await meetingFacts(ctx, ctx.store.read, row))
    const to = await audience(ctx, locales, entry.target)
    if (!facts || !to) return { do: 'drop', code: 'gone' }
    if (!mayReadMeetingOf(ctx, facts, to.reader)) return notTheirs
    const message = answeredToContributor(view, facts, person.id)
    return message ? { do: 'line', message, threadOf: facts.meeting.id } : { do: 'drop', code: 'overtaken' }
  })

const mark = (locales: Locales) =>
  toPerson(locales, async (ctx, view, entry, person) => {
    const row = await ctx.store.read.meetings.entryById(entry.recordId)
    if (!row) return { do: 'drop', code: 'gone' }
    if (row.authorId !== person.id) return notTheirs
    return { do: 'card', recordId: row.id, message: entryCard(view, row, await authorReads(ctx, row)) }
  })

export const meetingRendering: RenderingFamily = {
  cards: locales => ({ meeting: card(locales), meeting_entry: mark(locales) }),
  lines: locales => ({
    'meeting.reminder': reminder(locales),
    'meeting.minutes': minutes(locales),
    'meeting.answered': answered(locales),
  }),
  timers: { 'meeting.remind': remindMeeting },
}
