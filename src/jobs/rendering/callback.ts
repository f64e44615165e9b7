import type { Locales } from '../../locales/index.ts'
import { alertFacts } from '../../operations/alert/facts.ts'
import { mayReadAlert } from '../../operations/alert.ts'
import { type CallbackFacts, callbackFacts } from '../../operations/callback/facts.ts'
import type { CallbackLine } from '../../operations/callback/tell.ts'
import { callbackDue } from '../../operations/callback.ts'
import { personReader } from '../../operations/channel.ts'
import type { Ctx, Person } from '../../operations/context.ts'
import { openContact } from '../../operations/intake/contact.ts'
import { callbackCard, callbackGone, callbackLine } from '../../views/callback.ts'
import type { ViewContext } from '../../views/context.ts'
import type { Delivery, OutboxEntry, Renderer } from '../contract.ts'
import { withheld } from './audience.ts'
import type { RenderingFamily } from './index.ts'

/** Renders a call back for one of those who may call; a call back stands in no channel. */
function forHandler(
  locales: Locales,
  render: (
    ctx: Ctx,
    view: ViewContext,
    facts: CallbackFacts,
    person: Person,
    entry: OutboxEntry,
  ) => Promise<Delivery>,
): Renderer {
  return async (ctx, entry) => {
    if (!entry.target.startsWith('person:')) return { do: 'drop', code: 'not_for_this_audience' }
    const { read } = ctx.store
    const callback = await read.callbacks.byId(entry.recordId)
    const person = await read.people.byId(entry.target.slice('person:'.length))
    if (!callback || !person) return { do: 'drop', code: 'gone' }
    const facts = await callbackFacts(ctx, read, callback)
    const words = locales.words(person.locale, person.zone)
    const view = { words, mission: ctx.mission, now: ctx.clock.now() }
    const may = facts.handlers.includes(person.id) && person.closedAt === null && person.constituency !== null
    if (may) return render(ctx, view, facts, person, entry)
    return withheld(ctx, entry, callback.id, callbackGone(view))
  }
}

const cardRenderer = (locales: Locales): Renderer =>
  forHandler(locales, async (ctx, view, facts, person) => ({
    do: 'card',
    recordId: facts.callback.id,
    message: callbackCard(view, facts, {
      personId: person.id,
      alertCode: await readableCode(ctx, facts, person),
    }),
  }))

const lineRenderer = (locales: Locales): Renderer =>
  forHandler(locales, async (_ctx, view, facts, _person, entry) => {
    const message = callbackLine(view, facts, entry.data.line as CallbackLine)
    return message ? { do: 'line', message, threadOf: facts.callback.id } : { do: 'drop', code: 'overtaken' }
  })

/** The code of the alert a call back became, for whoever may read the alert. */
async function readableCode(ctx: Ctx, { callback }: CallbackFacts, person: Person): Promise<string | null> {
  const { read } = ctx.store
  const alert = callback.alertId ? await read.alerts.byId(callback.alertId) : null
  if (!alert) return null
  const facts = await alertFacts(read, ctx.mission, ctx.clock.now(), alert)
  const reader = await personReader(read, person, ctx.clock.now())
  return mayReadAlert(ctx, facts, 'record', reader) ? alert.code : null
}

/** The mission's one word, to a source that still agrees to it. */
const replyRenderer: Renderer = async (ctx, entry) => {
  const { read } = ctx.store
  const { reply } = ctx.mission.intake
  const contact = await read.contacts.byId(entry.target.slice('contact:'.length))
  const source = contact?.sourceId ? await read.sources.byId(contact.sourceId) : null
  const agreed = source && source.replyAgreed !== null && source.doNotContact === null
  const reach = contact && agreed ? openContact(ctx, contact) : null
  if (!reply || reach?.kind !== 'number') return { do: 'drop', code: 'overtaken' }
  return { do: 'text', to: reach.said, text: reply.word }
}

export const callbackRendering: RenderingFamily = {
  cards: locales => ({ callback: cardRenderer(locales) }),
  lines: locales => ({ 'callback.line': lineRenderer(locales), 'intake.reply': replyRenderer }),
  timers: { 'callback.due': callbackDue },
}
