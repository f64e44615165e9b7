import { createHmac } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import {
  call,
  DUTY,
  GENERAL,
  type Listener,
  listener,
  modal,
  NORTH,
  type Probe,
  type Reply,
  SECRET,
  workspace,
} from './support.ts'

let ws: Probe
let app: Listener | undefined

async function connected(reply?: (heard: { raw: string }, n: number) => Reply): Promise<Listener> {
  app = await listener(reply)
  ws = await workspace({ appUrl: app.url })
  return app
}

afterEach(async () => {
  await ws?.stop()
  await app?.stop()
  app = undefined
})

const say = (text: string, channel = NORTH) => ws.act({ persona: DUTY, do: 'say', channel, text })

describe('what is sent to the app by HTTP', () => {
  test('is signed so that the app can tell it is Slack', async () => {
    const { nth } = await connected()
    await ws.act({ persona: DUTY, do: 'command', channel: NORTH, text: '/probe it' })
    const { headers, raw } = await nth(1)
    const stamp = String(headers['x-slack-request-timestamp'])
    const mac = createHmac('sha256', SECRET).update(`v0:${stamp}:${raw}`).digest('hex')
    expect(headers['x-slack-signature']).toBe(`v0=${mac}`)
    expect(Math.abs(Date.now() / 1000 - Number(stamp))).toBeLessThan(300)
  })

  test('is form-encoded for commands, with people and channels escaped where the manifest asks for it', async () => {
    const { nth } = await connected()
    await ws.act({
      persona: DUTY,
      do: 'command',
      channel: NORTH,
      text: '/probe @joc.watch in #general <!channel> & co',
    })
    const first = await nth(1)
    expect(first.headers['content-type']).toBe('application/x-www-form-urlencoded')
    expect(first.payload).toMatchObject({
      command: '/probe',
      text: '<@U0JOCWATCH|joc.watch> in <#C0GENERAL|general> &lt;!channel&gt; &amp; co',
      user_id: DUTY,
      channel_id: NORTH,
      channel_name: 'privategroup',
      team_id: 'T0MISSION',
      is_enterprise_install: 'false',
    })
    await ws.act({ persona: DUTY, do: 'command', channel: NORTH, text: '/bare @joc.watch' })
    expect((await nth(2)).payload.text).toBe('@joc.watch')
  })

  test('is JSON for events, with the bot named in the authorizations', async () => {
    const { nth } = await connected()
    await say('good morning')
    const { headers, payload } = await nth(1)
    expect(headers['content-type']).toBe('application/json')
    expect(payload).toMatchObject({
      type: 'event_callback',
      team_id: 'T0MISSION',
      api_app_id: 'A0TOCSIN',
      event: { type: 'message', channel: NORTH, channel_type: 'group', user: DUTY, text: 'good morning' },
      authorizations: [{ user_id: 'U0TOCSIN', is_bot: true }],
    })
  })

  test('can be preceded by a check that the address is the app’s own', async () => {
    await connected(({ raw }) => ({
      body: { challenge: (JSON.parse(raw) as { challenge: string }).challenge },
    }))
    expect(await ws.link.verifyUrl()).toBe(true)
    const wrong = await listener(() => ({ body: { challenge: 'guess' } }))
    ws.setAppUrl(wrong.url)
    expect(await ws.link.verifyUrl()).toBe(false)
    await wrong.stop()
  })
})

