import {
  type FetchFunction,
  WebAPIPlatformError,
  WebAPIRequestError,
  WebClient,
  type WebClientOptions,
} from '@slack/web-api'
import { ConfigError, type ConfigProblem } from '../config/problems.ts'
import type { Config } from '../config.ts'
import type { Log } from '../ports.ts'
import { slackLog } from './log.ts'
import { messengerClientOptions } from './messenger.ts'

/**
 * Slack's Web API, three ways. A rate limit on one never holds up another: each client has its own queue.
 */
export interface SlackClients {
  /** Modals and ephemerals, while a person waits: short timeout, no repetition. */
  interactive: WebClient
  /** For the outbox, which repeats by itself. */
  posting: WebClient
  /** People and members, in the background: waits as long as Slack asks. */
  background: WebClient
}

export function createClients(config: Config['slack'], log: Log, fetch?: FetchFunction): SlackClients {
  const shared: WebClientOptions = {
    slackApiUrl: config.apiUrl,
    logger: slackLog(log),
    ...(fetch ? { fetch } : {}),
  }
  return {
    interactive: new WebClient(config.botToken, { ...shared, ...messengerClientOptions, timeout: 5000 }),
    posting: new WebClient(config.botToken, { ...shared, ...messengerClientOptions }),
    background: new WebClient(config.botToken, {
      ...shared,
      retryConfig: { retries: 3, factor: 2 },
      timeout: 10_000,
      maxRequestConcurrency: 2,
    }),
  }
}

/** Who the bot is in Slack. */
export interface Identity {
  teamId: string
  userId: string
  botId: string
}

const REMEDY: Readonly<Record<string, ConfigProblem>> = {
  invalid_auth: tokenProblem('Slack does not know this token.', 'Copy the Bot User OAuth Token again.'),
  not_authed: tokenProblem('Slack received no token.', 'Copy the Bot User OAuth Token again.'),
  token_revoked: tokenProblem('This token was revoked.', 'Install the app again and copy the new token.'),
  token_expired: tokenProblem(
    'This token has expired.',
    'Switch token rotation off and install the app again.',
  ),
  account_inactive: tokenProblem(
    'The app was removed from the workspace, or its installer was deactivated.',
    'Install the app again and copy the new token.',
  ),
}

function tokenProblem(reason: string, remedy: string): ConfigProblem {
  return {
    key: 'SLACK_BOT_TOKEN',
    reason,
    remedy: `${remedy} It stands on your Slack app's page OAuth & Permissions.`,
  }
}

/**
 * Asks Slack who the bot is and whether its token may do what the manifest asks for.
 *
 * @param scopes the scopes of the manifest.
 * @throws ConfigError when the token is refused, lacks a scope, or Slack cannot be reached at this address.
 */
export async function checkSlack(
  clients: SlackClients,
  apiUrl: string,
  scopes: readonly string[],
): Promise<Identity> {
  const answer = await clients.interactive.auth.test().catch((error: unknown) => {
    throw new ConfigError([explain(error, apiUrl)])
  })
  const granted = answer.response_metadata?.scopes
  const missing = granted ? scopes.filter(scope => !granted.includes(scope)) : []
  if (missing.length > 0) {
    throw new ConfigError([
      tokenProblem(
        `The token lacks ${missing.length === 1 ? 'the scope' : 'the scopes'} ${missing.join(', ')}.`,
        "Put this version's manifest.json into the app's page App Manifest, install the app again and copy the token.",
      ),
    ])
  }
  const { team_id: teamId, user_id: userId, bot_id: botId } = answer
  if (!teamId || !userId || !botId) {
    throw new ConfigError([tokenProblem('This is not the token of a bot.', 'Copy the Bot User OAuth Token.')])
  }
  return { teamId, userId, botId }
}

function explain(error: unknown, apiUrl: string): ConfigProblem {
  if (error instanceof WebAPIPlatformError) {
    const code = error.data.error
    return (
      REMEDY[code] ?? tokenProblem(`Slack answered ${code}.`, 'Look the code up in the page of auth.test.')
    )
  }
  const why =
    error instanceof WebAPIRequestError ? error.original.message : error instanceof Error ? error.message : ''
  return {
    key: 'SLACK_API_URL',
    reason: `Slack did not answer at ${apiUrl} (${why}).`,
    remedy: 'Check the network, the proxy and the address; leave SLACK_API_URL out for Slack itself.',
  }
}
