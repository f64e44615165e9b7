import type { AlertFacts } from '../operations/alert/facts.ts'
import type { Person } from '../operations/context.ts'
import type { Summary } from '../operations/release.ts'
import type { Block, Rendered } from '../ports.ts'
import { placeText, statusSentence, urgencyMark, whatText } from './alert/phrases.ts'
import { actions, brief, button, context, divider, fitting, header, section } from './blocks.ts'
import type { ViewContext } from './context.ts'
import { joinActions } from './registration.ts'
import { summaryLine } from './release.ts'

/** Alerts one list shows, and how many characters they may take together. */
const SHOWN = 8
/** Alerts of the reader's own, beside those that wait. */
const OWN = 5
const ROOM = 7000
const WORDS_MAX = 140
const PLACE_MAX = 80

/** `/poc`: what the bot is for and what waits for this person, on one screen. */
export function helpMessage(
  view: ViewContext,
  waiting: AlertFacts[],
  joining: readonly Block[] = [],
  also: readonly Block[] = [],
): Rendered {
  const { t } = view.words
  const prefix = view.mission.commandPrefix
  return {
    text: `${t('help.title', { mission: view.mission.short })}. ${waitingSentence(view, waiting, also)}`,
    blocks: [
      header(t('help.title', { mission: view.mission.short })),
      ...joining,
      ...waitingBlocks(view, waiting, also),
      divider(),
      section(
        [
          'raise',
          'list',
          'digest',
          'find',
          'duty',
          'task',
          'team',
          'group',
          'callbacks',
          'ask',
          'gates',
          'me',
          'thread',
        ]
          .map(key => t(`help.${key}`, { prefix }))
          .join('\n'),
      ),
      actions('help', [
        button(t('help.raiseButton'), 'alert.raise', 'help', { style: 'primary' }),
        button(t('list.title'), 'alert.list', 'help'),
        button(t('subscription.button'), 'subscription.open', 'help'),
      ]),
      context(t('help.pager'), t('help.confidential')),
    ],
  }
}

/** What waits for a person and nothing else; somebody not yet registered is told what they may do. */
export function waitingMessage(
  view: ViewContext,
  waiting: AlertFacts[],
  person: Pick<Person, 'constituency'>,
  also: readonly Block[] = [],
  own: AlertFacts[] = [],
): Rendered {
  const mine =
    own.length > 0 ? [section(`*${view.words.t('help.yours')}*`), ...alertList(view, own.slice(0, OWN))] : []
  const stranger =
    person.constituency === null ? [section(view.words.t('help.stranger')), joinActions(view)] : []
  return {
    text: waitingSentence(view, waiting, also),
    blocks: [...waitingBlocks(view, waiting, also), ...mine, ...stranger],
  }
}

/** What was found for a code or words: alerts, what was released of others, and blocks of other kinds of records. */
export function foundMessage(
  view: ViewContext,
  words: string,
  found: AlertFacts[],
  summaries: readonly Summary[] = [],
  others: readonly Block[] = [],
): Rendered {
  const { t } = view.words
  const count = found.length + summaries.length
  const key = count > 0 ? 'help.found' : others.length > 0 ? 'help.foundOthers' : 'help.notFound'
  const title = t(key, { words: brief(words, WORDS_MAX), count })
  return {
    text: title,
    blocks: [
      section(title),
      ...alertList(view, found),
      ...summaries.map(summary => section(summaryLine(view, summary))),
      ...others,
    ],
  }
}

function waitingSentence(view: ViewContext, waiting: AlertFacts[], also: readonly Block[]): string {
  const { t } = view.words
  if (waiting.length > 0) return t('help.waits', { count: waiting.length })
  return t(also.length > 0 ? 'help.othersWait' : 'help.nothingWaits')
}

/** What waits for a person, alerts first. */
export function waitingBlocks(view: ViewContext, waiting: AlertFacts[], also: readonly Block[]): Block[] {
  return [section(`*${waitingSentence(view, waiting, also)}*`), ...alertList(view, waiting), ...also]
}

/** Alerts with a button each; those that find no room are counted. */
export function alertList(view: ViewContext, alerts: AlertFacts[]): Block[] {
  const { t } = view.words
  const texts = alerts.slice(0, SHOWN).map(facts => itemText(view, facts))
  const { shown } = fitting(texts, ROOM)
  const more = alerts.length - shown.length
  return [
    ...alerts.slice(0, shown.length).map((facts, index) => item(view, facts, texts[index] ?? '')),
    ...(more > 0 ? [context(t('help.more', { count: more, prefix: view.mission.commandPrefix }))] : []),
  ]
}

function item(view: ViewContext, { alert }: AlertFacts, text: string): Block {
  const show = view.words.t('help.show')
  return section(text, button(show, 'alert.show', alert.id, { label: `${show} ${alert.code}` }))
}

function itemText(view: ViewContext, facts: AlertFacts): string {
  const { t, dateTime } = view.words
  const { alert } = facts
  const [mark, standing] =
    alert.lifecycle === 'open'
      ? [`${urgencyMark[alert.urgency]} `, t(`alert.urgency.${alert.urgency}`)]
      : ['', t(`alert.lifecycle.${alert.lifecycle}`)]
  return [
    `${mark}*${alert.code}* · ${standing} · ${brief(placeText(view, facts), PLACE_MAX)} · ${dateTime(alert.raisedAt)}`,
    brief(whatText(view, facts), WORDS_MAX),
    statusSentence(view, facts),
  ].join('\n')
}
