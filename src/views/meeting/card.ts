import type { MeetingEntry } from '../../db/meetings.ts'
import type { RoleRef } from '../../domain/mission.ts'
import { asksConsent } from '../../domain/quote.ts'
import type { AgendaLine } from '../../operations/meeting/agenda.ts'
import { standing } from '../../operations/meeting/facts.ts'
import type { FiguresTogether } from '../../operations/meeting/figures.ts'
import { broughtIn, type MeetingFacts } from '../../operations/meeting.ts'
import type { TaskingFacts } from '../../operations/tasking.ts'
import type { Block, Rendered } from '../../ports.ts'
import { actions, brief, button, context, fitting, header, section } from '../blocks.ts'
import { role, roleNamed, type ViewContext } from '../context.ts'
import { linkTo } from '../quote.ts'
import { agendaText, entryText, meetingTitle, missingText, taskText, untasked } from './phrases.ts'

/** What a meeting's card shows and offers whoever reads it. */
export interface MeetingReader {
  /** The agenda they may read. */
  agenda: readonly AgendaLine[]
  /** What meetings came to, on a senior forum's agenda; null for any other. */
  below?: FiguresTogether | null
  /** What came from it, of which they may read the tasking. */
  taskings: readonly TaskingFacts[]
  /** Whether a report is awaited of them; everybody in a channel is offered it. */
  reports: boolean
  /** Their own posts that have not reported; none for a channel. */
  owes?: readonly RoleRef[]
  keeps: boolean
}

const ROOM = 3_500
const EACH = 12

/** A meeting: before it the agenda and who has not reported, afterwards what it came to. */
export function meetingCard(view: ViewContext, facts: MeetingFacts, reader: MeetingReader): Rendered {
  const { t, dateTime } = view.words
  const { meeting } = facts
  const title = meetingTitle(view, facts)
  const lead = t(`meeting.state.${meeting.state}`, {
    at: dateTime(meeting.closedAt ?? meeting.openedAt ?? meeting.at),
  })
  return {
    text: `${title}. ${lead}`,
    blocks: [
      header(title),
      section(lead),
      ...(meeting.state === 'planned' || meeting.state === 'open' ? agendaBlocks(view, facts, reader) : []),
      ...recordBlocks(view, facts, reader),
      ...reportBlocks(view, facts),
      ...endBlocks(view, facts),
      ...buttons(view, facts, reader),
    ],
  }
}

function listed(view: ViewContext, title: string, lines: readonly string[]): Block[] {
  if (lines.length === 0) return []
  const { shown, rest } = fitting(lines.slice(0, EACH), ROOM)
  const left = rest + Math.max(0, lines.length - EACH)
  const more = left > 0 ? [`_${view.words.t('meeting.more', { count: left })}_`] : []
  return [section([`*${title}*`, ...shown.map(line => `• ${line}`), ...more].join('\n'))]
}

function agendaBlocks(view: ViewContext, facts: MeetingFacts, { agenda, below }: MeetingReader): Block[] {
  const { t, number, duration } = view.words
  const points = standing(facts.entries, 'point').map(entry => entryText(view, entry))
  const lines = [...points, ...agenda.map(line => agendaText(view, line))]
  return [
    ...(lines.length > 0
      ? listed(view, t('meeting.agenda.title'), lines)
      : [section(`*${t('meeting.agenda.title')}*\n${t('meeting.agenda.none')}`)]),
    ...(below
      ? [
          section(
            [
              t('meeting.figures.share', {
                held: below.held,
                with: below.withOutcomes,
                share: number(Math.round((100 * below.withOutcomes) / below.held)),
              }),
              below.open > 0
                ? t('meeting.figures.openBelow', { count: below.open, oldest: duration(below.oldest) })
                : t('meeting.figures.noneOpen'),
            ].join('. '),
          ),
        ]
      : []),
  ]
}

