import type { Language } from '../domain/mission.ts'
import { CONSTITUENCIES, roleName } from '../domain/mission.ts'
import { SUBSCRIPTION_MEANS, type SubscriptionMeans, type Wanted } from '../domain/subscription.ts'
import type { AlertFacts } from '../operations/alert/facts.ts'
import type { Subscribed } from '../operations/subscription.ts'
import type { Block, Rendered } from '../ports.ts'
import { alertTitle, statusSentence, whatText } from './alert/phrases.ts'
import {
  actions,
  brief,
  button,
  context,
  header,
  input,
  modal,
  radio,
  said,
  section,
  select,
} from './blocks.ts'
import { pair, sector, term, type ViewContext } from './context.ts'
import { alertList } from './help.ts'

const ANY = 'any'
const WORDS_MAX = 300

/** `/poc subscribe`: what one hears of, each ended by one tap, and a form for one more. */
export function subscribeModal(view: ViewContext, { own, standing, canText, usual }: Subscribed) {
  const { t } = view.words
  const language = view.words.language as Language
  const any = { text: t('subscription.form.any'), value: ANY }
  const choice = (field: string, label: string, choices: { text: string; value: string }[]) =>
    input(field, label, select(field, label, [any, ...choices], ANY))
  const owning = new Set(view.mission.ladders.map(({ constituency }) => constituency))
  return modal(
    'subscription',
    {
      title: t('subscription.form.title'),
      submit: t('subscription.form.submit'),
      close: t('alert.modal.close'),
    },
    {},
    [
      section(t(own.length + standing.length > 0 ? 'subscription.form.have' : 'subscription.form.none')),
      ...own.map(row =>
        section(
          `• ${wantedText(view, row)} – ${t(`subscription.means.${row.means}`)}`,
          button(t('subscription.end'), 'subscription.end', row.id),
        ),
      ),
      ...standing.map(({ role, wanted, means }) =>
        section(
          `• ${wantedText(view, wanted)} – ${t(`subscription.means.${means}`)} (${t('subscription.byRole', {
            role: said(roleName(view.mission, { role, sector: null }, language)),
          })})`,
        ),
      ),
      choice(
        'sector',
        t('subscription.form.sector'),
        view.mission.sectors.map(({ id }) => ({ text: sector(view, id), value: id })),
      ),
      choice(
        'component',
        t('subscription.form.component'),
        CONSTITUENCIES.filter(id => owning.has(id)).map(id => ({
          text: t(`alert.constituency.${id}`),
          value: id,
        })),
      ),
      choice(
        'threat',
        t('subscription.form.threat'),
        view.mission.taxonomy.threats.map(({ id }) => ({ text: term(view, 'threats', id), value: id })),
      ),
      input('means', t('subscription.form.means'), meansRadio(view, canText, usual)),
      context(t('subscription.form.nothingMore')),
    ],
  )
}

/** By which means one hears of what one subscribed to; by text only where a telephone is kept. */
export function meansRadio(view: ViewContext, canText: boolean, usual: SubscriptionMeans): object {
  const possible = SUBSCRIPTION_MEANS.filter(means => means !== 'sms' || canText)
  return radio(
    'means',
    possible.map(value => ({ value, text: view.words.t(`subscription.means.${value}`) })),
    possible.includes(usual) ? usual : 'direct',
  )
}

/** "Sector North, UN police, Crime"; "any alert" where nothing narrows it. */
export function wantedText(view: ViewContext, wanted: Wanted): string {
  const { t, list } = view.words
  const parts = [
    ...(wanted.sector ? [sector(view, wanted.sector)] : []),
    ...(wanted.component ? [t(`alert.constituency.${wanted.component}`)] : []),
    ...(wanted.threat ? [term(view, 'threats', wanted.threat)] : []),
  ]
  return parts.length > 0 ? list(parts.map(said)) : t('subscription.anything')
}

/** An alert to somebody who asked to hear of such: quiet, with the card behind a button and the way out beside it. */
export function subscribedMessage(
  view: ViewContext,
  facts: AlertFacts,
  by: { subscription: string | null; role: string | null },
): Rendered {
  const { t } = view.words
  const { alert } = facts
  const title = alertTitle(view, facts)
  const why = by.role
    ? t('subscription.whyRole', {
        role: said(roleName(view.mission, { role: by.role, sector: null }, view.words.language as Language)),
      })
    : t('subscription.why')
  const words = brief(whatText(view, facts), WORDS_MAX)
  return {
    text: pair(view, said(title), `${words} ${statusSentence(view, facts)}`),
    blocks: [
      section(`*${said(title)}*\n${words}\n${statusSentence(view, facts)}`),
      actions(`subscription:${alert.id}:${view.now}`, [
        button(t('help.show'), 'alert.show', alert.id, { label: `${t('help.show')} ${alert.code}` }),
        ...(by.subscription ? [button(t('subscription.end'), 'subscription.end', by.subscription)] : []),
      ]),
      context(why),
    ],
  }
}

/** What waited for a person's list. */
export function subscribedList(view: ViewContext, alerts: AlertFacts[]): Rendered {
  const { t } = view.words
  const title = t('subscription.list.title', { count: alerts.length })
  const blocks: Block[] = [
    header(title),
    ...alertList(view, alerts),
    actions('subscription', [button(t('subscription.button'), 'subscription.open', 'list')]),
  ]
  return { text: title, blocks }
}
