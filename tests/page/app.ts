import { App } from '@slack/bolt'
import type { KnownBlock, ModalView, PlainTextOption } from '@slack/types'
import { LogLevel } from '@slack/web-api'
import type { Manifest } from '../../rehearsal/server/index.ts'

export const manifest: Manifest = {
  display_information: { name: 'Bellringer' },
  features: {
    app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
    bot_user: { display_name: 'Bellringer' },
    slash_commands: [
      { command: '/ring', description: 'Ring the bell', usage_hint: '[why]', should_escape: true },
      { command: '/ring-form', description: 'Fill in the form', should_escape: true },
      { command: '/ring-show', description: 'Show every input', should_escape: true },
    ],
    shortcuts: [
      { name: 'Fill in the form', type: 'global', callback_id: 'form', description: 'Opens the form' },
      {
        name: 'Ring about this',
        type: 'message',
        callback_id: 'about',
        description: 'Rings about a message',
      },
    ],
  },
  oauth_config: { scopes: { bot: ['commands', 'chat:write', 'files:write'] } },
  settings: {
    event_subscriptions: { bot_events: ['app_home_opened'] },
    interactivity: { is_enabled: true },
  },
}

const plain = (text: string) => ({ type: 'plain_text' as const, text })
const option = (text: string, value = text.toLowerCase().replaceAll(' ', '_')): PlainTextOption => ({
  text: plain(text),
  value,
})

export const places = ['Karamba market', 'Karamba bridge', 'Tashiro crossing']

/** Three fields as an alert has them: words, a place from the app's own list, a level. */
export const form: ModalView = {
  type: 'modal',
  callback_id: 'form',
  title: plain('Raise an alert'),
  submit: plain('Raise alert'),
  close: plain('Cancel'),
  notify_on_close: true,
  blocks: [
    {
      type: 'input',
      block_id: 'what',
      label: plain('What is happening'),
      hint: plain('In your own words.'),
      element: { type: 'plain_text_input', action_id: 'text', multiline: true, max_length: 60 },
    },
    {
      type: 'input',
      block_id: 'where',
      label: plain('Where'),
      element: {
        type: 'external_select',
        action_id: 'place',
        min_query_length: 2,
        placeholder: plain('Type a place'),
      },
    },
    {
      type: 'input',
      block_id: 'urgency',
      label: plain('Urgency'),
      element: {
        type: 'radio_buttons',
        action_id: 'level',
        options: [option('Happening now'), option('Imminent')],
      },
    },
    {
      type: 'input',
      block_id: 'find',
      optional: true,
      label: plain('How to find it'),
      element: { type: 'plain_text_input', action_id: 'text' },
    },
    {
      type: 'actions',
      block_id: 'more',
      elements: [
        { type: 'button', action_id: 'update', text: plain('Add a line') },
        { type: 'button', action_id: 'push', text: plain('Next page') },
      ],
    },
  ],
}

/** Every input a modal may hold. */
export const everyInput: ModalView = {
  type: 'modal',
  callback_id: 'everything',
  title: plain('Every input'),
  submit: plain('Send'),
  blocks: [
    {
      type: 'input',
      block_id: 'tags',
      label: plain('Tags'),
      element: {
        type: 'multi_static_select',
        action_id: 'a',
        options: [option('Roads'), option('Water'), option('Food')],
      },
    },
    {
      type: 'input',
      block_id: 'person',
      label: plain('Person'),
      element: { type: 'users_select', action_id: 'a' },
    },
    {
      type: 'input',
      block_id: 'room',
      label: plain('Room'),
      element: { type: 'conversations_select', action_id: 'a' },
    },
    { type: 'input', block_id: 'day', label: plain('Day'), element: { type: 'datepicker', action_id: 'a' } },
    {
      type: 'input',
      block_id: 'hour',
      label: plain('Hour'),
      element: { type: 'timepicker', action_id: 'a' },
    },
    {
      type: 'input',
      block_id: 'moment',
      label: plain('Moment'),
      element: { type: 'datetimepicker', action_id: 'a' },
    },
    {
      type: 'input',
      block_id: 'asked',
      label: plain('Asked for'),
      element: { type: 'checkboxes', action_id: 'a', options: [option('Patrol'), option('Escort')] },
    },
    {
      type: 'input',
      block_id: 'count',
      label: plain('How many'),
      element: { type: 'number_input', action_id: 'a', is_decimal_allowed: false, min_value: '1' },
    },
    {
      type: 'input',
      block_id: 'mail',
      label: plain('Mail'),
      element: { type: 'email_text_input', action_id: 'a' },
    },
    {
      type: 'input',
      block_id: 'note',
      label: plain('Note'),
      element: { type: 'rich_text_input', action_id: 'a' },
    },
  ],
}

