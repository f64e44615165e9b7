/** Changes of the mission's posture: types and the area they reach, without I/O. */

/** What makes association with the mission a danger to others. */
export const POSTURE_GROUNDS = ['clashes', 'new_mandate', 'partner_operation'] as const
export type PostureGround = (typeof POSTURE_GROUNDS)[number]

/** Where a posture changed: `sector` null is the whole mission, `district` null the whole sector. */
export interface Area {
  sector: string | null
  district: string | null
}

/** Whether something in `at` lies in the area. What has no place of its own lies in every area: it is asked about. */
export function liesIn(area: Area, at: Area): boolean {
  if (area.sector === null) return true
  if (at.sector !== null && at.sector !== area.sector) return false
  return area.district === null || at.district === null || at.district === area.district
}
