import fc from 'fast-check'
import { SUBSCRIPTION_MEANS } from '../../../src/domain/subscription.ts'
import * as subscriptions from '../../../src/operations/subscription.ts'
import { subscribeModal } from '../../../src/views/subscription.ts'
import { act, type Noun } from '../noun.ts'
import { nth, who } from '../world.ts'

export const noun: Noun = {
  begins: ['subscribe', 'raise'],
  lives: {
    'an alert that somebody wanted to hear of': [
      ['subscribe', { by: 'leadership', sector: 'north', means: 'direct' }],
      ['raise', { by: 'duty' }],
    ],
  },
  acts: {
    subscribe: act(
      fc.record({
        by: who,
        sector: fc.constantFrom('north', 'south', null),
        means: fc.constantFrom(...SUBSCRIPTION_MEANS),
      }),
      async (world, { by, sector, means }) => {
        const made = await subscriptions.subscribe(await world.as(by), { sector, means })
        world.add('subscription', made.id)
      },
    ),
    unsubscribe: act(fc.record({ by: who, nth }), async (world, given) =>
      subscriptions.unsubscribe(await world.as(given.by), world.pick('subscription', given.nth)),
    ),
  },
  apart: {
    listSubscribed: 'a timer, which `climb` fires',
    subscribedAlerts: 'what the messages of subscriptions name, which are rendered',
  },
  renders: ['subscription.alert', 'subscription.list'],
  also: ({ made: { alert = [], subscription = [] } }) =>
    subscription.map(recordId => ({ kind: 'subscription.list', recordId, data: { alerts: alert } })),
  silent: { 'subscription.text': 'a text: the words of owners’ texts, for whoever may read the alert' },
  onlyTo: { 'subscription.alert': 'person', 'subscription.list': 'person' },
  opens: {
    mySubscriptions: (_, { ctx, view, see }) =>
      see(async () => subscribeModal(view, await subscriptions.mySubscriptions(ctx))),
  },
}
