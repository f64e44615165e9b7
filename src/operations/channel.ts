import type { Channel } from '../db/channels.ts'
import type { Repos } from '../db/store.ts'
import {
  type ChannelReader,
  type Layer,
  mayRead,
  type PersonReader,
  type Reader,
  type Shared,
  type SharingRules,
} from '../domain/sharing.ts'
import type { Ctx, Person } from './context.ts'

/** A registered channel as a reader: everyone it could hold, with the roles they hold at `now` (epoch ms). */
export async function channelReader(
  repos: Repos,
  channel: Pick<Channel, 'id' | 'isPublic' | 'membersAt'>,
  now: number,
): Promise<ChannelReader> {
  const members = await repos.channels.members(channel.id)
  return {
    kind: 'channel',
    isPublic: channel.isPublic,
    membersAt: channel.membersAt,
    members: await Promise.all(
      members.map(async ({ person }) =>
        person ? await personAsMember(repos, person, now) : { personId: '', constituency: null, roles: [] },
      ),
    ),
  }
}

/** The rules of sharing as the mission has them now. */
export function sharingRules({ clock, mission }: Pick<Ctx, 'clock' | 'mission'>): SharingRules {
  return {
    now: clock.now(),
    staleMembershipMs: mission.staleMembershipMs,
    layers: mission.layers,
  }
}

/** Whether everybody behind `reader` may be shown this layer of a record now. */
export function mayBeShown(
  ctx: Pick<Ctx, 'clock' | 'mission'>,
  shared: Shared,
  layer: Layer,
  reader: Reader,
): boolean {
  return mayRead(shared, layer, reader, sharingRules(ctx))
}

/** A person as a reader of a direct message. */
export async function personReader(repos: Repos, person: Person, now: number): Promise<PersonReader> {
  return { kind: 'person', ...(await personAsMember(repos, person, now)) }
}

/** Somebody whose access was closed reads as a stranger does, and so does every channel they are still in. */
async function personAsMember(repos: Repos, person: Person, now: number) {
  if (person.closedAt !== null) return { personId: '', constituency: null, roles: [] }
  return {
    personId: person.id,
    constituency: person.constituency,
    roles: await repos.roles.rolesOf(person.id, now),
  }
}
