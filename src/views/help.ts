import type { AlertFacts } from '../operations/alert/facts.ts'
import type { Block, Rendered } from '../ports.ts'
import { statusSentence, urgencyMark } from './alert/card.ts'
import { actions, button, context, divider, header, said, section } from './blocks.ts'
import type { ViewContext } from './context.ts'

const SHOWN = 8

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
    words: said(words),
    count: found.length,
  })
  return {
    text: title,
    blocks: [section(title), ...found.slice(0, SHOWN).map(facts => listItem(view, facts))],
  }
}

function waitingSentence(view: ViewContext, waiting: AlertFacts[]): string {
  return waiting.length === 0
    ? view.words.t('help.nothingWaits')
    : view.words.t('help.waits', { count: waiting.length })
}

function waitingBlocks(view: ViewContext, waiting: AlertFacts[]): Block[] {
  return [
    section(`*${waitingSentence(view, waiting)}*`),
    ...waiting.slice(0, SHOWN).map(facts => listItem(view, facts)),
  ]
}

function listItem(view: ViewContext, facts: AlertFacts): Block {
  const { t, dateTime } = view.words
  const { alert } = facts
  const what = [...alert.what.replace(/\s+/g, ' ')].slice(0, 140).join('')
  const lines = [
    `${urgencyMark[alert.urgency]} *${alert.code}* ${t(`alert.urgency.${alert.urgency}`)}, ${said(alert.placeSaid)} · ${dateTime(alert.raisedAt)}`,
    said(what),
    `_${statusSentence(view, facts)}_`,
  ]
  return section(
    lines.join('\n'),
    button(t('help.show'), 'alert.show', alert.id, { label: `${t('help.show')} ${alert.code}` }),
  )
}
