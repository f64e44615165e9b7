/** What is owed to a community and to whoever warned, once an alert has been closed. */
import type { ReprisalCheck } from '../db/feedback.ts'
import { FEEDBACK_ANSWERS, type FeedbackAnswer, REPRISAL_ANSWERS } from '../domain/feedback.ts'
import type { AlertFacts } from '../operations/alert/facts.ts'
import { type FeedbackFacts, feedbackLimits } from '../operations/feedback.ts'
import type { Rendered } from '../ports.ts'
import { outcome, placeText } from './alert/phrases.ts'
import { actions, brief, button, context, header, input, modal, radio, section, textInput } from './blocks.ts'
import { roleOf, type ViewContext } from './context.ts'
import { laterSelect } from './reminder.ts'
import { responseText } from './response.ts'

const WORDS_MAX = 1_000

/** The community of an alert is to be told what may be said: to whoever owes it, alone. */
export function feedbackCard(view: ViewContext, { feedback, facts }: FeedbackFacts): Rendered {
  const { t, dateTime } = view.words
  const { alert } = facts
  const title = t('feedback.title', { code: alert.code, place: brief(placeText(view, { alert }), 80) })
  const ended = t('feedback.ended', { outcome: outcome(view, facts) })
  const state =
    feedback.state === 'open'
      ? t('feedback.ask')
      : t(`feedback.state.${feedback.state}`, { at: dateTime(feedback.answeredAt ?? feedback.askedAt) })
  return {
    text: `${title}. ${ended} ${state}`,
    blocks: [
      header(title),
      section(
        [`${ended} ${state}`, ...(feedback.words ? [`> ${brief(feedback.words, WORDS_MAX)}`] : [])].join(
          '\n',
        ),
      ),
      ...(feedback.state === 'open'
        ? [
            actions(`feedback:${feedback.id}:${feedback.reminders}`, answerButtons(view, feedback)),
            context(t('feedback.careful')),
          ]
        : []),
    ],
  }
}

function answerButtons({ words: { t } }: ViewContext, { id }: FeedbackFacts['feedback']) {
  return [
    button(t('feedback.button.told'), 'feedback.answer:told', `told:${id}`, { style: 'primary' }),
    button(t('feedback.button.not_safe'), 'feedback.answer:not_safe', `not_safe:${id}`),
  ]
}

/** *Told*, in which words, or *Not safe, because*. */
export function feedbackModal(view: ViewContext, { feedback, facts }: FeedbackFacts, answer: FeedbackAnswer) {
  const { t } = view.words
  const marked = facts.specialist.length > 0
  const choices = FEEDBACK_ANSWERS.map(value => ({ value, text: t(`feedback.button.${value}`) }))
  return modal(
    'feedback.answer',
    { title: facts.alert.code, submit: t('alert.modal.record'), close: t('alert.modal.cancel') },
    { feedbackId: feedback.id },
    [
      input('answer', t('feedback.form.answer'), radio('answer', choices, answer)),
      ...(marked
        ? []
        : [
            input(
              'words',
              t(`feedback.form.words.${answer}`),
              textInput('words', { multiline: true, max: feedbackLimits.words }),
              { hint: t('feedback.form.hint') },
            ),
          ]),
    ],
  )
}

/** A day more without an answer. */
export function feedbackReminder(view: ViewContext, { facts, feedback }: FeedbackFacts): Rendered {
  const { t, dateTime } = view.words
  const text = t('feedback.reminder', { code: facts.alert.code, at: dateTime(feedback.askedAt) })
  return {
    text,
    blocks: [
      section(text),
      actions(`feedback.reminder:${feedback.id}:${feedback.reminders}`, [
        ...answerButtons(view, feedback),
        laterSelect(view, 'feedback', feedback.id),
      ]),
    ],
  }
}

/** A line of the alert's thread: by which post the community was told, or that it is not safe; no words. */
export function feedbackLine(view: ViewContext, { feedback, facts }: FeedbackFacts): Rendered {
  const { t } = view.words
  const role = roleOf(view, facts.alert, feedback.role)
  return { text: `*${facts.alert.code}* · ${t(`feedback.line.${feedback.state}`, { role })}` }
}

/** "A-7K4Q · Karamba market", of the communities not told yet, for the digest of those who decide. */
export function untoldLine(view: ViewContext, facts: AlertFacts, askedAt: number): string {
  const { alert } = facts
  const since = view.words.date(askedAt)
  return `• *${alert.code}* · ${brief(placeText(view, { alert }), 80)} · ${view.words.t('feedback.since', { since })}`
}

