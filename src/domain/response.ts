/** What was done for civilians about an alert, by whom and with what result: types and decisions, without I/O. */
import type { Act, Naming } from './alert.ts'
import type { OwnerState } from './awaited.ts'
import type { Constituency, ThreatScope, Urgency } from './mission.ts'

/** Who responded. `authorities`: forces and offices of the host State, whose responses are counted apart. */
export const RESPONDERS = [
  'mission_military',
  'mission_police',
  'civilian_section',
  'authorities',
  'humanitarian_partner',
] as const
export type Responder = (typeof RESPONDERS)[number]
export const isResponder = (value: unknown): value is Responder => RESPONDERS.includes(value as Responder)

/** 1 dialogue and engagement, 2 physical protection, 3 protective environment (POC policy). */
export const TIERS = [1, 2, 3] as const
export type Tier = (typeof TIERS)[number]
export const isTier = (value: unknown): value is Tier => TIERS.includes(value as Tier)

/** One response to an alert. Times are epoch ms; null where not known, or not yet. */
export interface AlertResponse {
  id: string
  alertId: string
  version: number
  responder: Responder
  /** The part of the house it belongs to: a humanitarian partner's is the partner's own. */
  holder: Constituency
  audience: Constituency[]
  /** How a humanitarian partner chose to be named. */
  naming: Naming
  /** Its name, where it chose to be named by it. */
  organisation: string | null
  tier: Tier
  /** The unit, patrol or team, in a few words. */
  who: string | null
  startedAt: number
  arrivedAt: number | null
  endedAt: number | null
  did: string | null
  /** What became of the civilians: a code of the mission's outcomes. */
  result: string | null
  resultNote: string | null
  /** The owner's act *Responding* that it stands for. */
  actId: string | null
  recordedBy: string
  recordedAt: number
  /** `role` or `role@sector` of whoever recorded it. */
  role: string | null
  means: Act['means']
}

export const RESPONSE_STATES = [
  'none',
  'assessing',
  'tasked',
  'en_route',
  'on_site',
  'responded',
  'handed_over',
  'not_responded',
] as const
export type ResponseState = (typeof RESPONSE_STATES)[number]

/** The third axis of an alert: what is done about it. `reason` is a code of the list of reasons for not acting. */
export interface ResponseAxis {
  state: ResponseState
  reason: string | null
}

/** What an owner has said, as far as it tells what is done. */
export type OwnerAnswer = Pick<OwnerState, 'acknowledged' | 'decision' | 'onSite'>
type Times = Pick<AlertResponse, 'actId' | 'arrivedAt' | 'endedAt'>

/**
 * What is done about an alert, from what owners said and from the responses on record. What is going on now goes
 * before what was done, and both before plans; of an alert that has ended only what came of it counts.
 *
 * @param input.ended whether the alert is closed.
 * @param input.tasked whether somebody was given the task and has not begun.
 * @param input.handsOver whether a reason for not acting says that somebody else acts instead.
 */
export function responseAxis(input: {
  ended: boolean
  owners: readonly OwnerAnswer[]
  responses: readonly Times[]
  tasked: boolean
  handsOver: (reason: string) => boolean
}): ResponseAxis {
  const { ended, owners, tasked, handsOver } = input
  const at = (state: ResponseState, reason: string | null = null): ResponseAxis => ({ state, reason })
  const responses = withArrivals(input.responses, owners)
  const unwritten = owners.filter(
    ({ decision }) =>
      decision?.kind === 'respond' && !responses.some(response => response.actId === decision.id),
  )
  const there =
    responses.some(({ arrivedAt, endedAt }) => arrivedAt !== null && endedAt === null) ||
    unwritten.some(({ onSite }) => onSite !== null)
  const done = responses.some(({ arrivedAt, endedAt }) => arrivedAt !== null && endedAt !== null)
  const going =
    responses.some(({ arrivedAt, endedAt }) => arrivedAt === null && endedAt === null) ||
    unwritten.some(({ onSite }) => onSite === null)
  if (ended && (there || done)) return at('responded')
  if (there) return at('on_site')
  if (going && !ended) return at('en_route')
  if (done) return at('responded')
  const refusals = owners.flatMap(({ decision }) => (decision?.kind === 'not_acting' ? [decision] : []))
  const handed = refusals.find(({ reason }) => reason !== null && handsOver(reason))
  if (handed && refusals.length === owners.length) return at('handed_over', handed.reason)
  if (ended) return at('not_responded', refusals.at(-1)?.reason ?? null)
  if (tasked) return at('tasked')
  if (owners.length > 0 && refusals.length === owners.length)
    return at('not_responded', refusals.at(-1)?.reason ?? null)
  return at(owners.some(({ acknowledged }) => acknowledged !== null) ? 'assessing' : 'none')
}

