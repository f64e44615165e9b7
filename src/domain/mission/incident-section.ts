/** The section of the mission file in which a mission says what its own template of incidents looks like. */
import { z } from 'zod'
import { INCIDENT_FIELDS, type IncidentColumn } from '../incident.ts'
import { rule } from './parts.ts'

const title = z
  .string()
  .trim()
  .refine(text => text.length > 0, rule('The title is empty.', 'Write what stands above the column.'))
  .refine(
    text => text.length <= 100,
    rule('The title is longer than 100 characters.', 'Shorten it to what the template says.'),
  )

export const incidentTemplateSection = z
  .array(z.strictObject({ column: title, field: z.enum(INCIDENT_FIELDS) }))
  .min(1)
  .refine(
    list => new Set(list.map(({ column }) => column)).size === list.length,
    rule('Two columns have the same title.', 'Give each column a title of its own.'),
  )

/** Every field under its own name, but those by sex and age, for a mission that says nothing. */
export const plainTemplate: readonly IncidentColumn[] = INCIDENT_FIELDS.filter(
  field => !/_(women|men|girls|boys)$/.test(field),
).map(field => ({ column: field, field }))