/** To whoever raised it: how it ended and what was done, as far as they may read it (R-066). */
export function authorMessage(view: ViewContext, facts: AlertFacts): Rendered {
  const { t } = view.words
  const { alert, acts, responses } = facts
  const end = acts.findLast(({ kind }) => kind === 'close' || kind === 'withdraw')
  const lines = [
    alert.lifecycle === 'withdrawn'
      ? t(`feedback.author.${end?.reason === 'exercise_ended' ? end.reason : 'withdrawn'}`, {
          code: alert.code,
        })
      : t('feedback.author.closed', { code: alert.code, outcome: outcome(view, facts) }),
    ...(end?.note ? [`> ${brief(end.note, WORDS_MAX)}`] : []),
    ...(responses.length > 0
      ? [
          t('feedback.author.done'),
          ...responses.slice(0, 10).map(row => `• ${responseText(view, facts, row)}`),
        ]
      : alert.lifecycle === 'withdrawn'
        ? []
        : [t('feedback.author.nothing')]),
    t('feedback.author.thanks'),
  ]
  return { text: lines.slice(0, 2).join(' '), blocks: [section(lines.join('\n'))] }
}

/** To the author of what was joined to an alert they may not read: how that ended, under the code they know. */
export function joinedMessage(view: ViewContext, code: string, ended: AlertFacts): Rendered {
  const { t } = view.words
  const key = ended.alert.lifecycle === 'withdrawn' ? 'withdrawn' : 'closed'
  const text = `${t(`feedback.author.${key}`, { code, outcome: outcome(view, ended) })} ${t('feedback.author.thanks')}`
  return { text, blocks: [section(text)] }
}

/** Whether anybody suffered for warning or being helped: to whoever is near the community, alone. */
export function reprisalCard(view: ViewContext, facts: AlertFacts, check: ReprisalCheck): Rendered {
  const { t, duration, dateTime } = view.words
  const { alert } = facts
  const title = t('feedback.reprisal.title', { code: alert.code })
  const text = check.answer
    ? t('feedback.reprisal.passed', { at: dateTime(check.answeredAt ?? check.askedAt) })
    : t('feedback.reprisal.ask', {
        place: brief(placeText(view, { alert }), 80),
        after: duration(check.afterMs),
      })
  return {
    text: `${title}. ${text}`,
    blocks: [
      header(title),
      section(text),
      ...(check.answer
        ? []
        : [
            actions(`reprisal:${check.id}`, [
              button(t('feedback.reprisal.answer'), 'reprisal.answer', check.id, { style: 'primary' }),
            ]),
            context(t('feedback.reprisal.careful')),
          ]),
    ],
  }
}

export function reprisalModal(view: ViewContext, facts: AlertFacts, check: ReprisalCheck) {
  const { t } = view.words
  return modal(
    'reprisal.answer',
    { title: facts.alert.code, submit: t('feedback.reprisal.submit'), close: t('alert.modal.cancel') },
    { checkId: check.id },
    [
      section(t('feedback.reprisal.readers')),
      input(
        'answer',
        t('feedback.reprisal.label'),
        radio(
          'answer',
          REPRISAL_ANSWERS.map(value => ({ value, text: t(`feedback.reprisal.answers.${value}`) })),
        ),
      ),
      input(
        'words',
        t('feedback.reprisal.words'),
        textInput('words', { multiline: true, max: feedbackLimits.words }),
        { optional: true, hint: t('feedback.reprisal.hint') },
      ),
    ],
  )
}

/** An answer about reprisals as human rights read it. */
export function reprisalText(
  view: ViewContext,
  { answer, answeredAt, words, askedAt }: ReprisalCheck,
): string {
  const { t, dateTime } = view.words
  const at = dateTime(answeredAt ?? askedAt)
  if (!answer) return t('feedback.reprisal.waiting', { at: dateTime(askedAt) })
  return [
    `*${t(`feedback.reprisal.answers.${answer}`)}* (${at})`,
    ...(words ? [`> ${brief(words, WORDS_MAX)}`] : []),
  ].join('\n')
}

/**
 * To the human rights roles: something is feared or reported.
 *
 * @param reads whether this reader may read the alert, whose code and place are named to no other.
 */
export function reprisalForRights(
  view: ViewContext,
  { alert }: AlertFacts,
  check: ReprisalCheck,
  reads: boolean,
): Rendered {
  const { t } = view.words
  const title = reads ? t('feedback.reprisal.title', { code: alert.code }) : t('feedback.reprisal.heading')
  const where = reads ? brief(placeText(view, { alert }), 80) : t('feedback.reprisal.elsewhere')
  const text = reprisalText(view, check)
  return {
    text: `${title}. ${text}`,
    blocks: [header(title), section(`${where}\n${text}`), context(t('feedback.reprisal.only'))],
  }
}
