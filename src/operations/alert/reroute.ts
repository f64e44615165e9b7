import { slots } from '../../domain/alert.ts'
import { routeFor } from '../../domain/mission.ts'
import type { Open } from '../context.ts'
import { roleKey } from '../permission.ts'
import { factsNow, recordAct } from './acts.ts'
import { speakingRole } from './chain.ts'
import { type AlertFacts, newlyInformed } from './facts.ts'
import { ownerIn } from './owner.ts'
import { announce, askAgain, handTo } from './rungs.ts'
import { refreshCards, tellPeople } from './tell.ts'

/**
 * Gives owners the ladders that sector and threat now route to, tells them and starts their clocks
 * anew; those newly to be informed hear of the alert. Another sector has other people, so both owners change with it.
 * Another threat moves an owner only while it has not answered: one that has may still say *Can't take it*.
 */
export async function reroute(open: Open, before: AlertFacts, after: AlertFacts): Promise<void> {
  const { alert } = after
  const route = routeFor(open.mission, alert)
  const role = speakingRole(open, before)
  const moved = slots.filter(slot => {
    const { ladder, state } = ownerIn(after, slot)
    return before.alert.sector !== alert.sector || (ladder.id !== route[slot].id && state.answer === null)
  })
  for (const slot of moved) {
    const ladder = route[slot].id
    await open.tx.alerts.setOwnerLadder(alert.id, slot, ladder)
    await recordAct(open, alert, { kind: 'moved', slot, role: role && roleKey(role), reason: ladder })
  }
  const facts = await factsNow(open, alert)
  await refreshCards(open, facts.alert)
  for (const slot of moved)
    await announce(open, facts, await handTo(open, facts, ownerIn(facts, slot), 0), 'asked')
  await tellPeople(open, facts.alert, newlyInformed(before, facts), { line: 'raised' })
}

/** A more urgent alert is put anew to owners that have not decided, or whose decision not to go it voids. */
export async function askOwnersAgain(open: Open, facts: AlertFacts): Promise<void> {
  for (const owner of facts.owners) {
    const { awaiting } = owner.state
    if (awaiting === 'acknowledge' || awaiting === 'decide')
      await announce(open, facts, await askAgain(open, facts, owner, awaiting), 'asked')
  }
}
