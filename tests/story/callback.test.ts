import { expect, it } from 'vitest'
import type { Card } from '../../rehearsal/driver/index.ts'
import {
  cardIn,
  codeIn,
  MINUTE,
  openScene,
  raiseAlert,
  recordOf,
  type Scene,
  toldDirectly,
} from '../support/bot.ts'
import { numbers, openDoors, ring, text } from '../support/field.ts'

const scene = () => openScene({ env: openDoors })

/** The call back's card in somebody's direct messages. */
async function callbackOf(scene: Scene, who: string, match: RegExp = /C-[0-9A-Z]{4}/): Promise<Card> {
  return (await scene.slack.as(who).withApp()).expectCard(match)
}

it('a missed call goes to the duty liaison assistant of the base alone; number by a press; raised in the recorder’s words', async () => {
  const it = await scene()
  await ring(it)
  const card = await callbackOf(it, 'cla.karamba')
  await card.expectText(/Appel en absence à Karamba base/)
  await card.expectText(/Numéro inconnu/)
  expect(card.text).not.toContain('770000001')
  for (const who of ['duty.karamba', 'joc.watch', 'company.karamba'])
    expect(await toldDirectly(it, who, /C-[0-9A-Z]{4}/)).toEqual([])

  const shown = await card.click('Rappeler : voir le numéro').modal()
  expect(shown.text).toContain(numbers.amina)
  const form = await shown.click('Lancer une alerte').modal()
  await form.fill({ what: 'Des hommes armés approchent du marché', urgency: 'imminent' })
  await form.choose('place', 'Karamba market', 'Karamba market')
  await form.submit()
  const code = await codeIn(form)
  await form.close()
  await shown.expectGone()
  await it.slack.settle()
  const { alert } = await recordOf(it, code)
  expect(alert).toMatchObject({
    cameBy: 'missed_call',
    sector: 'north',
    what: 'Des hommes armés approchent du marché',
  })
  await card.expectText(new RegExp(`Devenu ${code}`))
  const there = await cardIn(it, 'company.karamba', '#poc-north', code)
  await there.expectText(/1 independent source, graded F6/)
  expect(JSON.stringify(there.text)).not.toContain('770000001')
})

it('a form that was closed again under More… can be opened anew from the same menu', async () => {
  const it = await scene()
  await ring(it)
  const card = await callbackOf(it, 'cla.karamba')
  const menu = () => JSON.stringify(card.message.blocks).match(/"block_id":"(callback:[^"]+)"/)?.[1]
  const before = menu()
  it.clock.advance(1)
  const form = await card.pick('Plus…', 'Ajouter à une alerte ouverte').modal()
  await form.close()
  await it.slack.settle()
  expect(menu()).not.toBe(before)
})

it('where the number was withheld a decision is owed, and nobody is asked to call back', async () => {
  const it = await scene()
  await ring(it, { from: 'anonymous' })
  const card = await callbackOf(it, 'cla.karamba')
  await card.expectText(/Numéro masqué[\s\S]*À trancher avant/)
  await card.expectNotText(/À rappeler avant/)
  const shown = await card.click('Ouvrir').modal()
  await shown.expectText(/Aucun numéro/)
})

it('what was written is shown as a quotation, line by line', async () => {
  const it = await scene()
  await text(it, 'They are at the gate\nThey have guns')
  const shown = await (await callbackOf(it, 'cla.karamba')).click('Rappeler : voir le numéro').modal()
  await shown.expectText(/> They are at the gate\n> They have guns/)
})

it('an alert raised from a call back is offered to be joined with one that is open near by', async () => {
  const it = await scene()
  const first = await raiseAlert(it, 'cla.karamba')
  await ring(it)
  const card = await callbackOf(it, 'cla.karamba')
  const form = await card.click('Lancer une alerte').modal()
  await form.fill({ what: 'Des coups de feu au marché', urgency: 'imminent' })
  await form.choose('place', 'Karamba market', 'Karamba market')
  await form.submit()
  const code = await codeIn(form)
  await form.click(`C’est la même que ${first}`)
  await it.slack.settle()
  const { alert } = await recordOf(it, code)
  expect(alert.lifecycle).toBe('merged')
})

it('a text in the agreed words fills the form in, and none of it is raised before a person presses', async () => {
  const it = await scene()
  await text(it, 'A KARAMBA 50 ARMED')
  const card = await callbackOf(it, 'cla.karamba')
  await card.expectText(/Le SMS dit : .*Imminent/i)
  expect(card.text).not.toContain('KARAMBA 50')
  expect(await it.bot.store.read.alerts.open()).toEqual([])
  const form = await card.click('Lancer une alerte').modal()
  expect(form.text).toContain('A KARAMBA 50 ARMED')
  await form.submit()
  const code = await codeIn(form)
  const { alert } = await recordOf(it, code)
  expect(alert).toMatchObject({
    urgency: 'imminent',
    placeId: 'karamba',
    threat: 'armed_movement',
    cameBy: 'sms',
  })
  expect(alert.what).toBe('Mouvement d’hommes armés, 50 personnes')
})

