import { z } from 'zod'
import { phoneNumber } from '../phone.ts'
import { segmentsOf } from '../sms.ts'
import { URGENCIES } from './codes.ts'
import { duration, rule } from './parts.ts'

const MINUTE_MS = 60_000

/** The id of an entry of another section, which is checked against that section. */
const id = z.string().min(1)
/** The name of a form's question, with its groups. */
const question = z.string().min(1).optional()

const phone = z
  .string()
  .refine(
    text => text.trim().startsWith('+') && phoneNumber(text, null) !== null,
    rule(
      'This is not a telephone number with its country code.',
      'Write it in quotation marks, beginning with +, such as "+243 990 000 000".',
    ),
  )

const keyword = z
  .string()
  .refine(
    text => /^[\p{L}\p{N}]{1,20}$/u.test(text),
    rule(
      'This is not one word of letters and digits.',
      'Write one word of 20 letters at most, such as ARMED.',
    ),
  )

/** How warnings come in from the field; see docs/intake.md. */
export const intakeSchema = z.strictObject({
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'This is not a country of ISO 3166-1, such as CD.')
    .optional(),
  numbers: z.array(z.strictObject({ number: phone, base: id })).default([]),
  ladder: z.array(id).min(1).optional(),
  due: z
    .strictObject({
      call_back: duration.default(10 * MINUTE_MS),
      urgent: duration.default(5 * MINUTE_MS),
      climb: duration.default(10 * MINUTE_MS),
    })
    .prefault({}),
  came_by: z.strictObject({ call: id.optional(), text: id.optional(), form: id.optional() }).prefault({}),
  keywords: z
    .strictObject({
      urgency: z.record(keyword, z.enum(URGENCIES)).default({}),
      threat: z.record(keyword, id).default({}),
    })
    .prefault({}),
  form: z
    .strictObject({
      what: question,
      place: question,
      urgency: question,
      threat: question,
      count: question,
      position: question,
      base: question,
      phone: question,
    })
    .prefault({}),
  reply: z
    .strictObject({
      word: z
        .string()
        .refine(
          text => /^\p{L}{1,20}$/u.test(text) && segmentsOf(text).encoding === 'GSM-7',
          rule(
            'A source is sent one neutral word at most.',
            'Write one word of 20 letters at most that says nothing to whoever holds the telephone, such as Merci.',
          ),
        ),
      per_day: z.number().int().min(1).max(10).default(3),
    })
    .optional(),
  texts: z
    .strictObject({ call: phone.optional(), code_valid: duration.default(720 * MINUTE_MS) })
    .prefault({}),
})

export type IntakeFile = z.output<typeof intakeSchema>
