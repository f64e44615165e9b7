import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { FeedbackAnswer, ReprisalAnswer } from '../domain/feedback.ts'
import type { Connection } from './connection.ts'
import { communityFeedback, reprisalChecks } from './schema.ts'
import { given, insertInto } from './statements.ts'

export type CommunityFeedback = typeof communityFeedback.$inferSelect
export type ReprisalCheck = typeof reprisalChecks.$inferSelect

/** What is owed to communities after alerts. */
export function feedbackRepo(db: Connection) {
  const add = insertInto(db, communityFeedback, 'do nothing')
  const addCheck = insertInto(db, reprisalChecks)
  const byId = db.orm
    .select()
    .from(communityFeedback)
    .where(eq(communityFeedback.id, sql.placeholder('id')))
    .prepare()
  const byAlert = db.orm
    .select()
    .from(communityFeedback)
    .where(eq(communityFeedback.alertId, sql.placeholder('id')))
    .prepare()
  const open = db.orm
    .select()
    .from(communityFeedback)
    .where(sql`${communityFeedback.state} = 'open'`)
    .orderBy(asc(communityFeedback.askedAt))
    .prepare()
  const answer = db.orm
    .update(communityFeedback)
    .set({
      state: given<FeedbackAnswer>('state'),
      answeredBy: given<string>('by'),
      answeredAt: given<number>('at'),
      role: given<string | null>('role'),
      words: given<string | null>('words'),
    })
    .where(and(eq(communityFeedback.id, sql.placeholder('id')), sql`${communityFeedback.state} = 'open'`))
    .prepare()
  const askAgain = db.raw.prepare(
    `update community_feedback set state = 'open', asked_at = ?, reminders = 0, answered_by = null,
       answered_at = null, role = null, words = null where id = ?`,
  )
  const reminded = db.raw.prepare('update community_feedback set reminders = reminders + 1 where id = ?')
  const check = db.orm
    .select()
    .from(reprisalChecks)
    .where(eq(reprisalChecks.id, sql.placeholder('id')))
    .prepare()
  const checks = db.orm
    .select()
    .from(reprisalChecks)
    .where(eq(reprisalChecks.alertId, sql.placeholder('id')))
    .orderBy(asc(reprisalChecks.afterMs))
    .prepare()
  const answerCheck = db.orm
    .update(reprisalChecks)
    .set({
      answer: given<ReprisalAnswer>('answer'),
      answeredBy: given<string>('by'),
      answeredAt: given<number>('at'),
      words: given<string | null>('words'),
    })
    .where(and(eq(reprisalChecks.id, sql.placeholder('id')), isNull(reprisalChecks.answer)))
    .prepare()
  const clear = [
    'update community_feedback set words = null where alert_id = ?',
    'update reprisal_checks set words = null where alert_id = ?',
  ].map(each => db.raw.prepare<[string]>(each))

  return {
    /** Changes nothing where the community of this alert is owed an answer already. */
    async insert(row: CommunityFeedback): Promise<void> {
      add(row)
    },
    async byId(id: string): Promise<CommunityFeedback | null> {
      return byId.get({ id }) ?? null
    },
    async ofAlert(id: string): Promise<CommunityFeedback | null> {
      return byAlert.get({ id }) ?? null
    },
    /** Those not answered, longest owed first. */
    async open(): Promise<CommunityFeedback[]> {
      return open.all()
    },
    /** False when it was answered meanwhile. */
    async answer(
      id: string,
      given: { state: FeedbackAnswer; by: string; at: number; role: string | null; words: string | null },
    ): Promise<boolean> {
      return answer.run({ ...given, id }).changes === 1
    },
    /** Owes an answer anew, from `at` (epoch ms). */
    async askAgain(id: string, at: number): Promise<void> {
      askAgain.run(at, id)
    },
    async reminded(id: string): Promise<void> {
      reminded.run(id)
    },
    async insertCheck(row: ReprisalCheck): Promise<void> {
      addCheck(row)
    },
    async check(id: string): Promise<ReprisalCheck | null> {
      return check.get({ id }) ?? null
    },
    async checksOf(alertId: string): Promise<ReprisalCheck[]> {
      return checks.all({ id: alertId })
    },
    /** False when it was answered meanwhile. */
    async answerCheck(
      id: string,
      given: { answer: ReprisalAnswer; by: string; at: number; words: string | null },
    ): Promise<boolean> {
      return answerCheck.run({ ...given, id }).changes === 1
    },
    /** Takes people's words off what was said after an alert. */
    async clearWords(alertId: string): Promise<void> {
      for (const statement of clear) statement.run(alertId)
    },
  }
}
