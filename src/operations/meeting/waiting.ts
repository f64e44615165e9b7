/** What groups and their meetings wait for, of one person. */
import type { MeetingEntry } from '../../db/meetings.ts'
import type { Repos } from '../../db/store.ts'
import type { Invited } from '../../domain/mission.ts'
import { actorAsReader } from '../alert/reading.ts'
import type { Ctx } from '../context.ts'
import { type CrisisFacts, crisisFacts } from '../crisis.ts'
import { type ForumFacts, factsOfForums, keepsForum, mayReadMeeting } from '../forum/facts.ts'
import { invitesOf } from '../forum/invite.ts'
import { listForums } from '../forum/list.ts'
import { heldRoles, registeredPerson, roleKey, sameRole } from '../permission.ts'
import { factsOfPlans, mayReadPlan, type PlanFacts } from '../plan/facts.ts'
import { type MeetingFacts, meetingFacts, ownPosts } from './facts.ts'

/** A decision that was not carried out, or an action with which nobody was tasked, and the group it is of. */
export interface OpenEntry {
  entry: MeetingEntry
  forum: ForumFacts
  /** Whether the acting person may say that it was carried out. */
  own: boolean
}

/** What waits for one person of the groups they may read. */
export interface WaitingForums {
  /** Groups into which their side was invited and has not answered. */
  invites: { forum: ForumFacts; who: Invited[] }[]
  /** Meetings that go on, or are within a day, to which their post has not reported. */
  reports: MeetingFacts[]
  /** Decisions of their post, and untasked actions of groups they chair; the oldest first. */
  entries: OpenEntry[]
  /** Joint plans to which their post has not agreed or objected. */
  plans: PlanFacts[]
  /** Crisis forums that stood down and owe a review, which they led last or chair. */
  reviews: CrisisFacts[]
}

const DAY_MS = 86_400_000

/**
 * Decisions of a group that were not carried out, and actions with which nobody was tasked, as far as the acting person
 * may read the meetings they are of; the oldest first.
 *
 * @throws TocsinError `not_registered`.
 */
export async function openEntriesOf(ctx: Ctx, forum: ForumFacts): Promise<OpenEntry[]> {
  registeredPerson(ctx)
  return (await openEntries(ctx, ctx.tx ?? ctx.store.read)).filter(
    each => each.forum.forum.id === forum.forum.id,
  )
}

/**
 * What of groups waits for the acting person: invitations, reports, decisions of their posts, reviews.
 *
 * @throws TocsinError `not_registered`.
 */
export async function waitingForums(ctx: Ctx): Promise<WaitingForums> {
  const person = registeredPerson(ctx)
  const repos = ctx.tx ?? ctx.store.read
  const held = heldRoles(ctx)
  const chairs = ({ chair }: ForumFacts) => held.some(ref => sameRole(ref, chair))
  const standing = await listForums(ctx)
  const reports: MeetingFacts[] = []
  const reviews: CrisisFacts[] = []
  for (const forum of standing) {
    const due = forum.meetings.find(
      ({ state, at }) => state === 'open' || (state === 'planned' && at - ctx.clock.now() <= DAY_MS),
    )
    const reader = actorAsReader(ctx)
    if (due && reader && mayReadMeeting(ctx, due, forum, reader) && ownPosts(ctx, forum.posts).length > 0) {
      const facts = await meetingFacts(ctx, repos, due)
      if (facts && ownPosts(ctx, facts.missing).length > 0) reports.push(facts)
    }
    const crisis = forum.forum.state === 'stood_down' ? await crisisFacts(repos, forum) : null
    if (crisis && (crisis.crisis.lead === person.id || chairs(forum))) reviews.push(crisis)
  }
  const open = await openEntries(ctx, repos)
  return {
    invites: standing.flatMap(forum => {
      const unanswered = forum.invites.filter(({ state }) => state === 'invited').map(({ who }) => who)
      const who = invitesOf(ctx, forum).filter(each => unanswered.includes(each))
      return who.length > 0 && forum.forum.state === 'active' ? [{ forum, who }] : []
    }),
    plans: await plansToAgree(ctx, repos),
    reports: reports.sort((a, b) => a.meeting.at - b.meeting.at),
    entries: open.filter(({ entry, forum }) =>
      entry.kind === 'decision' ? held.some(ref => roleKey(ref) === entry.decider) : chairs(forum),
    ),
    reviews,
  }
}

async function plansToAgree(ctx: Ctx, repos: Repos): Promise<PlanFacts[]> {
  const reader = actorAsReader(ctx)
  const held = heldRoles(ctx).map(roleKey)
  const asked = (await repos.plans.open()).filter(({ state }) => state === 'consulted')
  return (await factsOfPlans(ctx, repos, asked)).filter(
    facts =>
      reader !== null &&
      mayReadPlan(ctx, facts, reader) &&
      facts.standing.some(({ post, answer }) => answer === null && held.includes(post)),
  )
}

async function openEntries(ctx: Ctx, repos: Repos): Promise<OpenEntry[]> {
  const reader = actorAsReader(ctx)
  if (!reader) return []
  const entries = await repos.meetings.openEntries()
  const tasked = await repos.taskings.ofOrigins(
    'meeting',
    entries.filter(({ kind }) => kind === 'action').map(({ id }) => id),
  )
  const given = new Set(tasked.map(({ originId }) => originId))
  const meetings = await Promise.all(
    [...new Set(entries.map(each => each.meetingId))].map(repos.meetings.byId),
  )
  const rows = await repos.forums.byIds([...new Set(meetings.flatMap(meeting => meeting?.forumId ?? []))])
  const forums = await factsOfForums(ctx, repos, rows)
  return entries.flatMap(entry => {
    const meeting = meetings.find(each => each?.id === entry.meetingId)
    const forum = forums.find(each => each.forum.id === meeting?.forumId)
    if (!meeting || !forum || given.has(entry.id) || !mayReadMeeting(ctx, meeting, forum, reader)) return []
    const own = keepsForum(ctx, forum) || heldRoles(ctx).some(ref => roleKey(ref) === entry.decider)
    return [{ entry, forum, own }]
  })
}
