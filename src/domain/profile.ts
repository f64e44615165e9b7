/** How closely mission and humanitarian side work together, and what that sets: without I/O. */
import type { Naming } from './alert.ts'
import type { Constituency, Side } from './mission/codes.ts'
import type { Mission } from './mission/types.ts'

/**
 * Least shared first. `two_feet_out`: the humanitarian side stands apart; `one_in_one_out`: the usual arrangement,
 * its coordinator in the mission and its office outside; `two_feet_in`: UN agencies work as part of the mission.
 */
export const PROFILES = ['two_feet_out', 'one_in_one_out', 'two_feet_in'] as const
export type Profile = (typeof PROFILES)[number]
export const isProfile = (value: unknown): value is Profile => PROFILES.includes(value as Profile)

/** What a profile sets for what is recorded from now on. */
export interface ProfileDefaults {
  /** How a humanitarian author is named unless they choose. */
  naming: Naming
  /** Whether channels shared with partners hold the card they work from. */
  partnerCard: boolean
}

const DEFAULTS: Readonly<Record<Profile, ProfileDefaults>> = {
  two_feet_out: { naming: 'none', partnerCard: false },
  one_in_one_out: { naming: 'partner', partnerCard: true },
  two_feet_in: { naming: 'organisation', partnerCard: true },
}

export const defaultsOf = (profile: Profile): ProfileDefaults => DEFAULTS[profile]

/** More is shared after than before: both sides must agree to it. */
export function loosens(from: Profile, to: Profile): boolean {
  return PROFILES.indexOf(to) > PROFILES.indexOf(from)
}

/**
 * Who reads an alert unless it says otherwise.
 *
 * @param file the readers the mission file names: with one foot in and one out they are these; with two feet in the
 *   UN agencies too, NGOs only where the file names them; with two feet out nobody of the humanitarian side.
 */
export function alertReaders(file: readonly Constituency[], profile: Profile): Constituency[] {
  if (profile === 'two_feet_out') {
    const mission = file.filter(id => id !== 'un_agency' && id !== 'ngo')
    // A file that names none but humanitarians leaves the mission's own, who must act.
    return mission.length > 0 ? mission : ['mission_civilian']
  }
  return profile === 'two_feet_in' && !file.includes('un_agency') ? [...file, 'un_agency'] : [...file]
}

/** What changes between two profiles. */
export interface ProfileChange {
  from: Profile
  to: Profile
  /** Who reads alerts raised from then on, and did not before; and the reverse. */
  readers: { added: Constituency[]; removed: Constituency[] }
  naming: Naming | null
  partnerCard: boolean | null
}

/** @param file the readers the mission file names. */
export function changeOf(file: readonly Constituency[], from: Profile, to: Profile): ProfileChange {
  const before = alertReaders(file, from)
  const after = alertReaders(file, to)
  const was = defaultsOf(from)
  const is = defaultsOf(to)
  return {
    from,
    to,
    readers: {
      added: after.filter(id => !before.includes(id)),
      removed: before.filter(id => !after.includes(id)),
    },
    naming: was.naming === is.naming ? null : is.naming,
    partnerCard: was.partnerCard === is.partnerCard ? null : is.partnerCard,
  }
}

/** What one side proposed and the other has not answered. */
export interface ProfileProposal {
  to: Profile
  side: Side
  /** people.id, and epoch ms. */
  by: string
  at: number
}

/** The profile that holds now; one for the whole process, so that all see a change at once. */
export interface Integration {
  profile: Profile
}

/** The mission as it stands under the profile that holds at each moment; everything else is the file's. */
export function missionUnder(mission: Mission, integration: Integration): Mission {
  const file = mission.audiences
  const readers = mission.fileReaders
  return Object.defineProperties(
    { ...mission },
    {
      audiences: {
        enumerable: true,
        get: () => ({ ...file, alert: alertReaders(readers, integration.profile) }),
      },
      defaults: { enumerable: true, get: () => defaultsOf(integration.profile) },
    },
  )
}
