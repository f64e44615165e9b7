/** What is learned after a crisis or an exercise. */
import { TocsinError } from '../errors.ts'
import type { Ctx } from './context.ts'
import { forumLimits } from './forum/make.ts'
import { registeredPerson } from './permission.ts'
import { optionalText } from './text.ts'

export interface LessonsInput {
  lessons: readonly { text: string; owner: string | null; dueAt: number | null }[]
  /** Why there is no lesson; needed where there is none. */
  noLesson?: string | null
}

/**
 * Lessons as they are stored, each with a post and a day; those of which nothing was filled in are passed over. Without any, why.
 *
 * @throws TocsinError `not_registered`, `lesson_incomplete`, `lesson_missing`, `text_too_long`, `time_past`; the field is named (`lesson0`,
 *   `owner0`, `due0` …, `noLesson`).
 */
export function checkedLessons(
  ctx: Ctx,
  input: LessonsInput,
): { lessons: { text: string; owner: string; dueAt: number }[]; noLesson: string | null } {
  registeredPerson(ctx)
  const lessons = input.lessons.flatMap(({ text, owner, dueAt }, index) => {
    const words = optionalText(text, `lesson${index}`, forumLimits.why)
    if (words === null && !owner && dueAt === null) return []
    if (words === null) throw new TocsinError('lesson_incomplete', { field: `lesson${index}` })
    if (!owner || !ctx.mission.roles.some(({ id }) => id === owner))
      throw new TocsinError('lesson_incomplete', { field: `owner${index}` })
    if (dueAt === null) throw new TocsinError('lesson_incomplete', { field: `due${index}` })
    if (dueAt <= ctx.clock.now()) throw new TocsinError('time_past', { field: `due${index}` })
    return [{ text: words, owner, dueAt }]
  })
  const why = optionalText(input.noLesson, 'noLesson', forumLimits.why)
  if (lessons.length === 0 && why === null) throw new TocsinError('lesson_missing', { field: 'noLesson' })
  const noLesson = lessons.length > 0 ? null : why
  return { lessons, noLesson }
}
