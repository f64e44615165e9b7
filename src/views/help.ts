import type { AlertFacts } from '../operations/alert/facts.ts'
import type { Block, Rendered } from '../ports.ts'
import { statusSentence, urgencyMark } from './alert/phrases.ts'
import { actions, brief, button, context, divider, fitting, header, section } from './blocks.ts'
import type { ViewContext } from './context.ts'

/** Alerts one list shows, and how many characters they may take together. */
const SHOWN = 8
const ROOM = 7000
const WORDS_MAX = 140
const PLACE_MAX = 80

/** `/poc`: what the bot is for and what waits for this person, on one screen. */
export function helpMessage(view: ViewContext, waiting: AlertFacts[]): Rendered {
  const { t } = view.words
  const prefix = view.mission.commandPrefix
  return {
    text: `${t('help.title', { mission: view.mission.short })}. ${waitingSentence(view, waiting)}`,
    blocks: [
      header(t('help.title', { mission: view.mission.short })),
      ...waitingBlocks(view, waiting),
      divider(),
      section(['raise', 'digest', 'find', 'thread'].map(key => t(`help.${key}`, { prefix })).join('\n')),
      actions('help', [button(t('help.raiseButton'), 'alert.raise', 'help', { style: 'primary' })]),
      context(t('help.pager'), t('help.confidential')),
    ],
  }
}

/** The App Home: the same, always there. */
export function homeView(view: ViewContext, waiting: AlertFacts[]) {
  return { type: 'home' as const, blocks: [...(helpMessage(view, waiting).blocks ?? [])] }
}

/** What was found for a code or words; the one alert, or a list of them. */
export function foundMessage(view: ViewContext, words: string, found: AlertFacts[]): Rendered {
  const { t } = view.words
  const title = t(found.length === 0 ? 'help.notFound' : 'help.found', {
    words: brief(words, WORDS_MAX),
    count: found.length,
  })
  return {
    text: title,
    blocks: [section(title), ...list(view, found)],
  }
}

function waitingSentence(view: ViewContext, waiting: AlertFacts[]): string {
  return waiting.length === 0
    ? view.words.t('help.nothingWaits')
    : view.words.t('help.waits', { count: waiting.length })
}

function waitingBlocks(view: ViewContext, waiting: AlertFacts[]): Block[] {
  return [section(`*${waitingSentence(view, waiting)}*`), ...list(view, waiting)]
}

/** Alerts with a button each; those that find no room are counted. */
function list(view: ViewContext, alerts: AlertFacts[]): Block[] {
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
    `${mark}*${alert.code}* · ${standing} · ${brief(alert.placeSaid, PLACE_MAX)} · ${dateTime(alert.raisedAt)}`,
    brief(alert.what, WORDS_MAX),
    statusSentence(view, facts),
  ].join('\n')
}
