import type { Found, FoundPage } from '../operations/find.ts'
import type { Block } from '../ports.ts'
import { placeText, statusSentence, whatText } from './alert/phrases.ts'
import { actions, brief, button, context, input, modal, said, section, textInput } from './blocks.ts'
import { sector, type ViewContext } from './context.ts'
import { earlyWarningFound } from './early-warning.ts'
import { forumLine } from './forum/phrases.ts'
import { gateName, standingText } from './gate/card.ts'
import { hotspotName, whereText } from './hotspot/phrases.ts'
import { harmText, incidentTitle, whenText } from './incident.ts'
import { planTitle } from './plan/phrases.ts'
import { summaryLine } from './release.ts'
import { taskingLine } from './tasking/phrases.ts'
import { teamName } from './team/phrases.ts'

/** Longer than this nobody types on purpose; the modal carries it from page to page. */
export const FIND_TYPED_MAX = 300
const WORDS_MAX = 160

/** A page of what was found, in a modal: a line and a button each. */
export function foundModal(view: ViewContext, found: FoundPage, typed: string) {
  const { t } = view.words
  const { query, items, total, page, pages } = found
  const named = [
    ...(query.code ? [query.code] : query.words ? [t('find.quoted', { words: brief(query.words, 80) })] : []),
    ...(query.sector ? [sector(view, query.sector)] : []),
    ...(query.sinceMs ? [t('find.since', { span: view.words.duration(query.sinceMs) })] : []),
  ]
  const title = t(total === 0 ? 'find.nothing' : 'find.found', { count: total })
  const turn = (to: number, key: string) =>
    button(t(`find.${key}`), `find.page:${key}`, JSON.stringify({ page: to }))
  const turns = [
    ...(page > 0 ? [turn(page - 1, 'newer')] : []),
    ...(page + 1 < pages ? [turn(page + 1, 'older')] : []),
  ]
  const texts = { title: t('find.title'), submit: t('find.search'), close: t('alert.modal.done') }
  return modal('find', texts, { typed }, [
    searchInput(view, typed),
    ...(query.unread.length > 0
      ? [section(`⚠️ ${t('find.unread', { typed: brief(query.unread.join(' '), 80) })}`)]
      : []),
    section(`*${title}*${named.length > 0 ? ` · ${named.join(' · ')}` : ''}`),
    ...foundBlocks(view, items),
    ...(pages > 1 ? [context(t('find.page', { page: page + 1, pages }))] : []),
    ...(turns.length > 0 ? [actions('find.pages', turns)] : []),
    ...(found.more ? [context(t('find.more'))] : []),
  ])
}

/** What is looked for, so that it can be changed where the answer stands; nothing finds the newest. */
const searchInput = (view: ViewContext, typed: string): Block =>
  input(
    'typed',
    view.words.t('find.typed'),
    textInput('typed', { initial: typed, max: FIND_TYPED_MAX, placeholder: view.words.t('find.example') }),
    { optional: true, hint: view.words.t('find.how') },
  )

/** What was found, a line and a button each. */
export function foundBlocks(view: ViewContext, items: readonly Found[]): Block[] {
  const show = view.words.t('help.show')
  return items.map(found => {
    const opens = openedBy(found)
    const kind = view.words.t(`find.kind.${found.kind}`)
    const text = `_${kind}_ · ${foundLine(view, found)}`
    return section(text, opens && button(show, opens.action, opens.id, { label: `${show} ${opens.code}` }))
  })
}

/** The button that opens a record, where it has a card of its own. */
function openedBy(found: Found): { action: string; id: string; code: string } | undefined {
  switch (found.kind) {
    case 'alert':
    case 'report':
      return { action: 'alert.show', id: found.facts.alert.id, code: found.facts.alert.code }
    case 'incident':
      return { action: 'incident.show', id: found.facts.incident.id, code: found.facts.incident.code }
    case 'hotspot':
      return { action: 'hotspot.show', id: found.facts.hotspot.id, code: found.facts.hotspot.code }
    case 'tasking':
      return { action: 'tasking.show', id: found.facts.tasking.id, code: found.facts.tasking.code }
    case 'gate':
      return { action: 'gate.show', id: found.seen.facts.gate.id, code: found.seen.facts.gate.code }
    case 'team':
      return { action: 'team.show', id: found.facts.team.id, code: found.facts.team.code }
    case 'forum':
      return { action: 'forum.show', id: found.facts.forum.id, code: found.facts.forum.code }
    case 'plan':
      return { action: 'plan.show', id: found.facts.plan.id, code: found.facts.plan.code }
    case 'warning':
      return found.decides
        ? { action: 'early_warning.show', id: found.item.row.id, code: found.item.row.code }
        : undefined
    case 'summary':
    case 'inquiry':
      return undefined
  }
}

/** One line of what was found; mrkdwn. */
export function foundLine(view: ViewContext, found: Found): string {
  const { t, dateTime } = view.words
  switch (found.kind) {
    case 'alert': {
      const { facts } = found
      return [
        `*${facts.alert.code}* · ${brief(placeText(view, facts), 80)} · ${dateTime(facts.alert.raisedAt)}`,
        brief(whatText(view, facts), WORDS_MAX),
        statusSentence(view, facts),
      ].join('\n')
    }
    case 'report': {
      const words = found.report.what === '' ? t('report.erased') : brief(found.report.what, WORDS_MAX)
      return `*${found.report.code}* · ${found.facts.alert.code} · ${dateTime(found.at)}\n${words}`
    }
    case 'summary':
      return summaryLine(view, found.summary)
    case 'incident': {
      const { incident } = found.facts
      const harm = harmText(view, incident) ?? t('incident.noHarm')
      return `*${brief(incidentTitle(view, found.facts), WORDS_MAX)}* · ${whenText(view, incident)}\n${harm}`
    }
    case 'hotspot':
      return `${hotspotName(view, found.facts)} · ${sector(view, found.facts.hotspot.sector)}\n${whereText(view, found.facts)}`
    case 'tasking':
      return taskingLine(view, found.facts)
    case 'gate': {
      const { facts } = found.seen
      return `*${facts.gate.code}* · ${gateName(view, facts)}\n${standingText(view, found.seen)}`
    }
    case 'team':
      return `${teamName(view, found.facts)} · ${dateTime(found.at)}`
    case 'forum':
      return forumLine(view, found.facts)
    case 'plan': {
      const { plan, forum } = found.facts
      const standing = t(`plan.state.${plan.state}`)
      return `*${said(planTitle(view, found.facts))}* · ${forumLine(view, forum)}\n${brief(plan.goal, WORDS_MAX)}\n${standing}`
    }
    case 'warning':
      return earlyWarningFound(view, found.item, found.decides)
    case 'inquiry': {
      const { code, state, what } = found.inquiry
      const standing = state === 'open' ? t('find.waits') : t(`inquiry.answer.${state}`)
      return `*${code}* · ${standing} · ${dateTime(found.at)}\n${brief(what, WORDS_MAX)}`
    }
  }
}
