import type { HotspotRow } from '../../db/hotspots.ts'
import type { Repos } from '../../db/store.ts'
import type { Tasking } from '../../db/taskings.ts'
import type {
  Team,
  TeamActRow,
  TeamLineRow,
  TeamMember,
  TeamNote,
  TeamQuestion,
  TeamRecommendation,
  TeamReport,
  TeamReview,
  TeamSectionRow,
  TeamWaiver,
} from '../../db/teams.ts'
import type { TeamKind } from '../../domain/mission/team-section.ts'
import { type Mission, type RoleRef, roleRef } from '../../domain/mission.ts'
import { type Quote, stood } from '../../domain/quote.ts'
import {
  holdsBack,
  type RecommendationState,
  recommendationState,
  standingOf,
  type TeamStanding,
  type Window,
} from '../../domain/team.ts'
import { awaited, isMissed } from '../../domain/team-clock.ts'
import { peopleIn, unique } from '../alert/facts.ts'
import type { Person } from '../context.ts'
import { roleKey } from '../permission.ts'
import { approverPostsOf, kindOf, postOf, watchPosts } from './posts.ts'

/** Somebody who goes. */
export interface MemberFacts {
  row: TeamMember
  person: Person
}

/** What a team recommends, with what came of it. */
export interface RecommendationFacts {
  row: TeamRecommendation
  given: Tasking[]
  state: RecommendationState
}

/** A team as it now is, with what follows from it. */
export interface TeamFacts {
  team: Team
  /** Its kind as the mission file has it now. */
  kind: TeamKind
  hotspot: HotspotRow
  /** Sections that were asked, in the mission's order. */
  sections: TeamSectionRow[]
  members: MemberFacts[]
  /** Who leads it; null where nobody does, or who did has left the mission. */
  lead: Person | null
  /**
   * Whoever acts as its lead: the lead; of a team that went without one, or whose lead has left, each member a section
   * sent, and where all of them have left whoever decides on it. Without this nobody could answer or report for it.
   */
  leading: Person[]
  lines: TeamLineRow[]
  waivers: TeamWaiver[]
  acts: TeamActRow[]
  report: TeamReport | null
  reviews: TeamReview[]
  recommendations: RecommendationFacts[]
  questions: TeamQuestion[]
  notes: TeamNote[]
  /** Messages of Slack that stand on its record, or did until they were deleted there; oldest first. */
  quotes: Quote[]
  /** Who decides on it: the post and those above it. */
  approverPosts: RoleRef[]
  /** Whoever of them is told now: the first post that somebody stands. */
  approvers: Person[]
  /** Whoever watches over it by radio. */
  room: Person[]
  /** Who answers for each section that was asked. */
  chiefs: Map<string, Person[]>
  /** Humanitarians who are invited and may choose. */
  invited: Person[]
  /** What holds it back (`domain/team.ts`). */
  heldBack: string[]
  /** Humanitarians on it who have not confirmed since the mission's posture changed there. */
  paused: number
  /** What is awaited while it is out. */
  awaited: { kind: 'check_in' | 'return'; at: number } | null
  missed: boolean
  undecided: number
  standing: TeamStanding
  /** people.id of those who may read its record whatever their constituency. */
  named: string[]
  /** people.id of those who see its movements. */
  movers: string[]
}

