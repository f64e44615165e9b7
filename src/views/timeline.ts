import type { ToldRung } from '../domain/alert.ts'
import type { Quote } from '../domain/quote.ts'
import type { AlertFacts } from '../operations/alert/facts.ts'
import type { OwnerFacts } from '../operations/alert/owner.ts'
import type { Timeline } from '../operations/timeline.ts'
import type { Block } from '../ports.ts'
import { actText } from './alert/act-line.ts'
import { authorName } from './alert/phrases.ts'
import { tellingText } from './authorities.ts'
import { brief, context, modal, section } from './blocks.ts'
import { post, type ViewContext } from './context.ts'
import { linkTo, quoteAuthor } from './quote.ts'

/** Characters of one entry, of one section and of the whole: a modal's 250 kB and a section's 3,000 hold them. */
const ENTRY_MAX = 900
const SECTION_MAX = 2_800
const SECTIONS_MAX = 40

/** What happened, and when (epoch ms). */
export interface Item {
  at: number
  text: string
}

/** All that happened about an alert in order of time, as much of it as its reader may read; modal of its own. */
export function timelineModal(view: ViewContext, timeline: Timeline) {
  const { t } = view.words
  const { facts, quotes, tellings, casevacShown } = timeline
  const items = [
    raised(view, facts),
    ...facts.acts.flatMap(act => {
      const text = actText(view, facts, act)
      return text === null ? [] : [{ at: act.at, text }]
    }),
    ...facts.owners.flatMap(owner => [
      ...owner.told.map(row => told(view, facts, owner, row)),
      ...due(view, facts, owner),
    ]),
    ...quotes.map(quote => quoteItem(view, quote)),
    ...tellings.map(row => ({ at: row.at, text: tellingText(view, facts, row) })),
    ...casevacShown.map(at => ({ at, text: `☎️ ${t('limits.casevac.shown')}` })),
  ]
  return itemsModal(view, facts.alert.code, items)
}

/** What happened about a record, in order of time. */
export function itemsModal(view: ViewContext, code: string, items: readonly Item[]) {
  const { t } = view.words
  const ordered = items.toSorted((a, b) => a.at - b.at)
  const { sections, left } = inSections(ordered.map(item => line(view, item)))
  return modal('timeline', { title: t('timeline.title', { code }), close: t('alert.modal.close') }, {}, [
    context(t('timeline.intro', { count: items.length })),
    ...(left > 0 ? [context(t('timeline.earlier', { count: left }))] : []),
    ...sections,
  ])
}

function line(view: ViewContext, { at, text }: Item): string {
  const whole = `*${view.words.dateTime(at)}* · ${text}`
  const points = [...whole]
  return points.length > ENTRY_MAX ? `${points.slice(0, ENTRY_MAX - 1).join('')}…` : whole
}

function raised(view: ViewContext, facts: AlertFacts): Item {
  const { t } = view.words
  const first = facts.acts.find(act => act.kind === 'urgency')?.who ?? facts.alert.urgency
  return {
    at: facts.alert.raisedAt,
    text: t('timeline.raised', { author: authorName(view, facts), urgency: t(`alert.urgency.${first}`) }),
  }
}

function told(view: ViewContext, facts: AlertFacts, owner: OwnerFacts, row: ToldRung): Item {
  const { t } = view.words
  const ref = owner.posts[row.rung]
  const values = {
    slot: t(`alert.slot.${row.slot}`),
    post: ref ? post(view, facts.alert, ref) : t('alert.owner.nobody'),
  }
  return {
    at: row.at,
    text: t(row.outcome === 'told' ? `timeline.told.${row.step}` : `timeline.${row.outcome}`, values),
  }
}

function due(view: ViewContext, _facts: AlertFacts, { owner, state }: OwnerFacts): Item[] {
  const { t, time } = view.words
  if (!state.awaiting || state.dueAt === null) return []
  const key = state.dueAt <= view.now ? 'overdue' : 'awaiting'
  const awaited = t(`alert.${key}.${state.awaiting}`, { at: time(state.dueAt) })
  return [{ at: state.dueAt, text: t('timeline.due', { slot: t(`alert.slot.${owner.slot}`), awaited }) }]
}

/** A message on record, as a line of a timeline. */
export function quoteItem(view: ViewContext, quote: Quote): Item {
  const { t } = view.words
  const author = quoteAuthor(view, quote)
  if (quote.state === 'withdrawn') return { at: quote.saidAt, text: t('timeline.quoteGone', { author }) }
  if (quote.text === null) return { at: quote.saidAt, text: t('timeline.quoteErased', { author }) }
  const marks = [
    ...(quote.editedAt ? [`_${t('timeline.edited')}_`] : []),
    linkTo(quote.permalink, t('timeline.link')),
  ]
  const text = brief(quote.text, ENTRY_MAX - 350)
  return { at: quote.saidAt, text: [t('timeline.quote', { author, text }), ...marks].join(' ') }
}

/** The newest are shown where there is no room for all. */
function inSections(lines: readonly string[]): { sections: Block[]; left: number } {
  const packed: string[] = []
  let shown = 0
  for (const text of [...lines].reverse()) {
    const last = packed.at(-1)
    const joined = last === undefined ? text : `${text}\n${last}`
    if (last !== undefined && joined.length <= SECTION_MAX) packed[packed.length - 1] = joined
    else if (packed.length < SECTIONS_MAX) packed.push(text)
    else break
    shown++
  }
  return { sections: packed.reverse().map(text => section(text)), left: lines.length - shown }
}
