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
  const [code = ''] = /K-[0-9A-Z]{4}/.exec(plan.text) ?? []
  await slack
    .as('joc.watch')
    .command(`/poc-group ${code}`)
    .expectEphemeral(/Joint plan.*People in the site/s)
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
    // Nobody had agreed to the draft, so nothing is said of agreeing again.
    await form.expectText(/The step stands in K-[0-9A-Z]{4}\.$/)
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
  expect((await slack.as('force.hq').withApp()).cards(/review has been owed since/)).not.toEqual([])

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

it('X-03: the same is practised at the table: alerts and events by a script, apart from what is real, and compared with the last time', async () => {
  const scene = await openScene()
  const { slack } = scene
  const live = slack.as('joc.watch').in(ROOM)
  const card = async (title: RegExp) => (await slack.as('joc.watch').withApp()).expectCard(title)

  const titled = (code: string) => new RegExp(`EXERCISE · ${code}`)

  /** Plays the script once; whoever is named answers what the crowd at the gate asks of them. */
  const played = async (name: string, answering: readonly string[]): Promise<string> => {
    const form = await slack.as('joc.watch').command('/poc-group exercise new').modal()
    await form.fill({ name, script: 'Shots near the base' })
    expect(JSON.stringify(await form.submit().expectErrors())).toMatch(/no time in front/)
    await form.fill({ script: '+0 Karamba: Shots near the base\n+15 A crowd is at the gate of the site' })
    await form.submit()
    // The receipt says how the script was read: a place that nobody knows would raise no alert.
    await form.expectText(/Alerts in its script: 1\. Told to everybody who takes part: 1\./)
    const [code = ''] = /X-[0-9A-Z]{4}/.exec(form.text) ?? []
    await form.close()
    await slack.settle()
    const at = titled(code)
    await (await card(at)).click('Start it')
    await slack.settle()

    // What it raises is an alert of the real owners, told to no live channel.
    const owner = await (await slack.as('company.karamba').withApp()).expectCard(/EXERCISE · A-[0-9A-Z]{4}/)
    await live.expectNoMessage(/EXERCISE/)
    if (answering.length > 0) await owner.click('Acknowledge')
    await scene.pass(16 * MINUTE)
    // A line in its thread stands alone on a telephone: it says that it is played.
    if (answering.length === 0) {
      const climbed = await (await slack.as('sector.north').withApp()).expectCard(/EXERCISE · A-[0-9A-Z]{4}/)
      await climbed.expectThreadReply(/^EXERCISE · ⬆️/)
    }
    for (const who of answering) {
      const told = await (await slack.as(who).withApp()).expectMessage(/EXERCISE · A crowd is at the gate/)
      const answer = await told.click('What we would do…').modal()
      await answer.fill({ words: 'Open the outer yard, close the inner gate' })
      await answer.submit()
      await answer.close()
    }
    await slack.settle()
    await (await card(at)).click('End it')
    await slack.settle()
    // Nothing had been raised in error: its alert says that the exercise ended.
    await owner.expectText(/The exercise ended\. Taken back/)
    await owner.expectNotText(/in error/)
    return code
  }

  const first = await played('Fighting near the base', [])
  await (await card(titled(first))).expectText(/Did not take part: .*Force HQ duty officer/)
  const second = await played('Fighting near the base, again', ['force.hq', 'police.hq'])
  const result = await card(titled(second))
  await result.expectText(/Alerts acknowledged by their owners: 1 of 2.*/)
  await result.expectText(new RegExp(`${first}: 0 of 2`))
  await result.expectText(/Force HQ duty officer: Open the outer yard/)
  await result.expectText(/Did not take part: .*Civil affairs/)

  // Its review is owed until it is held, and closes it with lessons that somebody has.
  const review = await result.click('Hold the review…').modal()
  await review.fill({ worked: 'Both gates were held', failed: 'Civil affairs was not at the table' })
  expect(JSON.stringify(await review.submit().expectErrors())).toMatch(/No lesson, because/)
  await review.fill({
    lesson0: 'Name an alternate for civil affairs',
    owner0: 'civil_affairs',
    due0: Math.floor((scene.clock.now() + 14 * DAY) / 1000),
  })
  await review.submit()
  await review.close()
  await slack.settle()
  await (await card(titled(second))).expectText(/Name an alternate for civil affairs \(Civil affairs, by/)
})
