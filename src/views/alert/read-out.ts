import type { AlertFacts } from '../../operations/alert/facts.ts'
import type { Block } from '../../ports.ts'
import { brief, context, divider, modal, said, section, sentence } from '../blocks.ts'
import { sector, term, type ViewContext } from '../context.ts'
import { CARD_TEXT_MAX } from './card.ts'
import { atRiskText, baseText, currentPost, gridText, placeText, stateText, whatText } from './phrases.ts'

/** What happens, as much of it as somebody says over a radio. */
const SPOKEN_MAX = 400
/** Characters of raw text in one section; escaping makes five of one at worst, and a section holds 3,000. */
const SECTION_WORDS = 600

/** Five lines to say over a radio, in the order in which they are needed at the other end; ready for mrkdwn. */
export function readOutLines(view: ViewContext, facts: AlertFacts): string[] {
  const { t, dateTime } = view.words
  const { alert } = facts
  return [
    t('alert.readOut.code', {
      code: [...alert.code.replace('-', '')].join(' '),
      urgency: t(`alert.urgency.${alert.urgency}`),
      at: dateTime(alert.raisedAt),
    }),
    t('alert.readOut.where', {
      place: [placeText(view, facts), alert.placeHow ?? '']
        .filter(words => words !== '')
        .map(words => brief(words, SPOKEN_MAX))
        .join(', '),
      sector: sector(view, alert.sector),
      base: baseText(view, facts) ?? t('alert.readOut.noBase'),
    }) + (gridText(view, facts) ?? []).map(text => ` ${sentence(text)}`).join(''),
    t('alert.readOut.what', {
      what: sentence(brief(whatText(view, facts), SPOKEN_MAX)),
      threat: alert.threat ? term(view, 'threats', alert.threat) : t('alert.notKnown'),
    }),
    t('alert.readOut.who', { people: atRiskText(view, facts) ?? t('alert.notKnown') }),
    facts.owners
      .map(owner =>
        t('alert.readOut.owner', {
          slot: t(`alert.slot.${owner.owner.slot}`),
          post: currentPost(view, facts, owner),
          state: stateText(view, alert, owner.state),
        }),
      )
      .join(' '),
  ]
}

/** The five lines, and below them in full whatever the card or the lines had to cut. */
export function readOutModal(view: ViewContext, facts: AlertFacts) {
  const { t } = view.words
  const { alert, acts } = facts
  const end = acts.findLast(act => act.kind === 'close' || act.kind === 'withdraw')
  const whole = [
    ...(said(alert.what).length > SPOKEN_MAX ? [alert.what] : []),
    ...(end?.note && said(end.note).length > CARD_TEXT_MAX ? [end.note] : []),
  ]
  return modal('alert.read_out', { title: t('alert.readOut.title'), close: t('alert.modal.close') }, {}, [
    ...readOutLines(view, facts).map((line, index) => section(`*${index + 1}.* ${line}`)),
    ...whole.flatMap(text => [divider(), context(`*${t('alert.readOut.whole')}*`), ...inSections(text)]),
  ])
}

function inSections(text: string): Block[] {
  const points = [...text]
  const count = Math.ceil(points.length / SECTION_WORDS)
  return Array.from({ length: count }, (_, n) => points.slice(n * SECTION_WORDS, (n + 1) * SECTION_WORDS))
    .map(part => part.join(''))
    .filter(part => part.trim() !== '')
    .map(part => section(said(part)))
}
