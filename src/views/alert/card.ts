import { clip } from '../../../blockkit/index.ts'
import { isNearAndIdle } from '../../domain/digest.ts'
import type { AlertFacts } from '../../operations/alert/facts.ts'
import type { NearHotspot } from '../../operations/hotspot/near.ts'
import type { Block, Rendered } from '../../ports.ts'
import { brief, context, fields, header, said, section, sentence } from '../blocks.ts'
import { isRestrictedClass, pair, role, sector, term, type ViewContext } from '../context.ts'
import { hotspotName } from '../hotspot/phrases.ts'
import { categoryText } from '../matrix/phrases.ts'
import { sourcesText } from '../source.ts'
import { cardActions } from './actions.ts'
import { axesText, joinedText, suggestionText } from './axes.ts'
import { casevacText } from './call-tree.ts'
import { ownerText } from './owners.ts'
import {
  actorName,
  alertMarks,
  alertTitle,
  atRiskText,
  authorName,
  baseText,
  gridText,
  isAt,
  kilometres,
  outcome,
  statusSentence,
  whatText,
} from './phrases.ts'

export { statusSentence } from './phrases.ts'

/** What differs between the readers of one card. */
export interface CardReader {
  /** Whether they may read the attribution layer. */
  attribution: boolean
  /** When a patrol was last near; null: not known. Left out for those who may not read coverage. */
  patrol?: number | null | undefined
  /** Whether somebody in uniform reads it, who works with grids. */
  grid?: boolean
  /** people.id for a direct message; the card then says why it came. */
  personId?: string
  /** How the taskings from it stand that this reader may read; null or left out: there are none. */
  taskings?: { total: number; done: number } | null
  /** Hotspots it belongs to or lies near, of those its readers may read. */
  hotspots?: readonly NearHotspot[]
}

/** Longest text of what happens, and of how it ended, that a card shows; the read-out has the whole. */
export const CARD_TEXT_MAX = 1200
/** Characters of it in a notification. */
const SPOKEN_MAX = 300
/** Characters a header shows. */
const TITLE_MAX = 150

/** An alert's card: the same in a channel and a direct message, edited in place as the alert moves. */
export function alertCard(view: ViewContext, facts: AlertFacts, reader: CardReader): Rendered {
  const { alert } = facts
  const title = alertTitle(view, facts)
  const open = alert.lifecycle === 'open'
  const blocks: Block[] = [
    header(title),
    ...notes(reader.personId ? whyToYou(view, facts, reader.personId) : null),
    ...(open ? [] : [section(endText(view, facts))]),
    section(alert.what === '' ? `_${whatText(view, facts)}_` : longText(view, alert.what)),
    fields(factFields(view, facts, reader)),
    context(axesText(view, facts)),
    ...notes(taskingsText(view, reader), ...(open ? hotspotNotes(view, reader.hotspots ?? []) : [])),
    ...(open
      ? [
          fields(facts.owners.map(owner => ownerText(view, facts, owner))),
          ...notes(nearAndIdle(view, facts), suggestionText(view, facts), unknownText(view, facts, reader)),
        ]
      : []),
    cardActions(view, facts, reader.personId),
    context(footer(view, facts)),
  ]
  return {
    text: pair(
      view,
      said(title),
      `${sentence(brief(whatText(view, facts), SPOKEN_MAX))} ${statusSentence(view, facts)}`,
    ),
    blocks,
  }
}

/** Small print, one block per note that has something to say. */
function notes(...texts: (string | null)[]): Block[] {
  return texts.flatMap(text => (text === null ? [] : [context(text)]))
}

function longText(view: ViewContext, text: string): string {
  const whole = said(text)
  const shown = clip(whole, CARD_TEXT_MAX)
  return shown === whole ? whole : `${shown}\n_${view.words.t('alert.card.rest')}_`
}

