import type { Exercise } from '../../db/tabletops.ts'
import { componentsOf, postsOfRole } from '../../domain/forum.ts'
import { findRole } from '../../domain/mission.ts'
import { mayPlay, parseScript } from '../../domain/tabletop.ts'
import { TocsinError } from '../../errors.ts'
import { freeCode } from '../code.ts'
import { type Ctx, inTransaction } from '../context.ts'
import { heldRoles, registeredPerson, roleKey } from '../permission.ts'
import { cardAt, note, personTarget, refreshCardsOf } from '../telling.ts'
import { requiredText } from '../text.ts'
import {
  type ExerciseFacts,
  exerciseFacts,
  exerciseRef,
  readExercise,
  readOwnExercise,
  requireMove,
} from './facts.ts'

/** How long the words of an exercise may be, in code points, and how many events its script takes. */
export const exerciseLimits = { name: 150, script: 3_000, words: 1_500, review: 3_000, events: 30 } as const

/** Roles that may plan an exercise: those that may call a crisis forum, and the groups' secretariat. */
export function mayPlanExercise(ctx: Ctx): boolean {
  const { kinds, secretariat } = ctx.mission.forums
  const makers = kinds.filter(each => each.class === 'crisis').flatMap(({ madeBy }) => madeBy)
  return heldRoles(ctx).some(({ role }) => role === secretariat || makers.includes(role))
}

export interface ExerciseInput {
  name: string
  /** Roles that take part; of a role held per sector, its posts in each sector. */
  roles: readonly string[]
  /** One event a line, as {@link parseScript} reads it; `Place: what` is an alert there. */
  script: string
  /** An earlier exercise that it is compared with. */
  baselineId?: string | null
  requestKey?: string | null
}

/**
 * Plans a table-top exercise: who takes part, and what they are told when. Nothing happens before it is started.
 *
 * @throws TocsinError `not_registered`, `not_allowed`, `text_missing`, `text_too_long`, `unknown_term`, `script_line`,
 *   `number_range`, `not_found` for the earlier exercise; the field is named.
 */
export async function planExercise(ctx: Ctx, input: ExerciseInput): Promise<ExerciseFacts> {
  const person = registeredPerson(ctx)
  if (!mayPlanExercise(ctx) || person.constituency === null) throw new TocsinError('not_allowed')
  const holder = person.constituency
  const name = requiredText(input.name, 'name', exerciseLimits.name)
  const script = parseScript(requiredText(input.script, 'script', exerciseLimits.script))
  if ('wrong' in script)
    throw new TocsinError('script_line', { field: 'script', details: { line: script.wrong.slice(0, 60) } })
  const { lines } = script
  if (lines.length > exerciseLimits.events)
    throw new TocsinError('number_range', {
      field: 'script',
      details: { min: 1, max: exerciseLimits.events },
    })
  const roles = [...new Set(input.roles)]
  const unknown = roles.find(id => {
    const role = findRole(ctx.mission, id)
    return !role || !mayPlay(ctx.mission, role)
  })
  if (unknown !== undefined)
    throw new TocsinError('unknown_term', { field: 'roles', details: { value: unknown } })
  if (roles.length === 0) throw new TocsinError('text_missing', { field: 'roles' })
  return inTransaction(ctx, async (repos, open) => {
    const earlier = input.requestKey ? await repos.exercises.byRequestKey(input.requestKey) : null
    if (earlier) return readExercise(open, earlier.id)
    const baseline = input.baselineId ? (await readExercise(open, input.baselineId)).exercise : null
    const exercise: Exercise = {
      id: open.ids.id(),
      code: await freeCode(open.ids, 'X', code => repos.exercises.byCode(code)),
      name,
      holder,
      audience: componentsOf(open.mission, roles, []),
      posts: roles.flatMap(role => postsOfRole(open.mission, role, null)).map(roleKey),
      baselineId: baseline?.id ?? null,
      state: 'planned',
      madeBy: person.id,
      madeAt: open.clock.now(),
      startedAt: null,
      endedAt: null,
      worked: null,
      failed: null,
      noLesson: null,
      reviewedAt: null,
      requestKey: input.requestKey ?? null,
    }
    await repos.exercises.insert(exercise)
    for (const [index, { afterMs, text }] of lines.entries()) {
      const { placeId, what } = placed(open, text)
      await repos.exercises.addEvent({
        ...{ exerciseId: exercise.id, position: index + 1, afterMs, what, placeId },
        ...{ sentAt: null, alertId: null },
      })
    }
    await note(
      open,
      exerciseRef(exercise),
      'exercise.planned',
      { code: exercise.code, posts: exercise.posts, events: lines.length },
      { name, script: input.script },
    )
    await cardAt(open, exerciseRef(exercise), personTarget(person.id))
    return exerciseFacts(open, repos, exercise)
  })
}

/** `Karamba: shots near the market` is an alert at that place, where the gazetteer knows it. */
function placed(
  { gazetteer }: Pick<Ctx, 'gazetteer'>,
  text: string,
): { placeId: string | null; what: string } {
  const [, name = '', what = ''] = /^([^:]{2,60}?)\s*:\s+(.+)$/su.exec(text) ?? []
  const place = name === '' ? null : gazetteer.matchIn(name)
  return place ? { placeId: place.id, what } : { placeId: null, what: text }
}

/**
 * Takes back an exercise that was planned and not started; whoever may read it still sees that it was planned.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `exercise_state`.
 */
export async function cancelExercise(ctx: Ctx, id: string): Promise<ExerciseFacts> {
  registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const { exercise } = await readOwnExercise(open, id)
    const state = requireMove(exercise, 'cancel')
    await repos.exercises.update(id, { state, endedAt: open.clock.now() })
    await note(open, exerciseRef(exercise), 'exercise.cancelled', {})
    await refreshCardsOf(open, exerciseRef(exercise))
    return readExercise(open, id)
  })
}
