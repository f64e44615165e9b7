/** What the sections of a mission file are made of. */
import { IANAZone } from 'luxon'
import { z } from 'zod'
import { parseDuration } from '../duration.ts'
import * as codes from './codes.ts'

/** A rule with the sentence that says what is wrong and the one that says what to do. */
export const rule = (reason: string, remedy: string) => ({ error: reason, params: { remedy } })

/** The id of an entry, as code and other entries name it. */
export const id = z
  .string()
  .refine(
    text => /^[a-z][a-z0-9_]{0,39}$/.test(text),
    rule(
      'This is not a usable id.',
      'Write lower-case letters, digits and underscores, beginning with a letter, 40 at most.',
    ),
  )

/** Words that stand in a menu. */
export const words = z
  .string()
  .trim()
  .refine(text => text.length > 0, rule('The text is empty.', 'Write the words people will read.'))
  .refine(
    text => text.length <= 75,
    rule(`The text is longer than Slack shows in an option.`, 'Shorten it to 75 characters.'),
  )

/** The same words in the languages of the mission. */
export const localText = z.strictObject({ en: words.optional(), fr: words.optional() })

/** `10m`, `2h`, `3d`: milliseconds. */
export const duration = z.string().transform((text, context) => {
  const milliseconds = parseDuration(text)
  if (milliseconds !== undefined) return milliseconds
  context.addIssue({
    code: 'custom',
    message: `"${text}" is not a duration.`,
    params: { remedy: 'Write a whole number and a unit: 90s, 10m, 2h or 3d.' },
  })
  return z.NEVER
})

/** A time zone of the IANA list. */
export const zone = z
  .string()
  .refine(
    text => IANAZone.isValidZone(text),
    rule('No such time zone is known.', 'Write a zone of the IANA list, such as Africa/Lusaka.'),
  )

/** `06:30`. */
export const timeOfDay = z
  .string()
  .refine(
    text => /^([01]\d|2[0-3]):[0-5]\d$/.test(text),
    rule('This is not a time of day.', 'Write hours and minutes in quotation marks, such as "06:30".'),
  )

export const latitude = z.number().min(-90).max(90)
export const longitude = z.number().min(-180).max(180)
export const language = z.enum(codes.LANGUAGES)
export const constituency = z.enum(codes.CONSTITUENCIES)
