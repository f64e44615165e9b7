import { WebClient } from '@slack/web-api'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  buttons,
  call,
  DUTY,
  FORUM,
  GENERAL,
  MANIFEST,
  NGO,
  NORTH,
  type Probe,
  plain,
  workspace,
} from './support.ts'

let ws: Probe
beforeEach(async () => {
  ws = await workspace()
})
afterEach(() => ws.stop())

const post = (args: object) => call(ws, 'chat.postMessage', { channel: NORTH, text: 'words', ...args })
const without = (...scopes: string[]) => ({
  ...MANIFEST,
  oauth_config: {
    scopes: { bot: (MANIFEST.oauth_config?.scopes?.bot ?? []).filter(s => !scopes.includes(s)) },
  },
})

describe('who may call', () => {
  test('nobody without a token, nobody with a wrong one', async () => {
    const bare = await fetch(`${ws.apiUrl}auth.test`, { method: 'POST' })
    expect(await bare.json()).toMatchObject({ ok: false, error: 'not_authed' })
    expect(await call(ws, 'auth.test', {}, 'xoxb-other')).toMatchObject({ ok: false, error: 'invalid_auth' })
  })

  test('the bot learns who it is', async () => {
    expect(await call(ws, 'auth.test')).toMatchObject({
      ok: true,
      team_id: 'T0MISSION',
      user_id: 'U0TOCSIN',
      bot_id: 'B0TOCSIN',
    })
  })

  test('a scope the manifest lacks is named', async () => {
    ws.setManifest(without('chat:write'))
    expect(await post({})).toMatchObject({
      ok: false,
      error: 'missing_scope',
      needed: 'chat:write',
      provided: expect.stringContaining('groups:read'),
    })
    ws.setManifest(without('groups:history'))
    expect(await call(ws, 'conversations.history', { channel: NORTH })).toMatchObject({
      needed: 'groups:history',
    })
    expect(await call(ws, 'conversations.history', { channel: GENERAL })).toMatchObject({ ok: true })
  })

  test('a method that does not exist is unknown', async () => {
    expect(await call(ws, 'chat.shout')).toMatchObject({ ok: false, error: 'unknown_method' })
    expect(await call(ws, 'toString')).toMatchObject({ ok: false, error: 'unknown_method' })
  })

  test('form-encoded calls of Slack’s own client are understood', async () => {
    const client = new WebClient('xoxb-probe', { slackApiUrl: ws.apiUrl })
    const answer = await client.chat.postMessage({
      channel: NORTH,
      text: 'from the client',
      blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '*bold*' } }],
      metadata: { event_type: 'probe', event_payload: { id: 'x' } },
    })
    expect(answer.message?.blocks?.[0]).toMatchObject({ type: 'section', block_id: expect.any(String) })
  })
})

