import type { Inquiry } from '../db/inquiries.ts'
import { INQUIRY_ANSWERS } from '../domain/inquiry.ts'
import type { Side } from '../domain/mission.ts'
import { type Balance, inquiryLimits } from '../operations/inquiry.ts'
import type { Block, Rendered } from '../ports.ts'
import { previewAction } from './alert/preview.ts'
import {
  actions,
  brief,
  button,
  context,
  fields,
  header,
  input,
  modal,
  radio,
  section,
  textInput,
} from './blocks.ts'
import { dayText, pair, type ViewContext } from './context.ts'
import { laterSelect } from './reminder.ts'

/** Requests of each kind that stand among other things that wait, and characters of each. */
const WAITING = 3
const WAITING_MAX = 300

/** `/poc ask`: what, why and by when. A person asks the other side, hence there is one choice. */
export function askModal(view: ViewContext, side: Side) {
  const { t } = view.words
  return modal(
    'inquiry.ask',
    { title: t('inquiry.form.title'), submit: t('inquiry.form.submit'), close: t('alert.modal.cancel') },
    { side },
    [
      section(t('inquiry.form.about', { side: t(`registration.side.${side}`) })),
      input('what', t('inquiry.form.what'), textInput('what', { multiline: true, max: inquiryLimits.what })),
      input('why', t('inquiry.form.why'), textInput('why', { multiline: true, max: inquiryLimits.why })),
      input(
        'wantedBy',
        t('inquiry.form.wantedBy'),
        { type: 'datepicker', action_id: 'wantedBy' },
        { optional: true },
      ),
      previewAction(view, 'inquiry'),
    ],
  )
}

/** A request, for whoever answers it. */
export function inquiryCard(view: ViewContext, inquiry: Inquiry, personId: string): Rendered {
  const { t, dateTime } = view.words
  const title = t('inquiry.card.title', { code: inquiry.code })
  const asker = t('inquiry.card.asker', {
    asker: t(`alert.constituency.${inquiry.holder}`),
    at: dateTime(inquiry.askedAt),
  })
  const answers = inquiry.state === 'open' && inquiry.askedBy !== personId
  return {
    text: pair(view, title, `${asker} ${brief(inquiry.what, 300)}`),
    blocks: [
      header(title),
      section(`${asker}\n> ${brief(inquiry.what, inquiryLimits.what)}`),
      fields([
        `*${t('inquiry.form.why')}*\n${brief(inquiry.why, inquiryLimits.why)}`,
        ...(inquiry.wantedBy ? [`*${t('inquiry.form.wantedBy')}*\n${dayText(view, inquiry.wantedBy)}`] : []),
      ]),
      ...(inquiry.state === 'open' ? [] : [section(`*${t(`inquiry.answer.${inquiry.state}`)}*`)]),
      ...(answers
        ? [
            section(t('inquiry.card.free')),
            actions(`inquiry:${inquiry.id}`, [
              button(t('inquiry.card.answer'), 'inquiry.answer', inquiry.id, { style: 'primary' }),
            ]),
          ]
        : []),
    ],
  }
}

/** Requests that wait for this person's answer, and their own that have none yet. */
export function waitingInquiryBlocks(
  view: ViewContext,
  { toAnswer, asked }: { toAnswer: readonly Inquiry[]; asked: readonly Inquiry[] },
): Block[] {
  const { t, dateTime } = view.words
  const answer = t('inquiry.card.answer')
  const line = ({ code, holder, askedAt, what }: Inquiry) =>
    `*${code}* · ${t('inquiry.card.asker', { asker: t(`alert.constituency.${holder}`), at: dateTime(askedAt) })}\n> ${brief(what, WAITING_MAX)}`
  const own = ({ code, side, askedAt, what }: Inquiry) =>
    `*${code}* · ${t(`inquiry.waiting.by.${side}`, { at: dateTime(askedAt) })}\n> ${brief(what, WAITING_MAX)}`
  const rest = Math.max(0, toAnswer.length - WAITING) + Math.max(0, asked.length - WAITING)
  return [
    ...(toAnswer.length > 0
      ? [section(`*${t('inquiry.waiting.toAnswer', { count: toAnswer.length })}*`)]
      : []),
    ...toAnswer
      .slice(0, WAITING)
      .map(each =>
        section(line(each), button(answer, 'inquiry.answer', each.id, { label: `${answer} ${each.code}` })),
      ),
    ...(asked.length > 0 ? [section(`*${t('inquiry.waiting.asked')}*`)] : []),
    ...asked.slice(0, WAITING).map(each => section(own(each))),
    ...(rest > 0 ? [context(t('inquiry.waiting.rest', { count: rest }))] : []),
  ]
}

export function answerModal(view: ViewContext, inquiry: Inquiry) {
  const { t } = view.words
  return modal(
    'inquiry.answer',
    {
      title: t('inquiry.reply.title', { code: inquiry.code }),
      submit: t('inquiry.reply.submit'),
      close: t('alert.modal.cancel'),
    },
    { inquiryId: inquiry.id },
    [
      input(
        'answer',
        t('inquiry.reply.answer'),
        radio(
          'answer',
          INQUIRY_ANSWERS.map(value => ({ value, text: t(`inquiry.answer.${value}`) })),
        ),
      ),
      input('release', t('inquiry.reply.release'), textInput('release', { max: 10 }), {
        optional: true,
        hint: t('inquiry.reply.releaseHint'),
      }),
      input(
        'reason',
        t('inquiry.reply.reason'),
        textInput('reason', { multiline: true, max: inquiryLimits.reason }),
        { optional: true, hint: t(`inquiry.reply.reasonHint.${inquiry.side}`) },
      ),
    ],
  )
}

/** The answer, to whoever asked; `release` is the code by which they read what was provided. */
export function answeredMessage(view: ViewContext, inquiry: Inquiry, release: string | null): Rendered {
  const { t } = view.words
  const { code, reason, state } = inquiry
  const text = [
    t('inquiry.answered.lead', { code, answer: t(`inquiry.answer.${state}`) }),
    ...(release ? [t('inquiry.answered.release', { release, prefix: view.mission.commandPrefix })] : []),
    ...(reason ? [t('inquiry.answered.reason', { reason: brief(reason, inquiryLimits.reason) })] : []),
  ].join(' ')
  return { text, blocks: [section(text)] }
}

/** A week has passed, to whoever owes the answer alone. */
export function reminderMessage(view: ViewContext, inquiry: Inquiry): Rendered {
  const { t } = view.words
  const text = t('inquiry.reminder', { code: inquiry.code })
  return {
    text,
    blocks: [
      section(text),
      actions(`inquiry.reminder:${inquiry.id}`, [
        button(t('inquiry.card.answer'), 'inquiry.answer', inquiry.id, { style: 'primary' }),
        laterSelect(view, 'inquiry', inquiry.id),
      ]),
    ],
  }
}

/** What went which way. */
export function balanceMessage(view: ViewContext, balance: Balance): Rendered {
  const { t } = view.words
  const lines = (['mission', 'humanitarian'] as const).map(side =>
    t(`inquiry.balance.${side}`, { ...balance[side] }),
  )
  return {
    text: [t('inquiry.balance.title'), ...lines].join(' '),
    blocks: [header(t('inquiry.balance.title')), section(lines.join('\n'))],
  }
}
