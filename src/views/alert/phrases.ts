/** What several views of an alert say in the same words. Everything comes ready for mrkdwn, people's words escaped. */
import { type Act, type Alert, isWarning } from '../../domain/alert.ts'
import type { OwnerState } from '../../domain/awaited.ts'
import type { Constituency } from '../../domain/mission.ts'
import { toGrid, toPlusCode } from '../../domain/position.ts'
import type { AlertFacts } from '../../operations/alert/facts.ts'
import type { OwnerFacts } from '../../operations/alert/owner.ts'
import { bare, brief, said } from '../blocks.ts'
import { post, roleOf, sector, term, type ViewContext } from '../context.ts'

export const urgencyMark = {
  happening_now: '🔴',
  imminent: '🟠',
  within_24h: '🟡',
  within_72h: '🔵',
  tension: '⚪️',
  already_happened: '⚫️',
} as const

/** Those who go, as long as they may be named where an alert is one line of many. */
const WHO_IN_A_LINE = 80
const WHO = 200

/**
 * "A-7K4Q · 🔴 Happening now · Karamba market", an exercise before it; an ended alert has its ending for its urgency,
 * for a red mark calls whoever glances at it. Plain text, not mrkdwn.
 */
export function alertTitle(view: ViewContext, { alert }: Pick<AlertFacts, 'alert'>): string {
  const { t } = view.words
  const exercise = alert.exercise ? [t('alert.exercise')] : []
  const named =
    alert.lifecycle === 'open'
      ? [alert.code, `${urgencyMark[alert.urgency]} ${t(`alert.urgency.${alert.urgency}`)}`]
      : [t(`alert.lifecycle.${alert.lifecycle}`), alert.code]
  return [...exercise, ...named, bare(placeText(view, { alert }))].join(' · ')
}

/** The time of day on the day of raising, which the card names; with its date on any other. */
export function when(view: ViewContext, { raisedAt }: Pick<Alert, 'raisedAt'>, at: number): string {
  const { date, dateTime, time } = view.words
  return date(at) === date(raisedAt) ? time(at) : dateTime(at)
}

/** "0.8 km south-west of Karamba base (225°)"; null where the position is not known. */
export function baseText(view: ViewContext, { nearest }: Pick<AlertFacts, 'nearest'>): string | null {
  if (!nearest) return null
  const base = said(nearest.base.name)
  if (isAt(nearest)) return view.words.t('alert.atBase', { base })
  return view.words.t('alert.base', {
    base,
    km: kilometres(view, nearest.km),
    direction: view.words.t(`alert.compass.${nearest.compass}`),
    degrees: Math.round(nearest.bearingDegrees),
  })
}

/** So near that distance and direction say nothing. */
export const isAt = ({ km }: { km: number }): boolean => km < 0.1

/** Grid and plus code with how exact they are, a line each; null where the position is not known. */
export function gridText(view: ViewContext, { alert }: Pick<AlertFacts, 'alert'>): string[] | null {
  const { t } = view.words
  const { lat, lon, precision } = alert
  if (lat === null || lon === null) return null
  const exact = precision ?? 'exact'
  const grid = toGrid({ lat, lon }, exact)
  return [
    ...(grid ? [t('alert.grid.mgrs', { grid })] : []),
    t('alert.grid.plusCode', { code: toPlusCode({ lat, lon }, exact) }),
    ...(precision ? [t('alert.grid.within', { precision: t(`alert.precision.${precision}`) })] : []),
  ]
}

export function kilometres(view: ViewContext, km: number): string {
  return view.words.number(km < 10 ? Math.round(km * 10) / 10 : Math.round(km))
}

/** "Residents (300) and Refugees (number unknown)"; null where nobody said. */
export function atRiskText(view: ViewContext, { alert }: Pick<AlertFacts, 'alert'>): string | null {
  if (!alert.atRisk || alert.atRisk.length === 0) return null
  return view.words.list(
    alert.atRisk.map(({ kind, count }) =>
      view.words.t('alert.atRisk', {
        kind: term(view, 'at_risk', kind),
        number: count === null ? view.words.t('alert.numberUnknown') : view.words.number(count),
      }),
    ),
  )
}

/** "Responding: patrol from Karamba base, expected 02:40". */
export function decisionText(
  view: ViewContext,
  alert: Pick<Alert, 'raisedAt' | 'urgency'>,
  act: NonNullable<OwnerState['decision']>,
  whoMax = WHO,
): string {
  const { t } = view.words
  const who = brief(act.who ?? '', whoMax)
  const says = isWarning(alert.urgency) ? 'alert.warning.owner' : 'alert.owner'
  switch (act.kind) {
    case 'respond':
      return act.until === null
        ? t(`${says}.responding`, { who })
        : t(`${says}.respondingBy`, { who, at: when(view, alert, act.until) })
    case 'watch':
      return t(`${says}.watching`, { at: when(view, alert, act.until ?? act.at) })
    default:
      return t(`${says}.notActing`, { reason: act.reason ? term(view, 'not_acting', act.reason) : '' })
  }
}

