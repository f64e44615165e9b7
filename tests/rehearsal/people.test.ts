import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Json } from '../../rehearsal/server/json.ts'
import {
  buttons,
  call,
  DUTY,
  FORUM,
  GENERAL,
  type Listener,
  listener,
  MANIFEST,
  modal,
  NGO,
  NORTH,
  type Probe,
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

const interactions = (type: string) => app.heard.map(h => h.payload).filter(p => p.type === type)

async function card(channel = NORTH): Promise<string> {
  const posted = await call(ws, 'chat.postMessage', { channel, text: 'card', blocks: buttons('Go', 'Stop') })
  return String(posted.ts)
}

function press(ts: string, name: string, persona = DUTY, channel = NORTH, stale = false) {
  const action = { type: 'button', action_id: name.toLowerCase(), block_id: 'buttons', value: name }
  return ws.act({ persona, do: 'blockAction', surface: { kind: 'message', channel, ts }, action }, { stale })
}

async function answer(url: unknown, body: Json): Promise<{ status: number; body: Json }> {
  const response = await fetch(String(url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Json }
}

describe('pressing a button', () => {
  test('tells the app who, where, what and the message as it stands', async () => {
    const ts = await card()
    expect(await press(ts, 'Go')).toEqual({ ok: true })
    expect(interactions('block_actions')[0]).toMatchObject({
      user: { id: DUTY, team_id: 'T0MISSION' },
      team: { id: 'T0MISSION', domain: 'unmob' },
      channel: { id: NORTH },
      container: { type: 'message', message_ts: ts, channel_id: NORTH, is_ephemeral: false },
      message: { ts, text: 'card', blocks: [{ block_id: 'buttons' }] },
      actions: [{ action_id: 'go', block_id: 'buttons', value: 'Go', action_ts: expect.any(String) }],
      response_url: expect.stringContaining('/hooks/actions/'),
      trigger_id: expect.any(String),
      state: { values: {} },
    })
  })

  test('needs the button to be there, unless the person’s screen is behind', async () => {
    const ts = await card()
    await call(ws, 'chat.update', { channel: NORTH, ts, text: 'card', blocks: buttons('Stop') })
    expect(await press(ts, 'Go')).toMatchObject({ ok: false, code: 'not_allowed' })
    expect(await press(ts, 'Go', DUTY, NORTH, true)).toEqual({ ok: true })
  })

  test('needs the person to see the message', async () => {
    const ts = await card()
    expect(await press(ts, 'Go', 'U0UNHCR')).toMatchObject({ ok: false, code: 'not_in_channel' })
  })

  test('of an ephemeral carries no message, as Slack’s does not', async () => {
    const args = { channel: NORTH, text: 'psst', user: DUTY, blocks: buttons('Go') }
    const { message_ts: ts } = await call(ws, 'chat.postEphemeral', args)
    expect(await press(String(ts), 'Go', 'U0JOCWATCH')).toMatchObject({ code: 'not_allowed' })
    await press(String(ts), 'Go')
    const [payload] = interactions('block_actions')
    expect(payload).toMatchObject({ container: { is_ephemeral: true } })
    expect(payload).not.toHaveProperty('message')
  })
})

describe('a response_url', () => {
  async function fromButton(): Promise<{ url: unknown; ts: string }> {
    const ts = await card()
    await press(ts, 'Go')
    return { url: interactions('block_actions').at(-1)!.response_url, ts }
  }

  test('takes five posts', async () => {
    const { url } = await fromButton()
    const say = () => answer(url, { text: 'more', replace_original: false })
    for (let n = 0; n < 5; n++) expect(await say()).toMatchObject({ status: 200 })
    expect(await say()).toEqual({ status: 404, body: { ok: false, error: 'used_url' } })
  })

  test('lives half an hour', async () => {
    const { url } = await fromButton()
    ws.time.advance(30 * 60_000 + 1)
    expect(await answer(url, { text: 'late' })).toMatchObject({ status: 404, body: { error: 'expired_url' } })
  })

  test('replaces or deletes the message it belongs to', async () => {
    const { url, ts } = await fromButton()
    await answer(url, { text: 'replaced', replace_original: true })
    expect(ws.snapshot(DUTY).messages[NORTH]).toMatchObject([{ ts, text: 'replaced' }])
    await answer(url, { delete_original: true })
    expect(ws.snapshot(DUTY).messages[NORTH]).toEqual([])
  })

  test('of a command speaks to the person alone, or to the channel where told', async () => {
    await ws.act({ persona: DUTY, do: 'command', channel: NORTH, text: '/probe' })
    const url = app.heard[0]!.payload.response_url
    await answer(url, { text: 'for you' })
    await answer(url, { text: 'for all', response_type: 'in_channel' })
    expect(ws.snapshot(DUTY).messages[NORTH]).toMatchObject([
      { text: 'for you', ephemeralFor: DUTY },
      { text: 'for all' },
    ])
    expect(ws.snapshot('U0JOCWATCH').messages[NORTH]).toMatchObject([{ text: 'for all' }])
  })

  test('refuses what Slack refuses', async () => {
    const { url } = await fromButton()
    const blocks = [{ type: 'nonsense' }]
    expect(await answer(url, { text: 'x', blocks })).toMatchObject({
      status: 400,
      body: { error: 'invalid_blocks' },
    })
    expect(await answer(`${ws.url}/hooks/actions/T0/none`, { text: 'x' })).toMatchObject({ status: 404 })
  })
})

describe('commands', () => {
  test('answered in the acknowledgement are shown to the person', async () => {
    reply = () => ({ body: { response_type: 'ephemeral', text: 'Known commands: …' } })
    await ws.act({ persona: DUTY, do: 'command', channel: GENERAL, text: '/probe help' })
    expect(ws.snapshot(DUTY).messages[GENERAL]).toMatchObject([
      { text: 'Known commands: …', ephemeralFor: DUTY },
    ])
  })

  test('the manifest does not have are no commands', async () => {
    expect(await ws.act({ persona: DUTY, do: 'command', channel: NORTH, text: '/other' })).toMatchObject({
      code: 'invalid_command',
      failure: expect.stringContaining('/other is not a valid command'),
    })
  })

  test('do not work in threads', async () => {
    const threadTs = await card()
    const typed = await ws.act({ persona: DUTY, do: 'say', channel: NORTH, text: '/probe', threadTs })
    expect(typed).toMatchObject({ ok: false, code: 'invalid_command' })
    expect(app.heard.every(h => h.payload.command === undefined)).toBe(true)
  })
})

describe('people of another workspace', () => {
  test('run no commands, shortcuts or home tab of this app', async () => {
    const command = await ws.act({ persona: NGO, do: 'command', channel: FORUM, text: '/probe' })
    expect(command).toMatchObject({ ok: false, code: 'invalid_command' })
    const shortcut = await ws.act({ persona: NGO, do: 'shortcut', callbackId: 'probe_global' })
    expect(shortcut).toMatchObject({ ok: false, code: 'not_allowed' })
    expect(await ws.act({ persona: NGO, do: 'openHome' })).toMatchObject({ code: 'not_allowed' })
    expect(ws.snapshot(NGO)).toMatchObject({ commands: [], shortcuts: [] })
  })

  test('press buttons and submit modals, which name both workspaces', async () => {
    const ts = await card(FORUM)
    await press(ts, 'Go', NGO, FORUM)
    const pressed = interactions('block_actions')[0]!
    expect(pressed).toMatchObject({ user: { id: NGO, team_id: 'T0NGO' }, team: { id: 'T0MISSION' } })
    await call(ws, 'views.open', { trigger_id: pressed.trigger_id, view: modal() })
    const state = { what: { text: { value: 'from outside' } } }
    await ws.act({ persona: NGO, do: 'submitView', viewId: ws.snapshot(NGO).views[0]!.id, state })
    expect(interactions('view_submission')[0]).toMatchObject({
      team: { id: 'T0NGO' },
      user: { id: NGO, team_id: 'T0NGO' },
      view: { team_id: 'T0NGO', app_installed_team_id: 'T0MISSION' },
    })
  })

  test('see only the channels shared with them', async () => {
    expect(ws.snapshot(NGO).channels.map(c => c.id)).toEqual([FORUM])
    const join = await ws.act({ persona: NGO, do: 'join', channel: GENERAL })
    expect(join).toMatchObject({ ok: false, code: 'not_allowed' })
  })

  test('are named with their team in the events of a shared channel', async () => {
    await ws.act({ persona: NGO, do: 'say', channel: FORUM, text: 'good morning' })
    const { payload } = await app.nth(1)
    expect(payload).toMatchObject({
      is_ext_shared_channel: true,
      event: { user: NGO, team: 'T0NGO', user_team: 'T0NGO', source_team: 'T0NGO' },
    })
  })
})

describe('shortcuts', () => {
  test('on a message bring the message; global ones bring no channel', async () => {
    const said = await ws.act({ persona: 'U0JOCWATCH', do: 'say', channel: NORTH, text: 'heard shots' })
    const on = { channel: NORTH, ts: said.ts! }
    await ws.act({ persona: DUTY, do: 'shortcut', callbackId: 'probe_message', ...on })
    await ws.act({ persona: DUTY, do: 'shortcut', callbackId: 'probe_global' })
    expect(interactions('message_action')[0]).toMatchObject({
      callback_id: 'probe_message',
      message: { text: 'heard shots', user: 'U0JOCWATCH' },
      channel: { id: NORTH },
      response_url: expect.any(String),
    })
    const [global] = interactions('shortcut')
    expect(global).not.toHaveProperty('channel')
    expect(global).not.toHaveProperty('response_url')
  })
})

describe('talking', () => {
  test('a mention of the bot reaches it as app_mention, with what was typed escaped', async () => {
    await ws.act({ persona: DUTY, do: 'say', channel: NORTH, text: '@probe is it < 5 & > 3?' })
    await app.nth(2)
    const mention = app.heard.map(h => h.payload.event as Json).find(e => e.type === 'app_mention')
    expect(mention).toMatchObject({
      text: '<@U0TOCSIN> is it &lt; 5 &amp; &gt; 3?',
      channel: NORTH,
      user: DUTY,
    })
  })

  test('edits and deletions of one’s own are told; those of others are not allowed', async () => {
    const { ts } = await ws.act({ persona: DUTY, do: 'say', channel: NORTH, text: 'frist' })
    const other = await ws.act({ persona: 'U0JOCWATCH', do: 'edit', channel: NORTH, ts: ts!, text: 'no' })
    expect(other).toMatchObject({ code: 'not_allowed' })
    await ws.act({ persona: DUTY, do: 'edit', channel: NORTH, ts: ts!, text: 'first' })
    await ws.act({ persona: DUTY, do: 'delete', channel: NORTH, ts: ts! })
    await app.nth(3)
    const events = app.heard.map(h => h.payload.event as Json)
    expect(events).toContainEqual(
      expect.objectContaining({
        subtype: 'message_changed',
        message: expect.objectContaining({ text: 'first' }),
        previous_message: expect.objectContaining({ text: 'frist' }),
      }),
    )
    expect(events).toContainEqual(expect.objectContaining({ subtype: 'message_deleted', deleted_ts: ts }))
  })

  test('the home tab and the messages tab say when they are opened', async () => {
    await ws.act({ persona: DUTY, do: 'openHome' })
    await ws.act({ persona: DUTY, do: 'openDirect', user: 'U0TOCSIN' })
    await app.nth(2)
    expect(app.heard.map(h => (h.payload.event as Json).tab).sort()).toEqual(['home', 'messages'])
  })

  test('coming and going of members is told where the bot is', async () => {
    await ws.act({ persona: DUTY, do: 'invite', channel: NORTH, user: 'U0NEWCOMER' })
    await ws.act({ persona: 'U0NEWCOMER', do: 'leave', channel: NORTH })
    const events = () => app.heard.map(h => h.payload.event as Json)
    await ws.deliveries.waitFor(d => (d.payload.event as Json).type === 'member_left_channel' && d.acks === 1)
    await ws.deliveries.idle()
    expect(events()).toContainEqual(
      expect.objectContaining({
        type: 'member_joined_channel',
        user: 'U0NEWCOMER',
        inviter: DUTY,
        channel: NORTH,
      }),
    )
    expect(events()).toContainEqual(
      expect.objectContaining({ type: 'member_left_channel', user: 'U0NEWCOMER' }),
    )
  })

  test('nobody reads or writes where they are no member', async () => {
    const say = await ws.act({ persona: 'U0UNHCR', do: 'say', channel: NORTH, text: 'hello' })
    expect(say).toMatchObject({ ok: false, code: 'not_in_channel' })
    expect(ws.snapshot('U0UNHCR').channels.map(c => c.id)).not.toContain(NORTH)
  })
})

describe('accounts', () => {
  test('that change, and people who join, are told to an app that asked', async () => {
    const asked = { settings: { event_subscriptions: { bot_events: ['user_change', 'team_join'] } } }
    ws.setManifest({ ...MANIFEST, ...asked })
    ws.changePerson(DUTY, { locale: 'fr-FR' })
    const { teamId, handle: _, ...rest } = ws.state.users.get(DUTY)!
    ws.addPerson({ ...rest, id: 'U0SECOND', teamId, handle: 'second' })
    await app.nth(2)
    const events = app.heard.map(h => h.payload.event as Json)
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'user_change',
        user: expect.objectContaining({ id: DUTY, locale: 'fr-FR' }),
      }),
    )
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'team_join', user: expect.objectContaining({ id: 'U0SECOND' }) }),
    )
  })

  test('that are gone cannot be written to', async () => {
    ws.changePerson(DUTY, { deleted: true })
    expect(await call(ws, 'conversations.open', { users: DUTY })).toMatchObject({ error: 'user_disabled' })
    expect((await call(ws, 'users.info', { user: DUTY })).user).toMatchObject({ deleted: true })
  })
})
