import { expect, it } from 'vitest'
import { codeIn, fillAlert, openScene, ownCard, raiseAlert, recordOf } from '../support/bot.ts'

it('who will see an alert is listed before it is raised, and on its card, as the rule has it then', async () => {
  const scene = await openScene()
  await scene.slack.workspace.act({
    persona: 'U0JOCWATCH',
    do: 'invite',
    channel: 'C0POCNORTH',
    user: 'U0NEWCOMER',
  })
  await scene.slack.settle()
  const form = await scene.slack
    .as('ngo')
    .in('#protection-forum')
    .expectCard(/UNMOB and partners/)
  const raise = await form.click('Raise an alert').modal()
  await fillAlert(raise)
  await raise.click('Who will see this')
  const before = await scene.slack.as('ngo').modal('Who will see this')
  await before.expectText(/nothing\. Somebody in it may not read it/)
  expect(before.text).not.toMatch(/newcomer/i)
  await before.expectText(/Company duty officer, Sector North: the whole alert\n/)
  await before.expectText(/Whoever raised it: the whole alert/)
  await before.close()
  await raise.submit()
  const code = await codeIn(raise)
  await raise.close()
  await scene.slack.settle()
  const after = await (await ownCard(scene, 'company.karamba', code))
    .pick('alert.more', 'Who will see this')
    .modal()
  await after.expectText(/joc-watch|C0JOCWATCH/)
  await after.expectText(/Sector operations, Sector North: the whole alert, and who is alleged/)
})

it('a text that holds a telephone number is asked about once, with all that was typed kept, and posted as it is on request', async () => {
  const scene = await openScene()
  const form = await scene.slack.as('joc.watch').command('/poc-alert').modal()
  const what = 'Call +243 812 345 678 in Karamba'
  await fillAlert(form, { what, urgency: 'tension' })
  await form.submit()
  await form.expectText(/looks like a telephone number/)
  expect(form.value('what')).toBe(what)
  expect(await scene.bot.store.read.alerts.count()).toBe(0)
  await form.fill({ asItIs: ['Post it as it is'] })
  await form.submit()
  const { alert } = await recordOf(scene, await codeIn(form))
  expect(alert).toMatchObject({ what, placeId: 'karamba-market', urgency: 'tension' })
})

it('no warning about words holds up an alert of what is imminent', async () => {
  const scene = await openScene()
  const form = await scene.slack.as('joc.watch').command('/poc-alert').modal()
  await fillAlert(form, { what: 'Mr Okello says they come, +243 812 345 678', urgency: 'imminent' })
  await form.submit()
  await codeIn(form)
})

it('information with a name in it is asked about before it goes into the thread', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'joc.watch')
  const form = await (await ownCard(scene, 'joc.watch', code)).pick('alert.more', 'Add information').modal()
  await form.fill({ note: 'Mme Adjoa saw them' })
  await form.submit()
  await form.expectText(/looks like a person's name/)
  expect((await recordOf(scene, code)).acts).toEqual([])
  await form.fill({ asItIs: ['Post it as it is'] })
  await form.submit()
  await scene.slack.settle()
  expect((await recordOf(scene, code)).acts).toMatchObject([{ note: 'Mme Adjoa saw them' }])
})
