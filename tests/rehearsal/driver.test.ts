import type { App } from '@slack/bolt'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Rehearsal, rehearse } from '../../rehearsal/driver/index.ts'
import { boltApp, buttons, MANIFEST, modal, NORTH, plain, SECRET } from './support.ts'

/** A small app with a card, a modal, an ephemeral and a home tab. */
function register(app: App): void {
  app.command('/probe', async ({ ack, body, client }) => {
    await ack()
    await client.views.open({ trigger_id: body.trigger_id, view: form(body.text) as never })
  })
  app.command('/bare', async ({ ack }) => ack('Only you read this.'))
  app.options('place', async ({ ack, options }) =>
    ack({
      options: ['Karamba', 'Karuma']
        .filter(p => p.toLowerCase().startsWith(options.value))
        .map(option) as never,
    }),
  )
  app.view('probe', async ({ ack, view, client }) => {
    const said = view.state.values.what?.text?.value ?? ''
    if (said === 'nothing') {
      await ack({ response_action: 'errors', errors: { what: 'Say what.' } })
      return
    }
    const place = view.state.values.where?.place?.selected_option?.text.text ?? 'unknown'
    await ack({
      response_action: 'update',
      view: RECEIPT as never,
    })
    await client.chat.postMessage({
      channel: NORTH,
      text: `A-7K4Q: ${said}`,
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text: `*${said}* at ${place}` } },
        ...buttons('Acknowledge'),
      ] as never,
    })
    await client.chat.postMessage({ channel: 'U0JOCWATCH', text: `For you: ${said}` })
  })
  app.action('acknowledge', async ({ ack, body, client, respond }) => {
    await ack()
    const { message } = body as { message: { ts: string } }
    await client.chat.postMessage({
      channel: NORTH,
      thread_ts: message.ts,
      text: `Acknowledged by <@${body.user.id}>`,
    })
    await client.chat.update({
      channel: NORTH,
      ts: message.ts,
      text: 'Acknowledged',
      blocks: buttons('Close') as never,
    })
    await respond({ text: 'Thank you.', replace_original: false, response_type: 'ephemeral' })
  })
  app.event('app_home_opened', async ({ event, client }) => {
    const blocks = [{ type: 'section', text: plain('Waiting for you: 1') }]
    await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } as never })
  })
}

const RECEIPT = {
  type: 'modal',
  title: plain('Recorded'),
  blocks: [{ type: 'section', text: plain('Recorded as A-7K4Q') }],
}
const SECRETS = { signingSecret: SECRET, botToken: 'xoxb-probe', appToken: 'xapp-probe' }

const option = (words: string) => ({ text: plain(words), value: words.toLowerCase() })
const form = (text: string) =>
  modal({
    blocks: [
      {
        type: 'input',
        block_id: 'what',
        label: plain('What is happening'),
        element: { type: 'plain_text_input', action_id: 'text', ...(text ? { initial_value: text } : {}) },
      },
      {
        type: 'input',
        block_id: 'where',
        optional: true,
        label: plain('Where'),
        element: { type: 'external_select', action_id: 'place', min_query_length: 1 },
      },
    ],
  })

describe.each(['http', 'socket'] as const)('driving an app that is connected by %s', connection => {
  let slack: Rehearsal
  let app: { stop(): Promise<void> }
  beforeEach(async () => {
    slack = await rehearse({
      manifest: MANIFEST,
      ...SECRETS,
      limits: 'off',
    })
    app = await boltApp(slack.workspace, connection, register)
  })
  afterEach(async () => {
    await app.stop()
    await slack.stop()
  })

  test('a command leads through a modal to a card, its thread and its update', async () => {
    const form = await slack.as('duty.karamba').command('/probe armed men').modal()
    expect(form.value('What is happening')).toBe('armed men')
    expect(await form.offers('Where', 'kar')).toEqual(['Karamba', 'Karuma'])
    await form.choose('Where', 'kara', 'Karamba')
    const receipt = await form.submit().modal()
    expect(receipt.title).toBe('Recorded')
    await receipt.close()
    await receipt.expectGone()

    const card = await slack
      .as('company.karamba')
      .in('#poc-north')
      .expectCard(/A-7K4Q/)
    expect(card.text).toBe('*armed men* at Karamba\n[Acknowledge]')
    expect(card.fallback).toBe('A-7K4Q: armed men')
    const deed = await card.click('Acknowledge')
    await card.expectUpdate()
    await card.expectButtons('Close')
    await card.expectThreadReply('Acknowledged by @company.karamba')
    await deed.expectEphemeral('Thank you.')
    expect(await card.clickStale('Acknowledge').result()).toEqual({ ok: true })
    await slack.workspace.calls.waitFor(
      'response_url',
      () => slack.workspace.calls.of('response_url').length === 2,
    )
    await slack.as('joc.watch').expectDirectMessage(/armed men/)
    await slack.settle()
    expect(slack.workspace.deliveries.all.every(d => d.acks === 1)).toBe(true)
  })

  test('a modal’s errors are found by the field’s label', async () => {
    const form = await slack.as('duty.karamba').command('/probe').modal()
    await form.submit().expectErrors({ 'What is happening': /required/ })
    await form.fill({ 'What is happening': 'nothing' })
    await form.submit().expectErrors({ 'What is happening': 'Say what.' })
  })

  test('a command’s own answer is for the person alone', async () => {
    await slack.as('duty.karamba').in('#general').command('/bare').expectEphemeral('Only you')
    expect(slack.as('joc.watch').in('#general').messages).toEqual([])
  })

  test('the home tab is opened and read', async () => {
    const home = await slack.as('head.karamba').home()
    await home.expectText('Waiting for you: 1')
  })

  test('a failure to answer is expected by its code', async () => {
    slack.workspace.faults.addDelivery({ kind: 'slash_commands', drop: true })
    await app.stop()
    await slack.as('duty.karamba').command('/other').expectFailure('invalid_command')
    app = await boltApp(slack.workspace, connection, register)
  })
})

describe('what fails', () => {
  test('shows what was on the screen and what the app called', async () => {
    const slack = await rehearse({ manifest: MANIFEST, deadlineMs: 20 })
    const place = slack.as('duty.karamba').in('#poc-north')
    await place.say('only this')
    const message = await place.expectCard(/A-/).then(
      () => 'found',
      (error: Error) => error.message,
    )
    expect(message).toContain('No card here reads /A-/')
    expect(message).toContain('duty.karamba: only this')
    expect(message).toContain('last calls: none')
    await slack.stop()
  })

  test('is not overlooked when the deed is awaited', async () => {
    const slack = await rehearse({ manifest: MANIFEST })
    await expect(slack.as('duty.karamba').command('/probe')).rejects.toThrow('dispatch_failed')
    await slack.stop()
  })

  test('nothing said is known only after the app has settled', async () => {
    const slack = await rehearse({ manifest: MANIFEST, ...SECRETS })
    const app = await boltApp(slack.workspace, 'socket', a => {
      a.event('app_mention', async ({ say }) => {
        await say('here I am')
      })
    })
    slack.settleWith(async () => {
      await slack.workspace.calls.waitFor('chat.postMessage')
    })
    const place = slack.as('duty.karamba').in('#poc-north')
    await place.say('@probe')
    await expect(place.expectNoMessage('here I am')).rejects.toThrow('There is a message that reads')
    await app.stop()
    await slack.stop()
  })
})
