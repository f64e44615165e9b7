import { describe, expect, it } from 'vitest'
import {
  cardIn,
  cardsIn,
  codeIn,
  fillAlert,
  MINUTE,
  openScene,
  ownCard,
  raiseAlert,
  recordOf,
} from '../support/bot.ts'

const words = (text: string) => new RegExp(text, 's')

describe.each(['http', 'socket'] as const)('the form, over %s', connection => {
  it('opens filled in with the words typed after the command and the place found in them', async () => {
    const { slack } = await openScene({ connection })
    const modal = await slack
      .as('joc.watch')
      .command('/poc-alert armed men moving towards Karamba market')
      .modal()
    expect(modal.value('What is happening')).toBe('armed men moving towards Karamba market')
    expect(modal.value('Where')).toBe('Karamba market')
    expect(modal.labels).toEqual(['What is happening', 'Where', 'How to find it', 'Urgency'])
    await modal.fill({ Urgency: 'Happening now' })
    await modal.submit()
    await modal.expectText(/Recorded as A-/)
  })

  it('offers the words as typed before any place, and then the places they may mean', async () => {
    const { slack } = await openScene({ connection })
    const modal = await slack.as('joc.watch').command('/poc-alert').modal()
    const offers = await modal.offers('Where', 'karamba mar')
    expect(offers[0]).toBe('As said: karamba mar')
    expect(offers).toContain('Karamba market')
    expect(await modal.offers('Where', 'zzqx')).toEqual(['As said: zzqx'])
  })

  it('offers places that bear the very name typed before the words alone, which have no sector', async () => {
    const { slack } = await openScene({ connection })
    const modal = await slack.as('joc.watch').command('/poc-alert').modal()
    expect((await modal.offers('Where', 'caramba'))[0]).toBe('Karamba')
    const offers = await modal.offers('Where', 'Kiremo')
    expect(offers.slice(0, 2)).toEqual(['Kiremo', 'Kiremo'])
    expect(offers).toContain('As said: Kiremo')
  })
})

describe('the form', () => {
  it('says above the button who will read the alert and how its author is named', async () => {
    const { slack } = await openScene()
    const modal = await slack.as('joc.watch').command('/poc-alert').modal()
    expect(modal.text).toMatch(/Who will read this:.*both owners/)
    expect(modal.text).toMatch(/by your role, not by name/)
    const partner = await slack.as('unhcr').command('/poc-alert').modal()
    expect(partner.text).toMatch(/a humanitarian partner/)
  })

  it('has six urgencies, and refuses nothing but an empty field', async () => {
    const { slack } = await openScene()
    const modal = await slack.as('joc.watch').command('/poc-alert').modal()
    for (const urgency of [
      'Happening now',
      'Imminent',
      '24 hours',
      '72 hours',
      'Tension',
      'Already happened',
    ])
      expect(modal.text).toContain(urgency)
    const errors = await modal.submit().expectErrors()
    expect(Object.keys(errors)).toEqual(['What is happening', 'Where', 'Urgency'])
  })
})

describe('an alert that was raised', () => {
  it('gives its author the code, who is told, and a direct message that follows it', async () => {
    const scene = await openScene()
    const modal = await scene.slack.as('duty.tashiro').command('/poc-alert').modal()
    await fillAlert(modal)
    await modal.submit()
    const code = await codeIn(modal)
    await modal.expectText(/Civilian owner\*?: Field office duty officer/)
    await modal.expectText(/Uniformed owner\*?: Company duty officer/)
    await modal.expectText(/For information: JOC watch/)
    const own = await ownCard(scene, 'duty.tashiro', code)
    await own.expectText(/You raised this alert/)
    await (await cardIn(scene, 'company.karamba', '#poc-north', code)).click('Acknowledge')
    await own.expectText(/Acknowledged/)
  })

  it('stands in the channel of its sector and in the operations centre, each once, and nowhere else', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    expect(cardsIn(scene, 'joc.watch', '#poc-north', code)).toHaveLength(1)
    expect(cardsIn(scene, 'joc.watch', '#joc-watch', code)).toHaveLength(1)
    for (const channel of ['#poc-south', '#general'])
      await scene.slack.as('joc.watch').in(channel).expectNoMessage(code)
    await scene.slack.as('unhcr').in('#protection-forum').expectNoMessage(code)
  })

  it('names on its card both owners, the nearest base with distance and bearing, and what is not known', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    const card = await cardIn(scene, 'joc.watch', '#poc-north', code)
    await card.expectText(/2\.1 km west of Karamba base \(256°\)/)
    await card.expectText(/Field office duty officer.*@duty\.karamba/)
    await card.expectText(/Company duty officer.*@company\.karamba/)
    await card.expectText(/Not yet known: .*threat.*who is at risk/)
    expect(card.fallback).toMatch(words(`${code}.*Armed men moving.*not acknowledged`))
  })

  it('reaches both owners and those informed by direct message, and mentions the owners in its thread', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    for (const owner of ['duty.karamba', 'company.karamba'])
      await (await ownCard(scene, owner, code)).expectText(/This waits for you as/)
    for (const informed of ['sector.north', 'joc.watch']) await ownCard(scene, informed, code)
    await ownCard(scene, 'cla.karamba', code)
    const card = await cardIn(scene, 'joc.watch', '#poc-north', code)
    await card.expectThreadReply(words('@duty.karamba.*@company.karamba'))
    for (const uninvolved of ['force.hq', 'head.karamba', 'duty.tashiro', 'unhcr'])
      await scene.slack.as(uninvolved).expectNoDirectMessage(code)
  })

  it('goes to the police where the threat is the police’s, once somebody says so', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    const details = await (await cardIn(scene, 'joc.watch', '#poc-north', code))
      .pick('alert.more', 'Add details')
      .modal()
    await details.fill({ Threat: 'Social unrest' })
    await details.submit()
    await scene.slack.settle()
    await (await ownCard(scene, 'police.north', code)).expectText(/This waits for you/)
    expect((await recordOf(scene, code)).owners.map(owner => owner.ladder)).toEqual(['civilian', 'police'])
  })
})

