/** The gateways' doors, over real HTTP with real signatures. */
import { expect, it } from 'vitest'
import { signatureOf } from '../../src/intake/signed.ts'
import { twilioSignature } from '../../src/intake/twilio.ts'
import { openScene, type Scene } from '../support/bot.ts'
import {
  KOBO_SECRET,
  numbers,
  openDoors,
  PUBLIC_URL,
  postSigned,
  RAPIDPRO_TOKEN,
  TWILIO_TOKEN,
} from '../support/field.ts'

const scene = (env: Record<string, string> = openDoors) => openScene({ env })

const waiting = ({ bot }: Scene) => bot.store.read.callbacks.open()

interface TwilioOptions {
  token?: string
  address?: string
}

function postTwilio(scene: Scene, fields: Record<string, string>, options: TwilioOptions = {}) {
  const { token = TWILIO_TOKEN, address = `${PUBLIC_URL}/intake/twilio` } = options
  const form = new URLSearchParams(fields)
  return fetch(`${scene.bot.url}/intake/twilio`, {
    method: 'POST',
    headers: { 'x-twilio-signature': twilioSignature(token, address, form) },
    body: form,
  })
}

const sms = { MessageSid: 'SM1', From: numbers.amina, To: numbers.karamba, Body: 'Armed men', NumMedia: '0' }

it('Twilio’s own example of a signature is reproduced', () => {
  // From Twilio's page on security: https://www.twilio.com/docs/usage/security
  const form = new URLSearchParams({
    CallSid: 'CA1234567890ABCDE',
    Caller: '+14158675310',
    Digits: '1234',
    From: '+14158675310',
    To: '+18005551212',
  })
  const url = 'https://mycompany.com/myapp.php?foo=1&bar=2'
  expect(twilioSignature('12345', url, form)).toBe('GvWf1cFY/Q7PnoempGyD5oXAezc=')
})

it('an SMS of Twilio is on disk before it is answered, with TwiML that says nothing to the sender', async () => {
  const it = await scene()
  const answered = await postTwilio(it, sms)
  expect(answered.status).toBe(200)
  expect(await answered.text()).toBe('<?xml version="1.0" encoding="UTF-8"?><Response></Response>')
  expect(await waiting(it)).toMatchObject([{ base: 'karamba', kind: 'text', count: 1 }])
})

it('a call of Twilio is never taken, so that ringing costs nothing, and waits to be called back', async () => {
  const it = await scene()
  const call = { CallSid: 'CA1', CallStatus: 'ringing', From: numbers.amina, To: numbers.karamba }
  expect(await (await postTwilio(it, call)).text()).toContain('<Reject reason="busy"/>')
  // The same call's later reports change nothing.
  await postTwilio(it, { ...call, CallStatus: 'no-answer' })
  expect(await waiting(it)).toMatchObject([{ kind: 'call', count: 1 }])
})

it.each([
  ['another token', { token: 'another-token-of-nobody' }, 403],
  ['another address', { address: 'https://elsewhere.example.org/intake/twilio' }, 403],
  ['the port in the address', { address: `${PUBLIC_URL}:443/intake/twilio` }, 200],
])('Twilio’s signature for %s: %#', async (_, options, status) => {
  const it = await scene()
  expect((await postTwilio(it, sms, options)).status).toBe(status)
  expect(await waiting(it)).toHaveLength(status === 200 ? 1 : 0)
})

it('a field changed after Twilio signed, or no signature, is refused and says why', async () => {
  const it = await scene()
  const form = new URLSearchParams(sms)
  const signature = twilioSignature(TWILIO_TOKEN, `${PUBLIC_URL}/intake/twilio`, form)
  form.set('Body', 'All is well')
  const url = `${it.bot.url}/intake/twilio`
  const changed = await fetch(url, {
    method: 'POST',
    headers: { 'x-twilio-signature': signature },
    body: form,
  })
  expect(changed.status).toBe(403)
  expect((await fetch(url, { method: 'POST', body: form })).status).toBe(403)
  expect(await changed.json()).toMatchObject({
    error: 'forged',
    message: expect.stringMatching(/PUBLIC_URL/),
  })
})

it('the signed door takes what was signed now, and refuses wrong, stale and future', async () => {
  const it = await scene()
  const now = Date.now()
  const minute = 60_000
  const status = async (options: Parameters<typeof postSigned>[2]) =>
    (await postSigned(it, { text: 'help', id: String(Math.random()) }, options)).status
  expect(await status({ secret: 'another-secret-of-nobody' })).toBe(401)
  expect(await status({ at: now - 6 * minute })).toBe(401)
  expect(await status({ at: now + 6 * minute })).toBe(401)
  expect(await waiting(it)).toEqual([])
  expect(await status({ at: now - 4 * minute })).toBe(200)
})

it('what is played again within the window is answered like the first and recorded once', async () => {
  const it = await scene()
  const body = JSON.stringify({ kind: 'text', from: numbers.amina, to: numbers.karamba, text: 'help' })
  const timestamp = String(Math.floor(Date.now() / 1000))
  const post = () =>
    fetch(`${it.bot.url}/intake/sms`, {
      method: 'POST',
      headers: {
        'x-tocsin-timestamp': timestamp,
        'x-tocsin-signature': signatureOf(openDoors.INTAKE_SECRET, timestamp, body),
      },
      body,
    })
  expect(await (await post()).json()).toEqual({ ok: true, repeated: false })
  expect(await (await post()).json()).toEqual({ ok: true, repeated: true })
  expect(await waiting(it)).toMatchObject([{ count: 1 }])
})