/** Reads what surrounds teams, in their order. `now` in epoch ms. */
export async function factsOfTeams(
  repos: Repos,
  mission: Mission,
  now: number,
  rows: readonly Team[],
): Promise<TeamFacts[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const by = <T extends { teamId: string }>(all: readonly T[]) => Map.groupBy(all, ({ teamId }) => teamId)
  const { teams } = repos
  const [sections, members, lines, waivers, acts] = [
    by(await teams.sectionsOf(ids)),
    by(await teams.membersOf(ids)),
    by(await teams.linesOf(ids)),
    by(await teams.waiversOf(ids)),
    by(await teams.actsOf(ids)),
  ]
  const [reports, reviews, questions, notes] = [
    by(await teams.reportsOf(ids)),
    by(await teams.reviewsOf(ids)),
    by(await teams.questionsOf(ids)),
    by(await teams.notesOf(ids)),
  ]
  const quotes = Map.groupBy((await repos.quotes.ofTeams(ids)).filter(stood), ({ teamId }) => teamId)
  const all = await teams.recommendationsOf(ids)
  const recommended = by(all)
  const given = Map.groupBy(
    await repos.taskings.ofOrigins(
      'jpt',
      all.map(({ id }) => id),
    ),
    ({ originId }) => originId,
  )
  const places = new Map(
    (await repos.hotspots.byIds(rows.map(({ hotspotId }) => hotspotId))).map(row => [row.id, row]),
  )
  const standing = new Map<string, Person[]>()
  const holders = async (ref: RoleRef) => {
    const key = roleKey(ref)
    const found = standing.get(key) ?? (await peopleIn(repos, ref, now)).filter(isThere)
    standing.set(key, found)
    return found
  }
  const rules = mission.teams
  const facts: TeamFacts[] = []
  for (const team of rows) {
    const kind = kindOf(mission, team.kind)
    const asked = (sections.get(team.id) ?? []).toSorted(
      (a, b) => orderOf(mission, a.section) - orderOf(mission, b.section),
    )
    const going: MemberFacts[] = []
    for (const row of members.get(team.id) ?? []) {
      const person = await repos.people.byId(row.personId)
      if (person) going.push({ row, person })
    }
    const approverPosts = approverPostsOf(mission, team.sector)
    let approvers: Person[] = []
    for (const post of approverPosts) {
      approvers = (await holders(post)).slice(0, 1)
      if (approvers.length > 0) break
    }
    const room = await holders(roleRef(mission, rules.room, team.sector))
    const chiefs = new Map<string, Person[]>()
    for (const { section } of asked) {
      const post = postOf(mission, section, team.sector)
      chiefs.set(section, post ? await holders(post) : [])
    }
    const invited = kind.agencies === 'never' ? [] : await invitable(mission, holders)
    const watching = (
      await Promise.all(rules.movements.map(role => holders(roleRef(mission, role, team.sector))))
    ).flat()
    const told = (
      await Promise.all(
        watchPosts(mission, team.sector)
          .slice(0, Math.max(0, team.watchSteps - 1))
          .map(holders),
      )
    ).flat()
    const recommendations = (recommended.get(team.id) ?? []).map(row => {
      const of = given.get(row.id) ?? []
      return { row, given: of, state: recommendationState(row.refusedAt !== null, of) }
    })
    const went = acts.get(team.id) ?? []
    const { departAt, returnAt, hours } = team
    const waits =
      team.state === 'out' && departAt !== null && returnAt !== null
        ? awaited({ departAt, returnAt, hours, zone: mission.zone }, heardAt(team, went))
        : null
    const missed = waits !== null && isMissed(waits.at, now, rules)
    const written = lines.get(team.id) ?? []
    const confirmed = asked.filter(({ state }) => state === 'confirmed').map(({ section }) => section)
    const paused = await pausedGuests(repos, team.id, going)
    const lead = going.find(({ person }) => person.id === team.lead && isThere(person))?.person ?? null
    const heldBack = holdsBack(kind, {
      confirmed,
      guests: going.filter(({ row }) => row.section === null).length,
      hasLead: lead !== null,
      lines: written.map(({ line }) => line),
      paused: paused > 0,
      waived: (waivers.get(team.id) ?? []).map(({ what }) => what),
    })
    const undecided = recommendations.filter(({ state }) => state === 'undecided').length
    const sending = confirmed.flatMap(section => chiefs.get(section) ?? [])
    const goingIds = going.map(({ person }) => person.id)
    const movers = unique([...room, ...watching, ...told, ...approvers, ...sending]).map(({ id }) => id)
    facts.push({
      team,
      kind,
      hotspot: places.get(team.hotspotId) as HotspotRow,
      sections: asked,
      members: going,
      lead,
      leading: leadingOf(team, lead, going, approvers),
      lines: written,
      waivers: waivers.get(team.id) ?? [],
      acts: went,
      report: reports.get(team.id)?.[0] ?? null,
      reviews: reviews.get(team.id) ?? [],
      recommendations,
      questions: questions.get(team.id) ?? [],
      notes: notes.get(team.id) ?? [],
      quotes: quotes.get(team.id) ?? [],
      approverPosts,
      approvers,
      room,
      chiefs,
      invited,
      heldBack,
      paused,
      awaited: waits,
      missed,
      undecided,
      standing: standingOf({ state: team.state, heldBack: heldBack.length, missed, undecided }),
      named: [
        ...new Set([
          team.proposedBy,
          ...goingIds,
          ...movers,
          ...[...chiefs.values()].flat().map(({ id }) => id),
          ...invited.map(({ id }) => id),
        ]),
      ],
      movers: [...new Set([...movers, ...goingIds])],
    })
  }
  return facts
}

