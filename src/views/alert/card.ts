import type { OwnerState } from '../../domain/alert.ts'
import { isNearAndIdle } from '../../domain/digest.ts'
import type { AlertFacts, OwnerFacts } from '../../operations/alert/facts.ts'
import type { Block, Rendered } from '../../ports.ts'
import { actions, button, context, fields, header, said, section, select } from '../blocks.ts'
import { isRestrictedClass, role, roleOf, sector, term, termOptions, type ViewContext } from '../context.ts'

/** What differs between the readers of one card. */
export interface CardReader {
  /** Whether they may read the attribution layer. */
  attribution: boolean
  /** people.id for a direct message; the card then says why it came. */
  personId?: string
}

/** Longest text of what happens that a card shows whole. */
const WHAT_MAX = 1500

/** An alert's card: the same in a channel and a direct message, edited in place as the alert moves. */
export function alertCard(view: ViewContext, facts: AlertFacts, reader: CardReader): Rendered {
  const { alert } = facts
  const { t } = view.words
  const title = alertTitle(view, facts)
  const open = alert.lifecycle === 'open'
  const addressed = reader.personId ? whyToYou(view, facts, reader.personId) : null
  const shown =
    [...alert.what].length > WHAT_MAX ? `${[...alert.what].slice(0, WHAT_MAX).join('')}…` : alert.what
  const unknown = open ? unknownFacts(view, facts) : []
  const blocks: Block[] = [
    header(title),
    ...(addressed ? [context(addressed)] : []),
    section(said(shown)),
    fields(factFields(view, facts, reader)),
    ...(open ? [fields(facts.owners.map(owner => ownerText(view, owner)))] : [section(endText(view, facts))]),
    ...(open && isNearAndIdle(facts) && facts.nearest
      ? [
          context(
            t('alert.card.nearAndIdle', {
              base: said(facts.nearest.base.name),
              km: distance(view, facts.nearest.km),
            }),
          ),
        ]
      : []),
    ...(unknown.length > 0 ? [context(t('alert.card.unknown', { list: view.words.list(unknown) }))] : []),
    ...(open
      ? cardActions(view, facts)
      : [
          actions(`alert:${alert.id}:ended`, [button(t('alert.button.readOut'), 'alert.read_out', alert.id)]),
        ]),
    context(
      t('alert.card.raised', { at: view.words.dateTime(alert.raisedAt), author: authorName(view, facts) }),
    ),
  ]
  return { text: `${title}: ${clean(alert.what)}. ${statusSentence(view, facts)}`, blocks }
}

/** "🔴 A-7K4Q · Happening now · Karamba market", with the mark of an exercise or an ending before it. */
export function alertTitle(view: ViewContext, { alert }: Pick<AlertFacts, 'alert'>): string {
  const { t } = view.words
  const marks = [
    ...(alert.exercise ? [t('alert.exercise')] : []),
    ...(alert.lifecycle === 'open' ? [] : [t(`alert.lifecycle.${alert.lifecycle}`)]),
  ]
  const urgency = `${urgencyMark[alert.urgency]} ${t(`alert.urgency.${alert.urgency}`)}`
  return [...marks, alert.code, urgency, alert.placeSaid].join(' · ')
}

export const urgencyMark = {
  happening_now: '🔴',
  imminent: '🟠',
  within_24h: '🟡',
  within_72h: '🔵',
  tension: '⚪',
  already_happened: '⚫',
} as const

function factFields(view: ViewContext, facts: AlertFacts, reader: CardReader): string[] {
  const { alert } = facts
  const { t } = view.words
  const rows: [string, string | null][] = [
    [
      'where',
      `${said(alert.placeSaid)}${alert.placeHow ? `\n${said(alert.placeHow)}` : ''}\n${sector(view, alert.sector)}`,
    ],
    ['base', baseText(view, facts)],
    ['threat', alert.threat && term(view, 'threats', alert.threat)],
    ['atRisk', atRiskText(view, facts)],
    ['perpetrator', perpetratorText(view, facts, reader)],
    ['askedFor', alert.askedFor && view.words.list(alert.askedFor.map(id => term(view, 'asked_for', id)))],
    ['cameBy', alert.cameBy && term(view, 'came_by', alert.cameBy)],
  ]
  return rows.flatMap(([key, value]) => (value ? [`*${t(`alert.field.${key}`)}*\n${value}`] : []))
}

function atRiskText(view: ViewContext, { alert }: AlertFacts): string | null {
  if (!alert.atRisk) return null
  return view.words.list(
    alert.atRisk.map(({ kind, count }) =>
      view.words.t('alert.atRisk', {
        kind: term(view, 'at_risk', kind),
        number: count === null ? view.words.t('alert.numberUnknown') : view.words.number(count),
      }),
    ),
  )
}

