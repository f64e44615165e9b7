import { findRole, type RoleRef, type Slot } from '../../domain/mission.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { actingPerson } from '../permission.ts'
import { note } from '../telling.ts'
import { requireRecordKeeper } from './chain.ts'
import { type AlertFacts, alertFacts, peopleIn, unique } from './facts.ts'
import type { OwnerFacts } from './owner.ts'
import { readAlert } from './reading.ts'
import { warnPeople } from './tell.ts'

/** The event by which the trail knows that somebody was pointed to the telephone. */
export const CASEVAC_SHOWN = 'alert.casevac_shown'
const UNDELIVERED = 'alert.undelivered'

/**
 * Whom to ring about an alert: the posts above it with their telephones, for the chains, those informed and the
 * operations centre.
 *
 * @throws TocsinError `not_found`, `not_allowed`.
 */
export async function readCallTree(ctx: Ctx, alertId: string): Promise<AlertFacts> {
  actingPerson(ctx)
  const facts = await readAlert(ctx, alertId)
  requireRecordKeeper(ctx, facts)
  return facts
}

/** A number that somebody answers. */
export interface DutyNumber {
  /** Null: the post is named instead. */
  name: Ctx['mission']['conductContacts'][number]['name'] | null
  role: RoleRef | null
  phone: string
}

/** The number for a casualty or a life in danger now: the mission's own, else the operations centre's. */
export function casevacNumber({ mission }: Pick<Ctx, 'mission'>): DutyNumber | null {
  const { casevac, operationsCentre: role } = mission
  if (casevac) return { ...casevac, role: null }
  const phone = findRole(mission, role.role)?.phone
  return phone ? { name: null, role, phone } : null
}

/**
 * Somebody says that there is a casualty, or a life in danger now: they are shown the number to ring, and the trail
 * keeps when. That is all it is: a CASEVAC is asked for by telephone, never here.
 *
 * @throws TocsinError `not_found`.
 */
export async function pointToCasevac(ctx: Ctx, alertId: string): Promise<DutyNumber> {
  actingPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const { alert } = await readAlert(open, alertId, repos)
    const number = casevacNumber(ctx)
    await note(open, { kind: 'alert', id: alert.id }, CASEVAC_SHOWN)
    return number ?? { name: null, role: ctx.mission.operationsCentre, phone: '' }
  })
}

/** A post that was to answer is out of reach: those informed hear whom to ring, for a clock alone may be too slow. */
export async function tellUnreached(open: Open, facts: AlertFacts, { owner }: OwnerFacts): Promise<void> {
  await tell(open, facts, [owner.slot])
}

/**
 * The card of an open alert can never be delivered to a channel: those informed and the operations centre get the call
 * tree, once for each alert and channel.
 */
export async function reportUndelivered(
  ctx: Ctx,
  entry: { kind: string; recordId: string; target: string },
): Promise<void> {
  if (entry.kind !== 'card' || entry.target.startsWith('person:')) return
  await inTransaction(ctx, async (repos, open) => {
    const alert = await repos.alerts.byId(entry.recordId)
    if (alert?.lifecycle !== 'open') return
    const events = await repos.events.ofRecord('alert', alert.id)
    if (events.some(({ kind, data }) => kind === UNDELIVERED && data.channel === entry.target)) return
    await note(open, { kind: 'alert', id: alert.id }, UNDELIVERED, { channel: entry.target })
    const facts = await alertFacts(repos, open.mission, open.clock.now(), alert)
    await tell(
      open,
      facts,
      facts.owners.map(({ owner }) => owner.slot),
    )
  })
}

async function tell(open: Open, facts: AlertFacts, slots: Slot[]): Promise<void> {
  const [centre] = await peopleIn(open.tx, open.mission.operationsCentre, open.clock.now())
  const people = unique([...facts.informed, ...(centre ? [centre] : [])])
  await warnPeople(open, facts.alert, people, { line: 'unreached', slots })
}
