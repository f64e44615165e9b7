import type { Repos } from '../../db/store.ts'
import type { Tasking } from '../../db/taskings.ts'
import type { Team } from '../../db/teams.ts'
import { codeTyped } from '../../domain/code.ts'
import type { Quote } from '../../domain/quote.ts'
import type { Reader } from '../../domain/sharing.ts'
import { sideOf } from '../../domain/side.ts'
import { isOpenTasking } from '../../domain/tasking.ts'
import { mayDo, overlap, type TeamAct, type TeamParty } from '../../domain/team.ts'
import { TocsinError } from '../../errors.ts'
import { alertFacts } from '../alert/facts.ts'
import { actorAsReader, mayReadAlert } from '../alert/reading.ts'
import type { Ctx } from '../context.ts'
import { heldRoles, registeredPerson } from '../permission.ts'
import { mayReadTasking, taskingFacts } from '../tasking/facts.ts'
import { factsOfTeams, type TeamFacts, teamFacts, windowOf } from './facts.ts'
import { type SectionPeople, sectionPeople } from './free.ts'
import { answersFor, mayReadTeam, partiesTo } from './readers.ts'

/** Somebody on two teams at once, another team at the same place, a planned operation there in the same days. */
export interface TeamOverlaps {
  people: { personId: string; code: string }[]
  teams: string[]
  operations: string[]
}

/** What everybody behind a reader may be shown of a team whose record they may read. */
export interface TeamShown {
  movements: boolean
  /** The days it is planned for, which whoever is asked to take part reads too. */
  days: boolean
  findings: boolean
  /** What the reader is to it; nothing for a channel. */
  parties: TeamParty[]
  personId: string | null
  /** Whether it is a humanitarian, who may choose to take part. */
  humanitarian: boolean
  /** The code of the alert it comes from. */
  alertCode: string | null
  overlaps: TeamOverlaps
  /** Codes of what came of its recommendations, by the tasking's id, as far as the reader may read them. */
  taskings: Map<string, Tasking>
  /** Messages on its record: part of what it finds, and while it is under way of its movements too. */
  said: Quote[]
  /** How many handover notes others left about the same place. */
  notesBefore: number
  /** Whom each section could send that has not answered and that the reader answers for, by its id. */
  people: Map<string, SectionPeople>
}

/** See {@link TeamShown}. */
export async function teamShownTo(ctx: Ctx, facts: TeamFacts, reader: Reader): Promise<TeamShown> {
  const repos = ctx.tx ?? ctx.store.read
  const movements = mayReadTeam(ctx, facts, 'movements', reader)
  const findings = mayReadTeam(ctx, facts, 'findings', reader)
  const taskings = new Map<string, Tasking>()
  for (const { given } of findings ? facts.recommendations : [])
    for (const row of given)
      if (mayReadTasking(ctx, await taskingFacts(repos, ctx.mission, ctx.clock.now(), row), reader))
        taskings.set(row.id, row)
  const own = {
    parties: reader.kind === 'person' ? partiesTo(facts, reader) : [],
    personId: reader.kind === 'person' ? reader.personId : null,
  }
  return {
    ...own,
    movements,
    days: mayReadTeam(ctx, facts, 'days', reader),
    findings,
    humanitarian:
      reader.kind === 'person' &&
      reader.constituency !== null &&
      sideOf(reader.constituency) === 'humanitarian',
    alertCode: await readableAlert(ctx, repos, facts.team.alertId, reader),
    overlaps: movements
      ? await overlapsOf(ctx, repos, facts, reader)
      : { people: [], teams: [], operations: [] },
    taskings,
    said: findings && (movements || !isUnderWay(facts.team)) ? facts.quotes : [],
    notesBefore: (await notesAbout(ctx, repos, facts, reader)).length,
    people: await askedPeople(ctx, repos, facts, own),
  }
}

async function askedPeople(
  ctx: Ctx,
  repos: Repos,
  facts: TeamFacts,
  own: Pick<TeamShown, 'parties' | 'personId'>,
): Promise<Map<string, SectionPeople>> {
  const people = new Map<string, SectionPeople>()
  if (facts.team.state !== 'composing') return people
  for (const { section, state } of facts.sections)
    if (state === 'asked' && answersFor(facts, own, section))
      people.set(section, await sectionPeople(repos, ctx.mission, ctx.clock.now(), facts, section))
  return people
}

async function readableAlert(
  ctx: Ctx,
  repos: Repos,
  id: string | null,
  reader: Reader,
): Promise<string | null> {
  const alert = id === null ? null : await repos.alerts.byId(id)
  if (!alert) return null
  const facts = await alertFacts(repos, ctx.mission, ctx.clock.now(), alert)
  return mayReadAlert(ctx, facts, 'record', reader) ? alert.code : null
}

const isUnderWay = ({ state }: Team) => state === 'composing' || state === 'out'
const moves = ({ state }: Team) => ['proposed', 'composing', 'out'].includes(state)

