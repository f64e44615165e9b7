import type { Concern } from '../db/concerns.ts'
import { CONCERNS } from '../domain/concern.ts'
import { concernLimits } from '../operations/concern.ts'
import type { Rendered } from '../ports.ts'
import { previewAction } from './alert/preview.ts'
import { actions, brief, button, context, header, input, modal, radio, section, textInput } from './blocks.ts'
import { dayText, pair, type ViewContext } from './context.ts'
import { districtInput } from './gate.ts'

/** *Flag a concern*: says first what is stored, and what the bot cannot promise. */
export function concernModal(view: ViewContext) {
  const { t } = view.words
  return modal(
    'concern.flag',
    { title: t('concern.form.title'), submit: t('concern.form.submit'), close: t('alert.modal.cancel') },
    {},
    [
      section(t('concern.form.text')),
      input(
        'about',
        t('concern.form.about'),
        radio(
          'about',
          CONCERNS.map(value => ({ value, text: t(`concern.about.${value}`) })),
        ),
      ),
      districtInput(view, { optional: true }),
      input(
        'words',
        t('concern.form.words'),
        textInput('words', { multiline: true, max: concernLimits.words }),
      ),
      previewAction(view, 'concern'),
      context(t('help.confidential')),
    ],
  )
}

/** A concern, for OCHA. */
export function concernCard(view: ViewContext, concern: Concern): Rendered {
  const { t, dateTime } = view.words
  const title = t('concern.title', { code: concern.code })
  const state =
    concern.takenUpAt === null ? t('concern.open') : t('concern.taken', { at: dateTime(concern.takenUpAt) })
  const where = concern.district ? ` · ${brief(concern.district, 80)}` : ''
  return {
    text: pair(view, title, `${t(`concern.about.${concern.about}`)}. ${state}`),
    blocks: [
      header(title),
      section(`*${t(`concern.about.${concern.about}`)}*${where}\n> ${brief(concern.words, 2_500)}`),
      section(`${t('concern.day', { day: dayText(view, concern.day) })} · *${state}*`),
      ...(concern.takenUpAt === null
        ? [actions(`concern:${concern.id}`, [button(t('concern.takeUp'), 'concern.take_up', concern.id)])]
        : []),
      context(t('concern.noAsking')),
    ],
  }
}

/** `/poc concern list`: what was flagged, for OCHA. */
export function concernsMessage(view: ViewContext, all: readonly Concern[]): Rendered {
  const { t } = view.words
  const title = t('concern.list')
  const lines = all
    .slice(-25)
    .toReversed()
    .map(
      ({ code, day, about, district, takenUpAt }) =>
        `• *${code}* · ${dayText(view, day)} · ${t(`concern.about.${about}`)}${district ? ` · ${brief(district, 80)}` : ''}${takenUpAt === null ? '' : ' ✓'}`,
    )
  return {
    text: pair(view, title, view.words.number(all.length)),
    blocks: [header(title), section(lines.length === 0 ? t('concern.none') : lines.join('\n'))],
  }
}