function factFields(view: ViewContext, facts: AlertFacts, reader: CardReader): string[] {
  const { alert } = facts
  const { t, list } = view.words
  const rows: [string, string | null][] = [
    ['where', whereText(view, facts, reader)],
    ['base', [baseText(view, facts), patrolText(view, reader)].filter(Boolean).join('\n')],
    ['threat', threatText(view, facts)],
    ['atRisk', atRiskText(view, facts)],
    ['perpetrator', perpetratorText(view, facts, reader)],
    ['askedFor', alert.askedFor && list(alert.askedFor.map(id => term(view, 'asked_for', id)))],
    ['cameBy', alert.cameBy && term(view, 'came_by', alert.cameBy)],
    ['sources', sourcesText(view, facts)],
    ['reports', reportsText(view, facts)],
    ['eventAt', eventText(view, facts)],
  ]
  return rows.flatMap(([key, value]) => (value ? [`*${t(`alert.field.${key}`)}*\n${value}`] : []))
}

/** The threat, and whether it counts as physical violence where somebody said otherwise than the mission file (R-010). */
function threatText(view: ViewContext, { alert }: AlertFacts): string | null {
  const threat = alert.threat && term(view, 'threats', alert.threat)
  const scope = alert.scope && view.words.t(`alert.scope.${alert.scope}`)
  return [threat, scope].filter(Boolean).join(' · ') || null
}

/** How many reports it rests on; the first is the alert itself. */
function reportsText(view: ViewContext, { reports }: AlertFacts): string | null {
  return reports.length > 1 ? view.words.t('report.count', { count: reports.length }) : null
}

function eventText(view: ViewContext, { alert }: AlertFacts): string | null {
  if (alert.eventAt === null) return null
  const { t, date, dateTime } = view.words
  const precision = alert.eventPrecision ?? 'exact'
  const at = precision === 'exact' || precision === 'hour' ? dateTime(alert.eventAt) : date(alert.eventAt)
  return t(`alert.eventAt.${precision}`, { at })
}

/** The place stands in the header; here only where it did not fit there. */
function whereText(view: ViewContext, facts: AlertFacts, reader: CardReader): string {
  const { alert } = facts
  const title = alertTitle(view, facts)
  return [
    ...(clip(title, TITLE_MAX) === title ? [] : [said(alert.placeSaid)]),
    ...(alert.placeHow ? [said(alert.placeHow)] : []),
    sector(view, alert.sector),
    ...(reader.grid ? (gridText(view, facts) ?? []) : []),
  ].join('\n')
}

/** Coverage is the command layer's. Without data it is not known, never "none". */
function patrolText(view: ViewContext, { patrol }: CardReader): string | null {
  if (patrol === undefined) return null
  const { t, duration } = view.words
  if (patrol === null) return t('alert.patrol.notKnown')
  return t('alert.patrol.ago', { age: duration(Math.max(60_000, view.now - patrol)) })
}

/** Null too for a restricted class whose reader may not know it, as if nobody had said. */
function perpetratorText(view: ViewContext, { alert }: AlertFacts, reader: CardReader): string | null {
  if (!alert.perpetrator) return null
  if (isRestrictedClass(view, alert.perpetrator) && !reader.attribution) return null
  return term(view, 'perpetrators', alert.perpetrator)
}

/**
 * What nobody has said yet. Whether the perpetrators are known is told only to those who may read the answer: to
 * others, a gap that is not listed would give a restricted class away.
 */
function unknownText(view: ViewContext, { alert, nearest }: AlertFacts, reader: CardReader): string | null {
  const { t, list } = view.words
  const missing = {
    sector: alert.sector === null,
    coordinates: nearest === null,
    threat: alert.threat === null,
    atRisk: !alert.atRisk,
    perpetrator: reader.attribution && alert.perpetrator === null,
    cameBy: alert.cameBy === null,
    askedFor: !alert.askedFor,
  }
  const names = Object.entries(missing).flatMap(([key, is]) => (is ? [t(`alert.unknown.${key}`)] : []))
  return names.length > 0 ? t('alert.card.unknown', { list: list(names) }) : null
}

/** Proximity is not protection: within reach of a base and nobody going must stand out (R-005). */
function nearAndIdle(view: ViewContext, facts: AlertFacts): string | null {
  if (!facts.nearest || !isNearAndIdle(facts)) return null
  const base = said(facts.nearest.base.name)
  if (isAt(facts.nearest)) return view.words.t('alert.card.atBaseAndIdle', { base })
  return view.words.t('alert.card.nearAndIdle', {
    base,
    km: kilometres(view, facts.nearest.km),
  })
}

