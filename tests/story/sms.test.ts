import { expect, it, onTestFinished } from 'vitest'
import { type Gateway, startGateway } from '../../rehearsal/gateway/index.ts'
import {
  cardIn,
  HOUR,
  MINUTE,
  openScene,
  ownCard,
  raiseAlert,
  recordOf,
  type Scene,
  toldDirectly,
} from '../support/bot.ts'
import { INTAKE_SECRET, numbers, PUBLIC_URL, TWILIO_TOKEN } from '../support/field.ts'

const FROM = '+999205550900'
const COMPANY = '+999660000001'

/** The bot with a gateway that is as strict as Twilio. */
async function phones(): Promise<{ scene: Scene; gateway: Gateway }> {
  const gateway = await startGateway({
    secret: INTAKE_SECRET,
    accountSid: 'ACtests',
    authToken: TWILIO_TOKEN,
    senders: [FROM],
    numbers: [],
  })
  onTestFinished(() => gateway.stop())
  const scene = await openScene({
    env: {
      INTAKE_SECRET,
      PUBLIC_URL,
      TWILIO_AUTH_TOKEN: TWILIO_TOKEN,
      TWILIO_ACCOUNT_SID: 'ACtests',
      TWILIO_FROM: FROM,
      TWILIO_API_URL: gateway.url,
    },
  })
  gateway.setBotUrl(scene.bot.url)
  return { scene, gateway }
}

/** Somebody asks for texts to their telephone, by `/poc me`. */
async function asksForTexts(scene: Scene, who: string, number = COMPANY): Promise<void> {
  const place = scene.slack.as(who).in('#poc-north')
  await place.command('/poc me')
  const me = await scene.slack.as(who).expectEphemeral(/No telephone is kept/)
  const form = await me.click('Receive texts…').modal()
  await form.fill({ number })
  await form.submit()
  await scene.slack.settle()
}

async function answer(scene: Scene, gateway: Gateway, text: string, from = COMPANY): Promise<void> {
  expect(await gateway.deliver({ from, to: numbers.karamba, text })).toBe(200)
  await scene.slack.settle()
}

const codeOf = (gateway: Gateway): string =>
  /answer ([0-9A-Z]{5})$/.exec(gateway.sent.at(-1)?.body ?? '')![1]!

it('an owner is texted code, urgency, base, a number and a one-time code, in one segment; the answer acknowledges', async () => {
  const { scene, gateway } = await phones()
  await asksForTexts(scene, 'company.karamba')
  const code = await raiseAlert(scene, 'cla.karamba')
  expect(gateway.sent).toHaveLength(1)
  expect(gateway.refused).toEqual([])
  const { to, body } = gateway.sent[0]!
  expect(to).toBe(COMPANY)
  expect(body).toMatch(
    new RegExp(
      `^${code} - IMMINENT - Karamba base\\. Ring \\+999205550100\\. To acknowledge, answer [0-9A-Z]{5}$`,
    ),
  )
  expect(body).not.toMatch(/market|armed/i)
  await answer(scene, gateway, codeOf(gateway).toLowerCase())
  const { acts } = await recordOf(scene, code)
  expect(acts).toMatchObject([
    { kind: 'acknowledge', slot: 'uniformed', means: 'sms', role: 'company_duty_officer@north' },
  ])
  const card = await cardIn(scene, 'joc.watch', '#poc-north', code)
  await card.expectText(/Acknowledged.*\(by text\)/)
  expect(await scene.bot.store.read.callbacks.open()).toEqual([])
})

it('a code counts once, from that telephone, until it is too old; what does not count is said, and acknowledges nothing', async () => {
  const { scene, gateway } = await phones()
  await asksForTexts(scene, 'company.karamba')
  const code = await raiseAlert(scene, 'cla.karamba')
  const right = codeOf(gateway)
  await answer(scene, gateway, right, numbers.other)
  await answer(scene, gateway, 'XXXXX')
  expect(await toldDirectly(scene, 'company.karamba', /Nothing was acknowledged/)).toHaveLength(1)
  expect((await recordOf(scene, code)).acts).toEqual([])
  scene.clock.advance(13 * HOUR)
  await answer(scene, gateway, right)
  expect((await recordOf(scene, code)).acts).toEqual([])
  // From a stranger's telephone it was a text like any other: somebody calls back.
  expect(await scene.bot.store.read.callbacks.open()).toHaveLength(1)
})

