import { expect, test } from 'vitest'
import type { SqliteStore } from '../../src/db/store.ts'
import {
  commandBody,
  DUTY,
  eventBody,
  interactionBody,
  JSON_TYPE,
  NORTH,
  postSigned,
  rig,
  submission,
} from './support.ts'

test('an event delivered three times has one effect', async () => {
  const seen: unknown[] = []
  const { bot } = await rig({
    events: { channel_archive: async ({ event }) => void seen.push(event.channel) },
  })
  const body = eventBody('Ev7', { type: 'channel_archive', channel: NORTH })
  for (const retry of ['0', '1', '2']) {
    const answer = await postSigned(bot.url, body, {
      type: JSON_TYPE,
      at: -Number(retry),
      headers: { 'x-slack-retry-num': retry },
    })
    expect(answer.status).toBe(200)
  }
  await bot.settled()
  expect(seen).toEqual([NORTH])
})

test('an event that cannot be written down is not acknowledged, and is taken when it comes again', async () => {
  const seen: unknown[] = []
  const { bot } = await rig({
    events: { channel_archive: async ({ event }) => void seen.push(event.channel) },
  })
  const { database } = bot.store as SqliteStore
  const body = eventBody('Ev8', { type: 'channel_archive', channel: NORTH })
  database.pragma('query_only = 1')
  const refused = await postSigned(bot.url, body, { type: JSON_TYPE })
  database.pragma('query_only = 0')
  const taken = await postSigned(bot.url, body, { type: JSON_TYPE })
  await bot.settled()
  expect([refused.status, taken.status, seen]).toEqual([503, 200, [NORTH]])
})

test('a command delivered twice is run once, and both deliveries get the same answer', async () => {
  let runs = 0
  const { bot } = await rig({ commands: { '': async () => void runs++ } })
  const bodies = [commandBody('/poc'), commandBody('/poc', { text: '' })]
  const answers = await Promise.all(bodies.map((body, i) => postSigned(bot.url, body, { at: -i })))
  expect([answers.map(({ status }) => status), runs]).toEqual([[200, 200], 1])
})

test('a form submitted twice has one effect and shows one receipt', async () => {
  let runs = 0
  const receipt = { type: 'modal' as const, blocks: [] }
  const { bot } = await rig({
    views: {
      raise: async () => {
        runs++
        return { update: receipt }
      },
    },
  })
  const answers = await Promise.all(
    [0, 1].map(i => postSigned(bot.url, interactionBody({ ...submission('raise'), trigger_id: `t${i}` }))),
  )
  const said = await Promise.all(answers.map(answer => answer.json()))
  expect(runs).toBe(1)
  expect(said).toEqual([
    { response_action: 'update', view: receipt },
    { response_action: 'update', view: receipt },
  ])
})

test('a form sent back for correction can be submitted again as it stands', async () => {
  let runs = 0
  const { bot } = await rig({
    views: {
      raise: async () => {
        runs++
        return runs === 1 ? { errors: { what: 'say more' } } : undefined
      },
    },
  })
  const first = await postSigned(bot.url, interactionBody({ ...submission('raise'), trigger_id: 't1' }))
  const second = await postSigned(bot.url, interactionBody({ ...submission('raise'), trigger_id: 't2' }))
  expect(await first.json()).toEqual({ response_action: 'errors', errors: { what: 'say more' } })
  expect([await second.text(), runs]).toEqual(['', 2])
})

test('a form that could not be recorded can be submitted again as it stands', async () => {
  let recorded = 0
  const { bot } = await rig({
    views: {
      raise: async call => {
        await call.ctx.store.write(repos => repos.meta.set('raised', String(++recorded)))
        return undefined
      },
    },
  })
  const { database } = bot.store as SqliteStore
  database.pragma('query_only = 1')
  const refused = await postSigned(bot.url, interactionBody({ ...submission('raise'), trigger_id: 't1' }))
  database.pragma('query_only = 0')
  recorded = 0
  const taken = await postSigned(bot.url, interactionBody({ ...submission('raise'), trigger_id: 't2' }))
  expect(await refused.text()).toContain('NOT recorded')
  expect([await taken.text(), recorded]).toEqual(['', 1])
})

test('every kind of request is acknowledged exactly once, whatever its handler does', async () => {
  const { ws, bot, log } = await rig({
    commands: {
      '': async call => {
        await call.ack()
        await call.ack()
        await call.ui.tell({ text: 'one' })
      },
      alert: async call => {
        await call.ui.open(modal('raise'))
      },
    },
    views: { raise: async call => void (await call.ui.tell({ text: 'two' })) },
    options: { place: async () => [{ text: 'Karamba', value: 'karamba' }] },
  })
  await ws.act({ persona: DUTY, do: 'command', channel: NORTH, text: '/poc' })
  await ws.act({ persona: DUTY, do: 'command', channel: NORTH, text: '/poc-alert' })
  const opened = await ws.calls.waitFor('views.open')
  const viewId = (opened.response.view as { id: string }).id
  await ws.act({
    persona: DUTY,
    do: 'options',
    surface: { kind: 'view', viewId },
    blockId: 'where',
    actionId: 'place',
    value: 'Kar',
  })
  await ws.act({ persona: DUTY, do: 'submitView', viewId, state: {} })
  await bot.settled()
  const all = ws.deliveries.all.map(({ kind, acks, outcome }) => [kind, acks, outcome])
  // Messages of the channel come as events whenever they are posted.
  expect(all.filter(([kind]) => kind === 'events_api')).toEqual([['events_api', 1, 'acknowledged']])
  expect(all.filter(([kind]) => kind !== 'events_api')).toEqual([
    ['slash_commands', 1, 'acknowledged'],
    ['slash_commands', 1, 'acknowledged'],
    ['interactive', 1, 'acknowledged'],
    ['interactive', 1, 'acknowledged'],
  ])
  expect(ws.deliveries.problems).toEqual([])
  expect(log.lines.filter(({ level }) => level === 'error')).toEqual([])
})

test('an answer given after the acknowledgement is reported, for it is lost', async () => {
  const { bot, log } = await rig({
    views: {
      raise: async call => {
        await call.ack()
        return { clear: true }
      },
    },
  })
  await postSigned(bot.url, interactionBody(submission('raise')))
  expect(log.lines.filter(({ level }) => level === 'error').map(({ message }) => message)).toEqual([
    'a second answer was given and is lost',
  ])
})

function modal(callbackId: string) {
  const text = (words: string) => ({ type: 'plain_text', text: words })
  return {
    type: 'modal' as const,
    callback_id: callbackId,
    title: text('Raise'),
    submit: text('Send'),
    blocks: [
      {
        type: 'input',
        block_id: 'where',
        optional: true,
        label: text('Where'),
        element: { type: 'external_select', action_id: 'place', min_query_length: 1 },
      },
    ],
  }
}
