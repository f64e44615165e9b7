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
  await before.expectText(/Company duty officer, Sector North: the face and the details\n/)
  await before.expectText(/Whoever raised it: the face and the details/)
  await before.close()
  await raise.submit()
  const code = await codeIn(raise)
  await raise.close()
  await scene.slack.settle()
  const after = await (await ownCard(scene, 'company.karamba', code))
    .pick('alert.more', 'Who will see this')
    .modal()
  await after.expectText(/joc-watch|C0JOCWATCH/)
  await after.expectText(/Sector operations, Sector North: the face, the details, who is alleged/)
})

it('the forms that change an alert say who will read it then, part by part, in the reader’s language', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'joc.watch')
  const correct = await (await ownCard(scene, 'joc.watch', code))
    .pick('alert.more', 'Correct place, urgency, sector')
    .modal()
  await correct.fill({ sector: 'south' })
  await correct.click('Who will see this')
  const moved = await scene.slack.as('joc.watch').modal('Who will see this')
  await moved.expectText(/Company duty officer, Sector South: the face and the details/)
  await moved.expectText(/• what human rights officers keep: Human rights duty officer/)
  expect(moved.text).not.toMatch(/Sector North/)
  await moved.close()
  await correct.close()
  const details = await (await ownCard(scene, 'cla.karamba', code))
    .pick('alert.more', 'Ajouter une information')
    .modal()
  await details.click('Qui le verra')
  const french = await scene.slack.as('cla.karamba').modal('Qui le verra')
  await french.expectText(/Parties restreintes[\s\S]*qui est mis en cause/)
  await french.expectText(/l’essentiel et les détails/)
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
  await form.expectText(/looks like a person’s name/)
  expect((await recordOf(scene, code)).acts).toEqual([])
  await form.fill({ asItIs: ['Post it as it is'] })
  await form.submit()
  await scene.slack.settle()
  expect((await recordOf(scene, code)).acts).toMatchObject([{ note: 'Mme Adjoa saw them' }])
})