const rapidPro = (scene: Scene, body: object, token = RAPIDPRO_TOKEN) =>
  fetch(`${scene.bot.url}/intake/rapidpro`, {
    method: 'POST',
    headers: { authorization: `Token ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

it('RapidPro’s own webhook body is read; a flow begun by a missed call has no words', async () => {
  const it = await scene()
  const channel = { uuid: 'c1', name: 'Modem', address: numbers.karamba }
  const contact = { uuid: 'p1', name: '', urn: `tel:${numbers.amina}` }
  const input = { uuid: 'm1', text: 'Armed men', created_on: '2026-11-23T00:00:00Z', channel, urn: null }
  expect((await rapidPro(it, { contact, input, run: { uuid: 'r1' } })).status).toBe(200)
  const other = { ...contact, urn: `tel:${numbers.other}` }
  expect((await rapidPro(it, { contact: other, input: null, channel, run: { uuid: 'r2' } })).status).toBe(200)
  expect((await waiting(it)).map(({ kind, base }) => [kind, base])).toEqual([
    ['text', 'karamba'],
    ['call', 'karamba'],
  ])
  expect((await rapidPro(it, { contact, input }, 'another-token-of-nobody')).status).toBe(401)
  expect((await rapidPro(it, {})).status).toBe(422)
})

it('a form of Kobo opens the alert’s form filled in; its point is read, and the same submission is one', async () => {
  const it = await scene()
  const submission = {
    _uuid: '7f1c',
    _submission_time: '2026-11-22T21:00:00',
    'group/situation': 'Houses burn',
    'group/place': 'Duvali',
    urgency: 'a',
    people: '120',
    location: '-7.0811 -9.1474 310.5 4.2',
    base: 'karamba',
    extra: 'they came at night',
  }
  const post = (secret: string) =>
    fetch(`${it.bot.url}/intake/kobo`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`kobo:${secret}`).toString('base64')}` },
      body: JSON.stringify(submission),
    })
  expect((await post('another-secret-of-nobody')).status).toBe(401)
  for (const _ of [1, 2, 3]) expect((await post(KOBO_SECRET)).status).toBe(200)
  expect(await waiting(it)).toMatchObject([{ kind: 'form', base: 'karamba', urgency: 'imminent', count: 1 }])
  await it.slack.settle()
  const card = await (await it.slack.as('cla.karamba').withApp()).expectCard(/Formulaire pour Karamba base/)
  const form = await card.click('Lancer une alerte').modal()
  await form.expectText(/Duvali/)
  await form.expectText(/they came at night/)
  await form.close()
  const shown = await card.click('Ouvrir').modal()
  await shown.expectText(/-7\.0811, -9\.1474/)
})

it('ODK’s instance id and GeoJSON point do as well', async () => {
  const it = await scene()
  const answered = await fetch(`${it.bot.url}/intake/kobo`, {
    method: 'POST',
    headers: { 'x-tocsin-token': KOBO_SECRET },
    body: JSON.stringify({
      __id: 'uuid:1',
      meta: { instanceID: 'uuid:1' },
      location: { type: 'Point', coordinates: [-9.1474, -7.0811, 3], properties: { accuracy: 4 } },
    }),
  })
  expect(answered.status).toBe(200)
})

it('says what is wrong: no such gateway, not set up, GET, no JSON, too large', async () => {
  const it = await scene({ INTAKE_SECRET: openDoors.INTAKE_SECRET })
  const ask = async (path: string, init: RequestInit = { method: 'POST', body: '{}' }) => {
    const answered = await fetch(`${it.bot.url}${path}`, init)
    return [answered.status, ((await answered.json()) as { error: string }).error]
  }
  expect(await ask('/intake/fax')).toEqual([404, 'not_found'])
  expect(await ask('/intake/twilio')).toEqual([404, 'not_set_up'])
  expect(await ask('/intake/sms', {})).toEqual([405, 'not_post'])
  expect(await ask('/intake/sms', { method: 'POST', body: 'x'.repeat(300_000) })).toEqual([413, 'too_large'])
  const wrong = await postSigned(it, { text: '  ' })
  expect([wrong.status, await wrong.json()]).toMatchObject([422, { error: 'invalid' }])
})

it('without a vault key every gateway is answered 503, and the health page says so', async () => {
  const it = await scene({ ...openDoors, VAULT_KEY: '' })
  const answered = await postSigned(it, { text: 'help' })
  expect([answered.status, await answered.json()]).toMatchObject([503, { error: 'no_vault_key' }])
  const { problems } = await it.bot.health()
  expect(problems.map(({ code }) => code)).toContain('intake_no_vault')
})

it('what cannot be stored is answered 503, and taken when it is sent again', async () => {
  const it = await scene()
  const { database } = it.bot.store as unknown as { database: import('better-sqlite3').Database }
  database.exec(
    `create trigger full before insert on inbound_messages begin select raise(abort, 'disk is full'); end`,
  )
  expect((await postSigned(it, { id: 'one', text: 'help' })).status).toBe(503)
  expect(await waiting(it)).toEqual([])
  database.exec('drop trigger full')
  expect((await postSigned(it, { id: 'one', text: 'help' })).status).toBe(200)
  expect(await waiting(it)).toMatchObject([{ count: 1 }])
})

it('a gateway’s clock far from ours is kept and marked', async () => {
  const it = await scene()
  await postSigned(it, { text: 'help', sent_at: '2026-11-23T01:00:00Z' })
  await it.slack.settle()
  const card = await (await it.slack.as('cla.karamba').withApp()).expectCard(/C-/)
  const shown = await card.click('Rappeler : voir le numéro').modal()
  await shown.expectText(/l’horloge de sa passerelle indique 23 nov. 03:00/)
})
