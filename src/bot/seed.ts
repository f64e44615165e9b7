import type { Store } from '../db/store.ts'
import type { Mission, PersonRef, SeedHolder } from '../domain/mission.ts'
import type { Clock, Ids } from '../ports.ts'

/** Something the mission file names that the store has differently. Ids and codes only. */
export interface SeedDifference {
  kind: 'person' | 'holder' | 'channel'
  /** The Slack user or channel, or the role as `role` or `role@sector`. */
  id: string
  is: 'missing' | 'different'
}

const SEEDED = 'seeded_at'
const refKey = ({ team, user }: PersonRef) => `${team}/${user}`
const holderKey = ({ role, sector }: { role: string; sector: string | null }) =>
  sector ? `${role}@${sector}` : role
const chainOf = ({ holder, alternates }: SeedHolder) => [holder, ...alternates]

/**
 * Enters the people, role holders and channels the mission file names into a store that has never been seeded.
 *
 * @returns false, and nothing is changed, when the store was seeded before or holds people already.
 */
export function seedStore(store: Store, mission: Mission, clock: Clock, ids: Ids): Promise<boolean> {
  const { people, holders, channels } = mission.seed
  return store.write(async repos => {
    if ((await repos.meta.get(SEEDED)) !== null || (await repos.people.count()) > 0) return false
    const now = clock.now()
    const idOf = new Map<string, string>()
    for (const { team: teamId, user: userId, language: locale, ...person } of people) {
      const id = ids.id()
      idOf.set(refKey({ team: teamId, user: userId }), id)
      await repos.people.insert({ id, teamId, userId, locale, createdAt: now, ...person })
    }
    for (const seed of holders) {
      for (const [rank, ref] of chainOf(seed).entries()) {
        const personId = idOf.get(refKey(ref))
        if (personId === undefined)
          throw new Error(`the mission file names ${refKey(ref)} as a holder and not as a person`)
        await repos.roles.insert({
          id: ids.id(),
          role: seed.role,
          sector: seed.sector,
          personId,
          rank,
          since: now,
        })
      }
    }
    for (const { team: teamId, channel: id, ...channel } of channels) {
      // Until Slack says otherwise it could hold anyone.
      await repos.channels.insert({ id, teamId, ...channel, isPublic: true, registeredAt: now })
    }
    await repos.meta.set(SEEDED, String(now))
    return true
  })
}

/** What the mission file names and the store has otherwise. Reported, never applied: people and rota are rows. */
export async function seedDifferences(
  store: Store,
  mission: Mission,
  now: number,
): Promise<SeedDifference[]> {
  const { people, holders, channels } = mission.seed
  const { read } = store
  const differences: SeedDifference[] = []
  for (const seed of people) {
    const person = await read.people.byUser(seed.team, seed.user)
    if (!person) differences.push({ kind: 'person', id: seed.user, is: 'missing' })
    else if (person.constituency !== seed.constituency || person.national !== seed.national) {
      differences.push({ kind: 'person', id: seed.user, is: 'different' })
    }
  }
  for (const seed of holders) {
    const holding = await read.roles.holders(seed.role, seed.sector, now)
    const actual = holding.map(({ person }) => refKey({ team: person.teamId, user: person.userId })).join()
    const id = holderKey(seed)
    if (holding.length === 0) differences.push({ kind: 'holder', id, is: 'missing' })
    else if (actual !== chainOf(seed).map(refKey).join())
      differences.push({ kind: 'holder', id, is: 'different' })
  }
  for (const seed of channels) {
    const channel = await read.channels.byId(seed.channel)
    const same =
      channel?.purpose === seed.purpose &&
      channel.sector === seed.sector &&
      channel.language === seed.language &&
      channel.digest === seed.digest
    if (!channel) differences.push({ kind: 'channel', id: seed.channel, is: 'missing' })
    else if (!same) differences.push({ kind: 'channel', id: seed.channel, is: 'different' })
  }
  return differences
}
