/** Registered Slack channels, who is in them, and their digests. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { DigestKind } from '../../domain/digest.ts'
import { bool } from './columns.ts'

/** Slack channels the mission registered, each with its purpose. */
export const channels = sqliteTable('channels', {
  id: text().primaryKey(),
  teamId: text('team_id').notNull(),
  purpose: text().notNull(),
  sector: text(),
  language: text().notNull(),
  digest: bool('digest').notNull(),
  isPublic: bool('is_public').notNull().default(false),
  /** When the members were last read from Slack; null: never. */
  membersAt: integer('members_at'),
  registeredAt: integer('registered_at').notNull(),
  /** people.id; null for a channel the mission file named. */
  registeredBy: text('registered_by'),
  /** Ids of the other workspaces it is shared with. */
  sharedWith: text('shared_with', { mode: 'json' }).$type<string[]>().notNull().default([]),
  /** Since when it holds people who may not read what stands in it, as its registrar was told; null: it does not. */
  exposedSince: integer('exposed_since'),
})

export const channelMembers = sqliteTable(
  'channel_members',
  {
    channelId: text('channel_id').notNull(),
    teamId: text('team_id').notNull(),
    userId: text('user_id').notNull(),
  },
  t => [primaryKey({ columns: [t.channelId, t.teamId, t.userId] })],
)

/** One digest per channel, kind and local day, whatever restarts happen. */
export const digestRuns = sqliteTable(
  'digest_runs',
  {
    channelId: text('channel_id').notNull(),
    kind: text().$type<DigestKind>().notNull().default('daily'),
    /** The local day as `YYYY-MM-DD`. */
    day: text().notNull(),
    /** When it should have gone, and `at` when it was taken; epoch ms. */
    dueAt: integer('due_at').notNull(),
    at: integer().notNull(),
    late: bool('late').notNull(),
  },
  t => [primaryKey({ columns: [t.channelId, t.kind, t.day] })],
)
