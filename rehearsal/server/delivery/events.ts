import type { Core } from '../core.ts'
import type { Json } from '../json.ts'
import { eventsOf } from '../manifest.ts'
import type { Channel } from '../state/model.ts'
import type { Delivered } from './link.ts'

/** When a missed event is sent again, in milliseconds after the attempt before: Slack's own three. */
export const SLACK_RETRIES = [0, 60_000, 300_000]

/** Sends the app the events its manifest asks for, and those alone, and again when they are missed. */
export class Events {
  #core: Core
  #retries: number[]

  constructor(core: Core, retries: number[] = SLACK_RETRIES) {
    this.#core = core
    this.#retries = retries
  }

  /** True where the app may see what happens in this channel: it is a member of it. */
  sees(channel: Channel): boolean {
    return channel.members.has(this.#core.state.app.botUserId)
  }

  /**
   * Sends `event` if the manifest subscribes to `name` and, where it happened in a channel, the bot is in it.
   * @param name as in the manifest, such as `message.channels` or `reaction_added`
   */
  send(name: string, event: Json, channel?: Channel): void {
    if (!eventsOf(this.#core.manifest).includes(name)) return
    if (channel && !this.sees(channel)) return
    this.sendAnyway(event, channel)
  }

  /** Sends an event without asking whether the bot is in the channel, as when it has just been put out of it. */
  sendAnyway(event: Json, channel?: Channel): void {
    const { state, clock } = this.#core
    const eventTs = state.ids.ts()
    const payload: Json = {
      token: 'rehearsal',
      team_id: state.homeTeam.id,
      context_team_id: state.homeTeam.id,
      context_enterprise_id: null,
      api_app_id: state.app.id,
      event: { event_ts: eventTs, ...event },
      type: 'event_callback',
      event_id: state.ids.next('Ev'),
      event_time: Math.floor(clock.now() / 1000),
      authorizations: [
        {
          enterprise_id: null,
          team_id: state.homeTeam.id,
          user_id: state.app.botUserId,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: (channel?.sharedWith.length ?? 0) > 0,
      event_context: state.ids.next('4-'),
    }
    this.#attempt(payload, 0, undefined)
  }

  #attempt(payload: Json, num: number, reason: string | undefined): void {
    void this.#core.link.deliver('events_api', payload, {
      num,
      ...(reason ? { reason } : {}),
      after: result => {
        const wait = this.#retries[num]
        if (result.outcome === 'acknowledged' || result.noRetry || wait === undefined) return
        const again = () => this.#attempt(payload, num + 1, reasonOf(result, this.#core))
        if (wait === 0) again()
        else this.#core.clock.after(wait, again)
      },
    })
  }
}

function reasonOf(result: Delivered, core: Core): string {
  if (core.link.connection === 'socket') return 'timeout'
  if (result.outcome === 'timeout') return 'http_timeout'
  return result.outcome === 'refused' ? 'http_error' : 'connection_failed'
}
