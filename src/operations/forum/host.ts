import { afterMove } from '../../domain/forum.ts'
import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { registeredPerson } from '../permission.ts'
import { lineAt, note, personTarget, refreshCardsOf } from '../telling.ts'
import { requiredText } from '../text.ts'
import { type ForumFacts, readForum, readOwnForum } from './facts.ts'
import { forumLimits, forumRef } from './make.ts'

/**
 * A group does not meet any more, and another does its work: its open decisions stand on that group's agenda,
 * for those who may read them. Nothing of its history changes its readers: who belongs to the other group and could not
 * read it before cannot read it now.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `forum_over`, `host_invalid`, `text_missing`,
 *   `text_too_long`.
 */
export async function hostForum(
  ctx: Ctx,
  input: { forumId: string; hostId: string; why: string },
): Promise<ForumFacts> {
  const person = registeredPerson(ctx)
  const why = requiredText(input.why, 'why', forumLimits.why)
  return inTransaction(ctx, async (repos, open) => {
    const { forum, meetings } = await readOwnForum(open, input.forumId)
    const state = afterMove(forum.class, forum.state, 'host')
    if (state === null) throw new TocsinError('forum_over')
    const host = await readForum(open, input.hostId)
    if (host.forum.id === forum.id || host.forum.state !== 'active' || host.forum.class === 'crisis')
      throw new TocsinError('host_invalid', { field: 'host' })
    const now = open.clock.now()
    await repos.forums.host({
      id: open.ids.id(),
      forumId: forum.id,
      hostId: host.forum.id,
      why,
      since: now,
      by: person.id,
      backAt: null,
      backBy: null,
    })
    await repos.forums.update(forum.id, { state, stateAt: now })
    for (const { id } of meetings.filter(meeting => meeting.state === 'planned')) {
      await repos.meetings.update(id, { state: 'cancelled' })
      await repos.timers.cancel(`meeting:${id}`)
      await refreshCardsOf(open, { kind: 'meeting', id })
    }
    await note(open, forumRef(forum), 'forum.hosted', { host: host.forum.code }, { why })
    await note(open, forumRef(host.forum), 'forum.hosts', { forum: forum.code })
    await tellBoth(open, input.forumId, input.hostId)
    return readForum(open, forum.id)
  })
}

/**
 * A group meets again: its work comes back to it, with what is still open of it.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `forum_over` for one that no other does the work of.
 */
export async function returnForum(ctx: Ctx, forumId: string): Promise<ForumFacts> {
  const person = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const { forum, hostedBy } = await readOwnForum(open, forumId)
    const state = afterMove(forum.class, forum.state, 'return')
    if (state === null || !hostedBy) throw new TocsinError('forum_over')
    const now = open.clock.now()
    await repos.forums.endHosting(forum.id, now, person.id)
    await repos.forums.update(forum.id, { state, stateAt: now })
    await note(open, forumRef(forum), 'forum.returned', { host: hostedBy.host.code })
    await tellBoth(open, forum.id, hostedBy.host.id)
    return readForum(open, forum.id)
  })
}

/**
 * Closes a group that meets no more. A crisis forum closes by its review alone.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `forum_over`.
 */
export async function closeForum(ctx: Ctx, forumId: string): Promise<ForumFacts> {
  registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const { forum, meetings, hosts } = await readOwnForum(open, forumId)
    const state = afterMove(forum.class, forum.state, 'close')
    if (state === null || hosts.length > 0) throw new TocsinError('forum_over')
    if (meetings.some(meeting => meeting.state === 'open')) throw new TocsinError('meeting_open')
    await repos.forums.update(forum.id, { state, stateAt: open.clock.now() })
    for (const { id } of meetings.filter(meeting => meeting.state === 'planned')) {
      await repos.meetings.update(id, { state: 'cancelled' })
      await repos.timers.cancel(`meeting:${id}`)
      await refreshCardsOf(open, { kind: 'meeting', id })
    }
    await note(open, forumRef(forum), 'forum.closed')
    await refreshCardsOf(open, forumRef(forum))
    return readForum(open, forum.id)
  })
}

/** Both chairs hear of it, and the cards of both say it. */
async function tellBoth(open: Open, forumId: string, hostId: string): Promise<void> {
  const system: Ctx = { ...open, actor: { kind: 'system' } }
  const told = new Set<string>()
  for (const id of [forumId, hostId]) {
    const { people } = await readForum(system, id)
    const [chair] = people[0] ?? []
    await refreshCardsOf(open, { kind: 'forum', id })
    if (!chair || told.has(chair.id)) continue
    told.add(chair.id)
    await lineAt(open, 'forum.line', forumId, personTarget(chair.id))
  }
}