async function overlapsOf(ctx: Ctx, repos: Repos, facts: TeamFacts, reader: Reader): Promise<TeamOverlaps> {
  const none: TeamOverlaps = { people: [], teams: [], operations: [] }
  if (!moves(facts.team)) return none
  const window = windowOf(facts.team)
  const rows = (await repos.teams.open()).filter(
    row => row.id !== facts.team.id && moves(row) && overlap(window, windowOf(row)),
  )
  const others = (await factsOfTeams(repos, ctx.mission, ctx.clock.now(), rows)).filter(other =>
    mayReadTeam(ctx, other, 'movements', reader),
  )
  const going = new Set(facts.members.map(({ person }) => person.id))
  const placed = await repos.taskings.ofOrigins('hotspot', [facts.hotspot.id])
  const operations: string[] = []
  for (const tasking of placed) {
    if (tasking.layer !== 'command' || !isOpenTasking(tasking)) continue
    if (!overlap(window, { from: tasking.askedAt, to: tasking.dueAt })) continue
    const read = await taskingFacts(repos, ctx.mission, ctx.clock.now(), tasking)
    if (mayReadTasking(ctx, read, reader)) operations.push(tasking.code)
  }
  return {
    people: others.flatMap(other =>
      other.members
        .filter(({ person }) => going.has(person.id))
        .map(({ person }) => ({ personId: person.id, code: other.team.code })),
    ),
    teams: others.filter(({ hotspot }) => hotspot.id === facts.hotspot.id).map(({ team }) => team.code),
    operations,
  }
}

/** Handover notes of other teams about the same place, for those who may read what those teams found. */
export async function notesAbout(ctx: Ctx, repos: Repos, facts: TeamFacts, reader: Reader) {
  const rows = (await repos.teams.ofHotspots([facts.hotspot.id])).filter(({ id }) => id !== facts.team.id)
  const all = await factsOfTeams(repos, ctx.mission, ctx.clock.now(), rows)
  return all
    .filter(other => mayReadTeam(ctx, other, 'record', reader) && mayReadTeam(ctx, other, 'findings', reader))
    .flatMap(({ team, notes }) => notes.map(({ words, at }) => ({ code: team.code, words, at })))
}

/** A team with all that the acting person may be shown of it. */
export interface TeamSeen {
  facts: TeamFacts
  shown: TeamShown
}

/**
 * The team as the acting person may read it.
 *
 * @throws TocsinError `not_registered`; `not_found` where it does not exist or is not theirs to see.
 */
export async function readTeam(
  ctx: Ctx,
  teamId: string,
  repos: Repos = ctx.tx ?? ctx.store.read,
): Promise<TeamSeen> {
  registeredPerson(ctx)
  const row = await repos.teams.byId(teamId)
  const reader = actorAsReader(ctx) as Reader
  const facts = row && (await teamFacts(repos, ctx.mission, ctx.clock.now(), row))
  if (!facts || !mayReadTeam(ctx, facts, 'record', reader)) throw new TocsinError('not_found')
  return { facts, shown: await teamShownTo(ctx, facts, reader) }
}

/** A team by its code (`J-7K4Q`, `j7k4q`), as the acting person may read it; null where there is none for them. */
export async function teamByCode(ctx: Ctx, text: string): Promise<TeamSeen | null> {
  registeredPerson(ctx)
  const code = codeTyped('J', text)
  const row = code === null ? null : await ctx.store.read.teams.byCode(code)
  const reader = actorAsReader(ctx) as Reader
  const facts = row && (await teamFacts(ctx.store.read, ctx.mission, ctx.clock.now(), row))
  if (!facts || !mayReadTeam(ctx, facts, 'record', reader)) return null
  return { facts, shown: await teamShownTo(ctx, facts, reader) }
}

/** Handover notes about the place of a team, for whoever may read it. @throws TocsinError `not_registered`, `not_found`. */
export async function readTeamNotes(ctx: Ctx, teamId: string) {
  const { facts } = await readTeam(ctx, teamId)
  return notesAbout(ctx, ctx.tx ?? ctx.store.read, facts, actorAsReader(ctx) as Reader)
}

/** What the acting person is to a team; nothing for the bot itself. */
export function ownParties(ctx: Ctx, facts: TeamFacts): TeamParty[] {
  if (ctx.actor.kind !== 'person') return []
  return partiesTo(facts, { personId: ctx.actor.person.id, roles: heldRoles(ctx) })
}

/**
 * The team as the acting person may read it, if this act is theirs and has its place now.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed` for others, `already_done` in another state.
 */
export async function teamFor(ctx: Ctx, teamId: string, act: TeamAct, repos: Repos): Promise<TeamFacts> {
  const { facts } = await readTeam(ctx, teamId, repos)
  const parties = ownParties(ctx, facts)
  const states = (['proposed', 'composing', 'out', 'back', 'reported'] as const).filter(state =>
    mayDo(state, act, parties),
  )
  if (states.length === 0) throw new TocsinError('not_allowed', { details: { code: facts.team.code } })
  if (!mayDo(facts.team.state, act, parties)) throw new TocsinError('already_done')
  return facts
}
