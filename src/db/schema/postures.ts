/** Changes of the mission's posture. */
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Constituency } from '../../domain/mission.ts'
import type { PostureGround } from '../../domain/posture.ts'
import { people } from './people.ts'

/** The mission's posture changed somewhere: clashes, a new mandate, an operation with partner forces. */
export const postures = sqliteTable('postures', {
  id: text().primaryKey(),
  code: text().notNull().unique(),
  holder: text().$type<Constituency>().notNull(),
  ground: text().$type<PostureGround>().notNull(),
  /** Null: the whole mission. */
  sector: text(),
  /** Null: the whole sector. */
  district: text(),
  untilDay: text('until_day'),
  declaredBy: text('declared_by')
    .notNull()
    .references(() => people.id),
  declaredAs: text('declared_as').notNull(),
  declaredAt: integer('declared_at').notNull(),
  note: text(),
  endedAt: integer('ended_at'),
  requestKey: text('request_key').unique(),
})

/** A joint item that pauses with a change of posture, and the word of those it is for. */
export const postureItems = sqliteTable(
  'posture_items',
  {
    id: text().primaryKey(),
    postureId: text('posture_id')
      .notNull()
      .references(() => postures.id),
    recordKind: text('record_kind').notNull(),
    recordId: text('record_id').notNull(),
    /** people.id of the humanitarian who is asked. */
    asked: text().notNull(),
    state: text().$type<'paused' | 'confirmed' | 'ended'>().notNull(),
    answeredAt: integer('answered_at'),
  },
  t => [
    uniqueIndex('posture_items_record').on(t.postureId, t.recordKind, t.recordId, t.asked),
    index('posture_items_of').on(t.recordKind, t.recordId, t.state),
    index('posture_items_asked').on(t.asked, t.state),
  ],
)
