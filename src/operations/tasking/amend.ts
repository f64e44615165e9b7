import type { Tasking, TaskingPatch } from '../../db/taskings.ts'
import { isSensitivity, isTlp } from '../../domain/release.ts'
import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction } from '../context.ts'
import { registeredPerson } from '../permission.ts'
import { note } from '../telling.ts'
import { requiredText } from '../text.ts'
import { readTasking, type TaskingFacts } from './facts.ts'
import { knownDue, knownSteps, taskingLimits } from './give.ts'
import { partiesOf } from './parties.ts'
import { syncReminders } from './reminders.ts'
import { refreshTasking, taskingRef, tellAct } from './tell.ts'

export interface AmendInput {
  taskingId: string
  /** The version the person saw. */
  version: number
  result: string
  dueAt: number | null
  steps: string | null
  /** How far it may be passed on, and the harm in the wrong hands; left out: as they were. */
  tlp?: string | null
  sensitivity?: string | null
}

/**
 * Changes what is expected, by when, or in which steps; for whoever asked. Steps that are done stay done where their
 * words are the same. Whoever answers for it is told.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `already_done` once it has ended, `stale`,
 *   `text_missing`, `text_too_long`, `unknown_term`, `time_past`, `steps_cycle`, `steps_unknown`.
 */
export async function amend(ctx: Ctx, input: AmendInput): Promise<TaskingFacts> {
  registeredPerson(ctx)
  const result = requiredText(input.result, 'result', taskingLimits.result)
  const steps = knownSteps(input.steps)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readTasking(open, input.taskingId)
    const { tasking } = facts
    if (!partiesOf(open, facts).some(({ party }) => party === 'asker')) throw new TocsinError('not_allowed')
    if (!facts.open) throw new TocsinError('already_done')
    // A date that has passed may stay as it was; a new one must be still to come.
    const dueAt = input.dueAt === tasking.dueAt ? tasking.dueAt : knownDue(ctx, input.dueAt)
    const kept = steps.map(step => {
      const before = facts.steps.find(({ what }) => what === step.what)
      return { ...step, doneAt: before?.doneAt ?? null, doneBy: before?.doneBy ?? null }
    })
    const other =
      JSON.stringify(kept) !== JSON.stringify(facts.steps.map(({ taskingId: _, ...step }) => step))
    const marks = changedMarks(ctx, tasking, input)
    const fields = [
      ...Object.keys(marks),
      ...(result === tasking.result ? [] : ['result']),
      ...(dueAt === tasking.dueAt ? [] : ['dueAt']),
      ...(other ? ['steps'] : []),
    ]
    if (fields.length === 0) return facts
    if (
      !(await repos.taskings.update(tasking.id, input.version, { result, dueAt, ...marks, overdueRung: 0 }))
    )
      throw new TocsinError('stale')
    if (other) await repos.taskings.replaceSteps(tasking.id, kept)
    const before = { result: tasking.result, steps: facts.steps.map(({ what }) => what) }
    await note(
      open,
      taskingRef(tasking),
      'tasking.amended',
      { fields, ...(fields.includes('dueAt') ? { before: tasking.dueAt, dueAt } : {}) },
      { before, after: { result, steps: steps.map(({ what }) => what) } },
    )
    const after = await readTasking(open, tasking.id)
    await refreshTasking(open, after)
    await tellAct(open, after, 'amended', { turn: true, asker: true })
    await syncReminders(open, after)
    return after
  })
}

/** The marks that differ from what the tasking has, or would have by the mission's. @throws TocsinError `unknown_term`. */
function changedMarks(
  { mission }: Ctx,
  tasking: Pick<Tasking, 'tlp' | 'sensitivity'>,
  { tlp, sensitivity }: Pick<AmendInput, 'tlp' | 'sensitivity'>,
): Pick<TaskingPatch, 'tlp' | 'sensitivity'> {
  if (tlp && !isTlp(tlp)) throw new TocsinError('unknown_term', { field: 'tlp', details: { value: tlp } })
  if (sensitivity && !isSensitivity(sensitivity))
    throw new TocsinError('unknown_term', { field: 'sensitivity', details: { value: sensitivity } })
  const { marks } = mission
  return {
    ...(tlp && isTlp(tlp) && tlp !== (tasking.tlp ?? marks.tlp) ? { tlp } : {}),
    ...(sensitivity &&
    isSensitivity(sensitivity) &&
    sensitivity !== (tasking.sensitivity ?? marks.sensitivity)
      ? { sensitivity }
      : {}),
  }
}
