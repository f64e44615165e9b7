import { asksConsent, type Quote } from '../domain/quote.ts'
import type { AlertFacts } from '../operations/alert/facts.ts'
import type { QuoteContext } from '../operations/quote.ts'
import type { TeamFacts } from '../operations/team.ts'
import type { Block, Rendered } from '../ports.ts'
import {
  actions,
  brief,
  button,
  context,
  header,
  input,
  modal,
  option,
  plain,
  section,
  sentence,
} from './blocks.ts'
import { role, roleNamed, type ViewContext } from './context.ts'
import { teamTitle } from './team/phrases.ts'

/** Words of a message shown to its own author, in characters. */
const OWN_WORDS = 1_500

/** By what a message's author is named on record: their post, else where they belong; a humanitarian never closer. */
export function quoteAuthor(view: ViewContext, { constituency, authorRole }: Quote): string {
  const { t } = view.words
  if (constituency === 'un_agency' || constituency === 'ngo') return t('alert.humanitarianPartner')
  if (authorRole !== null) return roleNamed(view, authorRole)
  return t(constituency ? `alert.constituency.${constituency}` : 'alert.unconfirmed')
}

/** A link in mrkdwn; its label alone where the address is none that Slack would open. */
export function linkTo(url: string, label: string): string {
  return /^https?:\/\/[^\s|<>]+$/.test(url) ? `<${url}|${label}>` : label
}

/** To the author of a message: the question whether it may stand on record, or the notice that it does. */
export function quoteCard(view: ViewContext, quote: Quote, about: QuoteContext): Rendered {
  const { code, by } = about
  const { t, list, dateTime } = view.words
  const values = {
    code: code ?? t(`quote.some.${about.kind}`),
    link: quote.permalink,
    at: dateTime(quote.saidAt),
    by: by ? role(view, by) : t('quote.someone'),
    author: quoteAuthor(view, quote),
  }
  const title = t(`quote.card.${quote.state}`, values)
  const why = t(`quote.card.${quote.state}Why`, values)
  const readers =
    about.readers === 'restricted'
      ? t('quote.restrictedReaders')
      : list(about.readers.map(id => t(`alert.constituency.${id}`)))
  const mayTakeBack = quote.state === 'stands' && asksConsent(quote.constituency)
  const blocks: Block[] = [
    header(title),
    section(why),
    ...(quote.text ? [section(`> ${brief(quote.text, OWN_WORDS)}`)] : []),
    ...(quote.editedAt ? [context(t('quote.card.edited', { at: dateTime(quote.editedAt) }))] : []),
    ...(quote.state === 'asked'
      ? [
          context(t('quote.card.askedReaders', { ...values, readers })),
          actions(`quote:${quote.id}`, [
            button(t('quote.card.yes'), 'quote.yes', quote.id, { style: 'primary' }),
            button(t('quote.card.no'), 'quote.no', quote.id),
          ]),
        ]
      : []),
    ...(mayTakeBack
      ? [actions(`quote:${quote.id}`, [button(t('quote.card.takeBack'), 'quote.no', quote.id)])]
      : []),
  ]
  return { text: `${sentence(title)} ${plainText(why)}`, blocks }
}

/** Links as their labels, for whoever hears the text. */
const plainText = (mrkdwn: string): string => mrkdwn.replace(/<[^|>]+\|([^>]+)>/g, '$1')

/** *Add to record* on a message: which alert or team; the thread's own stands there already. */
export function addModal(
  view: ViewContext,
  own: { text: string; value: string } | null,
  message: { channel: string; ts: string },
) {
  const { t } = view.words
  const element = {
    type: 'external_select',
    action_id: 'quote.record',
    placeholder: plain(t('quote.add.recordHint'), 150),
    min_query_length: 0,
    ...(own ? { initial_option: option(own) } : {}),
  }
  return modal(
    'quote.add',
    { title: t('quote.add.title'), submit: t('quote.add.submit'), close: t('alert.modal.cancel') },
    message,
    [
      section(t('quote.add.about')),
      input('record', t('quote.add.record'), element),
      context(t('quote.add.consent')),
    ],
  )
}

/** An open alert as an option: code, urgency, place. */
export function alertOption(view: ViewContext, { alert }: Pick<AlertFacts, 'alert'>) {
  const { t } = view.words
  return {
    text: [alert.code, t(`alert.urgency.${alert.urgency}`), alert.placeSaid]
      .filter(part => part !== '')
      .join(' · '),
    value: `alert:${alert.id}`,
  }
}

/** A team as an option: code, kind, place. */
export const teamOption = (view: ViewContext, facts: TeamFacts) => ({
  text: teamTitle(view, facts),
  value: `team:${facts.team.id}`,
})

/** *Add to record* on a message that stands there by the hand of the same person. */
export function standsModal(view: ViewContext, code: string, message: { channel: string; ts: string }) {
  const { t } = view.words
  return modal('quote.stands', { title: t('quote.add.title'), close: t('alert.modal.close') }, message, [
    section(t('quote.add.put', { code })),
    actions('quote', [button(t('quote.add.takeBack'), 'quote.take_back', 'message')]),
  ])
}
