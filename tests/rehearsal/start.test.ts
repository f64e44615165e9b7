import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type RehearsalOptions, startRehearsal } from '../../rehearsal/start.ts'
import { MANIFEST } from './support.ts'

const BOT = join(import.meta.dirname, 'fixtures/bot.mjs')

function options(change: Partial<RehearsalOptions> = {}): RehearsalOptions & { said: string[] } {
  const said: string[] = []
  return {
    manifest: MANIFEST,
    bot: [process.execPath, BOT],
    pageDir: import.meta.dirname,
    port: 0,
    connection: 'socket',
    env: { PATH: process.env.PATH },
    say: line => said.push(line),
    said,
    ...change,
  }
}

async function environment(port: unknown): Promise<Record<string, string>> {
  return (await (await fetch(`http://127.0.0.1:${port}/health`)).json()) as Record<string, string>
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>(resolve => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise(resolve => probe.close(resolve))
  return port
}

describe('starting a rehearsal', () => {
  test('gives the bot what connects it, and tells the address once it is healthy', async () => {
    const PORT = String(await freePort())
    const running = await startRehearsal(
      options({ env: { PATH: process.env.PATH, PORT, MISSION: 'a.yaml' } }),
    )
    expect(await running.ready).toBe(running.workspace.url)
    expect(await environment(PORT)).toMatchObject({
      SLACK_API_URL: running.workspace.apiUrl,
      SLACK_BOT_TOKEN: expect.stringMatching(/^xoxb-/),
      SLACK_APP_TOKEN: expect.stringMatching(/^xapp-/),
      SLACK_SIGNING_SECRET: expect.any(String),
      MISSION: 'a.yaml',
    })
    await running.stop()
  })

  test('over HTTP gives no app token, and knows where the bot listens', async () => {
    const PORT = String(await freePort())
    const running = await startRehearsal(
      options({ connection: 'http', env: { PATH: process.env.PATH, PORT } }),
    )
    await running.ready
    expect((await environment(PORT)).SLACK_APP_TOKEN).toBe('')
    expect(running.workspace.link.appUrl).toBe(`http://127.0.0.1:${PORT}/slack/events`)
    await running.stop()
  })

  test('takes the next port where the one wanted is taken', async () => {
    const first = await startRehearsal(options())
    const taken = Number(new URL(first.workspace.url).port)
    const second = await startRehearsal(options({ port: taken }))
    expect(Number(new URL(second.workspace.url).port)).toBeGreaterThan(taken)
    await Promise.all([first.stop(), second.stop()])
  })

  test('says when the bot ends by itself, and with which code', async () => {
    const given = options({ env: { PATH: process.env.PATH, FAIL: '78' } })
    const running = await startRehearsal(given)
    await expect(running.ready).rejects.toThrow('exit code 78')
    expect(await running.ended).toBe(78)
    expect(given.said).toEqual([expect.stringContaining('exit code 78')])
    await running.workspace.stop()
  })

  test('tells a bot that was killed from one that gave up', async () => {
    const given = options()
    const running = await startRehearsal(given)
    await running.ready
    running.signal('SIGKILL')
    expect(await running.ended).toBe(137)
    expect(given.said).toEqual(['The bot was ended by SIGKILL.'])
    await running.workspace.stop()
  })

  test('passes signals on to the bot', async () => {
    const running = await startRehearsal(options())
    await running.ready
    running.signal('SIGINT')
    expect(await running.ended).toBe(3)
    await running.workspace.stop()
  })
})
