/**
 * Gates: what somebody else decides before a thing is done. Kinds, states and who may move which; pure. No gate delays
 * the mission's own response to an imminent threat, dialogue, or the evacuation of casualties (3I, R-077).
 */
import type { Side } from './mission/codes.ts'

/**
 * `due_diligence` support to forces outside the UN; `consultation` the humanitarian view before force is used
 * `escort` an armed escort or an asset for humanitarians; `opinion` whether a project is appropriate
 * `returns` whether the mission should support a return of people. A mission names and staffs them; it adds no kind.
 */
export const GATE_KINDS = ['due_diligence', 'consultation', 'escort', 'opinion', 'returns'] as const
export type GateKind = (typeof GATE_KINDS)[number]

export const GATE_STATES = [
  'waiting',
  'returned',
  'cleared',
  'cleared_with_mitigation',
  'not_required',
  'refused',
  'suspended',
  'no_concern',
  'concern',
  'proceeding',
  'endorsed',
  'granted',
  'declined',
  'done',
  'appropriate',
  'with_changes',
  'not_appropriate',
  'withdrawn',
] as const
export type GateState = (typeof GATE_STATES)[number]
export type GateDecision = Exclude<GateState, 'waiting' | 'proceeding'>

/**
 * `decider` holds the role the gate names; `asker` asked; `unit` would carry it out; `human_rights` officers may stop
 * support at any time.
 */
export type GatePart = 'decider' | 'asker' | 'unit' | 'human_rights'

interface Move {
  from: readonly GateState[]
  to: GateDecision
  by: readonly GatePart[]
}

const CLEARED = ['cleared', 'cleared_with_mitigation', 'not_required'] as const

/** The humanitarian view of something the mission would do. */
const VIEW: readonly Move[] = [
  { from: ['waiting'], to: 'appropriate', by: ['decider'] },
  { from: ['waiting'], to: 'with_changes', by: ['decider'] },
  { from: ['waiting'], to: 'not_appropriate', by: ['decider'] },
  { from: ['waiting', 'with_changes'], to: 'withdrawn', by: ['asker'] },
]

const moves: Readonly<Record<GateKind, readonly Move[]>> = {
  due_diligence: [
    { from: ['waiting'], to: 'cleared', by: ['decider'] },
    { from: ['waiting'], to: 'cleared_with_mitigation', by: ['decider'] },
    { from: ['waiting'], to: 'not_required', by: ['decider'] },
    { from: ['waiting'], to: 'refused', by: ['decider'] },
    { from: CLEARED, to: 'suspended', by: ['decider', 'human_rights'] },
    { from: ['waiting'], to: 'withdrawn', by: ['asker'] },
  ],
  consultation: [
    { from: ['waiting'], to: 'no_concern', by: ['decider'] },
    { from: ['waiting'], to: 'concern', by: ['decider'] },
    { from: ['waiting', 'no_concern', 'concern', 'proceeding'], to: 'withdrawn', by: ['asker'] },
  ],
  escort: [
    { from: ['waiting'], to: 'endorsed', by: ['decider'] },
    { from: ['waiting'], to: 'returned', by: ['decider'] },
    { from: ['waiting'], to: 'refused', by: ['decider'] },
    { from: ['endorsed'], to: 'granted', by: ['unit'] },
    { from: ['endorsed'], to: 'declined', by: ['unit'] },
    { from: ['granted'], to: 'done', by: ['unit', 'asker'] },
    { from: ['waiting', 'returned', 'endorsed', 'granted'], to: 'withdrawn', by: ['asker'] },
  ],
  opinion: VIEW,
  returns: VIEW,
}

/** What a person in these parts may decide of a gate in this state, in the order of the list. */
export function decisionsFor(
  kind: GateKind,
  state: GateState,
  parts: readonly GatePart[],
): readonly GateDecision[] {
  return moves[kind]
    .filter(({ from, by }) => from.includes(state) && by.some(part => parts.includes(part)))
    .map(({ to }) => to)
}

