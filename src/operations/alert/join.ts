/** Joining alerts about the same thing, and undoing it. */
import { type Alert, isMoreUrgent } from '../../domain/alert.ts'
import type { Urgency } from '../../domain/mission.ts'
import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction, type Open, type Person } from '../context.ts'
import { registeredPerson, roleKey } from '../permission.ts'
import { factsNow, recordAct, settle } from './acts.ts'
import { requireKeeper, speakingRole } from './chain.ts'
import { type AlertFacts, unique } from './facts.ts'
import { readAlert, readOpenAlert, requireMove } from './reading.ts'
import { askOwnersAgain } from './reroute.ts'
import { armLadders } from './rungs.ts'
import { requireUnmarked } from './specialist.ts'
import { refreshCards, tellPeople, tellThread } from './tell.ts'

/**
 * Joins two open alerts that are about the same thing, whichever of them is named first: the earlier one stays, with
 * its code, its owners and its clocks; the later one points to it from then on, and nothing is awaited of its owners any
 * more. Every report keeps its author, its source and its readers. Was the later one more urgent, the earlier one
 * becomes so. For whoever keeps the later one's record, raised it or follows it, and may read the earlier one.
 *
 * @returns the alert that stays.
 * @throws TocsinError `not_registered`, `not_found`, `already_ended`, `not_allowed`, `same_alert`, `with_specialist`.
 */
export async function merge(ctx: Ctx, input: { alertId: string; intoId: string }): Promise<AlertFacts> {
  registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const one = await readAlert(open, input.alertId, repos)
    requireMove(one, 'merge')
    const other = await readOpenAlert(open, input.intoId, repos)
    if (one.alert.id === other.alert.id) throw new TocsinError('same_alert', { field: 'into' })
    if (one.alert.exercise !== other.alert.exercise) throw new TocsinError('not_found')
    const [stays, goes] = isEarlier(one.alert, other.alert) ? [one, other] : [other, one]
    requireKeeper(open, goes)
    requireUnmarked(stays)
    requireUnmarked(goes)

    await repos.alerts.setMerged(goes.alert.id, stays.alert.id)
    await repos.reports.moveAll(goes.alert.id, stays.alert.id)
    const gone = await noteJoining(open, goes, stays, 'merge')
    const raised = isMoreUrgent(goes.alert.urgency, stays.alert.urgency)
    if (raised) await setUrgency(open, stays, goes.alert.urgency)

    const facts = await factsNow(open, stays.alert)
    await armLadders(open, gone)
    await refreshCards(open, gone.alert)
    if (raised) await askOwnersAgain(open, facts)
    return settle(open, stays)
  })
}

/**
 * Lets an alert that was joined to another stand open by itself again, as it stood: its reports, their sources, its
 * owners and what is awaited of them; what the other one got since stays there. An urgency that was raised by joining
 * goes back, unless somebody changed it meanwhile. For whoever keeps the record of the one that stands by itself
 * again, raised it or follows it.
 *
 * @returns the alert that stands by itself again.
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `not_ended` where it is not joined.
 */
export async function unmerge(ctx: Ctx, input: { alertId: string }): Promise<AlertFacts> {
  registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const goes = await readAlert(open, input.alertId, repos)
    const { alert } = goes
    requireMove(goes, 'unmerge')
    requireKeeper(open, goes)
    const root = goes.into?.facts.alert.id ?? (alert.mergedInto as string)
    const first = [alert.id, ...(await repos.alerts.joinedTo([alert.id])).map(({ id }) => id)]
    await repos.alerts.setMerged(alert.id, null)
    await repos.reports.moveBack(root, alert.id, first)
    const stays = await factsNow(open, { id: root })
    const facts = await noteJoining(open, goes, stays, 'unmerge')
    const before = await urgencyBefore(open, stays, alert.id)
    if (before) await setUrgency(open, stays, before)
    await settle(open, stays)
    return settle(open, facts)
  })
}

/**
 * An act on each of the two, a line in both threads, and a word to those who answer for the one that goes or follow it.
 * Returns that one as it now is.
 */
async function noteJoining(
  open: Open,
  goes: AlertFacts,
  stays: AlertFacts,
  kind: 'merge' | 'unmerge',
): Promise<AlertFacts> {
  const role = speakingRole(open, goes)
  const said = { kind, slot: null, role: role && roleKey(role) } as const
  const here = await recordAct(open, stays.alert, { ...said, reason: goes.alert.id, who: 'here' })
  const act = await recordAct(open, goes.alert, { ...said, reason: stays.alert.id })
  const gone = await factsNow(open, goes.alert)
  await tellThread(open, gone.alert, { line: 'act', act })
  await tellPeople(open, gone.alert, await concerned(open, gone), { line: 'act', act })
  await tellThread(open, stays.alert, { line: 'act', act: here })
  return gone
}

/** Who has an alert now, raised it or follows it; without whoever acts. */
async function concerned(open: Open, { owners, alert, followers }: AlertFacts): Promise<Person[]> {
  const ids = [alert.raisedBy, ...followers]
  const following = await Promise.all(ids.map(id => open.tx.people.byId(id)))
  const holders = owners.map(({ holder }) => holder)
  const actor = open.actor.kind === 'person' ? open.actor.person.id : null
  return unique([...holders, ...following].filter(person => person !== null)).filter(({ id }) => id !== actor)
}

/** An act and what follows from it are written in one transaction, by a clock that may tick in between. */
const AT_ONCE_MS = 1000

/** The urgency an alert had before this one was joined to it, where that raised it and nobody changed it since. */
async function urgencyBefore(
  open: Open,
  { alert, acts }: AlertFacts,
  joinedId: string,
): Promise<Urgency | null> {
  const joining = acts.findLastIndex(({ kind, reason }) => kind === 'merge' && reason === joinedId)
  const [change, ...later] = acts.slice(joining + 1).filter(({ kind }) => kind === 'urgency')
  const [joined] = await open.tx.alerts.byIds([joinedId])
  const at = acts[joining]?.recordedAt ?? 0
  const raised = change !== undefined && change.recordedAt - at < AT_ONCE_MS
  const own = raised && later.length === 0 && joined?.urgency === alert.urgency
  return own ? (change?.who as Urgency) : null
}

/** Another urgency, as an act; both clocks start anew from it. */
async function setUrgency(open: Open, { alert }: AlertFacts, urgency: Urgency): Promise<void> {
  await open.tx.alerts.setUrgency(alert.id, urgency)
  const act = await recordAct(open, alert, {
    kind: 'urgency',
    slot: null,
    role: null,
    reason: urgency,
    who: alert.urgency,
  })
  await tellThread(open, { ...alert, urgency }, { line: 'act', act })
}

const isEarlier = (a: Alert, b: Alert): boolean =>
  a.raisedAt === b.raisedAt ? a.id < b.id : a.raisedAt < b.raisedAt
