import { describe, expect, it } from 'vitest'
import { cardIn, cardsIn, openScene, ownCard, raiseAlert, recordOf, type Scene } from '../support/bot.ts'

async function close(scene: Scene, by: string, whom: string) {
  const form = await scene.slack.as(by).command(`/poc compromised ${whom}`).modal()
  await form.fill({ 'What happened': 'Phone taken at a checkpoint' })
  await form.submit()
  await scene.slack.settle()
  return form
}

describe('a seized phone', () => {
  it('can do nothing more, and what waited there is put to the next at once', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    const own = await ownCard(scene, 'company.karamba', code)
    const card = await cardIn(scene, 'company.karamba', '#poc-north', code)
    const receipt = await close(scene, 'joc.watch', '<@U0COMPANYKARAMBA>')
    await receipt.expectText(/Access of 1 person is closed/)
    await receipt.expectText(/Posts that ended: Company duty officer, Sector North/)
    await receipt.expectText(new RegExp(`Could read 1 alert: ${code}`))
    await receipt.expectText(/Is still in: #poc-north/)

    const exposed = await scene.slack.as('joc.watch').expectDirectMessage(/now holds people/)
    await exposed.expectText(/#poc-north/)
    await exposed.expectText(code)

    await (await ownCard(scene, 'battalion.north', code)).expectText(/Votre réponse est attendue/)
    const person = scene.slack.as('company.karamba')
    await own.expectGone()
    const refused = await card.clickStale('Acknowledge').expectEphemeral(/Access from this account is closed/)
    expect(refused.buttons).toEqual(['Join'])
    for (const command of ['/poc', '/poc-alert armed men', '/poc-digest', `/poc ${code}`])
      await person.command(command).expectEphemeral(/Access from this account is closed/)
    const home = await person.home()
    await home.expectText(/Your access is closed/)
    expect(home.buttons).toEqual(['Join'])
    expect((await recordOf(scene, code)).acts).toEqual([])
    await scene.slack.as('poc.adviser').expectDirectMessage(/access closed on/)
    await scene.slack.as('ocha').expectNoDirectMessage(/access closed/)
  })

  it('darkens the channels it is still in, and owners are reached directly', async () => {
    const scene = await openScene()
    await close(scene, 'joc.watch', '<@U0COMPANYKARAMBA>')
    const code = await raiseAlert(scene, 'joc.watch')
    expect(cardsIn(scene, 'joc.watch', '#poc-north', code)).toEqual([])
    await ownCard(scene, 'battalion.north', code)
    await scene.slack.as('company.karamba').expectNoDirectMessage(code)
  })

  it('comes back only by joining anew, and whoever confirms is warned', async () => {
    const scene = await openScene()
    await close(scene, 'joc.watch', '<@U0COMPANYKARAMBA>')
    const form = await (await scene.slack.as('company.karamba').home()).click('Join').modal()
    await form.fill({ constituency: 'military' })
    await form.choose('location', 'Karamba base', 'Karamba base')
    await form.submit()
    await scene.slack.settle()
    const card = await scene.slack
      .as('joc.watch')
      .expectDirectMessage(/Access was closed on .* as compromised/)
    await card.click('Confirm')
    await scene.slack.settle()
    const help = await scene.slack
      .as('company.karamba')
      .command('/poc me')
      .expectEphemeral(/You are:\W+military/)
    expect(help.text).toMatch(/Your posts:\W+none/)
  })

  it('is closed by an administrator of its own side alone', async () => {
    const scene = await openScene()
    for (const other of ['duty.karamba', 'ocha', 'newcomer'])
      await scene.slack
        .as(other)
        .command('/poc compromised <@U0COMPANYKARAMBA>')
        .expectEphemeral(/None of your roles|not registered/)
    await scene.slack
      .as('joc.watch')
      .command('/poc compromised <@U0UNHCR>')
      .expectEphemeral(/None of your roles/)
    await scene.slack
      .as('joc.watch')
      .command('/poc compromised nowhere')
      .expectEphemeral(/There is no base “nowhere”\. Write the name of a base, or @/)
    const form = await scene.slack.as('joc.watch').command('/poc compromised').modal()
    await form.fill({ 'Whose access': ['unhcr'] })
    await form.submit()
    await form.expectText(/None of your roles/)
    const { people } = scene.bot.store.read
    expect(await people.byUser('T0MISSION', 'U0UNHCR')).toMatchObject({ closedAt: null })
  })
})

describe('a lost base', () => {
  it('closes everybody of the administrator’s side who said they are there, in one step', async () => {
    const scene = await openScene()
    const form = await scene.slack.as('joc.watch').command('/poc compromised tashiro').modal()
    await form.expectText(/Tashiro base: those who said they are there/)
    await form.submit()
    await scene.slack.settle()
    const all = await scene.bot.store.read.people.all()
    const closed = all.filter(({ closedAt }) => closedAt !== null).map(({ userId }) => userId)
    expect(closed.sort()).toEqual([
      'U0BATTALIONSOUTH',
      'U0CIVILAFFAIRS',
      'U0COMPANYTASHIRO',
      'U0DUTYTASHIRO',
      'U0SECTORSOUTH',
    ])
  })
})
