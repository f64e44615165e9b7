import type { Core } from '../core.ts'
import type { SeedPerson } from '../seed-types.ts'
import { userOf } from '../state/state.ts'
import { wireUser } from './wire.ts'

export type PersonChange = Partial<Omit<SeedPerson, 'id' | 'teamId'>> & { deleted?: boolean }

/** Changes a person's account and tells the app. @throws Error where there is no such person */
export function changePerson(core: Core, id: string, change: PersonChange): void {
  const user = core.state.users.get(id)
  if (!user) throw new Error(`There is no person ${id} in this workspace.`)
  core.state.users.set(id, { ...user, ...change })
  told(core, 'user_change', id)
}

/** Adds a person and tells the app, where they join its own workspace. */
export function addPerson(core: Core, person: SeedPerson): void {
  core.state.users.set(person.id, userOf(person))
  if (!core.state.isExternal(person.id)) told(core, 'team_join', person.id)
}

function told(core: Core, type: string, id: string): void {
  const user = core.state.users.get(id)!
  core.events.send(type, { type, user: wireUser(core, user, { email: false, locale: true }) })
}
