import type { AlertFacts } from '../../operations/alert/facts.ts'
import { modal, said, section } from '../blocks.ts'
import { role, sector, term, type ViewContext } from '../context.ts'
import { baseText, decisionText } from './card.ts'

/** Five lines to say over a radio, in the order in which they are needed at the other end. */
export function readOutLines(view: ViewContext, facts: AlertFacts): string[] {
  const { t, list, dateTime } = view.words
  const { alert } = facts
  const spelled = [...alert.code.replace('-', '')].join(' ')
  const atRisk =
    alert.atRisk?.map(
      ({ kind, count }) => `${term(view, 'at_risk', kind)} ${count ?? t('alert.numberUnknown')}`,
    ) ?? []
  return [
    t('alert.readOut.code', {
      code: spelled,
      urgency: t(`alert.urgency.${alert.urgency}`),
      at: dateTime(alert.raisedAt),
    }),
    t('alert.readOut.where', {
      place: [alert.placeSaid, alert.placeHow].filter(Boolean).join(', '),
      sector: sector(view, alert.sector),
      base: baseText(view, facts) ?? t('alert.readOut.noBase'),
    }),
    t('alert.readOut.what', {
      what: alert.what.replace(/\s+/g, ' ').slice(0, 400),
      threat: alert.threat ? term(view, 'threats', alert.threat) : t('alert.unknown.threat'),
    }),
    t('alert.readOut.who', { people: atRisk.length > 0 ? list(atRisk) : t('alert.unknown.atRisk') }),
    facts.owners
      .map(({ owner, posts, state }) =>
        t('alert.readOut.owner', {
          slot: t(`alert.slot.${owner.slot}`),
          post: posts[owner.rung]
            ? role(view, posts[owner.rung] as (typeof posts)[number])
            : t('alert.owner.nobody'),
          state: state.decision
            ? decisionText(view, state.decision)
            : t(state.acknowledged ? 'alert.status.acknowledged' : 'alert.status.silent'),
        }),
      )
      .join(' '),
  ]
}

export function readOutModal(view: ViewContext, facts: AlertFacts) {
  const { t } = view.words
  const lines = readOutLines(view, facts).map((line, index) => section(`*${index + 1}.* ${said(line)}`))
  return modal(
    'alert.read_out',
    { title: t('alert.readOut.title'), close: t('alert.modal.close') },
    {},
    lines,
  )
}