describe('an alert from a place the mission does not know', () => {
  it('asks for the sector, and goes to the one chosen', async () => {
    const scene = await openScene()
    const modal = await scene.slack.as('joc.watch').command('/poc-alert').modal()
    await fillAlert(modal, { typed: 'the old mill', place: 'As said' })
    await modal.expectText(/Sector, if you know it/)
    await modal.fill({ 'Sector, if you know it': 'Sector South' })
    expect(modal.value('What is happening')).toBe('Armed men moving towards the market')
    await modal.submit()
    const code = await codeIn(modal)
    await scene.slack.settle()
    expect(cardsIn(scene, 'joc.watch', '#poc-south', code)).toHaveLength(1)
  })

  it('takes the sector of the channel it was raised in, where none was chosen', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch', {
      typed: 'the old mill',
      place: 'As said',
      channel: '#poc-south',
    })
    expect((await recordOf(scene, code)).alert.sector).toBe('south')
  })

  it('goes to the operations centre otherwise, whose triage brings it to its owners and stands on record', async () => {
    const scene = await openScene()
    const { slack } = scene
    const code = await raiseAlert(scene, 'newcomer', { typed: 'the old mill', place: 'As said' })
    const card = await cardIn(scene, 'joc.watch', '#joc-watch', code)
    await card.expectText(/Sector not yet known/)
    expect(cardsIn(scene, 'joc.watch', '#poc-north', code)).toHaveLength(0)
    expect((await recordOf(scene, code)).alert.triage).toBe(true)

    const correct = await card.pick('alert.more', 'Correct place, urgency, sector').modal()
    await correct.fill({ 'Sector, if you know it': 'Sector North' })
    await correct.submit()
    await slack.settle()
    expect(cardsIn(scene, 'joc.watch', '#poc-north', code).map(message => message.text)).toEqual([
      expect.stringContaining('Not yet known'),
    ])
    await ownCard(scene, 'company.karamba', code)
    const { alert, acts } = await recordOf(scene, code)
    expect(alert).toMatchObject({ sector: 'north', triage: false })
    expect(acts.map(act => act.kind)).toContain('triage')
    await (await cardIn(scene, 'joc.watch', '#poc-north', code)).expectThreadReply(/put it in Sector North/)
  })
})

describe('who may raise', () => {
  it('somebody the mission has never heard of, who is told what becomes of it', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'newcomer')
    const card = await cardIn(scene, 'company.karamba', '#poc-north', code)
    await card.expectText(/by someone not yet registered/)
    await ownCard(scene, 'newcomer', code)
  })

  it('a partner of another workspace by the digest’s button, for its commands are not Slack’s to carry', async () => {
    const scene = await openScene({ start: '2026-11-23T04:00:00Z' })
    const { slack } = scene
    await slack.as('ngo').in('#protection-forum').command('/poc-alert').expectFailure('invalid_command')
    await scene.pass(30 * MINUTE)

    const invitation = await slack
      .as('ngo')
      .in('#protection-forum')
      .expectCard(/digest/)
    const modal = await invitation.click('Raise an alert').modal()
    expect(modal.text).toMatch(/a humanitarian partner/)
    await fillAlert(modal)
    await modal.submit()
    const code = await codeIn(modal)
    await slack.settle()

    const card = await cardIn(scene, 'company.karamba', '#poc-north', code)
    await card.expectText(/by a humanitarian partner/)
    expect(card.text).not.toMatch(/NGO/)
    expect((await recordOf(scene, code)).alert.holder).toBe('ngo')
    await ownCard(scene, 'duty.karamba', code)
  })
})

describe('languages', () => {
  it('each person is answered in their own, each channel in its own', async () => {
    const scene = await openScene()
    const modal = await scene.slack.as('cla.karamba').command('/poc-alert').modal()
    expect(modal.labels).toEqual(['Ce qui se passe', 'Où', 'Comment le trouver', 'Urgence'])
    await fillAlert(modal, { typed: 'Tashiro', place: 'Tashiro' })
    await modal.submit()
    await modal.expectText(/Enregistrée sous A-|A-[0-9A-Z]{4}/)
    const code = await codeIn(modal)
    await scene.slack.settle()
    await (await ownCard(scene, 'cla.karamba', code)).expectText(/Responsable civil/)
    await (await ownCard(scene, 'duty.tashiro', code)).expectText(/Civilian owner/)
    await (await cardIn(scene, 'duty.tashiro', '#poc-south', code)).expectText(/Responsable civil/)
    await (await cardIn(scene, 'joc.watch', '#joc-watch', code)).expectText(/Civilian owner/)
  })
})
