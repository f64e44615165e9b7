import type { Store } from '../db/store.ts'
import type { RoleRef } from '../domain/mission.ts'
import type { Person } from '../operations/context.ts'
import type { Clock, Ids } from '../ports.ts'
import type { Profiles } from './profiles.ts'

export interface Acting {
  person: Person
  roles: RoleRef[]
}

export interface Actors {
  /**
   * The person behind a Slack user, with the roles held now. Whoever comes for the first time is entered in the same
   * breath, not yet confirmed by any side; whoever was out of reach is in reach again.
   *
   * @throws TocsinError `not_stored`.
   */
  identify(teamId: string, userId: string): Promise<Acting>
}

export function createActors(deps: { store: Store; clock: Clock; ids: Ids; profiles: Profiles }): Actors {
  const { store, clock, ids, profiles } = deps
  return {
    async identify(teamId, userId) {
      const known = await store.read.people.byUser(teamId, userId)
      const person =
        known ?? (await store.write(repos => enter(repos.people, { teamId, userId }, clock, ids)))
      profiles.want(person)
      if (person.unreachableAt !== null) {
        await store.write(repos => repos.people.update(person.id, { unreachableAt: null }))
      }
      const held = known ? await store.read.roles.rolesOf(person.id, clock.now()) : []
      return { person, roles: held.map(({ role, sector }) => ({ role, sector })) }
    },
  }
}

/** The person's row, made now where there is none yet. */
export async function enter(
  people: Store['read']['people'],
  { teamId, userId }: { teamId: string; userId: string },
  clock: Clock,
  ids: Ids,
): Promise<Person> {
  const there = await people.byUser(teamId, userId)
  if (there) return there
  const id = ids.id()
  await people.insert({ id, teamId, userId, createdAt: clock.now() })
  const entered = await people.byId(id)
  if (!entered) throw new Error('a person just entered is not there')
  return entered
}
