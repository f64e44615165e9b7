/** What people and timers can do about duties: taking and handing over, rota, vacancies, call sheet, who answers. */
import { type Ctx, inTransaction } from './context.ts'
import { scheduleCallSheetIfChanged } from './duty/call-sheet.ts'
import { armRota } from './duty/rota.ts'
import { armReview } from './duty/vacancy.ts'
import { roleKey } from './permission.ts'

export { issueCallSheet, readCallSheet, requestCallSheet } from './duty/call-sheet.ts'
export { editRota, readRota, rotaTurns } from './duty/rota.ts'
export { postsOf, turnsFor } from './duty/standing.ts'
export { endDuties, leaveDuty, ownDuties, takeable, takeDuty } from './duty/take.ts'
export { askTest, confirmTest, testMissed } from './duty/test.ts'
export { reviewDue, reviewVacancies, vacantPosts } from './duty/vacancy.ts'
export { whoAnswers } from './duty/who.ts'

/** Arms what runs by the clock: changes of the rota, the look through posts, the first call sheet. Harmless when repeated. */
export function scheduleDuties(ctx: Ctx): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    for (const ref of await repos.duties.withRota(ctx.clock.now())) {
      const armed = await repos.timers.byKey(`duty.rota:${roleKey(ref)}`)
      if (armed?.state !== 'armed') await armRota(open, ref)
    }
    await armReview(open)
    await scheduleCallSheetIfChanged(open)
  })
}
