import type { Locales } from '../../locales/index.ts'
import type { AlertFacts } from '../../operations/alert/facts.ts'
import type { Ctx, Person } from '../../operations/context.ts'
import { numberOf } from '../../operations/sms/text.ts'
import { listSubscribed, subscribedAlerts } from '../../operations/subscription.ts'
import type { ViewContext } from '../../views/context.ts'
import { ownerText } from '../../views/sms.ts'
import { subscribedList, subscribedMessage } from '../../views/subscription.ts'
import type { Delivery, OutboxEntry, Renderer } from '../contract.ts'
import type { RenderingFamily } from './index.ts'

/** Renders of the alerts an entry names those its one reader may read now; nothing where none is left. */
function forSubscriber(
  locales: Locales,
  render: (
    ctx: Ctx,
    view: ViewContext,
    alerts: AlertFacts[],
    person: Person,
    entry: OutboxEntry,
  ) => Promise<Delivery>,
): Renderer {
  return async (ctx, entry) => {
    const person = await ctx.store.read.people.byId(entry.target.slice(entry.target.indexOf(':') + 1))
    if (!person || person.closedAt !== null) return { do: 'drop', code: 'gone' }
    const { alerts: listed } = entry.data as { alerts?: string[] }
    const alerts = await subscribedAlerts(ctx, listed ?? [entry.recordId], person)
    if (alerts.length === 0) return { do: 'drop', code: 'not_for_this_audience' }
    const words = locales.words(person.locale, person.zone)
    return render(ctx, { words, mission: ctx.mission, now: ctx.clock.now() }, alerts, person, entry)
  }
}

export const subscriptionRendering: RenderingFamily = {
  lines: locales => ({
    'subscription.alert': forSubscriber(locales, async (_, view, [facts], __, entry) => ({
      do: 'line',
      message: subscribedMessage(view, facts!, entry.data as never),
    })),
    'subscription.text': forSubscriber(locales, async (ctx, view, [facts], person) => {
      const to = await numberOf(ctx, person.id)
      if (to === null || facts!.alert.lifecycle !== 'open') return { do: 'drop', code: 'overtaken' }
      return { do: 'text', to, text: ownerText(view, facts!, null) }
    }),
    'subscription.list': forSubscriber(locales, async (_, view, alerts) => ({
      do: 'line',
      message: subscribedList(view, alerts),
      holds: alerts.map(({ alert }) => alert.id),
    })),
  }),
  timers: { 'subscription.list': listSubscribed },
}
