/**
 * "Half a mile" (script X-01): armed men enter a town eight hundred metres from a base, three people ring within hours,
 * and those who should answer are silent. A crisis forum is
 * called and, when it is over, reviewed; a team to the town is proposed. Each phase leaves the scene as the next one finds it.
 */
import { expect, it } from 'vitest'
import {
  cardIn,
  codeIn,
  DAY,
  HOUR,
  MINUTE,
  openScene,
  ownCard,
  raiseAlert,
  type Scene,
  toldDirectly,
} from '../support/bot.ts'
import { numbers, openDoors, ring } from '../support/field.ts'

const third = '+999770000003'
/** Eight hundred metres west of Karamba base. */
const POSITION = '-7.1000, -9.2072'
/** Where the crisis forum meets. */
const ROOM = 'C0JOCWATCH'
const crisis = (scene: Scene) =>
  scene.slack
    .as('joc.watch')
    .in(ROOM)
    .expectCard(/Called in/)

/** The liaison assistant calls back and raises in words of their own; the receipt stays open. */
async function calledBack(scene: Scene, from: string, what: string) {
  await ring(scene, { from })
  const call = await (await scene.slack.as('cla.karamba').withApp()).expectCard(/C-[0-9A-Z]{4}/)
  const form = await call.click('Lancer une alerte').modal()
  await form.fill({ what, urgency: 'imminent' })
  await form.choose('place', POSITION, POSITION)
  await form.submit()
  return form
}

/** Three calls from three people, and a civilian section's own word: one alert, each report with its own source. */
async function warned(scene: Scene): Promise<string> {
  const receipt = await calledBack(scene, numbers.amina, 'Des hommes armés entrent dans la ville')
  const code = await codeIn(receipt)
  await receipt.close()
  await scene.slack.settle()
  for (const owner of ['company.karamba', 'duty.karamba']) await ownCard(scene, owner, code)
  const card = await cardIn(scene, 'joc.watch', '#poc-north', code)
  await card.expectText(/0\.8 km west of Karamba base/)
  for (const [from, what] of [
    [numbers.other, 'Ils pillent le marché'],
    [third, 'Les familles fuient vers la rivière'],
  ] as const) {
    await scene.pass(20 * MINUTE)
    const again = await calledBack(scene, from, what)
    await again.click(`C’est la même que ${code}`)
    await again.close()
    await scene.slack.settle()
  }
  const form = await scene.slack.as('civil.affairs').command('/poc-alert armed men at Karamba market').modal()
  await form.fill({ Urgency: 'Imminent' })
  await form.submit()
  await form.click(`This is the same as ${code}`)
  await form.close()
  await scene.slack.settle()
  await card.expectText(/4 reports/)
  await card.expectText(/3 independent sources/)
  const reports = await card.pick('alert.more', 'Reports, and joining alerts').modal()
  await reports.expectText(/Ils pillent le marché/)
  await reports.close()
  return code
}

/** Nobody acknowledged: battalion, sector and force on one side, the heads of office and the leadership on the other. */
async function escalated(scene: Scene, code: string): Promise<void> {
  for (const above of ['battalion.north', 'sector.north', 'force.hq', 'head.karamba', 'mission.leadership'])
    await ownCard(scene, above, code)
  await ownCard(scene, 'joc.watch', code)
  await (await cardIn(scene, 'joc.watch', '#poc-north', code)).expectThreadReply(/not acknowledged yet/)
}

/** A patrol is asked of the battalion, which says no: not without a reason. */
async function patrolDeclined(scene: Scene, code: string): Promise<void> {
  const form = await (await ownCard(scene, 'sector.north', code)).pick('More…', 'Task somebody').modal()
  await form.choose('to', 'Battalion op', 'Battalion operations, Sector North')
  await form.fill({
    result: 'A patrol stands at the market until it is calm',
    dueAt: Math.floor((scene.clock.now() + 3 * HOUR) / 1000),
  })
  await form.submit()
  const [tasking = ''] = /T-[0-9A-Z]{4}/.exec(form.text) ?? []
  await form.close()
  await scene.slack.settle()
  const card = await cardIn(scene, 'joc.watch', '#poc-north', code)
  await card.expectText(/Response\*?: .*tasked/)
  const given = await (await scene.slack.as('battalion.north').withApp()).expectCard(
    new RegExp(`${tasking} · `),
  )
  const decline = await given.click('Décliner').modal()
  await decline.fill({ words: 'Both patrols are north of the river' })
  await decline.submit()
  await decline.close()
  await scene.slack.settle()
  const above = await (await scene.slack.as('sector.north').withApp()).expectCard(new RegExp(`${tasking} · `))
  await above.expectText(/Both patrols are north of the river/)
  await card.expectNotText(/Response\*?: .*tasked/)
}

