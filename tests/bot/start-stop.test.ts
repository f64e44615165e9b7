import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { startBot } from '../../src/bot/app.ts'
import { startProblem } from '../../src/bot/start-problem.ts'
import {
  commandBody,
  configFor,
  folder,
  keptLog,
  MISSION,
  manifest,
  mission,
  only,
  postSigned,
  rig,
  SECRET,
  workspace,
} from './support.ts'

/** The sentences of a start that fails. */
async function problem(start: Promise<unknown>): Promise<string> {
  const error = await start.then(
    () => new Error('it started'),
    reason => reason as unknown,
  )
  return startProblem(error).text
}

const start = (config: Parameters<typeof startBot>[0]['config']) =>
  startBot({ config, mission, handlers: only({}), log: keptLog() })

test.each([
  ['invalid_auth', 'Slack does not know this token'],
  ['account_inactive', 'removed from the workspace'],
  ['token_revoked', 'was revoked'],
  ['ekm_access_denied', 'Slack answered ekm_access_denied'],
])(
  'a token Slack answers with %s stops the start with the key, the reason and the remedy',
  async (error, reason) => {
    const ws = await workspace()
    ws.faults.add({ method: 'auth.test', error })
    const said = await problem(start(configFor(ws)))
    expect(said).toContain('SLACK_BOT_TOKEN')
    expect(said).toContain(reason)
  },
)

test('a token that lacks a scope of the manifest stops the start with its name', async () => {
  const ws = await workspace()
  const bot = manifest.oauth_config.scopes.bot.filter((scope: string) => scope !== 'groups:read')
  ws.setManifest({ ...manifest, oauth_config: { scopes: { bot } } })
  expect(await problem(start(configFor(ws)))).toContain('lacks the scope groups:read')
})

test('an address at which nobody answers stops the start', async () => {
  const said = await problem(start(configFor({ apiUrl: 'http://127.0.0.1:9/api/' })))
  expect(said).toContain('SLACK_API_URL')
})

test('an app token Slack refuses stops the start', async () => {
  const ws = await workspace()
  ws.faults.add({ method: 'apps.connections.open', error: 'invalid_auth' })
  expect(await problem(start(configFor(ws, { socket: true })))).toContain('SLACK_APP_TOKEN')
})

test('a second bot on the same data folder refuses, and the first goes on', async () => {
  const ws = await workspace()
  const dataDir = folder()
  const first = await start(configFor(ws, { dataDir }))
  onTestFinished(() => first.stop())
  expect(await problem(start(configFor(ws, { dataDir })))).toContain('DATA_DIR')
  expect((await fetch(`${first.url}/health`)).status).toBe(200)
})

test('a port that is taken stops the start and leaves nothing open', async () => {
  const ws = await workspace()
  const first = await start(configFor(ws))
  onTestFinished(() => first.stop())
  const config = configFor(ws)
  const port = Number(new URL(first.url).port)
  expect(await problem(start({ ...config, port }))).toContain('PORT')
  const again = await start(config)
  await again.stop()
})

test('a stop waits for work that goes on after its answer', async () => {
  const gate = Promise.withResolvers<void>()
  const steps: string[] = []
  const { bot } = await rig({
    commands: {
      '': async call => {
        await call.ack()
        await gate.promise
        steps.push('worked')
      },
    },
  })
  await postSigned(bot.url, commandBody('/poc'))
  const stopping = bot.stop().then(() => steps.push('stopped'))
  gate.resolve()
  await stopping
  expect(steps).toEqual(['worked', 'stopped'])
  await expect(fetch(`${bot.url}/health`)).rejects.toThrow()
})

test('the people, roles and channels of the mission file are entered once; later they are only compared', async () => {
  const ws = await workspace()
  const dataDir = folder()
  const first = await start(configFor(ws, { dataDir }))
  const seeded = mission.seed.people[0]!
  expect((await first.health()).differences).toEqual([])
  expect(await first.store.read.people.byUser(seeded.team, seeded.user)).toMatchObject({
    constituency: seeded.constituency,
  })
  const channel = mission.seed.channels[0]!
  await first.store.write(repos => repos.channels.update(channel.channel, { digest: !channel.digest }))
  await first.stop()

  const second = await start(configFor(ws, { dataDir }))
  onTestFinished(() => second.stop())
  const { status, differences, problems } = await second.health()
  expect(differences).toEqual([{ kind: 'channel', id: channel.channel, is: 'different' }])
  expect([status, problems.map(({ code }) => code)]).toEqual(['up', ['seed_differs']])
  expect((await second.store.read.channels.byId(channel.channel))?.digest).toBe(!channel.digest)
})

/** Runs the program itself until it ends, or says this. */
async function run(env: Record<string, string>, until?: string) {
  const main = new URL('../../src/main.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [main], {
    cwd: folder(),
    env: { PATH: process.env.PATH ?? '', ...env },
  })
  let said = ''
  const heard = Promise.withResolvers<void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', part => {
      said += part
      if (until && said.includes(until)) heard.resolve()
    })
  }
  const exit = once(child, 'exit')
  if (until) {
    await Promise.race([heard.promise, exit])
    child.kill('SIGTERM')
  }
  const [code] = await exit
  return { code: code as number | null, said }
}

test('the program names every wrong value and ends with 78, telling a supervisor not to try again', async () => {
  const { code, said } = await run({ SLACK_BOT_TOKEN: 'xapp-mixed-up' })
  expect(code).toBe(78)
  for (const key of ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'MISSION']) expect(said).toContain(key)
  expect(said).not.toContain('mixed-up')
})

test('the program says one line when it is ready, and ends cleanly on SIGTERM', async () => {
  const ws = await workspace()
  const env = {
    SLACK_BOT_TOKEN: 'xoxb-test',
    SLACK_SIGNING_SECRET: SECRET,
    SLACK_API_URL: ws.apiUrl,
    PORT: '0',
    MISSION,
  }
  const { code, said } = await run(env, '"ready"')
  const ready = said.split('\n').filter(line => line.includes('"ready"'))
  expect([code, ready.length], said).toEqual([0, 1])
  expect(said).not.toContain('xoxb-')
})

test('an older Node is told what to do instead of failing on the first type', async () => {
  const script = new URL('../../scripts/require-node.cjs', import.meta.url).pathname
  const pretend = `Object.defineProperty(process, 'versions', { value: { node: '20.19.2' } }); require(${JSON.stringify(script)})`
  const child = spawn(process.execPath, ['-e', pretend])
  let said = ''
  child.stderr.on('data', part => {
    said += part
  })
  const [code] = await once(child, 'close')
  expect([code, said]).toEqual([78, expect.stringContaining('needs Node 24')])
})
