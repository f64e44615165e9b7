import type { Exercise, ExerciseEvent } from '../../db/tabletops.ts'
import type { Timer } from '../../db/timers.ts'
import type { RoleRef } from '../../domain/mission.ts'
import { TocsinError } from '../../errors.ts'
import { EXERCISE_ENDED, withdraw } from '../alert/end.ts'
import { raise } from '../alert/raise.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { checkedLessons, type LessonsInput } from '../lessons.ts'
import { heldRoles, registeredPerson, roleKey } from '../permission.ts'
import { cardAt, lineAt, note, personTarget, refreshCardsOf } from '../telling.ts'
import { requiredText } from '../text.ts'
import {
  type ExerciseFacts,
  exerciseRef,
  readExercise,
  readOwnExercise,
  requireMove,
  standingAt,
} from './facts.ts'
import { exerciseLimits } from './plan.ts'

/**
 * Starts it: every post that takes part has its card, and the script runs from now.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `exercise_state`.
 */
export async function startExercise(ctx: Ctx, id: string): Promise<ExerciseFacts> {
  registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const { exercise, players } = await readOwnExercise(open, id)
    const state = requireMove(exercise, 'start')
    const startedAt = open.clock.now()
    await repos.exercises.update(id, { state, startedAt })
    await note(open, exerciseRef(exercise), 'exercise.started', {})
    for (const target of new Set([exercise.madeBy, ...players.flatMap(each => each?.id ?? [])]))
      await cardAt(open, exerciseRef(exercise), personTarget(target))
    await sendDue(open, { ...exercise, state, startedAt })
    return readExercise(open, id)
  })
}

/** What the script has next is due: told late after an outage, and once. */
export function exerciseDue(ctx: Ctx, timer: Pick<Timer, 'recordId'>): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const exercise = await repos.exercises.byId(timer.recordId)
    if (exercise?.state === 'running') await sendDue(open, exercise)
  })
}

async function sendDue(open: Open, exercise: Exercise): Promise<void> {
  const now = open.clock.now()
  const waiting = (await open.tx.exercises.eventsOf(exercise.id)).filter(({ sentAt }) => sentAt === null)
  const due = (event: ExerciseEvent) => (exercise.startedAt ?? now) + event.afterMs
  for (const event of waiting.filter(each => due(each) <= now)) await send(open, exercise, event)
  const next = waiting.find(each => due(each) > now)
  if (next)
    await open.tx.timers.arm({
      key: `exercise:${exercise.id}`,
      kind: 'exercise.due',
      recordId: exercise.id,
      dueAt: due(next),
    })
  await refreshCardsOf(open, exerciseRef(exercise))
}

/** An alert is raised as its maker's, and followed as any other; what is no alert is told to each post. */
async function send(open: Open, exercise: Exercise, event: ExerciseEvent): Promise<void> {
  const { position, placeId, what } = event
  const alert = placeId
    ? await raise(await asMaker(open, exercise), {
        ...{ what, place: { id: placeId }, urgency: 'happening_now', exercise: true },
        requestKey: `exercise:${exercise.id}:${position}`,
      })
    : null
  const alertId = alert?.alert.id ?? null
  await open.tx.exercises.sent(exercise.id, position, { sentAt: open.clock.now(), alertId })
  await note(open, exerciseRef(exercise), 'exercise.sent', { position, alert: alertId })
  if (alert) return
  const { players } = await standingAt(open, open.tx, exercise)
  for (const id of new Set(players.flatMap(each => each?.id ?? [])))
    await lineAt(open, 'exercise.event', exercise.id, personTarget(id), { position })
}

async function asMaker(open: Open, { madeBy }: Exercise, as: RoleRef[] | null = null): Promise<Open> {
  const person = await open.tx.people.byId(madeBy)
  if (!person) throw new TocsinError('not_found')
  const roles = as ?? (await open.tx.roles.rolesOf(person.id, open.clock.now()))
  return { ...open, actor: { kind: 'person', person, roles } }
}

/**
 * A post says what it would do about an event it was told. Its first answer stands.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_called` for somebody of no post that takes part,
 *   `exercise_state`, `answered_already`, `text_missing`, `text_too_long`.
 */
