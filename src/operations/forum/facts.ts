import type { Forum, ForumHosting, ForumInvite } from '../../db/forums.ts'
import type { Meeting } from '../../db/meetings.ts'
import type { Repos } from '../../db/store.ts'
import { componentsOf, postsOfRole } from '../../domain/forum.ts'
import type { Constituency, ForumKind, Invited, Mission, RoleRef } from '../../domain/mission.ts'
import { mayRead, type Reader, type Shared } from '../../domain/sharing.ts'
import { sideOf } from '../../domain/side.ts'
import { TocsinError } from '../../errors.ts'
import { administrators } from '../administrators.ts'
import { peopleIn, unique } from '../alert/facts.ts'
import { actorAsReader } from '../alert/reading.ts'
import { channelReader, sharingRules } from '../channel.ts'
import type { Ctx, Person } from '../context.ts'
import { heldRoles, parseRoleKey, registeredPerson, roleKey, sameRole } from '../permission.ts'
import type { SharedRecord } from '../shared-records.ts'

/** A group as it now is, with what follows from it. */
export interface ForumFacts {
  forum: Forum
  /** Its kind in the mission file; null where that has gone. */
  kind: ForumKind | null
  /** Where it is chaired from, and the posts that belong to it, the chair's first. */
  chair: RoleRef
  posts: RoleRef[]
  /** Who holds each of {@link posts} now, in their order. */
  people: Person[][]
  invites: ForumInvite[]
  /** Who reads it beside those named. */
  audience: Constituency[]
  /** people.id of those who read it whatever their constituency: members, who made it, guests who accepted. */
  named: string[]
  /** Those whose answer to an invitation is awaited, and who may read what they are invited to. */
  guests: Person[]
  /** The hosting under which another group does its work now, with that group. */
  hostedBy: { hosting: ForumHosting; host: Forum } | null
  /** Groups whose work it does now. */
  hosts: Forum[]
  parent: Forum | null
  /** Its meetings, in the order of their days. */
  meetings: Meeting[]
  /** people.id of who leads the shift of a crisis forum; null for any other. */
  lead: string | null
}

/** Reads what surrounds groups, in their order. */
export async function factsOfForums(
  ctx: Pick<Ctx, 'mission' | 'clock'>,
  repos: Repos,
  rows: readonly Forum[],
): Promise<ForumFacts[]> {
  if (rows.length === 0) return []
  const { mission } = ctx
  const now = ctx.clock.now()
  const ids = rows.map(({ id }) => id)
  const invites = await repos.forums.invitesOf(ids)
  const meetings = await repos.meetings.ofForums(ids)
  const running = (await repos.forums.hostings()).filter(({ backAt }) => backAt === null)
  const related = await repos.forums.byIds([
    ...running.flatMap(({ forumId, hostId }) => [forumId, hostId]),
    ...rows.flatMap(({ parentId }) => parentId ?? []),
  ])
  const byId = (id: string | null) => related.find(each => each.id === id) ?? null
  const all: ForumFacts[] = []
  for (const forum of rows) {
    const chair = parseRoleKey(forum.chair)
    const posts = membersOf(mission, forum)
    const people = await Promise.all(posts.map(ref => present(repos, ref, now)))
    const own = invites.filter(({ forumId }) => forumId === forum.id)
    const accepted = own.filter(({ state }) => state === 'accepted').map(({ who }) => who)
    const waiting = own.filter(({ state }) => state === 'invited').map(({ who }) => who)
    const named = [
      forum.createdBy,
      ...people.flat().map(({ id }) => id),
      ...(await guestsOf(repos, mission, now, accepted)).map(({ id }) => id),
    ]
    const hosting = running.find(({ forumId }) => forumId === forum.id)
    const host = byId(hosting?.hostId ?? null)
    all.push({
      forum,
      kind: mission.forums.kinds.find(({ id }) => id === forum.kind) ?? null,
      chair,
      posts,
      people,
      invites: own,
      audience: forum.membersOnly ? [] : componentsOf(mission, forum.members, accepted),
      named: [...new Set(named)],
      guests: await guestsOf(repos, mission, now, waiting),
      hostedBy: hosting && host ? { hosting, host } : null,
      hosts: running.flatMap(row => (row.hostId === forum.id ? (byId(row.forumId) ?? []) : [])),
      parent: byId(forum.parentId),
      meetings: meetings.filter(({ forumId }) => forumId === forum.id),
      lead: forum.class === 'crisis' ? ((await repos.crises.byForum(forum.id))?.lead ?? null) : null,
    })
  }
  return all
}

/** The posts that belong to a group, its chair's first; each once. */
export function membersOf(mission: Mission, forum: Pick<Forum, 'chair' | 'members' | 'sector'>): RoleRef[] {
  const chair = parseRoleKey(forum.chair)
  const others = forum.members.flatMap(role => postsOfRole(mission, role, forum.sector))
  return [chair, ...others.filter(ref => !sameRole(ref, chair))]
}

const present = async (repos: Repos, ref: RoleRef, now: number): Promise<Person[]> =>
  (await peopleIn(repos, ref, now)).filter(({ closedAt }) => closedAt === null)