/** "2 taskings, 1 done"; null where there are none. */
function taskingsText(view: ViewContext, { taskings }: CardReader): string | null {
  if (!taskings) return null
  const { t, number } = view.words
  const done = t('tasking.onAlertDone', { count: taskings.done, n: number(taskings.done) })
  return `${t('tasking.onAlert', { count: taskings.total, n: number(taskings.total) })}, ${done}`
}

/** Hotspots a card names; an alert seldom lies near more. */
const HOTSPOTS = 3

/** "Near hotspot H-7K4Q Karamba market (2 km): Must Protect". */
function hotspotNotes(view: ViewContext, near: readonly NearHotspot[]): string[] {
  const { t } = view.words
  return near.slice(0, HOTSPOTS).map(({ hotspot, km, linked, category }) => {
    const place = hotspotName(view, { hotspot })
    const rank = categoryText(view, category)
    if (linked) return `📍 ${t('alert.card.ofHotspot', { place, rank })}`
    return km === null || isAt({ km })
      ? `📍 ${t('alert.card.atHotspot', { place, rank })}`
      : `📍 ${t('alert.card.nearHotspot', { place, rank, km: kilometres(view, km) })}`
  })
}

function endText(view: ViewContext, facts: AlertFacts): string {
  const { t, dateTime } = view.words
  if (facts.alert.lifecycle === 'merged') return mergedText(view, facts)
  const end = facts.acts.findLast(act => act.kind === 'close' || act.kind === 'withdraw')
  if (!end) return `*${t(`alert.lifecycle.${facts.alert.lifecycle}`)}*`
  const values = { role: actorName(view, facts, end), at: dateTime(end.at), outcome: outcome(view, facts) }
  const ended = t(
    `alert.ended.${end.reason === 'exercise_ended' ? end.reason : facts.alert.lifecycle}`,
    values,
  )
  return `*${ended}*${end.note ? `\n${longText(view, end.note)}` : ''}`
}

function mergedText(view: ViewContext, facts: AlertFacts): string {
  const { t, dateTime } = view.words
  const act = facts.acts.findLast(({ kind }) => kind === 'merge')
  if (!act) return `*${t('standing.merged')}*`
  const values = { role: actorName(view, facts, act), at: dateTime(act.at) }
  const joined = facts.into?.readable
    ? t('report.joined.ended', { ...values, code: facts.into.facts.alert.code })
    : t('report.joined.endedHidden', values)
  return `*${joined}*\n${joinedText(view, facts)}`
}

/** Why a person got this by direct message; of an ended alert, only to who raised it. */
function whyToYou(view: ViewContext, facts: AlertFacts, personId: string): string | null {
  const { t, list } = view.words
  const asked = facts.owners.flatMap(({ told, posts, state }) => {
    const row = state.awaiting ? told.findLast(candidate => candidate.people.includes(personId)) : undefined
    const post = row && posts[row.rung]
    return post ? [role(view, post)] : []
  })
  if (asked.length > 0) return `👉 ${t('alert.card.asked', { roles: list(asked) })}`
  if (personId === facts.alert.raisedBy) return t('alert.card.yours')
  return facts.alert.lifecycle === 'open' ? t('alert.card.informed') : null
}

function footer(view: ViewContext, facts: AlertFacts): string {
  const { t, dateTime } = view.words
  const { alert } = facts
  const values = {
    at: dateTime(alert.raisedAt),
    author: authorName(view, facts),
    urgency: t(`alert.urgency.${alert.urgency}`),
  }
  const marks = `${alertMarks(view, facts)}.`
  if (alert.lifecycle !== 'open') return `${t('alert.card.raisedAs', values)} ${marks}`
  return `${t('alert.card.raised', values)} ${marks} ${t('alert.card.pager')} ${casevacText(view)}`.trim()
}

/** What is left of a card in a channel that could now hold somebody who may not read it: no code, no count. */
export function hiddenCard(view: ViewContext): Rendered {
  const text = view.words.t('alert.hidden')
  return { text, blocks: [context(text)] }
}