/** A card as the app posts it: header, fields, context, actions. */
export function card(words: string): KnownBlock[] {
  return [
    { type: 'header', block_id: 'head', text: plain(`A-7K4Q · ${words}`) },
    {
      type: 'section',
      block_id: 'facts',
      fields: [
        { type: 'mrkdwn', text: '*Where*\nKaramba market, Sector North' },
        { type: 'mrkdwn', text: '*Urgency*\nImminent, since <!date^1795262400^{time}|noon>' },
        { type: 'mrkdwn', text: '*Civilian owner*\nField office duty officer, Karamba' },
        { type: 'mrkdwn', text: '*Uniformed owner*\nCompany duty officer, Karamba base' },
      ],
    },
    {
      type: 'context',
      block_id: 'base',
      elements: [{ type: 'mrkdwn', text: 'Nearest base: Karamba, 4 km SW' }],
    },
    {
      type: 'actions',
      block_id: 'answer',
      elements: [
        {
          type: 'button',
          action_id: 'acknowledge',
          text: plain('Acknowledge'),
          style: 'primary',
          value: 'A-7K4Q',
        },
        {
          type: 'button',
          action_id: 'withdraw',
          text: plain('Raised in error'),
          style: 'danger',
          value: 'A-7K4Q',
          confirm: {
            title: plain('Withdraw it?'),
            text: plain('Its owners are told.'),
            confirm: plain('Withdraw'),
            deny: plain('Keep it'),
          },
        },
        {
          type: 'static_select',
          action_id: 'reason',
          placeholder: plain('Not acting because…'),
          options: [option('No access'), option('Outside the area')],
        },
      ],
    },
  ]
}

/** A small Bolt app that rings, asks and answers, so that the page has somebody on the other side. */
export class Bellringer {
  /** Answered to the next submissions of the form, by block_id. */
  errors: Record<string, string> | undefined
  readonly app: App

  constructor(options: { token: string; signingSecret: string; slackApiUrl: string }) {
    this.app = new App({
      token: options.token,
      signingSecret: options.signingSecret,
      clientOptions: { slackApiUrl: options.slackApiUrl },
      logLevel: LogLevel.ERROR,
      deferInitialization: true,
    })
    this.#commands()
    this.#interactions()
  }

  /** Listens on a port of the system's choosing and returns where. */
  async start(): Promise<string> {
    await this.app.init()
    const server = await this.app.start(0)
    const address = server.address()
    if (typeof address !== 'object' || !address) throw new Error('The app listens nowhere.')
    return `http://127.0.0.1:${address.port}/slack/events`
  }

  async stop(): Promise<void> {
    await this.app.stop()
  }

  #commands(): void {
    this.app.command('/ring', async ({ ack, respond, command, client }) => {
      await ack()
      await client.chat.postMessage({
        channel: command.channel_id,
        text: `The bell rings: ${command.text}`,
        blocks: card(command.text),
      })
      await respond({
        response_type: 'ephemeral',
        text: 'Recorded as *A-7K4Q*, not obeyed: &lt;!channel&gt;',
      })
    })
    this.app.command('/ring-form', async ({ ack, client, command }) => {
      await ack()
      await client.views.open({ trigger_id: command.trigger_id, view: form })
    })
    this.app.command('/ring-show', async ({ ack, client, command }) => {
      await ack()
      await client.views.open({ trigger_id: command.trigger_id, view: everyInput })
    })
  }

  #interactions(): void {
    this.app.action(/.*/, async ({ ack, body, client }) => {
      await ack()
      if (body.type !== 'block_actions' || !body.view) return
      const [action] = body.actions
      if (action?.action_id === 'update') {
        const blocks = [
          { type: 'context' as const, elements: [{ type: 'mrkdwn' as const, text: 'A line more.' }] },
          ...form.blocks,
        ]
        await client.views.update({ view_id: body.view.id, view: { ...form, blocks } })
      }
      if (action?.action_id === 'push') {
        await client.views.push({
          trigger_id: body.trigger_id,
          view: {
            type: 'modal',
            title: plain('Page two'),
            blocks: [{ type: 'section', text: plain('The second page.') }],
          },
        })
      }
    })
    this.app.options('place', async ({ ack, payload }) => {
      const found = places.filter(place => place.toLowerCase().includes(payload.value.toLowerCase()))
      await ack({
        options: [option(`As said: ${payload.value}`, 'as_said'), ...found.map(place => option(place))],
      })
    })
    this.app.view(/.*/, async ({ ack }) => {
      if (this.errors) await ack({ response_action: 'errors', errors: this.errors })
      else await ack()
    })
    this.app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack }) => ack())
    this.app.shortcut('form', async ({ ack, client, shortcut }) => {
      await ack()
      await client.views.open({ trigger_id: shortcut.trigger_id, view: form })
    })
    this.app.shortcut('about', async ({ ack }) => ack())
    this.app.event('app_home_opened', async ({ event, client }) => {
      if (event.tab !== 'home') return
      const blocks = [
        { type: 'header' as const, text: plain('What waits for you') },
        ...card('Men at the market').slice(1),
      ]
      await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } })
    })
  }
}
