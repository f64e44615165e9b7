import { ErrorCode, WebClient } from '@slack/web-api'
import { afterEach, describe, expect, test } from 'vitest'
import { call, DUTY, GENERAL, listener, NORTH, type Probe, plug, workspace } from './support.ts'

let ws: Probe
afterEach(() => ws.stop())

const raw = (method: string, args: object) =>
  fetch(`${ws.apiUrl}${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer xoxb-probe' },
    body: JSON.stringify(args),
  })
const post = (channel = NORTH) => raw('chat.postMessage', { channel, text: 'words' })

describe('rate limits', () => {
  test('one post a second in each channel, with a small burst; another channel is not held up', async () => {
    ws = await workspace({ limits: 'slack' })
    const burst = await Promise.all(Array.from({ length: 6 }, () => post()))
    expect(burst.filter(r => r.status === 200)).toHaveLength(5)
    const refused = burst.find(r => r.status === 429)!
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(await refused.json()).toEqual({ ok: false, error: 'ratelimited' })
    expect((await post(GENERAL)).status).toBe(200)
    ws.time.advance(1_000)
    expect((await post()).status).toBe(200)
    expect((await post()).status).toBe(429)
  })

  test('each method by its tier', async () => {
    ws = await workspace({ limits: 'slack' })
    for (let n = 0; n < 20; n++) expect((await raw('users.list', { limit: 1 })).status).toBe(200)
    const next = await raw('users.list', { limit: 1 })
    expect(next.status).toBe(429)
    ws.time.advance(Number(next.headers.get('retry-after')) * 1000)
    expect((await raw('users.list', { limit: 1 })).status).toBe(200)
  })

  test('can be tightened and switched off', async () => {
    ws = await workspace({ limits: { perMinute: { 'chat.update': 0 }, postBurst: 1 } })
    expect((await post()).status).toBe(200)
    expect((await post()).status).toBe(429)
    expect((await raw('chat.update', {})).status).toBe(429)
    ws.setLimits('off')
    for (let n = 0; n < 10; n++) expect((await post()).status).toBe(200)
  })
})

describe('faults', () => {
  test('answer an error, an HTTP status or 429, as often as told, without doing anything', async () => {
    ws = await workspace()
    ws.faults.add({ method: 'chat.postMessage', error: 'fatal_error' })
    ws.faults.add({ method: 'chat.postMessage', httpStatus: 503 })
    ws.faults.add({ method: 'chat.postMessage', retryAfterSec: 7 })
    expect(await (await post()).json()).toEqual({ ok: false, error: 'fatal_error' })
    expect((await post()).status).toBe(503)
    expect((await post()).headers.get('retry-after')).toBe('7')
    expect(ws.snapshot(DUTY).messages[NORTH]).toEqual([])
    expect((await post()).status).toBe(200)
  })

  test('meet only the calls they are meant for', async () => {
    ws = await workspace()
    ws.faults.add({
      method: 'chat.postMessage',
      match: a => a.channel === GENERAL,
      error: 'is_archived',
      times: 2,
    })
    expect((await (await post(NORTH)).json()).ok).toBe(true)
    expect((await (await post(GENERAL)).json()).error).toBe('is_archived')
  })

  test('lose the answer of what was done', async () => {
    ws = await workspace()
    ws.faults.add({ method: 'chat.postMessage', loseAnswer: true })
    await expect(post()).rejects.toThrow()
    expect(ws.snapshot(DUTY).messages[NORTH]).toHaveLength(1)
    expect(ws.calls.of('chat.postMessage')[0]).toMatchObject({ unheard: true, response: { ok: true } })
  })

  test('never answer at all', async () => {
    ws = await workspace()
    ws.faults.add({ method: 'chat.postMessage', hang: true })
    const client = new WebClient('xoxb-probe', {
      slackApiUrl: ws.apiUrl,
      timeout: 50,
      retryConfig: { retries: 0 },
    })
    const attempt = client.chat.postMessage({ channel: NORTH, text: 'x' })
    await expect(attempt).rejects.toMatchObject({ code: ErrorCode.RequestError })
    expect(ws.snapshot(DUTY).messages[NORTH]).toEqual([])
  })

  test('meet answers to a response_url too', async () => {
    const app = await listener()
    ws = await workspace({ appUrl: app.url })
    await ws.act({ persona: DUTY, do: 'command', channel: NORTH, text: '/probe' })
    const url = String(app.heard[0]!.payload.response_url)
    const answer = () =>
      fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ text: 'done' }),
      })
    ws.faults.add({ method: 'response_url', httpStatus: 500 })
    expect((await answer()).status).toBe(500)
    expect((await answer()).status).toBe(200)
    expect(ws.calls.of('response_url')).toMatchObject([{ httpStatus: 500 }, { args: { text: 'done' } }])
    await app.stop()
  })

  test('put Slack away altogether, and bring it back', async () => {
    ws = await workspace()
    const app = await plug(ws)
    ws.faults.refuseConnections(true)
    await app.closed
    await expect(post()).rejects.toThrow()
    ws.faults.refuseConnections(false)
    expect((await post()).status).toBe(200)
  })

  test('deliver the same event several times, late, or never', async () => {
    const app = await listener()
    ws = await workspace({ appUrl: app.url })
    ws.faults.addDelivery({ kind: 'events_api', duplicate: 2 })
    const say = (text: string) => ws.act({ persona: DUTY, do: 'say', channel: NORTH, text })
    await say('thrice')
    await app.nth(3)
    expect(new Set(app.heard.map(h => h.payload.event_id)).size).toBe(1)
    ws.faults.addDelivery({ delayMs: 10_000 })
    await say('late')
    await say('punctual')
    expect((await app.nth(4)).payload.event).toMatchObject({ text: 'punctual' })
    ws.time.advance(10_000)
    expect((await app.nth(5)).payload.event).toMatchObject({ text: 'late' })
    ws.faults.addDelivery({ kind: 'slash_commands', drop: true })
    const command = ws.act({ persona: DUTY, do: 'command', channel: NORTH, text: '/probe' })
    ws.time.advance(3_000)
    expect(await command).toMatchObject({ code: 'operation_timeout' })
    await app.stop()
  })
})

test('every call is on record, with its arguments but without the token', async () => {
  ws = await workspace()
  const expected = ws.calls.waitFor('chat.postMessage', c => c.args.text === 'words')
  await raw('chat.postMessage', { channel: NORTH, text: 'words', token: 'xoxb-probe' })
  expect(await expected).toMatchObject({ args: { channel: NORTH, text: 'words' }, response: { ok: true } })
  expect(JSON.stringify(ws.calls.all)).not.toContain('xoxb')
  expect(await call(ws, 'api.test', { a: 1 })).toMatchObject({ ok: true, args: { a: 1 } })
})
