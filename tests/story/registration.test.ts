import { describe, expect, it } from 'vitest'
import type { Modal } from '../../rehearsal/driver/index.ts'
import {
  cardIn,
  codeIn,
  fillAlert,
  openScene,
  ownCard,
  raiseAlert,
  recordOf,
  type Scene,
} from '../support/bot.ts'

interface Said {
  constituency?: string
  organisation?: string
  location?: string
}

/** Fills in the form to join and sends it; returns what it answers. */
async function join(scene: Scene, modal: Modal, said: Said = {}): Promise<Modal> {
  const { constituency = 'military', location = 'Karamba base', organisation } = said
  await modal.fill({ constituency, ...(organisation ? { organisation } : {}) })
  await modal.choose('location', location, location)
  await modal.submit()
  await scene.slack.settle()
  return modal
}

const newcomer = async (scene: Scene) =>
  (await scene.bot.store.read.people.byUser('T0MISSION', 'U0NEWCOMER'))!

describe('somebody no side has confirmed', () => {
  it('is offered to join by the help, the home tab and every private word that refuses them', async () => {
    const scene = await openScene()
    const person = scene.slack.as('newcomer')
    const help = await person.command('/poc').expectEphemeral(/not confirmed by your side/)
    await (await help.click('Join').modal()).close()
    const home = await person.home()
    await (await home.click('Join').modal()).close()
    const refused = await person.command('/poc-digest').expectEphemeral(/not registered yet/)
    const modal = await refused.click('Join').modal()
    expect(modal.title).toBe('Join')
  })

  it('asks, is confirmed by their own side alone, and reads what their side reads', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    await scene.slack
      .as('newcomer')
      .command(`/poc ${code}`)
      .expectEphemeral(/No alert/)
    const modal = await scene.slack.as('newcomer').command('/poc join').modal()
    await join(scene, modal)
    await modal.expectText(/military, Karamba base[\s\S]*JOC watch has been told/)
    expect((await newcomer(scene)).constituency).toBeNull()

    await scene.slack.as('ocha').expectNoDirectMessage(/asks to/)
    const card = await scene.slack.as('joc.watch').expectDirectMessage(/asks to be confirmed/)
    await card.expectText(/\(military\)/)
    const other = await scene.slack.as('poc.adviser').expectDirectMessage(/asks to be confirmed/)
    await card.click('Confirm')
    await scene.slack.settle()
    await card.expectText(/Confirmed by @joc\.watch/)
    await other.expectText(/Confirmed by @joc\.watch/)
    await scene.slack.as('newcomer').expectDirectMessage(/confirmed you as: military, Karamba base/)
    expect(await newcomer(scene)).toMatchObject({
      constituency: 'military',
      location: 'Karamba base',
      national: true,
    })
    await scene.slack.as('newcomer').command(`/poc ${code}`).expectEphemeral(new RegExp(code))
  })

  it('is refused with a reason they read, and may ask again', async () => {
    const scene = await openScene()
    await join(scene, await scene.slack.as('newcomer').command('/poc join').modal())
    const card = await scene.slack.as('joc.watch').expectDirectMessage(/asks to be confirmed/)
    const refuse = await card.click('Refuse').modal()
    await refuse.fill({ reason: 'Not on the strength return' })
    await refuse.submit()
    await scene.slack.settle()
    const told = await scene.slack.as('newcomer').expectDirectMessage(/Not on the strength return/)
    await join(scene, await told.click('Join').modal(), { constituency: 'UN police' })
    expect(await scene.bot.store.read.registrations.waiting()).toHaveLength(1)
  })

  it('of an agency must name the organisation, and is confirmed by the humanitarian side alone', async () => {
    const scene = await openScene()
    const modal = await scene.slack.as('newcomer').command('/poc join').modal()
    await modal.fill({ constituency: 'UN agency' })
    await modal.choose('location', 'Goma house', 'As I say it: Goma house')
    await modal.submit().expectErrors({ organisation: /Fill it in/ })
    await modal.fill({ organisation: 'UNICEF' })
    await modal.submit()
    await scene.slack.settle()
    for (const mission of ['joc.watch', 'poc.adviser']) {
      await scene.slack.as(mission).expectNoDirectMessage(/asks to/)
      await scene.slack
        .as(mission)
        .command('/poc people')
        .expectEphemeral(/Nobody waits/)
    }
    const list = await scene.slack
      .as('ocha')
      .command('/poc people')
      .expectEphemeral(/UN agency, UNICEF, Goma house/)
    await list.click('Confirm')
    await scene.slack.settle()
    expect(await newcomer(scene)).toMatchObject({ constituency: 'un_agency', organisation: 'UNICEF' })
  })

  it('of an NGO in another workspace joins from the channel’s card', async () => {
    const scene = await openScene()
    await scene.bot.store.write(async ({ people }) => {
      const ngo = (await people.byUser('T0NGO', 'U0NGO'))!
      await people.update(ngo.id, { constituency: null })
    })
    const card = await scene.slack
      .as('ngo')
      .in('#protection-forum')
      .expectCard(/UNMOB and partners/)
    const waits = await card.click('What waits for me').expectEphemeral(/Nothing waits/)
    await join(scene, await waits.click('Join').modal(), {
      constituency: 'NGO',
      organisation: 'Protection Network',
    })
    await (await scene.slack.as('ocha').expectDirectMessage(/Protection Network/)).click('Confirm')
    await scene.slack.settle()
    const person = await scene.bot.store.read.people.byUser('T0NGO', 'U0NGO')
    expect(person).toMatchObject({ constituency: 'ngo', organisation: 'Protection Network' })
  })

  it('presses a button on a card they should not see, and nothing changes', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    await scene.slack.workspace.act({
      persona: 'U0JOCWATCH',
      do: 'invite',
      channel: 'C0POCNORTH',
      user: 'U0NEWCOMER',
    })
    const card = await cardIn(scene, 'newcomer', '#poc-north', code)
    const said = await card.click('Acknowledge').expectEphemeral(/nothing under this code/)
    expect(said.buttons).toEqual(['Join'])
    expect((await recordOf(scene, code)).acts).toEqual([])
  })

  it('may raise an alert, add to it, and is offered to join on the receipt', async () => {
    const scene = await openScene()
    const form = await scene.slack.as('newcomer').command('/poc-alert').modal()
    await (await fillAlert(form)).submit()
    const code = await codeIn(form)
    expect(form.text).toMatch(/not confirmed by your side/)
    await (await form.click('Join').modal()).close()
    await scene.slack.settle()
    const own = await ownCard(scene, 'newcomer', code)
    const more = await own.pick('alert.more', 'Add information').modal()
    await more.fill({ note: 'They have crossed the river' })
    await more.submit()
    await scene.slack.settle()
    const card = await cardIn(scene, 'joc.watch', '#poc-north', code)
    await card.expectThreadReply(/crossed the river/)
  })
})