describe('posting', () => {
  test('goes only where the bot may write', async () => {
    expect(await post({ channel: 'C0NOWHERE' })).toMatchObject({ error: 'channel_not_found' })
    await call(ws, 'conversations.leave', { channel: NORTH })
    expect(await post({})).toMatchObject({ error: 'channel_not_found' })
    await ws.act({ persona: DUTY, do: 'leave', channel: GENERAL })
    ws.state.channels.get(GENERAL)?.members.delete('U0TOCSIN')
    expect(await post({ channel: GENERAL })).toMatchObject({ error: 'not_in_channel' })
    ws.state.channels.get('C0JOCWATCH')!.archived = true
    expect(await post({ channel: 'C0JOCWATCH' })).toMatchObject({ error: 'is_archived' })
  })

  test('refuses empty and malformed messages with Slack’s codes', async () => {
    expect(await post({ text: '' })).toMatchObject({ error: 'no_text' })
    expect(await post({ blocks: 'not json' })).toMatchObject({ error: 'invalid_blocks_format' })
    const wrong = await post({
      blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3001) } }],
    })
    expect(wrong).toMatchObject({ ok: false, error: 'invalid_blocks' })
    expect((wrong.response_metadata as { messages: string[] }).messages[0]).toContain('/blocks/0/text')
    expect(await post({ thread_ts: '1.000001' })).toMatchObject({ error: 'thread_not_found' })
    expect(await post({ metadata: { event_type: 'x' } })).toMatchObject({ error: 'invalid_metadata_schema' })
  })

  test('to a person opens their direct messages; never to a bot or a stranger', async () => {
    const { channel } = await post({ channel: DUTY })
    expect(ws.snapshot(DUTY).channels.find(c => c.id === channel)).toMatchObject({
      kind: 'im',
      with: 'U0TOCSIN',
      mentions: 1,
    })
    expect(await post({ channel: 'U0TOCSIN' })).toMatchObject({ error: 'cannot_dm_bot' })
    expect(await post({ channel: NGO })).toMatchObject({ error: 'channel_not_found' })
  })

  test('keeps metadata, and gives it back only when asked', async () => {
    await post({ metadata: { event_type: 'card', event_payload: { id: 'e1' } } })
    const asked = await call(ws, 'conversations.history', { channel: NORTH, include_all_metadata: true })
    const unasked = await call(ws, 'conversations.history', { channel: NORTH })
    expect(asked.messages).toMatchObject([{ metadata: { event_type: 'card', event_payload: { id: 'e1' } } }])
    expect((unasked.messages as object[])[0]).not.toHaveProperty('metadata')
  })

  test('ephemerally reaches one member, leaves no history and cannot be updated', async () => {
    const args = { channel: NORTH, text: 'psst', user: DUTY }
    const { message_ts: ts } = await call(ws, 'chat.postEphemeral', args)
    expect(ws.snapshot(DUTY).messages[NORTH]).toMatchObject([{ text: 'psst', ephemeralFor: DUTY }])
    expect(ws.snapshot('U0JOCWATCH').messages[NORTH]).toEqual([])
    expect((await call(ws, 'conversations.history', { channel: NORTH })).messages).toEqual([])
    expect(await call(ws, 'chat.update', { channel: NORTH, ts, text: 'x' })).toMatchObject({
      error: 'message_not_found',
    })
    const outsider = await call(ws, 'chat.postEphemeral', { ...args, user: 'U0UNHCR' })
    expect(outsider).toMatchObject({ error: 'user_not_in_channel' })
  })

  test('at a later time happens then, and can be taken back', async () => {
    const postAt = ws.time.now() / 1000 + 60
    const args = { channel: NORTH, text: 'later', post_at: postAt }
    const { scheduled_message_id: id } = await call(ws, 'chat.scheduleMessage', args)
    await call(ws, 'chat.scheduleMessage', args)
    await call(ws, 'chat.deleteScheduledMessage', { channel: NORTH, scheduled_message_id: id })
    ws.time.advance(60_000)
    expect(ws.snapshot(DUTY).messages[NORTH]).toHaveLength(1)
    const past = await call(ws, 'chat.scheduleMessage', { ...args, post_at: 1 })
    expect(past).toMatchObject({ error: 'time_in_past' })
  })

  test('words that look like mentions stay words unless they are markup', async () => {
    await post({ text: '@here &lt;!channel&gt; @duty.karamba' })
    expect(ws.snapshot(DUTY).channels.find(c => c.id === NORTH)).toMatchObject({ unread: 1, mentions: 0 })
    await post({ text: 'fallback', blocks: [{ type: 'section', text: plain('<!channel>') }] })
    expect(ws.snapshot(DUTY).channels.find(c => c.id === NORTH)).toMatchObject({ unread: 2, mentions: 0 })
    await post({ text: `<@${DUTY}> come` })
    expect(ws.snapshot(DUTY).channels.find(c => c.id === NORTH)).toMatchObject({ unread: 3, mentions: 1 })
    await ws.act({ persona: DUTY, do: 'markRead', channel: NORTH })
    expect(ws.snapshot(DUTY).channels.find(c => c.id === NORTH)).toMatchObject({ unread: 0, mentions: 0 })
  })
})

