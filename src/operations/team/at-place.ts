/** What teams were, are and left at a place, for the card of its hotspot. */
import type { Repos } from '../../db/store.ts'
import type { Tasking } from '../../db/taskings.ts'
import type { Reader } from '../../domain/sharing.ts'
import { actorAsReader } from '../alert/reading.ts'
import type { Ctx } from '../context.ts'
import { readHotspot } from '../hotspot/reading.ts'
import { registeredPerson } from '../permission.ts'
import { factsOfTeams, type TeamFacts } from './facts.ts'
import { mayReadTeam } from './readers.ts'

/** Somebody's note to whoever goes there next. */
export interface PlaceNote {
  /** Of the team they were there with. */
  code: string
  words: string
  /** Epoch ms. */
  at: number
}

export interface TeamsAt {
  /** Those that were not declined or cancelled, the last proposed last. */
  teams: { facts: TeamFacts; movements: boolean; findings: boolean }[]
  notes: PlaceNote[]
}

/** Teams to a place and what those who were there left behind, as far as everybody behind `reader` may read of them. */
export async function teamsAt(ctx: Ctx, hotspotId: string, reader: Reader): Promise<TeamsAt> {
  const repos = ctx.tx ?? ctx.store.read
  const rows = await repos.teams.ofHotspots([hotspotId])
  const all = await factsOfTeams(repos, ctx.mission, ctx.clock.now(), rows)
  const read = all
    .filter(facts => mayReadTeam(ctx, facts, 'record', reader))
    .map(facts => ({
      facts,
      movements: mayReadTeam(ctx, facts, 'movements', reader),
      findings: mayReadTeam(ctx, facts, 'findings', reader),
    }))
  return {
    teams: read
      .filter(({ facts: { team } }) => team.state !== 'declined' && team.state !== 'cancelled')
      .toSorted((a, b) => a.facts.team.proposedAt - b.facts.team.proposedAt),
    notes: read
      .filter(({ findings }) => findings)
      .flatMap(({ facts: { team, notes } }) =>
        notes.filter(({ words }) => words !== '').map(({ words, at }) => ({ code: team.code, words, at })),
      )
      .toSorted((a, b) => a.at - b.at),
  }
}

/** The same for the acting person. @throws TocsinError `not_registered`, `not_found` for a place they may not read. */
export async function ownTeamsAt(ctx: Ctx, hotspotId: string): Promise<TeamsAt> {
  registeredPerson(ctx)
  await readHotspot(ctx, hotspotId)
  return teamsAt(ctx, hotspotId, actorAsReader(ctx) as Reader)
}

/** What was given from the recommendations of teams to these places, by hotspot: lines of its protection plan. */
export async function givenByTeams(
  repos: Repos,
  hotspotIds: readonly string[],
): Promise<Map<string, Tasking[]>> {
  const rows = await repos.teams.ofHotspots(hotspotIds)
  const recommended = await repos.teams.recommendationsOf(rows.map(({ id }) => id))
  const given = await repos.taskings.ofOrigins(
    'jpt',
    recommended.map(({ id }) => id),
  )
  const placeOf = new Map(rows.map(({ id, hotspotId }) => [id, hotspotId]))
  const origins = new Map(recommended.map(({ id, teamId }) => [id, placeOf.get(teamId) ?? '']))
  return Map.groupBy(given, ({ originId }) => origins.get(originId ?? '') ?? '')
}
