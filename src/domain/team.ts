/** Joint protection teams and their kin: how they move, who may do what, and what holds them back. Pure. */

/** What a kind of team is for; the mission file names the kinds and may have several of one type (1.25 to 1.29). */
export const TEAM_TYPES = ['protection_team', 'investigation', 'assessment', 'humanitarian_visit'] as const
export type TeamType = (typeof TEAM_TYPES)[number]

/** How a team stands in the store. */
export const TEAM_STATES = [
  'proposed',
  'composing',
  'out',
  'back',
  'reported',
  'closed',
  'declined',
  'cancelled',
] as const
export type TeamState = (typeof TEAM_STATES)[number]

/** How it stands on a card: `ready`, `overdue` and `followed_up` follow from what is on record. */
export const TEAM_STANDINGS = [...TEAM_STATES, 'ready', 'overdue', 'followed_up'] as const
export type TeamStanding = (typeof TEAM_STANDINGS)[number]

export const TEAM_ACTS = [
  'take_up',
  'decline',
  'cancel',
  'go',
  'check_in',
  'extend',
  'return',
  'report',
  'close',
] as const
export type TeamAct = (typeof TEAM_ACTS)[number]

/**
 * What somebody is to a team: whoever proposed it, decides on it (the head of office and those above), leads it, goes
 * with it, keeps the radio log, answers for one of its sections.
 */
export type TeamParty = 'proposer' | 'approver' | 'lead' | 'member' | 'room' | 'chief'

interface TeamMove {
  from: readonly TeamState[]
  to: TeamState | null
  by: readonly TeamParty[]
}

/** Which act leads from which state to which, and whose it is; `to` null: the state stays. */
export const TEAM_MOVES: Readonly<Record<TeamAct, TeamMove>> = {
  take_up: { from: ['proposed'], to: 'composing', by: ['approver'] },
  decline: { from: ['proposed', 'composing'], to: 'declined', by: ['approver'] },
  cancel: { from: ['proposed', 'composing'], to: 'cancelled', by: ['proposer', 'approver'] },
  go: { from: ['composing'], to: 'out', by: ['approver'] },
  check_in: { from: ['out'], to: null, by: ['lead', 'member', 'room'] },
  extend: { from: ['out'], to: null, by: ['lead', 'approver'] },
  return: { from: ['out'], to: 'back', by: ['lead', 'member', 'room'] },
  report: { from: ['back', 'reported'], to: 'reported', by: ['lead'] },
  close: { from: ['reported'], to: 'closed', by: ['lead', 'approver'] },
}

/** Whether an act may be done from this state by somebody who is one of these parties. */
export function mayDo(state: TeamState, act: TeamAct, parties: readonly TeamParty[]): boolean {
  const { from, by } = TEAM_MOVES[act]
  return from.includes(state) && by.some(party => parties.includes(party))
}

/** The state after an act; null where the act has no place in this state. */
export function afterAct(state: TeamState, act: TeamAct): TeamState | null {
  const { from, to } = TEAM_MOVES[act]
  return from.includes(state) ? (to ?? state) : null
}

/** Whether anything is still to be done by or about it. */
export function isOpenTeam(state: TeamState): boolean {
  return !['closed', 'declined', 'cancelled'].includes(state)
}

/** Lines that hold a team back until they are filled in or waived by name. */
export const BLOCKING_LINES = ['security', 'transport', 'casevac', 'lead'] as const
export type BlockingLine = (typeof BLOCKING_LINES)[number]

/** Lines that are asked about and hold nothing back: the community, harm, perpetrators, due diligence. */
export const PROMPTING_LINES = ['community', 'harm', 'perpetrators', 'due_diligence'] as const
export type PromptingLine = (typeof PROMPTING_LINES)[number]

/** Lines somebody writes; the lead follows from who was named. */
export const TEAM_LINES = ['security', 'transport', 'casevac', ...PROMPTING_LINES] as const
export type TeamLine = (typeof TEAM_LINES)[number]

/** What a prompting line may answer; each has words beside it. */
export const LINE_CHOICES = {
  community: ['told', 'not_safe'],
  perpetrators: ['none_known', 'near'],
  due_diligence: ['no_partners', 'partners'],
} as const satisfies Partial<Record<PromptingLine, readonly string[]>>

/** How a section stands: asked and silent, with somebody on the team, or with a reason why it sends nobody. */
export type SectionState = 'asked' | 'confirmed' | 'none'

