import { describe, expect, it } from 'vitest'
import type { Card } from '../../rehearsal/driver/index.ts'
import { loadMission } from '../../src/config.ts'
import {
  cardIn,
  HOUR,
  MINUTE,
  openScene,
  ownCard,
  raiseAlert,
  recordOf,
  type Scene,
  toldDirectly,
} from '../support/bot.ts'

/** Rungs of one owner that were told or skipped since raising: step, rung, outcome. */
async function climbed(scene: Scene, code: string, slot: string): Promise<string[]> {
  const { rungs } = await recordOf(scene, code)
  return rungs
    .filter(
      row => row.slot === slot && !(row.rung === 0 && row.outcome === 'told' && row.step === 'acknowledge'),
    )
    .map(row => `${row.step} ${row.rung} ${row.outcome}`)
}

async function answered(card: Card, who: string): Promise<void> {
  const respond = await card.click('Responding').modal()
  await respond.fill({ 'Who is going': who })
  await respond.submit()
  await card.expectText(/Responding:/)
}

describe.each(['http', 'socket'] as const)('silence, over %s', connection => {
  it('climbs both ladders rung by rung at their times, each rung naming its people and its means', async () => {
    const scene = await openScene({ connection })
    const code = await raiseAlert(scene, 'joc.watch')
    await scene.pass(9 * MINUTE)
    expect(await climbed(scene, code, 'uniformed')).toEqual([])

    await scene.pass(MINUTE)
    expect(await climbed(scene, code, 'uniformed')).toEqual(['acknowledge 1 told'])
    expect(await climbed(scene, code, 'civilian')).toEqual(['acknowledge 1 told'])
    await ownCard(scene, 'battalion.north', code)
    await ownCard(scene, 'head.karamba', code)
    const card = await cardIn(scene, 'joc.watch', '#poc-north', code)
    await card.expectThreadReply(
      /not acknowledged yet\.\nNow with Battalion operations.*@battalion\.north \(military\) \(mentioned here and direct message\)/,
    )

    await scene.pass(10 * MINUTE)
    await ownCard(scene, 'mission.leadership', code)
    await scene.pass(10 * MINUTE)
    await ownCard(scene, 'force.hq', code)
    expect(await climbed(scene, code, 'uniformed')).toEqual([
      'acknowledge 1 told',
      'acknowledge 2 told',
      'acknowledge 3 told',
    ])
  })
})

describe('silence', () => {
  it('climbs for the owner that is silent and not for the other', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    await (await cardIn(scene, 'company.karamba', '#poc-north', code)).click('Acknowledge')
    await scene.pass(10 * MINUTE)
    expect(await climbed(scene, code, 'uniformed')).toEqual([])
    expect(await climbed(scene, code, 'civilian')).toEqual(['acknowledge 1 told'])
  })

  it('to the end says once that nobody is left to tell, with the telephone numbers', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch', { urgency: 'happening_now' })
    for (let wait = 0; wait < 12; wait++) await scene.pass(5 * MINUTE)
    const card = await cardIn(scene, 'joc.watch', '#poc-north', code)
    const last = card.thread.filter(line => /Uniformed owner: nobody above is left/.test(line))
    expect(last).toHaveLength(1)
    expect(last[0]).toContain('+999 20 555 0110')
  })

  it('ends with the answer of any rung that was called, which then has the alert', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    await scene.pass(10 * MINUTE)
    const own = await ownCard(scene, 'battalion.north', code)
    await own.click('Accuser réception')
    await scene.slack.settle()
    const { acts, owners } = await recordOf(scene, code)
    expect(acts.map(act => act.role)).toContain('battalion_operations@north')
    expect(owners.find(owner => owner.slot === 'uniformed')?.rung).toBe(1)
    await scene.pass(10 * MINUTE)
    expect(await climbed(scene, code, 'uniformed')).toEqual(['acknowledge 1 told'])
  })
})

describe('inaction', () => {
  it('climbs after the acknowledgement: nothing decided', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    await (await cardIn(scene, 'company.karamba', '#poc-north', code)).click('Acknowledge')
    await scene.pass(29 * MINUTE)
    expect(await climbed(scene, code, 'uniformed')).toEqual([])
    await scene.pass(MINUTE)
    expect(await climbed(scene, code, 'uniformed')).toEqual(['decide 1 told'])
    const card = await cardIn(scene, 'joc.watch', '#poc-north', code)
    await card.expectThreadReply(/Uniformed owner: no decision yet/)
  })

  it('climbs after the decision to go: nobody on site when promised', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    const card = await cardIn(scene, 'company.karamba', '#poc-north', code)
    const respond = await card.click('Responding').modal()
    await respond.fill({ 'Who is going': 'Patrol', 'Expected there': 'in 30 min' })
    await respond.submit()
    await scene.pass(29 * MINUTE)
    expect(await climbed(scene, code, 'uniformed')).toEqual([])
    await scene.pass(MINUTE)
    expect(await climbed(scene, code, 'uniformed')).toEqual(['on_site 1 told'])
    await card.expectThreadReply(/nobody on site yet/)
  })

  it('climbs after the arrival: no outcome', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    const card = await cardIn(scene, 'company.karamba', '#poc-north', code)
    await answered(card, 'Patrol')
    await card.click('On site')
    for (let hours = 0; hours < 23; hours++) await scene.pass(HOUR)
    expect(await climbed(scene, code, 'uniformed')).toEqual([])
    await scene.pass(HOUR)
    expect(await climbed(scene, code, 'uniformed')).toEqual(['close 1 told'])
    await card.expectThreadReply(/Uniformed owner: no outcome yet/)
  })
})

