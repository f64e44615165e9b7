import { describe, expect, it } from 'vitest'
import { HOUR, MINUTE, openScene, raiseAlert } from '../support/bot.ts'

describe.each(['http', 'socket'] as const)('an alert, end to end, over %s', connection => {
  it('is raised, answered by both owners, and closed with an outcome', async () => {
    const scene = await openScene({ connection })
    const { slack } = scene
    const code = await raiseAlert(scene, 'cla.karamba')

    const card = await slack.as('company.karamba').in('#poc-north').expectCard(new RegExp(code))
    await card.expectText(/Karamba base/)
    await card.click('Acknowledge')
    await card.expectText(/Acknowledged/)
    await card.expectThreadReply(/acknowledged/)

    const civilian = await slack.as('duty.karamba').in('#poc-north').expectCard(new RegExp(code))
    await civilian.click('Acknowledge')
    await civilian.expectNotText(/Not acknowledged|To acknowledge/)

    const respond = await card.click('Responding').modal()
    await respond.fill({ 'Who is going': 'Patrol from Karamba base' })
    await respond.submit()
    await card.expectText(/Responding: Patrol from Karamba base/)
    await card.click('On site')
    await card.expectText(/On site/)

    const close = await card.click('Close').modal()
    await close.fill({ 'Outcome for civilians': 'The threat goes on', 'What was done': 'Patrol stays' })
    await close.submit().expectErrors({ 'Outcome for civilians': /cannot be closed/ })
    await scene.pass(MINUTE)
  })
})

describe('a ladder', () => {
  it('climbs past those who say nothing, rung by rung', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'cla.karamba')
    await scene.pass(HOUR)
    const card = await scene.slack.as('joc.watch').in('#poc-north').expectCard(new RegExp(code))
    expect(card.thread.join('\n')).toMatch(/not acknowledged yet/)
  })
})