function perpetratorText(view: ViewContext, { alert }: AlertFacts, reader: CardReader): string | null {
  if (!alert.perpetrator) return null
  if (isRestrictedClass(view, alert.perpetrator) && !reader.attribution)
    return view.words.t('alert.restricted')
  return view.words.t('alert.alleged', { class: term(view, 'perpetrators', alert.perpetrator) })
}

/** "Karamba base, 0.8 km SW of it": the nearest base and where the place lies from it. */
export function baseText(view: ViewContext, { nearest }: Pick<AlertFacts, 'nearest'>): string | null {
  if (!nearest) return null
  return view.words.t('alert.base', {
    base: said(nearest.base.name),
    km: distance(view, nearest.km),
    direction: view.words.t(`alert.compass.${nearest.compass}`),
    degrees: Math.round(nearest.bearingDegrees),
  })
}

function distance(view: ViewContext, km: number): string {
  return view.words.number(km < 10 ? Math.round(km * 10) / 10 : Math.round(km))
}

function unknownFacts(view: ViewContext, facts: AlertFacts): string[] {
  const { alert, nearest } = facts
  const missing = {
    sector: alert.sector === null,
    coordinates: nearest === null,
    threat: alert.threat === null,
    atRisk: !alert.atRisk,
    perpetrator: alert.perpetrator === null,
    cameBy: alert.cameBy === null,
    askedFor: !alert.askedFor,
  }
  return Object.entries(missing).flatMap(([key, isMissing]) =>
    isMissing ? [view.words.t(`alert.unknown.${key}`)] : [],
  )
}

/** One owner: which post has the alert, who holds it, what it said and what is awaited by when. */
function ownerText(view: ViewContext, facts: OwnerFacts): string {
  const { t } = view.words
  const post = facts.posts[facts.owner.rung]
  const who = facts.holder ? `<@${facts.holder.userId}>` : t('alert.owner.vacant')
  const lines = [
    `*${t(`alert.slot.${facts.owner.slot}`)}*`,
    post ? `${role(view, post)} ${who}` : who,
    ...answers(view, facts.state),
    awaited(view, facts),
  ]
  return lines.filter(line => line !== null).join('\n')
}

function answers(view: ViewContext, state: OwnerState): string[] {
  const { t, time } = view.words
  const by = (act: { means: string }) => (act.means === 'slack' ? '' : ` ${t(`alert.by.${act.means}`)}`)
  const lines: string[] = []
  if (state.acknowledged)
    lines.push(
      `✅ ${t('alert.owner.acknowledged', { at: time(state.acknowledged.at) })}${by(state.acknowledged)}`,
    )
  const { decision } = state
  if (decision)
    lines.push(`${decisionMark[decision.kind] ?? ''} ${decisionText(view, decision)}${by(decision)}`)
  if (state.onSite)
    lines.push(`📍 ${t('alert.owner.onSite', { at: time(state.onSite.at) })}${by(state.onSite)}`)
  return lines
}

const decisionMark: Record<string, string> = { respond: '🚶', watch: '👁️', not_acting: '⏸️' }

/** "Responding: patrol from Karamba base, expected 02:40". */
export function decisionText(view: ViewContext, act: NonNullable<OwnerState['decision']>): string {
  const { t, dateTime } = view.words
  switch (act.kind) {
    case 'respond':
      return act.until === null
        ? t('alert.owner.responding', { who: said(act.who ?? '') })
        : t('alert.owner.respondingBy', { who: said(act.who ?? ''), at: dateTime(act.until) })
    case 'watch':
      return t('alert.owner.watching', { at: dateTime(act.until ?? act.at) })
    default:
      return t('alert.owner.notActing', { reason: act.reason ? term(view, 'not_acting', act.reason) : '' })
  }
}

function awaited(view: ViewContext, facts: OwnerFacts): string | null {
  const { t, time, duration } = view.words
  const { awaiting, dueAt } = facts.state
  if (!awaiting || dueAt === null) return null
  const overdue = dueAt <= view.now
  const line = overdue
    ? `⏰ ${t(`alert.overdue.${awaiting}`, { for: duration(view.now - dueAt) })}`
    : `⏳ ${t(`alert.awaiting.${awaiting}`, { at: time(dueAt) })}`
  const top = facts.told.findLast(row => row.outcome === 'told' && row.rung > facts.owner.rung)
  const post = top && facts.posts[top.rung]
  return post
    ? `${line}\n⬆️ ${t('alert.owner.escalated', { role: role(view, post), at: time(top.at) })}`
    : line
}

function endText(view: ViewContext, facts: AlertFacts): string {
  const { t, dateTime } = view.words
  const end = facts.acts.findLast(act => act.kind === 'close' || act.kind === 'withdraw')
  if (!end) return t(`alert.lifecycle.${facts.alert.lifecycle}`)
  const by = roleOf(view, end.role)
  const note = end.note ? `\n${said(end.note)}` : ''
  if (end.kind === 'withdraw')
    return `*${t('alert.ended.withdrawn', { role: by, at: dateTime(end.at) })}*${note}`
  return `*${t('alert.ended.closed', { role: by, at: dateTime(end.at), outcome: outcome(view, facts) })}*${note}`
}

