/** Table-top exercises: what they are about, their script, what was answered, what was learned. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Constituency } from '../../domain/mission.ts'
import type { ExerciseState } from '../../domain/tabletop.ts'
import { people } from './people.ts'

export const exercises = sqliteTable('exercises', {
  id: text().primaryKey(),
  code: text().notNull().unique(),
  /** Erasable, as is what was learned. */
  name: text().notNull(),
  holder: text().$type<Constituency>().notNull(),
  audience: text({ mode: 'json' }).$type<Constituency[]>().notNull(),
  /** The posts that take part (`role` or `role@sector`). */
  posts: text({ mode: 'json' }).$type<string[]>().notNull(),
  /** The exercise it is compared with. */
  baselineId: text('baseline_id'),
  state: text().$type<ExerciseState>().notNull(),
  madeBy: text('made_by')
    .notNull()
    .references(() => people.id),
  madeAt: integer('made_at').notNull(),
  startedAt: integer('started_at'),
  endedAt: integer('ended_at'),
  worked: text(),
  failed: text(),
  noLesson: text('no_lesson'),
  reviewedAt: integer('reviewed_at'),
  requestKey: text('request_key').unique(),
})

export const exerciseEvents = sqliteTable(
  'exercise_events',
  {
    exerciseId: text('exercise_id')
      .notNull()
      .references(() => exercises.id),
    /** From 1, in the order of their times. */
    position: integer().notNull(),
    afterMs: integer('after_ms').notNull(),
    /** Erasable. */
    what: text().notNull(),
    /** A place of the gazetteer: there it is an alert; null: the players are told. */
    placeId: text('place_id'),
    sentAt: integer('sent_at'),
    alertId: text('alert_id'),
  },
  t => [primaryKey({ columns: [t.exerciseId, t.position] })],
)

/** The first answer of each post to each event it was told. */
export const exerciseAnswers = sqliteTable(
  'exercise_answers',
  {
    exerciseId: text('exercise_id')
      .notNull()
      .references(() => exercises.id),
    position: integer().notNull(),
    post: text().notNull(),
    /** Erasable. */
    words: text(),
    at: integer().notNull(),
    by: text().notNull(),
  },
  t => [primaryKey({ columns: [t.exerciseId, t.position, t.post] })],
)

export const exerciseLessons = sqliteTable(
  'exercise_lessons',
  {
    id: text().primaryKey(),
    exerciseId: text('exercise_id')
      .notNull()
      .references(() => exercises.id),
    /** Erasable. */
    text: text(),
    owner: text().notNull(),
    dueAt: integer('due_at').notNull(),
  },
  t => [index('exercise_lessons_exercise').on(t.exerciseId)],
)
