import type { InviteState } from '../../domain/forum.ts'
import type { Invited } from '../../domain/mission.ts'
import { sideOf } from '../../domain/side.ts'
import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction } from '../context.ts'
import { registeredPerson } from '../permission.ts'
import { note, refreshCardsOf } from '../telling.ts'
import { type ForumFacts, readForum } from './facts.ts'
import { forumRef, putForumCards } from './make.ts'

/** Those of a group's invitations the acting person answers: their own constituency's, and as bridge those of NGOs too. */
export function invitesOf(ctx: Ctx, { invites, guests }: Pick<ForumFacts, 'invites' | 'guests'>): Invited[] {
  if (ctx.actor.kind !== 'person') return []
  const { id, constituency } = ctx.actor.person
  if (constituency === null || sideOf(constituency) !== 'humanitarian') return []
  const isGuest = guests.some(guest => guest.id === id)
  return invites
    .filter(({ who, state }) => (who === constituency || isGuest) && state !== 'omitted')
    .map(({ who }) => who)
}

/**
 * Agencies or NGOs accept an invitation or decline it, freely and without a reason; an acceptance may be taken back. From an
 * acceptance on they read the group; meetings planned before keep their readers.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `unknown_term`, `already_done`.
 */
export async function answerInvite(
  ctx: Ctx,
  input: { forumId: string; who: string; answer: string },
): Promise<ForumFacts> {
  registeredPerson(ctx)
  const answer = (['accepted', 'declined'] as const).find(each => each === input.answer)
  if (!answer) throw new TocsinError('unknown_term', { details: { value: input.answer } })
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readForum(open, input.forumId)
    const who = invitesOf(open, facts).find(each => each === input.who)
    if (!who) throw new TocsinError('not_allowed')
    const before = facts.invites.find(each => each.who === who)?.state as InviteState
    if (before === answer) throw new TocsinError('already_done')
    await repos.forums.invite({ forumId: facts.forum.id, who, state: answer, at: open.clock.now() })
    await note(open, forumRef(facts.forum), 'forum.invite_answered', { who, answer })
    const after = {
      ...facts,
      invites: facts.invites.map(each => (each.who === who ? { ...each, state: answer } : each)),
    }
    await refreshCardsOf(open, forumRef(facts.forum))
    if (answer === 'accepted') await putForumCards(open, await readSystem(open, facts.forum.id))
    return after
  })
}

/** The group as the bot reads it, with what has just changed. */
const readSystem = (open: Ctx, id: string) => readForum({ ...open, actor: { kind: 'system' } }, id)