describe('a rung that nobody can answer', () => {
  it('is skipped at once where the post is vacant, and the thread says so', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch', { typed: 'Tashiro', place: 'Tashiro' })
    const details = await (await cardIn(scene, 'joc.watch', '#joc-watch', code))
      .pick('alert.more', 'Add details')
      .modal()
    await details.fill({ Threat: 'Crime' })
    await details.submit()
    await scene.slack.settle()
    await ownCard(scene, 'police.hq', code)
    expect(await climbed(scene, code, 'uniformed')).toEqual(['acknowledge 0 vacant', 'acknowledge 1 told'])
    const card = await cardIn(scene, 'joc.watch', '#poc-south', code)
    await card.expectThreadReply(/Officier de permanence de la police/)
  })

  it('is passed over at once where Slack will not deliver to its holder: the alternate is told', async () => {
    const scene = await openScene()
    const { faults } = scene.slack.workspace
    faults.add({
      method: 'conversations.open',
      match: args => args.users === 'U0DUTYKARAMBA',
      error: 'user_disabled',
      times: Number.POSITIVE_INFINITY,
    })
    const code = await raiseAlert(scene, 'joc.watch')
    await ownCard(scene, 'civil.affairs', code)
    const { rungs } = await recordOf(scene, code)
    expect(rungs.filter(row => row.slot === 'civilian')).toHaveLength(1)
  })
})

describe('a changed urgency', () => {
  it('counts the times of the new urgency from the change, and asks again those already asked', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch', { urgency: 'tension' })
    await scene.pass(HOUR)
    const card = await cardIn(scene, 'joc.watch', '#poc-north', code)
    const modal = await card.pick('alert.more', 'Correct place, urgency, sector').modal()
    await modal.fill({ Urgency: 'Happening now' })
    await modal.submit()
    await scene.slack.settle()
    await scene.pass(4 * MINUTE)
    expect(await toldDirectly(scene, 'battalion.north', code)).toEqual([])
    await scene.pass(MINUTE)
    await ownCard(scene, 'battalion.north', code)
  })

  it('to something less urgent gives the longer times', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    const card = await cardIn(scene, 'joc.watch', '#poc-north', code)
    const modal = await card.pick('alert.more', 'Correct place, urgency, sector').modal()
    await modal.fill({ Urgency: 'Tension' })
    await modal.submit()
    await scene.slack.settle()
    await scene.pass(3 * HOUR)
    expect(await climbed(scene, code, 'uniformed')).toEqual([])
    await scene.pass(HOUR)
    expect(await climbed(scene, code, 'uniformed')).toEqual(['acknowledge 1 told'])
  })
})

describe('after an outage', () => {
  it('the rungs that fell due meanwhile are told in one message, marked late', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    const card = await cardIn(scene, 'joc.watch', '#poc-north', code)
    const before = card.thread.length
    await scene.restart(25 * MINUTE)
    expect(await climbed(scene, code, 'uniformed')).toEqual(['acknowledge 1 told', 'acknowledge 2 told'])
    const said = card.thread.slice(before).filter(line => /Uniformed owner: not acknowledged yet/.test(line))
    expect(said).toHaveLength(1)
    expect(said[0]).toMatch(/@battalion\.north.*@sector\.north/s)
    expect(said[0]).toMatch(/Late: this was due 23 Nov 02:10/)
    for (const who of ['battalion.north', 'sector.north']) await ownCard(scene, who, code)
  })

  it('a rung that was told before the bot stopped is not told again', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    await scene.pass(10 * MINUTE)
    const card = await cardIn(scene, 'joc.watch', '#poc-north', code)
    const before = [...card.thread]
    await scene.restart()
    await scene.restart()
    expect(card.thread).toEqual(before)
    expect(await toldDirectly(scene, 'battalion.north', code)).toHaveLength(1)
  })
})

describe('a mission file that names no way for an alert', () => {
  it('stops the start with the name of what is missing', async () => {
    const { readFileSync, writeFileSync, copyFileSync } = await import('node:fs')
    const { temporaryFolder } = await import('../support/store.ts')
    const folder = temporaryFolder()
    const file = `${folder}/mission.yaml`
    copyFileSync('missions/ombara-places.csv', `${folder}/ombara-places.csv`)
    const text = readFileSync('missions/ombara.yaml', 'utf8')
    writeFileSync(file, text.replace('- { role: head_of_office, means', '- { role: head_of_nothing, means'))
    await expect(loadMission(file)).rejects.toThrow(/head_of_nothing/)
  })
})
