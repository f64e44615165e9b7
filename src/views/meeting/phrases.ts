import type { MeetingEntry } from '../../db/meetings.ts'
import type { AgendaLine } from '../../operations/meeting/agenda.ts'
import { standing } from '../../operations/meeting/facts.ts'
import type { MeetingFacts } from '../../operations/meeting.ts'
import type { TaskingFacts } from '../../operations/tasking.ts'
import { brief } from '../blocks.ts'
import { role, roleNamed, type ViewContext } from '../context.ts'
import { forumName } from '../forum/phrases.ts'
import { stateText, targetName } from '../tasking/phrases.ts'

/** "Protection working group, meeting 3". Raw, not yet mrkdwn. */
export function meetingTitle(
  view: ViewContext,
  { meeting, forum }: Pick<MeetingFacts, 'meeting' | 'forum'>,
): string {
  const { t } = view.words
  const crisis = forum.forum.class === 'crisis'
  const title = t(crisis ? 'meeting.titleCrisis' : 'meeting.title', {
    name: forumName(view, forum),
    number: meeting.number,
    code: forum.forum.code,
  })
  return forum.forum.exercise ? `${t('alert.exercise')} ${title}` : title
}

/**
 * A line of the agenda: what waits, by its code and what it is about, and since when. A card is seldom rendered anew,
 * so it says the time and no age, which would soon be wrong.
 */
export function agendaText(view: ViewContext, line: AgendaLine): string {
  const { t, date, dateTime } = view.words
  const about = line.about ? `*${line.code}* ${brief(line.about, 80)}` : `*${line.code}*`
  return t(`meeting.agenda.${line.kind}`, {
    about,
    at: view.now - line.since < LONG_AGO_MS ? dateTime(line.since) : date(line.since),
    count: line.count ?? 0,
    text: brief(line.text ?? '', 200),
  })
}

/** From then on the year is said, and the hour is not. */
const LONG_AGO_MS = 90 * 86_400_000

/** By what the author of an entry is named: their post, else where they belong; a humanitarian never closer. */
export function entryAuthor(view: ViewContext, { constituency, authorRole }: MeetingEntry): string {
  const { t } = view.words
  if (constituency === 'un_agency' || constituency === 'ngo') return t('alert.humanitarianPartner')
  if (authorRole !== null) return roleNamed(view, authorRole)
  return t(constituency ? `alert.constituency.${constituency}` : 'alert.unconfirmed')
}

const WORDS = 300

/** An entry in one line. */
export function entryText(view: ViewContext, entry: MeetingEntry): string {
  const { t, dateTime, date } = view.words
  const text = brief(entry.text ?? '', WORDS)
  if (entry.kind === 'decision') {
    const due = entry.dueAt === null ? '' : ` ${t('meeting.by', { at: date(entry.dueAt) })}`
    const done = entry.doneAt === null ? '' : ` ✅ ${t('meeting.done', { at: date(entry.doneAt) })}`
    const decider = entry.decider ? roleNamed(view, entry.decider) : entryAuthor(view, entry)
    return `${t('meeting.decision', { text, decider, at: dateTime(entry.at) })}${due}${done}`
  }
  return t('meeting.entry', { text, author: entryAuthor(view, entry) })
}

/** What came from the meeting, of what its reader may read: code, whom, how it stands. */
export const taskText = (view: ViewContext, facts: TaskingFacts): string =>
  view.words.t('meeting.task', {
    code: facts.tasking.code,
    to: targetName(view, facts),
    result: brief(facts.tasking.result, WORDS),
    state: stateText(view, facts).replaceAll('*', ''),
  })

export const missingText = (view: ViewContext, { missing }: Pick<MeetingFacts, 'missing'>): string =>
  view.words.list(missing.map(ref => role(view, ref)))

/** Actions that were marked and of which nobody was tasked yet. */
export function untasked({ entries, taskings }: MeetingFacts): MeetingEntry[] {
  const given = new Set(taskings.map(({ tasking }) => tasking.originId))
  return standing(entries, 'action').filter(({ id }) => !given.has(id))
}
