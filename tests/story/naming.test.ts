import { expect, it } from 'vitest'
import { codeIn, fillAlert, openScene, ownCard, type Scene } from '../support/bot.ts'

const ORGANISATION = 'Lantern Relief'

/** The NGO's person raises an alert, named as they choose; what the whole workspace has been told of it. */
async function raisedAs(scene: Scene, naming: string | null): Promise<{ code: string; said: string }> {
  const { store } = scene.bot
  const person = await store.read.people.byUser('T0NGO', 'U0NGO')
  await store.write(({ people }) => people.update(person!.id, { organisation: ORGANISATION }))
  const forum = scene.slack.as('ngo').in('#protection-forum')
  const card = await forum.expectCard(/UNMOB and partners/)
  const form = await card.click('Raise an alert').modal()
  await form.expectText(/What cannot be hidden/)
  await fillAlert(form)
  if (naming) await form.fill({ naming })
  await form.submit()
  const code = await codeIn(form)
  await form.close()
  await scene.slack.settle()
  const north = scene.slack.workspace.state.messages('C0POCNORTH')
  const own = await ownCard(scene, 'company.karamba', code)
  await own.click('Acknowledge')
  await scene.slack.settle()
  return { code, said: JSON.stringify(north) + own.text }
}

it.each([
  [null, /a humanitarian partner/],
  ['none', /somebody who is not named/],
])('an author who chose %s is named so everywhere, and by organisation nowhere', async (naming, words) => {
  const scene = await openScene()
  const { said } = await raisedAs(scene, naming)
  expect(said).toMatch(words)
  expect(said).not.toContain(ORGANISATION)
})

it('an author who chose their organisation is named by it', async () => {
  const scene = await openScene()
  expect((await raisedAs(scene, 'organisation')).said).toContain(`by ${ORGANISATION}`)
})

it('the bridge officer who chose not to be named is not shown by post', async () => {
  const scene = await openScene()
  const { store } = scene.bot
  const person = await store.read.people.byUser('T0NGO', 'U0NGO')
  await store.write(({ roles }) =>
    roles.insert({
      id: 'bridge',
      role: 'ocha_bridge_officer',
      sector: null,
      personId: person!.id,
      rank: 1,
      since: 0,
    }),
  )
  const { said } = await raisedAs(scene, 'none')
  expect(said).not.toMatch(/OCHA bridge officer/)
})
