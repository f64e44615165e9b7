/** Who asked to hear of alerts beyond their own duty, and what they were told. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Constituency, Urgency } from '../../domain/mission.ts'
import type { SubscriptionMeans } from '../../domain/subscription.ts'
import { alerts } from './alerts.ts'
import { people } from './people.ts'

export const subscriptions = sqliteTable(
  'subscriptions',
  {
    id: text().primaryKey(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    sector: text(),
    component: text().$type<Constituency>(),
    threat: text(),
    means: text().$type<SubscriptionMeans>().notNull(),
    createdAt: integer('created_at').notNull(),
    endedAt: integer('ended_at'),
  },
  t => [index('subscriptions_person').on(t.personId, t.endedAt)],
)

/** The key is why nobody hears the same thing twice. */
export const subscriptionTold = sqliteTable(
  'subscription_told',
  {
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    alertId: text('alert_id')
      .notNull()
      .references(() => alerts.id),
    urgency: text().$type<Urgency>().notNull(),
    means: text().$type<SubscriptionMeans>().notNull(),
    at: integer().notNull(),
    /** When it left with a list; null while it waits for one. */
    listedAt: integer('listed_at'),
  },
  t => [
    primaryKey({ columns: [t.personId, t.alertId, t.urgency] }),
    index('subscription_told_waiting').on(t.personId, t.means, t.listedAt),
  ],
)
