import type { Repos } from '../../db/store.ts'
import type { Turn } from '../../domain/duty.ts'
import type { Mission, RoleRef } from '../../domain/mission.ts'
import { type AlertFacts, factsOfAll } from '../alert/facts.ts'
import { refreshCards, tellPeople } from '../alert/tell.ts'
import type { Open, Person } from '../context.ts'
import { roleKey, sameRole } from '../permission.ts'
import { scheduleCallSheet } from './call-sheet.ts'
import { turnsFor } from './standing.ts'
import { tellDuty } from './tell.ts'

/** Open alerts of which something waits for this role now: it has the alert, or was told last. Most urgent first. */
export async function alertsWaitingFor(
  repos: Repos,
  mission: Mission,
  now: number,
  ref: RoleRef,
): Promise<AlertFacts[]> {
  const open = await repos.alerts.open()
  const all = await factsOfAll(repos, mission, now, open)
  return all.filter(({ owners }) =>
    owners.some(({ owner, posts, state, told }) => {
      if (!state.awaiting) return false
      const asked = told.filter(row => row.step === state.awaiting && row.round === state.round)
      return posts.some(
        (post, rung) => sameRole(post, ref) && (rung === owner.rung || asked.some(row => row.rung === rung)),
      )
    }),
  )
}

/**
 * Another person may stand the role than `before`: they are told, with the note left for them and the alerts that
 * wait, and get the cards of these; cards and call sheet follow. To be called after the rows have changed.
 *
 * @param from the period that ended, whose note the next one reads.
 */
export async function dutyChanged(
  open: Open,
  ref: RoleRef,
  before: Turn<Person> | undefined,
  from: string | null,
): Promise<Person | null> {
  const now = open.clock.now()
  await scheduleCallSheet(open)
  const [after] = await turnsFor(open.tx, ref, now)
  if (after?.person.id === before?.person.id) return after?.person ?? null
  for (const alert of await open.tx.alerts.open()) {
    if (alert.sector === ref.sector || ref.sector === null) await refreshCards(open, alert)
  }
  if (!after) return null
  await tellDuty(open, after.person, { line: 'yours', role: roleKey(ref), from })
  for (const { alert } of await alertsWaitingFor(open.tx, open.mission, now, ref)) {
    await tellPeople(open, alert, [after.person], { line: 'raised' })
  }
  return after.person
}
