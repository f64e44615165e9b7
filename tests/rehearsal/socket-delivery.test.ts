import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { call, DUTY, NORTH, type Plug, type Probe, plug, workspace } from './support.ts'

let ws: Probe
beforeEach(async () => {
  ws = await workspace()
})
afterEach(() => ws.stop())

const command = () => ws.act({ persona: DUTY, do: 'command', channel: NORTH, text: '/probe' })
const say = (text: string) => ws.act({ persona: DUTY, do: 'say', channel: NORTH, text })
const isEvent = (m: { type?: unknown }) => m.type === 'events_api'

describe('Socket Mode', () => {
  test('is opened only with the app-level token', async () => {
    expect(await call(ws, 'apps.connections.open')).toMatchObject({
      ok: false,
      error: 'not_allowed_token_type',
    })
  })

  test('greets with hello and the app’s id', async () => {
    const app = await plug(ws)
    expect(app.messages[0]).toMatchObject({
      type: 'hello',
      num_connections: 1,
      connection_info: { app_id: 'A0TOCSIN' },
    })
  })

  test('sends a command as an envelope and shows what the acknowledgement says', async () => {
    const app = await plug(ws)
    const running = command()
    const envelope = await app.until(m => m.type === 'slash_commands')
    expect(envelope).toMatchObject({ accepts_response_payload: true, payload: { command: '/probe' } })
    app.ack(envelope, { text: 'Heard.' })
    expect(await running).toEqual({ ok: true })
    expect(ws.snapshot(DUTY).messages[NORTH]?.at(-1)).toMatchObject({ text: 'Heard.', ephemeralFor: DUTY })
    expect(ws.snapshot('U0JOCWATCH').messages[NORTH]).toEqual([])
  })

  test('fails the command after three seconds without acknowledgement, and does not send it again', async () => {
    const app = await plug(ws)
    const running = command()
    await app.until(m => m.type === 'slash_commands')
    ws.time.advance(3_000)
    expect(await running).toMatchObject({ ok: false, code: 'operation_timeout' })
    ws.time.advance(3_600_000)
    expect(app.messages.filter(m => m.type === 'slash_commands')).toHaveLength(1)
  })

  test('sends an event that is not acknowledged again, saying which attempt and why', async () => {
    const app = await plug(ws)
    await say('hello')
    const first = await app.until(isEvent)
    expect(first).toMatchObject({ retry_attempt: 0, accepts_response_payload: false })
    ws.time.advance(3_000)
    const second = await app.until(m => m.retry_attempt === 1)
    expect(second).toMatchObject({ retry_reason: 'timeout', payload: first.payload })
    expect(second.envelope_id).not.toBe(first.envelope_id)
    app.ack(second)
    await ws.deliveries.waitFor(d => d.retryNum === 1 && d.outcome === 'acknowledged')
    ws.time.advance(3_600_000)
    expect(app.messages.filter(isEvent)).toHaveLength(2)
  })

  test('notices an app that acknowledges twice or too late', async () => {
    const app = await plug(ws)
    const running = command()
    const envelope = await app.until(m => m.type === 'slash_commands')
    app.ack(envelope)
    app.ack(envelope)
    await running
    const delivery = await ws.deliveries.waitFor(d => d.acks === 2)
    expect(delivery.kind).toBe('slash_commands')
    expect(ws.deliveries.problems).toEqual([expect.stringContaining('late or twice')])
  })

  test('spreads payloads over its connections and refuses the eleventh', async () => {
    const apps: Plug[] = []
    for (let n = 0; n < 10; n++) apps.push(await plug(ws))
    const eleventh = await plug(ws)
    expect(eleventh.messages[0]).toMatchObject({ type: 'disconnect', reason: 'too_many_websockets' })
    await say('one')
    await say('two')
    await Promise.any(apps.map(a => a.until(isEvent)))
    await ws.deliveries.waitFor(d => (d.payload.event as { text: string }).text === 'two')
    const takers = await Promise.all(
      ['one', 'two'].map(text =>
        Promise.any(
          apps.map(async (a, n) => {
            await a.until(m => isEvent(m) && (m.payload as { event: { text: string } }).event.text === text)
            return n
          }),
        ),
      ),
    )
    expect(new Set(takers).size).toBe(2)
  })

  test('warns before it closes, and can be cut without warning', async () => {
    const app = await plug(ws)
    ws.link.sockets.warn('refresh_requested')
    expect(await app.until(m => m.type === 'disconnect')).toMatchObject({ reason: 'refresh_requested' })
    ws.faults.dropSockets()
    await app.closed
    await ws.waitForApp('none')
    expect(await command()).toMatchObject({ code: 'dispatch_failed' })
  })

  test('keeps an event for the app that lost its socket before acknowledging', async () => {
    const app = await plug(ws)
    await say('hello')
    await app.until(isEvent)
    ws.faults.dropSockets()
    await ws.deliveries.waitFor(d => d.retryNum === 1 && d.outcome === 'unreachable')
    const back = await plug(ws)
    ws.time.advance(60_000)
    expect(await back.until(isEvent)).toMatchObject({
      retry_attempt: 2,
      payload: { event: { text: 'hello' } },
    })
  })

  test('opens an address once only', async () => {
    const { url } = await call(ws, 'apps.connections.open', {}, 'xapp-probe')
    const { WebSocket } = await import('ws')
    const first = new WebSocket(String(url))
    await new Promise(resolve => first.once('open', resolve))
    const second = new WebSocket(String(url))
    const error = await new Promise<Error>(resolve => second.once('error', resolve))
    expect(error.message).toMatch(/hang up|ECONNRESET/)
  })
})
