import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  cardIn,
  HOUR,
  MINUTE,
  openScene,
  ownCard,
  raiseAlert,
  type Scene,
  toldDirectly,
} from '../support/bot.ts'

async function takeDuty(scene: Scene, who: string, words = '') {
  const modal = await scene.slack.as(who).command(`/poc on ${words}`).modal()
  await modal.submit()
  await scene.slack.settle()
  return modal
}

describe('/poc on', () => {
  it('makes the alternate the one who is told first, and tells the holder', async () => {
    const scene = await openScene()
    const receipt = await takeDuty(scene, 'civil.affairs', 'field office duty officer sector north')
    await receipt.expectText(/You are on duty now: Field office duty officer, Sector North/)
    await scene.slack
      .as('duty.karamba')
      .expectDirectMessage(/@civil\.affairs has taken over from you .*Field office duty officer/)
    const code = await raiseAlert(scene, 'joc.watch')
    await ownCard(scene, 'civil.affairs', code)
    expect(await toldDirectly(scene, 'duty.karamba', code)).toEqual([])
  })

  it('lists the open alerts that wait for the role, and gives their cards, which the new one can answer', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    const receipt = await takeDuty(scene, 'civil.affairs', 'field office duty officer')
    await receipt.expectText(new RegExp(`1 open alert waits for this role[\\s\\S]*${code}`))
    await (await ownCard(scene, 'civil.affairs', code)).click('Acknowledge')
    await scene.slack.settle()
    const alert = await scene.bot.store.read.alerts.byCode(code)
    const [act] = await scene.bot.store.read.alerts.acts(alert!.id)
    expect(act?.role).toBe('field_office_duty_officer@north')
  })

  it('asks somebody of several roles for which, own roles before those they appoint to', async () => {
    const scene = await openScene()
    const modal = await scene.slack.as('civil.affairs').command('/poc on').modal()
    expect(modal.labels).toEqual(['Role'])
    await modal.fill({ Role: 'Head of office, Sector South' })
    await modal.submit()
    await modal.expectText(/You are on duty now: Head of office, Sector South/)
  })

  it('is refused to somebody not named for the role', async () => {
    const scene = await openScene()
    await scene.slack
      .as('newcomer')
      .command('/poc on joc watch')
      .expectEphemeral(/not registered|not named|join/i)
    await scene.slack
      .as('unhcr')
      .command('/poc on joc watch')
      .expectEphemeral(/You are not named for this duty/)
  })

  it('says when Slack holds back their notifications, and what to do', async () => {
    const scene = await openScene()
    const user = scene.slack.workspace.state.users.get('U0POCADVISER')!
    user.doNotDisturb = { from: scene.clock.now() - HOUR, to: scene.clock.now() + 6 * HOUR }
    const receipt = await takeDuty(scene, 'poc.adviser', 'joc watch')
    await receipt.expectText(/Slack holds back your notifications until 23 Nov 08:00[\s\S]*switch it off/)
  })
})

describe('a test message', () => {
  it('is confirmed by a press and then says so', async () => {
    const scene = await openScene()
    const receipt = await takeDuty(scene, 'joc.watch')
    await receipt.click('Send me a test')
    await scene.slack.settle()
    const test = await scene.slack.as('joc.watch').expectDirectMessage(/Test for JOC watch/)
    await test.click('It reached me')
    await test.expectText(/confirmed at/)
    await scene.pass(11 * MINUTE)
    expect(await toldDirectly(scene, 'mission.leadership', /not confirmed/)).toEqual([])
  })

  it('that nobody confirms is reported to whoever appoints', async () => {
    const scene = await openScene()
    const receipt = await takeDuty(scene, 'joc.watch')
    await receipt.click('Send me a test')
    await scene.pass(11 * MINUTE)
    await scene.slack.as('mission.leadership').expectDirectMessage(/JOC watch, sent at .* was not confirmed/)
  })
})