/** What stands on record, by kind. */
function recordBlocks(view: ViewContext, facts: MeetingFacts, { taskings }: MeetingReader): Block[] {
  const { t } = view.words
  const of = (kind: MeetingEntry['kind']) =>
    standing(facts.entries, kind).map(entry => entryText(view, entry))
  const asked = facts.entries.filter(({ state }) => state === 'asked').length
  return [
    ...listed(view, t('meeting.kinds.decision'), of('decision')),
    ...listed(
      view,
      t('meeting.kinds.task'),
      taskings.map(each => taskText(view, each)),
    ),
    ...listed(
      view,
      t('meeting.kinds.action'),
      untasked(facts).map(entry => entryText(view, entry)),
    ),
    ...listed(view, t('meeting.kinds.dissent'), of('dissent')),
    ...listed(view, t('meeting.kinds.information'), of('information')),
    ...(asked > 0 ? [context(t('meeting.asked', { count: asked }))] : []),
  ]
}

/** Who has not reported yet, by name; what was reported, and by whom nothing (R-053). */
function reportBlocks(view: ViewContext, facts: MeetingFacts): Block[] {
  const { t, list } = view.words
  if (facts.reporting.length === 0 || facts.meeting.state === 'cancelled') return []
  const words = facts.reports.filter(({ text }) => text !== null)
  const nil = facts.reports.filter(({ text }) => text === null).map(({ post }) => roleNamed(view, post))
  return [
    ...listed(
      view,
      t('meeting.reports.title'),
      words.map(({ post, text }) => `*${roleNamed(view, post)}*: ${brief(text ?? '', 300)}`),
    ),
    ...(nil.length > 0 ? [context(t('meeting.reports.nil', { posts: list(nil) }))] : []),
    ...(facts.missing.length > 0
      ? [
          section(
            `⚠️ ${t(`meeting.reports.${facts.meeting.state === 'closed' ? 'silent' : 'missing'}`, { posts: missingText(view, facts) })}`,
          ),
        ]
      : []),
  ]
}

function endBlocks(view: ViewContext, { meeting, outcomes, attendance }: MeetingFacts): Block[] {
  const { t, list } = view.words
  const there = attendance.map(({ post, grade }) =>
    t('meeting.attended', { post: roleNamed(view, post), grade: t(`meeting.grade.${grade}`) }),
  )
  return [
    ...(meeting.state === 'closed' && outcomes === 0 && meeting.because
      ? [section(`*${t('meeting.none')}*\n> ${brief(meeting.because, 1_000)}`)]
      : []),
    ...(there.length > 0
      ? [context(t('meeting.labelled', { label: t('meeting.attendance'), text: list(there) }))]
      : []),
  ]
}

const reportButtons = ({ words: { t } }: ViewContext, id: string): object[] => [
  button(t('meeting.button.nil'), 'meeting.nil', id),
  button(t('meeting.button.report'), 'meeting.report', id),
]

function buttons(view: ViewContext, facts: MeetingFacts, { reports, keeps }: MeetingReader): Block[] {
  const { t } = view.words
  const { id, state } = facts.meeting
  if (state === 'cancelled') return []
  if (state === 'closed')
    return keeps
      ? [actions(`meeting:${id}`, [button(t('meeting.button.minutes'), 'meeting.minutes', id)])]
      : []
  const owes = reports && facts.reporting.length > 0
  const next = untasked(facts)[0]
  return [
    actions(`meeting:${id}`, [
      ...(owes ? reportButtons(view, id) : []),
      button(t('meeting.button.say'), 'meeting.say', id),
      ...(next ? [button(t('meeting.button.task'), 'meeting.task', next.id)] : []),
      ...(next ? [] : [button(t('meeting.button.taskNew'), 'meeting.task', id)]),
    ]),
    ...(keeps
      ? [
          actions(`meeting:${id}:keep`, [
            ...(state === 'planned'
              ? [
                  button(t('meeting.button.open'), 'meeting.open', id, { style: 'primary' }),
                  button(t('meeting.button.cancel'), 'meeting.cancel', id, {
                    confirm: { text: t('meeting.button.cancelConfirm'), deny: t('meeting.button.cancelNot') },
                  }),
                ]
              : [
                  ...(facts.forum.forum.class === 'cluster'
                    ? []
                    : [button(t('plan.button.new'), 'plan.new', `meeting:${id}`)]),
                  button(t('meeting.button.attendance'), 'meeting.attendance', id),
                  ...(facts.forum.forum.class === 'crisis'
                    ? []
                    : [button(t('meeting.button.close'), 'meeting.close', id, { style: 'primary' })]),
                ]),
          ]),
        ]
      : []),
    context(t('meeting.hint')),
  ]
}

