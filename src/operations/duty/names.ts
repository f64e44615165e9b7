import { type Constituency, findRole, type RoleRef } from '../../domain/mission.ts'
import { mayRead, type Reader } from '../../domain/sharing.ts'
import { sharingRules } from '../channel.ts'
import type { Ctx, Person } from '../context.ts'

/**
 * Whether `reader` may be shown who the person behind a role is. Liaison assistants and others who never own an alert
 * are shown by role and base only, to everybody. Those who answer for alerts are named to whoever reads alerts and to
 * their own constituency, never to the host State.
 */
export function mayName(ctx: Ctx, ref: RoleRef, person: Person, reader: Reader): boolean {
  const role = findRole(ctx.mission, ref.role)
  if (!role?.mayOwn) return false
  const audience = [...ctx.mission.audiences.alert, role.constituency].filter(id => id !== 'host_state')
  return mayRead(
    { holder: role.constituency, audience, named: [person.id] },
    'record',
    reader,
    sharingRules(ctx),
  )
}

/** Where a person is, for those who may not know who: of the mission's own people only, for a place names a partner. */
export function baseOf(person: Person): string | null {
  const ofMission = person.constituency !== null && !PARTNERS.includes(person.constituency)
  return ofMission ? person.location : null
}

const PARTNERS: readonly Constituency[] = ['un_agency', 'ngo', 'host_state']
