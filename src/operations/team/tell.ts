/** Who hears of a team, and how: each step tells those who must act next, and no others. */
import type { Team, TeamActRow, TeamPatch } from '../../db/teams.ts'
import { afterAct, TEAM_MOVES, type TeamAct } from '../../domain/team.ts'
import { TocsinError } from '../../errors.ts'
import { unique } from '../alert/facts.ts'
import { actorId, type Open, type Person } from '../context.ts'
import { cardAt, lineAt, note, personTarget, refreshCardsOf } from '../telling.ts'
import { type TeamFacts, teamFacts } from './facts.ts'

export const teamRef = ({ id }: Pick<Team, 'id'>) => ({ kind: 'team', id })

/** The team as it is after what the open transaction changed. */
export async function again(open: Open, { id }: Pick<Team, 'id'>): Promise<TeamFacts> {
  const row = await open.tx.teams.byId(id)
  if (!row) throw new Error(`team ${id} is gone`)
  return teamFacts(open.tx, open.mission, open.clock.now(), row)
}

/**
 * Brings every card of it up to date, and puts one into its sector's channels; once humanitarians are invited, into the
 * forum's too.
 */
export async function showTeam(open: Open, { team, kind }: TeamFacts): Promise<void> {
  const { channels: all } = open.tx
  const channels = team.sector ? await all.byPurpose('sector', team.sector) : []
  // Whoever works in another workspace knows no commands and gets no direct message: they choose beside the card.
  if (kind.agencies !== 'never' && team.state !== 'proposed') channels.push(...(await all.byPurpose('forum')))
  const standing = new Set((await open.tx.cards.ofRecord(team.id)).map(({ target }) => target))
  for (const { id } of channels) if (!standing.has(id)) await cardAt(open, teamRef(team), id)
  await refreshCardsOf(open, teamRef(team))
}

/**
 * Tells people what is theirs to do now: the card, which is a message of its own where they had none, and a line under
 * it where they had. Nobody is told of what they just did.
 */
export async function tellTeam(
  open: Open,
  { team }: TeamFacts,
  people: readonly (Person | null)[],
  line: string,
  options: { urgent?: boolean; always?: boolean; data?: Record<string, unknown> } = {},
): Promise<void> {
  const self = actorId(open)
  for (const { id } of unique(people.filter(person => person !== null))) {
    if (id === self) continue
    const target = personTarget(id)
    const stands = await open.tx.cards.get(team.id, target)
    await cardAt(open, teamRef(team), target, options.urgent)
    if (stands || options.always)
      await lineAt(open, 'team.line', team.id, target, { ...options.data, line }, options.urgent)
  }
}

/**
 * Writes down an act with what it changes and its event. The state follows from the act alone.
 *
 * @throws TocsinError `already_done` where somebody else acted since the team was read.
 */
export async function recordTeamAct(
  open: Open,
  team: Team,
  act: TeamAct,
  said: {
    patch?: TeamPatch
    words?: string | null
    at?: number
    means?: TeamActRow['means']
    data?: object
  } = {},
): Promise<TeamFacts> {
  const now = open.clock.now()
  const row: TeamActRow = {
    id: open.ids.id(),
    teamId: team.id,
    kind: act,
    at: said.at ?? now,
    recordedAt: now,
    by: actorId(open),
    means: said.means ?? 'slack',
    words: said.words ?? null,
  }
  const state = afterAct(team.state, act)
  if (state === null) throw new TocsinError('already_done')
  const changes = { ...(TEAM_MOVES[act].to === null ? {} : { state, stateAt: row.at }), ...said.patch }
  if (!(await open.tx.teams.update(team.id, team.version, changes))) throw new TocsinError('already_done')
  await open.tx.teams.addAct(row)
  await note(
    open,
    teamRef(team),
    `team.${act}`,
    {
      code: team.code,
      act: row.id,
      ...(row.means === 'slack' ? {} : { means: row.means }),
      ...(row.at === now ? {} : { at: row.at }),
      ...said.data,
    },
    row.words === null ? undefined : { words: row.words },
  )
  // The card of the place says how each team to it stands; that one is heard of concerns those alone who watch over it.
  if (act !== 'check_in' && act !== 'extend')
    await refreshCardsOf(open, { kind: 'hotspot', id: team.hotspotId })
  return again(open, team)
}
