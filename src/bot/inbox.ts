import type { WebClient } from '@slack/web-api'
import type { EventCall, Handlers, View } from '../handlers/contract.ts'
import type { InboxHandler } from '../jobs/contract.ts'
import type { Locales } from '../locales/index.ts'
import { reportUnreachable } from '../operations/alert.ts'
import type { Ctx } from '../operations/context.ts'
import type { Messages } from '../ports.ts'
import type { Actors } from './actors.ts'
import type { Membership } from './membership.ts'
import type { EventBody } from './payload.ts'
import type { Profiles } from './profiles.ts'
import { refusalSentence } from './refusal.ts'

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
  actors: Actors
  locales: Locales
  client: WebClient
  messages: Messages
  homeTeam: string
}

type HomeView = Parameters<WebClient['views']['publish']>[0]['view']

/** Works off one event that is on disk: what the bot itself needs of it, then the handler registered for it. */
export function createInboxHandler(deps: InboxDeps): InboxHandler {
  const { membership, profiles, actors, locales, client } = deps
  const handlers = new Map(Object.entries(deps.events))

  return async (ctx, body) => {
    const { event, team_id: team } = body as unknown as EventBody
    const teamId = team ?? ''
    if (MEMBERSHIP.has(event.type)) {
      const channel = channelOf(event)
      if (channel) membership.invalidate(channel)
    }
    if (event.type === 'user_change') {
      const user = event.user as {
        id: string
        team_id?: string
        locale?: unknown
        tz?: unknown
        deleted?: boolean
      }
      const person = await ctx.store.read.people.byUser(user.team_id ?? teamId, user.id)
      if (person && user.deleted) await reportUnreachable(ctx, person.id)
      else if (person) await profiles.changed(person, user)
    }
    const handler = handlers.get(event.type)
    if (!handler) return
    const userId = typeof event.user === 'string' ? event.user : null
    const acting = userId === null ? null : await actors.identify(await teamOf(ctx, teamId, userId), userId)
    const person = acting?.person ?? null
    await handler({
      ctx: acting ? { ...ctx, actor: { kind: 'person', ...acting } } : ctx,
      event: event as EventCall['event'],
      teamId,
      person,
      words: locales.words(person?.locale, person?.zone),
      wordsOf: other => locales.words(other.locale, other.zone),
      messages: deps.messages,
      homeTeam: deps.homeTeam,
      refusal: error =>
        refusalSentence(error, locales.words(person?.locale, person?.zone), {
          mission: ctx.mission,
          has: locales.has,
        }),
      async publishHome(view: View) {
        if (userId !== null)
          await client.views.publish({ user_id: userId, view: view as unknown as HomeView })
      },
    })
  }
}

/** An event in a shared channel names the workspace it is delivered to, not that of whoever acted. */
async function teamOf({ store }: Ctx, teamId: string, userId: string): Promise<string> {
  const known = await store.read.people.ofUser(userId)
  return known.some(person => person.teamId === teamId) ? teamId : (known[0]?.teamId ?? teamId)
}

function channelOf(event: Record<string, unknown>): string | undefined {
  const { channel } = event
  if (typeof channel === 'string') return channel
  const id = (channel as { id?: unknown } | undefined)?.id
  return typeof id === 'string' ? id : undefined
}
