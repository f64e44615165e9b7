import { describe, expect, it } from 'vitest'
import { DAY, openScene, ownCard, raiseAlert, recordOf, type Scene } from '../support/bot.ts'

const KARAMBA = 'Company duty officer, Sector North'

const holds = async (scene: Scene, user: string) => {
  const { people, roles } = scene.bot.store.read
  const person = (await people.byUser('T0MISSION', user))!
  return (await roles.rolesOf(person.id, scene.clock.now())).map(({ role, sector }) => `${role}@${sector}`)
}

describe('somebody who leaves', () => {
  it('hands a post over when the successor accepts, with the alert that waits in it', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    const form = await scene.slack.as('company.karamba').command('/poc leaving').modal()
    expect(form.text).toContain(KARAMBA)
    await form.expectText(new RegExp(`1 alert waits here and goes with it: ${code}`))
    await form.fill({ [KARAMBA]: 'company.tashiro' })
    await form.submit()
    await form.expectText(/@company\.tashiro \(military\) is asked/)
    await scene.slack.settle()
    expect(await holds(scene, 'U0COMPANYKARAMBA')).toEqual(['company_duty_officer@north'])

    const card = await scene.slack.as('company.tashiro').expectDirectMessage(/names you as successor/)
    await card.click('Accept')
    await scene.slack.settle()
    await card.expectText(/You accepted this: \W*Company duty officer, Sector North/)
    expect(await holds(scene, 'U0COMPANYKARAMBA')).toEqual([])
    expect(await holds(scene, 'U0COMPANYTASHIRO')).toContain('company_duty_officer@north')
    await (await ownCard(scene, 'company.tashiro', code)).click('Acknowledge')
    expect((await recordOf(scene, code)).acts.at(-1)).toMatchObject({
      kind: 'acknowledge',
      role: 'company_duty_officer@north',
    })
    await scene.slack.as('joc.watch').expectDirectMessage(/Handed over: all that @company\.karamba/)
    await scene.slack
      .as('company.karamba')
      .command('/poc leaving')
      .modal()
      .then(modal => modal.expectText(/nothing to hand over/))
  })

  it('hears who declined and names another; what nobody took goes to the administrator, who ends the access', async () => {
    const scene = await openScene()
    const form = await scene.slack.as('company.karamba').command('/poc leaving').modal()
    await form.fill({ [KARAMBA]: 'company.tashiro' })
    await form.submit()
    await scene.slack.settle()
    await (await scene.slack.as('company.tashiro').expectDirectMessage(/successor/)).click('Decline')
    await scene.slack.settle()
    await scene.slack.as('company.karamba').expectDirectMessage(/@company\.tashiro.* has declined/)
    const again = await scene.slack.as('company.karamba').command('/poc leaving').modal()
    await again.expectText(/Whoever was named has declined/)
    await again.fill({ [KARAMBA]: 'battalion.north' })
    await again.submit()
    await scene.slack.settle()
    const offered = await scene.slack
      .as('battalion.north')
      .expectDirectMessage(/vous désigne comme successeur/)
    expect(offered.buttons).toEqual(['Accepter', 'Décliner'])

    await scene.pass(3 * DAY)
    const table = await scene.slack.as('joc.watch').expectDirectMessage(/Nobody has accepted/)
    await table.expectText(/Company duty officer, Sector North: @battalion\.north \(military\) is asked/)
    await table.click('End their access')
    await scene.slack.settle()
    expect(await holds(scene, 'U0COMPANYKARAMBA')).toEqual([])
    await scene.slack
      .as('company.karamba')
      .command('/poc-digest')
      .expectEphemeral(/not registered yet/)
  })

  it('is not told that anybody was asked where nobody was named', async () => {
    const scene = await openScene()
    const form = await scene.slack.as('company.karamba').command('/poc leaving').modal()
    await form.submit()
    await form.expectText(/named nobody, so nobody has been asked/)
    await form.expectText(/Company duty officer, Sector North: nobody named/)
  })

  it('may name only people of the post’s own component', async () => {
    const scene = await openScene()
    const form = await scene.slack.as('company.karamba').command('/poc leaving').modal()
    await form.fill({ [KARAMBA]: 'unhcr' })
    await form.submit().expectErrors({ [KARAMBA]: /cannot take it over/ })
    expect(await holds(scene, 'U0UNHCR')).toEqual([])
  })

  it('is handed over for by their own side’s administrator, and by nobody else', async () => {
    const scene = await openScene()
    for (const other of ['duty.karamba', 'ocha'])
      await scene.slack
        .as(other)
        .command('/poc leaving <@U0COMPANYKARAMBA>')
        .expectEphemeral(/None of your roles/)
    const form = await scene.slack.as('joc.watch').command('/poc leaving <@U0COMPANYKARAMBA>').modal()
    await form.expectText(/Say who takes over what @company\.karamba \(military\) holds/)
  })

  it('leaves a follower to the alerts they raised, who reads and adds to them in their place', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'unhcr')
    await scene.slack
      .as('ocha')
      .command(`/poc ${code}`)
      .expectEphemeral(/No alert/)
    const form = await scene.slack.as('unhcr').command('/poc leaving').modal()
    await form.fill({ [`Alert ${code}, which you raised`]: 'ocha' })
    await form.submit()
    await scene.slack.settle()
    await (await scene.slack.as('ocha').expectDirectMessage(/following alert/)).click('Accept')
    await scene.slack.settle()
    await ownCard(scene, 'ocha', code)
    await scene.slack.as('ocha').command(`/poc ${code}`).expectEphemeral(new RegExp(code))
  })
})