/** The posts are called into one thread about the alert: who has not answered is named, and decisions have a decider. */
async function crisisCalled(scene: Scene, code: string): Promise<void> {
  const { slack } = scene
  const form = await (await cardIn(scene, 'joc.watch', '#poc-north', code))
    .pick('More…', 'Call a crisis forum')
    .modal()
  await form.expectText(new RegExp(code))
  await form.fill({ situation: 'Armed men in the town, eight hundred metres from the base', channel: ROOM })
  await form.submit()
  await form.expectText(/F-[0-9A-Z]{4}/)
  await form.close()
  await slack.settle()
  await (await (await slack.as('force.hq').withApp()).expectCard(/Called in/)).click('I am there')
  await slack.settle()
  const card = await crisis(scene)
  await card.expectText(/Force HQ duty officer: there since/)
  await card.expectText(/Civil affairs: has not answered/)
  const log = await slack
    .as('joc.watch')
    .in(ROOM)
    .expectCard(/decisions and tasks/)
  const decision = await log.click('Bring in…').modal()
  await decision.fill({ mark: 'decision', text: 'Both patrols turn back to the town', decider: 'force_hq' })
  await decision.submit()
  await decision.close()
  await slack.settle()
  await log.expectText(/Both patrols turn back to the town.*decided by Force HQ duty officer/)
}

/** The town goes on the list of places; a team to it is proposed from the alert, and those it asks read for which days. */
async function teamProposed(scene: Scene, code: string): Promise<void> {
  const { slack } = scene
  const listed = await slack.as('poc.adviser').command('/poc-hotspot new Karamba market').modal()
  await listed.fill({ kind: 'market', threats: ['armed_attack'] })
  await listed.submit()
  await listed.close()
  await slack.settle()
  const form = await (await cardIn(scene, 'poc.adviser', '#poc-north', code))
    .pick('alert.more', 'Propose a team to go there')
    .modal()
  expect(form.value('hotspot')).toMatch(/Karamba market/)
  expect(form.value('why')).toContain(code)
  await form.fill({ why: 'Four warnings within hours', sections: ['civil_affairs', 'human_rights'] })
  await form.submit()
  const [team = ''] = /J-[0-9A-Z]{4,5}/.exec(form.text) ?? []
  await form.close()
  await slack.settle()
  const head = await (await slack.as('head.karamba').withApp()).expectCard(new RegExp(`${team} · `))
  await head.expectText(new RegExp(`Issue de l’alerte\\*?\\s${code}`))
  await head.click('Retenir')
  await slack.settle()
  const asked = await (await slack.as('civil.affairs').withApp()).expectCard(new RegExp(`${team} · `))
  await asked.expectText(/You are asked whom you send for Civil affairs/)
  await asked.expectText(/Planned for/)
}

/** A lesser alert is newer; the digest begins with the one nobody answered. */
async function firstInDigest(scene: Scene, code: string): Promise<void> {
  const lesser = await raiseAlert(scene, 'joc.watch', { what: 'A quarrel at the well', urgency: 'tension' })
  const digest = await scene.slack.as('joc.watch').command('/poc-digest').expectEphemeral(new RegExp(code))
  expect(digest.text.indexOf(code)).toBeGreaterThan(-1)
  expect(digest.text.indexOf(code)).toBeLessThan(digest.text.indexOf(lesser))
}

/** It happened. The community is to be told, the incident stands as warned of and not answered. */
async function learntFrom(scene: Scene, code: string): Promise<void> {
  const close = await (await ownCard(scene, 'joc.watch', code))
    .pick('alert.more', 'Close with outcome')
    .modal()
  await close.fill({ outcome: 'Attack occurred', note: 'Forty houses burnt; nobody came' })
  await close.submit()
  await close.expectText(/Physical protection was needed here, and none is on record/)
  await close.fill({
    'Command that decided': 'Force HQ duty officer',
    'Its reason': 'No patrol or vehicle available',
    'What it decided, and what was done instead': 'Both patrols were north of the river',
  })
  await close.submit()
  const form = await close.click('Record the incident').modal()
  await form.fill({ subType: 'Attack', Killed: '40', what: 'Armed men burnt houses' })
  await form.submit()
  await form.expectText(/Recorded as N-/)
  await scene.slack.settle()
  expect(await toldDirectly(scene, 'cla.karamba', /informer la communauté/)).not.toEqual([])
  const [incident] = await scene.bot.store.read.incidents.newest(1)
  const card = await scene.slack.as('joc.watch').in('#poc-north').expectCard(new RegExp(incident!.code))
  await card.expectText(/Warned, and not answered/)
}

/** The forum stands down and owes a review, which ends with a lesson, whose it is and by when. */
async function reviewed(scene: Scene): Promise<void> {
  const { slack } = scene
  const down = await (await crisis(scene)).click('Stand down…').modal()
  await down.fill({ why: 'The armed men left; the houses are burnt' })
  await down.submit()
  await down.close()
  await slack.settle()
  await (await crisis(scene)).expectText(/review is owed by/)
  const review = await (await crisis(scene)).click('Hold the review…').modal()
  await review.fill({
    worked: 'Four reports became one alert',
    failed: 'Both owners were silent, and nobody else was near',
    lesson0: 'Keep one patrol within an hour of the base',
    owner0: 'sector_operations',
    due0: Math.floor((scene.clock.now() + 14 * DAY) / 1000),
  })
  await review.submit()
  await review.close()
  await slack.settle()
  await (await crisis(scene)).expectText(/Keep one patrol within an hour of the base \(Sector operations, by/)
}

it('three warnings half a mile from a base are one alert that climbs, is chased, answered for and learnt from', async () => {
  const scene = await openScene({ env: openDoors })
  const code = await warned(scene)
  await escalated(scene, code)
  await crisisCalled(scene, code)
  await patrolDeclined(scene, code)
  await teamProposed(scene, code)
  await firstInDigest(scene, code)
  await learntFrom(scene, code)
  await reviewed(scene)
}, 240_000)
