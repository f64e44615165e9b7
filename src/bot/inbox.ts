import type { EventCall, Handlers } from '../handlers/contract.ts'
import type { InboxHandler } from '../jobs/contract.ts'
import type { Membership } from './membership.ts'
import type { EventBody } from './payload.ts'
import type { Profiles } from './profiles.ts'

/** Events after which a channel's list of members may no longer be true. */
const MEMBERSHIP = new Set([
  'member_joined_channel',
  'member_left_channel',
  'channel_archive',
  'channel_unarchive',
  'channel_shared',
  'channel_unshared',
  'group_archive',
  'group_unarchive',
])

export interface InboxDeps {
  events: Handlers['events']
  membership: Membership
  profiles: Profiles
}

/** Works off one event that is on disk: what the bot itself needs of it, then the handler registered for it. */
export function createInboxHandler({ events, membership, profiles }: InboxDeps): InboxHandler {
  const handlers = new Map(Object.entries(events))

  return async (ctx, body) => {
    const { event, team_id: team } = body as unknown as EventBody
    const teamId = team ?? ''
    if (MEMBERSHIP.has(event.type)) {
      const channel = channelOf(event)
      if (channel) membership.invalidate(channel)
    }
    if (event.type === 'user_change') {
      const user = event.user as { id: string; team_id?: string; locale?: unknown; tz?: unknown }
      const person = await ctx.store.read.people.byUser(user.team_id ?? teamId, user.id)
      if (person) await profiles.changed(person, user)
    }
    await handlers.get(event.type)?.({ ctx, event: event as EventCall['event'], teamId })
  }
}

function channelOf(event: Record<string, unknown>): string | undefined {
  const { channel } = event
  if (typeof channel === 'string') return channel
  const id = (channel as { id?: unknown } | undefined)?.id
  return typeof id === 'string' ? id : undefined
}
