import { describe, expect, it } from 'vitest'
import {
  cardIn,
  DAY,
  HOUR,
  MINUTE,
  openScene,
  ownCard,
  raiseAlert,
  recordOf,
  type Scene,
} from '../support/bot.ts'

const kinds = async (scene: Scene, code: string) => (await recordOf(scene, code)).acts.map(act => act.kind)

describe.each(['http', 'socket'] as const)('an owner, over %s', connection => {
  it('acknowledges, responds, is on site and closes in four taps, and the thread tells each in one line', async () => {
    const scene = await openScene({ connection })
    const code = await raiseAlert(scene, 'joc.watch')
    const card = await ownCard(scene, 'company.karamba', code)
    await card.click('Acknowledge')
    const respond = await card.click('Responding').modal()
    await respond.fill({ 'Who is going': 'Patrol Bravo', 'Expected there': 'in 1 h' })
    await respond.submit()
    await card.expectText(/Responding: Patrol Bravo, expected/)
    await card.click('On site')
    const close = await card.click('Close').modal()
    await close.fill({ outcome: 'Those who threatened withdrew', note: 'Market open again' })
    await close.submit()
    await scene.slack.settle()

    const shown = await cardIn(scene, 'joc.watch', '#poc-north', code)
    const said = shown.thread.filter(line => line.includes('Company duty officer*'))
    expect(said).toHaveLength(4)
    expect(said[0]).toMatch(/acknowledged/)
    expect(said[1]).toMatch(/Responding: Patrol Bravo/)
    expect(said[2]).toMatch(/on site/)
    expect(said[3]).toMatch(/closed the alert.*Market open again/)
  })
})

describe('an owner', () => {
  it('says that it will not act with one tap, and with a note where the reason asks for one', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    const card = await cardIn(scene, 'company.karamba', '#poc-north', code)
    const reason = card.pick('alert.not_acting', 'Other')
    const modal = await reason.modal()
    await modal.submit().expectErrors({ note: /./ })
    await modal.fill({ note: 'Bridge under repair' })
    await modal.submit()
    await card.expectText(/Not acting: Other/)
    await card.expectThreadReply(/Not acting: Other.*Bridge under repair/)

    await (await cardIn(scene, 'duty.karamba', '#poc-north', code)).pick(
      'alert.not_acting',
      'Not enough information',
    )
    await card.expectText(/Not acting: Not enough information/)
  })

  it('watches until a time, at which it is asked again', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    const card = await cardIn(scene, 'company.karamba', '#poc-north', code)
    const modal = await card.click('Watching until').modal()
    await modal.submit()
    await card.expectText(/Watching until 03:00/)
    const before = (await ownCard(scene, 'company.karamba', code)).thread.length
    await scene.pass(59 * MINUTE)
    expect((await ownCard(scene, 'company.karamba', code)).thread).toHaveLength(before)
    await scene.pass(MINUTE)
    const own = await ownCard(scene, 'company.karamba', code)
    expect(own.thread.slice(before).join()).toMatch(/no decision yet/)
  })

  it('that can’t take it passes it up at once, with the reason, and the next post is told', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    const card = await cardIn(scene, 'company.karamba', '#poc-north', code)
    const modal = await card.pick('alert.more', 'Can’t take it').modal()
    await modal.fill({ Reason: 'Engaged elsewhere' })
    await modal.submit()
    await scene.slack.settle()
    await card.expectText(/Battalion operations.*@battalion\.north/)
    await card.expectThreadReply(/can’t take it: Engaged elsewhere/)
    await ownCard(scene, 'battalion.north', code)
    await (await cardIn(scene, 'battalion.north', '#poc-north', code)).click('Acknowledge')
    const { acts } = await recordOf(scene, code)
    expect(acts.at(-1)).toMatchObject({ kind: 'acknowledge', role: 'battalion_operations@north' })
  })

  it('answers by radio through whoever hears it; it counts for that owner, and says so', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    await scene.pass(5 * MINUTE)
    const card = await cardIn(scene, 'joc.watch', '#joc-watch', code)
    const modal = await card.pick('alert.more', 'Answered by phone/radio').modal()
    await modal.fill({
      'Which post answered': 'Uniformed owner: Company duty officer',
      'When it answered': Date.parse('2026-11-23T00:03:00Z') / 1000,
      'What it said': 'Responding',
    })
    await modal.expectText(/Who is going/)
    await modal.fill({ 'Who is going': 'Foot patrol' })
    await modal.submit()
    await card.expectText(/Responding: Foot patrol \(by radio\)/)
    const { acts } = await recordOf(scene, code)
    expect(acts.at(-1)).toMatchObject({
      slot: 'uniformed',
      kind: 'respond',
      means: 'radio',
      at: Date.parse('2026-11-23T00:03:00Z'),
      role: 'company_duty_officer@north',
    })
    const north = await cardIn(scene, 'company.karamba', '#poc-north', code)
    await north.expectThreadReply(/by radio.*written down here/)
  })

  it('cannot have answered by radio in the future', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    const card = await cardIn(scene, 'joc.watch', '#joc-watch', code)
    const modal = await card.pick('alert.more', 'Answered by phone/radio').modal()
    await modal.fill({
      'Which post answered': 'Uniformed owner: Company duty officer',
      'When it answered': Date.parse('2026-11-23T02:00:00Z') / 1000,
    })
    await modal.submit().expectErrors({ 'When it answered': /./ })
    expect(await kinds(scene, code)).toEqual([])
  })

  it('adds information to the thread, with nobody mentioned', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    const card = await cardIn(scene, 'civil.affairs', '#poc-north', code)
    const modal = await card.pick('alert.more', 'Add information').modal()
    await modal.fill({ 'What you know': 'About forty, on foot' })
    await modal.submit()
    const line = await card.expectThreadReply(/adds:.*About forty, on foot/)
    expect(line.text).not.toContain('@')
  })

  it('reads five lines to say over a radio', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    const card = await cardIn(scene, 'company.karamba', '#poc-north', code)
    const modal = await card.pick('alert.more', 'Read-out').modal()
    for (const line of [1, 2, 3, 4, 5]) expect(modal.text).toContain(`*${line}.*`)
    expect(modal.text).not.toContain('*6.*')
    expect(modal.text).toContain([...code.replace('-', '')].join(' '))
    expect(modal.text).toMatch(/Karamba market/)
  })
})

