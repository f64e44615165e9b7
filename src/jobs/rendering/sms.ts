import type { Locales } from '../../locales/index.ts'
import { alertFacts } from '../../operations/alert/facts.ts'
import { ownerIn } from '../../operations/alert/owner.ts'
import { mayReadAlert } from '../../operations/alert.ts'
import { personReader } from '../../operations/channel.ts'
import { numberOf, oneTimeCodes } from '../../operations/sms/text.ts'
import { ownerText, textRefused } from '../../views/sms.ts'
import type { Renderer } from '../contract.ts'
import type { RenderingFamily } from './index.ts'

/** A text to an owner, while it is still awaited of them and they may read the alert. */
const textRenderer =
  (locales: Locales): Renderer =>
  async (ctx, entry) => {
    const { read } = ctx.store
    const now = ctx.clock.now()
    const sent = await read.texts.byId(String(entry.data.text))
    const alert = sent && (await read.alerts.byId(sent.alertId))
    const person = sent && (await read.people.byId(sent.personId))
    if (!sent || !alert || !person || entry.target !== `phone:${sent.personId}`)
      return { do: 'drop', code: 'gone' }
    const facts = await alertFacts(read, ctx.mission, now, alert)
    if (!mayReadAlert(ctx, facts, 'record', await personReader(read, person, now)))
      return { do: 'drop', code: 'not_for_this_audience' }
    const { awaiting } = ownerIn(facts, sent.slot).state
    const overtaken = awaiting === null || (sent.asks && awaiting !== 'acknowledge') || sent.expiresAt <= now
    if (alert.exercise || overtaken) return { do: 'drop', code: 'overtaken' }
    const to = await numberOf(ctx, person.id)
    if (to === null) return { do: 'drop', code: 'no_phone' }
    const view = { words: locales.words(person.locale, person.zone), mission: ctx.mission, now }
    const code = sent.asks ? (oneTimeCodes(ctx, sent)[0] ?? null) : null
    return { do: 'text', to, text: ownerText(view, facts, code), textId: sent.id }
  }

/** To whoever answered a text: that it counted for nothing. */
const refusedRenderer =
  (locales: Locales): Renderer =>
  async (ctx, entry) => {
    const person = await ctx.store.read.people.byId(entry.target.slice('person:'.length))
    if (!person) return { do: 'drop', code: 'gone' }
    const view = {
      words: locales.words(person.locale, person.zone),
      mission: ctx.mission,
      now: ctx.clock.now(),
    }
    return { do: 'line', message: textRefused(view, String(entry.data.why)) }
  }

export const smsRendering: RenderingFamily = {
  lines: locales => ({ 'alert.sms': textRenderer(locales), 'sms.refused': refusedRenderer(locales) }),
}
