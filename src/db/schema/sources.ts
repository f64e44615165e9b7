/** The vault: who gave a warning, sealed, and which alerts rest on them. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Credibility, Reliability } from '../../domain/source.ts'
import { alerts } from './alerts.ts'
import { bool } from './columns.ts'
import { people } from './people.ts'

/**
 * One row per source. `sealed` is AES-256-GCM under a data key of its own, which `wrappedKey` holds wrapped by the
 * vault's key `keyId`. An erased source keeps its row, so that the number of sources stays true, and nothing else.
 */
export const sources = sqliteTable(
  'sources',
  {
    id: text().primaryKey(),
    /** For the recorder and the deputy alone: a pseudonym with places and times gives a person away. */
    code: text().notNull().unique(),
    sealed: text(),
    wrappedKey: text('wrapped_key'),
    keyId: text('key_id'),
    recorder: text()
      .notNull()
      .references(() => people.id),
    deputy: text().references(() => people.id),
    /** Epoch ms since when nobody may get in touch; null: nothing speaks against it. */
    doNotContact: integer('do_not_contact'),
    /** Epoch ms since when it agreed to be sent the mission's one word after a text; null: nothing is ever sent. */
    replyAgreed: integer('reply_agreed'),
    createdAt: integer('created_at').notNull(),
    erasedAt: integer('erased_at'),
  },
  t => [index('sources_recorder').on(t.recorder), index('sources_deputy').on(t.deputy)],
)

/** Which sources an alert rests on, graded for this alert on the Admiralty scale. */
export const alertSources = sqliteTable(
  'alert_sources',
  {
    alertId: text('alert_id')
      .notNull()
      .references(() => alerts.id),
    sourceId: text('source_id')
      .notNull()
      .references(() => sources.id),
    /** A to F. */
    reliability: text().$type<Reliability>().notNull(),
    /** 1 to 6. */
    credibility: integer().$type<Credibility>().notNull(),
    /** False for one who only repeats what another source of this alert said. */
    independent: bool('independent').notNull().default(true),
    recordedAt: integer('recorded_at').notNull(),
    /** The report this source gave; null where it was not said: then the alert's first. */
    reportId: text('report_id'),
  },
  t => [primaryKey({ columns: [t.alertId, t.sourceId] }), index('alert_sources_source').on(t.sourceId)],
)