it('who is not called back in time goes up: field office, then operations centre; whoever had it hears so', async () => {
  const it = await scene()
  await ring(it)
  const card = await callbackOf(it, 'cla.karamba')
  await it.pass(10 * MINUTE)
  await card.expectText(/Aurait dû être rappelé/)
  expect(await toldDirectly(it, 'cla.karamba', /personne n’a encore rappelé/)).toHaveLength(1)
  await (await callbackOf(it, 'duty.karamba')).expectText(/A missed call to Karamba base/)
  expect(await toldDirectly(it, 'joc.watch', /C-/)).toEqual([])
  await it.pass(10 * MINUTE)
  expect(await toldDirectly(it, 'joc.watch', /Now it is yours/)).toHaveLength(1)
  await it.pass(10 * MINUTE)
  expect(await toldDirectly(it, 'joc.watch', /nobody is left above/)).toHaveLength(1)
})

it('where no liaison assistant is there the field office duty officer gets it at once', async () => {
  const it = await scene()
  await ring(it, { to: numbers.tashiro })
  await (await callbackOf(it, 'duty.tashiro')).expectText(/A missed call to Tashiro base/)
})

it('nobody answers: it is tried again at the time set, and nobody else is told before', async () => {
  const it = await scene()
  await ring(it)
  const card = await callbackOf(it, 'cla.karamba')
  const form = await card.click('Pas de réponse…').modal()
  await form.submit()
  await it.slack.settle()
  await card.expectText(/Nouvel essai prévu/)
  await it.pass(14 * MINUTE)
  expect(await toldDirectly(it, 'duty.karamba', /C-/)).toEqual([])
  await it.pass(2 * MINUTE)
  expect(await toldDirectly(it, 'cla.karamba', /il est temps de réessayer/)).toHaveLength(1)
})

it('what is no warning ends with a reason; the same number counts anew when it comes again', async () => {
  const it = await scene()
  await ring(it)
  const card = await callbackOf(it, 'cla.karamba')
  const form = await card.pick('callback.more', 'Pas un avertissement…').modal()
  await form.fill({ reason: 'faux numéro' })
  await form.submit()
  await it.slack.settle()
  await card.expectText(/Pas un avertissement\s: faux numéro/)
  await it.pass(60 * MINUTE)
  expect(await toldDirectly(it, 'duty.karamba', /C-/)).toEqual([])
  await ring(it)
  expect(await it.bot.store.read.callbacks.open()).toHaveLength(1)
})

it('a source with an open alert is offered to be added to it, and the alert stays one', async () => {
  const it = await scene()
  await text(it, 'A KARAMBA 50 ARMED')
  const first = await (await callbackOf(it, 'cla.karamba')).click('Lancer une alerte').modal()
  await first.submit()
  const code = await codeIn(first)
  await first.close()
  await it.pass(30 * MINUTE)
  await text(it, 'they burn houses')
  const card = await callbackOf(it, 'cla.karamba', /SMS à Karamba base.*02:30/)
  await card.expectText(/Une source que vous gardez : S-/)
  const shown = await card.click('Rappeler : voir le numéro').modal()
  expect(shown.text).toContain('they burn houses')
  const add = await shown.click(`Ajouter à ${code}`).modal()
  await add.fill({ what: 'Des maisons brûlent' })
  await add.submit()
  await it.slack.settle()
  await card.expectText(new RegExp(`Ajouté à ${code}`))
  expect(await it.bot.store.read.alerts.open()).toHaveLength(1)
  const { alert } = await recordOf(it, code)
  expect(await it.bot.store.read.sources.gradingsOf([alert.id])).toHaveLength(1)
})

it('unknown numbers stand apart in the list until somebody has said whose they are', async () => {
  const it = await scene()
  await ring(it)
  await ring(it, { from: numbers.other })
  const card = await callbackOf(it, 'cla.karamba')
  const whose = await card.pick('callback.more', 'À qui est ce numéro ?').modal()
  await whose.fill({ name: 'Amina du marché' })
  await whose.submit()
  await whose.close()
  const list = await it.slack.as('cla.karamba').in('#poc-north').command('/poc callbacks').modal()
  await list.expectText(/Numéros connus \(1\)/)
  await list.expectText(/Numéros inconnus \(1\)/)
  expect(list.text).not.toMatch(/Amina|77000000/)
})
