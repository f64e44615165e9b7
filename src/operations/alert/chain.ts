import type { RoleRef, Slot } from '../../domain/mission.ts'
import { TocsinError } from '../../errors.ts'
import type { Ctx } from '../context.ts'
import { heldRoles, sameRole } from '../permission.ts'
import type { AlertFacts } from './facts.ts'

/** A post on an owner's ladder that the acting person holds. */
export interface Post {
  slot: Slot
  rung: number
  ref: RoleRef
}

/** The post the acting person holds on each ladder: the one that has the alert, else the lowest of theirs. */
export function postsHeld(ctx: Ctx, facts: AlertFacts): Post[] {
  const held = heldRoles(ctx)
  return facts.owners.flatMap(({ owner, posts }) => {
    const theirs = posts
      .map((ref, rung) => ({ slot: owner.slot, rung, ref }))
      .filter(({ ref }) => held.some(role => sameRole(role, ref)))
    return theirs.find(({ rung }) => rung === owner.rung) ?? theirs[0] ?? []
  })
}

/**
 * The post the person acts from. Where they stand on both ladders, the owner that `eligible` leaves is taken, else
 * they are asked.
 *
 * @throws TocsinError `not_in_chain`, or `which_owner` when both remain possible.
 */
export function actingPost(
  ctx: Ctx,
  facts: AlertFacts,
  wanted: Slot | undefined,
  eligible: (slot: Slot) => boolean,
): Post {
  const posts = postsHeld(ctx, facts)
  const fitting = wanted ? posts.filter(post => post.slot === wanted) : posts
  if (fitting.length === 0) throw new TocsinError('not_in_chain', { details: { code: facts.alert.code } })
  const [first, ...others] = fitting.length > 1 ? fitting.filter(post => eligible(post.slot)) : fitting
  if (!first) return fitting[0] as Post
  if (others.length > 0) throw new TocsinError('which_owner', { field: 'slot' })
  return first
}

/** Whether the person may record what others said and close: either chain, those informed, the operations centre. */
export function mayKeepRecord(ctx: Ctx, facts: AlertFacts): boolean {
  if (postsHeld(ctx, facts).length > 0) return true
  const keepers = [...facts.inform, ctx.mission.operationsCentre]
  return heldRoles(ctx).some(role => keepers.some(keeper => sameRole(keeper, role)))
}

/** The post a person speaks from when the act is not one owner's: a ladder's, else an informed role. */
export function speakingRole(ctx: Ctx, facts: AlertFacts): RoleRef | null {
  const post = postsHeld(ctx, facts)[0]
  return post?.ref ?? heldRoles(ctx)[0] ?? null
}

/** @throws TocsinError `not_allowed` unless the person keeps this alert's record. */
export function requireRecordKeeper(ctx: Ctx, facts: AlertFacts): void {
  if (!mayKeepRecord(ctx, facts))
    throw new TocsinError('not_allowed', { details: { code: facts.alert.code } })
}

/** @throws TocsinError `not_allowed` unless the person keeps this alert's record, raised it, or follows it for its author. */
export function requireKeeper(ctx: Ctx, facts: AlertFacts): void {
  const authors = [facts.alert.raisedBy, ...facts.followers]
  const raised = ctx.actor.kind === 'person' && authors.includes(ctx.actor.person.id)
  if (!raised) requireRecordKeeper(ctx, facts)
}
