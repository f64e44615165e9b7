import { expect, test } from 'vitest'
import type { SqliteStore } from '../../src/db/store.ts'
import { type ErrorCode, TocsinError } from '../../src/errors.ts'
import {
  commandBody,
  DUTY,
  HEAD,
  interactionBody,
  NGO,
  NORTH,
  postSigned,
  rig,
  submission,
} from './support.ts'

const refusing = (code: ErrorCode, options?: ConstructorParameters<typeof TocsinError>[1]) => async () => {
  throw new TocsinError(code, options)
}

/** What Slack shows after this modal was submitted to a bot whose handler does this. */
async function submitted(handler: () => Promise<undefined>, userId = DUTY) {
  const { bot } = await rig({ views: { raise: handler } })
  const body = { ...submission('raise'), user: { id: userId, team_id: 'T0MISSION' } }
  const answer = await postSigned(bot.url, interactionBody(body))
  return (await answer.json()) as {
    response_action: string
    errors?: Record<string, string>
    view?: {
      blocks: { text?: { text: string }; element?: { initial_value?: string } }[]
      callback_id: string
    }
  }
}

test('a refusal that names a field stands next to it', async () => {
  const said = await submitted(refusing('text_too_long', { field: 'what', details: { max: 3000 } }))
  expect(said).toEqual({
    response_action: 'errors',
    errors: { what: expect.stringContaining('at most 3,000 characters') },
  })
})

test.each<[ErrorCode, string | undefined, string]>([
  ['not_registered', undefined, 'You are not registered'],
  ['place_missing', 'coordinates', 'Say where'],
  ['not_stored', undefined, 'NOT recorded'],
])(
  'a refusal without an input of its own (%s) stands above the form, which keeps what was typed',
  async (code, field, words) => {
    const said = await submitted(refusing(code, field === undefined ? {} : { field }))
    expect(said.response_action).toBe('update')
    expect(said.view?.blocks[0]?.text?.text).toContain(words)
    expect(said.view?.blocks[1]?.element?.initial_value).toBe('armed men at the market')
    expect(said.view?.callback_id).toBe('raise')
  },
)

test('a mistake in the bot keeps what was typed, and gives a reference that stands in the log', async () => {
  const { bot, log } = await rig({
    views: {
      raise: async () => {
        throw new Error('boom')
      },
    },
  })
  const answer = await postSigned(bot.url, interactionBody(submission('raise')))
  const { view } = (await answer.json()) as { view: { blocks: { text: { text: string } }[] } }
  const reference = log.lines.find(({ message }) => message === 'a handler failed')?.fields.reference
  expect(view.blocks[0]?.text.text).toContain(`reference: ${reference}`)
})

test('somebody whose Slack is French is refused in French', async () => {
  const { ws, bot } = await rig({ commands: { '': refusing('not_allowed') } })
  await bot.settled()
  await ws.act({ persona: HEAD, do: 'command', channel: NORTH, text: '/poc' })
  await bot.settled()
  expect(ephemerals(ws, HEAD)).toEqual([expect.stringContaining('Aucun de vos rôles')])
})

test('a command that is refused is answered to that person alone', async () => {
  const { ws, bot } = await rig({ commands: { '': refusing('not_allowed') } })
  const done = await ws.act({ persona: DUTY, do: 'command', channel: NORTH, text: '/poc' })
  expect(done.ok).toBe(true)
  await bot.settled()
  expect(ephemerals(ws, DUTY)).toEqual([expect.stringContaining('None of your roles allows this')])
  expect(ephemerals(ws, HEAD)).toEqual([])
})

test('who stood first is named by role and time', async () => {
  const details = { role: 'company_duty_officer@north', at: Date.UTC(2026, 10, 21, 0, 10) }
  const { ws, bot } = await rig({ commands: { '': refusing('already_done', { details }) } })
  await ws.act({ persona: DUTY, do: 'command', channel: NORTH, text: '/poc' })
  await bot.settled()
  expect(ephemerals(ws, DUTY)[0]).toMatch(
    /^Company duty officer, Sector North has already done this, at 21 Nov 02:10/,
  )
})

