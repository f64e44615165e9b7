import { expect, it } from 'vitest'
import { cardIn, DAY, HOUR, openScene, raiseAlert } from '../support/bot.ts'

it('three low warnings of a kind come before the operations centre as one item, which decides and is asked no more', async () => {
  const scene = await openScene()
  for (const person of ['duty.karamba', 'sector.north', 'duty.karamba']) {
    const code = await raiseAlert(scene, person, { urgency: 'Tension' })
    const card = await cardIn(scene, person, '#poc-north', code)
    const details = await card.pick('alert.more', 'Add details').modal()
    await details.fill({ Threat: 'Crime' })
    await details.submit()
    await scene.slack.settle()
  }
  const item = await (await scene.slack.as('joc.watch').withApp()).expectCard(/Early warning: Crime/)
  await item.expectText(/3 low warnings of the same kind/)
  await item.expectText(/A decision is owed/)
  await scene.pass(DAY + HOUR)
  const told = (await scene.slack.as('joc.watch').withApp()).cards(/still no decision on 3 low warnings/)
  // Reminded in a message of its own, not in the thread of a card of yesterday.
  expect(told).toHaveLength(1)
  await told[0]!.click('Show')
  await scene.slack.as('joc.watch').expectEphemeral(/A decision is owed/)
  const form = await item.click('No action').modal()
  await form.fill({ 'Why nothing is done': 'The police commissioner has doubled patrols' })
  await form.submit()
  await form.expectText(/The decision is recorded/)
  await scene.slack.settle()
  await item.expectText(/No action.*The police commissioner has doubled patrols/s)
  await item.expectNotText(/Monitor until/)
})
