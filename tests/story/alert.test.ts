import { describe, expect, it } from 'vitest'
import { cardIn, MINUTE, openScene, raiseAlert, recordOf } from '../support/bot.ts'

describe.each(['http', 'socket'] as const)('an alert, end to end, over %s', connection => {
  it('is raised, answered by both owners in four taps each, closed with an outcome and told in the digest', async () => {
    const scene = await openScene({ connection })
    const code = await raiseAlert(scene, 'joc.watch')

    const card = await cardIn(scene, 'company.karamba', '#poc-north', code)
    await card.expectText(/Karamba base/)
    await card.click('Acknowledge')
    await card.expectText(/Acknowledged/)
    await card.expectThreadReply(/Company duty officer.*acknowledged/)

    const civilian = await cardIn(scene, 'duty.karamba', '#poc-north', code)
    await civilian.click('Acknowledge')
    await civilian.expectNotText(/To acknowledge/)

    const respond = await card.click('Responding').modal()
    await respond.fill({ 'Who is going': 'Patrol from Karamba base' })
    await respond.submit()
    await card.expectText(/Responding: Patrol from Karamba base/)
    await civilian.pick('alert.not_acting', 'Referred to a humanitarian partner')
    await card.expectText(/Not acting: Referred to a humanitarian partner/)

    await card.click('On site')
    await card.expectText(/On site/)

    const close = await card.click('Close').modal()
    await close.fill({ outcome: 'The threat goes on', note: 'Patrol stays' })
    await close.submit().expectErrors({ outcome: /cannot be closed/ })
    await close.fill({ outcome: 'Threat averted' })
    await close.submit()
    await card.expectText(/CLOSED/)
    await card.expectText(/Threat averted/)
    await card.expectThreadReply(/closed the alert: Threat averted. Patrol stays/)
    expect((await recordOf(scene, code)).alert).toMatchObject({ lifecycle: 'closed', outcome: 'averted' })

    scene.clock.set(Date.parse('2026-11-23T04:30:00Z'))
    await scene.pass(MINUTE)
    const digest = await scene.slack
      .as('company.karamba')
      .in('#poc-north')
      .expectCard(/digest/)
    await digest.expectText(new RegExp(`${code}.*Threat averted.*Patrol stays`, 's'))
  })
})
