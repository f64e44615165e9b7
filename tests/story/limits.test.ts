import { expect, it } from 'vitest'
import { cardIn, fillAlert, HOUR, openScene, ownCard, raiseAlert, toldDirectly } from '../support/bot.ts'

it('a casualty is phoned: the receipt and the card show the number, and the bot only notes that it did', async () => {
  const scene = await openScene()
  const form = await scene.slack.as('duty.karamba').command('/poc-alert').modal()
  await fillAlert(form)
  await form.submit()
  await form.expectText(/Recorded as/)
  const number = await form.click('Casualty, or a life in danger now').modal()
  await number.expectText(/Ring now: CASEVAC duty officer, \+999 20 555 0911/)
  await number.expectText(/Nothing was asked for here/)
  await scene.slack.settle()
  const [alert] = await scene.bot.store.read.alerts.open()
  const events = await scene.bot.store.read.events.ofRecord('alert', alert!.id)
  expect(events.filter(({ kind }) => kind === 'alert.casevac_shown')).toHaveLength(1)
  await (await cardIn(scene, 'company.karamba', '#poc-north', alert!.code)).expectText(
    /Casualties are phoned: CASEVAC duty officer, \+999 20 555 0911/,
  )
})

it('the call tree is for the chains, those informed and the operations centre', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'human.rights')
  const tree = await (await ownCard(scene, 'joc.watch', code)).pick('More…', 'Call tree').modal()
  await tree.expectText(/Company duty officer \+999 20 555 0110/)
  await tree.expectText(/Mission leadership \+999 20 555 0330/)
  await tree.close()
  await (await cardIn(scene, 'police.north', '#poc-north', code)).pick('More…', 'Call tree')
  await scene.slack.as('police.north').expectEphemeral(/None of your roles allows this/)
})

it('where nobody acknowledges, the card of those informed has the call tree as a button', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'duty.karamba', { urgency: 'happening_now' })
  await scene.pass(HOUR)
  const tree = await (await ownCard(scene, 'joc.watch', code)).click('Call tree').modal()
  await tree.expectText(/Company duty officer \+999 20 555 0110/)
})

it('when a duty officer is out of Slack’s reach, the operations centre is told whom to ring', async () => {
  const scene = await openScene()
  scene.slack.workspace.faults.add({
    method: 'conversations.open',
    match: ({ users }) => users === 'U0COMPANYKARAMBA',
    error: 'user_disabled',
    times: Infinity,
  })
  const code = await raiseAlert(scene, 'duty.karamba')
  const told = await toldDirectly(scene, 'joc.watch', /does not arrive/)
  expect(told).toHaveLength(1)
  expect(told[0]).toContain(code)
  expect(told[0]).toContain('+999 20 555 0110')
})

it('a channel that refuses the card for good makes the operations centre hear whom to ring, once', async () => {
  const scene = await openScene()
  scene.slack.workspace.faults.add({
    method: 'chat.postMessage',
    match: ({ channel }) => channel === 'C0POCNORTH',
    error: 'is_archived',
    times: Infinity,
  })
  const code = await raiseAlert(scene, 'duty.karamba')
  await scene.slack.settle()
  const told = await toldDirectly(scene, 'joc.watch', /does not arrive/)
  expect(told).toHaveLength(1)
  expect(told[0]).toContain(code)
})