describe('/poc off', () => {
  it('gives the duty back to the holder, who reads the note and what waits', async () => {
    const scene = await openScene()
    await takeDuty(scene, 'civil.affairs', 'field office duty officer')
    const code = await raiseAlert(scene, 'joc.watch')
    const modal = await scene.slack.as('civil.affairs').command('/poc off Bridge at Orro is closed').modal()
    expect(modal.value('What the next one should know')).toBe('Bridge at Orro is closed')
    await modal.submit()
    await modal.expectText(/On duty now: @duty\.karamba/)
    await scene.slack.settle()
    const told = await scene.slack.as('duty.karamba').expectDirectMessage(/You are on duty now/)
    expect(told.text).toMatch(/Bridge at Orro is closed/)
    expect(told.text).toContain(code)
  })

  it('of one whom nobody else stands in for comes back to them, and they are told so', async () => {
    const scene = await openScene()
    await (await takeDuty(scene, 'joc.watch')).close()
    const off = await scene.slack.as('joc.watch').command('/poc off').modal()
    await off.submit()
    await off.expectText(/Nobody else stands in, so you are still told first/)
  })

  it('is refused to somebody who has taken no duty', async () => {
    const scene = await openScene()
    await scene.slack
      .as('joc.watch')
      .command('/poc off')
      .expectEphemeral(/nothing to hand over/)
  })

  it('speaks French to those who read it', async () => {
    const scene = await openScene()
    const receipt = await takeDuty(scene, 'head.karamba', 'chef de bureau')
    await receipt.expectText(/Vous êtes de permanence\s: Chef de bureau, Secteur Nord/)
  })
})

describe('the rota', () => {
  it('is kept by whoever appoints, and turns by the hour without a gap', async () => {
    const scene = await openScene({ start: '2026-11-23T02:00:00Z' })
    const modal = await scene.slack
      .as('head.karamba')
      .command('/poc rota officier de permanence du bureau local')
      .modal()
    await modal.fill({ Qui: 'civil.affairs', 'Premier jour': '2026-11-23', De: '06:00' })
    await modal.submit()
    await modal.expectText(/23 nov\. 06:00 – 18:00 @civil\.affairs/)
    await modal.close()
    await scene.pass(2 * HOUR + MINUTE)
    await scene.slack
      .as('civil.affairs')
      .expectDirectMessage(/You are on duty now: Field office duty officer/)
    const day = await raiseAlert(scene, 'joc.watch')
    await ownCard(scene, 'civil.affairs', day)
    await scene.pass(12 * HOUR)
    await scene.slack.as('duty.karamba').expectDirectMessage(/You are on duty now/)
  })

  it('can be read and not changed by those on it', async () => {
    const scene = await openScene()
    const modal = await scene.slack.as('duty.karamba').command('/poc rota').modal()
    await modal.expectText(/No shifts are entered/)
    expect(modal.labels).toEqual([])
  })
})

describe('vacancies', () => {
  it('are told once to whoever appoints, weekly while they last, and listed on request', async () => {
    const scene = await openScene()
    const told = () => toldDirectly(scene, 'police.hq', /post is vacant/)
    await scene.pass(HOUR)
    expect(await told()).toHaveLength(1)
    expect((await told())[0]).toContain('Police duty officer, Sector South')
    await scene.pass(24 * HOUR)
    expect(await told()).toHaveLength(1)
    await scene.pass(7 * 24 * HOUR)
    expect(await told()).toHaveLength(2)
    await scene.slack
      .as('poc.adviser')
      .command('/poc vacancies')
      .expectEphemeral(/posts are vacant[\s\S]*Community liaison assistant/)
    await scene.slack
      .as('duty.karamba')
      .command('/poc vacancies')
      .expectEphemeral(/None of your roles allows this/)
  })
})

describe('/poc who', () => {
  const asked = (scene: Scene, who: string, words: string, match: RegExp) =>
    scene.slack.as(who).command(`/poc who ${words}`).expectEphemeral(match)

  it('names who answers for a role, a sector, a place and an alert, and who is next above', async () => {
    const scene = await openScene()
    await asked(
      scene,
      'joc.watch',
      'battalion operations north',
      /Battalion operations, Sector North: @battalion\.north[\s\S]*Next above: Sector operations, Sector North: @sector\.north/,
    )
    await asked(scene, 'joc.watch', 'sector south', /Company duty officer, Sector South: @company\.tashiro/)
    await asked(scene, 'joc.watch', 'Karamba market', /Who answers at Karamba market[\s\S]*@duty\.karamba/)
    const code = await raiseAlert(scene, 'joc.watch')
    await asked(scene, 'joc.watch', code, new RegExp(`Who answers for ${code}[\\s\\S]*@company\\.karamba`))
  })

  it('never names a liaison assistant, and names nobody of the mission to a partner', async () => {
    const scene = await openScene()
    const answer = await asked(scene, 'joc.watch', 'community liaison assistant north', /at Karamba/)
    expect(answer.text).not.toContain('cla.karamba')
    const partner = await asked(scene, 'unhcr', 'battalion operations north', /Battalion operations/)
    expect(partner.text).not.toContain('@battalion')
  })

  it('does not say of an alert one may not read that it exists', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    await asked(scene, 'unhcr', code, /is no role, sector, place or alert that you may see/)
  })

  it('shows who may task whom, and that agencies and NGOs are only asked', async () => {
    const scene = await openScene()
    await asked(scene, 'joc.watch', 'tasks', /POC adviser\nMay ask: .*NGOs/)
  })
})

