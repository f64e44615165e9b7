import { expect, it } from 'vitest'
import { cardIn, cardsIn, HOUR, MINUTE, openScene, ownCard, raiseAlert, type Scene } from '../support/bot.ts'

/** Somebody of a channel brings another in, or sends them away again. */
async function invite(scene: Scene, channel: string, user: string): Promise<void> {
  await scene.slack.workspace.act({ persona: 'U0JOCWATCH', do: 'invite', channel, user })
  await scene.slack.settle()
}
async function leave(scene: Scene, channel: string, user: string): Promise<void> {
  await scene.slack.workspace.act({ persona: user, do: 'leave', channel })
  await scene.slack.settle()
}

it('a channel that somebody unknown has joined shows no alert; its owners are reached directly all the same', async () => {
  const scene = await openScene()
  await invite(scene, 'C0POCNORTH', 'U0NEWCOMER')
  const code = await raiseAlert(scene, 'joc.watch')
  await scene.slack.as('newcomer').in('#poc-north').expectNoMessage(code)
  expect(cardsIn(scene, 'joc.watch', '#poc-north', code)).toEqual([])
  expect(cardsIn(scene, 'joc.watch', '#joc-watch', code)).toHaveLength(1)
  for (const owner of ['duty.karamba', 'company.karamba'])
    await (await ownCard(scene, owner, code)).expectText(/This waits for you/)
})

it('the digest of such a channel tells of no alert', async () => {
  const scene = await openScene({ start: '2026-11-23T04:00:00Z' })
  await invite(scene, 'C0POCNORTH', 'U0NEWCOMER')
  const code = await raiseAlert(scene, 'joc.watch')
  await scene.pass(30 * MINUTE)
  await scene.slack.as('newcomer').in('#poc-north').expectNoMessage(code)
  await scene.slack
    .as('joc.watch')
    .in('#joc-watch')
    .expectCard(/UNMOB.*digest/)
})

it('a card that stood before somebody unknown joined is emptied, and what follows is not said there', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'joc.watch')
  const card = await cardIn(scene, 'joc.watch', '#poc-north', code)
  await invite(scene, 'C0POCNORTH', 'U0NEWCOMER')
  await card.expectText(/A record stood here/)
  await card.expectNotText(new RegExp(code))
  await (await ownCard(scene, 'company.karamba', code)).click('Acknowledge')
  await scene.slack.settle()
  await card.expectNotText(new RegExp(code))
  await card.expectNoThreadReply(/acknowledged\./)
})

it('the card comes to the channel as soon as the unknown person has left', async () => {
  const scene = await openScene()
  await invite(scene, 'C0POCNORTH', 'U0NEWCOMER')
  const code = await raiseAlert(scene, 'joc.watch')
  await leave(scene, 'C0POCNORTH', 'U0NEWCOMER')
  const card = await cardIn(scene, 'joc.watch', '#poc-north', code)
  await card.expectText(/To acknowledge/)
  expect(cardsIn(scene, 'joc.watch', '#poc-north', code).map(card => card.text)).toEqual([expect.any(String)])
})

it('an agency in the channel is enough to keep the alert out of it', async () => {
  const scene = await openScene()
  await invite(scene, 'C0POCNORTH', 'U0UNHCR')
  const code = await raiseAlert(scene, 'joc.watch')
  expect(cardsIn(scene, 'joc.watch', '#poc-north', code)).toEqual([])
  await ownCard(scene, 'company.karamba', code)
})

it('a channel whose members Slack does not tell shows nothing once the list is an hour old, and all again later', async () => {
  const scene = await openScene()
  scene.slack.workspace.faults.add({
    method: 'conversations.members',
    error: 'internal_error',
    times: Number.POSITIVE_INFINITY,
  })
  await scene.pass(HOUR + MINUTE)
  const code = await raiseAlert(scene, 'joc.watch')
  expect(cardsIn(scene, 'joc.watch', '#poc-north', code)).toEqual([])
  await ownCard(scene, 'company.karamba', code)

  scene.slack.workspace.faults.clear()
  await scene.pass(MINUTE)
  await (await ownCard(scene, 'company.karamba', code)).click('Acknowledge')
  await scene.slack.settle()
  expect(cardsIn(scene, 'joc.watch', '#poc-north', code).map(card => card.text)).toEqual([expect.any(String)])
})
