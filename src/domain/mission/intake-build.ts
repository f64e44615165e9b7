import { phoneNumber } from '../phone.ts'
import { fold } from '../text-fold.ts'
import type { IntakeFile } from './intake-schema.ts'
import type { Intake } from './intake-types.ts'

/** The section as the rest of the house knows it; without a ladder a call back goes to the operations centre alone. */
export function toIntake(file: IntakeFile, operationsCentre: string): Intake {
  const folded = <T>(table: Record<string, T>) =>
    new Map(Object.entries(table).map(([word, code]): [string, T] => [fold(word), code]))
  const { call, text, form } = file.came_by
  return {
    country: file.country ?? null,
    numbers: file.numbers.map(({ number, base }) => ({ number: phoneNumber(number, null) ?? number, base })),
    ladder: file.ladder ?? [operationsCentre],
    due: { callBackMs: file.due.call_back, urgentMs: file.due.urgent, climbMs: file.due.climb },
    cameBy: { call: call ?? null, text: text ?? null, form: form ?? null },
    keywords: { urgency: folded(file.keywords.urgency), threat: folded(file.keywords.threat) },
    form: file.form as Intake['form'],
    reply: file.reply ? { word: file.reply.word, perDay: file.reply.per_day } : null,
    texts: {
      call: file.texts.call ?? null,
      codeValidMs: file.texts.code_valid,
    },
  }
}
