import type { TaskingPatch } from '../../db/taskings.ts'
import {
  moveOf,
  type Party,
  postsAbove,
  TASKING_ACTS,
  type TaskingActKind,
  type TaskingMeans,
  wordsNeeded,
} from '../../domain/tasking.ts'
import { readySteps } from '../../domain/tasking-steps.ts'
import { TocsinError } from '../../errors.ts'
import { peopleIn } from '../alert/facts.ts'
import { type Ctx, inTransaction, type Open, type Person } from '../context.ts'
import { requireGatesOfTasking } from '../gate/support.ts'
import { registeredPerson, roleKey } from '../permission.ts'
import { requireTurn } from '../plan/ready.ts'
import { note } from '../telling.ts'
import { optionalText } from '../text.ts'
import { readTasking, type TaskingFacts } from './facts.ts'
import { taskingLimits } from './give.ts'
import { keepsCentre, partiesOf } from './parties.ts'
import { recordAct } from './record.ts'
import { syncReminders } from './reminders.ts'
import { putCards, refreshTasking, taskingRef, tellAct } from './tell.ts'

export interface AnswerTaskingInput {
  taskingId: string
  act: string
  /** The reason, what is offered instead, or the result for civilians. */
  words?: string | null
}

/**
 * Does what the grammar of its kind allows the acting person with a tasking or a request: accept, decline, block,
 * done, cancel and so on; whoever asked learns of it. Changing hands is {@link handOn}.
 *
 * @throws TocsinError `not_registered`, `not_found`, `unknown_term`, `not_allowed` without the role, `already_done` where
 *   it stands otherwise by now (`details`: the post that did it, and when), `gate_waits` where it needs what somebody
 *   else decides first, `text_missing`, `text_too_long`.
 */
export async function answerTasking(ctx: Ctx, input: AnswerTaskingInput): Promise<TaskingFacts> {
  const person = registeredPerson(ctx)
  const kind = knownAct(input.act)
  return inTransaction(ctx, async (_repos, open) => {
    const facts = await readTasking(open, input.taskingId)
    const role = requireParty(open, facts, kind)
    return perform(open, facts, { kind, role, words: input.words, by: person.id })
  })
}

export interface RecordTaskingInput extends AnswerTaskingInput {
  means: TaskingMeans
  /** When it was said (epoch ms). */
  at: number
}

/**
 * Writes down what the accountable post answered over radio or phone; for the operations centre. An agency's
 * or an NGO's answer too, where they rang.
 *
 * @throws TocsinError as {@link answerTasking}; `time_future`.
 */
export async function recordTasking(ctx: Ctx, input: RecordTaskingInput): Promise<TaskingFacts> {
  const person = registeredPerson(ctx)
  const kind = knownAct(input.act)
  if (input.at > ctx.clock.now()) throw new TocsinError('time_future', { field: 'at' })
  return inTransaction(ctx, async (_repos, open) => {
    const facts = await readTasking(open, input.taskingId)
    if (!keepsCentre(open)) throw new TocsinError('not_allowed')
    const move = requireMove(facts, kind)
    if (!move.by.includes('asked')) throw new TocsinError('not_allowed')
    const { toRole } = facts.tasking
    const { means, at, words } = input
    return perform(open, facts, { kind, role: toRole, words, means, at, by: person.id })
  })
}

/**
 * A step is done. Steps wait for those they depend on.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `already_done`, `step_waits` naming what comes first.
 */
export async function stepDone(
  ctx: Ctx,
  input: { taskingId: string; position: number },
): Promise<TaskingFacts> {
  const person = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readTasking(open, input.taskingId)
    const parties = partiesOf(open, facts).map(({ party }) => party)
    if (!facts.open) throw new TocsinError('already_done')
    if (!parties.includes('asked') && !parties.includes('asker')) throw new TocsinError('not_allowed')
    const step = facts.steps.find(({ position }) => position === input.position)
    if (!step) throw new TocsinError('not_found')
    if (step.doneAt === null && !readySteps(facts.steps).includes(step)) {
      const first = facts.steps.filter(
        ({ position, doneAt }) => step.after.includes(position) && doneAt === null,
      )
      throw new TocsinError('step_waits', { details: { steps: first.map(({ what }) => what) } })
    }
    if (!(await repos.taskings.stepDone(facts.tasking.id, step.position, ctx.clock.now(), person.id)))
      throw new TocsinError('already_done')
    await note(open, taskingRef(facts.tasking), 'tasking.step_done', { step: step.position })
    await refreshTasking(open, facts)
    return readTasking(open, input.taskingId)
  })
}

interface Doing {
  kind: TaskingActKind
  role: string | null
  words: string | null | undefined
  means?: TaskingMeans
  at?: number
  by: string
}

