import { expect, test } from 'vitest'
import { BODY_LIMIT } from '../../src/bot/slack-http.ts'
import {
  commandBody,
  eventBody,
  interactionBody,
  JSON_TYPE,
  postSigned,
  rig,
  type Signing,
  seconds,
} from './support.ts'

/** A bot that counts how often its command was run. */
async function counting() {
  let runs = 0
  const made = await rig({
    commands: {
      '': async () => {
        runs++
      },
    },
  })
  return { ...made, runs: () => runs }
}

test('a request signed by Slack just now is attended to', async () => {
  const { bot, runs } = await counting()
  const answer = await postSigned(bot.url, commandBody('/poc'))
  expect([answer.status, await answer.text(), runs()]).toEqual([200, '', 1])
})

test.each<[string, Signing, string]>([
  ['another secret', { secret: 'guessed' }, 'forged'],
  ['six minutes ago', { at: -360 }, 'stale'],
  ['six minutes from now', { at: 360 }, 'future'],
  ['no signature', { headers: { 'x-slack-signature': '' } }, 'unsigned'],
  ['no time', { headers: { 'x-slack-request-timestamp': 'soon' } }, 'unsigned'],
])('a request signed with %s is refused without effect', async (_how, signing, reason) => {
  const { bot, runs } = await counting()
  const answer = await postSigned(bot.url, commandBody('/poc'), signing)
  expect([answer.status, ((await answer.json()) as { error: string }).error, runs()]).toEqual([
    401,
    reason,
    0,
  ])
})

test('an exact copy of a signed request is answered and has no second effect', async () => {
  const { bot, runs } = await counting()
  const timestamp = seconds()
  const body = commandBody('/poc', { trigger_id: '' })
  const answers = []
  for (let copy = 0; copy < 3; copy++) answers.push(await postSigned(bot.url, body, { timestamp }))
  expect([answers.map(({ status }) => status), runs()]).toEqual([[200, 200, 200], 1])
  await postSigned(bot.url, body, { timestamp: timestamp - 1 })
  expect(runs()).toBe(2)
})

test.each([
  ['an empty object', '{}', JSON_TYPE],
  ['no JSON', 'nonsense', JSON_TYPE],
  ['JSON that is no object', '42', JSON_TYPE],
  ['a form of another', 'a=1&b=2', undefined],
  ['an interaction of unknown type', interactionBody({ type: 'dance' }), undefined],
  [
    'an interaction without a user',
    new URLSearchParams({ payload: '{"type":"block_actions"}' }).toString(),
    undefined,
  ],
  ['an event without an id', JSON.stringify({ type: 'event_callback', event: { type: 'x' } }), JSON_TYPE],
  ['a name inherited by every object', JSON.stringify({ type: 'constructor' }), JSON_TYPE],
  ['another content type', commandBody('/poc'), 'text/plain'],
])('a signed body that is no Slack payload (%s) is refused', async (_what, body, type) => {
  const { bot, runs } = await counting()
  const answer = await postSigned(bot.url, body, type ? { type } : {})
  expect([answer.status, runs()]).toEqual([400, 0])
})

test('a body larger than Slack sends is refused', async () => {
  const { bot } = await counting()
  const answer = await postSigned(bot.url, 'x'.repeat(BODY_LIMIT + 1))
  expect(answer.status).toBe(413)
})

test('Slack’s question whether the address is ours is answered', async () => {
  const { bot } = await counting()
  const body = JSON.stringify({ type: 'url_verification', challenge: 'abc', token: 't' })
  const answer = await postSigned(bot.url, body, { type: JSON_TYPE })
  expect([answer.status, await answer.json()]).toEqual([200, { challenge: 'abc' }])
})

test('nothing else stands open: other methods and paths, and what comes later', async () => {
  const { bot } = await counting()
  const status = async (path: string, method = 'GET') => (await fetch(bot.url + path, { method })).status
  expect(await status('/slack/events')).toBe(405)
  expect(await status('/intake/sms', 'POST')).toBe(404)
  expect(await status('/')).toBe(404)
})

test('health and metrics are served, and hold no person’s words', async () => {
  const { bot } = await counting()
  await postSigned(bot.url, commandBody('/poc', { text: 'armed men in Karamba' }))
  const health = await fetch(`${bot.url}/health`)
  const metrics = await (await fetch(`${bot.url}/metrics`)).text()
  expect(health.status).toBe(200)
  expect(await health.json()).toMatchObject({
    status: 'up',
    mission: 'UNMOB',
    slack: { mode: 'http' },
    problems: [],
  })
  expect(metrics).toContain('tocsin_acknowledged_seconds_count{kind="command"} 1')
  expect(metrics).not.toContain('Karamba')
})

test('two bots in one process keep their figures apart', async () => {
  const [one, other] = [await counting(), await counting()]
  await postSigned(one.bot.url, commandBody('/poc'))
  const figures = await (await fetch(`${other.bot.url}/metrics`)).text()
  expect(figures).not.toContain('tocsin_acknowledged_seconds_count{kind="command"}')
})

test('an event is accepted with 200 and an empty answer', async () => {
  const { bot } = await counting()
  const answer = await postSigned(bot.url, eventBody('Ev1', { type: 'channel_archive' }), { type: JSON_TYPE })
  expect([answer.status, await answer.text()]).toEqual([200, ''])
})
