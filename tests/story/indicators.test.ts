import { expect, it } from 'vitest'
import { cardIn, openScene, raiseAlert } from '../support/bot.ts'

it('whoever answers for the whole gets the figures as words, as a picture and as a file; others are told which are theirs', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'civil.affairs')
  await (await cardIn(scene, 'company.karamba', '#poc-north', code)).click('Acknowledge')
  await scene.slack.settle()
  const watch = scene.slack.as('joc.watch')
  await watch.command('/poc figures').expectEphemeral(/being computed/)
  await scene.slack.settle()
  const files = () => [...scene.slack.workspace.state.files.values()].filter(each => each.completed)
  const [picture] = files()
  expect(Buffer.from(picture!.bytes!).subarray(1, 4).toString()).toBe('PNG')
  expect(picture!.altText).toMatch(/^Bar chart\. .*Alerts acknowledged: 100% \(1 of 1\)/)
  const said = (await watch.withApp()).messages.at(-1)?.text ?? ''
  expect(said).toMatch(/Alerts acknowledged\*: 100% \(1 of 1\).*This week: not shown, fewer than 10/s)
  await watch.command('/poc figures csv').expectEphemeral(/as a file/)
  await scene.slack.settle()
  const rows = Buffer.from(files().at(-1)!.bytes!).toString('utf8').split('\r\n')
  expect(rows[0]).toMatch(/Indicator,Definition,Period,Done,Of,Share/)
  expect(rows.find(row => row.startsWith('Alerts acknowledged') && row.includes('90 days'))).toMatch(
    /,1,1,100,/,
  )
  expect(rows.find(row => row.startsWith('Alerts acknowledged') && row.includes('This week'))).toMatch(
    /,,,,,"?not shown/,
  )
  await scene.slack
    .as('head.karamba')
    .command('/poc chiffres')
    .expectEphemeral(/toute la mission/)
}, 240_000)
