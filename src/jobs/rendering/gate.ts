import type { Suspension } from '../../db/gates.ts'
import { findRole } from '../../domain/mission.ts'
import type { Locales } from '../../locales/index.ts'
import type { Ctx, Person } from '../../operations/context.ts'
import { callersFirst } from '../../operations/gate/ask.ts'
import * as operation from '../../operations/gate.ts'
import { roleNamed, type ViewContext } from '../../views/context.ts'
import { aheadMessage } from '../../views/gate/lists.ts'
import {
  callFirstMessage,
  gateCard,
  gateMessage,
  gateReminder,
  suspensionCard,
  suspensionReminder,
} from '../../views/gate.ts'
import type { Delivery, OutboxEntry, Renderer } from '../contract.ts'
import type { RenderingFamily } from './index.ts'

const gone: Delivery = { do: 'drop', code: 'gone' }
const notTheirs: Delivery = { do: 'drop', code: 'not_for_this_audience' }

/** Renders for one person; gates stand in no channel. */
export function toPerson(
  locales: Locales,
  render: (ctx: Ctx, view: ViewContext, entry: OutboxEntry, person: Person) => Promise<Delivery>,
): Renderer {
  return async (ctx, entry) => {
    if (!entry.target.startsWith('person:')) return notTheirs
    const person = await ctx.store.read.people.byId(entry.target.slice('person:'.length))
    if (!person || person.closedAt !== null) return gone
    const words = locales.words(person.locale, person.zone)
    return render(ctx, { words, mission: ctx.mission, now: ctx.clock.now() }, entry, person)
  }
}

async function seen(ctx: Ctx, gateId: string, person: Person) {
  const gate = await ctx.store.read.gates.byId(gateId)
  return gate && operation.seenBy(ctx, await operation.gateFacts(ctx, ctx.store.read, gate), person)
}

const card = (locales: Locales) =>
  toPerson(locales, async (ctx, view, entry, person) => {
    const gate = await seen(ctx, entry.recordId, person)
    if (!gate) return gone
    if (!gate.reads.open) return notTheirs
    return { do: 'card', recordId: entry.recordId, message: gateCard(view, gate) }
  })

const line = (locales: Locales) =>
  toPerson(locales, async (ctx, view, entry, person) => {
    const gate = await seen(ctx, entry.recordId, person)
    if (!gate) return gone
    // Whoever answers for what goes by a gate hears how it stands, and reads no more than anybody of their part.
    const accountable = gate.facts.links.some(link => link.accountable === person.id)
    if (!gate.reads.open && !accountable) return notTheirs
    return { do: 'line', message: gateMessage(view, gate, String(entry.data.line)) }
  })

const callFirst = (locales: Locales) =>
  toPerson(locales, async (ctx, view, entry, person) => {
    const gate = await ctx.store.read.gates.byId(entry.recordId)
    if (!gate || gate.district === null || gate.days === null) return gone
    const template = operation.templateOf(ctx.mission, gate.template)
    if (!(await callersFirst(ctx, gate, template)).some(({ id }) => id === person.id)) return notTheirs
    if (gate.state === 'withdrawn') return { do: 'drop', code: 'overtaken' }
    const calls = template?.calls ?? ctx.mission.operationsCentre.role
    const message = callFirstMessage(
      view,
      { ...gate, district: gate.district, days: gate.days },
      { name: roleNamed(view, calls), phone: findRole(ctx.mission, calls)?.phone ?? null },
    )
    return { do: 'line', message }
  })

const ahead = (locales: Locales) =>
  toPerson(locales, async (ctx, view, entry, person) => {
    const template = operation.templateOf(ctx.mission, String(entry.data.template))
    const links = await ctx.store.read.gates.linksOf(String(entry.data.record), entry.recordId)
    const link = links.find(candidate => candidate.template === template?.id)
    if (!template || !link?.ground) return gone
    const held = await ctx.store.read.roles.rolesOf(person.id, ctx.clock.now())
    if (!held.some(({ role }) => role === template.decides)) return notTheirs
    const by = await ctx.store.read.people.byId(link.by)
    const roles = by ? await ctx.store.read.roles.rolesOf(by.id, link.at) : []
    const tasking = link.recordKind === 'tasking' ? await ctx.store.read.taskings.byId(link.recordId) : null
    const said = { ...link, exercise: tasking?.exercise ?? false }
    return { do: 'line', message: aheadMessage(view, template, said, roles[0] ?? null) }
  })

/** Whether a person answers for a suspension, reads it, or neither (null). */
async function readsSuspension(
  ctx: Ctx,
  row: Suspension,
  person: Person,
): Promise<'answers' | 'reads' | null> {
  const held = await ctx.store.read.roles.rolesOf(person.id, ctx.clock.now())
  const roles = held.map(({ role }) => role)
  if (row.by === person.id || roles.includes(row.as?.split('@')[0] ?? '')) return 'answers'
  return operation.mayReadSuspension(ctx, row, person, roles) ? 'reads' : null
}

/** A clearance that runs out, for a reminder; nothing for whoever it does not concern any more. */
export async function gateReminded(ctx: Ctx, view: ViewContext, id: string, person: Person) {
  const gate = await seen(ctx, id, person)
  if (!gate || gate.facts.expired || gate.facts.gate.expiresAt === null) return null
  const accountable = gate.facts.links.some(link => link.accountable === person.id)
  return gate.reads.open || accountable ? gateReminder(view, gate) : null
}

/** What is suspended still, for a reminder to who answers for it. */
export async function suspensionReminded(ctx: Ctx, view: ViewContext, id: string, person: Person) {
  const row = await ctx.store.read.suspensions.byId(id)
  if (!row || row.restartedAt !== null) return null
  return (await readsSuspension(ctx, row, person)) === 'answers' ? suspensionReminder(view, row) : null
}

const suspension = (locales: Locales) =>
  toPerson(locales, async (ctx, view, entry, person) => {
    const row = await ctx.store.read.suspensions.byId(entry.recordId)
    if (!row) return gone
    const reads = await readsSuspension(ctx, row, person)
    if (reads === null) return notTheirs
    const answers = reads === 'answers'
    return { do: 'card', recordId: row.id, message: suspensionCard(view, row, answers) }
  })

export const gateRendering: RenderingFamily = {
  cards: locales => ({ gate: card(locales), suspension: suspension(locales) }),
  lines: locales => ({
    'gate.line': line(locales),
    'gate.call_first': callFirst(locales),
    'gate.ahead': ahead(locales),
  }),
  timers: {
    'gate.clock': operation.clockRanOut,
    'gate.expiry': operation.gateExpired,
    'gate.window': operation.forgetGateWindow,
  },
}
