import { describe, expect, it } from 'vitest'
import {
  cardIn,
  cardsIn,
  HOUR,
  MINUTE,
  openScene,
  raiseAlert,
  type Scene,
  type SceneOptions,
} from '../support/bot.ts'

/** 06:30 in the mission's zone is 04:30 UTC. */
const BEFORE = '2026-11-23T04:00:00Z'
const CHANNELS = [
  ['joc.watch', '#poc-north'],
  ['joc.watch', '#poc-south'],
  ['joc.watch', '#joc-watch'],
  ['civil.affairs', '#protection-forum'],
] as const

const digestsIn = (scene: Scene, who: string, channel: string) =>
  cardsIn(scene, who, channel, /^UNMOB.*(digest|synthèse)/)

const morning = (options: SceneOptions = {}) => openScene({ start: BEFORE, ...options })

describe.each(['http', 'socket'] as const)('at 06:30 local time, over %s', connection => {
  it('each registered channel gets one digest, in its language, and #general none', async () => {
    const scene = await morning({ connection })
    await raiseAlert(scene, 'joc.watch')
    await scene.pass(29 * MINUTE)
    for (const [who, channel] of CHANNELS) expect(digestsIn(scene, who, channel)).toHaveLength(0)
    await scene.pass(MINUTE)
    for (const [who, channel] of CHANNELS) expect(digestsIn(scene, who, channel)).toHaveLength(1)
    expect(digestsIn(scene, 'joc.watch', '#general')).toHaveLength(0)
    expect(digestsIn(scene, 'joc.watch', '#poc-north')[0]!.text).toMatch(/Unanswered.* \(1\)/)
    expect(digestsIn(scene, 'joc.watch', '#poc-south')[0]!.text).toMatch(/Rien à signaler|aucune|Aucun/)
  })
})

describe('the digest', () => {
  it('comes once per channel and day, whatever restarts happen around it', async () => {
    const scene = await morning()
    await scene.restart()
    await scene.pass(30 * MINUTE)
    await scene.restart()
    await scene.pass(MINUTE)
    await scene.restart()
    expect(digestsIn(scene, 'joc.watch', '#poc-north')).toHaveLength(1)
    await scene.pass(24 * HOUR - MINUTE)
    expect(digestsIn(scene, 'joc.watch', '#poc-north')).toHaveLength(2)
  })

  it('comes late and once after an outage over its hour, and says that it is late and when the bot was away', async () => {
    const scene = await morning()
    await scene.pass(MINUTE)
    await scene.restart(3 * HOUR)
    const [digest, ...more] = digestsIn(scene, 'joc.watch', '#poc-north')
    expect(more).toEqual([])
    expect(digest!.text).toMatch(/Late: this was due 23 Nov 06:30/)
    expect(digest!.text).toMatch(/away from 23 Nov 06:01 to 23 Nov 09:01/)
  })

  it('after days away makes up for them in one message that goes back to the last', async () => {
    const scene = await morning()
    await scene.pass(30 * MINUTE)
    const code = await raiseAlert(scene, 'joc.watch')
    await scene.restart(50 * HOUR)
    expect(digestsIn(scene, 'joc.watch', '#poc-north')).toHaveLength(2)
    const last = digestsIn(scene, 'joc.watch', '#poc-north').at(-1)!
    expect(last.text).toContain(code)
    expect(last.text).toMatch(/Covers 23 Nov 06:30 to 25 Nov/)
  })

  it('says that there is nothing to report', async () => {
    const scene = await morning()
    await scene.pass(30 * MINUTE)
    const [digest] = digestsIn(scene, 'joc.watch', '#poc-north')
    expect(digest!.text).toMatch(/Nothing to report/)
    expect(digest!.fallback).toMatch(/Nothing to report/)
  })

  it('tells what became of civilians first, then what nobody decided, what is urgent and what is new', async () => {
    const scene = await morning({ start: '2026-11-22T22:00:00Z' })
    const ended = await raiseAlert(scene, 'joc.watch', { urgency: 'within_72h' })
    const fresh = await raiseAlert(scene, 'joc.watch', { urgency: 'within_72h' })
    const urgent = await raiseAlert(scene, 'joc.watch', { urgency: 'imminent' })
    const silent = await raiseAlert(scene, 'joc.watch', { urgency: 'tension' })
    const idle = await raiseAlert(scene, 'joc.watch', { urgency: 'within_72h' })
    for (const code of [fresh, urgent]) {
      for (const who of ['company.karamba', 'duty.karamba']) {
        const card = await cardIn(scene, who, '#poc-north', code)
        await card.pick('alert.not_acting', 'Out of range')
        await scene.slack.settle()
      }
    }
    const close = await (await cardIn(scene, 'joc.watch', '#poc-north', ended))
      .pick('alert.more', 'Close with outcome')
      .modal()
    await close.fill({ outcome: 'Civilians moved to safety', note: 'All at the school' })
    await close.submit()
    for (const who of ['company.karamba', 'duty.karamba'])
      await (await cardIn(scene, who, '#poc-north', idle)).click('Acknowledge')
    scene.clock.set(Date.parse('2026-11-23T04:30:00Z'))
    await scene.pass(0)

    const [digest] = digestsIn(scene, 'joc.watch', '#poc-north')
    const places = [ended, idle, silent, urgent, fresh].map(code => digest!.text.indexOf(code))
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(Math.min(...places)).toBeGreaterThan(0)
    expect(digest!.text).toMatch(new RegExp(`${ended}.*Civilians moved to safety.*All at the school`, 's'))
    expect(digest!.text).toMatch(new RegExp(`${idle}.*acknowledged, nothing decided`, 's'))
  })

  it('of one sector tells nothing of the other, and the forum nothing of what its members may not read', async () => {
    const scene = await morning()
    const code = await raiseAlert(scene, 'joc.watch')
    await scene.pass(30 * MINUTE)
    expect(digestsIn(scene, 'joc.watch', '#poc-south')[0]!.text).not.toContain(code)
    expect(digestsIn(scene, 'civil.affairs', '#protection-forum')[0]!.text).not.toContain(code)
    expect(digestsIn(scene, 'joc.watch', '#joc-watch')[0]!.text).toContain(code)
  })

  it('is shown now by /poc-digest to the one who asks, and to nobody else', async () => {
    const scene = await morning()
    const code = await raiseAlert(scene, 'joc.watch')
    const shown = await scene.slack
      .as('duty.karamba')
      .in('#poc-north')
      .command('/poc-digest')
      .expectEphemeral(/Unanswered.* \(1\)/)
    expect(shown.text).toContain(code)
    expect(digestsIn(scene, 'joc.watch', '#poc-north')).toHaveLength(0)
    const outsider = await scene.slack
      .as('unhcr')
      .command('/poc-digest')
      .expectEphemeral(/digest/i)
    expect(outsider.text).not.toContain(code)
    await scene.slack
      .as('newcomer')
      .command('/poc-digest')
      .expectEphemeral(/not registered/)
  })
})