describe('updating', () => {
  test('changes the bot’s own message in place, and nobody else’s', async () => {
    const { ts } = await post({ blocks: buttons('Go') })
    await call(ws, 'chat.update', { channel: NORTH, ts, text: 'done' })
    const [message] = ws.snapshot(DUTY).messages[NORTH]!
    expect(message).toMatchObject({ text: 'done', edited: expect.any(String) })
    expect(message).not.toHaveProperty('blocks')
    const said = await ws.act({ persona: DUTY, do: 'say', channel: NORTH, text: 'mine' })
    const other = await call(ws, 'chat.update', { channel: NORTH, ts: said.ts, text: 'no' })
    expect(other).toMatchObject({ error: 'cant_update_message' })
    const gone = await call(ws, 'chat.update', { channel: NORTH, ts: '1.000001', text: 'no' })
    expect(gone).toMatchObject({ error: 'message_not_found' })
  })

  test('keeps the metadata it does not name, and takes it away where it is given empty', async () => {
    const { ts } = await post({ metadata: { event_type: 'card', event_payload: { id: 'e1' } } })
    const update = (args: object) => call(ws, 'chat.update', { channel: NORTH, ts, text: 'new', ...args })
    const kept = await update({})
    expect(kept.message).toMatchObject({ metadata: { event_type: 'card' } })
    const { message } = await update({ metadata: {} })
    expect(message).not.toHaveProperty('metadata')
  })

  test('takes 4,000 characters, where posting takes more; they are counted in code points', async () => {
    const { ts } = await post({ text: 'x'.repeat(4001) })
    const update = (text: string) => call(ws, 'chat.update', { channel: NORTH, ts, text })
    expect(await update('x'.repeat(4001))).toMatchObject({ error: 'msg_too_long' })
    expect(await update('🚨'.repeat(4000))).toMatchObject({ ok: true })
  })

  test('deleting takes the message away', async () => {
    const { ts } = await post({})
    expect(await call(ws, 'chat.delete', { channel: NORTH, ts })).toMatchObject({ ok: true })
    expect(ws.snapshot(DUTY).messages[NORTH]).toEqual([])
  })
})

describe('reading', () => {
  test('a private channel the bot is not in does not exist for it', async () => {
    ws.state.channels.get(NORTH)?.members.delete('U0TOCSIN')
    expect(await call(ws, 'conversations.info', { channel: NORTH })).toMatchObject({
      error: 'channel_not_found',
    })
    const all = await call(ws, 'conversations.list', { types: 'public_channel,private_channel' })
    expect((all.channels as { id: string }[]).map(c => c.id)).not.toContain(NORTH)
  })

  test('collections come in pages by cursor', async () => {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await call(ws, 'conversations.members', { channel: GENERAL, limit: 7, cursor })
      seen.push(...(page.members as string[]))
      cursor = (page.response_metadata as { next_cursor: string }).next_cursor || undefined
    } while (cursor)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toEqual([...ws.state.channels.get(GENERAL)!.members])
  })

  test('history is newest first without replies; replies are the thread, oldest first', async () => {
    const { ts } = await post({ text: 'root' })
    await post({ text: 'reply', thread_ts: ts })
    await post({ text: 'second' })
    const history = await call(ws, 'conversations.history', { channel: NORTH })
    expect(history.messages).toMatchObject([{ text: 'second' }, { text: 'root', reply_count: 1 }])
    const replies = await call(ws, 'conversations.replies', { channel: NORTH, ts })
    expect(replies.messages).toMatchObject([{ text: 'root' }, { text: 'reply', thread_ts: ts }])
  })

  test('a person’s e-mail needs its scope, their language the asking', async () => {
    const { user } = await call(ws, 'users.info', { user: 'U0HEADKARAMBA', include_locale: true })
    expect(user).toMatchObject({
      locale: 'fr-FR',
      tz: 'Africa/Lusaka',
      tz_offset: 7200,
      team_id: 'T0MISSION',
    })
    expect((user as { profile: object }).profile).not.toHaveProperty('email')
    expect(await call(ws, 'users.info', { user: 'U0NOBODY' })).toMatchObject({ error: 'user_not_found' })
  })
})