/** Where one owner stands, in a few words. */
export function stateText(
  view: ViewContext,
  alert: Pick<Alert, 'raisedAt' | 'urgency'>,
  state: OwnerState,
): string {
  if (state.decision) return decisionText(view, alert, state.decision, WHO_IN_A_LINE)
  return view.words.t(state.acknowledged ? 'alert.status.acknowledged' : 'alert.status.silent')
}

/** What is happening, raw; where the words are with a specialist or were erased, that they are. */
export function whatText(
  view: ViewContext,
  { alert, specialist }: Pick<AlertFacts, 'alert' | 'specialist'>,
): string {
  if (alert.what !== '') return alert.what
  return view.words.t(specialist.length > 0 ? 'alert.special.card' : 'alert.card.erased')
}

/** Where, raw; the sector where nothing closer may be said. */
export function placeText(view: ViewContext, { alert }: Pick<AlertFacts, 'alert'>): string {
  return alert.placeSaid === '' ? sector(view, alert.sector) : alert.placeSaid
}

export function outcome(view: ViewContext, { alert }: Pick<AlertFacts, 'alert'>): string {
  return alert.outcome ? term(view, 'outcomes', alert.outcome) : ''
}

/** That it was joined to another, by whose code only those are told who may read that one too. */
function mergedSentence(view: ViewContext, { into }: AlertFacts): string {
  const { t } = view.words
  return into?.readable
    ? t('alert.status.mergedInto', { code: into.facts.alert.code })
    : t('alert.status.merged')
}

/** Where both owners stand, a sentence each; how it ended, where it did. */
export function statusSentences(view: ViewContext, facts: AlertFacts): string[] {
  const { t } = view.words
  const { alert } = facts
  if (alert.lifecycle === 'closed') return [t('alert.status.closed', { outcome: outcome(view, facts) })]
  if (alert.lifecycle === 'withdrawn') return [t('alert.status.withdrawn')]
  if (alert.lifecycle === 'merged') return [mergedSentence(view, facts)]
  return facts.owners.map(({ owner, state }) =>
    t('alert.status.owner', { slot: t(`alert.slot.${owner.slot}`), state: stateText(view, alert, state) }),
  )
}

/** The same in one line, for notifications and screen readers. */
export const statusSentence = (view: ViewContext, facts: AlertFacts): string =>
  statusSentences(view, facts).join(' ')

/** The post that has the alert now. */
export function currentPost(
  view: ViewContext,
  { alert }: Pick<AlertFacts, 'alert'>,
  { owner, posts }: OwnerFacts,
): string {
  const ref = posts[owner.rung]
  return ref ? post(view, alert, ref) : view.words.t('alert.owner.nobody')
}

/** The role of the author, or what a humanitarian author chose to be called (R-074); never a name. */
export function authorName(
  view: ViewContext,
  { alert, author }: Pick<AlertFacts, 'alert' | 'author'>,
): string {
  return namedAs(view, alert, author, alert.sector)
}

/** The same for whoever gave a report, or anything else that has a holder and a choice of naming. */
export function namedAs(
  view: ViewContext,
  { holder, naming }: Pick<Alert, 'holder' | 'naming'>,
  author: AlertFacts['author'],
  sector: string | null,
): string {
  const { t } = view.words
  const constituency = author?.person.constituency
  if (isPartner(holder) || isPartner(constituency)) {
    if (naming === 'none') return t('alert.notNamed')
    const organisation = naming === 'organisation' ? author?.person.organisation : null
    return organisation ? said(organisation) : t('alert.humanitarianPartner')
  }
  if (author?.role) return post(view, { sector }, author.role)
  return t(constituency ? `alert.constituency.${constituency}` : 'alert.unconfirmed')
}

/** By which post an act was done; never a name. A partner's own post would name it where it chose not to be. */
export function actorName(view: ViewContext, { alert }: Pick<AlertFacts, 'alert'>, act: Act): string {
  const byAuthor = act.byPerson === alert.raisedBy
  const veiled = isPartner(alert.holder) && alert.naming !== 'organisation'
  if (byAuthor && (act.role === null || veiled)) return view.words.t('alert.author')
  return roleOf(view, alert, act.role)
}

const isPartner = (constituency: Constituency | null | undefined): boolean =>
  constituency === 'un_agency' || constituency === 'ngo'

/** "TLP:AMBER · sensitivity: moderate": the alert's own marks, else the mission's. */
export function alertMarks(view: ViewContext, { alert }: Pick<AlertFacts, 'alert'>): string {
  const { marks } = view.mission
  const { t } = view.words
  return t('release.marks', {
    tlp: t(`release.tlp.${alert.tlp ?? marks.tlp}`),
    sensitivity: t(`release.sensitivity.${alert.sensitivity ?? marks.sensitivity}`),
  })
}
