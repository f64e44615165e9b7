/**
 * Reminders of any noun: a row per record and person with the moment it is next said, and a timer for it. What a noun
 * adds is {@link Remindable}, handed in by whoever fires the timers.
 */
import type { Reminder } from '../db/reminders.ts'
import type { Repos } from '../db/store.ts'
import type { Timer } from '../db/timers.ts'
import {
  isQuiet,
  nextReminder,
  type PersonsHours,
  type ReminderPlan,
  SNOOZES,
  snoozeUntil,
} from '../domain/reminder.ts'
import { TocsinError } from '../errors.ts'
import { type Ctx, inTransaction, type Open, type Person } from './context.ts'
import { registeredPerson } from './permission.ts'
import { lineAt, note, personTarget, type RecordRef } from './telling.ts'

/** What a noun knows of its records for reminding. */
export interface Remindable {
  /** What this person is to be reminded of now; null where nothing is awaited of them any more. */
  plan(ctx: Ctx, repos: Repos, recordId: string, personId: string): Promise<ReminderPlan | null>
  /** The moment of a reminder has come, said or put off: what else follows, such as telling the post above. */
  said?(open: Open, recordId: string, personId: string): Promise<void>
  /** Somebody put it off: what shows it. */
  snoozed?(open: Open, recordId: string): Promise<void>
  /**
   * Of a noun that reminds by a timer of its own: says again what the person put off. Its reminders begin by being put
   * off, and are no item of the one message.
   */
  again?(open: Open, recordId: string, personId: string): Promise<void>
}
export type Remindables = Readonly<Record<string, Remindable>>

/** The zone and quiet hours of a person. */
export function hoursOf(
  { mission }: Pick<Ctx, 'mission'>,
  person: Pick<Person, 'zone' | 'settings'>,
): PersonsHours {
  return { zone: person.zone ?? mission.zone, quiet: person.settings?.quiet ?? mission.reminders.quiet }
}

/**
 * Reminds exactly these people of a record from now on, and nobody else any more.
 *
 * @param plan of what; null: nobody is reminded.
 * @param anew what was planned before starts over, for a record that was given anew.
 */
export async function remindOf(
  open: Open,
  record: RecordRef,
  people: readonly Person[],
  plan: ReminderPlan | null,
  anew = false,
): Promise<void> {
  const rows = await open.tx.reminders.ofRecord(record.kind, record.id)
  const wanted = plan ? people : []
  for (const row of rows) {
    if (!wanted.some(({ id }) => id === row.personId) && row.active) await stop(open, row)
  }
  if (!plan) return
  for (const person of wanted) {
    const known = rows.find(({ personId }) => personId === person.id)
    const row: Reminder = known ?? {
      id: open.ids.id(),
      recordKind: record.kind,
      recordId: record.id,
      personId: person.id,
      ...{ active: true, nextDueAt: null, lastPlanned: null, fired: 0, snoozedUntil: null },
    }
    if (!known) await open.tx.reminders.insert(row)
    const fresh = anew || (known !== undefined && !known.active)
    await arm(open, fresh ? { ...row, lastPlanned: null, snoozedUntil: null } : row, person, plan)
  }
}

async function arm(open: Open, row: Reminder, person: Person, plan: ReminderPlan): Promise<void> {
  const next = nextReminder(plan, row, hoursOf(open, person), open.clock.now())
  const missed = missedNext(open, row, person, plan)
  const nextDueAt = next && missed ? Math.min(next.at, missed.at) : (next?.at ?? null)
  const { lastPlanned, snoozedUntil, fired } = row
  await open.tx.reminders.update(row.id, { active: true, nextDueAt, lastPlanned, snoozedUntil, fired })
  const key = keyOf(row)
  if (nextDueAt === null) await open.tx.timers.cancel(key)
  else await open.tx.timers.ensure({ key, kind: 'reminder', recordId: row.id, dueAt: nextDueAt })
}

/** The next moment the rules plan of which a person who put it off hears nothing; null where they put nothing off. */
function missedNext(open: Open, row: Reminder, person: Person, plan: ReminderPlan) {
  const now = open.clock.now()
  if (row.snoozedUntil === null || row.snoozedUntil <= now) return null
  const planned = nextReminder(plan, { ...row, snoozedUntil: null }, hoursOf(open, person), now)
  return planned && planned.at < row.snoozedUntil ? planned : null
}

async function stop(open: Open, row: Reminder): Promise<void> {
  await open.tx.reminders.update(row.id, { active: false, nextDueAt: null })
  await open.tx.timers.cancel(keyOf(row))
}

const keyOf = ({ id }: Pick<Reminder, 'id'>) => `reminder:${id}`

/**
 * A reminder is due: it is said, and whatever else is due to the same person at this moment with it, in one message
 * . What cannot be read of one record keeps back that one alone: its own timer tries it again.
 */
