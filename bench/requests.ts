import { createHmac } from 'node:crypto'

export const BOT_TOKEN = 'xoxb-bench'
export const SIGNING_SECRET = 'signing-secret-of-the-bench'
/** How an alert of the bench carries its number in its words. */
export const MARK = /bench-(\d+)-/

/** One request of Slack, signed. */
export interface SignedRequest {
  body: string
  headers: Record<string, string>
}

const PLACES = ['karamba-market', 'tashiro'] as const
let counter = 0
const next = () => String(++counter)
const unique = `${process.pid}x${Date.now()}`

/** The number of the alert that {@link submission} makes next. */
export const lastNumber = (): number => counter

/**
 * The alert form, filled in and submitted: never the same twice. Sectors take turns.
 */
export function submission(): SignedRequest {
  const number = next()
  const element = (id: string, state: object) => ({ [id]: state })
  const option = (value: string) => ({
    selected_option: { text: { type: 'plain_text', text: value }, value },
  })
  return signed({
    type: 'view_submission',
    team: { id: 'T0MISSION' },
    user: { id: 'U0CIVILAFFAIRS', team_id: 'T0MISSION' },
    trigger_id: `trigger-${unique}-${number}`,
    view: {
      id: `V${unique}${number}`,
      type: 'modal',
      hash: `${unique}.${number}`,
      callback_id: 'alert.raise',
      private_metadata: JSON.stringify({ channelId: null }),
      blocks: [],
      state: {
        values: {
          what: element('what', {
            type: 'plain_text_input',
            value: `Armed men on motorcycles moving towards the market, shots heard, bench-${number}-`,
          }),
          place: element('alert.place', {
            type: 'external_select',
            ...option(`id:${PLACES[Number(number) % PLACES.length]}`),
          }),
          how: element('how', { type: 'plain_text_input', value: 'Behind the mill, past the second bridge' }),
          urgency: element('urgency', { type: 'radio_buttons', ...option('happening_now') }),
        },
      },
    },
  })
}

/** The command that opens the alert form, with the words typed after it. */
export function command(): SignedRequest {
  const number = next()
  return sign(
    new URLSearchParams({
      command: '/poc-alert',
      text: 'armed men moving towards Karamba market',
      team_id: 'T0MISSION',
      user_id: 'U0CIVILAFFAIRS',
      channel_id: 'C0POCNORTH',
      trigger_id: `trigger-${unique}-${number}`,
      response_url: 'http://127.0.0.1:9/',
    }).toString(),
  )
}

function signed(payload: object): SignedRequest {
  return sign(new URLSearchParams({ payload: JSON.stringify(payload) }).toString())
}

function sign(body: string): SignedRequest {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const digest = createHmac('sha256', SIGNING_SECRET).update(`v0:${timestamp}:${body}`).digest('hex')
  return {
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(Buffer.byteLength(body)),
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${digest}`,
    },
  }
}
