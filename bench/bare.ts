/**
 * The measure of the bench: a Bolt app that only acknowledges a submission, and opens a modal at a command. Run as a
 * process of its own; prints `{"url": …}` when it listens.
 */
import type { AddressInfo } from 'node:net'
import bolt from '@slack/bolt'
import { BOT_TOKEN, SIGNING_SECRET } from './requests.ts'

const app = new bolt.App({
  token: BOT_TOKEN,
  signingSecret: SIGNING_SECRET,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL ?? '' },
  logLevel: bolt.LogLevel.ERROR,
})

const plain = (text: string) => ({ type: 'plain_text' as const, text })
const choice = (text: string) => ({ text: plain(text), value: text })

app.view('alert.raise', async ({ ack }) => ack())
app.command('/poc-alert', async ({ ack, body, client }) => {
  await ack()
  await client.views.open({
    trigger_id: body.trigger_id,
    view: {
      type: 'modal',
      callback_id: 'alert.raise',
      title: plain('Raise an alert'),
      submit: plain('Raise the alert'),
      blocks: [
        {
          type: 'input',
          block_id: 'what',
          label: plain('What is happening'),
          element: { type: 'plain_text_input', action_id: 'what', multiline: true, initial_value: body.text },
        },
        {
          type: 'input',
          block_id: 'place',
          label: plain('Where'),
          element: { type: 'external_select', action_id: 'place', min_query_length: 1 },
        },
        {
          type: 'input',
          block_id: 'urgency',
          label: plain('How urgent'),
          element: {
            type: 'radio_buttons',
            action_id: 'urgency',
            options: ['Happening now', 'Imminent', 'Within 24 hours', 'Within 72 hours', 'Tension'].map(
              choice,
            ),
          },
        },
      ],
    },
  })
})

const server = await app.start({ port: 0, host: '127.0.0.1' })
console.log(JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }))
