import { expect, it } from 'vitest'
import { ConfigError, loadConfig } from '../../src/config.ts'

const good = {
  SLACK_BOT_TOKEN: 'xoxb-1234-secretpart',
  SLACK_SIGNING_SECRET: '0123456789abcdef0123456789abcdef',
  MISSION: 'missions/ombara.yaml',
}
const secret = 'a-secret-that-is-long-enough'

const problemsOf = (env: Record<string, string>): string[] => {
  try {
    loadConfig({ ...good, ...env }, { cwd: process.cwd() })
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    for (const { reason, remedy } of error.problems)
      for (const value of Object.values(env)) expect(`${reason} ${remedy}`).not.toContain(value)
    return error.problems.map(({ key }) => key)
  }
}

it.each([
  ['Twilio without the address it signs', { TWILIO_AUTH_TOKEN: secret }, ['PUBLIC_URL']],
  [
    'a number to send from without an account',
    { TWILIO_FROM: '+15550100000' },
    ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN'],
  ],
  [
    'RapidPro without its token',
    { RAPIDPRO_API_URL: 'https://rapidpro.example.org' },
    ['RAPIDPRO_API_TOKEN'],
  ],
  [
    'a gateway asked without a token',
    { INTAKE_POLL_URL: 'https://gateway.example.org' },
    ['INTAKE_POLL_TOKEN'],
  ],
  ['a secret that could be guessed', { INTAKE_SECRET: 'secret' }, ['INTAKE_SECRET']],
  ['a generic door alone', { INTAKE_SECRET: secret }, []],
])('%s', (_, env, keys) => {
  expect(problemsOf(env as Record<string, string>)).toEqual(keys)
})