export async function answerEvent(
  ctx: Ctx,
  input: { exerciseId: string; position: number; words: string },
): Promise<ExerciseFacts> {
  const person = registeredPerson(ctx)
  const words = requiredText(input.words, 'words', exerciseLimits.words)
  return inTransaction(ctx, async (repos, open) => {
    const { exercise, events, answers } = await readExercise(open, input.exerciseId)
    if (exercise.state !== 'running') throw new TocsinError('exercise_state')
    const { position } = input
    const event = events.find(each => each.position === position)
    if (!event || event.sentAt === null || event.alertId !== null) throw new TocsinError('not_found')
    const held = heldRoles(open).map(roleKey)
    const mine = exercise.posts.filter(post => held.includes(post))
    if (mine.length === 0) throw new TocsinError('not_called')
    const left = mine.filter(post => !answers.some(each => each.post === post && each.position === position))
    if (left.length === 0) throw new TocsinError('answered_already')
    const at = open.clock.now()
    for (const post of left)
      await repos.exercises.answer({ exerciseId: exercise.id, position, post, words, at, by: person.id })
    await note(open, exerciseRef(exercise), 'exercise.answered', { position, posts: left }, { words })
    await refreshCardsOf(open, exerciseRef(exercise))
    return readExercise(open, exercise.id)
  })
}

const DAY_MS = 86_400_000

/**
 * Ends it: what is left of the script is not told, its open alerts are taken back, and its review is owed.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `exercise_state`.
 */
export async function endExercise(ctx: Ctx, id: string): Promise<ExerciseFacts> {
  registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const { exercise, events } = await readOwnExercise(open, id)
    const state = requireMove(exercise, 'end')
    const endedAt = open.clock.now()
    await repos.exercises.update(id, { state, endedAt })
    await note(open, exerciseRef(exercise), 'exercise.ended', {})
    // As their author alone: a maker of several posts would be asked in which of them.
    const maker = await asMaker(open, exercise, [])
    for (const { alertId } of events) {
      const alert = alertId ? await repos.alerts.byId(alertId) : null
      if (alert?.lifecycle === 'open')
        await withdraw(maker, { alertId: alert.id, note: exercise.code, reason: EXERCISE_ENDED })
    }
    await repos.timers.arm({
      key: `exercise:${id}`,
      kind: 'exercise.review',
      recordId: id,
      dueAt: endedAt + open.mission.forums.reviewWithinMs,
    })
    await refreshCardsOf(open, exerciseRef(exercise))
    return readExercise(open, id)
  })
}

/** The review is owed and was not held: whoever ran it is reminded, every day until it is. */
export function exerciseReviewOwed(ctx: Ctx, timer: Pick<Timer, 'recordId'>): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const exercise = await repos.exercises.byId(timer.recordId)
    if (exercise?.state !== 'ended') return
    await lineAt(open, 'exercise.review', exercise.id, personTarget(exercise.madeBy))
    await repos.timers.arm({
      key: `exercise:${exercise.id}`,
      kind: 'exercise.review',
      recordId: exercise.id,
      dueAt: open.clock.now() + DAY_MS,
    })
  })
}

/**
 * Holds the review, which closes the exercise: what worked, what did not, and lessons, each with a post and a day, or why
 * there is none.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `exercise_state` before it has ended; as
 *   {@link checkedLessons}.
 */
export async function reviewExercise(
  ctx: Ctx,
  input: LessonsInput & { exerciseId: string; worked: string; failed: string },
): Promise<ExerciseFacts> {
  registeredPerson(ctx)
  const worked = requiredText(input.worked, 'worked', exerciseLimits.review)
  const failed = requiredText(input.failed, 'failed', exerciseLimits.review)
  const { lessons, noLesson } = checkedLessons(ctx, input)
  return inTransaction(ctx, async (repos, open) => {
    const { exercise } = await readOwnExercise(open, input.exerciseId)
    const state = requireMove(exercise, 'review')
    const reviewedAt = open.clock.now()
    await repos.exercises.update(exercise.id, { state, worked, failed, noLesson, reviewedAt })
    for (const lesson of lessons)
      await repos.exercises.addLesson({ id: open.ids.id(), exerciseId: exercise.id, ...lesson })
    await repos.timers.cancel(`exercise:${exercise.id}`)
    await note(
      open,
      exerciseRef(exercise),
      'exercise.reviewed',
      { lessons: lessons.length },
      { worked, failed },
    )
    await refreshCardsOf(open, exerciseRef(exercise))
    return readExercise(open, exercise.id)
  })
}
