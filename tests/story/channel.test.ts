import { expect, it } from 'vitest'
import {
  cardIn,
  cardsIn,
  DAY,
  HOUR,
  MINUTE,
  openScene,
  ownCard,
  raiseAlert,
  recordOf,
  type Scene,
  toldDirectly,
} from '../support/bot.ts'

async function invite(scene: Scene, channel: string, user: string): Promise<void> {
  await scene.slack.workspace.act({ persona: 'U0JOCWATCH', do: 'invite', channel, user })
  await scene.slack.settle()
}
async function leave(scene: Scene, channel: string, user: string): Promise<void> {
  await scene.slack.workspace.act({ persona: user, do: 'leave', channel })
  await scene.slack.settle()
}

const said = (scene: Scene, channel: string) =>
  scene.slack.workspace.state.messages(channel).filter(({ fromApp }) => fromApp)

async function channelForm(scene: Scene, who: string, channel: string) {
  const modal = await scene.slack.as(who).in(channel).command('/poc channel').modal()
  await scene.slack.settle()
  return modal
}

it('a registrar is shown who is in a channel and what may be posted there, and registers it', async () => {
  const scene = await openScene()
  const modal = await channelForm(scene, 'poc.adviser', '#general')
  await modal.expectText(/is not registered/)
  await modal.expectText(/UN police \(in uniform\): 2/)
  await modal.expectText(/the channel is public/)
  await modal.expectText(/not registered.*<@U0NEWCOMER>|not registered.*newcomer/i)
  await modal.fill({ purpose: 'forum', language: 'en', digest: 'no' })
  await modal.submit()
  await modal.expectText(/is registered/)
  expect(await scene.bot.store.read.channels.byId('C0GENERAL')).toMatchObject({
    purpose: 'forum',
    isPublic: true,
    digest: false,
  })
})

it('whoever keeps no channels is told so, and nothing is registered', async () => {
  const scene = await openScene()
  await scene.slack.as('company.karamba').in('#general').command('/poc channel')
  await scene.slack.as('company.karamba').expectEphemeral(/no role that registers channels/)
  expect(await scene.bot.store.read.channels.byId('C0GENERAL')).toBeNull()
})

it('when somebody joins who may not read what stands there, the registrar is told once and deletes it with one press', async () => {
  const scene = await openScene()
  const form = await channelForm(scene, 'poc.adviser', '#poc-north')
  await form.submit()
  const code = await raiseAlert(scene, 'joc.watch')
  expect(said(scene, 'C0POCNORTH')).toHaveLength(2)

  await invite(scene, 'C0POCNORTH', 'U0NEWCOMER')
  await scene.pass(40 * MINUTE)
  await scene.pass(40 * MINUTE)
  expect(await toldDirectly(scene, 'poc.adviser', /now holds people/)).toHaveLength(1)
  const notice = await scene.slack.as('poc.adviser').expectDirectMessage(/now holds people/)
  await notice.expectText(code)
  await notice.expectText(/not registered/)
  await notice.click('Delete 2 messages')
  await scene.slack.settle()
  expect(said(scene, 'C0POCNORTH')).toEqual([])
  const events = await scene.bot.store.read.events.ofRecord('channel', 'C0POCNORTH')
  expect(events.map(({ kind }) => kind)).toEqual(['channel.changed', 'channel.exposed', 'channel.withdrawn'])
  await ownCard(scene, 'company.karamba', code)
})

it('what was deleted comes back with the next act once all in the channel may read it again', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'joc.watch')
  await invite(scene, 'C0POCNORTH', 'U0NEWCOMER')
  await (await scene.slack.as('joc.watch').expectDirectMessage(/now holds people/)).click('Delete 2 messages')
  await scene.slack.settle()
  await leave(scene, 'C0POCNORTH', 'U0NEWCOMER')
  await (await ownCard(scene, 'company.karamba', code)).click('Acknowledge')
  await scene.slack.settle()
  expect(cardsIn(scene, 'joc.watch', '#poc-north', code)).toHaveLength(1)
})

it('a class of perpetrator that a newcomer may not read goes from the card when they join', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'joc.watch')
  const { alert } = await recordOf(scene, code)
  const details = await (await ownCard(scene, 'joc.watch', code)).pick('alert.more', 'Add details').modal()
  await details.fill({ perpetrator: 'state_forces' })
  await details.submit()
  await scene.slack.settle()
  const card = await cardIn(scene, 'joc.watch', '#joc-watch', code)
  await card.expectText(/State forces/)
  await invite(scene, 'C0JOCWATCH', 'U0CLAKARAMBA')
  const after = await cardIn(scene, 'joc.watch', '#joc-watch', code)
  expect(after.text).not.toMatch(/State forces/)
  expect(alert.code).toBe(code)
})

it('two weeks after an alert has ended, what was posted about it is gone from Slack and its record stays', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'joc.watch')
  const close = await (await ownCard(scene, 'joc.watch', code))
    .pick('alert.more', 'Close with outcome')
    .modal()
  await close.fill({ outcome: 'averted', note: 'They left' })
  await close.submit()
  await scene.slack.settle()
  await scene.pass(13 * DAY)
  expect(cardsIn(scene, 'joc.watch', '#poc-north', `${code} ·`)).toHaveLength(1)
  await scene.pass(DAY + HOUR)
  for (const channel of ['#poc-north', '#joc-watch'])
    expect(
      scene.slack
        .as('joc.watch')
        .in(channel)
        .messages.filter(m => JSON.stringify(m).includes(`${code} ·`)),
    ).toEqual([])
  expect(await toldDirectly(scene, 'company.karamba', `${code} ·`)).toEqual([])
  expect((await recordOf(scene, code)).alert.outcome).toBe('averted')
})

it('a channel taken off the register keeps nothing the bot said of alerts', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'joc.watch')
  const modal = await channelForm(scene, 'poc.adviser', '#poc-north')
  await modal.click('Take off the register')
  await scene.slack.settle()
  expect(said(scene, 'C0POCNORTH')).toEqual([])
  await (await ownCard(scene, 'company.karamba', code)).click('Acknowledge')
  await scene.slack.settle()
  expect(said(scene, 'C0POCNORTH')).toEqual([])
})
