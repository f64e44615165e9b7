import { expect, it } from 'vitest'
import { DAY, openScene } from '../support/bot.ts'

it('asks role holders and partners every month, and lists who did not answer, each side to its own', async () => {
  const scene = await openScene()
  await scene.pass(30 * DAY)
  const asked = await scene.slack.as('company.karamba').expectDirectMessage(/Can you still be reached/)
  await asked.click('I am here')
  await scene.slack.settle()
  await asked.expectText(/You can be reached/)
  await (await scene.slack.as('head.karamba').expectDirectMessage(/Peut-on encore vous joindre/)).click(
    'Je suis là',
  )
  await (await scene.slack.as('unhcr').expectDirectMessage(/Can you still be reached/)).click('I am here')
  await scene.slack.as('newcomer').expectNoDirectMessage(/reached/)

  await scene.pass(7 * DAY)
  const mission = await scene.slack.as('joc.watch').expectDirectMessage(/Not known to be in reach/)
  expect(mission.text).toMatch(/@battalion\.north \(military\).*Battalion operations, Sector North/)
  expect(mission.text).not.toMatch(/company\.karamba|head\.karamba|@ocha|@ngo|@unhcr/)
  const humanitarian = await scene.slack.as('ocha').expectDirectMessage(/Not known to be in reach/)
  expect(humanitarian.text).toMatch(/@ngo, NGO/)
  expect(humanitarian.text).not.toMatch(/@unhcr|military/)
  await scene.slack
    .as('duty.karamba')
    .command('/poc reach')
    .expectEphemeral(/None of your roles/)
})

it('shows the POC adviser posts alone, and who is in touch with partners to nobody of the mission', async () => {
  const scene = await openScene()
  await scene.bot.store.write(async ({ people, roles }) => {
    const adviser = (await people.byUser('T0MISSION', 'U0POCADVISER'))!
    const rows = (await roles.all()).filter(row => row.personId === adviser.id && row.role === 'joc_watch')
    for (const row of rows) await roles.remove(row.id)
  })
  await scene.pass(30 * DAY)
  await scene.pass(7 * DAY)
  const list = await scene.slack
    .as('poc.adviser')
    .command('/poc reach')
    .expectEphemeral(/posts? (is|are) held by/)
  expect(list.text).toMatch(/OCHA bridge officer/)
  expect(list.text).not.toMatch(/@|NGO/)
})

it('takes a late answer, and nobody else’s', async () => {
  const scene = await openScene()
  await scene.pass(30 * DAY)
  await scene.pass(8 * DAY)
  const asked = await scene.slack.as('force.hq').expectDirectMessage(/Can you still be reached/)
  await asked.click('I am here')
  await scene.slack.settle()
  const list = await scene.slack
    .as('joc.watch')
    .command('/poc reach')
    .expectEphemeral(/Not known/)
  expect(list.text).not.toMatch(/force\.hq/)
  expect(list.text).toMatch(/sector\.north/)
})