/** Whether somebody's decision is awaited of this gate: of the decider, the unit, or (returned) whoever asked. */
export function awaitedOf(kind: GateKind, state: GateState): GatePart | null {
  if (state === 'waiting') return 'decider'
  if (kind === 'escort' && state === 'endorsed') return 'unit'
  return kind === 'escort' && state === 'returned' ? 'asker' : null
}

/** Decisions that come with words: a ground, a measure, a concern, what is missing. */
const REASONED: readonly GateDecision[] = [
  'cleared_with_mitigation',
  'not_required',
  'refused',
  'suspended',
  'concern',
  'returned',
  'declined',
  'with_changes',
  'not_appropriate',
]
export const needsReason = (decision: GateDecision): boolean => REASONED.includes(decision)

/** Decisions of the register that hold until a day of their own. */
export const needsExpiry = (decision: GateDecision): boolean =>
  decision === 'cleared' || decision === 'cleared_with_mitigation' || decision === 'not_required'

/** What nothing waits for: it is done at once, and the gate is told afterwards who did it and why. */
export const EXEMPTIONS = ['imminent_threat', 'dialogue', 'casualty_evacuation'] as const
export type Exemption = (typeof EXEMPTIONS)[number]

export interface GateStanding {
  kind: GateKind
  state: GateState
  /** Until when a clearance holds (epoch ms); null: it has no end. */
  expiresAt: number | null
}

/** What waits for a gate, or does not. */
export interface GatedStanding {
  /** Whose doing it is. */
  side: Side
  /** Null: none of the exemptions is claimed. */
  exemption: Exemption | null
}

/** Whether a clearance has run out at `now` (epoch ms). */
export function isExpired({ state, expiresAt }: GateStanding, now: number): boolean {
  return expiresAt !== null && expiresAt <= now && (CLEARED as readonly GateState[]).includes(state)
}

/**
 * Whether a record waits for this gate at `now` (epoch ms). `null` for a gate that is needed and not there. What the
 * mission does itself against an imminent threat, in dialogue or for casualties never waits.
 */
export function blocks(gate: GateStanding | null, record: GatedStanding, now: number): boolean {
  if (record.side === 'mission' && record.exemption !== null) return false
  if (gate === null) return true
  switch (gate.kind) {
    case 'due_diligence':
      return !(CLEARED as readonly GateState[]).includes(gate.state) || isExpired(gate, now)
    case 'consultation':
      return gate.state !== 'no_concern' && gate.state !== 'proceeding'
    case 'escort':
      return gate.state !== 'granted' && gate.state !== 'done'
    case 'opinion':
    case 'returns':
      return gate.state !== 'appropriate' && gate.state !== 'with_changes'
  }
}

/**
 * Whether an operation may go on with what stands on record, by name and reason: over a concern at once, over silence
 * when the time for an answer is over.
 */
export function mayProceed(
  gate: { kind: GateKind; state: GateState; dueAt: number | null },
  now: number,
): boolean {
  if (gate.kind !== 'consultation') return false
  if (gate.state === 'concern') return true
  return gate.state === 'waiting' && gate.dueAt !== null && gate.dueAt <= now
}

/** Kinds of support to forces outside the UN, as the policy lists them. */
export const SUPPORTS = [
  'joint_operation',
  'planning_or_fire',
  'logistics',
  'training',
  'finance',
  'other',
] as const
/** What humanitarians may ask the mission for. */
export const ESCORT_MEANS = ['armed_escort', 'transport', 'clearance', 'other_asset'] as const
/** How urgent an escort is to whoever asks, most urgent first. */
export const ESCORT_PRIORITIES = ['life_saving', 'time_bound', 'routine'] as const
export type EscortPriority = (typeof ESCORT_PRIORITIES)[number]
/**
 * What must hold before a return is supported: nobody is pushed, people know what awaits them and have seen it, they may
 * stay where they are and be helped there, and the place of return is safe and has what they need.
 */
