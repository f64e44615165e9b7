import { expect, it } from 'vitest'
import {
  cardIn,
  DAY,
  openScene,
  ownCard,
  raiseAlert,
  recordOf,
  type Scene,
  toldDirectly,
} from '../support/bot.ts'

const threatened = async (scene: Scene, code: string, more: Record<string, string> = {}) => {
  const details = await (await ownCard(scene, 'joc.watch', code)).pick('alert.more', 'Add details').modal()
  await details.fill({ Threat: 'Armed attack', ...more })
  await details.submit()
  await details.close()
  await scene.slack.settle()
}

it('a patrol that was there closes the alert; the community, the author and human rights hear of what follows', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'joc.watch')
  await threatened(scene, code)
  const card = await ownCard(scene, 'company.karamba', code)
  const respond = await card.click('Responding').modal()
  await respond.fill({ 'Who is going': 'Patrol Bravo' })
  await respond.submit()
  await respond.expectText(/Write down what is done/)
  await respond.close()
  await card.expectText(/Response\*: 🚶 on the way/)
  await card.click('On site')
  await card.expectText(/Response\*: 📍 on site/)
  const close = await card.click('Close').modal()
  expect(close.labels.join()).toMatch(/Patrol Bravo, since .*, there/)
  await close.fill({ outcome: 'Attack occurred', note: 'Two shops burnt, nobody hurt' })
  await close.submit()
  await close.expectText(/Record the incident/)
  await close.close()
  await scene.slack.settle()
  expect(await toldDirectly(scene, 'joc.watch', /The alert you raised.*Patrol Bravo/)).toHaveLength(1)

  const ask = await (await scene.slack.as('cla.karamba').withApp()).expectCard(/informer la communauté/)
  const told = await ask.click('Dangereux, car…').modal()
  await told.fill({ words: 'Des informateurs au marché' })
  await told.submit()
  await told.close()
  await ask.expectText(/Non informée, car ce n’est pas sans danger/)
  await (await cardIn(scene, 'joc.watch', '#poc-north', code)).expectThreadReply(
    /telling the community is not safe/,
  )

  await scene.pass(7 * DAY)
  const reprisals = await (await scene.slack.as('cla.karamba').withApp()).expectCard(/représailles/)
  const answer = await reprisals.click('Répondre').modal()
  await answer.fill({ answer: 'Des représailles ont été signalées', words: 'Menaces la nuit' })
  await answer.submit()
  await answer.close()
  await scene.slack.settle()
  await reprisals.expectNotText(/Menaces/)
  expect(await toldDirectly(scene, 'human.rights', /Reprisals were reported.*Menaces la nuit/)).toHaveLength(
    1,
  )
  for (const who of ['cla.karamba', 'joc.watch', 'duty.karamba', 'head.karamba'])
    expect([who, await toldDirectly(scene, who, /Menaces la nuit/)]).toEqual([who, []])
})

it('without a patrol the closing form says so, and takes the command decision in its place', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'joc.watch')
  await threatened(scene, code)
  const close = await (await ownCard(scene, 'joc.watch', code))
    .pick('alert.more', 'Close with outcome')
    .modal()
  await close.expectText(/Physical protection was needed here, and none is on record/)
  await close.fill({ outcome: 'Attack occurred', note: 'Nobody could cross the river' })
  await close.submit().expectErrors({ commandReason: /./ })
  await close.fill({
    'Command that decided': 'Battalion operations',
    'Its reason': 'No access: road, river or weather',
    'What it decided, and what was done instead': 'Patrol at first light',
  })
  await close.submit()
  await scene.slack.settle()
  const { alert, acts } = await recordOf(scene, code)
  expect(alert.lifecycle).toBe('closed')
  expect(acts.map(({ kind }) => kind)).toContain('command')
  const card = await cardIn(scene, 'sector.north', '#poc-north', code)
  await card.expectThreadReply(/Battalion operations.*decided by command.*No access.*Patrol at first light/)
})

it('where State forces are alleged the authorities are not told, and who must decide is asked', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'joc.watch')
  await threatened(scene, code, { 'Alleged perpetrators': 'State forces' })
  const open = async (who: string, more: string) =>
    (await ownCard(scene, who, code)).pick('alert.more', more).modal()
  const held = await open('duty.karamba', 'Told the authorities')
  await held.expectText(/may not be told of this alert yet/)
  expect(held.text).not.toMatch(/alleged: State forces/)
  await held.close()
  const card = await cardIn(scene, 'head.karamba', '#poc-north', code)
  const head = await card.pick('alert.more', 'Told the authorities').modal()
  await head.fill({ allows: 'Elles peuvent être informées', why: 'Le commandant local coopère' })
  await head.submit()
  await head.close()
  await scene.slack.settle()
  const { alert } = await recordOf(scene, code)
  const { read } = scene.bot.store
  expect((await read.authorities.decisionsOf([alert.id])).map(({ decider }) => decider)).toEqual([
    'head_of_office',
  ])
  const asked = await scene.slack.as('human.rights').expectDirectMessage(/may the authorities be told/)
  const theirs = await asked.click('Decide').modal()
  await theirs.expectText(/Your decision as Human rights/)
  expect(await read.authorities.tellingsOf([alert.id])).toEqual([])
  await theirs.fill({ allows: 'They may be told', why: 'No police stand there' })
  await theirs.submit()
  await theirs.close()
  await scene.slack.settle()
  const heard = await toldDirectly(scene, 'head.karamba', /peuvent-elles être informées/)
  expect(heard).toHaveLength(1)
  expect(heard[0]).toMatch(/Tous l’ont autorisé/)
  expect(heard[0]).not.toMatch(/Votre décision/)
})

it('an incident nobody had warned of is recorded, listed and sent as a file', async () => {
  const scene = await openScene()
  const warned = await raiseAlert(scene, 'joc.watch')
  const form = await scene.slack.as('duty.karamba').command('/poc-alert incident').modal()
  await form.choose('place', 'Karamba market', 'Karamba market')
  await form.fill({ subType: 'Attack', Killed: '2', what: 'Shots in the market' })
  await form.submit()
  await form.expectText(/Recorded as N-/)
  const [code = ''] = /N-[0-9A-Z]{4}/.exec(form.text) ?? []
  await form.fill({ alerts: [warned] })
  await form.submit()
  await scene.slack.settle()
  const card = await scene.slack.as('joc.watch').in('#poc-north').expectCard(new RegExp(code))
  await card.expectText(/2 killed/)
  await card.expectText(new RegExp(`Warned, and not answered.*${warned}`))
  await scene.slack.as('joc.watch').command('/poc-alert incidents')
  await scene.slack.as('joc.watch').expectEphemeral(/Warned, and not answered/)
  await scene.slack.as('joc.watch').command('/poc-alert incidents csv')
  await scene.slack.as('joc.watch').expectEphemeral(/comes to you by direct message/)
  await scene.slack.settle()
  expect(await toldDirectly(scene, 'joc.watch', /One incident that you may read/)).toHaveLength(1)
})

it('a warning that begins with the word “incident” still opens the form of an alert', async () => {
  const scene = await openScene()
  const form = await scene.slack
    .as('duty.karamba')
    .command('/poc-alert incident at the ford, two dead')
    .modal()
  await form.expectText(/Raise an alert/)
})
