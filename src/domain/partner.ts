/** Taking part without being known to: who may not be put together with whom, without I/O. */
import type { Constituency } from './mission/codes.ts'
import { sideOf } from './side.ts'

/** Somebody in a channel, as far as the mission knows them. */
export interface Member {
  id: string
  constituency: Constituency | null
  reference: string | null
}

/**
 * The unnamed partners of a channel that also holds, or could hold, somebody of the mission's side or of the host
 * State, or anybody nobody knows: its list of members says who takes part.
 *
 * @param members null for somebody the mission does not know.
 */
export function exposedPartners<M extends Member>(isPublic: boolean, members: readonly (M | null)[]): M[] {
  const unnamed = members.filter((member): member is M => member !== null && member.reference !== null)
  const others = members.some(
    member =>
      member === null || member.constituency === null || sideOf(member.constituency) !== 'humanitarian',
  )
  return isPublic || others ? unnamed : []
}
