import type { Channel } from '../../db/channels.ts'
import { GRADES } from '../../domain/meeting.ts'
import { forumLimits } from '../../operations/forum.ts'
import { standing } from '../../operations/meeting/facts.ts'
import { broughtIn, type MeetingFacts } from '../../operations/meeting.ts'
import { roleKey } from '../../operations/permission.ts'
import { brief, channelSelect, input, modal, multiSelect, section, select, textInput } from '../blocks.ts'
import { role, roleNamed, type ViewContext } from '../context.ts'
import { entryText, missingText, untasked } from './phrases.ts'

const POSTS_AT_ONCE = 40

/** Who was there, by post and grade. */
export function attendanceModal(view: ViewContext, facts: MeetingFacts) {
  const { t } = view.words
  const grades = GRADES.map(value => ({ value, text: t(`meeting.grade.${value}`) }))
  return modal(
    'meeting.attendance',
    {
      title: t('meeting.form.attendance'),
      submit: t('meeting.form.attendanceSubmit'),
      close: t('alert.modal.cancel'),
    },
    { meetingId: facts.meeting.id },
    [
      section(t('meeting.form.attendanceAbout')),
      ...facts.forum.posts.slice(0, POSTS_AT_ONCE).map(ref => {
        const post = roleKey(ref)
        const known = facts.attendance.find(each => each.post === post)?.grade
        return input(
          `grade:${post}`,
          role(view, ref),
          select(`grade:${post}`, t('duty.choose'), grades, known),
          {
            optional: true,
          },
        )
      }),
    ],
  )
}

/** Closing a meeting: what it came to, why it came to nothing, what was taken up. */
export function closeModal(view: ViewContext, facts: MeetingFacts) {
  const { t } = view.words
  const { entries, reports } = broughtIn(facts)
  const brought = [
    ...entries.map(entry => ({ value: entry.id, text: entry.text ?? '' })),
    ...reports.map(({ post, text }) => ({
      value: post,
      text: t('meeting.labelled', { label: roleNamed(view, post), text: text ?? '' }),
    })),
  ]
  const lead = t('meeting.form.outcomes', {
    decisions: standing(facts.entries, 'decision').length,
    tasks: facts.taskings.length,
  })
  const silent =
    facts.missing.length > 0 ? ` ${t('meeting.reports.missing', { posts: missingText(view, facts) })}` : ''
  return modal(
    'meeting.close',
    { title: t('meeting.form.close'), submit: t('meeting.form.closeSubmit'), close: t('alert.modal.cancel') },
    { meetingId: facts.meeting.id },
    [
      section(`${lead}${silent}`),
      ...(facts.outcomes === 0
        ? [
            input(
              'because',
              t('meeting.form.because'),
              textInput('because', { multiline: true, max: forumLimits.why }),
              {
                optional: true,
                hint: t('meeting.form.becauseHint'),
              },
            ),
          ]
        : []),
      ...(brought.length > 0
        ? [
            input(
              'used',
              t('meeting.form.used'),
              multiSelect('used', t('meeting.form.usedChoose'), brought.slice(0, 100)),
              {
                optional: true,
                hint: t('meeting.form.usedHint'),
              },
            ),
            input(
              'notUsed',
              t('meeting.form.notUsed'),
              textInput('notUsed', { multiline: true, max: forumLimits.why }),
              {
                optional: true,
              },
            ),
          ]
        : []),
    ],
  )
}

/** The minutes drawn from the record, for the chair to edit and post. */
export function minutesModal(view: ViewContext, facts: MeetingFacts, channels: readonly Channel[]) {
  const { t } = view.words
  const others = channels.filter(({ id }) => id !== facts.forum.forum.channelId)
  return modal(
    'meeting.minutes',
    {
      title: t('meeting.form.minutes'),
      submit: t('meeting.form.minutesSubmit'),
      close: t('alert.modal.cancel'),
    },
    { meetingId: facts.meeting.id },
    [
      section(t('meeting.form.minutesAbout')),
      input(
        'text',
        t('meeting.form.minutesText'),
        textInput('text', {
          multiline: true,
          max: forumLimits.text,
          initial: facts.meeting.minutes ?? minutesDraft(view, facts),
        }),
      ),
      ...(others.length > 0
        ? [
            input(
              'channels',
              t('meeting.form.minutesChannels'),
              channelSelect('channels', t('duty.choose'), { several: true }),
              { optional: true, hint: t('meeting.form.minutesChannelsHint') },
            ),
          ]
        : []),
    ],
  )
}

/** Minutes as plain text, from what all who read the meeting may read: what came from it has readers of its own. */
export function minutesDraft(view: ViewContext, facts: MeetingFacts): string {
  const { t, list } = view.words
  const plain = (text: string) =>
    text
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&')
      .replaceAll('*', '')
      .replace(/_\((.*)\)_/su, '($1)')
  const labelled = (label: string, text: string) => t('meeting.labelled', { label, text })
  const part = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [labelled(title, '').trimEnd(), ...lines.map(line => `– ${plain(line)}`), '']
  const of = (kind: Parameters<typeof standing>[1]) =>
    standing(facts.entries, kind).map(entry => entryText(view, entry))
  const there = facts.attendance.map(({ post, grade }) =>
    t('meeting.attended', { post: roleNamed(view, post), grade: t(`meeting.grade.${grade}`) }),
  )
  const { because } = facts.meeting
  const reported = facts.reports.flatMap(({ post, text }) =>
    text === null ? [] : [labelled(roleNamed(view, post), brief(text, 300))],
  )
  const nil = facts.reports.filter(({ text }) => text === null).map(({ post }) => roleNamed(view, post))
  return [
    ...part(t('meeting.kinds.decision'), of('decision')),
    ...(because ? [labelled(t('meeting.none'), because), ''] : []),
    ...part(
      t('meeting.kinds.action'),
      untasked(facts).map(entry => entryText(view, entry)),
    ),
    ...part(t('meeting.kinds.point'), of('point')),
    ...part(t('meeting.kinds.dissent'), of('dissent')),
    ...part(t('meeting.kinds.information'), of('information')),
    ...part(t('meeting.reports.title'), reported),
    ...(nil.length > 0 ? [plain(t('meeting.reports.nil', { posts: list(nil) })), ''] : []),
    ...(facts.missing.length > 0
      ? [plain(t('meeting.reports.silent', { posts: missingText(view, facts) })), '']
      : []),
    ...(there.length > 0 ? [labelled(t('meeting.attendance'), list(there))] : []),
  ]
    .join('\n')
    .trim()
}
