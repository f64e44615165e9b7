import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { StateValues } from '../../rehearsal/protocol.ts'
import type { Json } from '../../rehearsal/server/json.ts'
import {
  call,
  DUTY,
  type Listener,
  listener,
  modal,
  type Probe,
  plain,
  type Reply,
  workspace,
} from './support.ts'

let ws: Probe
let app: Listener
let reply: (payload: Json) => Reply
beforeEach(async () => {
  reply = () => ({})
  app = await listener(heard => reply(heard.payload))
  ws = await workspace({ appUrl: app.url })
})
afterEach(async () => {
  await ws.stop()
  await app.stop()
})

async function trigger(): Promise<unknown> {
  await ws.act({ persona: DUTY, do: 'shortcut', callbackId: 'probe_global' })
  return app.heard.at(-1)!.payload.trigger_id
}
const open = async (view: Json = modal()) => call(ws, 'views.open', { trigger_id: await trigger(), view })
const screen = () => ws.snapshot(DUTY).views
const text = (value: string): StateValues => ({ what: { text: { type: 'plain_text_input', value } } })
const submit = (state: StateValues = text('words')) =>
  ws.act({ persona: DUTY, do: 'submitView', viewId: screen().at(-1)!.id, state })

describe('a trigger', () => {
  test('opens a modal once', async () => {
    const id = await trigger()
    expect(await call(ws, 'views.open', { trigger_id: id, view: modal() })).toMatchObject({ ok: true })
    const again = await call(ws, 'views.open', { trigger_id: id, view: modal() })
    expect(again).toMatchObject({ ok: false, error: 'exchanged_trigger_id' })
  })

  test('lives three seconds', async () => {
    const id = await trigger()
    ws.time.advance(3_001)
    expect(await call(ws, 'views.open', { trigger_id: id, view: modal() })).toMatchObject({
      error: 'expired_trigger_id',
    })
    expect(await call(ws, 'views.open', { trigger_id: 'made.up', view: modal() })).toMatchObject({
      error: 'invalid_trigger_id',
    })
  })

  test('is not used up by a view that is refused', async () => {
    const id = await trigger()
    const bad = await call(ws, 'views.open', {
      trigger_id: id,
      view: modal({ title: plain('x'.repeat(25)) }),
    })
    expect(bad).toMatchObject({ ok: false, error: 'invalid_arguments' })
    expect(await call(ws, 'views.open', { trigger_id: id, view: modal() })).toMatchObject({ ok: true })
  })
})

describe('views', () => {
  test('stack three deep and no deeper', async () => {
    await open()
    const push = async () => {
      reply = () => ({ body: { response_action: 'push', view: modal() } })
      return submit()
    }
    await push()
    await push()
    expect(screen()).toHaveLength(3)
    expect(await push()).toMatchObject({ ok: false, code: 'unknown' })
    expect(ws.deliveries.problems).toEqual([expect.stringContaining('push_limit_reached')])
  })

  test('are updated only with their present hash, where one is given', async () => {
    const { view } = (await open()) as { view: { id: string; hash: string } }
    const update = (hash: string) => call(ws, 'views.update', { view_id: view.id, hash, view: modal() })
    expect(await update(view.hash)).toMatchObject({ ok: true })
    expect(await update(view.hash)).toMatchObject({ ok: false, error: 'hash_conflict' })
    expect(await call(ws, 'views.update', { view_id: 'V0NONE', view: modal() })).toMatchObject({
      error: 'not_found',
    })
  })

  test('carry an external id of their own', async () => {
    await open(modal({ external_id: 'alert-1' }))
    expect(await open(modal({ external_id: 'alert-1' }))).toMatchObject({ error: 'duplicate_external_id' })
    const update = { external_id: 'alert-1', view: modal({ title: plain('Again') }) }
    expect(await call(ws, 'views.update', update)).toMatchObject({ ok: true })
  })

  test('for the home tab are published, and only if the manifest has one', async () => {
    const home = { type: 'home', blocks: [{ type: 'section', text: plain('Welcome') }] }
    expect(await call(ws, 'views.publish', { user_id: DUTY, view: home })).toMatchObject({ ok: true })
    expect(ws.snapshot(DUTY).home).toMatchObject({ type: 'home' })
    const wrong = await call(ws, 'views.publish', { user_id: DUTY, view: modal() })
    expect(wrong).toMatchObject({ ok: false, error: 'invalid_arguments' })
    ws.setManifest({ display_information: { name: 'Homeless' } })
    expect(await call(ws, 'views.publish', { user_id: DUTY, view: home })).toMatchObject({
      error: 'not_enabled',
    })
  })
})

