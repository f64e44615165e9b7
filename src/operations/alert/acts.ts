import type { Act, ActKind, Alert } from '../../domain/alert.ts'
import type { Slot } from '../../domain/mission.ts'
import { armCardsRemoval } from '../channel/removal.ts'
import type { Open, Person } from '../context.ts'
import { actingPerson } from '../permission.ts'
import { refreshCardsOf } from '../telling.ts'
import { type AlertFacts, alertFacts, isReachable } from './facts.ts'
import { armLadders } from './rungs.ts'
import { refreshCards } from './tell.ts'

/** What an act says, beyond who wrote it down and when. */
export interface Said extends Partial<Pick<Act, 'reason' | 'until' | 'who' | 'note'>> {
  kind: ActKind
  /** Null for an act on the alert as a whole. */
  slot: Slot | null
  /** `role` or `role@sector` of the post that speaks. */
  role: string | null
  means?: Act['means']
  /** When it happened (epoch ms); now where it is left out. */
  at?: number
}

/**
 * Writes an act and the event that stands for it in the trail; words go where they can be erased. Returns its id.
 */
export async function recordAct(open: Open, alert: Pick<Alert, 'id'>, said: Said): Promise<string> {
  const now = open.clock.now()
  const person = actingPerson(open)
  if (!isReachable(person)) await heardFrom(open, person)
  const marked = (await open.tx.alerts.layersOf([alert.id])).length > 0
  const act: Act = {
    id: open.ids.id(),
    alertId: alert.id,
    slot: said.slot,
    kind: said.kind,
    at: said.at ?? now,
    recordedAt: now,
    byPerson: person.id,
    role: said.role,
    means: said.means ?? 'slack',
    reason: said.reason ?? null,
    until: said.until ?? null,
    who: said.who ?? null,
    // Words about an alert marked for a specialist are theirs alone, and nobody types them here.
    note: marked ? null : (said.note ?? null),
  }
  await open.tx.alerts.addAct(act)
  const words = {
    ...(act.note ? { note: act.note } : {}),
    ...(act.who && act.kind === 'respond' ? { who: act.who } : {}),
  }
  await open.tx.events.append({
    at: act.at,
    recordedAt: act.recordedAt,
    actor: act.byPerson,
    kind: `alert.${act.kind}`,
    recordKind: 'alert',
    recordId: act.alertId,
    data: {
      act: act.id,
      slot: act.slot,
      role: act.role,
      means: act.means,
      reason: act.reason,
      until: act.until,
    },
    ...(Object.keys(words).length > 0 ? { words } : {}),
  })
  return act.id
}

/** Who acts in Slack is there: from now on they are told again what waits for them. */
async function heardFrom(open: Open, { id }: Person): Promise<void> {
  const known = await open.tx.people.byId(id)
  if (!known || isReachable(known)) return
  const now = open.clock.now()
  await open.tx.people.update(id, { unreachableAt: null })
  await open.tx.events.append({
    at: now,
    recordedAt: now,
    actor: id,
    kind: 'person.reachable',
    recordKind: 'person',
    recordId: id,
    data: {},
  })
}

/** The alert with what surrounds it, as the open transaction has it now. */
export async function factsNow(open: Open, before: Pick<Alert, 'id'>): Promise<AlertFacts> {
  const alert = await open.tx.alerts.byId(before.id)
  if (!alert) throw new Error(`alert ${before.id} is gone`)
  return alertFacts(open.tx, open.mission, open.clock.now(), alert)
}

/** After any act: cards edited, both ladders armed anew, the facts as they now are. */
export async function settle(open: Open, before: Pick<AlertFacts, 'alert'>): Promise<AlertFacts> {
  const facts = await factsNow(open, before.alert)
  await armLadders(open, facts)
  await refreshCards(open, facts.alert)
  if (facts.alert.lifecycle !== before.alert.lifecycle) await settleJoined(open, facts)
  return facts
}

/** The cards of alerts that were joined to one say how it stands, and go when its own do. */
async function settleJoined(open: Open, { alert, joined }: AlertFacts): Promise<void> {
  for (const each of joined) {
    await refreshCardsOf(open, { kind: 'alert', id: each.alert.id })
    if (alert.lifecycle === 'open') await open.tx.timers.cancel(`alert.cards:${each.alert.id}`)
    else await armCardsRemoval(open, each.alert)
  }
}
