import { expect, it } from 'vitest'
import { DAY, HOUR, MINUTE, openScene, raiseAlert, type Scene, toldDirectly } from '../support/bot.ts'

const ROOM = '#joc-watch'
/** Calls a crisis forum about an alert, from its card, and returns its code. */
async function called(scene: Scene, alert: string): Promise<string> {
  const card = await scene.slack.as('joc.watch').in('#joc-watch').expectCard(new RegExp(alert))
  const form = await card.pick('More…', 'Call a crisis forum').modal()
  await form.expectText(new RegExp(alert))
  await form.fill({
    situation: 'Fighting near the base; people are coming into the site. Components report apart.',
    channel: 'C0JOCWATCH',
  })
  await form.submit()
  await form.expectText(/F-[0-9A-Z]{4}/)
  const [code = ''] = /F-[0-9A-Z]{4}/.exec(form.text) ?? []
  await form.close()
  await scene.slack.settle()
  return code
}

it('X-03: a crisis from its call-in to its review: who is missing is named, decisions have a decider and a time, and it closes with what was learned', async () => {
  const scene = await openScene()
  const { slack } = scene
  const alert = await raiseAlert(scene, 'duty.karamba', { urgency: 'happening_now' })
  expect(await called(scene, alert)).toMatch(/F-/)
  const card = () =>
    slack
      .as('joc.watch')
      .in(ROOM)
      .expectCard(/Called in/)

  // Everybody is called by post; who has not answered, and which post nobody stands, is named.
  const atForce = await (await slack.as('force.hq').withApp()).expectCard(/Called in/)
  await atForce.click('I am there')
  await slack.settle()
  const police = await (await slack.as('police.hq').withApp()).expectCard(/Called in/)
  await police.click('Cannot')
  await slack.settle()
  await (await card()).expectText(/Force HQ duty officer: there since/)
  await (await card()).expectText(/Police HQ operations: cannot/)
  await (await card()).expectText(/Civil affairs: has not answered/)

  // One log of decisions, each with the post that decided and its time; agencies are asked, never ordered.
  const log = await slack
    .as('joc.watch')
    .in(ROOM)
    .expectCard(/decisions and tasks/)
  const say = await log.click('Bring in…').modal()
  await say.fill({
    mark: 'decision',
    text: 'Troops hold the outer gate, police the inner one',
    decider: 'force_hq',
  })
  await say.submit()
  await say.close()
  await slack.settle()
  await log.expectText(/Troops hold the outer gate.*decided by Force HQ duty officer, 23 Nov/)
  await (await card()).expectText(/asked, never ordered/)

  // One joint plan: the site's outer and inner lane, what waits for what, and who has no step.
  const begin = await (await card()).click('Joint plan…').modal()
  await begin.fill({ goal: 'People in the site are safe tonight' })
  await begin.submit()
  await begin.close()
  await slack.settle()
  const plan = await slack
    .as('joc.watch')
    .in(ROOM)
    .expectCard(/K-[0-9A-Z]{4} · Joint plan/)
  const add = async (fields: Record<string, unknown>) => {
    const form = await plan.click('Add step…').modal()
    await form.fill({
      fromAt: Math.floor((scene.clock.now() + HOUR) / 1000),
      toAt: Math.floor((scene.clock.now() + 12 * HOUR) / 1000),
      kind: 'work',
      ...fields,
    } as never)
    return form
  }
  const stepped = async (fields: Record<string, unknown>) => {
    const form = await add(fields)
    await form.submit()
    await form.close()
    await slack.settle()
  }
  await stepped({ what: 'Hold the outer gate', post: 'force_hq', tier: '2', lane: 'external' })
  await stepped({
    what: 'Separate fighters from families at the inner gate',
    ...{ post: 'police_hq', tier: '2', lane: 'internal', after: ['1'] },
  })
  const taken = await add({ what: 'Evacuate families', post: 'force_hq', tier: '1', kind: 'evacuation' })
  expect(JSON.stringify(await taken.submit().expectErrors())).toMatch(/for agencies or NGOs to decide/)
  await taken.fill({ post: 'un_agency' })
  await taken.submit()
  await taken.close()
  await slack.settle()
  await plan.expectText(/Outside the POC site.*Hold the outer gate/s)
  await plan.expectText(/Inside the POC site.*Separate fighters.*after step 1/s)
  await plan.expectText(/Evacuate families.*asked of UN agencies.*agencies decide/s)
  await plan.expectText(/without a step: .*Civil affairs/)
  await plan.click('Ask for comments')
  await slack.settle()
  await (await (await slack.as('force.hq').withApp()).expectCard(/Joint plan/)).click('Agree')
  await slack.settle()
  const atPolice = await (await slack.as('police.hq').withApp()).expectCard(/Joint plan/)
  const objects = await atPolice.click('Object or comment…').modal()
  await objects.fill({ answer: 'object', words: 'Searches need women officers' })
  await objects.submit()
  await objects.close()
  await slack.settle()
  await plan.expectText(/Police HQ operations: objects/)
  await atPolice.click('Agree')
  await slack.settle()
  await plan.expectText(/Agreed by each component/)
  await plan.expectText(/objected on .*Searches need women officers/)
  await plan.click('Start')
  await slack.settle()
  await plan.expectText(/Under way/)
  await plan.expectText(/T-[0-9A-Z]{4}/)

  // It meets again at a time somebody said, and is told then; the shift is handed over with a note.
  await (await card()).pick('Meet again…', 'in 30 min')
  await slack.settle()
  await scene.pass(31 * MINUTE)
  await (await card()).expectThreadReply(/meets now/)
  const hand = await (await card()).click('Hand over the shift…').modal()
  await hand.fill({ to: 'force.hq', note: 'Gates held; water comes at six' })
  await hand.submit()
  await hand.close()
  await slack.settle()
  expect(await toldDirectly(scene, 'force.hq', /you lead the shift from now on. Gates held/)).toHaveLength(1)

  // It stands down, and its review is owed until it is held.
  await scene.pass(8 * HOUR)
  const down = await atForce.click('Stand down…').modal()
  await down.fill({ why: 'The fighting moved off; nobody was harmed at the site' })
  await down.submit()
  await down.close()
  await slack.settle()
  await (await card()).expectText(/review is owed by/)
  await scene.pass(8 * DAY)
  expect((await toldDirectly(scene, 'force.hq', /review has been owed since/)).length).toBeGreaterThan(0)

  const review = await atForce.click('Hold the review…').modal()
  await review.fill({ worked: 'One log for all', failed: 'Civil affairs was never reached' })
  expect(JSON.stringify(await review.submit().expectErrors())).toMatch(/No lesson, because/)
  await review.fill({
    lesson0: 'Keep an alternate for civil affairs',
    owner0: 'civil_affairs',
    due0: Math.floor((scene.clock.now() + 14 * DAY) / 1000),
  })
  await review.submit()
  await review.close()
  await slack.settle()
  await (await card()).expectText(/Keep an alternate for civil affairs \(Civil affairs, by/)
  await slack.as('joc.watch').command('/poc-group')
  await slack.as('joc.watch').expectEphemeral(/0 groups you may read/)
})
