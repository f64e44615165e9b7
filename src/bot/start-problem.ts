import { ConfigError, renderProblems } from '../config/problems.ts'
import { MissionError } from '../domain/mission.ts'
import { TocsinError } from '../errors.ts'
import { RedisMissingError } from '../jobs/redis.ts'

const HEADING = 'Tocsin cannot start.'

/** Why the bot did not start, for the terminal of an administrator: what is wrong and what to do. */
export function startProblem(error: unknown): { text: string; isConfiguration: boolean } {
  if (error instanceof ConfigError || error instanceof MissionError) {
    return { text: renderProblems(HEADING, error.problems), isConfiguration: true }
  }
  const known = knownProblem(error)
  if (known) return { text: renderProblems(HEADING, [known]), isConfiguration: true }
  return {
    text: `${HEADING}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    isConfiguration: false,
  }
}

function knownProblem(error: unknown): { key: string; reason: string; remedy: string } | undefined {
  if (error instanceof RedisMissingError) {
    return {
      key: error.key,
      reason: 'It is not set, and there is no redis-server on PATH.',
      remedy: error.remedy,
    }
  }
  if (error instanceof TocsinError && error.code === 'data_in_use') {
    return {
      key: 'DATA_DIR',
      reason: 'Another bot runs on this data folder.',
      remedy: 'Stop it, or choose another folder.',
    }
  }
  const { code, data } = (error ?? {}) as { code?: unknown; data?: { error?: unknown } }
  if (code === 'EADDRINUSE' || code === 'EACCES') {
    const reason =
      code === 'EACCES'
        ? 'The system does not let the bot listen on this port.'
        : 'Another program listens on this port.'
    return { key: 'PORT', reason, remedy: 'Choose another port, or 0 to let the system choose.' }
  }
  if (typeof data?.error === 'string') {
    return {
      key: 'SLACK_APP_TOKEN',
      reason: `Slack refused the connection (${data.error}).`,
      remedy: "Copy an app-level token with connections:write from your Slack app's page Basic Information.",
    }
  }
  return undefined
}
