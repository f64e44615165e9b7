/** What a group has to deal with, gathered from everywhere: one contributor per noun. */
import type { Repos } from '../../db/store.ts'
import { isWarning } from '../../domain/alert.ts'
import { staleRows } from '../../domain/matrix/adopt.ts'
import { mayRead, type Reader } from '../../domain/sharing.ts'
import { factsOfAll } from '../alert/facts.ts'
import { mayReadAlert } from '../alert/reading.ts'
import { sharingRules } from '../channel.ts'
import type { Ctx } from '../context.ts'
import { earlyWarningFacts, mayReadEarlyWarning } from '../early-warning.ts'
import { type ForumFacts, factsOfForums, mayReadForum, mayReadMeeting } from '../forum/facts.ts'
import { hotspotFacts } from '../hotspot/facts.ts'
import { categoriesInForce, roundFacts } from '../matrix/facts.ts'
import { factsOfPlans, mayReadPlan } from '../plan/facts.ts'
import { partOf, releasingOfficers } from '../release/facts.ts'
import { factsOfTaskings, mayReadTasking } from '../tasking/facts.ts'
import { factsOfTeams } from '../team/facts.ts'
import { mayReadTeam } from '../team/readers.ts'

/** One line of an agenda. The words are chosen by `kind`: `meeting.agenda.<kind>`. */
export interface AgendaLine {
  kind: string
  id: string
  /** Code of the record, or of the group a decision belongs to. */
  code: string
  /** What it is about, raw: a place, a result, a name. */
  about?: string
  /** An exercise stands on the agendas of its own groups, and of no other. */
  exercise: boolean
  /** Since when it waits (epoch ms). */
  since: number
  sector: string | null
  /** Numbers the words name. */
  count?: number
  /** A person's words, raw. */
  text?: string
  /** Records its reader reads of, where it is not the one of `id`. */
  holds?: string[]
  /** Whether everybody behind a reader may be shown it. */
  readable(reader: Reader): boolean
}

/** What one noun puts before groups. Says nothing about who may read it: that is each line's own `readable`. */
export interface Contributor {
  kind: string
  lines(ctx: Ctx, repos: Repos, forum: ForumFacts): Promise<AgendaLine[]>
}

/** Alerts whose owners are late with an answer or a decision; of warnings, those without a decision. */
const alerts: Contributor = {
  kind: 'alert',
  async lines(ctx, repos) {
    const now = ctx.clock.now()
    const open = await factsOfAll(repos, ctx.mission, now, await repos.alerts.open())
    return open.flatMap(facts => {
      const { id, code, sector, urgency, placeSaid: about, exercise } = facts.alert
      const late = facts.owners
        .map(({ state }) => state)
        .filter(({ awaiting, dueAt }) => awaiting !== null && dueAt !== null && dueAt <= now)
      const unanswered = late.find(({ awaiting }) => awaiting === 'acknowledge')
      const undecided = late.find(({ awaiting }) => awaiting === 'decide')
      const found = unanswered ?? undecided
      if (!found) return []
      const kind = isWarning(urgency) ? 'warning' : unanswered ? 'unanswered' : 'undecided'
      const readable = (reader: Reader) => mayReadAlert(ctx, facts, 'record', reader)
      return [{ kind, id, code, about, exercise, sector, since: found.dueAt ?? now, readable }]
    })
  },
}

/** Several low warnings as one item, which owe a decision. */
const earlyWarnings: Contributor = {
  kind: 'early_warning',
  async lines(ctx, repos) {
    const found: AgendaLine[] = []
    for (const row of await repos.earlyWarnings.open()) {
      const item = await earlyWarningFacts(ctx, row.id)
      if (!item) continue
      const sectors = new Set(item.alerts.map(({ alert }) => alert.sector))
      found.push({
        kind: 'early_warning',
        id: row.id,
        code: row.code,
        exercise: row.exercise,
        since: row.askedAt,
        sector: sectors.size === 1 ? ([...sectors][0] ?? null) : null,
        holds: item.alerts.map(({ alert }) => alert.id),
        readable: reader => mayReadEarlyWarning(ctx, item, reader),
      })
    }
    return found
  },
}

