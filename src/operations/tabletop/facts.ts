import type { Repos } from '../../db/store.ts'
import type { Exercise, ExerciseAnswer, ExerciseEvent, ExerciseLesson } from '../../db/tabletops.ts'
import { codeTyped } from '../../domain/code.ts'
import { mayRead, type Reader, type Shared } from '../../domain/sharing.ts'
import { type Answered, afterExerciseMove, answeredIn, type ExerciseMove } from '../../domain/tabletop.ts'
import { TocsinError } from '../../errors.ts'
import { factsOfAll, peopleIn } from '../alert/facts.ts'
import { actorAsReader } from '../alert/reading.ts'
import { sharingRules } from '../channel.ts'
import type { Ctx, Person } from '../context.ts'
import { heldRoles, parseRoleKey, registeredPerson } from '../permission.ts'

/** How an exercise went, as numbers: computed from what stands on record, never stored. */
export interface ExerciseScore {
  /** Of each post that takes part: the events it was told, and how it answered. */
  posts: { post: string; events: Answered }[]
  /** Of all owners of its alerts: until they acknowledged. */
  owners: Answered
  /** Crisis forums held in it, and what they and their plans came to. */
  forums: number
  decisions: number
  plans: number
}

/** An exercise as it now is. */
export interface ExerciseFacts {
  exercise: Exercise
  events: ExerciseEvent[]
  answers: ExerciseAnswer[]
  lessons: ExerciseLesson[]
  /** Who stands each of its posts now, the first of each; in the order of its posts. */
  players: (Person | null)[]
  score: ExerciseScore
  /** The exercise it is compared with, and how that went; null where there is none. */
  baseline: { code: string; score: ExerciseScore } | null
  /** people.id of those who read it whatever their constituency. */
  named: string[]
}

export const exerciseRef = ({ id }: Pick<Exercise, 'id'>) => ({ kind: 'exercise', id })

/** Reads what surrounds an exercise. */
export async function exerciseFacts(ctx: Ctx, repos: Repos, exercise: Exercise): Promise<ExerciseFacts> {
  const before = exercise.baselineId ? await repos.exercises.byId(exercise.baselineId) : null
  const went = await toldIn(repos, exercise)
  return {
    exercise,
    ...went,
    lessons: await repos.exercises.lessonsOf(exercise.id),
    ...(await standingAt(ctx, repos, exercise)),
    score: await scoreOf(ctx, repos, exercise, went),
    baseline: before && {
      code: before.code,
      score: await scoreOf(ctx, repos, before, await toldIn(repos, before)),
    },
  }
}

type Told = Pick<ExerciseFacts, 'events' | 'answers'>

const toldIn = async ({ exercises }: Repos, { id }: Exercise): Promise<Told> => ({
  events: await exercises.eventsOf(id),
  answers: await exercises.answersOf(id),
})

/** Who stands the posts of an exercise now. */
export async function standingAt(
  ctx: Pick<Ctx, 'clock'>,
  repos: Repos,
  exercise: Exercise,
): Promise<Pick<ExerciseFacts, 'players' | 'named'>> {
  const players: (Person | null)[] = []
  const named = new Set([exercise.madeBy])
  for (const post of exercise.posts) {
    const people = await peopleIn(repos, parseRoleKey(post), ctx.clock.now())
    const standing = people.filter(({ closedAt }) => closedAt === null)
    players.push(standing[0] ?? null)
    for (const { id } of standing) named.add(id)
  }
  return { players, named: [...named] }
}

async function scoreOf(
  ctx: Ctx,
  repos: Repos,
  exercise: Exercise,
  { events, answers }: Told,
): Promise<ExerciseScore> {
  const told = events.filter(({ sentAt, alertId }) => sentAt !== null && alertId === null)
  const posts = exercise.posts.map(post => ({
    post,
    events: answeredIn(
      told.map(({ position, sentAt }) => {
        const own = answers.find(each => each.post === post && each.position === position)
        return own && sentAt !== null ? own.at - sentAt : null
      }),
    ),
  }))
  const rows = await repos.alerts.byIds(events.flatMap(({ alertId }) => alertId ?? []))
  const alerts = await factsOfAll(repos, ctx.mission, ctx.clock.now(), rows)
  const waits = alerts.flatMap(({ alert, owners }) =>
    owners.map(({ state }) => (state.acknowledged ? state.acknowledged.at - alert.raisedAt : null)),
  )
  const forums = (await repos.forums.all()).filter(({ alertId }) =>
    alerts.some(({ alert }) => alert.id === alertId),
  )
  const meetings = await repos.meetings.ofForums(forums.map(({ id }) => id))
  const entries = await repos.meetings.entriesOf(meetings.map(({ id }) => id))
  const plans = (await repos.plans.all()).filter(plan => forums.some(({ id }) => id === plan.forumId))
  return {
    posts,
    owners: answeredIn(waits),
    forums: forums.length,
    decisions: entries.filter(({ kind, state }) => kind === 'decision' && state === 'stands').length,
    plans: plans.length,
  }
}

/** What an exercise says about its readers: the components whose posts take part. */
export const sharedExercise = ({ exercise, named }: Pick<ExerciseFacts, 'exercise' | 'named'>): Shared => ({
  holder: exercise.holder,
  audience: exercise.audience,
  named,
})

export const mayReadExercise = (ctx: Ctx, facts: ExerciseFacts, reader: Reader): boolean =>
  mayRead(sharedExercise(facts), 'record', reader, sharingRules(ctx))

/**
 * The exercise as the acting person may read it; the bot itself reads all.
 *
 * @throws TocsinError `not_registered`, `not_found` where it does not exist or is not theirs to see.
 */
export async function readExercise(ctx: Ctx, id: string): Promise<ExerciseFacts> {
  const reader = actorAsReader(ctx)
  if (reader) registeredPerson(ctx)
  const repos = ctx.tx ?? ctx.store.read
  const row = await repos.exercises.byId(id)
  const facts = row && (await exerciseFacts(ctx, repos, row))
  if (!facts || (reader && !mayReadExercise(ctx, facts, reader))) throw new TocsinError('not_found')
  return facts
}

/** An exercise by its code, as the acting person may read it; null where the words are none. @throws as {@link readExercise}. */
export async function exerciseByCode(ctx: Ctx, text: string): Promise<ExerciseFacts | null> {
  registeredPerson(ctx)
  const code = codeTyped('X', text)
  const row = code ? await (ctx.tx ?? ctx.store.read).exercises.byCode(code) : null
  if (code && !row) throw new TocsinError('not_found')
  return row ? readExercise(ctx, row.id) : null
}

/** Whether the acting person runs an exercise: who made it, and the groups' secretariat. */
export function runsExercise(ctx: Ctx, { exercise }: Pick<ExerciseFacts, 'exercise'>): boolean {
  if (ctx.actor.kind !== 'person') return true
  const own = ctx.actor.person.id === exercise.madeBy
  return own || heldRoles(ctx).some(({ role }) => role === ctx.mission.forums.secretariat)
}

/** The same for whoever runs it. @throws TocsinError `not_registered`, `not_found`, `not_allowed`. */
export async function readOwnExercise(ctx: Ctx, id: string): Promise<ExerciseFacts> {
  const facts = await readExercise(ctx, id)
  if (!runsExercise(ctx, facts)) throw new TocsinError('not_allowed')
  return facts
}

/** @throws TocsinError `exercise_state`. */
export function requireMove({ state }: Exercise, move: ExerciseMove): Exercise['state'] {
  const after = afterExerciseMove(state, move)
  if (after === null) throw new TocsinError('exercise_state')
  return after
}
