import type { Suspension } from '../../db/gates.ts'
import type { ReminderPlan } from '../../domain/reminder.ts'
import type { Open, Person } from '../context.ts'
import { type Remindable, remindOf } from '../reminder.ts'
import { callersFirst } from './ask.ts'
import { endOfDay } from './days.ts'
import { type GateFacts, gateFacts } from './facts.ts'

const DAY_MS = 86_400_000
const AGAIN_MS = 2 * DAY_MS
/** A suspension is asked after every second day for half a year; then a list shows it still. */
const MOST = 90

/** people.id of those who keep a clearance, decide it, and answer for what goes by it. */
export function keepersOf({
  asker,
  deciders,
  links,
}: Pick<GateFacts, 'asker' | 'deciders' | 'links'>): string[] {
  const accountable = links.flatMap(link => (link.accountable ? [link.accountable] : []))
  return [...new Set([asker, ...deciders].map(({ id }) => id).concat(accountable))]
}

function expiryPlan({ gate, template, acts, expired }: GateFacts): ReminderPlan | null {
  if (gate.expiresAt === null || expired) return null
  return {
    rules: [{ when: 'before', byMs: template?.remindBeforeMs ?? 0, everyMs: null, most: 1 }],
    dueAt: gate.expiresAt,
    since: acts.at(-1)?.at ?? gate.askedAt,
    imminent: false,
  }
}

/** Those it concerns are reminded before a clearance ends, and of no other gate. */
export async function syncGateReminders(open: Open, facts: GateFacts): Promise<void> {
  const people = await peopleOf(open, keepersOf(facts))
  await remindOf(open, { kind: 'gate', id: facts.gate.id }, people, expiryPlan(facts))
}

/** Clearances as a noun of reminders. */
export const gateReminders: Remindable = {
  async plan(ctx, repos, id, personId) {
    const gate = await repos.gates.byId(id)
    const facts = gate && (await gateFacts(ctx, repos, gate))
    return facts && keepersOf(facts).includes(personId) ? expiryPlan(facts) : null
  },
}

function restartPlan(open: Pick<Open, 'mission'>, row: Suspension): ReminderPlan | null {
  if (row.restartedAt !== null) return null
  return {
    rules: [
      { when: 'on_due', byMs: 0, everyMs: null, most: 1 },
      { when: 'after', byMs: AGAIN_MS, everyMs: AGAIN_MS, most: MOST },
    ],
    dueAt: endOfDay(open, row.restartDay) - DAY_MS,
    since: row.at,
    imminent: false,
  }
}

/** Whoever suspended something is asked on its day whether it began again, and every second day until it has. */
export async function syncSuspensionReminders(open: Open, row: Suspension): Promise<void> {
  const people = await peopleOf(open, await chased(open, row))
  await remindOf(open, { kind: 'suspension', id: row.id }, people, restartPlan(open, row))
}

/** Suspensions as a noun of reminders; they follow the post where somebody else stands it now. */
export const suspensionReminders: Remindable = {
  async plan(ctx, repos, id) {
    const row = await repos.suspensions.byId(id)
    return row && restartPlan(ctx, row)
  },
  async said(open, id) {
    const row = await open.tx.suspensions.byId(id)
    if (row) await syncSuspensionReminders(open, row)
  },
}

/** people.id of whoever suspended it, or of whoever holds their post now where that is somebody else. */
async function chased(open: Open, row: Suspension): Promise<string[]> {
  const gate = await open.tx.gates.byId(row.gateId)
  const facts = gate && (await gateFacts(open, open.tx, gate))
  const people = facts ? await callersFirst(open, facts.gate, facts.template) : []
  const still = people.some(({ id }) => id === row.by)
  const role = row.as?.split('@')[0]
  if (still || !role) return [row.by]
  const ids: string[] = []
  for (const { id } of people) {
    const held = await open.tx.roles.rolesOf(id, open.clock.now())
    if (held.some(each => each.role === role)) ids.push(id)
  }
  return ids.length > 0 ? ids : [row.by]
}

async function peopleOf({ tx }: Open, ids: readonly string[]): Promise<Person[]> {
  const people: Person[] = []
  for (const id of ids) {
    const person = await tx.people.byId(id)
    if (person?.closedAt === null) people.push(person)
  }
  return people
}
