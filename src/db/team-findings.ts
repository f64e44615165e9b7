import { and, asc, eq, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import { teamNotes, teamQuestions, teamRecommendations, teamReports, teamReviews } from './schema.ts'
import { insertInto, listOf } from './statements.ts'

export type TeamReport = typeof teamReports.$inferSelect
export type TeamReview = typeof teamReviews.$inferSelect
export type TeamRecommendation = typeof teamRecommendations.$inferSelect
export type TeamQuestion = typeof teamQuestions.$inferSelect
export type TeamNote = typeof teamNotes.$inferSelect

/** What a team found: its report, who agreed, what it recommends, what it changed, notes for whoever goes next. */
export function teamFindings(db: Connection) {
  const addRecommendation = insertInto(db, teamRecommendations)
  const addQuestion = insertInto(db, teamQuestions)
  const addNote = insertInto(db, teamNotes)
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
  const many = (ids: readonly string[]) => ({ ids: JSON.stringify(ids) })

  return {
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
  }
}
