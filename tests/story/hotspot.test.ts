import { expect, it } from 'vitest'
import { cardsIn, DAY, HOUR, openScene, raiseAlert, type Scene } from '../support/bot.ts'

async function listHotspot(scene: Scene, who: string, name = 'Karamba market'): Promise<string> {
  const form = await scene.slack.as(who).command(`/poc-hotspot new ${name}`).modal()
  await form.fill({ kind: 'market', threats: ['armed_attack'], vulnerability: '4' })
  await form.submit()
  const [code = ''] = /H-[0-9A-Z]{4}/.exec(form.text) ?? []
  await form.close()
  await scene.slack.settle()
  return code
}

it('an NGO lists a place; its sector reads it; only those who command read how it is covered', async () => {
  const scene = await openScene()
  const code = await listHotspot(scene, 'unhcr')
  const card = await scene.slack.as('company.karamba').in('#poc-north').expectCard(new RegExp(code))
  await card.expectText(/Armed attack/)
  await card.expectText(/no visit on record/)

  const form = await card.pick('hotspot.more', 'Report coverage').modal()
  await form.fill({ coverage: 'patrols', everyDays: '7' })
  await form.submit()
  await scene.slack.settle()
  // The channel holds people to whom the command layer is not opened.
  for (const message of cardsIn(scene, 'company.karamba', '#poc-north', new RegExp(code)))
    expect(message.text).not.toMatch(/Patrols every/)
  await scene.slack.as('battalion.north').command(`/poc-hotspot ${code}`)
  await scene.slack.as('battalion.north').expectEphemeral(/Patrouilles tous les 7 jours/)
  await scene.slack.as('duty.karamba').command(`/poc-hotspot ${code}`)
  await scene.slack.as('duty.karamba').expectEphemeral(new RegExp(`${code} · Karamba market`))
})

it('a visit is recorded in one tap of two days, and the card says when civilians were last there', async () => {
  const scene = await openScene()
  const code = await listHotspot(scene, 'poc.adviser')
  const card = await scene.slack.as('duty.karamba').in('#poc-north').expectCard(new RegExp(code))
  const form = await card.pick('hotspot.more', 'We were there').modal()
  await form.submit()
  await form.expectText(/visit.*recorded/)
  await card.expectText(/today/)
})

it('a card in a channel names only alerts that everybody in it may read', async () => {
  const scene = await openScene()
  const code = await listHotspot(scene, 'poc.adviser')
  const alert = await raiseAlert(scene, 'joc.watch')
  const card = await scene.slack
    .as('joc.watch')
    .in('#poc-north')
    .expectCard(new RegExp(`${code} · `))
  const form = await card.pick('hotspot.more', 'Link an alert or incident').modal()
  await form.choose('record', alert, `${alert} · Karamba market`)
  await form.submit()
  await card.expectText(new RegExp(alert))
  await scene.slack.as('unhcr').command(`/poc-hotspot ${code}`)
  const shown = await scene.slack.as('unhcr').expectEphemeral(new RegExp(code))
  expect(shown.text).not.toContain(alert)
})

it('the receipt of a new hotspot leads on to its details, and who will see it stands at the end of the form', async () => {
  const scene = await openScene()
  const form = await scene.slack.as('poc.adviser').command('/poc-hotspot new').modal()
  expect(form.text.indexOf('Vulnerability')).toBeLessThan(form.text.indexOf('Who will see this'))
  await form.choose('place', 'Karamba market', 'Karamba market')
  await form.fill({ name: 'Old Mill', kind: 'market', threats: ['armed_attack'] })
  await form.submit()
  await form.expectText(/Recorded as H-/)
  const details = await form.click('Add details').modal()
  await details.fill({ vulnerability: '4' })
  await details.submit()
  await details.expectText(/is up to date/)
})

it('an alert near a place says how far in kilometres, and a place put back says so', async () => {
  const scene = await openScene()
  const code = await listHotspot(scene, 'poc.adviser')
  await raiseAlert(scene, 'joc.watch', {
    what: 'Armed men at the school',
    typed: 'primary school',
    place: 'Karamba primary school',
  })
  await scene.slack
    .as('joc.watch')
    .in('#poc-north')
    .expectCard(new RegExp(`1\\.1 km from hotspot .*${code}`))
  for (const [shows, choice, said] of [
    [/Karamba market/, 'Take off the list', /is off the list/],
    [/No longer on the list/, 'Put back on the list', /is back on the list/],
  ] as const) {
    await scene.slack.as('poc.adviser').command(`/poc-hotspot ${code}`)
    const shown = await scene.slack.as('poc.adviser').expectEphemeral(shows)
    const form = await shown.pick('hotspot.more', choice).modal()
    await form.fill({ reason: 'The market moved' })
    await form.submit()
    await form.expectText(said)
    await form.close()
    await scene.slack.settle()
  }
})

it('the list in French names the sector asked for', async () => {
  const scene = await openScene()
  await listHotspot(scene, 'poc.adviser')
  await scene.slack.as('head.karamba').command('/poc-hotspot list north')
  await scene.slack.as('head.karamba').expectEphemeral(/Points chauds\s: Secteur Nord.*1 point chaud/)
})

