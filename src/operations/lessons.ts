/** What is learned after a crisis or an exercise. */
import { TocsinError } from '../errors.ts'
import type { Ctx } from './context.ts'
import { forumLimits } from './forum/make.ts'
import { registeredPerson } from './permission.ts'
import { optionalText, requiredText } from './text.ts'

export interface LessonsInput {
  lessons: readonly { text: string; owner: string | null; dueAt: number | null }[]
  /** Why there is no lesson; needed where there is none. */
  noLesson?: string | null
}

/**
 * Lessons as they are stored, each with a post and a day; those without words are passed over. Without any, why.
 *
 * @throws TocsinError `not_registered`, `text_missing`, `text_too_long`, `time_past`; the field is named (`lesson0`,
 *   `owner0`, `due0` …, `noLesson`).
 */
export function checkedLessons(
  ctx: Ctx,
  input: LessonsInput,
): { lessons: { text: string; owner: string; dueAt: number }[]; noLesson: string | null } {
  registeredPerson(ctx)
  const lessons = input.lessons.flatMap(({ text, owner, dueAt }, index) => {
    const words = optionalText(text, `lesson${index}`, forumLimits.why)
    if (words === null) return []
    if (!owner || !ctx.mission.roles.some(({ id }) => id === owner))
      throw new TocsinError('text_missing', { field: `owner${index}` })
    if (dueAt === null) throw new TocsinError('text_missing', { field: `due${index}` })
    if (dueAt <= ctx.clock.now()) throw new TocsinError('time_past', { field: `due${index}` })
    return [{ text: words, owner, dueAt }]
  })
  const noLesson = lessons.length > 0 ? null : requiredText(input.noLesson, 'noLesson', forumLimits.why)
  return { lessons, noLesson }
}
