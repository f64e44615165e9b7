/**
 * How fast and how often alerts are answered: the figures a mission is held to, computed from what stands on record and
 * never stored (practice A10). Pure.
 */
import type { Constituency, ThreatScope } from './mission.ts'
import { nearestRank } from './rank.ts'
import type { Responder } from './response.ts'
import { hideSmallNumbers } from './small-numbers.ts'

/** One alert as far as figures ask. Times are epoch ms; null where it has not happened. */
export interface RatedAlert {
  sector: string | null
  threat: string | null
  scope: ThreatScope
  exercise: boolean
  /** Joined to another alert, which is counted in its place. */
  merged: boolean
  /** Taken back by those who raised it, as raised in error. */
  withdrawn: boolean
  unfounded: boolean
  unverifiable: boolean
  receivedAt: number
  acknowledgedAt: number | null
  decidedAt: number | null
  onSiteAt: number | null
  /** Who responded: those who were there or acted, each once. Setting out is not yet a response. */
  responders: readonly Responder[]
  /** Somebody has set out and is not there yet. */
  underWay: boolean
  /** Reasons for not acting that stand, as codes. */
  reasons: readonly string[]
  /** The components that own it, and whether a response of theirs is among those above. */
  owners: readonly { component: Constituency; responded: boolean }[]
}

/** Of how many, how many had a response. */
export interface Share {
  counted: number
  responded: number
}

/** A share of one kind; null where few enough are counted to give somebody away. */
export interface ShareOf<K extends string = string> {
  kind: K
  share: Share | null
}

/** How long something took, over those alerts in which it happened. Milliseconds; null where it never did. */
export interface Times {
  happened: number
  of: number
  median: number | null
  p90: number | null
}

export interface Rates {
  /** Of physical violence: the response rate. Alerts whose truth nobody could find out are counted, and told apart. */
  physical: Share
  /** Protection in the wider sense, shown beside. */
  wider: Share
  /** Somebody has set out, nobody is there yet: no response, so far. */
  underWay: number
  /** Responses by the mission alone, and by forces of the host State alone; of `physical`. */
  missionOnly: number
  hostStateOnly: number
  unverifiable: Share
  /** Not counted at all, and why. */
  leftOut: { unfounded: number; merged: number; withdrawn: number; exercise: number }
  times: Record<'acknowledge' | 'decide' | 'onSite', Times>
  /** Alerts to which each responder came; an alert may have several. */
  byResponder: ShareOf<Responder>[]
  bySector: ShareOf[]
  byComponent: ShareOf<Constituency>[]
  /** Null where even the neighbours of a restricted kind would give it away. */
  byThreat: ShareOf[] | null
  /** How often each reason for not acting stands where nobody responded, most often first. */
  reasons: { reason: string; count: number }[]
}

export interface RateRules {
  /** Counts of restricted threats below it are hidden together with a neighbour. */
  threshold: number
  restrictedThreats: ReadonlySet<string>
}

/** The kind under which alerts of no sector, or of no known threat, are counted. */
export const UNKNOWN = 'unknown'

const HOST_STATE: Responder = 'authorities'
const MISSION: readonly Responder[] = ['mission_military', 'mission_police', 'civilian_section']

/**
 * The figures of a set of alerts. The response rate is the share of alerts with at least one response among those that
 * are not unfounded, merged, withdrawn as raised in error or an exercise; alerts of physical violence count for it, and
 * the times, splits and reasons are theirs.
 */
export function ratesOf(alerts: readonly RatedAlert[], rules: RateRules): Rates {
  const live = alerts.filter(({ exercise }) => !exercise)
  const leftOut = {
    exercise: alerts.length - live.length,
    merged: live.filter(({ merged }) => merged).length,
    withdrawn: live.filter(each => !each.merged && each.withdrawn).length,
    unfounded: live.filter(each => !each.merged && !each.withdrawn && each.unfounded).length,
  }
  const real = live.filter(each => !each.merged && !each.withdrawn && !each.unfounded)
  const counted = real.filter(({ scope }) => scope === 'physical')
  const responded = counted.filter(isAnswered)
  const byMission = responded.filter(({ responders }) => responders.every(each => MISSION.includes(each)))
  const byState = responded.filter(({ responders }) => responders.every(each => each === HOST_STATE))
  const took = (at: (alert: RatedAlert) => number | null) =>
    timesOf(
      counted.map(alert => {
        const happened = at(alert)
        return happened === null ? null : Math.max(0, happened - alert.receivedAt)
      }),
    )
  return {
    physical: shareOf(counted),
    wider: shareOf(real.filter(({ scope }) => scope === 'wider')),
    underWay: counted.filter(alert => alert.underWay && !isAnswered(alert)).length,
    missionOnly: byMission.length,
    hostStateOnly: byState.length,
    unverifiable: shareOf(counted.filter(({ unverifiable }) => unverifiable)),
    leftOut,
    times: {
      acknowledge: took(({ acknowledgedAt }) => acknowledgedAt),
      decide: took(({ decidedAt }) => decidedAt),
      onSite: took(({ onSiteAt }) => onSiteAt),
    },
    byResponder: respondersOf(counted),
    bySector: split(counted, ({ sector }) => sector ?? UNKNOWN),
    byComponent: componentsOf(counted),
    byThreat: threatsOf(counted, rules),
    reasons: reasonsOf(counted),
  }
}

