import type { Channel } from '../../db/channels.ts'
import type { ForumKind } from '../../domain/mission.ts'
import { TocsinError } from '../../errors.ts'
import type { Ctx } from '../context.ts'
import { heldRoles, registeredPerson } from '../permission.ts'

/** Kinds of groups the acting person may make. @throws TocsinError `not_registered`. */
export function kindsToMake(ctx: Ctx): ForumKind[] {
  registeredPerson(ctx)
  const held = heldRoles(ctx).map(({ role }) => role)
  return ctx.mission.forums.kinds.filter(({ madeBy }) => madeBy.some(role => held.includes(role)))
}

/** What a form for a new group offers. @throws TocsinError `not_registered`, `not_allowed` for who may make none. */
export async function forumForm(ctx: Ctx): Promise<{ kinds: ForumKind[]; channels: Channel[] }> {
  const kinds = kindsToMake(ctx)
  if (kinds.length === 0) throw new TocsinError('not_allowed')
  return { kinds, channels: await ownChannels(ctx) }
}

/** Registered private channels the acting person is in. @throws TocsinError `not_registered`. */
export async function ownChannels(ctx: Ctx): Promise<Channel[]> {
  const person = registeredPerson(ctx)
  const repos = ctx.tx ?? ctx.store.read
  const found: Channel[] = []
  for (const channel of await repos.channels.all()) {
    const members = channel.isPublic ? [] : await repos.channels.members(channel.id)
    if (members.some(member => member.person?.id === person.id)) found.push(channel)
  }
  return found
}