/** Responses with the arrival their owner has tapped since, where nobody wrote another down. */
export function withArrivals<T extends Pick<AlertResponse, 'actId' | 'arrivedAt'>>(
  responses: readonly T[],
  owners: readonly Pick<OwnerAnswer, 'decision' | 'onSite'>[],
): T[] {
  return responses.map(response => {
    if (response.arrivedAt !== null || response.actId === null) return response
    const owner = owners.find(({ decision }) => decision?.id === response.actId)
    return owner?.onSite ? { ...response, arrivedAt: owner.onSite.at } : response
  })
}

/** What is known of a response from an owner's taps alone, before anybody writes it down. */
export type KnownResponse = Pick<
  AlertResponse,
  'responder' | 'tier' | 'who' | 'startedAt' | 'arrivedAt' | 'role' | 'means'
> & { actId: string }

const armed: Partial<Record<Constituency, Responder>> = {
  military: 'mission_military',
  police: 'mission_police',
}

/** Who responds where an owner of this constituency does. */
export function responderOf(constituency: Constituency): Responder {
  return armed[constituency] ?? 'civilian_section'
}

/** What a responder most often gives: physical protection where it is armed, else dialogue. */
export function usualTier(responder: Responder): Tier {
  return responder === 'mission_military' || responder === 'mission_police' ? 2 : 1
}

/** The responses that owners said they give and nobody has written down yet. */
export function knownFromActs(
  owners: readonly (Pick<OwnerAnswer, 'decision' | 'onSite'> & { constituency: Constituency })[],
  responses: readonly Pick<AlertResponse, 'actId'>[],
): KnownResponse[] {
  return owners.flatMap(({ decision, onSite, constituency }) => {
    if (decision?.kind !== 'respond') return []
    if (responses.some(({ actId }) => actId === decision.id)) return []
    const responder = responderOf(constituency)
    const { id: actId, who, role, means, at: startedAt } = decision
    return [
      {
        actId,
        responder,
        tier: usualTier(responder),
        who,
        role,
        means,
        startedAt,
        arrivedAt: onSite ? Math.max(onSite.at, startedAt) : null,
      },
    ]
  })
}

/**
 * Whether civilians need physical protection: violence against persons that is imminent or happening, or somebody
 * asked for it. Where nobody said of what kind the threat was (`scope` null), the attack that came of it says so.
 */
export function needsPhysicalProtection(alert: {
  scope: ThreatScope | null
  urgency: Urgency
  asksForIt: boolean
  attacked: boolean
}): boolean {
  const near = alert.urgency === 'imminent' || alert.urgency === 'happening_now'
  const violence = alert.scope === 'physical' || (alert.scope === null && alert.attacked)
  return alert.asksForIt || (violence && near)
}

/**
 * Whether a response met a need for physical protection: tier 2, arrived, by those who can give it. Dialogue, advice
 * and assistance never do, whoever gives them; nor do the authorities where theirs may be the forces that threaten
 * (R-023).
 */
export function meetsPhysicalNeed(
  { responder, tier, arrivedAt }: Pick<AlertResponse, 'responder' | 'tier' | 'arrivedAt'>,
  stateMayThreaten: boolean,
): boolean {
  if (tier !== 2 || arrivedAt === null) return false
  if (responder === 'authorities') return !stateMayThreaten
  return responder === 'mission_military' || responder === 'mission_police'
}

/**
 * Whether an alert may be closed: without a need for physical protection always; with one only by a response that met
 * it or by a command decision on record.
 */
export function mayCloseNeed(input: {
  needsPhysical: boolean
  stateMayThreaten: boolean
  responses: readonly Pick<AlertResponse, 'responder' | 'tier' | 'arrivedAt'>[]
  commandDecision: boolean
}): boolean {
  if (!input.needsPhysical || input.commandDecision) return true
  return input.responses.some(response => meetsPhysicalNeed(response, input.stateMayThreaten))
}