it('the same answer sent twice is said to have counted, and is no wrong code', async () => {
  const { scene, gateway } = await phones()
  await asksForTexts(scene, 'company.karamba')
  const code = await raiseAlert(scene, 'cla.karamba')
  const right = codeOf(gateway)
  for (let times = 0; times < 7; times++) {
    await answer(scene, gateway, right)
    scene.clock.advance(MINUTE)
  }
  expect((await recordOf(scene, code)).acts).toHaveLength(1)
  expect(await toldDirectly(scene, 'company.karamba', /had acknowledged the alert already/)).toHaveLength(6)
  expect(await toldDirectly(scene, 'company.karamba', /Nothing was acknowledged/)).toEqual([])
  const next = await raiseAlert(scene, 'cla.karamba')
  await answer(scene, gateway, codeOf(gateway))
  expect((await recordOf(scene, next)).acts).toHaveLength(1)
  await (await ownCard(scene, 'company.karamba', next)).expectText(/by text/)
})

it('after five wrong codes from one telephone none counts for an hour, the right one neither', async () => {
  const { scene, gateway } = await phones()
  await asksForTexts(scene, 'company.karamba')
  const code = await raiseAlert(scene, 'cla.karamba')
  const right = codeOf(gateway)
  for (const wrong of ['33333', '44444', '66666', '77777', '99999']) await answer(scene, gateway, wrong)
  await answer(scene, gateway, right)
  expect((await recordOf(scene, code)).acts).toEqual([])
  scene.clock.advance(HOUR + MINUTE)
  await answer(scene, gateway, `ok ${right}`)
  expect((await recordOf(scene, code)).acts).toHaveLength(1)
})

it('an owner who warns by text is called back like anybody else', async () => {
  const { scene, gateway } = await phones()
  await asksForTexts(scene, 'company.karamba')
  await raiseAlert(scene, 'cla.karamba')
  await answer(scene, gateway, 'we are under fire at the bridge, send help')
  expect(await scene.bot.store.read.callbacks.open()).toHaveLength(1)
})

it('a gateway that is away is tried again, and what was answered meanwhile is not sent any more', async () => {
  const { scene, gateway } = await phones()
  await asksForTexts(scene, 'company.karamba')
  gateway.down = true
  const first = await raiseAlert(scene, 'cla.karamba')
  const second = await raiseAlert(scene, 'cla.karamba')
  await (await ownCard(scene, 'company.karamba', first)).click('Acknowledge')
  expect(gateway.sent).toEqual([])
  gateway.down = false
  await scene.pass(5 * MINUTE)
  expect(gateway.sent.map(({ body }) => body.slice(0, 6))).toEqual([second])
})

it('a number the gateway refuses for good is shown on the health page, and holds up nothing', async () => {
  const { scene, gateway } = await phones()
  await asksForTexts(scene, 'company.karamba')
  gateway.unsubscribed.add(COMPANY)
  const code = await raiseAlert(scene, 'cla.karamba')
  const { problems } = await scene.bot.health()
  expect(problems).toMatchObject([
    {
      code: 'message_parked',
      what: expect.stringContaining('sms_21610'),
      remedy: expect.stringMatching(/text gateway/),
    },
  ])
  expect(JSON.stringify(problems)).not.toContain(COMPANY)
  await (await ownCard(scene, 'company.karamba', code)).expectText(/Imminent/)
})

it('what became of a text stands on its log', async () => {
  const { scene, gateway } = await phones()
  await asksForTexts(scene, 'company.karamba')
  const code = await raiseAlert(scene, 'cla.karamba')
  const { alert } = await recordOf(scene, code)
  expect(await scene.bot.store.read.texts.ofAlert(alert.id)).toMatchObject([
    { status: 'sent', gatewayId: gateway.sent[0]!.sid, rung: 0 },
  ])
})

it('whoever forgets the telephone is sent nothing more', async () => {
  const { scene, gateway } = await phones()
  await asksForTexts(scene, 'company.karamba')
  await scene.slack.as('company.karamba').in('#poc-north').command('/poc me')
  const me = await scene.slack.as('company.karamba').expectEphemeral(/telephone is kept for texts/)
  await me.click('Forget the telephone')
  await raiseAlert(scene, 'cla.karamba')
  expect(gateway.sent).toEqual([])
})

it('a source is sent one word, once for each text, only after its recorder said that it agreed', async () => {
  const { scene, gateway } = await phones()
  await answer(scene, gateway, 'men at the well', numbers.amina)
  const card = await (await scene.slack.as('cla.karamba').withApp()).expectCard(/C-/)
  const whose = await card.pick('callback.more', 'À qui est ce numéro ?').modal()
  await whose.submit()
  await whose.close()
  await answer(scene, gateway, 'they are closer', numbers.amina)
  expect(gateway.sent).toEqual([])
  const list = await scene.slack.as('cla.karamba').in('#poc-north').command('/poc sources').modal()
  const sure = await list.pick('source.act', 'D’accord pour recevoir notre mot').modal()
  await sure.submit()
  await sure.close()
  for (const words of ['one', 'two', 'three', 'four', 'five'])
    await answer(scene, gateway, words, numbers.amina)
  expect(gateway.sent.map(({ to, body }) => [to, body])).toEqual(Array(3).fill([numbers.amina, 'Merci']))
})