async function pausedGuests(repos: Repos, id: string, going: readonly MemberFacts[]): Promise<number> {
  const guests = going.filter(({ row }) => row.section === null).map(({ person }) => person.id)
  if (guests.length === 0) return 0
  const items = await repos.postures.itemsOfRecord('team', id)
  return items.filter(({ asked, state }) => state === 'paused' && guests.includes(asked)).length
}

export async function teamFacts(repos: Repos, mission: Mission, now: number, team: Team): Promise<TeamFacts> {
  const [facts] = await factsOfTeams(repos, mission, now, [team])
  return facts as TeamFacts
}

/** Whoever has left holds no side any more; whoever Slack does not know any more is closed. */
export const isThere = ({ closedAt, constituency }: Person) => closedAt === null && constituency !== null

/** See {@link TeamFacts.leading}. Before it goes, a lead can still be chosen. */
function leadingOf(
  { state }: Team,
  lead: Person | null,
  going: readonly MemberFacts[],
  approvers: readonly Person[],
): Person[] {
  if (lead) return [lead]
  if (!['out', 'back', 'reported'].includes(state)) return []
  const sent = going.filter(({ row, person }) => row.section !== null && isThere(person))
  return sent.length > 0 ? sent.map(({ person }) => person) : [...approvers]
}

/** When a team that is out was last heard of: its departure, a check-in, or its lead asking for more time. */
function heardAt(team: Team, acts: readonly TeamActRow[]): number {
  const heard = acts.filter(({ kind }) => kind === 'check_in' || kind === 'extend')
  return Math.max(team.wentAt ?? 0, ...heard.map(({ at }) => at))
}

function orderOf(mission: Mission, section: string): number {
  const at = mission.teams.sections.findIndex(({ id }) => id === section)
  return at === -1 ? mission.teams.sections.length : at
}

const DAY_MS = 24 * 3_600_000

/** When a team is on the move: as it was set, else as it is planned. */
export function windowOf({ fromAt, toAt, departAt, returnAt, backAt }: Team): Window {
  return { from: departAt ?? fromAt, to: backAt ?? returnAt ?? toAt + DAY_MS }
}

/** Posts of the humanitarian side: whoever holds one may choose to take part, or leave it. */
async function invitable(mission: Mission, holders: (ref: RoleRef) => Promise<Person[]>): Promise<Person[]> {
  const posts = mission.roles.filter(
    ({ constituency, scope }) =>
      scope === 'mission' && (constituency === 'un_agency' || constituency === 'ngo'),
  )
  return unique((await Promise.all(posts.map(({ id }) => holders({ role: id, sector: null })))).flat())
}