test('an unknown command, button and form get a polite private word', async () => {
  const { ws, bot } = await rig()
  await ws.act({ persona: DUTY, do: 'command', channel: NORTH, text: '/poc-alert' })
  await bot.settled()
  expect(ephemerals(ws, DUTY)).toEqual([expect.stringContaining('does not know the command /poc-alert')])

  const press = {
    type: 'block_actions',
    trigger_id: 'gone',
    channel: { id: NORTH },
    actions: [button('old.button')],
  }
  const pressed = await postSigned(bot.url, interactionBody(press))
  expect(pressed.status).toBe(200)
  await bot.settled()
  expect(ephemerals(ws, DUTY)).toContainEqual(expect.stringContaining('This button is no longer in use'))

  const form = await postSigned(bot.url, interactionBody(submission('old.form')))
  expect(JSON.stringify(await form.json())).toContain('NOT recorded')
})

test('a link, which is a button to Slack, needs no handler', async () => {
  const { ws, bot } = await rig()
  const link = { ...button('guide'), url: 'https://example.org' }
  const press = { type: 'block_actions', trigger_id: 'x', channel: { id: NORTH }, actions: [link] }
  expect((await postSigned(bot.url, interactionBody(press))).status).toBe(200)
  await bot.settled()
  expect(ephemerals(ws, DUTY)).toEqual([])
})

test('where neither answer address nor channel is open to the bot, the person is told directly', async () => {
  const { ws, bot } = await rig({ actions: { press: refusing('not_allowed') } })
  const press = {
    type: 'block_actions',
    trigger_id: 'x',
    channel: { id: 'C0ELSEWHERE' },
    actions: [button('press')],
  }
  await postSigned(bot.url, interactionBody(press))
  await bot.settled()
  const posted = ws.calls.of('chat.postMessage').at(-1)
  expect(posted?.args).toMatchObject({ channel: DUTY, text: expect.stringContaining('None of your roles') })
})

test('a full disk is said to be one, though not even the person could be entered', async () => {
  const { ws, bot } = await rig({ commands: { '': async () => {} } })
  const { database } = bot.store as SqliteStore
  database.pragma('query_only = 1')
  await postSigned(bot.url, commandBody('/poc', { user_id: 'U0STRANGER' }))
  database.pragma('query_only = 0')
  await bot.settled()
  expect(ws.calls.of('chat.postEphemeral').at(-1)?.args).toMatchObject({
    text: expect.stringContaining('NOT recorded'),
  })
})

test('words a person typed are quoted without being obeyed', async () => {
  const { ws, bot } = await rig({
    commands: { '': refusing('unknown_term', { details: { value: '<!channel> @here' } }) },
  })
  await ws.act({ persona: DUTY, do: 'command', channel: NORTH, text: '/poc' })
  await bot.settled()
  const [said] = ephemerals(ws, DUTY)
  expect(said).toContain('&lt;!channel&gt;')
  expect(said).not.toContain('@here')
})

test('somebody of another workspace is known by their own team', async () => {
  const seen: unknown[] = []
  const { bot } = await rig({
    views: { raise: async call => void seen.push(call.person.teamId, call.person.userId) },
  })
  const body = { ...submission('raise'), user: { id: NGO, team_id: 'T0NGO' } }
  await postSigned(bot.url, interactionBody(body))
  expect(seen).toEqual(['T0NGO', NGO])
})

test('whoever comes for the first time is entered, and confirmed by nobody yet', async () => {
  const { bot } = await rig({ commands: { '': async () => {} } })
  await postSigned(bot.url, commandBody('/poc', { user_id: 'U0NEWCOMER' }))
  expect(await bot.store.read.people.byUser('T0MISSION', 'U0NEWCOMER')).toMatchObject({ constituency: null })
})

function button(actionId: string) {
  return { type: 'button', action_id: actionId, block_id: 'b', value: '' }
}

function ephemerals(ws: Awaited<ReturnType<typeof rig>>['ws'], userId: string): string[] {
  const messages = Object.values(ws.snapshot(userId).messages).flat()
  return messages.filter(({ ephemeralFor }) => ephemeralFor === userId).map(({ text }) => text)
}
