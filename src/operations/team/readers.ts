/** Who is what to a team, and who may read which part of it. */
import type { Repos } from '../../db/store.ts'
import type { Mission } from '../../domain/mission.ts'
import { mayRead, type PersonReader, type Reader, type Shared } from '../../domain/sharing.ts'
import { sideOf } from '../../domain/side.ts'
import type { TeamParty } from '../../domain/team.ts'
import { sharingRules } from '../channel.ts'
import type { Ctx, Person } from '../context.ts'
import { sharedHotspot } from '../hotspot/facts.ts'
import { sameRole } from '../permission.ts'
import type { SharedRecord } from '../shared-records.ts'
import { factsOfTeams, type TeamFacts } from './facts.ts'

/** What somebody is to a team. */
export function partiesTo(facts: TeamFacts, hand: Pick<PersonReader, 'personId' | 'roles'>): TeamParty[] {
  const { team, members, leading, approverPosts, room, chiefs } = facts
  const { personId, roles } = hand
  const is = (people: readonly Person[]) => people.some(({ id }) => id === personId)
  return [
    ...(team.proposedBy === personId ? (['proposer'] as const) : []),
    ...(approverPosts.some(post => roles.some(role => sameRole(role, post))) ? (['approver'] as const) : []),
    ...(is(leading) ? (['lead'] as const) : []),
    ...(members.some(({ person }) => person.id === personId) ? (['member'] as const) : []),
    ...(is(room) ? (['room'] as const) : []),
    ...([...chiefs.values()].some(is) ? (['chief'] as const) : []),
  ]
}

/**
 * What of a team is read apart: its record; its movements, which are for those who watch over it, go with it and send
 * it; the days it is planned for, which before it goes are also for each who is asked to take part or proposed it, since
 * nobody can say whom they send without them; what it found, which of an investigation is for the human rights layer
 * and its members.
 */
export type TeamPart = 'record' | 'days' | 'movements' | 'findings'

/** What a team says about the readers of its record. */
export function sharedTeam(mission: Mission, { team, named, hotspot }: TeamFacts): Shared {
  const { namesState = false } = sharedHotspot(mission, hotspot)
  return { holder: team.holder, audience: team.audience, named, namesState }
}

/** Whether everyone behind `reader` may be shown this part of a team. */
export function mayReadTeam(ctx: Ctx, facts: TeamFacts, part: TeamPart, reader: Reader): boolean {
  const rules = sharingRules(ctx)
  const shared = sharedTeam(ctx.mission, facts)
  if (part === 'record') return mayRead(shared, 'record', reader, rules)
  const alone = (named: string[]) => mayRead({ ...shared, audience: [], named }, 'record', reader, rules)
  if (part === 'movements') return alone(facts.movers)
  if (part === 'days')
    return (
      alone([...facts.movers, ...askedFor(facts)]) ||
      (mayJoin(facts, reader) && mayRead(shared, 'record', reader, rules))
    )
  if (!facts.kind.restricted) return mayRead(shared, 'record', reader, rules)
  const going = facts.members.map(({ person }) => person.id)
  return mayRead(shared, 'human_rights', reader, rules) || alone(going)
}

/** people.id of whoever must know the planned days to answer, and of whoever set them. */
function askedFor({ team, chiefs, invited }: TeamFacts): string[] {
  if (team.state === 'proposed') return [team.proposedBy]
  if (team.state !== 'composing') return []
  return [team.proposedBy, ...[...chiefs.values()].flat().map(({ id }) => id), ...invited.map(({ id }) => id)]
}

/** Whether the reader is a humanitarian who may choose to take part now, by one press. */
export function mayJoin({ team, kind }: TeamFacts, reader: Reader): boolean {
  if (reader.kind !== 'person' || reader.constituency === null) return false
  return (
    sideOf(reader.constituency) === 'humanitarian' && kind.agencies !== 'never' && team.state === 'composing'
  )
}

/** Whether somebody answers for a section: they stand its post, or nobody does and they decide on the team. */
export function answersFor(
  { chiefs }: Pick<TeamFacts, 'chiefs'>,
  { personId, parties }: { personId: string | null; parties: readonly TeamParty[] },
  section: string,
): boolean {
  const standing = chiefs.get(section) ?? []
  if (standing.length === 0) return parties.includes('approver')
  return standing.some(({ id }) => id === personId)
}

/** The teams among these rows, for whoever looks at what stands in a channel. */
export async function teamsShared(ctx: Ctx, repos: Repos, ids: readonly string[]): Promise<SharedRecord[]> {
  const rows = await repos.teams.byIds(ids)
  const all = await factsOfTeams(repos, ctx.mission, ctx.clock.now(), rows)
  return all.map(facts => ({
    kind: 'team',
    id: facts.team.id,
    code: facts.team.code,
    shared: sharedTeam(ctx.mission, facts),
  }))
}
