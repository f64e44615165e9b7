import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction } from '../context.ts'
import { actingPerson, roleKey } from '../permission.ts'
import { requiredText, textLimits } from '../text.ts'
import { factsNow, recordAct, settle } from './acts.ts'
import { decidingRole, requireKeeper, requireRecordKeeper } from './chain.ts'
import type { AlertFacts } from './facts.ts'
import { ownerIn } from './owner.ts'
import { readAlert, requireMove } from './reading.ts'
import { announce, handTo } from './rungs.ts'
import { refreshCards, tellThread } from './tell.ts'

/**
 * Opens again an alert that was closed or withdrawn by mistake, with the reason on record. It is put to the posts that
 * have it as if nobody had answered, and their clocks start anew. For those who keep its record; one that was withdrawn
 * also for its author. An alert whose words were erased is not reopened: a new one is raised.
 *
 * @throws TocsinError `not_found`, `not_allowed`, `not_ended` where it is open, joined to another or erased,
 *   `text_missing`, `which_role`.
 */
export async function reopen(
  ctx: Ctx,
  input: { alertId: string; note: string; role?: string | null },
): Promise<AlertFacts> {
  actingPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const before = await readAlert(open, input.alertId, repos)
    const { alert, specialist } = before
    if (alert.lifecycle === 'withdrawn') requireKeeper(open, before)
    else requireRecordKeeper(open, before)
    const lifecycle = requireMove(before, 'reopen')
    if (alert.what === '' && specialist.length === 0)
      throw new TocsinError('not_ended', { details: { code: alert.code } })
    const note = specialist.length > 0 ? null : requiredText(input.note, 'note', textLimits.note)
    const role = decidingRole(open, before, input.role)
    await repos.alerts.setState(alert.id, { lifecycle, outcome: null })
    await repos.timers.cancel(`alert.cards:${alert.id}`)
    const act = await recordAct(open, alert, {
      kind: 'reopen',
      slot: null,
      role: role && roleKey(role),
      note,
    })
    const facts = await factsNow(open, alert)
    await refreshCards(open, facts.alert)
    await tellThread(open, facts.alert, { line: 'act', act })
    for (const { owner } of facts.owners)
      await announce(open, facts, await handTo(open, facts, ownerIn(facts, owner.slot), owner.rung), 'asked')
    return settle(open, before)
  })
}