describe('submitting', () => {
  test('the client itself asks for required fields and keeps to their lengths', async () => {
    await open()
    expect(await submit({})).toMatchObject({
      ok: false,
      errors: { what: expect.stringContaining('required') },
    })
    expect(await submit(text('x'.repeat(21)))).toMatchObject({
      ok: false,
      errors: { what: expect.any(String) },
    })
    expect(app.heard.filter(h => h.payload.type === 'view_submission')).toHaveLength(0)
    expect(await submit(text('🚨'.repeat(20)))).toEqual({ ok: true })
  })

  test('the client sends only options that are offered', async () => {
    const option = (value: string) => ({ text: plain(value), value })
    await open(
      modal({
        blocks: [
          {
            type: 'input',
            block_id: 'urgency',
            label: plain('Urgency'),
            element: { type: 'static_select', action_id: 'pick', options: [option('now'), option('later')] },
          },
        ],
      }),
    )
    const pick = (value: string) => submit({ urgency: { pick: { selected_option: option(value) } } })
    expect(await pick('never')).toMatchObject({
      ok: false,
      errors: { urgency: expect.stringContaining('never') },
    })
    expect(await pick('now')).toEqual({ ok: true })
  })

  test('gives the app every field in Slack’s shape, untouched ones as empty', async () => {
    await open(
      modal({
        blocks: [
          ...(modal().blocks as Json[]),
          {
            type: 'input',
            block_id: 'when',
            optional: true,
            label: plain('When'),
            element: { type: 'datepicker', action_id: 'day' },
          },
        ],
      }),
    )
    await submit()
    const submitted = app.heard.at(-1)!.payload
    expect(submitted).toMatchObject({
      type: 'view_submission',
      team: { id: 'T0MISSION' },
      user: { id: DUTY, team_id: 'T0MISSION' },
      view: {
        callback_id: 'probe',
        state: {
          values: {
            what: { text: { type: 'plain_text_input', value: 'words' } },
            when: { day: { type: 'datepicker', selected_date: null } },
          },
        },
      },
      response_urls: [],
    })
  })

  test('closes the modal where the app says nothing, and all of them where it says clear', async () => {
    await open()
    reply = () => ({ body: { response_action: 'push', view: modal() } })
    await submit()
    reply = () => ({})
    await submit()
    expect(screen()).toHaveLength(1)
    reply = () => ({ body: { response_action: 'push', view: modal() } })
    await submit()
    reply = () => ({ body: { response_action: 'clear' } })
    await submit()
    expect(screen()).toHaveLength(0)
  })

  test('turns the modal into what the app answers', async () => {
    await open()
    reply = () => ({ body: { response_action: 'update', view: modal({ title: plain('Recorded') }) } })
    expect(await submit()).toEqual({ ok: true })
    expect(screen()).toMatchObject([{ view: { title: { text: 'Recorded' } } }])
  })

  test('shows the app’s errors at their fields, and refuses errors at fields that are not there', async () => {
    await open()
    reply = () => ({ body: { response_action: 'errors', errors: { what: 'Say more.' } } })
    expect(await submit()).toEqual({ ok: false, errors: { what: 'Say more.' } })
    expect(screen()[0]?.errors).toEqual({ what: 'Say more.' })
    reply = () => ({ body: { response_action: 'errors', errors: { elsewhere: 'No.' } } })
    expect(await submit()).toMatchObject({
      ok: false,
      code: 'unknown',
      failure: expect.stringContaining('trouble'),
    })
    expect(ws.deliveries.problems).toEqual([expect.stringContaining('elsewhere')])
  })

  test('refuses an answer with a view Slack would refuse, and keeps the person’s words', async () => {
    await open()
    reply = () => ({ body: { response_action: 'update', view: modal({ blocks: [{ type: 'nonsense' }] }) } })
    expect(await submit()).toMatchObject({ ok: false, code: 'unknown' })
    expect(screen()[0]?.failure).toContain('trouble')
    reply = () => ({})
    expect(await submit({})).toEqual({ ok: true })
  })
})

describe('closing', () => {
  test('is told to the app only where it asked', async () => {
    await open()
    await ws.act({ persona: DUTY, do: 'closeView', viewId: screen()[0]!.id })
    await open(modal({ notify_on_close: true }))
    await ws.act({ persona: DUTY, do: 'closeView', viewId: screen()[0]!.id })
    const closed = app.heard.filter(h => h.payload.type === 'view_closed')
    expect(closed).toHaveLength(1)
    expect(closed[0]?.payload).toMatchObject({ is_cleared: false, view: { callback_id: 'probe' } })
  })
})

describe('an external menu', () => {
  const menu = modal({
    blocks: [
      {
        type: 'input',
        block_id: 'where',
        label: plain('Where'),
        element: { type: 'external_select', action_id: 'place', min_query_length: 2 },
      },
    ],
  })
  const options = [{ text: plain('Karamba'), value: 'karamba' }]
  const type = (value: string) =>
    ws.act({
      persona: DUTY,
      do: 'options',
      surface: { kind: 'view', viewId: screen()[0]!.id },
      blockId: 'where',
      actionId: 'place',
      value,
    })
  const choose = (value: string) =>
    submit({ where: { place: { selected_option: { text: plain('x'), value } } } })

  test('asks the app once enough is typed, and takes only what was offered', async () => {
    await open(menu)
    expect(await type('k')).toEqual({ ok: true, options: [] })
    reply = () => ({ body: { options } })
    expect(await choose('karamba')).toMatchObject({ ok: false, errors: { where: expect.any(String) } })
    expect(await type('ka')).toEqual({ ok: true, options })
    expect(app.heard.at(-1)?.payload).toMatchObject({
      type: 'block_suggestion',
      action_id: 'place',
      value: 'ka',
    })
    reply = () => ({})
    expect(await choose('tashiro')).toMatchObject({ ok: false })
    expect(await choose('karamba')).toEqual({ ok: true })
  })

  test('shows nothing where the app offers what Slack does not take', async () => {
    await open(menu)
    reply = () => ({ body: { options: [{ text: plain('x'.repeat(76)), value: 'v' }] } })
    expect(await type('kar')).toMatchObject({ ok: false, code: 'unknown' })
    expect(ws.deliveries.problems).toHaveLength(1)
  })
})