describe('people of another workspace', () => {
  test('show their own team; they are strangers once no channel is shared', async () => {
    const info = () => call(ws, 'users.info', { user: NGO })
    expect((await info()).user).toMatchObject({ team_id: 'T0NGO', is_stranger: false })
    ws.state.channels.get(FORUM)?.members.delete(NGO)
    expect((await info()).user).toMatchObject({ team_id: 'T0NGO', is_stranger: true })
  })

  test('cannot be written to directly', async () => {
    expect(await call(ws, 'conversations.open', { users: NGO })).toMatchObject({ error: 'user_not_visible' })
    expect(await call(ws, 'conversations.open', { users: DUTY })).toMatchObject({ ok: true })
  })

  test('can be invited only where the channel is shared with them', async () => {
    const invite = (channel: string) => call(ws, 'conversations.invite', { channel, users: NGO })
    expect(await invite(NORTH)).toMatchObject({ error: 'user_team_not_in_channel' })
    expect(await invite(FORUM)).toMatchObject({ error: 'already_in_channel' })
    const { channel } = await call(ws, 'conversations.info', { channel: FORUM })
    expect(channel).toMatchObject({ is_ext_shared: true, shared_team_ids: ['T0MISSION', 'T0NGO'] })
  })
})

describe('files', () => {
  test('pass through the three steps, with what they show to those who cannot see', async () => {
    const client = new WebClient('xoxb-probe', { slackApiUrl: ws.apiUrl })
    await client.filesUploadV2({
      channel_id: NORTH,
      filename: 'digest.csv',
      file: Buffer.from('a,b\n1,2\n'),
      title: 'Digest',
      alt_text: 'Two columns',
      initial_comment: 'Here it is.',
    })
    const [message] = ws.snapshot(DUTY).messages[NORTH]!
    const [file] = message!.files!
    expect(message).toMatchObject({ text: 'Here it is.', fromApp: true })
    expect(file).toMatchObject({ title: 'Digest', mimetype: 'text/csv', size: 8 })
    expect(await (await fetch(ws.url + file!.url)).text()).toBe('a,b\n1,2\n')
  })

  test('are not shared before their bytes have come, all of them', async () => {
    const got = await call(ws, 'files.getUploadURLExternal', { filename: 'x.txt', length: 5 })
    const complete = () =>
      call(ws, 'files.completeUploadExternal', { files: [{ id: got.file_id }], channel_id: NORTH })
    expect(await complete()).toMatchObject({ ok: false, error: 'file_not_uploaded' })
    const short = await fetch(String(got.upload_url), { method: 'POST', body: 'four' })
    expect(short.status).toBe(400)
    const whole = await fetch(String(got.upload_url), { method: 'POST', body: 'fives' })
    expect(await whole.text()).toBe('OK - 5')
    expect(await complete()).toMatchObject({ ok: true })
    expect(await complete()).toMatchObject({ error: 'file_not_found' })
  })
})

describe('marks', () => {
  test('reactions and pins are given once and taken back once', async () => {
    const { ts } = await post({})
    const at = { channel: NORTH, timestamp: ts }
    const react = (method: string) => call(ws, method, { ...at, name: 'eyes' })
    expect(await react('reactions.add')).toMatchObject({ ok: true })
    expect(await react('reactions.add')).toMatchObject({ error: 'already_reacted' })
    expect(await react('reactions.remove')).toMatchObject({ ok: true })
    expect(await react('reactions.remove')).toMatchObject({ error: 'no_reaction' })
    expect(await call(ws, 'pins.add', at)).toMatchObject({ ok: true })
    expect(await call(ws, 'pins.add', at)).toMatchObject({ error: 'already_pinned' })
    expect((await call(ws, 'pins.list', { channel: NORTH })).items).toHaveLength(1)
  })
})

test('what free workspaces lack is refused as they refuse it', async () => {
  ws.setManifest({ ...MANIFEST, oauth_config: { scopes: { bot: ['usergroups:read'] } } })
  expect(await call(ws, 'usergroups.list')).toMatchObject({ error: 'paid_teams_only' })
})
