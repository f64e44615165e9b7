import { and, asc, eq, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import { meetingAttendance, meetingEntries, meetingReports, meetings } from './schema.ts'
import { insertInto, listOf } from './statements.ts'

export type Meeting = typeof meetings.$inferSelect
export type MeetingEntry = typeof meetingEntries.$inferSelect
export type MeetingReport = typeof meetingReports.$inferSelect
export type MeetingAttendance = typeof meetingAttendance.$inferSelect

/** Meetings of groups, and what is on record of each. */
export function meetingsRepo(db: Connection) {
  const add = insertInto(db, meetings)
  const addEntry = insertInto(db, meetingEntries)
  const byId = db.orm
    .select()
    .from(meetings)
    .where(eq(meetings.id, sql.placeholder('value')))
    .prepare()
  const byRequestKey = db.orm
    .select()
    .from(meetings)
    .where(eq(meetings.requestKey, sql.placeholder('value')))
    .prepare()
  const ofForums = db.orm
    .select()
    .from(meetings)
    .where(sql`${meetings.forumId} in ${listOf('ids')}`)
    .orderBy(asc(meetings.at), asc(meetings.number), asc(meetings.id))
    .prepare()
  const entryById = db.orm
    .select()
    .from(meetingEntries)
    .where(eq(meetingEntries.id, sql.placeholder('value')))
    .prepare()
  const entryByMessage = db.orm
    .select()
    .from(meetingEntries)
    .where(
      and(
        eq(meetingEntries.channel, sql.placeholder('channel')),
        eq(meetingEntries.ts, sql.placeholder('ts')),
      ),
    )
    .prepare()
  const entriesOf = db.orm
    .select()
    .from(meetingEntries)
    .where(sql`${meetingEntries.meetingId} in ${listOf('ids')}`)
    .orderBy(asc(meetingEntries.at), asc(meetingEntries.id))
    .prepare()
  const openEntries = db.orm
    .select()
    .from(meetingEntries)
    .where(
      sql`${meetingEntries.kind} in ('decision', 'action') and ${meetingEntries.doneAt} is null and ${meetingEntries.state} = 'stands'`,
    )
    .orderBy(asc(meetingEntries.at), asc(meetingEntries.id))
    .prepare()
  const reportsOf = db.orm
    .select()
    .from(meetingReports)
    .where(sql`${meetingReports.meetingId} in ${listOf('ids')}`)
    .orderBy(asc(meetingReports.at), asc(meetingReports.post))
    .prepare()
  const attendanceOf = db.orm
    .select()
    .from(meetingAttendance)
    .where(sql`${meetingAttendance.meetingId} in ${listOf('ids')}`)
    .orderBy(asc(meetingAttendance.post))
    .prepare()
  const report = db.raw.prepare<[string, string, string | null, number, string]>(
    `insert into meeting_reports (meeting_id, post, text, at, by) values (?, ?, ?, ?, ?)
     on conflict (meeting_id, post) do update set text = excluded.text, at = excluded.at, by = excluded.by`,
  )
  const attend = db.raw.prepare<[string, string, string, number, string]>(
    `insert into meeting_attendance (meeting_id, post, grade, at, by) values (?, ?, ?, ?, ?)
     on conflict (meeting_id, post) do update set grade = excluded.grade, at = excluded.at, by = excluded.by`,
  )

  return {
    /** @throws SqliteError when the form was stored before. */
    async insert(row: Meeting): Promise<void> {
      add(row)
    },
    async byId(id: string): Promise<Meeting | null> {
      return byId.get({ value: id }) ?? null
    },
    /** The meeting a submitted form became. */
    async byRequestKey(key: string): Promise<Meeting | null> {
      return byRequestKey.get({ value: key }) ?? null
    },
    /** In the order of their days. */
    async ofForums(ids: readonly string[]): Promise<Meeting[]> {
      return ids.length === 0 ? [] : ofForums.all({ ids: JSON.stringify(ids) })
    },
    async update(id: string, patch: Partial<Omit<Meeting, 'id' | 'forumId'>>): Promise<void> {
      db.orm.update(meetings).set(patch).where(eq(meetings.id, id)).run()
    },
    /** @throws SqliteError when the message stands on a meeting's record already. */
    async addEntry(row: MeetingEntry): Promise<void> {
      addEntry(row)
    },
    async entryById(id: string): Promise<MeetingEntry | null> {
      return entryById.get({ value: id }) ?? null
    },
    async entryByMessage(channel: string, ts: string): Promise<MeetingEntry | null> {
      return entryByMessage.get({ channel, ts }) ?? null
    },
    async entriesOf(ids: readonly string[]): Promise<MeetingEntry[]> {
      return ids.length === 0 ? [] : entriesOf.all({ ids: JSON.stringify(ids) })
    },
    /** Decisions and actions that stand and were not carried out, of all meetings, the oldest first. */
    async openEntries(): Promise<MeetingEntry[]> {
      return openEntries.all()
    },
    async updateEntry(id: string, patch: Partial<Omit<MeetingEntry, 'id' | 'meetingId'>>): Promise<void> {
      db.orm.update(meetingEntries).set(patch).where(eq(meetingEntries.id, id)).run()
    },
    /** Writes what a post reported, in place of what it reported before. */
    async report(row: Omit<MeetingReport, 'used'>): Promise<void> {
      report.run(row.meetingId, row.post, row.text, row.at, row.by)
    },
    async reportsOf(ids: readonly string[]): Promise<MeetingReport[]> {
      return ids.length === 0 ? [] : reportsOf.all({ ids: JSON.stringify(ids) })
    },
    async setReportUsed(meetingId: string, post: string, used: boolean): Promise<void> {
      db.orm
        .update(meetingReports)
        .set({ used })
        .where(and(eq(meetingReports.meetingId, meetingId), eq(meetingReports.post, post)))
        .run()
    },
    async attend(row: MeetingAttendance): Promise<void> {
      attend.run(row.meetingId, row.post, row.grade, row.at, row.by)
    },
    async attendanceOf(ids: readonly string[]): Promise<MeetingAttendance[]> {
      return ids.length === 0 ? [] : attendanceOf.all({ ids: JSON.stringify(ids) })
    },
  }
}
