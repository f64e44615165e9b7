import { LogLevel, type Logger as SlackLogger } from '@slack/web-api'
import { type DestinationStream, pino } from 'pino'
import type { Log } from '../ports.ts'

/** Tokens and signing secrets that another library might quote in a message of its own. */
const SECRET = /\bx(?:ox[a-z]|app)-[\w-]+/g

/** Fields that could carry a person's words or a secret. A log holds ids and codes, never the texts of a record. */
const WORDS = [
  'text',
  'blocks',
  'what',
  'note',
  'words',
  'body',
  'values',
  'view',
  'token',
  'payload',
  'privateMetadata',
]

/** A log of JSON lines. @param to where it is written; standard output unless given. */
export function createLog(level: string, to?: DestinationStream): Log {
  const options = {
    level,
    base: undefined,
    redact: { paths: WORDS.flatMap(field => [field, `*.${field}`]), censor: '[withheld]' },
    hooks: { streamWrite: (line: string) => line.replace(SECRET, '[secret]') },
  }
  return to ? pino(options, to) : pino(options)
}

/**
 * A log for Slack's libraries. Their debug lines hold whole payloads and are never written, whatever the level.
 */
export function slackLog(log: Log): SlackLogger {
  const said = (parts: unknown[]) =>
    parts.map(part => (part instanceof Error ? part.message : String(part))).join(' ')
  return {
    debug() {},
    info: (...parts) => log.debug({ from: 'slack' }, said(parts)),
    warn: (...parts) => log.warn({ from: 'slack' }, said(parts)),
    error: (...parts) => log.error({ from: 'slack' }, said(parts)),
    setLevel() {},
    getLevel: () => LogLevel.INFO,
    setName() {},
  }
}
