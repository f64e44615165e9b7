import type { EarlyWarningRow } from '../../db/early-warnings.ts'
import type { Alert } from '../../domain/alert.ts'
import { countsSince, earlyWarning } from '../../domain/early-warning.ts'
import type { RoleRef } from '../../domain/mission.ts'
import { peopleIn, unique } from '../alert/facts.ts'
import { freeCode } from '../code.ts'
import type { Ctx, Open, Person } from '../context.ts'
import { sameRole } from '../permission.ts'
import { isPutOff } from '../reminder.ts'
import { cardAt, lineAt, note, personTarget, refreshCardsOf } from '../telling.ts'

/** Alerts the store looks at for one that came in. */
const LOOKED_AT = 500

/**
 * Looks whether a warning that came in, or changed, makes several of one kind in one area; then they come before the
 * operations centre and the POC adviser as one item, or the item that stands takes it in. One that was decided to be
 * monitored, or left alone, is put to them anew: it has grown. Bounded by time, and done in the open transaction.
 */
export async function detectEarlyWarning(open: Open, alert: Pick<Alert, 'id'>): Promise<void> {
  const { tx, mission } = open
  const warning = await tx.alerts.byId(alert.id)
  const rule = mission.finding.earlyWarning
  if (!warning?.threat || warning.what === '') return
  const since = countsSince(warning.raisedAt, rule)
  const around = await tx.alerts.warningsSince(warning.threat, since, LOOKED_AT)
  const group = earlyWarning(warning, around, rule)
  if (!group) return
  const ids = group.map(({ id }) => id)
  const now = open.clock.now()
  const standing = await tx.earlyWarnings.latestOf(warning.threat, ids)
  const item =
    standing && standing.createdAt >= countsSince(now, rule) ? standing : await begin(open, warning)
  let grown = 0
  for (const id of ids) if (await tx.earlyWarnings.addAlert(item.id, id, now)) grown++
  if (grown === 0) return
  if (item !== standing) return tell(open, item, 'early_warning.found')
  await note(open, of(item), 'early_warning.grown', { code: item.code, alert: warning.id })
  if (item.state === 'monitor' || item.state === 'no_action') return askAgain(open, item)
  await refreshCardsOf(open, of(item))
  if (item.state === 'open') await tellDeciders(open, item, 'early_warning.grown')
}

async function begin(open: Open, { threat, exercise }: Alert): Promise<EarlyWarningRow> {
  const now = open.clock.now()
  const item: EarlyWarningRow = {
    id: open.ids.id(),
    code: await freeCode(open.ids, 'E', code => open.tx.earlyWarnings.byCode(code)),
    exercise,
    threat: threat as string,
    createdAt: now,
    state: 'open',
    askedAt: now,
    decidedBy: null,
    decidedRole: null,
    decidedAt: null,
    until: null,
    reason: null,
  }
  await open.tx.earlyWarnings.insert(item)
  return item
}

/** A decision is owed again: what was decided before stays in the trail. */
export async function askAgain(open: Open, item: EarlyWarningRow): Promise<void> {
  await open.tx.earlyWarnings.set({ ...item, state: 'open', askedAt: open.clock.now(), until: null })
  await tell(open, item, 'early_warning.asked')
}

async function tell(open: Open, item: EarlyWarningRow, kind: string): Promise<void> {
  await note(open, of(item), kind, { code: item.code, threat: item.threat })
  await refreshCardsOf(open, of(item))
  await tellDeciders(open, item, 'early_warning.asked')
  await armReminder(open, item.id, open.clock.now() + open.mission.finding.earlyWarning.remindMs)
}

/** The card and a line to each who owes the decision; what they may not read the renderer leaves out. */
export async function tellDeciders(open: Open, item: EarlyWarningRow, line: string): Promise<void> {
  for (const { id } of await deciders(open)) {
    if (line === 'early_warning.reminder' && (await isPutOff(open, of(item), id))) continue
    await cardAt(open, of(item), personTarget(id))
    await lineAt(open, line, item.id, personTarget(id))
  }
}

export function armReminder(open: Open, warningId: string, dueAt: number): Promise<unknown> {
  const key = reminderKey(warningId)
  return open.tx.timers.arm({ key, kind: 'early_warning.due', recordId: warningId, dueAt })
}

export const reminderKey = (warningId: string): string => `early_warning:${warningId}`

/** The roles that decide: the operations centre and the POC adviser. */
export function decidingPosts({ mission }: Pick<Ctx, 'mission'>) {
  return [mission.operationsCentre, ...(mission.pocAdviser ? [mission.pocAdviser] : [])]
}

/**
 * The post in which somebody with these roles decides; null where they hold none that does. Who stands in for the
 * operations centre too decides as the POC adviser, whose matter it is.
 */
export function decidesAs({ mission }: Pick<Ctx, 'mission'>, roles: readonly RoleRef[]): RoleRef | null {
  return (
    decidingPosts({ mission })
      .toReversed()
      .find(post => roles.some(role => sameRole(role, post))) ?? null
  )
}

/** Who is first told for each of them now. */
async function deciders(open: Open): Promise<Person[]> {
  const now = open.clock.now()
  const people = await Promise.all(decidingPosts(open).map(ref => peopleIn(open.tx, ref, now)))
  return unique(people.flatMap(([first]) => first ?? []))
}

export const of = ({ id }: Pick<EarlyWarningRow, 'id'>) => ({ kind: 'early_warning', id })
