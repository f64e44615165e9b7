import type { Locales } from '../../locales/index.ts'
import { administrators, answeringSide } from '../../operations/administrators.ts'
import type { Ctx, Person } from '../../operations/context.ts'
import { handoverTable, itemFacts } from '../../operations/handover.ts'
import { coverageOf } from '../../operations/reach.ts'
import { mayReadRegistration, registrationFacts } from '../../operations/registration.ts'
import { closedMessage } from '../../views/compromised.ts'
import type { ViewContext } from '../../views/context.ts'
import { handoverCard, handoverReminder, tableMessage } from '../../views/handover.ts'
import { coverageMessage, reachCard } from '../../views/reach.ts'
import { decidedMessage, registrationCard } from '../../views/registration.ts'
import type { ReminderItem } from '../../views/reminder.ts'
import type { Delivery, OutboxEntry, Renderer } from '../contract.ts'

const gone: Delivery = { do: 'drop', code: 'gone' }
const notTheirs: Delivery = { do: 'drop', code: 'not_for_this_audience' }

/** Renders for one person by direct message, in their words; whoever's access was closed is told nothing. */
function toPerson(
  locales: Locales,
  render: (ctx: Ctx, entry: OutboxEntry, person: Person, view: ViewContext) => Promise<Delivery>,
): Renderer {
  return async (ctx, entry) => {
    const person = await ctx.store.read.people.byId(entry.target.slice('person:'.length))
    if (!person) return gone
    if (person.closedAt !== null) return notTheirs
    const words = locales.words(person.locale, person.zone)
    return render(ctx, entry, person, { words, mission: ctx.mission, now: ctx.clock.now() })
  }
}

/** A request to join, for the administrators of the side it was put to and nobody else. */
export function registrationCardRenderer(locales: Locales): Renderer {
  return toPerson(locales, async (ctx, entry, person, view) => {
    const facts = await registrationFacts(ctx, entry.recordId)
    if (!facts) return gone
    if (!(await mayReadRegistration(ctx, facts, person.id))) return notTheirs
    const { decidedBy } = facts.registration
    const decider = decidedBy === null ? null : await ctx.store.read.people.byId(decidedBy)
    return { do: 'card', recordId: entry.recordId, message: registrationCard(view, facts, decider) }
  })
}

/** What the side decided, to the person who asked. */
export function registrationDecidedRenderer(locales: Locales): Renderer {
  return async (ctx, entry) => {
    const facts = await registrationFacts(ctx, entry.recordId)
    if (!facts) return gone
    const { person } = facts
    const view = {
      words: locales.words(person.locale, person.zone),
      mission: ctx.mission,
      now: ctx.clock.now(),
    }
    const message = decidedMessage(view, facts)
    return message ? { do: 'line', message } : { do: 'drop', code: 'overtaken' }
  }
}

/** Something to take over, for the successor named. */
export function handoverCardRenderer(locales: Locales): Renderer {
  return toPerson(locales, async (ctx, entry, person, view) => {
    const item = await ctx.store.read.handovers.item(entry.recordId)
    if (!item) return gone
    const message = handoverCard(view, await itemFacts(ctx, item), person.id)
    return { do: 'card', recordId: entry.recordId, message }
  })
}

/** A leaver's duty that waits for an answer, as a thing its successor is reminded of. */
export async function handoverReminded(
  ctx: Ctx,
  view: ViewContext,
  id: string,
  person: Person,
): Promise<ReminderItem | null> {
  const item = await ctx.store.read.handovers.item(id)
  if (item?.state !== 'offered' || item.successor !== person.id) return null
  const facts = await itemFacts(ctx, item)
  return facts.handover.state === 'open' ? handoverReminder(view, facts) : null
}

/** The table of a handover, for who leaves, who began it and the administrators of that side. */
export function handoverTableRenderer(locales: Locales): Renderer {
  return toPerson(locales, async (ctx, entry, person, view) => {
    const table = await handoverTable(ctx, entry.recordId)
    if (!table) return gone
    const administers = await administersPerson(ctx, person, table.leaver)
    const { personId, begunBy } = table.handover
    if (!administers && person.id !== personId && person.id !== begunBy) return notTheirs
    return { do: 'line', message: tableMessage(view, table, administers && person.id !== personId) }
  })
}

/** Whose access was closed, for the other administrators of that side. */
export function accessClosedRenderer(locales: Locales): Renderer {
  return toPerson(locales, async (ctx, entry, person, view) => {
    const closed = await ctx.store.read.people.byId(entry.recordId)
    const closure = await ctx.store.read.registrations.lastClosure(entry.recordId)
    if (!closed || !closure || closure.id !== entry.data.closure) return gone
    if (!(await administersPerson(ctx, person, closed))) return notTheirs
    return { do: 'line', message: closedMessage(view, { person: closed, closure }) }
  })
}

export function reachCardRenderer(locales: Locales): Renderer {
  return toPerson(locales, async (ctx, entry, person, view) => {
    const check = await ctx.store.read.reach.byId(entry.recordId)
    if (check?.personId !== person.id) return gone
    return { do: 'card', recordId: check.id, message: reachCard(view, check) }
  })
}

/** Where nobody is known to be in reach, as far as it is this reader's to know. */
export function reachGapsRenderer(locales: Locales): Renderer {
  return toPerson(locales, async (ctx, _entry, person, view) => {
    const coverage = await coverageOf(ctx, person)
    return coverage ? { do: 'line', message: coverageMessage(view, coverage) } : notTheirs
  })
}

async function administersPerson(ctx: Ctx, reader: Person, person: Person): Promise<boolean> {
  const repos = ctx.store.read
  const side = await answeringSide(repos, person)
  const people = await administrators(repos, ctx.mission, side, ctx.clock.now())
  return people.some(({ id }) => id === reader.id)
}
