import { expect, it } from 'vitest'
import { cardIn, openScene, raiseAlert } from '../support/bot.ts'

it('figures are promised at once, and come privately as text, as a picture, and as words for who cannot see it', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'civil.affairs')
  await (await cardIn(scene, 'company.karamba', '#poc-north', code)).click('Acknowledge')
  await scene.slack.settle()
  const watch = scene.slack.as('joc.watch')
  await watch.command('/poc-alert stats 30d north').expectEphemeral(/being computed/)
  await scene.slack.settle()
  const [file] = [...scene.slack.workspace.state.files.values()].filter(each => each.completed)
  expect(Buffer.from(file!.bytes!).subarray(1, 4).toString()).toBe('PNG')
  expect(file!.altText).toMatch(/^Bar chart\. Alerts: Sector North, 30 days\. Response rate: 0% \(0 of 1\)\./)
  const direct = await watch.withApp()
  expect(direct.messages.at(-1)?.text).toMatch(/Response rate: 0% \(0 of 1\).*at least one response/s)
}, 240_000)

it('a word that is neither a span nor a sector is answered with what to write, and nothing is computed', async () => {
  const scene = await openScene()
  await scene.slack
    .as('head.karamba')
    .command('/poc-alert stats lune')
    .expectEphemeral(/ni une durée.*ni un secteur/)
})