const taskings: Contributor = {
  kind: 'tasking',
  async lines(ctx, repos) {
    const all = await factsOfTaskings(repos, ctx.mission, ctx.clock.now(), await repos.taskings.open())
    return all
      .filter(({ overdue, tasking }) => overdue && !tasking.exercise)
      .map(facts => ({
        kind: 'overdue',
        id: facts.tasking.id,
        code: facts.tasking.code,
        about: facts.tasking.result,
        exercise: facts.tasking.exercise,
        since: facts.tasking.dueAt,
        sector: facts.tasking.sector,
        readable: reader => mayReadTasking(ctx, facts, reader),
      }))
  },
}

/** Places whose rank is older than the mission lets it be, and rounds in which the sides differ. */
const hotspots: Contributor = {
  kind: 'hotspot',
  async lines(ctx, repos) {
    const found: AgendaLine[] = []
    const inForce = await categoriesInForce(repos)
    const stale = staleRows([...inForce.values()], ctx.clock.now())
    const since = new Map(stale.map(row => [row.hotspotId, row.reviewBy]))
    const places = await hotspotFacts(
      repos,
      ctx.mission,
      ctx.clock.now(),
      await repos.hotspots.byIds([...since.keys()]),
    )
    for (const { hotspot, shared } of places)
      found.push({
        kind: 'stale',
        id: hotspot.id,
        code: hotspot.code,
        about: hotspot.name,
        exercise: hotspot.exercise,
        since: since.get(hotspot.id) ?? 0,
        sector: hotspot.sector,
        readable: reader => mayRead(shared, 'record', reader, sharingRules(ctx)),
      })
    if (!ctx.mission.matrix) return found
    for (const round of await repos.matrix.roundsUnderWay()) {
      const facts = await roundFacts(ctx, repos, round)
      const contested = facts.rows.filter(row => row.contested)
      if (contested.length === 0) continue
      // How many rows are contested counts places of which each has readers of its own.
      const shown = facts.places.filter(({ hotspot }) =>
        contested.some(({ hotspotId }) => hotspotId === hotspot.id),
      )
      found.push({
        kind: 'contested',
        id: round.id,
        code: round.code,
        exercise: round.exercise,
        since: round.openedAt,
        sector: round.sector,
        count: contested.length,
        holds: [round.id, ...shown.map(({ hotspot }) => hotspot.id)],
        readable: reader =>
          mayRead(facts.shared, 'record', reader, sharingRules(ctx)) &&
          shown.every(({ shared }) => mayRead(shared, 'record', reader, sharingRules(ctx))),
      })
    }
    return found
  },
}

/** Proposals to release, for those alone who made or decide them: never in a channel. */
const releases: Contributor = {
  kind: 'release',
  async lines(ctx, repos) {
    const found: AgendaLine[] = []
    for (const release of await repos.releases.waiting()) {
      const officers = await releasingOfficers(repos, ctx.mission, partOf(release.holder), ctx.clock.now())
      const own = new Set([release.proposedBy, ...officers.map(({ id }) => id)])
      found.push({
        kind: 'release',
        id: release.id,
        code: release.code,
        exercise: (await repos.alerts.byId(release.alertId))?.exercise ?? false,
        since: release.proposedAt,
        sector: null,
        readable: reader => reader.kind === 'person' && own.has(reader.personId),
      })
    }
    return found
  },
}

/** Decisions of this group, of those whose work it does and of those that stand under it, not carried out yet. */
const decisions: Contributor = {
  kind: 'decision',
  async lines(ctx, repos, forum) {
    const rows = await repos.forums.byIds(await ownAndBelow(repos, forum))
    const found: AgendaLine[] = []
    for (const facts of await factsOfForums(ctx, repos, rows)) {
      const entries = await repos.meetings.entriesOf(facts.meetings.map(({ id }) => id))
      for (const entry of entries) {
        const meeting = facts.meetings.find(({ id }) => id === entry.meetingId)
        if (entry.kind !== 'decision' || entry.state !== 'stands' || entry.doneAt !== null || !meeting)
          continue
        if (meeting.state !== 'closed') continue
        found.push({
          kind: 'decision',
          id: entry.id,
          code: facts.forum.code,
          exercise: facts.forum.exercise,
          since: entry.at,
          sector: facts.forum.sector,
          text: entry.text ?? '',
          holds: [meeting.id],
          readable: reader => mayReadMeeting(ctx, meeting, facts, reader),
        })
      }
    }
    return found
  },
}

