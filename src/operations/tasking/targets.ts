import type { Constituency, RoleRef, TaskingKind } from '../../domain/mission.ts'
import { isAskedAsWhole, mayTaskPost } from '../../domain/tasking.ts'
import { peopleIn } from '../alert/facts.ts'
import type { Ctx } from '../context.ts'
import { postsOf } from '../duty/standing.ts'
import { actingPerson, roleKey, sameRole } from '../permission.ts'
import { parseTarget, rolesFor } from './parties.ts'

/** Somebody who may be tasked or asked. */
export interface Target {
  /** The value it has in a form. */
  value: string
  kind: TaskingKind
  ref: RoleRef | null
  constituency: Constituency
}

/**
 * Whom holders of these roles may task or ask: posts where they are held, and agencies and NGOs as a whole. Posts of
 * their own come last: what one does oneself is given to oneself least.
 */
export function targetsFor(ctx: Ctx, roles: readonly RoleRef[]): Target[] {
  actingPerson(ctx)
  const { mission } = ctx
  const wholes = (['un_agency', 'ngo'] as const).flatMap((constituency): Target[] => {
    const able = roles.some(role => mayTaskPost(mission, role, constituency))
    return able ? [{ value: constituency, kind: 'request', ref: null, constituency }] : []
  })
  const posts = postsOf(mission).flatMap((ref): Target[] => {
    const constituency = mission.roles.find(({ id }) => id === ref.role)?.constituency
    if (!constituency || isAskedAsWhole(constituency)) return []
    const kinds = roles.map(role => mayTaskPost(mission, role, ref))
    const kind = kinds.includes('tasking') ? 'tasking' : kinds.find(each => each !== null)
    return kind ? [{ value: roleKey(ref), kind, ref, constituency }] : []
  })
  const own = ({ ref }: Target) => ref !== null && roles.some(role => sameRole(role, ref))
  return [...posts.filter(each => !own(each)), ...wholes, ...posts.filter(own)]
}

/**
 * What choosing a target comes to: a tasking or a request, and who stands the post, by Slack's id; a person whose name
 * would put them at risk is not named.
 */
export async function targetStanding(
  ctx: Ctx,
  value: string,
): Promise<{ kind: TaskingKind; asWhole: boolean; standing: string | null } | null> {
  actingPerson(ctx)
  const target = parseTarget(ctx, value)
  const kinds = rolesFor(ctx, value).map(role => mayTaskPost(ctx.mission, role, target))
  const kind = kinds.includes('tasking') ? 'tasking' : kinds.find(each => each !== null)
  if (!kind) return null
  if (typeof target === 'string') return { kind, asWhole: isAskedAsWhole(target), standing: null }
  const [first] = await peopleIn(ctx.store.read, target, ctx.clock.now())
  const named = first && !first.national && first.closedAt === null
  return { kind, asWhole: false, standing: named ? first.userId : null }
}
