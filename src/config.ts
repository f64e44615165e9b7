import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import type { Environment } from './config/environment.ts'
import {
  gatewayKeys,
  gatewayProblems,
  type IntakeConfig,
  type SmsConfig,
  toIntakeConfig,
  toSmsConfig,
} from './config/gateways.ts'
import { ConfigError, type ConfigProblem } from './config/problems.ts'

export { type Environment, readEnvironment } from './config/environment.ts'
export { loadMission } from './config/mission-file.ts'
export { ConfigError, type ConfigProblem, renderProblems } from './config/problems.ts'

export interface Config {
  slack: {
    botToken: string
    /** Absent only in Socket Mode, where Slack signs nothing. */
    signingSecret: string | undefined
    /** Set: Socket Mode; absent: HTTP. */
    appToken: string | undefined
    /** Ends with a slash. */
    apiUrl: string
  }
  /** 0 lets the system choose. */
  port: number
  /** Absolute path. */
  dataDir: string
  /** Absent: the bot starts a Redis of its own. */
  redisUrl: string | undefined
  /** Absolute path of the mission file. */
  missionPath: string
  publicUrl: string | undefined
  heartbeatUrl: string | undefined
  /** Keys of the source vault, 32 bytes each; absent: no source can be recorded. */
  vault: { current: Uint8Array; old: readonly Uint8Array[] } | undefined
  /** The doors through which the field reaches us. */
  intake: IntakeConfig
  /** The gateway by which texts leave. */
  sms: SmsConfig
  /** Keys of the humanitarian side to which organisation an unnamed partner is; absent: references alone are shown. */
  partners?: { current: Uint8Array; old: readonly Uint8Array[] } | undefined
  logLevel: (typeof LOG_LEVELS)[number]
}

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

const token = (prefix: string, otherwise: string) =>
  z.string().refine(value => new RegExp(`^${prefix}\\S+$`).test(value), {
    error: `The value does not begin with "${prefix}".`,
    params: { remedy: otherwise },
  })

const url = (protocols: readonly string[], example: string) =>
  z.string().refine(value => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    error: 'The value is not an address the bot can use.',
    params: { remedy: `Write it like ${example}.` },
  })

/** 32 bytes in base64, with or without padding. */
const vaultKey = z
  .string()
  .refine(value => /^[A-Za-z0-9+/_-]{43}=?$/.test(value), {
    error: 'The value is not a key of 32 bytes in base64.',
    params: { remedy: 'Make one with: openssl rand -base64 32' },
  })
  .transform(value => Uint8Array.from(Buffer.from(value, 'base64')))

const WEB = ['https:', 'http:']

const keysOfBefore = z
  .string()
  .transform(value => value.split(',').map(key => key.trim()))
  .pipe(z.array(vaultKey))
  .optional()

const environmentSchema = z.object({
  SLACK_BOT_TOKEN: token(
    'xoxb-',
    "Copy the Bot User OAuth Token from your Slack app's page OAuth & Permissions.",
  ),
  SLACK_SIGNING_SECRET: z.string().regex(/^\S+$/, { error: 'The value holds a space.' }).optional(),
  SLACK_APP_TOKEN: token(
    'xapp-',
    "Copy an app-level token with connections:write from your Slack app's page Basic Information, or leave it out for HTTP.",
  ).optional(),
  SLACK_API_URL: url(WEB, 'https://slack.com/api/')
    .transform(value => (value.endsWith('/') ? value : `${value}/`))
    .default('https://slack.com/api/'),
  PORT: z
    .string()
    .refine(value => /^\d{1,5}$/.test(value) && Number(value) <= 65_535, {
      error: 'The value is not a port.',
      params: { remedy: 'Write a whole number from 0 to 65535; 0 lets the system choose.' },
    })
    .transform(Number)
    .default(3000),
  DATA_DIR: z.string().default('data/'),
  REDIS_URL: url(['redis:', 'rediss:', 'unix:'], 'redis://127.0.0.1:6379').optional(),
  MISSION: z.string(),
  PUBLIC_URL: url(WEB, 'https://tocsin.example.org').optional(),
  HEARTBEAT_URL: url(WEB, 'https://watch.example.org/ping/tocsin').optional(),
  VAULT_KEY: vaultKey.optional(),
  VAULT_KEYS_OLD: keysOfBefore,
  ...gatewayKeys,
  PARTNER_KEY: vaultKey.optional(),
  PARTNER_KEYS_OLD: keysOfBefore,
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
})

/** Every environment variable the bot reads; `.env.example` documents each. */
export const CONFIG_KEYS: readonly string[] = Object.keys(environmentSchema.shape)

/**
 * Checks the environment.
 *
 * An empty value counts as absent. Relative paths are taken from `cwd`.
 *
 * @throws ConfigError with every problem at once; no message holds a value, since most of them are secrets.
 */
