import type { DutyTest } from '../../db/duties.ts'
import type { Timer } from '../../db/timers.ts'
import type { RoleRef } from '../../domain/mission.ts'
import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { registeredPerson, roleKey, sameRole } from '../permission.ts'
import { personTarget } from '../telling.ts'
import { thoseAbove, turnsFor } from './standing.ts'
import { takeable } from './take.ts'
import { recordDuty, tellDuty } from './tell.ts'

/** A test message not confirmed for so long is reported. */
export const TEST_PATIENCE_MS = 10 * 60_000

/**
 * Sends the acting person a test message for a duty of theirs, to be confirmed by a press.
 *
 * @throws TocsinError `not_registered`, `not_named`.
 */
export async function askTest(ctx: Ctx, ref: RoleRef): Promise<DutyTest> {
  const person = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const { own, appointed } = await takeable(open)
    if (![...own, ...appointed].some(role => sameRole(role, ref)))
      throw new TocsinError('not_named', { details: { role: roleKey(ref) } })
    const now = ctx.clock.now()
    const test = { id: open.ids.id(), ...ref, personId: person.id, askedAt: now, confirmedAt: null }
    await repos.duties.addTest(test)
    await sayTest(open, test)
    const dueAt = now + TEST_PATIENCE_MS
    await repos.timers.arm({ key: `duty.test:${test.id}`, kind: 'duty.test', recordId: test.id, dueAt })
    await recordDuty(open, ref, 'duty.tested', { test: test.id })
    return test
  })
}

/** The press that proves a test message was seen. @throws TocsinError `not_found`; a second press changes nothing. */
export async function confirmTest(ctx: Ctx, testId: string): Promise<DutyTest> {
  const person = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const test = await repos.duties.test(testId)
    if (test?.personId !== person.id) throw new TocsinError('not_found')
    const now = ctx.clock.now()
    if (!(await repos.duties.confirmTest(testId, now))) return test
    await repos.timers.cancel(`duty.test:${testId}`)
    await recordDuty(open, test, 'duty.reached', { test: testId, after: now - test.askedAt })
    await sayTest(open, test)
    return { ...test, confirmedAt: now }
  })
}

/** Nobody confirmed a test message: whoever appoints and the operations centre hear of it. */
export function testMissed(ctx: Ctx, timer: Pick<Timer, 'recordId'>): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const test = await repos.duties.test(timer.recordId)
    if (!test || test.confirmedAt !== null) return
    const now = ctx.clock.now()
    await recordDuty(open, test, 'duty.unreached', { test: test.id })
    const [centre] = await turnsFor(repos, ctx.mission.operationsCentre, now)
    const told = [...(await thoseAbove(repos, ctx.mission, test, now)), ...(centre ? [centre.person] : [])]
    for (const id of new Set(told.map(person => person.id).filter(id => id !== test.personId)))
      await tellDuty(open, { id }, { line: 'test_missed', role: roleKey(test), test: test.id })
  })
}

async function sayTest(open: Open, test: DutyTest): Promise<void> {
  await open.tx.outbox.add({
    id: open.ids.id(),
    kind: 'duty.test',
    recordId: test.id,
    target: personTarget(test.personId),
    data: {},
    urgent: true,
  })
}