/** Who answers for agencies or NGOs: holders of their posts of the whole mission, else whoever confirms that side. */
async function guestsOf(
  repos: Repos,
  mission: Mission,
  now: number,
  invited: readonly Invited[],
): Promise<Person[]> {
  const found: Person[] = []
  for (const who of invited) {
    const posts = mission.roles.filter(
      ({ constituency, scope }) => constituency === who && scope === 'mission',
    )
    const held = await Promise.all(posts.map(({ id }) => present(repos, { role: id, sector: null }, now)))
    const people = held.flat()
    found.push(...(people.length > 0 ? people : await administrators(repos, mission, 'humanitarian', now)))
  }
  return unique(found).filter(({ closedAt }) => closedAt === null)
}

/** What a group says about its own readers. */
export function sharedForum({ forum, audience, named, guests }: ForumFacts): Shared {
  return { holder: forum.holder, audience, named: [...named, ...guests.map(({ id }) => id)] }
}

/** What a meeting says about its readers: those of its own day, and its group's members. */
export function sharedMeeting(meeting: Meeting, { named }: Pick<ForumFacts, 'named'>): Shared {
  return { holder: meeting.holder, audience: meeting.audience, named }
}

export const mayReadForum = (ctx: Ctx, facts: ForumFacts, reader: Reader): boolean =>
  mayRead(sharedForum(facts), 'record', reader, sharingRules(ctx))

export const mayReadMeeting = (
  ctx: Ctx,
  meeting: Meeting,
  facts: Pick<ForumFacts, 'named'>,
  reader: Reader,
): boolean => mayRead(sharedMeeting(meeting, facts), 'record', reader, sharingRules(ctx))

/**
 * The group as the acting person may read it; the bot itself reads all.
 *
 * @throws TocsinError `not_registered`, `not_found` where it does not exist or is not theirs to see.
 */
export async function readForum(ctx: Ctx, id: string): Promise<ForumFacts> {
  const reader = actorAsReader(ctx)
  if (reader) registeredPerson(ctx)
  const repos = ctx.tx ?? ctx.store.read
  const row = await repos.forums.byId(id)
  const [facts] = row ? await factsOfForums(ctx, repos, [row]) : []
  if (!facts || (reader && !mayReadForum(ctx, facts, reader))) throw new TocsinError('not_found')
  return facts
}

/**
 * Whether the acting person keeps a group: they chair it, made it or lead its shift, or are its secretariat, which a group of the
 * other side has not.
 */
export function keepsForum(
  ctx: Ctx,
  { forum, chair, lead }: Pick<ForumFacts, 'forum' | 'chair' | 'lead'>,
): boolean {
  if (ctx.actor.kind !== 'person') return true
  const { id, constituency } = ctx.actor.person
  if (constituency === null || ctx.actor.person.closedAt !== null) return false
  const held = heldRoles(ctx)
  if (id === forum.createdBy || id === lead || held.some(ref => sameRole(ref, chair))) return true
  const ownSide = sideOf(constituency) === sideOf(forum.holder)
  return ownSide && held.some(({ role }) => role === ctx.mission.forums.secretariat)
}

/** Whether a card offers what those who keep a group can do: to a person who does, and in a channel, where the act asks. */
export async function offersKeeping(
  ctx: Ctx,
  facts: Pick<ForumFacts, 'forum' | 'chair' | 'lead'>,
  reader: Reader,
): Promise<boolean> {
  if (reader.kind === 'channel') return true
  const person = await (ctx.tx ?? ctx.store.read).people.byId(reader.personId)
  return (
    person !== null &&
    keepsForum({ ...ctx, actor: { kind: 'person', person, roles: [...reader.roles] } }, facts)
  )
}

/** @throws TocsinError `not_found`, `not_allowed` for somebody who does not keep it. */
export async function readOwnForum(ctx: Ctx, id: string): Promise<ForumFacts> {
  const facts = await readForum(ctx, id)
  if (!keepsForum(ctx, facts)) throw new TocsinError('not_allowed')
  return facts
}

/** The post by which the acting person belongs to a group, as `role` or `role@sector`; null for a guest or its maker. */
export function ownPost(ctx: Ctx, { posts }: Pick<ForumFacts, 'posts'>): string | null {
  const held = heldRoles(ctx)
  const found = posts.find(post => held.some(ref => sameRole(ref, post)))
  return found ? roleKey(found) : null
}

/** Whether the group's channel holds somebody who may not read it: then nothing of it is shown there. */
export async function channelBarred(ctx: Ctx, facts: ForumFacts): Promise<boolean> {
  const { channelId } = facts.forum
  const repos = ctx.tx ?? ctx.store.read
  const channel = channelId ? await repos.channels.byId(channelId) : null
  if (!channel) return channelId !== null
  return !mayReadForum(ctx, facts, await channelReader(repos, channel, ctx.clock.now()))
}

/** The groups and meetings among these rows, for whoever looks at what stands in a channel. */
export async function forumsShared(ctx: Ctx, repos: Repos, ids: readonly string[]): Promise<SharedRecord[]> {
  const found: SharedRecord[] = []
  for (const facts of await factsOfForums(ctx, repos, await repos.forums.byIds(ids)))
    found.push({ kind: 'forum', id: facts.forum.id, code: facts.forum.code, shared: sharedForum(facts) })
  for (const id of ids) {
    const meeting = await repos.meetings.byId(id)
    const row = meeting && (await repos.forums.byId(meeting.forumId))
    const [facts] = row ? await factsOfForums(ctx, repos, [row]) : []
    if (meeting && facts)
      found.push({ kind: 'meeting', id, code: facts.forum.code, shared: sharedMeeting(meeting, facts) })
  }
  return found
}