it('the table of who may task whom is asked for in the reader’s language too', async () => {
  const scene = await openScene()
  for (const words of ['tâches', 'taches', 'tasks'])
    await scene.slack
      .as('head.karamba')
      .command(`/poc who ${words}`)
      .expectEphemeral(/Qui peut donner une tâche à qui/)
})

describe('the call sheet', () => {
  const files = (scene: Scene) =>
    [...scene.slack.workspace.state.files.values()].filter(file => file.completed)

  it('is posted to the operations centre within a minute of a change, in place of the former one', async () => {
    const scene = await openScene()
    await scene.pass(MINUTE)
    const [first, ...others] = files(scene)
    expect(others).toEqual([])
    expect([...first!.channels]).toEqual(['C0JOCWATCH'])
    expect(first!.altText).toMatch(/Call sheet of UNMOB.*every role/)
    expect(Buffer.from(first!.bytes!).subarray(0, 5).toString()).toBe('%PDF-')

    await takeDuty(scene, 'civil.affairs', 'field office duty officer')
    await takeDuty(scene, 'poc.adviser', 'joc watch')
    await scene.pass(MINUTE)
    const after = files(scene)
    expect(after).toHaveLength(1)
    expect(after[0]!.id).not.toBe(first!.id)
  })

  it('replaces what an attempt cut short has left behind', async () => {
    const scene = await openScene()
    scene.slack.workspace.faults.add({ method: 'files.completeUploadExternal', cut: true, times: 1 })
    await scene.pass(MINUTE)
    await scene.pass(10 * MINUTE)
    expect(files(scene)).toHaveLength(1)
    const known = await scene.bot.store.read.files.at('call-sheet', 'C0JOCWATCH')
    expect(known.map(({ fileId }) => fileId)).toEqual([files(scene)[0]!.id])
  })

  it('is kept on the bot’s disk in every language of the mission, for when the bot is down', async () => {
    const scene = await openScene()
    await scene.pass(MINUTE)
    const folder = join(scene.config.dataDir, 'call-sheets')
    expect(readdirSync(folder).sort()).toEqual(['call-sheet-UNMOB-en.pdf', 'call-sheet-UNMOB-fr.pdf'])
    for (const name of readdirSync(folder))
      expect(readFileSync(join(folder, name)).subarray(0, 5).toString()).toBe('%PDF-')
  })

  it('is given to one who asks, by direct message', async () => {
    const scene = await openScene()
    await scene.slack
      .as('head.karamba')
      .command('/poc callsheet')
      .expectEphemeral(/arrive dans vos messages directs/)
    await scene.slack.settle()
    expect(files(scene).map(file => file.name)).toEqual(['call-sheet-UNMOB-fr.pdf'])
  })
})

describe('somebody who holds two posts of one ladder', () => {
  it('says with one more press as which of them they answer', async () => {
    const scene = await openScene()
    const { store } = scene.bot
    const head = await store.read.people.byUser('T0MISSION', 'U0HEADKARAMBA')
    await store.write(({ roles }) =>
      roles.insert({
        id: 'second-hat',
        role: 'field_office_duty_officer',
        sector: 'north',
        personId: head!.id,
        rank: 5,
        since: 0,
      }),
    )
    const code = await raiseAlert(scene, 'joc.watch')
    const card = await cardIn(scene, 'head.karamba', '#poc-north', code)
    const which = await card.click('Acknowledge').modal()
    await which.click('Responsable civil : Chef de bureau')
    await scene.slack.settle()
    const alert = await store.read.alerts.byCode(code)
    expect((await store.read.alerts.acts(alert!.id)).map(act => act.role)).toEqual(['head_of_office@north'])
  })
})
