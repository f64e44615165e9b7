import { expect, test } from 'vitest'
import { commandBody, DUTY, HEAD, NORTH, postSigned, rig } from './support.ts'

test('over a socket, a command is attended to and acknowledged once', async () => {
  let runs = 0
  const { ws, bot } = await rig({ commands: { '': async () => void runs++ } }, { socket: true })
  const done = await ws.act({ persona: DUTY, do: 'command', channel: NORTH, text: '/poc' })
  await bot.settled()
  const [delivery] = ws.deliveries.all.filter(({ kind }) => kind === 'slash_commands')
  expect([done.ok, runs, delivery?.via, delivery?.acks]).toEqual([true, 1, 'socket', 1])
})

test('over a socket, an envelope that comes three times has one effect', async () => {
  let runs = 0
  const left: unknown[] = []
  const { ws, bot } = await rig(
    {
      commands: { '': async () => void runs++ },
      events: { member_left_channel: async ({ event }) => void left.push(event.user) },
    },
    { socket: true },
  )
  ws.faults.addDelivery({ kind: 'slash_commands', duplicate: 2 })
  ws.faults.addDelivery({ kind: 'events_api', duplicate: 2 })
  await ws.act({ persona: DUTY, do: 'command', channel: NORTH, text: '/poc' })
  await ws.act({ persona: HEAD, do: 'leave', channel: NORTH })
  await ws.state.changes.waitFor(
    () =>
      ws.deliveries.all.filter(({ outcome }) => outcome === 'acknowledged').length >= 6 ? true : undefined,
    () => `acknowledged: ${JSON.stringify(ws.deliveries.all.map(({ kind, outcome }) => [kind, outcome]))}`,
  )
  await bot.settled()
  expect([runs, left]).toEqual([1, [HEAD]])
})

test('a dropped socket is opened again, and the bot answers as before', async () => {
  let runs = 0
  const { ws, bot } = await rig({ commands: { '': async () => void runs++ } }, { socket: true })
  ws.faults.dropSockets()
  await ws.waitForApp('none')
  await ws.waitForApp('socket')
  const done = await ws.act({ persona: DUTY, do: 'command', channel: NORTH, text: '/poc' })
  await bot.settled()
  expect([done.ok, runs]).toEqual([true, 1])
})

test('a socket whose new connection is refused for a while goes on trying, and the health page says so', async () => {
  const { ws, bot } = await rig({}, { socket: true })
  ws.faults.add({ method: 'apps.connections.open', httpStatus: 500 })
  ws.faults.add({ method: 'apps.connections.open', error: 'internal_error' })
  ws.faults.dropSockets()
  await ws.waitForApp('none')
  const away = await fetch(`${bot.url}/health`)
  expect([away.status, ((await away.json()) as { problems: { code: string }[] }).problems[0]?.code]).toEqual([
    503,
    'slack_away',
  ])
  await ws.waitForApp('socket')
  expect(ws.calls.of('apps.connections.open').length).toBeGreaterThanOrEqual(4)
})

test('Slack’s own call to reconnect is followed', async () => {
  const { ws, bot } = await rig({ commands: { '': async () => {} } }, { socket: true })
  const before = ws.calls.of('apps.connections.open').length
  ws.link.sockets.warn()
  await ws.calls.waitFor(
    'apps.connections.open',
    call => ws.calls.of('apps.connections.open').indexOf(call) >= before,
  )
  await ws.waitForApp('socket')
  expect((await bot.health()).status).not.toBe('degraded')
})

test('over a socket nothing stands open for requests by HTTP', async () => {
  const { bot } = await rig({}, { socket: true })
  expect((await postSigned(bot.url, commandBody('/poc'))).status).toBe(404)
  expect((await fetch(`${bot.url}/metrics`)).status).toBe(200)
})