export function loadConfig(env: Environment, { cwd }: { cwd: string }): Config {
  const given = Object.fromEntries(
    CONFIG_KEYS.map(key => [key, env[key]?.trim()]).filter(
      ([, value]) => value !== undefined && value !== '',
    ),
  )
  const parsed = environmentSchema.safeParse(given)
  const problems = (parsed.error?.issues ?? []).map(issue => explain(issue, given))
  if (!given.SLACK_SIGNING_SECRET && !given.SLACK_APP_TOKEN) {
    problems.push({
      key: 'SLACK_SIGNING_SECRET',
      reason: 'It is missing, and without it nobody could tell a request of Slack from a forged one.',
      remedy:
        "Copy the Signing Secret from your Slack app's page Basic Information, or set SLACK_APP_TOKEN for Socket Mode.",
    })
  }
  for (const [key, seals] of [
    ['VAULT_KEY', 'new sources'],
    ['PARTNER_KEY', 'which organisation an unnamed partner is'],
  ] as const) {
    const before = KEYS_OF_BEFORE[key]
    if (!given[before] || given[key]) continue
    problems.push({
      key,
      reason: `It is missing, while ${before} names keys of before.`,
      remedy: `Give the key that seals ${seals}; docs/security.md says how a key is changed.`,
    })
  }
  problems.push(...gatewayProblems(given))
  const missionPath = given.MISSION ? resolve(cwd, given.MISSION) : ''
  if (missionPath && !existsSync(missionPath)) {
    problems.push({
      key: 'MISSION',
      reason: `There is no file ${missionPath}.`,
      remedy: 'Write the path of a mission file, such as missions/ombara.yaml.',
    })
  }
  if (problems.length > 0 || !parsed.success) throw new ConfigError(problems)
  const values = parsed.data
  return {
    slack: {
      botToken: values.SLACK_BOT_TOKEN,
      signingSecret: values.SLACK_SIGNING_SECRET,
      appToken: values.SLACK_APP_TOKEN,
      apiUrl: values.SLACK_API_URL,
    },
    port: values.PORT,
    dataDir: resolve(cwd, values.DATA_DIR),
    redisUrl: values.REDIS_URL,
    missionPath,
    publicUrl: values.PUBLIC_URL,
    heartbeatUrl: values.HEARTBEAT_URL,
    vault: values.VAULT_KEY && { current: values.VAULT_KEY, old: values.VAULT_KEYS_OLD ?? [] },
    intake: toIntakeConfig(values),
    sms: toSmsConfig(values),
    partners: values.PARTNER_KEY && { current: values.PARTNER_KEY, old: values.PARTNER_KEYS_OLD ?? [] },
    logLevel: values.LOG_LEVEL,
  }
}

const KEYS_OF_BEFORE = { VAULT_KEY: 'VAULT_KEYS_OLD', PARTNER_KEY: 'PARTNER_KEYS_OLD' } as const

/**
 * The keys of an environment for the vault, or for the file of unnamed partners, with those of before; undefined where
 * there are none.
 *
 * @throws ConfigError naming the variable that holds no key.
 */
export function sealingKeys(env: Environment, name: keyof typeof KEYS_OF_BEFORE): Config['vault'] {
  const read = (key: string, schema: z.ZodType) => {
    const parsed = schema.safeParse(env[key]?.trim() || undefined)
    if (parsed.success) return parsed.data
    throw new ConfigError(parsed.error.issues.map(issue => explain({ ...issue, path: [key] }, { [key]: '' })))
  }
  const before = KEYS_OF_BEFORE[name]
  const current = read(name, environmentSchema.shape[name]) as Uint8Array | undefined
  const old = read(before, environmentSchema.shape[before]) as Uint8Array[] | undefined
  return current && { current, old: old ?? [] }
}

const REQUIRED: Readonly<Record<string, string>> = {
  SLACK_BOT_TOKEN: "Copy the Bot User OAuth Token from your Slack app's page OAuth & Permissions.",
  MISSION: 'Write the path of a mission file, such as missions/ombara.yaml.',
}

/** A token put under another token's name is the commonest mistake; it is worth its own sentence. */
const TOKEN_HOMES: readonly [string, string][] = [
  ['xoxb-', 'SLACK_BOT_TOKEN'],
  ['xapp-', 'SLACK_APP_TOKEN'],
]

function explain(
  issue: z.core.$ZodIssue,
  given: Readonly<Record<string, string | undefined>>,
): ConfigProblem {
  const key = String(issue.path[0])
  const value = given[key]
  if (value === undefined) return { key, reason: 'It is missing.', remedy: REQUIRED[key] ?? 'Set it.' }
  const home = TOKEN_HOMES.find(([prefix, name]) => name !== key && value.startsWith(prefix))
  if (home && key.endsWith('_TOKEN')) {
    return {
      key,
      reason: `This is a token that begins with "${home[0]}".`,
      remedy: `Put it under ${home[1]}.`,
    }
  }
  if (issue.code === 'invalid_value') {
    return {
      key,
      reason: 'The value is not one the bot knows.',
      remedy: `Write one of ${issue.values.join(', ')}.`,
    }
  }
  const remedy = issue.code === 'custom' ? issue.params?.remedy : undefined
  return { key, reason: issue.message, remedy: typeof remedy === 'string' ? remedy : 'Copy it again.' }
}