const isAnswered = ({ responders }: RatedAlert): boolean => responders.length > 0

const shareOf = (alerts: readonly RatedAlert[]): Share => ({
  counted: alerts.length,
  responded: alerts.filter(isAnswered).length,
})

/** 0 to 1; null of nothing. */
export const rate = ({ counted, responded }: Share): number | null =>
  counted === 0 ? null : responded / counted

function timesOf(values: readonly (number | null)[]): Times {
  const known = values.filter(value => value !== null)
  return {
    happened: known.length,
    of: values.length,
    median: nearestRank(known, 0.5),
    p90: nearestRank(known, 0.9),
  }
}

/** Most alerts first, then by kind. */
function split<K extends string>(
  alerts: readonly RatedAlert[],
  kindOf: (alert: RatedAlert) => K,
): ShareOf<K>[] {
  return sorted(
    [...Map.groupBy(alerts, kindOf)].map(([kind, group]): ShareOf<K> => ({ kind, share: shareOf(group) })),
  )
}

function respondersOf(alerts: readonly RatedAlert[]): ShareOf<Responder>[] {
  const kinds = [...new Set(alerts.flatMap(({ responders }) => responders))]
  return kinds
    .map(kind => ({
      kind,
      share: {
        counted: alerts.length,
        responded: alerts.filter(({ responders }) => responders.includes(kind)).length,
      },
    }))
    .sort((a, b) => b.share.responded - a.share.responded || a.kind.localeCompare(b.kind))
}

function componentsOf(alerts: readonly RatedAlert[]): ShareOf<Constituency>[] {
  const kinds = [...new Set(alerts.flatMap(({ owners }) => owners.map(({ component }) => component)))]
  return sorted(
    kinds.map(kind => {
      const owned = alerts.flatMap(({ owners }) => owners.find(({ component }) => component === kind) ?? [])
      const share = { counted: owned.length, responded: owned.filter(({ responded }) => responded).length }
      return { kind, share }
    }),
  )
}

/** By threat, with what could give somebody away hidden together with a neighbour. */
function threatsOf(alerts: readonly RatedAlert[], rules: RateRules): ShareOf[] | null {
  const all = split(alerts, ({ threat }) => threat ?? UNKNOWN)
  if (all.length === 0) return []
  const cells = all.map(({ kind, share }) => ({ group: 'all', kind, count: share?.counted ?? 0 }))
  const [shown] = hideSmallNumbers(cells, { threshold: rules.threshold, restricted: rules.restrictedThreats })
  if (!shown) return null
  const hidden = new Set(shown.cells.filter(({ count }) => count === null).map(({ kind }) => kind))
  return sorted(all.map(each => (hidden.has(each.kind) ? { ...each, share: null } : each)))
}

function reasonsOf(alerts: readonly RatedAlert[]): Rates['reasons'] {
  const reasons = alerts.filter(alert => !isAnswered(alert)).flatMap(alert => [...new Set(alert.reasons)])
  return [...Map.groupBy(reasons, reason => reason)]
    .map(([reason, all]) => ({ reason, count: all.length }))
    .sort((a, b) => b.count - a.count || a.reason.localeCompare(b.reason))
}

/** Those hidden last, so that their place in the order does not tell how many they are. */
function sorted<K extends string>(rows: ShareOf<K>[]): ShareOf<K>[] {
  const count = ({ share }: ShareOf<K>) => share?.counted ?? -1
  return rows.sort((a, b) => count(b) - count(a) || a.kind.localeCompare(b.kind))
}
