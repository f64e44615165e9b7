import { expect, test } from 'vitest'
import type { SqliteStore } from '../../src/db/store.ts'
import type { View } from '../../src/handlers/contract.ts'
import { DUTY, interactionBody, NORTH, postSigned, rig, submission } from './support.ts'

const text = (words: string) => ({ type: 'plain_text', text: words })
const modal = (callbackId: string, title: string): View => ({
  type: 'modal',
  callback_id: callbackId,
  title: text(title),
  submit: text('Send'),
  blocks: [
    {
      type: 'actions',
      block_id: 'acts',
      elements: [{ type: 'button', action_id: 'more', value: '1', text: text('More') }],
    },
  ],
})

test('what is said during a submission lies on top of the form, so that nothing typed is lost', async () => {
  const { bot } = await rig({
    views: { raise: async call => void (await call.ui.tell({ text: 'Not yet.' })) },
  })
  const answer = await postSigned(bot.url, interactionBody(submission('raise')))
  expect(await answer.json()).toMatchObject({
    response_action: 'push',
    view: { blocks: [{ text: { text: 'Not yet.' } }] },
  })
})

test('a form opened from inside a form lies on top of it; one opened from a command stands alone', async () => {
  const { ws, bot } = await rig({
    commands: { '': async call => void (await call.ui.open(modal('first', 'First'))) },
    actions: { more: async call => void (await call.ui.open(modal('second', 'Second'))) },
  })
  await ws.act({ persona: DUTY, do: 'command', channel: NORTH, text: '/poc' })
  await bot.settled()
  const [first] = ws.snapshot(DUTY).views
  await ws.act({
    persona: DUTY,
    do: 'blockAction',
    surface: { kind: 'view', viewId: first!.id },
    action: { type: 'button', action_id: 'more', block_id: 'acts', value: '1' },
  })
  await bot.settled()
  expect(ws.snapshot(DUTY).views.map(({ view }) => view.callback_id)).toEqual(['first', 'second'])
})

test('where Slack stacks no more forms, the next one takes the place of the last', async () => {
  const titles = ['second', 'third', 'fourth']
  const { ws, bot } = await rig({
    commands: { '': async call => void (await call.ui.open(modal('first', 'First'))) },
    actions: { more: async call => void (await call.ui.open(modal(titles.shift() ?? '', 'Next'))) },
  })
  await ws.act({ persona: DUTY, do: 'command', channel: NORTH, text: '/poc' })
  await bot.settled()
  for (let press = 0; press < 3; press++) {
    await ws.act({
      persona: DUTY,
      do: 'blockAction',
      surface: { kind: 'view', viewId: ws.snapshot(DUTY).views.at(-1)!.id },
      action: { type: 'button', action_id: 'more', block_id: 'acts', value: '1' },
    })
    await bot.settled()
  }
  expect(ws.snapshot(DUTY).views.map(({ view }) => view.callback_id)).toEqual(['first', 'second', 'fourth'])
})

test('a form is replaced where it stands', async () => {
  const { ws, bot } = await rig({
    commands: {
      '': async call => {
        const id = await call.ui.open(modal('first', 'First'))
        await call.ui.replace(modal('other', 'Other'), id)
      },
    },
  })
  await ws.act({ persona: DUTY, do: 'command', channel: NORTH, text: '/poc' })
  await bot.settled()
  expect(ws.snapshot(DUTY).views.map(({ view }) => view.callback_id)).toEqual(['other'])
})

test('a press whose form Slack no longer opens is told to press again', async () => {
  const { ws, bot } = await rig({
    commands: { '': async call => void (await call.ui.open(modal('first', 'First'))) },
  })
  ws.faults.add({ method: 'views.open', error: 'expired_trigger_id' })
  await ws.act({ persona: DUTY, do: 'command', channel: NORTH, text: '/poc' })
  await bot.settled()
  const said = ws.snapshot(DUTY).messages[NORTH]?.filter(({ ephemeralFor }) => ephemeralFor === DUTY)
  expect(said?.map(({ text }) => text)).toEqual(['This took too long to open. Press once more.'])
})

test('a private answer whose address fails is given by another means', async () => {
  const { ws, bot } = await rig({
    commands: { '': async call => void (await call.ui.tell({ text: 'Here.' })) },
  })
  ws.faults.add({ method: 'response_url', httpStatus: 500 })
  await ws.act({ persona: DUTY, do: 'command', channel: NORTH, text: '/poc' })
  await bot.settled()
  expect(ws.calls.of('chat.postEphemeral').map(({ args }) => [args.user, args.text])).toEqual([
    [DUTY, 'Here.'],
  ])
})

test('a store that refuses to write makes the bot count as down, with what to do', async () => {
  const { bot } = await rig()
  const { database } = bot.store as SqliteStore
  database.pragma('query_only = 1')
  const answer = await fetch(`${bot.url}/health`)
  database.pragma('query_only = 0')
  const { status, problems } = (await answer.json()) as {
    status: string
    problems: { code: string; remedy: string }[]
  }
  expect([answer.status, status, problems[0]?.code]).toEqual([503, 'down', 'store_refuses'])
  expect(problems[0]?.remedy).toContain('DATA_DIR')
})
