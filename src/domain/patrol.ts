/** Where patrols have been, as operations report it: their rows, without I/O. */
import { z } from 'zod'

/** A patrol within this distance counts as having been near. */
export const NEAR_KM = 10

/**
 * One line of operations' file, every cell a text, names as column heads: `at` (ISO 8601, UTC where it names no zone),
 * `unit` (class of unit), `base` (id or name; may be empty), `place` (a known place or a position in any form), `id`
 * (operations' own; may be left out).
 */
export const patrolRowSchema = z.object({
  id: z.string().trim().max(100).optional(),
  at: z
    .string()
    .trim()
    .transform(text => (/(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`))
    .refine(text => Number.isFinite(Date.parse(text)), 'is no time; write it like 2026-11-23T05:30:00Z')
    .transform(text => Date.parse(text)),
  unit: z.string().trim().min(1, 'is empty').max(100, 'is longer than 100 characters'),
  base: z.string().trim().max(100).default(''),
  place: z.string().trim().min(1, 'is empty').max(150, 'is longer than 150 characters'),
})
export type PatrolRow = z.output<typeof patrolRowSchema>
/** The columns a file must have. */
export const PATROL_COLUMNS = ['at', 'unit', 'place'] as const

export interface Patrol {
  /** Operations' own, or made of the row, so that the same file twice is one. */
  id: string
  /** When it was there (epoch ms). */
  at: number
  unit: string
  base: string | null
  place: string
  lat: number
  lon: number
  importedAt: number
}