/** Crisis forums that stood down and owe their review: before senior forums. */
const reviews: Contributor = {
  kind: 'review',
  async lines(ctx, repos, { forum }) {
    if (forum.class !== 'senior') return []
    const owed = (await repos.forums.all()).filter(({ state }) => state === 'stood_down')
    return (await factsOfForums(ctx, repos, owed)).map(facts => ({
      kind: 'review',
      id: facts.forum.id,
      code: facts.forum.code,
      exercise: facts.forum.exercise,
      since: facts.forum.stateAt,
      sector: facts.forum.sector,
      readable: reader => mayReadForum(ctx, facts, reader),
    }))
  },
}

/** Joint protection teams that somebody proposed and nobody has taken up or declined. */
const teams: Contributor = {
  kind: 'team',
  async lines(ctx, repos) {
    const proposed = (await repos.teams.open()).filter(({ state }) => state === 'proposed')
    const all = await factsOfTeams(repos, ctx.mission, ctx.clock.now(), proposed)
    return all.map(facts => ({
      kind: 'team',
      id: facts.team.id,
      code: facts.team.code,
      about: facts.hotspot.name,
      exercise: facts.team.exercise,
      since: facts.team.stateAt,
      sector: facts.team.sector,
      readable: reader => mayReadTeam(ctx, facts, 'record', reader),
    }))
  },
}

/**
 * Joint plans of this group, of those whose work it does and of those under it: not agreed, agreed and not started, or
 * under way with steps that nobody gave.
 */
const plans: Contributor = {
  kind: 'plan',
  async lines(ctx, repos, forum) {
    const groups = await ownAndBelow(repos, forum)
    const open = (await repos.plans.open()).filter(({ forumId }) => groups.includes(forumId))
    return (await factsOfPlans(ctx, repos, open)).flatMap(facts => {
      const { id, code, goal: about, state, stateAt: since, exercise } = facts.plan
      const left = facts.steps.filter(({ taskingId }) => taskingId === null).length
      if (state === 'executing' && left === 0) return []
      const kind = state === 'executing' ? 'planLeft' : state === 'agreed' ? 'planAgreed' : 'plan'
      const readable = (reader: Reader) => mayReadPlan(ctx, facts, reader)
      const { sector } = facts.forum.forum
      return [{ kind, id, code, about, exercise, sector, since, count: left, readable }]
    })
  },
}

/** The group, those whose work it does, and those that stand under it. */
async function ownAndBelow(repos: Repos, { forum, hosts }: ForumFacts): Promise<string[]> {
  const below = (await repos.forums.all()).filter(({ parentId }) => parentId === forum.id)
  return [...new Set([forum.id, ...hosts.map(({ id }) => id), ...below.map(({ id }) => id)])]
}

/** A noun whose records groups deal with adds itself here. */
export const contributors: readonly Contributor[] = [
  alerts,
  earlyWarnings,
  taskings,
  hotspots,
  teams,
  releases,
  decisions,
  plans,
  reviews,
]

/**
 * The agenda of a group for a reader: what each contributor has that everybody behind the reader may be shown; of a
 * sector's group, its sector's alone; of an exercise, nothing but exercises. Longest waiting first within each kind.
 */
export async function agendaFor(ctx: Ctx, forum: ForumFacts, reader: Reader): Promise<AgendaLine[]> {
  const repos = ctx.tx ?? ctx.store.read
  const all: AgendaLine[] = []
  for (const contributor of contributors) {
    const lines = await contributor.lines(ctx, repos, forum)
    all.push(
      ...lines
        .filter(({ sector }) => forum.forum.sector === null || sector === forum.forum.sector)
        .filter(({ exercise }) => exercise === forum.forum.exercise)
        .filter(line => line.readable(reader))
        .sort((a, b) => a.since - b.since),
    )
  }
  return all
}
