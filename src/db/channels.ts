import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Constituency } from '../domain/mission.ts'
import type { Connection } from './connection.ts'
import type { Person } from './people.ts'
import { channelMembers, channels, people } from './schema.ts'
import { insertInto } from './statements.ts'

export type Channel = typeof channels.$inferSelect
export type NewChannel = typeof channels.$inferInsert

export interface SlackUser {
  teamId: string
  userId: string
}

/** A member of a channel; nobody the mission knows has `person` null, nobody confirmed `constituency` null. */
export interface Member extends SlackUser {
  constituency: Constituency | null
  person: Person | null
}

/** Slack channels the mission registered, and who is in them. */
export function channelsRepo(db: Connection) {
  const add = insertInto(db, channels)
  const join = insertInto(db, channelMembers, 'do nothing')
  const byId = db.orm
    .select()
    .from(channels)
    .where(eq(channels.id, sql.placeholder('id')))
    .prepare()
  const all = db.orm.select().from(channels).orderBy(asc(channels.registeredAt), asc(channels.id)).prepare()
  const members = db.orm
    .select({ teamId: channelMembers.teamId, userId: channelMembers.userId, person: people })
    .from(channelMembers)
    .leftJoin(people, and(eq(people.teamId, channelMembers.teamId), eq(people.userId, channelMembers.userId)))
    .where(eq(channelMembers.channelId, sql.placeholder('channelId')))
    .orderBy(asc(channelMembers.teamId), asc(channelMembers.userId))
    .prepare()
  const ofMember = db.raw
    .prepare<[string, string], string>(
      `select channel_id from channel_members join channels on channels.id = channel_id
       where channel_members.team_id = ? and channel_members.user_id = ? order by channels.registered_at, channels.id`,
    )
    .pluck()
  const withPurpose = (place?: SQL) =>
    db.orm
      .select()
      .from(channels)
      .where(and(eq(channels.purpose, sql.placeholder('purpose')), place))
      .orderBy(asc(channels.registeredAt), asc(channels.id))
      .prepare()
  const ofPurpose = withPurpose()
  const ofMission = withPurpose(isNull(channels.sector))
  const ofSector = withPurpose(eq(channels.sector, sql.placeholder('sector')))
  const clear = db.raw.prepare('delete from channel_members where channel_id = ?')
  const leave = db.raw.prepare(
    'delete from channel_members where channel_id = ? and team_id = ? and user_id = ?',
  )
  const looked = db.raw.prepare('update channels set members_at = ? where id = ?')

  return {
    async byId(id: string): Promise<Channel | null> {
      return db.kept.get(`channel:${id}`, () => byId.get({ id }) ?? null)
    },
    /** Every channel, longest registered first. */
    async all(): Promise<Channel[]> {
      return all.all()
    },
    /** Channels of a purpose; `sector` null asks for those of the whole mission, left out for any. */
    async byPurpose(purpose: string, sector?: string | null): Promise<Channel[]> {
      return db.kept.get(`channels:${purpose}:${JSON.stringify(sector)}`, () => {
        if (sector === undefined) return ofPurpose.all({ purpose })
        return sector === null ? ofMission.all({ purpose }) : ofSector.all({ purpose, sector })
      })
    },
    async insert(channel: NewChannel): Promise<void> {
      add(channel)
      db.kept.forget()
    },
    /** Changes the fields given; false when the channel is not registered. */
    async update(id: string, patch: Partial<Omit<Channel, 'id'>>): Promise<boolean> {
      const { changes } = db.orm.update(channels).set(patch).where(eq(channels.id, id)).run()
      db.kept.forget()
      return changes === 1
    },
    /** Takes the channel off the register; what stands in it is known by its postings. */
    async remove(id: string): Promise<boolean> {
      clear.run(id)
      const { changes } = db.orm.delete(channels).where(eq(channels.id, id)).run()
      db.kept.forget()
      return changes === 1
    },
    /** Replaces the member list by what Slack answered at `at` (epoch ms). */
    async setMembers(channelId: string, users: readonly SlackUser[], at: number): Promise<void> {
      clear.run(channelId)
      for (const { teamId, userId } of users) join({ channelId, teamId, userId })
      looked.run(at, channelId)
      db.kept.forget()
    },
    async members(channelId: string): Promise<Member[]> {
      return members
        .all({ channelId })
        .map(({ person, ...user }) => ({ ...user, person, constituency: person?.constituency ?? null }))
    },
    /** Ids of the channels somebody is in, longest registered first. */
    async ofMember({ teamId, userId }: SlackUser): Promise<string[]> {
      return ofMember.all(teamId, userId)
    },
    async addMember(channelId: string, { teamId, userId }: SlackUser): Promise<void> {
      join({ channelId, teamId, userId })
    },
    async removeMember(channelId: string, { teamId, userId }: SlackUser): Promise<void> {
      leave.run(channelId, teamId, userId)
    },
  }
}
