import type { Constituency, Side } from './mission/codes.ts'

const sides: Readonly<Record<Constituency, Side | null>> = {
  military: 'mission',
  police: 'mission',
  mission_civilian: 'mission',
  human_rights: 'mission',
  un_agency: 'humanitarian',
  ngo: 'humanitarian',
  host_state: null,
}

/** The side a constituency belongs to; null for the host State, whose people use the bot on neither. */
export function sideOf(constituency: Constituency): Side | null {
  return sides[constituency]
}

/** What a person may say they belong to when they join. The host State's people cannot join by themselves. */
export const JOINABLE = [
  'military',
  'police',
  'mission_civilian',
  'human_rights',
  'un_agency',
  'ngo',
] as const satisfies readonly Constituency[]

/** Whether whoever belongs here is named by an organisation rather than by a component of the mission. */
export function needsOrganisation(constituency: Constituency): boolean {
  return sideOf(constituency) === 'humanitarian'
}

/** Those who are marked as uniformed wherever a person is named. */
export function isUniformed(constituency: Constituency | null): constituency is 'military' | 'police' {
  return constituency === 'military' || constituency === 'police'
}