describe('two at once', () => {
  it('two people of one chain: one acts, and the other reads who was first', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    const first = await cardIn(scene, 'company.karamba', '#poc-north', code)
    const second = await cardIn(scene, 'sector.north', '#poc-north', code)
    const [a, b] = [first.click('Acknowledge'), second.click('Acknowledge')]
    await Promise.all([a, b])
    await scene.slack.settle()
    expect(await kinds(scene, code)).toEqual(['acknowledge'])
    const [act] = (await recordOf(scene, code)).acts
    const late = act!.role === 'company_duty_officer@north' ? 'sector.north' : 'company.karamba'
    await scene.slack.as(late).expectEphemeral(/has already done this/)
  })

  it('both owners: neither gets in the other’s way', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    const military = await cardIn(scene, 'company.karamba', '#poc-north', code)
    const civilian = await cardIn(scene, 'duty.karamba', '#poc-north', code)
    await Promise.all([military.click('Acknowledge'), civilian.click('Acknowledge')])
    await scene.slack.settle()
    const { acts } = await recordOf(scene, code)
    expect(acts.map(act => act.slot).sort()).toEqual(['civilian', 'uniformed'])
  })

  it('one person twice: one effect, and a clear word', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    const card = await cardIn(scene, 'company.karamba', '#poc-north', code)
    await Promise.all([card.click('Acknowledge'), card.click('Acknowledge')])
    await scene.slack.settle()
    expect(await kinds(scene, code)).toEqual(['acknowledge'])
    await scene.slack.as('company.karamba').expectEphemeral(/already/)
    expect(card.thread.filter(line => line.includes('acknowledged.'))).toHaveLength(1)
  })
})

describe('an old card', () => {
  it('pressed after the answer was given changes nothing and says who gave it', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    const old = await cardIn(scene, 'battalion.north', '#poc-north', code)
    old.hold()
    await (await cardIn(scene, 'company.karamba', '#poc-north', code)).click('Acknowledge')
    await (await cardIn(scene, 'duty.karamba', '#poc-north', code)).click('Acknowledge')
    await scene.slack.settle()
    await old.clickStale('Acknowledge').expectEphemeral(/Officier de permanence de la compagnie/)
    expect(await kinds(scene, code)).toEqual(['acknowledge', 'acknowledge'])
  })

  it('pressed after the alert was closed changes nothing and says that it has ended', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    const old = await cardIn(scene, 'company.karamba', '#poc-north', code)
    old.hold()
    const modal = await old.pick('alert.more', 'Withdraw: raised in error').modal()
    await modal.fill({ 'Why it is withdrawn': 'Wrong village' })
    await modal.submit()
    await scene.slack.settle()
    await old.clickStale('Acknowledge').expectEphemeral(/has ended/)
    expect(await kinds(scene, code)).toEqual(['withdraw'])
  })

  it('still takes an answer that is legal, however old it is', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    const old = await cardIn(scene, 'company.karamba', '#poc-north', code)
    old.hold()
    await scene.pass(2 * DAY)
    await old.clickStale('Acknowledge')
    await scene.slack.settle()
    expect(await kinds(scene, code)).toEqual(['acknowledge'])
  })
})

describe('somebody outside both chains', () => {
  it('presses in vain and is told so privately; nothing is said to others', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    const card = await cardIn(scene, 'poc.adviser', '#poc-north', code)
    const before = card.thread.length
    await card.click('Acknowledge').expectEphemeral(/no post in either owner/)
    const told = await card.click('Responding').expectEphemeral(/no post in either owner/)
    expect(told.message.threadTs, 'a thread that is not open would hide it').toBeUndefined()
    await scene.slack.settle()
    expect(await kinds(scene, code)).toEqual([])
    expect(card.thread).toHaveLength(before)
  })
})

describe('mentions', () => {
  it('nobody is mentioned for what they did themselves', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    const card = await cardIn(scene, 'company.karamba', '#poc-north', code)
    await card.click('Acknowledge')
    const respond = await card.click('Responding').modal()
    await respond.fill({ 'Who is going': 'Patrol' })
    await respond.submit()
    await scene.pass(HOUR)
    const own = card.thread.filter(line => line.includes('*Company duty officer*'))
    expect(own.length).toBeGreaterThan(1)
    for (const line of own) expect(line).not.toContain('@company.karamba')
  })
})

it('a menu whose form was cancelled can be used again: the card is shown anew', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'joc.watch')
  const card = await cardIn(scene, 'company.karamba', '#poc-north', code)
  const menus = () =>
    card.message.blocks?.flatMap(block => (block as { block_id?: string }).block_id ?? []) ?? []
  const before = menus()
  scene.clock.advance(1000)
  const form = await card.pick('alert.more', 'Close with outcome').modal()
  await form.close()
  await scene.slack.settle()
  expect(menus()).not.toEqual(before)
})
