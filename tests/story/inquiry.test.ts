import { expect, it } from 'vitest'
import { openScene, toldDirectly } from '../support/bot.ts'

it('an agency asks the mission, and reads its answer; the balance says who owes what', async () => {
  const scene = await openScene()
  const form = await scene.slack.as('unhcr').command('/poc ask').modal()
  await form.expectText(/the mission/)
  await form.fill({ what: 'Which roads are closed?', why: 'Convoys carry water' })
  await form.submit()
  await form.expectText(/Asked as Q-/)
  const [code = ''] = /Q-[0-9A-Z]{4}/.exec(form.text) ?? []
  await form.close()
  await scene.slack.settle()

  await scene.slack.as('unhcr').command('/poc ask balance')
  await scene.slack.as('unhcr').expectEphemeral(/without an answer yet: 1/)

  const card = await (await scene.slack.as('poc.adviser').withApp()).expectCard(
    new RegExp(`${code}: may they`),
  )
  const answer = await card.click('Answer').modal()
  await answer.fill({ answer: 'declined', reason: 'Ask again after the operation' })
  await answer.submit()
  await scene.slack.settle()
  expect(await toldDirectly(scene, 'unhcr', /Declined.*after the operation/)).toHaveLength(1)
  await card.expectText(/Declined/)
})