export function outcome(view: ViewContext, { alert }: Pick<AlertFacts, 'alert'>): string {
  return alert.outcome ? term(view, 'outcomes', alert.outcome) : ''
}

/** One sentence on both owners, for notifications and screen readers. */
export function statusSentence(view: ViewContext, facts: AlertFacts): string {
  const { t } = view.words
  if (facts.alert.lifecycle === 'closed') return t('alert.status.closed', { outcome: outcome(view, facts) })
  if (facts.alert.lifecycle === 'withdrawn') return t('alert.status.withdrawn')
  return facts.owners
    .map(({ owner, state }) =>
      t('alert.status.owner', {
        slot: t(`alert.slot.${owner.slot}`),
        state: state.decision
          ? clean(decisionText(view, state.decision))
          : t(state.acknowledged ? 'alert.status.acknowledged' : 'alert.status.silent'),
      }),
    )
    .join(' ')
}

/** Why a person got this by direct message. */
function whyToYou(view: ViewContext, facts: AlertFacts, personId: string): string | null {
  const { t, list } = view.words
  const asked = facts.owners.flatMap(({ told, posts, state }) => {
    const row = state.awaiting ? told.findLast(candidate => candidate.people.includes(personId)) : undefined
    const post = row && posts[row.rung]
    return post ? [role(view, post)] : []
  })
  if (facts.alert.lifecycle === 'open' && asked.length > 0)
    return `👉 ${t('alert.card.asked', { roles: list(asked) })}`
  if (personId === facts.alert.raisedBy) return t('alert.card.yours')
  return t('alert.card.informed')
}

/** The role of the author, or what a humanitarian author is called; never a name. */
export function authorName(view: ViewContext, { author }: Pick<AlertFacts, 'author'>): string {
  const { t } = view.words
  if (author?.role) return role(view, author.role)
  const constituency = author?.person.constituency
  if (constituency === 'un_agency' || constituency === 'ngo') return t('alert.humanitarianPartner')
  return t(constituency ? `alert.constituency.${constituency}` : 'alert.unconfirmed')
}

function cardActions(view: ViewContext, facts: AlertFacts): Block[] {
  const { alert } = facts
  const { t } = view.words
  const any = (test: (state: OwnerState) => boolean) => facts.owners.some(({ state }) => test(state))
  const undecided = any(state => state.awaiting === 'acknowledge' || state.awaiting === 'decide')
  const label = (key: string) => ({ label: `${t(`alert.button.${key}`)} ${alert.code}` })
  const elements: object[] = []
  if (any(state => state.awaiting === 'acknowledge')) {
    elements.push(
      button(t('alert.button.acknowledge'), 'alert.acknowledge', alert.id, {
        style: 'primary',
        ...label('acknowledge'),
      }),
    )
  }
  if (undecided) {
    elements.push(button(t('alert.button.respond'), 'alert.respond', alert.id, label('respond')))
    elements.push(button(t('alert.button.watch'), 'alert.watch', alert.id, label('watch')))
    elements.push(
      select(
        'alert.not_acting',
        t('alert.button.notActing'),
        withId(termOptions(view, 'not_acting'), alert.id),
      ),
    )
  }
  if (any(state => state.awaiting === 'on_site')) {
    elements.push(
      button(t('alert.button.onSite'), 'alert.on_site', alert.id, { style: 'primary', ...label('onSite') }),
    )
  }
  if (any(state => state.awaiting === 'close' || state.awaiting === 'on_site')) {
    elements.push(button(t('alert.button.close'), 'alert.close', alert.id, label('close')))
  }
  elements.push(select('alert.more', t('alert.button.more'), withId(moreChoices(view, undecided), alert.id)))
  return [actions(`alert:${alert.id}:${facts.acts.length}`, elements)]
}

/** What stands behind "More…": the rarer acts, and what the card no longer shows as a button. */
function moreChoices(view: ViewContext, undecided: boolean): { text: string; value: string }[] {
  const decisions = undecided ? [] : ['respond', 'watch', 'not_acting']
  const kinds = [
    'information',
    'details',
    'recorded',
    'cannot_take',
    'read_out',
    ...decisions,
    'correct',
    'close',
    'withdraw',
  ]
  return kinds.map(kind => ({ text: view.words.t(`alert.more.${kind}`), value: kind }))
}

const withId = (choices: { text: string; value: string }[], id: string) =>
  choices.map(choice => ({ ...choice, value: `${choice.value}:${id}` }))

/** Text without the marks of Block Kit, for the sentence that screen readers speak. */
function clean(text: string): string {
  return said(text).replace(/\s+/g, ' ').slice(0, 300)
}
