import { describe, expect, it } from 'vitest'
import {
  cardIn,
  cardsIn,
  MINUTE,
  openScene,
  ownCard,
  raiseAlert,
  recordOf,
  toldDirectly,
} from '../support/bot.ts'

describe('details', () => {
  it('are added from the card and stand on it: threat, who is at risk and how many, alleged, asked for, how it came', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    const card = await cardIn(scene, 'duty.karamba', '#poc-north', code)
    const modal = await card.pick('alert.more', 'Add details').modal()
    await modal.fill({
      Threat: 'Armed attack',
      'Who is at risk': ['Internally displaced people', 'Residents'],
      'Alleged perpetrators': 'Armed group',
      'Asked for': ['Patrol'],
      'How it came in': 'Radio',
    })
    await modal.expectText(/How many: Internally displaced people/)
    await modal.fill({ 'How many: Internally displaced people': '120' })
    await modal.submit()
    await card.expectText(/Armed attack/)
    await card.expectText(/Internally displaced people \(120\).*Residents \(number unknown\)/)
    await card.expectText(/Alleged perpetrators\*?\nArmed group/)
    await card.expectText(/Patrol/)
    await card.expectText(/Radio/)
    await card.expectNotText(/Not yet known/)
    await card.expectThreadReply(/Field office duty officer.*changed:/)
  })

  it('can be added from the receipt', async () => {
    const { slack } = await openScene()
    const form = await slack.as('joc.watch').command('/poc-alert armed men at Karamba market').modal()
    await form.fill({ Urgency: 'Imminent' })
    await form.submit()
    await form.expectText(/Recorded as/)
    const modal = await form.click('Add details').modal()
    await modal.fill({ Threat: 'Abduction' })
    await modal.submit()
    const card = await slack
      .as('joc.watch')
      .in('#poc-north')
      .expectCard(/Imminent/)
    await card.expectText(/Abduction/)
  })

  it('a restricted class of perpetrator is shown where everyone is cleared for it, the group named in no channel', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    const card = await cardIn(scene, 'sector.north', '#poc-north', code)
    const modal = await card.pick('alert.more', 'Add details').modal()
    await modal.fill({ 'Alleged perpetrators': 'Private security', 'Group alleged, by name': 'Ironside' })
    await modal.submit()
    await scene.slack.settle()
    await card.expectNotText(/Alleged perpetrators/)
    expect(JSON.stringify(card.message)).not.toContain('Private security')
    await (await cardIn(scene, 'joc.watch', '#joc-watch', code)).expectText(/Private security/)
    await (await ownCard(scene, 'sector.north', code)).expectText(/Private security/)
    expect(await toldDirectly(scene, 'company.karamba', /Private security/)).toEqual([])
    const said = JSON.stringify(
      scene.slack.workspace.calls.all.filter(call => call.method.startsWith('chat.')),
    )
    expect(said).not.toContain('Ironside')
    const { alert } = await recordOf(scene, code)
    expect((await scene.bot.store.read.alerts.attribution(alert.id))?.group).toBe('ironside')
  })
})

describe('a correction', () => {
  it('of the place brings its sector’s owners in and leaves no owner of the wrong sector waiting', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    const modal = await (await cardIn(scene, 'joc.watch', '#poc-north', code))
      .pick('alert.more', 'Correct place, urgency, sector')
      .modal()
    await modal.choose('Where', 'Tashiro', 'Tashiro')
    await modal.fill({ 'Sector, if you know it': 'Sector South' })
    await modal.submit()
    await scene.slack.settle()
    const card = await cardIn(scene, 'company.tashiro', '#poc-south', code)
    await card.expectText(/@company\.tashiro/)
    await ownCard(scene, 'duty.tashiro', code)
    const { alert, owners } = await recordOf(scene, code)
    expect(alert).toMatchObject({ sector: 'south', placeId: 'tashiro' })
    expect(owners.map(owner => owner.rung)).toEqual([0, 0])
    const escalatedBefore = (await toldDirectly(scene, 'battalion.north', code)).length
    await scene.pass(15 * MINUTE)
    expect(await toldDirectly(scene, 'battalion.north', code)).toHaveLength(escalatedBefore)
    await ownCard(scene, 'battalion.south', code)
  })

  it('made on a form that is out of date is refused, and names what changed meanwhile', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    const slow = await (await cardIn(scene, 'joc.watch', '#poc-north', code))
      .pick('alert.more', 'Correct place, urgency, sector')
      .modal()
    const quick = await (await cardIn(scene, 'duty.karamba', '#poc-north', code))
      .pick('alert.more', 'Add details')
      .modal()
    await quick.fill({ Threat: 'Armed attack' })
    await quick.submit()
    await slow.fill({ Urgency: 'Happening now' })
    await slow.submit()
    await slow.expectText(/has changed since you opened it \(.*threat.*\)/i)
    expect((await recordOf(scene, code)).alert).toMatchObject({ urgency: 'imminent', threat: 'armed_attack' })
  })

  it('of the urgency says so in the thread and counts the clocks anew', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch', { urgency: 'tension' })
    const card = await cardIn(scene, 'joc.watch', '#poc-north', code)
    await card.expectText(/To acknowledge by 06:00/)
    const modal = await card.pick('alert.more', 'Correct place, urgency, sector').modal()
    await modal.fill({ Urgency: 'Happening now' })
    await modal.submit()
    await card.expectText(/To acknowledge by 02:05/)
    await card.expectThreadReply(/from “Tension” to “Happening now”/)
    await card.expectThreadReply(/Uniformed owner: asked to acknowledge\.\nNow with/)
    await card.expectNoThreadReply(/not acknowledged yet/)
  })

  it('is not for somebody who has nothing to do with the alert', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    const card = await cardIn(scene, 'police.north', '#poc-north', code)
    await card
      .pick('alert.more', 'Correct place, urgency, sector')
      .expectEphemeral(/None of your roles allows this/)
  })
})

describe('an alert raised in error', () => {
  it('is withdrawn by its author with a reason; its clocks stop and it leaves the list of what waits', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'newcomer')
    const own = await ownCard(scene, 'newcomer', code)
    const modal = await own.pick('alert.more', 'Withdraw: raised in error').modal()
    await modal.submit().expectErrors()
    await modal.fill({ 'Why it is withdrawn': 'A funeral procession' })
    await modal.submit()
    const card = await cardIn(scene, 'company.karamba', '#poc-north', code)
    await card.expectText(/WITHDRAWN/)
    await card.expectThreadReply(/withdrew the alert:.*A funeral procession/)
    await scene.pass(60 * MINUTE)
    await card.expectNoThreadReply(/not acknowledged yet/)
    expect((await recordOf(scene, code)).alert.lifecycle).toBe('withdrawn')
    expect(cardsIn(scene, 'company.karamba', '#poc-north', code)).toHaveLength(1)
  })
})
