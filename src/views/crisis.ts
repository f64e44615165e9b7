import { CALL_ANSWERS } from '../domain/forum.ts'
import { sideOf } from '../domain/side.ts'
import { type CrisisFacts, MEET_AGAIN } from '../operations/crisis.ts'
import { forumLimits } from '../operations/forum.ts'
import type { Block, Rendered } from '../ports.ts'
import { actions, brief, button, context, input, modal, plain, section, select, textInput } from './blocks.ts'
import { roleChoices, roleNamed, type ViewContext } from './context.ts'
import { forumTitle } from './forum/phrases.ts'
import { personName } from './person.ts'
import { laterSelect } from './reminder.ts'

const LINE = 300
const MINUTE_MS = 60_000

/** What a crisis forum's card says beside what every group's says: the clock, who answered the call, the review. */
export function crisisBlocks(view: ViewContext, facts: CrisisFacts): Block[] {
  const { t, dateTime, duration, date } = view.words
  const { crisis, calls, forum, lessons } = facts
  const { createdAt, state, id } = forum.forum
  const until = crisis.stoodDownAt ?? view.now
  const clock = [
    t(`crisis.clock.${state === 'active' ? 'runs' : 'ran'}`, {
      at: dateTime(createdAt),
      age: duration(Math.max(MINUTE_MS, until - createdAt)),
      now: dateTime(view.now),
    }),
    ...(state === 'active'
      ? [
          t('crisis.lead', {
            lead: facts.lead ? personName(view.words, facts.lead) : t('alert.someone'),
            at: dateTime(crisis.leadSince),
          }),
        ]
      : []),
    ...(crisis.nextAt !== null ? [t('crisis.nextAt', { at: dateTime(crisis.nextAt) })] : []),
  ]
  const answered = calls.map(({ post, answer, answeredAt, personId }) =>
    t(`crisis.call.${answer ?? (personId === null ? 'vacant' : 'silent')}`, {
      post: roleNamed(view, post),
      at: answeredAt === null ? '' : view.words.time(answeredAt),
    }),
  )
  return [
    section(clock.join('\n')),
    section([`*${t('crisis.called')}*`, ...answered].join('\n')),
    ...(crisis.stoodDownWhy
      ? [section(`*${t('crisis.stoodDown')}*\n> ${brief(crisis.stoodDownWhy, 1_000)}`)]
      : []),
    ...(crisis.reviewedAt !== null
      ? [
          section(
            `*${t('crisis.worked')}*\n${brief(crisis.worked ?? '', 1_000)}\n*${t('crisis.failed')}*\n${brief(crisis.failed ?? '', 1_000)}`,
          ),
          section(
            lessons.length > 0
              ? [
                  `*${t('crisis.lessons')}*`,
                  ...lessons.map(({ text, owner, dueAt }) =>
                    t('crisis.lesson', {
                      text: brief(text ?? '', LINE),
                      owner: roleNamed(view, owner),
                      at: date(dueAt),
                    }),
                  ),
                ].join('\n')
              : t('crisis.noLesson', { why: brief(crisis.noLesson ?? '', 1_000) }),
          ),
        ]
      : []),
    ...(state === 'active'
      ? [
          actions(
            `crisis:${id}:answer`,
            CALL_ANSWERS.map(answer => button(t(`crisis.answer.${answer}`), `crisis.answer:${answer}`, id)),
          ),
          actions(`crisis:${id}:lead`, [
            select(
              'crisis.again',
              t('crisis.again'),
              MEET_AGAIN.map(minutes => ({
                text: t('crisis.in', { time: duration(minutes * 60_000) }),
                value: `${minutes}:${id}`,
              })),
            ),
            button(t('crisis.hand'), 'crisis.hand', id),
            button(t('crisis.standDown'), 'crisis.stand_down', id, { style: 'danger' }),
          ]),
        ]
      : []),
    ...(state === 'stood_down'
      ? [
          section(`⚠️ ${t('crisis.reviewOwed', { at: dateTime(crisis.reviewDueAt ?? view.now) })}`),
          actions(`crisis:${id}:review`, [
            button(t('crisis.review'), 'crisis.review', id, { style: 'primary' }),
          ]),
        ]
      : []),
    ...(state === 'active' ? [context(t('crisis.agencies'))] : []),
  ]
}

