import { type RoleRef, type Slot, shownRole } from '../../domain/mission.ts'
import { TocsinError } from '../../errors.ts'
import type { Ctx } from '../context.ts'
import { heldRoles, roleKey, sameRole } from '../permission.ts'
import type { AlertFacts } from './facts.ts'

/** A post on an owner's ladder that the acting person holds. */
export interface Post {
  slot: Slot
  rung: number
  ref: RoleRef
}

/** Every post the acting person holds on the ladders, lowest rung first. */
export function hatsHeld(ctx: Ctx, facts: AlertFacts): Post[] {
  const held = heldRoles(ctx)
  return facts.owners.flatMap(({ owner, posts }) =>
    posts
      .map((ref, rung) => ({ slot: owner.slot, rung, ref }))
      .filter(({ ref }) => held.some(role => sameRole(role, ref))),
  )
}

/** The post the acting person holds on each ladder: the one that has the alert, else the lowest of theirs. */
export function postsHeld(ctx: Ctx, facts: AlertFacts): Post[] {
  const hats = hatsHeld(ctx, facts)
  return facts.owners.flatMap(({ owner }) => {
    const theirs = hats.filter(({ slot }) => slot === owner.slot)
    return theirs.find(({ rung }) => rung === owner.rung) ?? theirs[0] ?? []
  })
}

/** Which owner, and which post of its ladder, a person said they act for. */
export interface Hat {
  slot?: Slot | undefined
  rung?: number | undefined
}

/**
 * The post the person acts from. Where they hold several, the owner that `eligible` leaves is taken; where several
 * posts could still decide, they are asked.
 *
 * @throws TocsinError `not_in_chain`; `which_owner` when both owners remain possible, `which_role` when several posts
 *   of one ladder do.
 */
export function actingPost(
  ctx: Ctx,
  facts: AlertFacts,
  wanted: Hat,
  eligible: (slot: Slot) => boolean,
): Post {
  const fitting = hatsHeld(ctx, facts).filter(
    ({ slot, rung }) => slot === (wanted.slot ?? slot) && rung === (wanted.rung ?? rung),
  )
  if (fitting.length === 0) throw new TocsinError('not_in_chain', { details: { code: facts.alert.code } })
  const [first, ...others] = fitting.length > 1 ? fitting.filter(post => eligible(post.slot)) : fitting
  if (!first) return postsHeld(ctx, facts).find(post => fitting.some(one => one.slot === post.slot)) as Post
  if (others.length === 0) return first
  throw new TocsinError(others.every(({ slot }) => slot === first.slot) ? 'which_role' : 'which_owner', {
    field: 'slot',
  })
}

/** Whether the person may record what others said and close: either chain, those informed, the operations centre. */
export function mayKeepRecord(ctx: Ctx, facts: AlertFacts): boolean {
  if (postsHeld(ctx, facts).length > 0) return true
  const keepers = [...facts.inform, ctx.mission.operationsCentre]
  return heldRoles(ctx).some(role => keepers.some(keeper => sameRole(keeper, role)))
}

/** The roles in which the acting person could decide about the alert as a whole; none where they only raised it. */
export function decidingRoles(ctx: Ctx, facts: AlertFacts): RoleRef[] {
  const posts = [...facts.owners.flatMap(owner => owner.posts), ...facts.inform, ctx.mission.operationsCentre]
  const held = heldRoles(ctx).filter(role => posts.some(post => sameRole(post, role)))
  return held.filter((role, at) => held.findIndex(one => sameRole(one, role)) === at)
}

/**
 * The role in which the acting person decides about the alert as a whole; null where they hold none.
 *
 * @param said `role` or `role@sector`, where they were asked.
 * @throws TocsinError `which_role` where several could decide and none was said, or another than theirs.
 */
export function decidingRole(ctx: Ctx, facts: AlertFacts, said: string | null | undefined): RoleRef | null {
  const roles = decidingRoles(ctx, facts)
  const [first] = roles
  if (!first) return speakingRole(ctx, facts)
  if (roles.length === 1) return first
  const chosen = roles.find(role => roleKey(role) === said)
  if (!chosen) throw new TocsinError('which_role', { field: 'role' })
  return chosen
}

/** The post a person speaks from when the act is not one owner's: a ladder's, else an informed role. */
export function speakingRole(ctx: Ctx, facts: AlertFacts): RoleRef | null {
  const post = postsHeld(ctx, facts)[0]
  return post?.ref ?? shownRole(ctx.mission, heldRoles(ctx))
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