describe('/poc me', () => {
  it('shows what the bot knows, in the person’s language, and asks their side again for a change', async () => {
    const scene = await openScene()
    const me = await scene.slack
      .as('head.karamba')
      .command('/poc me')
      .expectEphemeral(/Ce que le bot sait/)
    expect(me.text).toMatch(/section civile de la mission, Field office, Karamba/)
    expect(me.text).toMatch(/Chef de bureau, Secteur Nord/)
    const modal = await me.click('Modifier').modal()
    expect(modal.title).toBe('S’inscrire')
    expect(modal.value('location')).toBe('Karamba')
    await modal.fill({ section: 'Affaires civiles' })
    await modal.submit()
    await scene.slack.settle()
    const read = scene.bot.store.read.people
    expect((await read.byUser('T0MISSION', 'U0HEADKARAMBA'))?.section).toBe('Field office')
    const card = await scene.slack.as('joc.watch').expectDirectMessage(/Affaires civiles/)
    await card.expectText(/So far: civilian section of the mission, Field office, Karamba/)
    await card.click('Confirm')
    await scene.slack.settle()
    expect((await read.byUser('T0MISSION', 'U0HEADKARAMBA'))?.section).toBe('Affaires civiles')
    await scene.slack.as('head.karamba').expectDirectMessage(/Votre côté vous a confirmé/)
    await scene.slack
      .as('head.karamba')
      .command('/poc me')
      .expectEphemeral(/Chef de bureau/)
  })

  it('tells an administrator what they administer', async () => {
    const scene = await openScene()
    await scene.slack
      .as('joc.watch')
      .command('/poc me')
      .expectEphemeral(/You administer the mission/)
    await scene.slack
      .as('ocha')
      .command('/poc me')
      .expectEphemeral(/You administer the humanitarian side/)
  })
})
