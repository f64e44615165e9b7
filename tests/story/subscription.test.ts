import { expect, it } from 'vitest'
import { DAY, openScene, ownCard, raiseAlert, type Scene, toldDirectly } from '../support/bot.ts'

async function subscribe(scene: Scene, who: string, choices: Record<string, string>): Promise<void> {
  const form = await scene.slack.as(who).command('/poc subscribe').modal()
  await form.fill(choices)
  await form.submit()
  await form.expectText(/You now hear of/)
  await form.close()
  await scene.slack.settle()
}

it('a subscriber hears once and quietly of what they asked for, and ends it with one tap', async () => {
  const scene = await openScene()
  await subscribe(scene, 'police.hq', { sector: 'north' })
  const code = await raiseAlert(scene, 'duty.karamba')
  const heard = await scene.slack.as('police.hq').expectDirectMessage(/You subscribed to such alerts/)
  await heard.expectText(new RegExp(code))
  expect(await toldDirectly(scene, 'police.hq', /You subscribed to such alerts/)).toHaveLength(1)
  expect(JSON.stringify(heard.message)).not.toContain('<@')

  const correct = await (await ownCard(scene, 'duty.karamba', code)).pick('More…', 'Correct').modal()
  await correct.fill({ urgency: 'happening_now' })
  await correct.submit()
  await scene.slack.settle()
  expect(await toldDirectly(scene, 'police.hq', /You subscribed to such alerts/)).toHaveLength(2)

  await heard.click('End')
  await scene.slack.as('police.hq').expectEphemeral(/you no longer hear of Sector North/)
  await raiseAlert(scene, 'duty.karamba')
  expect(await toldDirectly(scene, 'police.hq', /You subscribed to such alerts/)).toHaveLength(2)
})

it('a threat or a sector that is said later reaches who subscribed to it, once', async () => {
  const scene = await openScene()
  await subscribe(scene, 'police.hq', { threat: 'armed_attack' })
  const code = await raiseAlert(scene, 'duty.karamba')
  expect(await toldDirectly(scene, 'police.hq', /You subscribed to such alerts/)).toEqual([])
  for (const askedFor of ['patrol', 'presence']) {
    const details = await (await ownCard(scene, 'duty.karamba', code)).pick('More…', 'Add details').modal()
    await details.fill({ threat: 'armed_attack', askedFor: [askedFor] })
    await details.submit()
    await details.close()
    await scene.slack.settle()
    expect(await toldDirectly(scene, 'police.hq', /You subscribed to such alerts/)).toHaveLength(1)
  }
})

it('owners and those informed are not told twice', async () => {
  const scene = await openScene()
  await subscribe(scene, 'company.karamba', { sector: 'north' })
  await subscribe(scene, 'joc.watch', { sector: 'north' })
  await raiseAlert(scene, 'duty.karamba')
  for (const who of ['company.karamba', 'joc.watch'])
    expect(await toldDirectly(scene, who, /You subscribed to such alerts/)).toEqual([])
})

it('a subscription shows nobody what they may not read', async () => {
  const scene = await openScene()
  await subscribe(scene, 'unhcr', { sector: 'north' })
  const code = await raiseAlert(scene, 'duty.karamba')
  expect(await toldDirectly(scene, 'unhcr', new RegExp(code))).toEqual([])
})

it('in the list, what came since the last one stands together when the digest leaves', async () => {
  const scene = await openScene()
  await subscribe(scene, 'police.hq', { means: 'digest' })
  const first = await raiseAlert(scene, 'duty.karamba')
  const second = await raiseAlert(scene, 'duty.karamba', { urgency: 'within_72h' })
  expect(await toldDirectly(scene, 'police.hq', new RegExp(first))).toEqual([])
  await scene.pass(DAY)
  const list = await scene.slack.as('police.hq').expectDirectMessage(/2 alerts you subscribed to/)
  await list.expectText(new RegExp(first))
  await list.expectText(new RegExp(second))
})
