import type { Core } from '../core.ts'
import type { Delivered } from '../delivery/link.ts'
import type { DeliveryKind } from '../faults.ts'
import type { Json } from '../json.ts'
import type { Channel, User } from '../state/model.ts'
import { notDone } from './refusal.ts'

/** The parts every interaction's payload has. `teamId` is the workspace it is said to come from. */
export function interactionBase(core: Core, user: User, teamId = core.state.homeTeam.id): Json {
  const { state } = core
  const team = state.teams.get(teamId) ?? state.homeTeam
  return {
    user: { id: user.id, username: user.handle, name: user.handle, team_id: user.teamId },
    team: { id: team.id, domain: team.domain },
    api_app_id: state.app.id,
    token: 'rehearsal',
    enterprise: null,
    is_enterprise_install: false,
  }
}

/** A channel as interactions name it. */
export const interactionChannel = (channel: Channel): Json => ({
  id: channel.id,
  name: channel.kind === 'im' ? 'directmessage' : channel.kind === 'private' ? 'privategroup' : channel.name,
})

/**
 * Sends an interaction and waits for the app's word.
 * @param failed what the person's client says, given Slack's code for what went wrong
 * @throws NotDone where the app is away, too late or answered an error
 */
export async function ask(
  core: Core,
  kind: DeliveryKind,
  payload: Json,
  failed: (code: string) => string,
): Promise<unknown> {
  const result = await core.link.deliver(kind, payload)
  if (result.outcome === 'acknowledged') return result.answer
  const code = codeOf(result)
  return notDone(code, failed(code))
}

const codeOf = (result: Delivered): string =>
  result.outcome === 'timeout' ? 'operation_timeout' : 'dispatch_failed'

/** What Slack's client shows beside a button whose app did not answer. */
export const buttonFailed = (code: string): string =>
  code === 'operation_timeout'
    ? 'Operation timed out. Apps need to respond within 3 seconds.'
    : 'This app did not respond. Try again.'
