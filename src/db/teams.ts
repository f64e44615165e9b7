import { and, asc, eq, getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import {
  personProfiles,
  teamActs,
  teamLines,
  teamMembers,
  teamNotes,
  teamQuestions,
  teamRecommendations,
  teamReports,
  teamReviews,
  teamSections,
  teams,
  teamWaivers,
} from './schema.ts'
import { insertInto, listOf } from './statements.ts'

const { seq: _seq, ...actColumns } = getTableColumns(teamActs)

export type Team = typeof teams.$inferSelect
export type TeamSectionRow = typeof teamSections.$inferSelect
export type TeamMember = typeof teamMembers.$inferSelect
export type TeamLineRow = typeof teamLines.$inferSelect
export type TeamWaiver = typeof teamWaivers.$inferSelect
export type TeamActRow = Omit<typeof teamActs.$inferSelect, 'seq'>
export type TeamReport = typeof teamReports.$inferSelect
export type TeamReview = typeof teamReviews.$inferSelect
export type TeamRecommendation = typeof teamRecommendations.$inferSelect
export type TeamQuestion = typeof teamQuestions.$inferSelect
export type TeamNote = typeof teamNotes.$inferSelect
export type PersonProfile = typeof personProfiles.$inferSelect

/** What an act or an edit changes of a team. */
export type TeamPatch = Partial<Omit<Team, 'id' | 'code' | 'version' | 'requestKey'>>

/** Joint protection teams and their kin, with all that is written about each. */
export function teamsRepo(db: Connection) {
  const add = insertInto(db, teams)
  const addAct = insertInto(db, teamActs)
  const addRecommendation = insertInto(db, teamRecommendations)
  const addQuestion = insertInto(db, teamQuestions)
  const addNote = insertInto(db, teamNotes)
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
  const reports = db.orm
    .select()
    .from(teamReports)
    .where(sql`${teamReports.teamId} in ${listOf('ids')}`)
    .prepare()
  const reviews = db.orm
    .select()
    .from(teamReviews)
    .where(sql`${teamReviews.teamId} in ${listOf('ids')}`)
    .orderBy(asc(teamReviews.at))
    .prepare()
  const recommendations = db.orm
    .select()
    .from(teamRecommendations)
    .where(sql`${teamRecommendations.teamId} in ${listOf('ids')}`)
    .orderBy(asc(teamRecommendations.position))
    .prepare()
  const recommendation = db.orm
    .select()
    .from(teamRecommendations)
    .where(eq(teamRecommendations.id, sql.placeholder('id')))
    .prepare()
  const questions = db.orm
    .select()
    .from(teamQuestions)
    .where(sql`${teamQuestions.teamId} in ${listOf('ids')}`)
    .orderBy(asc(teamQuestions.askedAt))
    .prepare()
  const question = db.orm
    .select()
    .from(teamQuestions)
    .where(eq(teamQuestions.id, sql.placeholder('id')))
    .prepare()
  const notes = db.orm
    .select()
    .from(teamNotes)
    .where(sql`${teamNotes.teamId} in ${listOf('ids')}`)
    .orderBy(asc(teamNotes.at))
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
    async setReport(row: TeamReport): Promise<void> {
      const { teamId: _team, ...rest } = row
      db.orm
        .insert(teamReports)
        .values(row)
        .onConflictDoUpdate({ target: teamReports.teamId, set: rest })
        .run()
    },
    async reportsOf(ids: readonly string[]): Promise<TeamReport[]> {
      return reports.all(many(ids))
    },
    async setReview(row: TeamReview): Promise<void> {
      const { teamId: _team, personId: _person, ...rest } = row
      db.orm
        .insert(teamReviews)
        .values(row)
        .onConflictDoUpdate({ target: [teamReviews.teamId, teamReviews.personId], set: rest })
        .run()
    },
    async reviewsOf(ids: readonly string[]): Promise<TeamReview[]> {
      return reviews.all(many(ids))
    },
    async addRecommendation(row: TeamRecommendation): Promise<void> {
      addRecommendation(row)
    },
    async updateRecommendation(id: string, patch: Partial<TeamRecommendation>): Promise<void> {
      db.orm.update(teamRecommendations).set(patch).where(eq(teamRecommendations.id, id)).run()
    },
    async removeRecommendation(id: string): Promise<void> {
      db.orm.delete(teamRecommendations).where(eq(teamRecommendations.id, id)).run()
    },
    async recommendation(id: string): Promise<TeamRecommendation | null> {
      return recommendation.get({ id }) ?? null
    },
    async recommendationsOf(ids: readonly string[]): Promise<TeamRecommendation[]> {
      return recommendations.all(many(ids))
    },
    async addQuestion(row: TeamQuestion): Promise<void> {
      addQuestion(row)
    },
    /** False where it was answered before. */
    async answer(id: string, answer: string, words: string | null, at: number): Promise<boolean> {
      const { changes } = db.orm
        .update(teamQuestions)
        .set({ answer, words, answeredAt: at })
        .where(and(eq(teamQuestions.id, id), sql`${teamQuestions.answeredAt} is null`))
        .run()
      return changes === 1
    },
    async question(id: string): Promise<TeamQuestion | null> {
      return question.get({ id }) ?? null
    },
    async questionsOf(ids: readonly string[]): Promise<TeamQuestion[]> {
      return questions.all(many(ids))
    },
    async addNote(row: TeamNote): Promise<void> {
      addNote(row)
    },
    async notesOf(ids: readonly string[]): Promise<TeamNote[]> {
      return notes.all(many(ids))
    },
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