describe('the three seconds to acknowledge', () => {
  test('pass, and the person reads operation_timeout', async () => {
    const { nth } = await connected(() => 'silence')
    const running = ws.act({ persona: DUTY, do: 'command', channel: NORTH, text: '/probe' })
    await nth(1)
    ws.time.advance(3_000)
    expect(await running).toEqual({
      ok: false,
      code: 'operation_timeout',
      failure: '/probe failed with the error "operation_timeout"',
    })
  })

  test('do not matter where the app is away or answers an error: the person reads dispatch_failed', async () => {
    await connected(() => ({ status: 500 }))
    const command = { persona: DUTY, do: 'command', channel: NORTH, text: '/probe' } as const
    expect(await ws.act(command)).toMatchObject({ code: 'dispatch_failed' })
    await app?.stop()
    expect(await ws.act(command)).toMatchObject({ code: 'dispatch_failed' })
    ws.setAppUrl(undefined)
    expect(await ws.act(command)).toMatchObject({ code: 'dispatch_failed' })
  })

  test('leave a modal open with its words, when its submission is not acknowledged', async () => {
    await connected((_, n) => (n === 1 ? {} : { status: 503 }))
    await ws.act({ persona: DUTY, do: 'shortcut', callbackId: 'probe_global' })
    await call(ws, 'views.open', { trigger_id: app!.heard[0]!.payload.trigger_id, view: modal() })
    const [view] = ws.snapshot(DUTY).views
    const state = { what: { text: { value: 'kept' } } }
    const result = await ws.act({ persona: DUTY, do: 'submitView', viewId: view!.id, state })
    expect(result).toMatchObject({ ok: false, code: 'dispatch_failed' })
    expect(ws.snapshot(DUTY).views[0]?.failure).toContain('trouble connecting')
  })
})

describe('an event the app misses', () => {
  test('comes again at once, after a minute and after five, saying why', async () => {
    const { nth, heard } = await connected(() => ({ status: 500 }))
    await say('anybody there')
    await nth(2)
    await ws.deliveries.idle()
    expect(heard.map(h => h.headers['x-slack-retry-num'])).toEqual([undefined, '1'])
    ws.time.advance(60_000)
    await nth(3)
    await ws.deliveries.idle()
    ws.time.advance(300_000)
    const last = await nth(4)
    await ws.deliveries.idle()
    ws.time.advance(3_600_000)
    expect(last.headers).toMatchObject({ 'x-slack-retry-num': '3', 'x-slack-retry-reason': 'http_error' })
    expect(heard).toHaveLength(4)
    expect(new Set(heard.map(h => h.payload.event_id)).size).toBe(1)
  })

  test('says http_timeout where the app was silent', async () => {
    const { nth } = await connected((_, n) => (n === 1 ? 'silence' : {}))
    await say('hello')
    await nth(1)
    ws.time.advance(3_000)
    expect((await nth(2)).headers['x-slack-retry-reason']).toBe('http_timeout')
  })

  test('does not come again where the app says X-Slack-No-Retry', async () => {
    const { nth, heard } = await connected(() => ({ status: 500, headers: { 'x-slack-no-retry': '1' } }))
    await say('hello')
    await nth(1)
    await ws.deliveries.idle()
    ws.time.advance(3_600_000)
    await say('another', GENERAL)
    await nth(2)
    expect(heard.map(h => h.headers['x-slack-retry-num'])).toEqual([undefined, undefined])
  })

  test('reaches an app that was away and came back within the retries', async () => {
    ws = await workspace()
    await say('while you were away')
    await ws.deliveries.waitFor(d => d.retryNum === 1 && d.outcome === 'unreachable')
    app = await listener()
    ws.setAppUrl(app.url)
    ws.time.advance(60_000)
    expect((await app.nth(1)).payload.event).toMatchObject({ text: 'while you were away' })
  })
})

test('only events the manifest names are sent, and only of channels the bot is in', async () => {
  const { heard } = await connected()
  const { channel } = await ws.act({ persona: DUTY, do: 'openDirect', user: 'U0JOCWATCH' })
  await ws.act({ persona: DUTY, do: 'say', channel: channel!, text: 'between us' })
  const said = await say('for all to hear')
  await ws.act({ persona: DUTY, do: 'react', channel: NORTH, ts: said.ts!, name: 'eyes' })
  await ws.act({ persona: DUTY, do: 'unreact', channel: NORTH, ts: said.ts!, name: 'eyes' })
  await ws.deliveries.waitFor(d => (d.payload.event as { type: string }).type === 'reaction_added')
  await ws.deliveries.idle()
  const types = heard.map(h => (h.payload.event as { type: string }).type)
  expect(types.sort()).toEqual(['message', 'reaction_added'])
})