/** What is said where the forum's card stands. */
export function crisisLine(view: ViewContext, facts: CrisisFacts, line: string): Rendered | null {
  const { t, dateTime } = view.words
  const { crisis, shifts, forum } = facts
  const note = shifts.at(-1)?.note
  const text = t(`crisis.line.${line}`, {
    title: brief(forumTitle(view, forum), 150),
    at: dateTime(crisis.reviewDueAt ?? view.now),
    note: note ? brief(note, 2_000) : t('crisis.noNote'),
  })
  if (line !== 'review') return { text, blocks: [section(text)] }
  const { id } = forum.forum
  return {
    text,
    blocks: [
      section(text),
      actions(`crisis.reminder:${view.now}`, [
        button(t('crisis.review'), 'crisis.review', id, { style: 'primary' }),
        laterSelect(view, 'forum', id),
      ]),
    ],
  }
}

/** The shift goes to somebody else, with what they need to know. */
export function handModal(view: ViewContext, { forum }: CrisisFacts) {
  const { t } = view.words
  return modal(
    'crisis.hand',
    { title: t('crisis.form.hand'), submit: t('crisis.form.handSubmit'), close: t('alert.modal.cancel') },
    { forumId: forum.forum.id },
    [
      input('to', t('crisis.form.to'), {
        type: 'users_select',
        action_id: 'to',
        placeholder: plain(t('duty.choose'), 150),
      }),
      input('note', t('crisis.form.note'), textInput('note', { multiline: true, max: forumLimits.text }), {
        optional: true,
        hint: t('crisis.form.noteHint'),
      }),
    ],
  )
}

export function standDownModal(view: ViewContext, { forum }: CrisisFacts) {
  const { t } = view.words
  return modal(
    'crisis.stand_down',
    {
      title: t('crisis.form.standDown'),
      submit: t('crisis.form.standDownSubmit'),
      close: t('alert.modal.cancel'),
    },
    { forumId: forum.forum.id },
    [
      section(t('crisis.form.standDownAbout')),
      input('why', t('crisis.form.why'), textInput('why', { multiline: true, max: forumLimits.why })),
    ],
  )
}

/** Lessons one form takes. */
export const LESSONS = 3

/** The after-action review. */
export function reviewModal(view: ViewContext, { forum }: CrisisFacts) {
  const { t } = view.words
  return modal(
    'crisis.review',
    { title: t('crisis.form.review'), submit: t('crisis.form.reviewSubmit'), close: t('alert.modal.cancel') },
    { forumId: forum.forum.id },
    [section(t('crisis.form.reviewAbout')), ...reviewFields(view)],
  )
}

/** What worked, what did not, and lessons with a post and a day: of a crisis, and of an exercise. */
export function reviewFields(view: ViewContext): Block[] {
  const { t } = view.words
  const roles = roleChoices(
    view,
    view.mission.roles.filter(({ constituency }) => sideOf(constituency) === 'mission'),
  )
  return [
    input('worked', t('crisis.worked'), textInput('worked', { multiline: true, max: forumLimits.text })),
    input('failed', t('crisis.failed'), textInput('failed', { multiline: true, max: forumLimits.text })),
    ...Array.from({ length: LESSONS }, (_, nth) => [
      input(
        `lesson${nth}`,
        t('crisis.form.lesson', { nth: nth + 1 }),
        textInput(`lesson${nth}`, { max: forumLimits.why, multiline: true }),
        { optional: true },
      ),
      input(`owner${nth}`, t('crisis.form.owner'), select(`owner${nth}`, t('duty.choose'), roles), {
        optional: true,
      }),
      input(
        `due${nth}`,
        t('crisis.form.due'),
        { type: 'datetimepicker', action_id: `due${nth}` },
        { optional: true },
      ),
    ]).flat(),
    input(
      'noLesson',
      t('crisis.form.noLesson'),
      textInput('noLesson', { multiline: true, max: forumLimits.why }),
      {
        optional: true,
        hint: t('crisis.form.noLessonHint'),
      },
    ),
  ]
}
