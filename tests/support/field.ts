import { signatureOf } from '../../src/intake/signed.ts'
import { MINUTE, type Scene } from './bot.ts'

export const INTAKE_SECRET = 'a-secret-of-the-tests-0001'
export const TWILIO_TOKEN = 'twilio-token-of-the-tests'
export const RAPIDPRO_TOKEN = 'rapidpro-token-of-the-tests'
export const KOBO_SECRET = 'kobo-secret-of-the-tests'
export const PUBLIC_URL = 'https://tocsin.example.org'

/** The environment of a bot whose doors are all open. */
export const openDoors = {
  INTAKE_SECRET,
  TWILIO_AUTH_TOKEN: TWILIO_TOKEN,
  RAPIDPRO_TOKEN,
  KOBO_SECRET,
  PUBLIC_URL,
}

/** The numbers of the fictional mission, and some of nobody. */
export const numbers = {
  karamba: '+999205550901',
  tashiro: '+999205550903',
  amina: '+999770000001',
  other: '+999770000002',
}

export interface FromField {
  id?: string
  kind?: 'text' | 'call'
  from?: string
  to?: string
  text?: string
  sent_at?: string
}

export interface Door {
  at?: number
  secret?: string
}

/** Posts to the generic signed door, as a gateway would. */
export function postSigned(
  scene: Scene,
  message: FromField,
  { at = Date.now(), secret = INTAKE_SECRET }: Door = {},
) {
  const body = JSON.stringify({ to: numbers.karamba, from: numbers.amina, ...message })
  const timestamp = String(Math.floor(at / 1000))
  return fetch(`${scene.bot.url}/intake/sms`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-tocsin-timestamp': timestamp,
      'x-tocsin-signature': signatureOf(secret, timestamp, body),
    },
    body,
  })
}

/** Somebody in the field writes. */
export async function text(scene: Scene, words: string, more: FromField = {}): Promise<void> {
  await accepted(scene, { kind: 'text', text: words, ...more })
}

/** Somebody in the field lets it ring once. */
export async function ring(scene: Scene, more: FromField = {}): Promise<void> {
  await accepted(scene, { kind: 'call', ...more })
}

async function accepted(scene: Scene, message: FromField): Promise<void> {
  const answered = await postSigned(scene, message)
  if (answered.status !== 200)
    throw new Error(`the door answered ${answered.status}: ${await answered.text()}`)
  await scene.slack.settle()
}

export { MINUTE }