/** What waits for the gates of a tasking: doing it. Accepting and declining do not. */
const STARTS: ReadonlySet<TaskingActKind> = new Set(['begin', 'resume', 'done'])

/**
 * Does what the grammar allows, tells those it concerns and moves the reminders. For operations that hold the permission.
 *
 * @throws TocsinError `already_done`, `gate_waits`, `text_missing`, `text_too_long`.
 */
export async function perform(open: Open, facts: TaskingFacts, doing: Doing): Promise<TaskingFacts> {
  const { kind, role, means, at, by } = doing
  const { tasking } = facts
  const move = requireMove(facts, kind)
  const words = optionalText(doing.words, 'words', taskingLimits.words)
  if (words === null && wordsNeeded(tasking.kind, kind, tasking.toConstituency))
    throw new TocsinError('text_missing', { field: 'words' })
  if (STARTS.has(kind) && tasking.kind === 'tasking' && tasking.state !== 'in_progress')
    await requireGatesOfTasking(open, tasking)
  if (STARTS.has(kind)) await requireTurn(open, tasking)
  const above = kind === 'decline' || kind === 'pass_up' ? await nextAbove(open, facts, kind) : null
  const patch: TaskingPatch = {
    reason: reasonAfter(facts, kind, words),
    ...(kind === 'done' ? { outcome: words } : {}),
    climbedTo: tasking.kind === 'tasking' && move.to === 'declined' ? (above?.post ?? null) : null,
    // Whoever takes it on answers for it from their own post, and what is late climbs from there.
    ...(kind === 'take_on' && role !== null ? { toRole: role, overdueRung: 0 } : {}),
  }
  const { act, facts: after } = await recordAct(
    open,
    facts,
    {
      kind,
      to: move.to,
      role,
      means,
      at,
      words,
      ...(kind === 'take_on' ? { accountable: by } : {}),
    },
    patch,
  )
  await putCards(open, after, above?.people)
  await refreshTasking(open, after)
  await tellAct(open, after, act.id, {
    asker: true,
    // Of what the operations centre wrote down for them they learn too: it stands in their name.
    turn: means !== undefined || move.by.some(party => party !== 'asked'),
    others: above?.people ?? [],
    origin: tasking.kind === 'tasking',
    by,
  })
  await syncReminders(open, after)
  return after
}

/** What stands as the reason after an act: kept while it stands blocked or declined. */
function reasonAfter({ tasking }: TaskingFacts, kind: TaskingActKind, words: string | null): string | null {
  if (['decline', 'block', 'pass_up', 'refer', 'counter', 'cancel'].includes(kind)) return words
  return kind === 'uphold' || kind === 'agree' ? tasking.reason : null
}

/** The next post above on the component's own ladder that somebody stands; null where none is left. */
async function nextAbove(
  open: Open,
  { tasking }: TaskingFacts,
  kind: TaskingActKind,
): Promise<{ post: string; people: Person[] } | null> {
  if (tasking.kind !== 'tasking') return null
  const posts = postsAbove(open.mission, tasking)
  const from = kind === 'pass_up' ? posts.findIndex(post => roleKey(post) === tasking.climbedTo) + 1 : 0
  for (const post of posts.slice(from)) {
    const [first] = await peopleIn(open.tx, post, open.clock.now())
    if (first && first.unreachableAt === null && first.id !== tasking.accountable)
      return { post: roleKey(post), people: [first] }
  }
  return null
}

function knownAct(value: string): TaskingActKind {
  const act = TASKING_ACTS.find(each => each === value)
  if (!act || act === 'hand_on') throw new TocsinError('unknown_term', { field: 'act', details: { value } })
  return act
}

/** @throws TocsinError `already_done` with the post that did it and when. */
export function requireMove(facts: TaskingFacts, kind: TaskingActKind) {
  const { tasking } = facts
  const move = moveOf(tasking.kind, tasking.state, kind)
  if (move) return move
  const last = facts.acts.at(-1)
  throw new TocsinError(
    'already_done',
    last?.role ? { details: { role: last.role, at: last.at, code: tasking.code } } : {},
  )
}

/** The post by which the acting person may do this. @throws TocsinError `not_allowed`, `already_done`. */
export function requireParty(ctx: Ctx, facts: TaskingFacts, kind: TaskingActKind): string | null {
  const parties = partiesOf(ctx, facts)
  if (parties.length === 0) throw new TocsinError('not_allowed')
  const move = requireMove(facts, kind)
  const found = parties.find(({ party }) => move.by.includes(party as Party))
  if (!found) throw new TocsinError('not_allowed')
  return found.role
}
