import { expect, it } from 'vitest'
import { cardIn, openScene, raiseAlert } from '../support/bot.ts'

it('a second warning of the same thing is joined from its receipt, points to the first, and comes back by hand', async () => {
  const scene = await openScene()
  const first = await raiseAlert(scene, 'duty.karamba')
  const form = await scene.slack.as('joc.watch').command('/poc-alert shots heard at Karamba market').modal()
  await form.fill({ Urgency: 'Imminent' })
  await form.submit()
  await form.expectText(/is it the same thing\?/)
  await form.click(`This is the same as ${first}`)
  await form.expectText(new RegExp(`is now part of ${first}`))
  await scene.slack.settle()
  const card = await cardIn(scene, 'joc.watch', '#poc-north', first)
  await card.expectText(/2 reports/)
  await card.expectText(/Verification\*?: unverified/)
  await card.expectThreadReply(/joined A-\w{4} to this alert/)
  const gone = await scene.slack
    .as('joc.watch')
    .in('#poc-north')
    .expectCard(/JOINED/)
  await gone.expectText(new RegExp(`Joined with ${first}`))
  const reports = await card.pick('alert.more', 'Reports, and joining alerts').modal()
  await reports.expectText(/shots heard at Karamba market/)
  await gone.pick('alert.more', 'Undo the joining')
  await scene.slack.settle()
  await card.expectNotText(/2 reports/)
  await card.expectThreadReply(/stands by itself again/)
})

it('a code that names nothing is refused beside its field', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'joc.watch')
  const card = await cardIn(scene, 'joc.watch', '#poc-north', code)
  const reports = await card.pick('alert.more', 'Reports, and joining alerts').modal()
  const form = await reports.click('Join with another alert').modal()
  for (const wrong of ['A-9999', 'nowhere']) {
    await form.fill({ code: wrong })
    await form.submit().expectErrors({ code: /nothing under this code/ })
  }
})

it('an alert closed by mistake is reopened with a reason, and its owners are asked again', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'joc.watch')
  const card = await cardIn(scene, 'joc.watch', '#poc-north', code)
  const closing = await card.pick('alert.more', 'Close with outcome').modal()
  await closing.fill({
    'Outcome for civilians': 'Threat averted',
    'What was done, and how civilians are': 'All calm',
  })
  await closing.submit()
  await scene.slack.settle()
  await card.expectText(/CLOSED/)
  const reopening = await card.pick('alert.more', 'Reopen: ended by mistake').modal()
  await reopening.fill({ 'Why it is reopened': 'The wrong alert was closed' })
  await reopening.submit()
  await scene.slack.settle()
  await card.expectText(/Reopened/)
  await card.expectThreadReply(/reopened the alert.*The wrong alert was closed/)
  expect(JSON.stringify(card.message)).toContain('Acknowledge')
})