export const RETURN_CHECKS = [
  'own_choice',
  'informed',
  'visited',
  'may_stay',
  'aid_not_tied',
  'safe_there',
  'services_there',
  'land_settled',
] as const
/** What is tried before an escort is asked for. */
export const ALTERNATIVES = [
  'acceptance',
  'negotiation',
  'other_time',
  'other_route',
  'local_partner',
  'civilian_transport',
  'remote',
] as const

/**
 * What a piece of work is first of all for. Work that is political or military in the first place is never called
 * humanitarian; a quick-impact project is one of the mission's.
 */
export const ACTIVITY_CLASSES = [
  'protection',
  'humanitarian',
  'political',
  'military',
  'quick_impact',
  'hearts_and_minds',
  'stabilisation',
] as const
export type ActivityClass = (typeof ACTIVITY_CLASSES)[number]

/** Whether work of one side may bear this name: only humanitarians do humanitarian work. */
export function mayBeLabelled(activity: ActivityClass, side: Side): boolean {
  return activity !== 'humanitarian' || side === 'humanitarian'
}

/** What work of one side may be called. */
export const activitiesOf = (side: Side): readonly ActivityClass[] =>
  ACTIVITY_CLASSES.filter(activity => mayBeLabelled(activity, side))

/**
 * Fields of each kind. `open` is read with the state of the gate; `command` of the register also by operations, of an
 * escort by the unit that carries it out; `closed` by whoever asked and decides (and, of the register, human rights
 * officers) alone. `secure`: refused where it looks like a position or an hour.
 */
export interface GateField {
  id: string
  max: number
  read: 'open' | 'command' | 'closed'
  optional?: true
  secure?: true
  oneLine?: true
}

const field = (id: string, read: GateField['read'], more: Partial<GateField> = {}): GateField => ({
  id,
  max: 1_500,
  read,
  ...more,
})

export const GATE_FIELDS: Readonly<Record<GateKind, readonly GateField[]>> = {
  due_diligence: [
    field('unit', 'open', { max: 150, oneLine: true }),
    field('commander', 'command', { max: 150, oneLine: true }),
    field('assessment', 'closed'),
  ],
  consultation: [
    field('reference', 'closed', { max: 60, oneLine: true, secure: true }),
    field('harm', 'closed', { secure: true }),
    field('contact', 'closed', { max: 150, oneLine: true }),
  ],
  escort: [
    field('purpose', 'command', { secure: true }),
    field('need', 'closed', { secure: true }),
    field('authorities', 'closed', { secure: true }),
    field('safety', 'closed', { secure: true }),
    field('sustainability', 'closed', { secure: true }),
    field('triedHow', 'closed', { optional: true, secure: true }),
    field('accessNow', 'closed', { secure: true }),
    field('spaceLater', 'closed', { secure: true }),
  ],
  opinion: [field('project', 'open', { max: 300 }), field('askedBy', 'closed'), field('harm', 'closed')],
  returns: [
    field('movement', 'open', { max: 300 }),
    field('pressure', 'closed'),
    field('unmet', 'closed', { optional: true }),
  ],
}

/** Fields of which the code is one of a list of this module. */
export const GATE_CODES: Readonly<Partial<Record<GateKind, readonly string[]>>> = {
  due_diligence: SUPPORTS,
  escort: ESCORT_MEANS,
  opinion: ['quick_impact', 'hearts_and_minds', 'stabilisation', 'humanitarian'],
}

/** Codes that are ticked: what was tried before an escort, what holds of a return. */
export const GATE_CHECKS: Readonly<Partial<Record<GateKind, readonly string[]>>> = {
  escort: ALTERNATIVES,
  returns: RETURN_CHECKS,
}

/** The longest window a consultation or an escort names, in days. */
export const WINDOW_DAYS = 60