/** Before a meeting, to one person: that it is near, what is owed, and the agenda they may read. */
export function meetingReminder(view: ViewContext, facts: MeetingFacts, reader: MeetingReader): Rendered {
  const { t, dateTime, list } = view.words
  const { id } = facts.meeting
  const owes = reader.owes ?? []
  const text = t(owes.length > 0 ? 'meeting.reminder.reports' : 'meeting.reminder.comes', {
    title: brief(meetingTitle(view, facts), 150),
    at: dateTime(facts.meeting.at),
    posts: list(owes.map(ref => role(view, ref))),
  })
  return {
    text,
    blocks: [
      section(text),
      ...(owes.length > 0 ? [actions(`meeting:${id}`, reportButtons(view, id))] : []),
      ...agendaBlocks(view, facts, { ...reader, below: null }),
    ],
  }
}

/** To the author of a marked message: may its words stand on the meeting's record? `facts` null: they may not read it. */
export function entryCard(view: ViewContext, entry: MeetingEntry, facts: MeetingFacts | null): Rendered {
  const { t } = view.words
  const meeting = facts ? brief(meetingTitle(view, facts), 150) : t('meeting.mark.some')
  const title = t(`meeting.mark.${entry.state}`, { kind: t(`meeting.kind.${entry.kind}`) })
  const why = t(`meeting.mark.${entry.state}Why`, {
    meeting,
    link: linkTo(entry.permalink ?? '', t('meeting.mark.message')),
  })
  const yesNo = entry.state === 'asked'
  const mayTakeBack = entry.state === 'stands' && asksConsent(entry.constituency)
  return {
    text: `${title} ${why.replace(/<[^|>]+\|([^>]+)>/g, '$1')}`,
    blocks: [
      header(title),
      section(why),
      ...(entry.text ? [section(`> ${brief(entry.text, 1_500)}`)] : []),
      ...(yesNo || mayTakeBack
        ? [
            actions(`entry:${entry.id}`, [
              ...(yesNo ? [button(t('quote.card.yes'), 'meeting.yes', entry.id, { style: 'primary' })] : []),
              button(t(yesNo ? 'quote.card.no' : 'quote.card.takeBack'), 'meeting.no', entry.id),
            ]),
          ]
        : []),
    ],
  }
}

/** After a meeting, to whoever brought something in: what was taken up, and why not the rest (R-066). */
export function answeredToContributor(
  view: ViewContext,
  facts: MeetingFacts,
  personId: string,
): Rendered | null {
  const { t } = view.words
  const { entries, reports } = broughtIn(facts)
  const mine = [
    ...entries.filter(({ authorId }) => authorId === personId).map(({ text, used }) => ({ text, used })),
    ...reports.filter(({ by }) => by === personId).map(({ text, used }) => ({ text, used })),
  ]
  if (mine.length === 0) return null
  const lead = t('meeting.used.lead', { title: brief(meetingTitle(view, facts), 150) })
  const lines = mine.map(({ text, used }) =>
    t(used ? 'meeting.used.yes' : 'meeting.used.no', { text: brief(text ?? '', 200) }),
  )
  const why = mine.some(({ used }) => !used) && facts.meeting.notUsed
  const all = [lead, ...lines, ...(why ? [t('meeting.used.why', { why: brief(why, 1_000) })] : [])]
  return { text: all.join(' '), blocks: [section(all.join('\n'))] }
}

/** The minutes as the chair posted them, and beneath them what came from the meeting. @param taskings those the reader may read. */
export function minutesMessage(
  view: ViewContext,
  facts: MeetingFacts,
  taskings: readonly TaskingFacts[],
): Rendered {
  const title = view.words.t('meeting.minutes.title', { title: meetingTitle(view, facts) })
  const text = facts.meeting.minutes ?? ''
  return {
    text: `${title}. ${brief(text, 2_500)}`,
    blocks: [
      header(title),
      section(text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')),
      ...listed(
        view,
        view.words.t('meeting.kinds.task'),
        taskings.map(each => taskText(view, each)),
      ),
    ],
  }
}
