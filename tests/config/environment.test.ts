import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CONFIG_KEYS, ConfigError, loadConfig, readEnvironment, renderProblems } from '../../src/config.ts'

const cwd = resolve('.')
const good = {
  SLACK_BOT_TOKEN: 'xoxb-1234-secretpart',
  SLACK_SIGNING_SECRET: '0123456789abcdef0123456789abcdef',
  MISSION: 'missions/ombara.yaml',
}

function problems(env: Record<string, string>) {
  try {
    loadConfig(env, { cwd })
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

describe('the environment', () => {
  it('needs three values and has a default for the rest', () => {
    expect(loadConfig(good, { cwd })).toEqual({
      slack: {
        botToken: good.SLACK_BOT_TOKEN,
        signingSecret: good.SLACK_SIGNING_SECRET,
        appToken: undefined,
        apiUrl: 'https://slack.com/api/',
      },
      port: 3000,
      dataDir: join(cwd, 'data'),
      redisUrl: undefined,
      missionPath: join(cwd, 'missions/ombara.yaml'),
      publicUrl: undefined,
      heartbeatUrl: undefined,
      intake: {
        twilio: undefined,
        rapidproToken: undefined,
        koboSecret: undefined,
        secret: undefined,
        poll: undefined,
      },
      sms: undefined,
      logLevel: 'info',
    })
  })

  it('needs no signing secret in Socket Mode', () => {
    const { SLACK_SIGNING_SECRET: _, ...rest } = good
    const config = loadConfig({ ...rest, SLACK_APP_TOKEN: 'xapp-1-A' }, { cwd })
    expect(config.slack).toMatchObject({ appToken: 'xapp-1-A', signingSecret: undefined })
  })

  it('reports every mistake at once', () => {
    expect(
      problems({ PORT: '70000', LOG_LEVEL: 'loud', PUBLIC_URL: 'tocsin' }).map(({ key }) => key),
    ).toEqual(['SLACK_BOT_TOKEN', 'PORT', 'MISSION', 'PUBLIC_URL', 'LOG_LEVEL', 'SLACK_SIGNING_SECRET'])
  })

  it('counts an empty value as absent', () => {
    expect(loadConfig({ ...good, PORT: '', SLACK_APP_TOKEN: ' ' }, { cwd })).toMatchObject({ port: 3000 })
    expect(problems({ ...good, SLACK_BOT_TOKEN: '' })).toMatchObject([{ reason: 'It is missing.' }])
  })

  it('says where a token belongs that stands under another token’s name', () => {
    const found = problems({ ...good, SLACK_BOT_TOKEN: 'xapp-1-secret', SLACK_APP_TOKEN: 'xoxb-1-secret' })
    expect(found).toMatchObject([
      { key: 'SLACK_BOT_TOKEN', remedy: 'Put it under SLACK_APP_TOKEN.' },
      { key: 'SLACK_APP_TOKEN', remedy: 'Put it under SLACK_BOT_TOKEN.' },
    ])
  })

  it('names the mission file that is not there', () => {
    expect(problems({ ...good, MISSION: 'missions/nowhere.yaml' })).toMatchObject([
      { key: 'MISSION', reason: expect.stringMatching(/nowhere\.yaml/) },
    ])
  })

  it.each([
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['REDIS_URL', 'http://localhost'],
    ['SLACK_API_URL', 'slack.com/api'],
    ['HEARTBEAT_URL', 'javascript:alert(1)'],
    ['SLACK_SIGNING_SECRET', 'two words'],
  ])('refuses %s=%s with a reason and a remedy', (key, value) => {
    const found = problems({ ...good, [key]: value })
    expect(found.map(problem => problem.key)).toEqual([key])
    expect(found[0]!.reason).toMatch(/\.$/)
    expect(found[0]!.remedy).toMatch(/\.$/)
  })

  it('never shows a value, which may be a secret', () => {
    const secret = 'hunter2-secret value'
    const env = Object.fromEntries(CONFIG_KEYS.map(key => [key, secret]))
    const found = problems({ ...env, MISSION: good.MISSION })
    expect(found.length).toBeGreaterThan(5)
    expect(renderProblems('Tocsin cannot start.', found)).not.toContain('hunter2')
    expect(new ConfigError(found).message).not.toContain('hunter2')
  })

  it('ends the address of Slack’s API with a slash and lets the system choose a port', () => {
    const config = loadConfig({ ...good, SLACK_API_URL: 'http://127.0.0.1:4100/api', PORT: '0' }, { cwd })
    expect(config).toMatchObject({ port: 0, slack: { apiUrl: 'http://127.0.0.1:4100/api/' } })
  })

  it('takes from .env what the process does not set', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tocsin-env-'))
    expect(readEnvironment({ PORT: '1' }, { cwd: folder })).toEqual({ PORT: '1' })
    writeFileSync(join(folder, '.env'), 'PORT=2\nLOG_LEVEL=debug # quiet\n')
    expect(readEnvironment({ PORT: '1' }, { cwd: folder })).toEqual({ PORT: '1', LOG_LEVEL: 'debug' })
  })

  it('is documented: .env.example names the same keys', () => {
    const example = readFileSync('.env.example', 'utf8')
    const named = [...example.matchAll(/^([A-Z_]+)=/gm)].map(match => match[1])
    expect(named.toSorted()).toEqual([...CONFIG_KEYS].toSorted())
  })
})

describe('renderProblems', () => {
  it('shows key, reason and remedy, one below the other', () => {
    expect(
      renderProblems('Tocsin cannot start.', [{ key: 'PORT', reason: 'Wrong.', remedy: 'Right it.' }]),
    ).toBe('Tocsin cannot start.\n  PORT\n    Wrong.\n    → Right it.')
  })

  it('cuts a very long list short and says how long it is', () => {
    const many = Array.from({ length: 100 }, () => ({ key: 'K', reason: 'R.', remedy: 'M.' }))
    expect(renderProblems('H', many)).toMatch(/and 60 more of 100$/)
  })
})

describe('the source vault', () => {
  const key = (fill: number) => Buffer.alloc(32, fill).toString('base64')
  const given = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's', MISSION: 'missions/ombara.yaml' }
  const load = (vault: Record<string, string | undefined>) =>
    loadConfig({ ...given, ...vault }, { cwd: process.cwd() }).vault

  it('has its current key and those of before', () => {
    const vault = load({ VAULT_KEY: key(1), VAULT_KEYS_OLD: `${key(2)}, ${key(3)}` })
    expect([vault!.current, ...vault!.old].map(bytes => Buffer.from(bytes).toString('base64'))).toEqual([
      key(1),
      key(2),
      key(3),
    ])
  })

  it('is absent where no key is given', () => {
    expect(load({ VAULT_KEY: '' })).toBeUndefined()
  })

  it.each([
    { VAULT_KEY: 'correct horse battery staple' },
    { VAULT_KEY: key(1), VAULT_KEYS_OLD: `${key(2)},correct horse` },
    { VAULT_KEYS_OLD: key(2) },
    { VAULT_KEY: key(1), PARTNER_KEYS_OLD: key(2) },
  ])('is refused with a sentence that repeats no key: %j', vault => {
    expect(() => load(vault)).toThrow(ConfigError)
    try {
      load(vault)
    } catch (error) {
      const text = renderProblems('Problems', (error as ConfigError).problems)
      expect(text).toMatch(/VAULT_KEY|PARTNER_KEY/)
      for (const value of [key(1), key(2), 'correct horse']) expect(text).not.toContain(value)
    }
  })
})
