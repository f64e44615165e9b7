import { type Constituency, findRole, type Mission, type RoleRef } from '../../domain/mission.ts'
import { isAskedAsWhole, mayTaskPost, type Party, postsAbove } from '../../domain/tasking.ts'
import { TocsinError } from '../../errors.ts'
import type { Ctx } from '../context.ts'
import { appointsTo } from '../duty/standing.ts'
import { actingPerson, heldRoles, parseRoleKey, roleKey, sameRole } from '../permission.ts'
import type { TaskingFacts } from './facts.ts'

/** Somebody with the roles they hold now. */
export interface Hand {
  personId: string
  constituency: Constituency | null
  roles: readonly RoleRef[]
}

export interface PartyHeld {
  party: Party
  /** The post by which they are it, as `role` or `role@sector`. */
  role: string | null
}

/** What the acting person is to a tasking; nothing for the bot itself. */
export function partiesOf(ctx: Ctx, facts: TaskingFacts): PartyHeld[] {
  if (ctx.actor.kind !== 'person') return []
  const { id, constituency } = actingPerson(ctx)
  return partiesAs(ctx.mission, facts, { personId: id, constituency, roles: heldRoles(ctx) })
}

/** What somebody is to a tasking, each with the post by which they are. */
export function partiesAs(mission: Mission, { tasking, asked }: TaskingFacts, hand: Hand): PartyHeld[] {
  const { personId, constituency, roles } = hand
  const holds = (key: string | null) => key !== null && roles.some(role => roleKey(role) === key)
  const found: PartyHeld[] = []
  if (isAskedAsWhole(tasking.toConstituency)) {
    const theirs = constituency === tasking.toConstituency && tasking.toOrganisation === null
    if (theirs || asked.some(({ id }) => id === personId)) found.push({ party: 'asked', role: null })
  } else if (personId === tasking.accountable || holds(tasking.toRole)) {
    found.push({ party: 'asked', role: tasking.toRole })
  }
  if (personId === tasking.askedBy || holds(tasking.askedRole))
    found.push({ party: 'asker', role: tasking.askedRole })
  if (tasking.climbedTo !== null) {
    const posts = postsAbove(mission, tasking).map(roleKey)
    const above = posts.slice(posts.indexOf(tasking.climbedTo)).find(holds)
    if (above) found.push({ party: 'above', role: above })
  }
  if (tasking.toRole !== null) {
    const post = parseRoleKey(tasking.toRole)
    if (appointsTo(mission, roles, post)) {
      const head = findRole(mission, post.role)?.appointedBy ?? ''
      const role = roles.find(each => each.role === head)
      found.push({ party: 'appointer', role: role ? roleKey(role) : null })
    }
  }
  return found
}

/** Whether the acting person keeps the operations centre's record: they write down what was said over radio or phone. */
export function keepsCentre(ctx: Ctx): boolean {
  return heldRoles(ctx).some(role => sameRole(role, ctx.mission.operationsCentre))
}

/** The posts in which the acting person may task or ask somebody at all. */
export function askingRoles(ctx: Ctx): RoleRef[] {
  const from = new Set(ctx.mission.tasking.map(row => row.from))
  return heldRoles(ctx).filter(({ role }) => from.has(role))
}

/** A post or a constituency that may be tasked or asked, by the value it has in a form. */
export function parseTarget(
  ctx: Pick<Ctx, 'mission'>,
  value: string,
): RoleRef | TaskingFacts['tasking']['toConstituency'] {
  const ref = parseRoleKey(value)
  return findRole(ctx.mission, ref.role) ? ref : (value as TaskingFacts['tasking']['toConstituency'])
}

/**
 * The post in which the acting person asks `to`, and whether it is a tasking or a request.
 *
 * @param said `role` or `role@sector`, where they were asked in which they act.
 * @throws TocsinError `which_role` where several of theirs may and none was said, `may_not_task` where none may.
 */
export function askingRole(ctx: Ctx, to: string, said: string | null | undefined) {
  const target = parseTarget(ctx, to)
  const able = ableRoles(ctx, target)
  const wanted = said ? able.filter(({ role }) => roleKey(role) === said) : able
  const [first, ...others] = wanted
  if (!first) throw new TocsinError('may_not_task', { field: 'to' })
  if (others.length > 0) throw new TocsinError('which_role', { field: 'role' })
  return { ...first, target }
}

function ableRoles(ctx: Ctx, target: ReturnType<typeof parseTarget>) {
  return askingRoles(ctx).flatMap(role => {
    const kind = mayTaskPost(ctx.mission, role, target)
    return kind ? [{ role, kind }] : []
  })
}

/** The posts in which the acting person may task or ask this one; one, and there is nothing to ask them. */
export function rolesFor(ctx: Ctx, to: string): RoleRef[] {
  return ableRoles(ctx, parseTarget(ctx, to)).map(({ role }) => role)
}
