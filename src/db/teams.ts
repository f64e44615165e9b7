import { and, asc, eq, getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import {
  personProfiles,
  teamActs,
  teamLines,
  teamMembers,
  teamSections,
  teams,
  teamWaivers,
} from './schema.ts'
import { insertInto, listOf } from './statements.ts'
import { teamFindings } from './team-findings.ts'

const { seq: _seq, ...actColumns } = getTableColumns(teamActs)

export type Team = typeof teams.$inferSelect
export type TeamSectionRow = typeof teamSections.$inferSelect
export type TeamMember = typeof teamMembers.$inferSelect
export type TeamLineRow = typeof teamLines.$inferSelect
export type TeamWaiver = typeof teamWaivers.$inferSelect
export type TeamActRow = Omit<typeof teamActs.$inferSelect, 'seq'>
export type { TeamNote, TeamQuestion, TeamRecommendation, TeamReport, TeamReview } from './team-findings.ts'
export type PersonProfile = typeof personProfiles.$inferSelect

/** What an act or an edit changes of a team. */
export type TeamPatch = Partial<Omit<Team, 'id' | 'code' | 'version' | 'requestKey'>>

/** Joint protection teams and their kin, with all that is written about each. */
export function teamsRepo(db: Connection) {
  const add = insertInto(db, teams)
  const addAct = insertInto(db, teamActs)
  const one = (column: typeof teams.id | typeof teams.code | typeof teams.requestKey) =>
    db.orm
      .select()
      .from(teams)
      .where(eq(column, sql.placeholder('value')))
      .prepare()
  const byId = one(teams.id)
  const byCode = one(teams.code)
  const byRequestKey = one(teams.requestKey)
  const list = (where: SQL) =>
    db.orm.select().from(teams).where(where).orderBy(asc(teams.fromAt), asc(teams.id)).prepare()
  const byIds = list(sql`${teams.id} in ${listOf('ids')}`)
  const all = list(sql`1`)
  const open = list(sql`${teams.state} not in ('closed', 'declined', 'cancelled')`)
  const out = list(sql`${teams.state} = 'out'`)
  const ofHotspots = list(sql`${teams.hotspotId} in ${listOf('ids')}`)
  const ofPerson = list(
    sql`${teams.id} in (select team_id from team_members where person_id = ${sql.placeholder('id')})`,
  )
  const sections = db.orm
    .select()
    .from(teamSections)
    .where(sql`${teamSections.teamId} in ${listOf('ids')}`)
    .prepare()
  const members = db.orm
    .select()
    .from(teamMembers)
    .where(sql`${teamMembers.teamId} in ${listOf('ids')}`)
    .orderBy(asc(teamMembers.at), asc(teamMembers.personId))
    .prepare()
  const lines = db.orm
    .select()
    .from(teamLines)
    .where(sql`${teamLines.teamId} in ${listOf('ids')}`)
    .prepare()
  const waivers = db.orm
    .select()
    .from(teamWaivers)
    .where(sql`${teamWaivers.teamId} in ${listOf('ids')}`)
    .orderBy(asc(teamWaivers.at))
    .prepare()
  const acts = db.orm
    .select(actColumns)
    .from(teamActs)
    .where(sql`${teamActs.teamId} in ${listOf('ids')}`)
    .orderBy(asc(teamActs.seq))
    .prepare()
  const profiles = db.orm
    .select()
    .from(personProfiles)
    .where(sql`${personProfiles.personId} in ${listOf('ids')}`)
    .prepare()
  const many = (ids: readonly string[]) => ({ ids: JSON.stringify(ids) })

  return {
    /** @throws SqliteError when the code or the form was stored before. */
    async insert(row: Team): Promise<void> {
      add(row)
    },
    async byId(id: string): Promise<Team | null> {
      return byId.get({ value: id }) ?? null
    },
    /** By its code as stored, such as `J-7K4Q`. */
    async byCode(code: string): Promise<Team | null> {
      return byCode.get({ value: code }) ?? null
    },
    /** The team a submitted form became. */
    async byRequestKey(key: string): Promise<Team | null> {
      return byRequestKey.get({ value: key }) ?? null
    },
    /** Those that exist, by the first day they are planned for; so are all lists of teams. */
    async byIds(ids: readonly string[]): Promise<Team[]> {
      return byIds.all(many(ids))
    },
    async all(): Promise<Team[]> {
      return all.all()
    },
    /** Those about which something is still to be done. */
    async open(): Promise<Team[]> {
      return open.all()
    },
    async out(): Promise<Team[]> {
      return out.all()
    },
    async ofHotspots(ids: readonly string[]): Promise<Team[]> {
      return ofHotspots.all({ ids: JSON.stringify(ids) })
    },
    /** Teams somebody goes, or went, with. */
    async ofPerson(id: string): Promise<Team[]> {
      return ofPerson.all({ id })
    },
    /** Changes fields when the team still has the version that was read, and counts it up. */
    async update(id: string, expectedVersion: number, patch: TeamPatch): Promise<boolean> {
      const { changes } = db.orm
        .update(teams)
        .set({ ...patch, version: sql`${teams.version} + 1` })
        .where(and(eq(teams.id, id), eq(teams.version, expectedVersion)))
        .run()
      return changes === 1
    },
    async setSection(row: TeamSectionRow): Promise<void> {
      const { teamId: _team, section: _section, ...rest } = row
      db.orm
        .insert(teamSections)
        .values(row)
        .onConflictDoUpdate({ target: [teamSections.teamId, teamSections.section], set: rest })
        .run()
    },
    async sectionsOf(ids: readonly string[]): Promise<TeamSectionRow[]> {
      return sections.all(many(ids))
    },
    async setMember(row: TeamMember): Promise<void> {
      const { teamId: _team, personId: _person, ...rest } = row
      db.orm
        .insert(teamMembers)
        .values(row)
        .onConflictDoUpdate({ target: [teamMembers.teamId, teamMembers.personId], set: rest })
        .run()
    },
    async removeMember(teamId: string, personId: string): Promise<void> {
      db.orm
        .delete(teamMembers)
        .where(and(eq(teamMembers.teamId, teamId), eq(teamMembers.personId, personId)))
        .run()
    },
    /** Who goes, first named first. */
    async membersOf(ids: readonly string[]): Promise<TeamMember[]> {
      return members.all(many(ids))
    },
    async setLine(row: TeamLineRow): Promise<void> {
      const { teamId: _team, line: _line, ...rest } = row
      db.orm
        .insert(teamLines)
        .values(row)
        .onConflictDoUpdate({ target: [teamLines.teamId, teamLines.line], set: rest })
        .run()
    },
    async removeLine(teamId: string, line: TeamLineRow['line']): Promise<void> {
      db.orm
        .delete(teamLines)
        .where(and(eq(teamLines.teamId, teamId), eq(teamLines.line, line)))
        .run()
    },
    async linesOf(ids: readonly string[]): Promise<TeamLineRow[]> {
      return lines.all(many(ids))
    },
    async waive(row: TeamWaiver): Promise<void> {
      const { teamId: _team, what: _what, ...rest } = row
      db.orm
        .insert(teamWaivers)
        .values(row)
        .onConflictDoUpdate({ target: [teamWaivers.teamId, teamWaivers.what], set: rest })
        .run()
    },
    async waiversOf(ids: readonly string[]): Promise<TeamWaiver[]> {
      return waivers.all(many(ids))
    },
    async addAct(row: TeamActRow): Promise<void> {
      addAct(row)
    },
    /** In the order of recording. */
    async actsOf(ids: readonly string[]): Promise<TeamActRow[]> {
      return acts.all(many(ids))
    },
    ...teamFindings(db),
    async setProfile(row: PersonProfile): Promise<void> {
      const { personId: _person, ...rest } = row
      db.orm
        .insert(personProfiles)
        .values(row)
        .onConflictDoUpdate({ target: personProfiles.personId, set: rest })
        .run()
    },
    async removeProfile(personId: string): Promise<void> {
      db.orm.delete(personProfiles).where(eq(personProfiles.personId, personId)).run()
    },
    async profilesOf(ids: readonly string[]): Promise<PersonProfile[]> {
      return profiles.all(many(ids))
    },
  }
}
