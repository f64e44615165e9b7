import { z } from 'zod'
import { type ChannelSection, DIGEST_SECTIONS } from '../digest.ts'
import { id, rule, timeOfDay, zone } from './parts.ts'
import { type MissionProblem, problem } from './problem.ts'
import type { MissionFile } from './schema.ts'

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

const sections = z
  .array(z.enum(DIGEST_SECTIONS))
  .min(1)
  .refine(
    list => new Set(list).size === list.length,
    rule('A section is named twice.', 'Name each section once, in the order in which it is read.'),
  )

/** `digest`: when it leaves, and what it tells whom in which order. */
export const digestSection = z.strictObject({
  at: timeOfDay,
  zone: zone.optional(),
  sections: sections.optional(),
  purposes: z.record(id, sections).default({}),
  weekly: z.strictObject({ day: z.enum(DAYS), sections: sections.optional() }).optional(),
})

/** When digests leave and what they tell, in order. */
export interface DigestRules {
  /** HH:mm in `zone`. */
  at: string
  zone: string
  sections: readonly ChannelSection[]
  /** What channels of a purpose read instead. */
  purposes: Readonly<Record<string, readonly ChannelSection[]>>
  /** The look back on a week, beside the daily one; `day` as ISO counts, 1 for Monday. Null: there is none. */
  weekly: { day: number; sections: readonly ChannelSection[] | null } | null
}

export function toDigest(section: MissionFile['digest'], missionZone: string): DigestRules {
  const { at, weekly } = section
  return {
    at,
    zone: section.zone ?? missionZone,
    sections: section.sections ?? DIGEST_SECTIONS,
    purposes: section.purposes,
    weekly: weekly ? { day: DAYS.indexOf(weekly.day) + 1, sections: weekly.sections ?? null } : null,
  }
}

/** Purposes that read sections of their own must be purposes. */
export function digestProblems(file: MissionFile): MissionProblem[] {
  const known = file.channels.purposes.map(purpose => purpose.id)
  return Object.keys(file.digest.purposes)
    .filter(purpose => !known.includes(purpose))
    .map(purpose =>
      problem(
        ['digest', 'purposes', purpose],
        `No channel can be registered for "${purpose}".`,
        `Write one of ${known.join(', ')}, or add it to channels.purposes.`,
      ),
    )
}
