/** A table-top exercise: planned, run by its script, ended, reviewed. */

import { actorAsReader } from './alert/reading.ts'
import type { Ctx } from './context.ts'
import { registeredPerson } from './permission.ts'
import { type ExerciseFacts, exerciseFacts, mayReadExercise } from './tabletop/facts.ts'

export {
  type ExerciseFacts,
  type ExerciseScore,
  exerciseByCode,
  readExercise,
} from './tabletop/facts.ts'
export { cancelExercise, exerciseLimits, mayPlanExercise, planExercise } from './tabletop/plan.ts'
export {
  answerEvent,
  endExercise,
  exerciseDue,
  exerciseReviewOwed,
  reviewExercise,
  startExercise,
} from './tabletop/run.ts'

/** The exercises the acting person may read, first made first. @throws TocsinError `not_registered`. */
export async function listExercises(ctx: Ctx): Promise<ExerciseFacts[]> {
  registeredPerson(ctx)
  const reader = actorAsReader(ctx)
  const repos = ctx.tx ?? ctx.store.read
  const found: ExerciseFacts[] = []
  for (const row of await repos.exercises.all()) {
    const facts = await exerciseFacts(ctx, repos, row)
    if (reader && mayReadExercise(ctx, facts, reader)) found.push(facts)
  }
  return found
}
