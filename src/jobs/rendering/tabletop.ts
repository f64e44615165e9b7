import type { Locales } from '../../locales/index.ts'
import type { Ctx } from '../../operations/context.ts'
import {
  type ExerciseFacts,
  exerciseFacts,
  mayReadExercise,
  runsExercise,
} from '../../operations/tabletop/facts.ts'
import { exerciseDue, exerciseReviewOwed } from '../../operations/tabletop.ts'
import { hiddenCard } from '../../views/alert/card.ts'
import type { ViewContext } from '../../views/context.ts'
import { exerciseCard, exerciseEventLine, exerciseReviewLine } from '../../views/tabletop.ts'
import type { Delivery, OutboxEntry, Renderer } from '../contract.ts'
import { withheld } from './audience.ts'
import { toPerson } from './gate.ts'
import type { RenderingFamily } from './index.ts'

/** To one person who may read it; as an actor they are asked whether they run it. */
function forReader(
  locales: Locales,
  render: (view: ViewContext, facts: ExerciseFacts, runs: boolean, entry: OutboxEntry) => Delivery,
): Renderer {
  return toPerson(locales, async (ctx, view, entry, person) => {
    const row = await ctx.store.read.exercises.byId(entry.recordId)
    const facts = row && (await exerciseFacts(ctx, ctx.store.read, row))
    if (!facts) return { do: 'drop', code: 'gone' }
    const roles = await ctx.store.read.roles.rolesOf(person.id, ctx.clock.now())
    const as: Ctx = { ...ctx, actor: { kind: 'person', person, roles } }
    const { id: personId, constituency } = person
    if (!mayReadExercise(ctx, facts, { kind: 'person', personId, constituency, roles }))
      return withheld(ctx, entry, facts.exercise.id, hiddenCard(view))
    return render(view, facts, runsExercise(as, facts), entry)
  })
}

const card = (locales: Locales) =>
  forReader(locales, (view, facts, runs) => ({
    do: 'card',
    recordId: facts.exercise.id,
    message: exerciseCard(view, facts, runs),
  }))

const event = (locales: Locales) =>
  forReader(locales, (view, facts, _runs, entry) => {
    const message = exerciseEventLine(view, facts, Number(entry.data.position))
    return message ? { do: 'line', message } : { do: 'drop', code: 'gone' }
  })

const review = (locales: Locales) =>
  forReader(locales, (view, facts) =>
    facts.exercise.state === 'ended'
      ? { do: 'line', message: exerciseReviewLine(view, facts) }
      : { do: 'drop', code: 'overtaken' },
  )

export const exerciseRendering: RenderingFamily = {
  cards: locales => ({ exercise: card(locales) }),
  lines: locales => ({ 'exercise.event': event(locales), 'exercise.review': review(locales) }),
  timers: { 'exercise.due': exerciseDue, 'exercise.review': exerciseReviewOwed },
}