export function fireReminder(ctx: Ctx, timer: Pick<Timer, 'recordId'>, kinds: Remindables): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const first = await repos.reminders.byId(timer.recordId)
    const person = first && (await repos.people.byId(first.personId))
    if (!first?.active || !person) return
    const now = open.clock.now()
    // What this timer is for must not fail unseen; of the others each has a timer of its own.
    const due = (await repos.reminders.dueOf(person.id, now)).filter(({ id }) => id !== first.id)
    const said: string[] = []
    if (await sayOne(open, first, person, kinds)) said.push(first.id)
    for (const row of due) {
      try {
        if (await sayOne(open, row, person, kinds)) said.push(row.id)
      } catch (error) {
        open.log.error(
          { reminder: row.id, kind: row.recordKind, err: error },
          'a reminder cannot be said yet',
        )
      }
    }
    if (said.length === 0) return
    await lineAt(open, 'reminder', `reminder:${person.id}`, personTarget(person.id), { reminders: said })
  })
}

/** False where nothing is awaited any more, or the person is told nothing yet. */
async function sayOne(open: Open, row: Reminder, person: Person, kinds: Remindables): Promise<boolean> {
  const noun = kinds[row.recordKind]
  const plan = noun ? await noun.plan(open, open.tx, row.recordId, person.id) : null
  if (!noun || !plan || person.closedAt !== null) {
    await stop(open, row)
    return false
  }
  const now = open.clock.now()
  const next = nextReminder(plan, row, hoursOf(open, person), now)
  if (!next || next.at > now) {
    const missed = missedNext(open, row, person, plan)
    const passes = missed !== null && missed.at <= now
    await arm(open, passes ? { ...row, lastPlanned: missed.planned } : row, person, plan)
    // Putting off quiets the person alone: a post above hears of what is late all the same.
    if (passes) await noun.said?.(open, row.recordId, person.id)
    return false
  }
  await arm(
    open,
    { ...row, lastPlanned: next.planned, snoozedUntil: null, fired: row.fired + 1 },
    person,
    plan,
  )
  await note(open, { kind: row.recordKind, id: row.recordId }, `${row.recordKind}.reminded`, {
    person: person.id,
    planned: next.planned,
    nth: row.fired + 1,
    late: now - next.planned > LATE_AFTER_MS && !isQuiet(next.planned, hoursOf(open, person)),
  })
  await noun.said?.(open, row.recordId, person.id)
  if (!noun.again) return true
  await noun.again(open, row.recordId, person.id)
  return false
}

/** A reminder said later than this after it was planned, quiet hours aside, is marked late. */
const LATE_AFTER_MS = 5 * 60_000

/** Which reminder is put off: its own id, or the record it is of. */
export type SnoozeInput = { choice: string } & ({ reminderId: string } | { record: RecordRef })

/**
 * Puts off what the acting person is reminded of, whatever it is; it shows on the record's card where there is one, and
 * in the trail.
 *
 * @returns until when (epoch ms).
 * @throws TocsinError `not_registered`, `unknown_term`, `nothing_awaited` where they are not reminded of it, or no more.
 */
export async function snooze(ctx: Ctx, input: SnoozeInput, kinds: Remindables): Promise<{ until: number }> {
  const person = registeredPerson(ctx)
  const choice = SNOOZES.find(each => each === input.choice)
  if (!choice) throw new TocsinError('unknown_term', { details: { value: input.choice } })
  return inTransaction(ctx, async (repos, open) => {
    const row = (await reminderOf(repos, person, input)) ?? (await begun(open, person, input, kinds))
    const noun = row && kinds[row.recordKind]
    const plan =
      row && (row.active || noun?.again) ? await noun?.plan(open, repos, row.recordId, person.id) : null
    if (!row || !noun || !plan) throw new TocsinError('nothing_awaited')
    const until = snoozeUntil(choice, open.clock.now(), hoursOf(open, person))
    await arm(open, { ...row, snoozedUntil: until }, person, plan)
    const { recordKind: kind, recordId: id } = row
    await note(open, { kind, id }, `${kind}.snoozed`, { until, choice })
    await noun.snoozed?.(open, id)
    return { until }
  })
}

/** The first reminder of a noun that reminds by a timer of its own; null where nothing is awaited of the person. */
async function begun(
  open: Open,
  person: Person,
  input: SnoozeInput,
  kinds: Remindables,
): Promise<Reminder | null> {
  if (!('record' in input)) return null
  const { kind: recordKind, id: recordId } = input.record
  const noun = kinds[recordKind]
  if (!noun?.again || !(await noun.plan(open, open.tx, recordId, person.id))) return null
  const row: Reminder = {
    ...{ id: open.ids.id(), recordKind, recordId, personId: person.id },
    ...{ active: true, nextDueAt: null, lastPlanned: null, fired: 0, snoozedUntil: null },
  }
  await open.tx.reminders.insert(row)
  return row
}

/** Whether the person put this off until later: the noun's own timer leaves them out. */
export async function isPutOff(open: Open, { kind, id }: RecordRef, personId: string): Promise<boolean> {
  const row = (await open.tx.reminders.ofRecord(kind, id)).find(each => each.personId === personId)
  return (row?.active && row.snoozedUntil !== null && row.snoozedUntil > open.clock.now()) ?? false
}

/** The acting person's own reminder; somebody else's is none. */
async function reminderOf(repos: Repos, person: Person, input: SnoozeInput): Promise<Reminder | null> {
  const rows =
    'record' in input
      ? await repos.reminders.ofRecord(input.record.kind, input.record.id)
      : [await repos.reminders.byId(input.reminderId)]
  return rows.find(row => row?.personId === person.id) ?? null
}
