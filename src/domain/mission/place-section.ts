import { z } from 'zod'
import { PRECISIONS, type Precision } from '../position.ts'

/** `places`: how closely places are shown to others than the mission's own, and when two positions disagree. */
export const placesSection = z
  .strictObject({
    /** The granularity agreed with partners: `exact`, `100m`, `1km`, `10km`, `district`. */
    wider: z.enum(PRECISIONS).default('1km'),
    /** Kilometres between a named place and a position beyond which whoever raises is asked which is right. */
    disagree_km: z.number().positive().max(1_000).default(5),
  })
  .prefault({})

export interface PlaceRules {
  wider: Precision
  disagreeKm: number
}

export function toPlaceRules({ wider, disagree_km }: z.output<typeof placesSection>): PlaceRules {
  return { wider, disagreeKm: disagree_km }
}