it('an alert becomes a hotspot in its own words, and a tasking from there is a line of its plan', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'joc.watch')
  const alert = await scene.slack.as('joc.watch').in('#poc-north').expectCard(new RegExp(code))
  const form = await alert.pick('alert.more', 'Make it a hotspot').modal()
  await form.fill({ kind: 'market', threats: ['armed_attack'] })
  await form.submit()
  await form.expectText(/Recorded as H-/)
  await form.close()
  await scene.slack.settle()
  const card = await scene.slack
    .as('joc.watch')
    .in('#poc-north')
    .expectCard(/H-[0-9A-Z]{4} · /)
  await card.expectText(new RegExp(code))
  const plan = await card.pick('hotspot.more', 'Protection plan').modal()
  await plan.expectText(/Physical protection.*no line to show/)
  const why = await plan.click('hotspot.rule_out:3').modal()
  await why.fill({ reason: 'No court within reach' })
  await why.submit()
  await plan.expectText(/not applicable: No court within reach/)
  const line = await plan.click('hotspot.add_line:1').modal()
  await line.expectText(/Comes from H-/)
  await line.choose('tasking.to', 'Company', 'Company duty officer, Sector North')
  await line.fill({
    result: 'Both committees meet on market days',
    dueAt: Math.floor((scene.clock.now() + DAY) / 1000),
    mode: 'mediation',
  })
  await line.submit()
  await scene.slack.settle()
  await plan.expectText(/Both committees meet on market days/)
  await card.expectText(/Both committees meet on market days.*mediation/)
  await card.expectText(/not applicable: No court within reach/)
})

it('a new place that is near one of the list and called alike is asked about, and nothing typed is lost', async () => {
  const scene = await openScene()
  const market = await listHotspot(scene, 'poc.adviser')
  const form = await scene.slack.as('unhcr').command('/poc-hotspot new Karamba markt').modal()
  await form.choose('place', 'Karamba market', 'Karamba market')
  await form.fill({ kind: 'market', threats: ['looting_and_burning'], vulnerability: '3' })
  await form.submit()
  await form.expectText(new RegExp(`may be on the list already[^]*${market}`))
  await form.fill({ another: ['yes'] })
  await form.submit()
  await form.expectText(/Recorded as H-/)
  await form.close()
  await scene.slack.settle()
  await scene.slack.as('unhcr').command('/poc-hotspot list')
  const list = await scene.slack.as('unhcr').expectEphemeral(/2 hotspots/)
  expect(list.text).toMatch(/Looting/)
})

it('alerts from one place that nobody ranks are pointed out to the chair, become a hotspot, and say so', async () => {
  const scene = await openScene()
  const codes: string[] = []
  for (const what of ['Shots at night', 'Young men taken', 'Traders threatened']) {
    codes.push(await raiseAlert(scene, 'joc.watch', { what, urgency: 'tension' }))
    await scene.pass(HOUR)
  }
  const chair = await scene.slack.as('poc.adviser').withApp()
  const told = await chair.expectCard(/3 alerts around Karamba market .* no hotspot there/)
  const form = await told.click('Make it a hotspot').modal()
  await form.fill({ kind: 'market', threats: ['armed_attack'] })
  await form.submit()
  await form.expectText(/Recorded as H-/)
  const [code = ''] = /H-[0-9A-Z]{4}/.exec(form.text) ?? []
  await form.close()
  await scene.slack.settle()
  const card = await scene.slack
    .as('joc.watch')
    .in('#poc-north')
    .expectCard(new RegExp(`${code} · `))
  await card.expectText(/3 alerts/)
  const alert = await scene.slack
    .as('joc.watch')
    .in('#poc-north')
    .expectCard(new RegExp(`${codes[2]} · `))
  await alert.expectText(new RegExp(`Belongs to hotspot.*${code}.*Not ranked`))
  // A fourth alert there finds its hotspot by itself.
  const fourth = await raiseAlert(scene, 'joc.watch', { what: 'Armed men at the ford', urgency: 'tension' })
  const near = await scene.slack
    .as('joc.watch')
    .in('#poc-north')
    .expectCard(new RegExp(`${fourth} · `))
  await near.expectText(new RegExp(`At hotspot.*${code}`))
})

it('a POC site knows its kind from the gazetteer, and says for what nobody is named yet', async () => {
  const scene = await openScene()
  const form = await scene.slack.as('unhcr').command('/poc-hotspot new Tashiro protection site').modal()
  await form.fill({ threats: ['armed_attack'] })
  await form.submit()
  await form.expectText(/Tashiro protection site · POC site/)
  await form.close()
  await scene.slack.settle()
  const card = await scene.slack
    .as('company.tashiro')
    .in('#poc-south')
    .expectCard(/H-[0-9A-Z]{4} · /)
  await card.expectText(/Pas encore de contact\s: menaces extérieures, sécurité intérieure et aide/)
  const contact = await card.pick('hotspot.more', 'Contact de notre côté').modal()
  await contact.fill({ purpose: 'external', post: 'Company duty officer, VHF 3' })
  await contact.submit()
  await card.expectText(/menaces extérieures\s: Company duty officer/)
  await card.expectText(/Pas encore de contact\s: sécurité intérieure et aide/)
})

it('nobody is given a form about a place that is refused at its end', async () => {
  const scene = await openScene()
  const code = await listHotspot(scene, 'unhcr')
  const refused = async (who: string, choice: string, sentence: RegExp) => {
    await scene.slack.as(who).command(`/poc-hotspot ${code}`)
    const card = await scene.slack.as(who).expectEphemeral(new RegExp(code))
    await card.pick('hotspot.more', choice)
    await scene.slack.settle()
    await scene.slack.as(who).expectEphemeral(sentence)
  }
  await refused('company.karamba', 'Change', /None of your roles allows this/)
  await refused('civil.affairs', 'Report coverage', /None of your roles allows this/)
  await refused('unhcr', 'We were there', /Only visits of the mission’s sections are kept/)
})