/** What a kind asks of a team's composition; the mission file's own, for the papers set none. */
export interface CompositionRules {
  leastSections: number
  /** Ids of sections without which it does not go. */
  must: readonly string[]
  /** Women who should be on it; asked about, never blocking. */
  women: number
  /** Whether humanitarians take part: never, if they choose to, or not without one of them. */
  agencies: 'never' | 'may' | 'must'
}

export interface Composition {
  /** Sections of which somebody goes. */
  confirmed: readonly string[]
  /** Humanitarians who chose themselves to take part. */
  guests: number
  /** Whether one of them has not confirmed since the mission's posture changed there. */
  paused?: boolean
  hasLead: boolean
  /** Lines somebody wrote. */
  lines: readonly TeamLine[]
  /** What was waived by name: a blocking line, or a rule as {@link holdsBack} calls it. */
  waived: readonly string[]
}

/**
 * What still holds a team back, lines first: `security`, `transport`, `casevac`, `lead`, `least_sections`,
 * `must:<section>`, `opt_in`, `posture`. A humanitarian's own choice is waived by nobody.
 */
export function holdsBack(rules: CompositionRules, now: Composition): string[] {
  const written: readonly string[] = now.lines
  const lines = BLOCKING_LINES.filter(line => (line === 'lead' ? !now.hasLead : !written.includes(line)))
  const broken = [
    ...(now.confirmed.length < rules.leastSections ? ['least_sections'] : []),
    ...rules.must.filter(id => !now.confirmed.includes(id)).map(id => `must:${id}`),
  ]
  const optIn = rules.agencies === 'must' && now.guests === 0 ? ['opt_in'] : []
  const posture = now.paused ? ['posture'] : []
  return [...[...lines, ...broken].filter(what => !now.waived.includes(what)), ...optIn, ...posture]
}

/** Whether what holds a team back may be waived by name. */
export const isWaivable = (what: string): boolean => what !== 'opt_in' && what !== 'posture'

/** How a team stands for those who may see all of it. */
export function standingOf(team: {
  state: TeamState
  /** What {@link holdsBack} says. */
  heldBack: number
  /** Whether a check-in or its return was missed. */
  missed: boolean
  /** Recommendations nobody has decided on. */
  undecided: number
}): TeamStanding {
  if (team.state === 'composing' && team.heldBack === 0) return 'ready'
  if (team.state === 'out' && team.missed) return 'overdue'
  if (team.state === 'reported' && team.undecided === 0) return 'followed_up'
  return team.state
}

/** The steps a card shows as a row; how far a standing has come, as an index into it. -1: it ended before. */
export const TEAM_STEPS = [
  'proposed',
  'composed',
  'cleared',
  'out',
  'back',
  'reported',
  'followed_up',
] as const

const reached: Readonly<Record<TeamStanding, number>> = {
  proposed: 0,
  composing: 0,
  ready: 2,
  out: 3,
  overdue: 3,
  back: 4,
  reported: 5,
  followed_up: 6,
  closed: 6,
  declined: -1,
  cancelled: -1,
}

/** See {@link TEAM_STEPS}. *Composed* is no part of it: that is whether every section has answered. */
export const stepReached = (standing: TeamStanding): number => reached[standing]

/** A stretch of time, both ends epoch ms. */
export interface Window {
  from: number
  to: number
}

/** Whether two stretches share a moment. */
export const overlap = (a: Window, b: Window): boolean => a.from <= b.to && b.from <= a.to

/** How a recommendation stands: with nobody, with whoever was tasked or asked, refused, or carried out. */
export type RecommendationState = 'undecided' | 'tasked' | 'requested' | 'done' | 'refused'

/**
 * How a recommendation stands by what came of it. One whose taskings were all cancelled or not taken on is with nobody
 * again: a decision that fell through is none.
 *
 * @param given taskings and requests that come from it.
 */
export function recommendationState(
  refused: boolean,
  given: readonly { kind: 'tasking' | 'request'; state: string }[],
): RecommendationState {
  if (given.some(({ state }) => state === 'done')) return 'done'
  const standing = given.find(({ state }) => !['cancelled', 'not_taken_on', 'declined'].includes(state))
  if (standing) return standing.kind === 'tasking' ? 'tasked' : 'requested'
  return refused ? 'refused' : 'undecided'
}
