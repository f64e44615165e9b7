import type { ActResult } from '../../protocol.ts'
import { assertMessage } from '../check.ts'
import type { Core } from '../core.ts'
import { SlackError } from '../errors.ts'
import { isJson, type Json, list, str } from '../json.ts'
import { escapedCommandText, escapeMarkup } from '../operations/markup.ts'
import { post, postEphemeral } from '../operations/messages.ts'
import type { Channel, User } from '../state/model.ts'
import { ask } from './interaction.ts'
import { notDone } from './refusal.ts'

/** Runs a slash command a person typed in a channel. `line` is all they typed. */
export async function command(core: Core, user: User, channel: Channel, line: string): Promise<ActResult> {
  const match = /^(\/\S+)\s*([\s\S]*)$/.exec(line.trim())
  const name = match?.[1] ?? line
  const known = core.manifest.features?.slash_commands?.find(c => c.command === name)
  if (!known || user.teamId !== core.state.homeTeam.id) {
    return notDone(
      'invalid_command',
      `${name} is not a valid command. In Slack, all messages that start with the "/" character are interpreted as commands.`,
    )
  }
  const typedText = match?.[2] ?? ''
  const { state } = core
  const answer = await ask(
    core,
    'slash_commands',
    {
      token: 'rehearsal',
      team_id: state.homeTeam.id,
      team_domain: state.homeTeam.domain,
      channel_id: channel.id,
      channel_name:
        channel.kind === 'im' ? 'directmessage' : channel.kind === 'private' ? 'privategroup' : channel.name,
      user_id: user.id,
      user_name: user.handle,
      command: name,
      text: known.should_escape ? escapedCommandText(state, typedText) : escapeMarkup(typedText),
      api_app_id: state.app.id,
      is_enterprise_install: 'false',
      response_url: core.responseUrls.make('commands', { user: user.id, channel: channel.id }),
      trigger_id: core.triggers.make(user.id, { channel: channel.id }),
    },
    code => `${name} failed with the error "${code}"`,
  )
  showAnswer(core, answer, user, channel)
  return { ok: true }
}

/** Shows what a command's acknowledgement says, if it says anything. */
function showAnswer(core: Core, answer: unknown, user: User, channel: Channel): void {
  const said: Json = isJson(answer) ? answer : typeof answer === 'string' ? { text: answer } : {}
  const text = str(said.text)
  const blocks = list(said.blocks)
  if (!text && blocks.length === 0) return
  try {
    assertMessage({ ...(text ? { text } : {}), ...(blocks.length ? { blocks } : {}) })
  } catch (error) {
    if (!(error instanceof SlackError)) throw error
    core.deliveries.problem(`A command was answered with what Slack refuses: ${error.code}`)
    return
  }
  const message = {
    channel: channel.id,
    user: core.state.app.botUserId,
    fromApp: true,
    text: text ?? '',
    ...(blocks.length > 0 ? { blocks } : {}),
  }
  if (said.response_type === 'in_channel') post(core, message)
  else postEphemeral(core, { ...message, ephemeralFor: user.id })
}
