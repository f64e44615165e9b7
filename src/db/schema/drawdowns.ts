/** A rotation, a base's closure, a mission's transition: what goes to whom, and what goes to nobody. */
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { DrawdownKind, ItemState, LineKind } from '../../domain/drawdown.ts'
import type { Constituency } from '../../domain/mission.ts'
import { people } from './people.ts'

export const drawdowns = sqliteTable('drawdowns', {
  id: text().primaryKey(),
  code: text().notNull().unique(),
  holder: text().$type<Constituency>().notNull(),
  kind: text().$type<DrawdownKind>().notNull(),
  /** The base that closes or rotates; null for a mission's transition. */
  base: text(),
  sector: text(),
  /** `YYYY-MM-DD`. */
  day: text().notNull(),
  note: text(),
  by: text()
    .notNull()
    .references(() => people.id),
  at: integer().notNull(),
  closedBy: text('closed_by'),
  closedAt: integer('closed_at'),
  requestKey: text('request_key').unique(),
})

export const drawdownItems = sqliteTable(
  'drawdown_items',
  {
    id: text().primaryKey(),
    drawdownId: text('drawdown_id')
      .notNull()
      .references(() => drawdowns.id),
    /** What kind of thing, by the registry: `place`, `function` … */
    kind: text().notNull(),
    /** The record or place; for a function its own id. */
    ref: text().notNull(),
    /** What a function is called; null: named by its ref. */
    title: text(),
    /** people.id of who is asked to take it. */
    receiver: text(),
    needed: text(),
    available: text(),
    state: text().$type<ItemState>().notNull(),
    /** Of who accepts with conditions or declines. */
    conditions: text(),
    answeredAt: integer('answered_at'),
    /** When it changed hands, and who said so; when somebody else checked that it works. */
    handedAt: integer('handed_at'),
    handedBy: text('handed_by'),
    verifiedAt: integer('verified_at'),
    /** For a place: what stands in the base's stead. */
    line: text().$type<LineKind>(),
    lineText: text('line_text'),
    lineBy: text('line_by'),
  },
  t => [
    uniqueIndex('drawdown_items_ref').on(t.drawdownId, t.kind, t.ref),
    index('drawdown_items_receiver').on(t.receiver, t.state),
  ],
)
