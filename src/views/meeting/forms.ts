import { ENTRY_KINDS } from '../../domain/meeting.ts'
import { MARKS } from '../../domain/mission.ts'
import { forumLimits } from '../../operations/forum.ts'
import type { ForumFigures, MeetingFacts } from '../../operations/meeting.ts'
import { roleKey } from '../../operations/permission.ts'
import type { Rendered } from '../../ports.ts'
import { previewAction } from '../alert/preview.ts'
import {
  brief,
  context,
  fitting,
  header,
  input,
  modal,
  radio,
  section,
  select,
  textInput,
} from '../blocks.ts'
import { role, roleNamed, type ViewContext } from '../context.ts'
import { forumLine, forumTitle } from '../forum/phrases.ts'
import { meetingTitle } from './phrases.ts'

/** When a group meets next. */
export function planModal(view: ViewContext, forum: MeetingFacts['forum'], at: number) {
  const { t } = view.words
  return modal(
    'meeting.plan',
    { title: t('meeting.form.plan'), submit: t('meeting.form.planSubmit'), close: t('alert.modal.cancel') },
    { forumId: forum.forum.id },
    [
      section(forumLine(view, forum)),
      input('at', t('meeting.form.at'), {
        type: 'datetimepicker',
        action_id: 'at',
        initial_date_time: Math.ceil(at / 900_000) * 900,
      }),
      previewAction(view, 'meeting'),
    ],
  )
}

/** A component's report to a meeting. */
export function reportModal(view: ViewContext, facts: MeetingFacts, posts: readonly string[]) {
  const { t } = view.words
  const known = facts.reports.find(({ post }) => posts.includes(post))?.text ?? null
  return modal(
    'meeting.report',
    {
      title: t('meeting.form.report'),
      submit: t('meeting.form.reportSubmit'),
      close: t('alert.modal.cancel'),
    },
    { meetingId: facts.meeting.id },
    [
      section(brief(meetingTitle(view, facts), 150)),
      ...(posts.length > 1
        ? [
            input(
              'post',
              t('meeting.form.post'),
              radio(
                'post',
                posts.map(post => ({ text: roleNamed(view, post), value: post })),
                posts[0],
              ),
            ),
          ]
        : []),
      input(
        'text',
        t('meeting.form.reportText'),
        textInput('text', { multiline: true, max: forumLimits.text, initial: known }),
        {
          hint: t('meeting.form.reportHint'),
        },
      ),
      previewAction(view, 'meeting'),
    ],
  )
}

const decidingInputs = (view: ViewContext, { forum }: MeetingFacts) => {
  const { t } = view.words
  const posts = forum.posts.map(ref => ({ text: role(view, ref), value: roleKey(ref) }))
  return [
    input(
      'decider',
      t('meeting.form.decider'),
      select('decider', t('duty.choose'), posts, roleKey(forum.chair)),
      {
        optional: true,
        hint: t('meeting.form.deciderHint'),
      },
    ),
    input(
      'dueAt',
      t('meeting.form.dueAt'),
      { type: 'datetimepicker', action_id: 'dueAt' },
      { optional: true },
    ),
  ]
}

/** A person's own words for the record: a point of the agenda, or what is said. */
export function sayModal(view: ViewContext, facts: MeetingFacts, keeps: boolean) {
  const { t } = view.words
  const kinds = ENTRY_KINDS.filter(kind => kind !== 'decision' || keeps)
  return modal(
    'meeting.say',
    { title: t('meeting.form.say'), submit: t('meeting.form.saySubmit'), close: t('alert.modal.cancel') },
    { meetingId: facts.meeting.id },
    [
      input(
        'mark',
        t('meeting.form.kind'),
        radio(
          'mark',
          kinds.map(value => ({ value, text: t(`meeting.kind.${value}`) })),
          'point',
        ),
      ),
      input('text', t('meeting.form.text'), textInput('text', { multiline: true, max: forumLimits.text })),
      ...(keeps ? decidingInputs(view, facts) : []),
    ],
  )
}

/** *Mark for the minutes* on a message of a meeting's thread. */
export function markModal(
  view: ViewContext,
  facts: MeetingFacts,
  message: { channel: string; ts: string },
  keeps: boolean,
) {
  const { t } = view.words
  const marks = MARKS.filter(mark => mark !== 'decision' || keeps)
  return modal(
    'meeting.mark',
    { title: t('meeting.form.mark'), submit: t('meeting.form.markSubmit'), close: t('alert.modal.cancel') },
    { meetingId: facts.meeting.id, ...message },
    [
      section(brief(meetingTitle(view, facts), 150)),
      input(
        'mark',
        t('meeting.form.kind'),
        radio(
          'mark',
          marks.map(value => ({ value, text: t(`meeting.kind.${value}`) })),
        ),
      ),
      ...(keeps ? decidingInputs(view, facts) : []),
      context(t('meeting.form.consent')),
    ],
  )
}

const ROOM = 7_000

/** `/poc-group figures`: what meetings came to. */
export function figuresMessage(view: ViewContext, figures: readonly ForumFigures[]): Rendered {
  const { t, number, duration } = view.words
  const title = t('meeting.figures.title')
  const lines = figures.map(each => {
    const share = t('meeting.figures.share', {
      held: each.held,
      with: each.withOutcomes,
      share: number(Math.round((each.share ?? 0) * 100)),
    })
    const rest = t('meeting.figures.counts', {
      decisions: each.decisions,
      tasks: each.tasks,
      briefings: each.briefings,
    })
    const open = each.open
      ? t('meeting.figures.open', {
          count: each.open.open,
          median: duration(each.open.median),
          oldest: duration(each.open.oldest),
        })
      : t('meeting.figures.noneOpen')
    return `*${brief(forumTitle(view, each.facts), 150)}*\n${share}\n${rest}\n${open}`
  })
  const { shown, rest } = fitting(lines, ROOM)
  return {
    text: [title, ...shown].join('. ').replaceAll('*', ''),
    blocks: [
      header(title),
      ...(lines.length === 0 ? [section(t('meeting.figures.none'))] : shown.map(line => section(line))),
      ...(rest > 0 ? [context(t('meeting.more', { count: rest }))] : []),
    ],
  }
}
