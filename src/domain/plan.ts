/** A joint plan: steps of several components in order, what each agreed to, and when they cross others' work. Pure. */
import { type Step, stepProblem } from './tasking-steps.ts'

/** `draft`; `consulted`: its components were asked; `agreed` by each of them; `executing`; `closed`. */
export const PLAN_STATES = ['draft', 'consulted', 'agreed', 'executing', 'closed'] as const
export type PlanState = (typeof PLAN_STATES)[number]

/** `change`: a step was added or taken out, and what was agreed is to be agreed anew. */
export const PLAN_MOVES = ['change', 'consult', 'agree', 'start', 'close'] as const
export type PlanMove = (typeof PLAN_MOVES)[number]

const MOVES: Readonly<Record<PlanMove, { from: readonly PlanState[]; to: PlanState }>> = {
  change: { from: ['draft', 'consulted', 'agreed'], to: 'draft' },
  consult: { from: ['draft'], to: 'consulted' },
  agree: { from: ['consulted'], to: 'agreed' },
  start: { from: ['agreed'], to: 'executing' },
  close: { from: ['draft', 'consulted', 'agreed', 'executing'], to: 'closed' },
}

/** Where a plan stands after a move; null where it cannot be made. Nothing is executed that was not agreed. */
export function afterPlanMove(state: PlanState, move: PlanMove): PlanState | null {
  return MOVES[move].from.includes(state) ? MOVES[move].to : null
}

/**
 * What a step is: ordinary `work`; `force`, before which humanitarians are consulted; `evacuation` of people, which
 * agencies decide for their own people and for those they serve.
 */
export const STEP_KINDS = ['work', 'force', 'evacuation'] as const
export type StepKind = (typeof STEP_KINDS)[number]

/** Of a POC site: outside it, which is the troops' and the police's; inside it. */
export const STEP_LANES = ['external', 'internal'] as const
export type StepLane = (typeof STEP_LANES)[number]

/** What may be said to a plan: `object` and `comment` carry words; each voice is kept. */
export const VOICE_ANSWERS = ['agree', 'object', 'comment'] as const
/** `early`: whoever keeps the plan let a step begin before what it depends on was done, and why. */
export type VoiceAnswer = (typeof VOICE_ANSWERS)[number] | 'early'

/** What a component said, to the plan as it stood at that revision. */
export interface Voice {
  post: string | null
  answer: VoiceAnswer
  revision: number
}

/** How each post that has to agree stands to this revision of the plan, by its last word; null: silent. */
export function standingOf(
  posts: readonly string[],
  voices: readonly Voice[],
  revision: number,
): { post: string; answer: 'agree' | 'object' | null }[] {
  return posts.map(post => {
    const last = voices.findLast(
      voice => voice.post === post && voice.revision === revision && voice.answer !== 'comment',
    )
    return { post, answer: last?.answer === 'agree' || last?.answer === 'object' ? last.answer : null }
  })
}

/** Whether everybody who has to agree did. A plan in which no component has a step is agreed by nobody. */
export const isAgreed = (standing: readonly { answer: 'agree' | 'object' | null }[]): boolean =>
  standing.length > 0 && standing.every(({ answer }) => answer === 'agree')

/** Whether the change that made this revision undid what a component had agreed to before it. */
export const undidAgreement = (voices: readonly Voice[], revision: number): boolean =>
  voices.some(voice => voice.revision === revision - 1 && voice.answer === 'agree')

/** The steps that a new one may wait for: those before it. @returns the positions that are none of them. */
export function unknownBefore(steps: readonly Step[], after: readonly number[]): number[] {
  return after.filter(position => !steps.some(step => step.position === position))
}

/** Whether these steps can be done one after the other. */
export const isInOrder = (steps: readonly Step[]): boolean => stepProblem(steps) === null

/** Positions of the steps that wait for this one. */
export const waitingFor = (steps: readonly Step[], position: number): number[] =>
  steps.filter(({ after }) => after.includes(position)).map(step => step.position)

/**
 * Positions of the steps that may not begin yet: something before them is not done, and nobody has let them begin
 * early.
 *
 * @param done positions of the steps that are done.
 */
export function notYetTheirTurn(
  steps: readonly (Step & { readyAt: number | null })[],
  done: readonly number[],
): number[] {
  return steps
    .filter(step => step.readyAt === null && !done.includes(step.position))
    .filter(({ after }) => after.some(position => !done.includes(position)))
    .map(({ position }) => position)
}

/** The posts of a group that have no step in the plan. */
export const missingPosts = (group: readonly string[], named: readonly string[]): string[] =>
  group.filter(post => !named.includes(post))
