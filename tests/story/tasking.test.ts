import { expect, it } from 'vitest'
import { DAY, HOUR, openScene, ownCard, raiseAlert, type Scene, toldDirectly } from '../support/bot.ts'

const CODE = /T-[0-9A-Z]{4}/

interface Given {
  to: string
  role?: string
  result?: string
  inHours?: number
  steps?: string
}

async function fillTasking(scene: Scene, form: Awaited<ReturnType<typeof ownModal>>, given: Given) {
  await form.choose('to', given.to.slice(0, 12), given.to)
  // What else is asked depends on who it is for.
  await scene.slack.settle()
  if (given.role) await form.fill({ role: given.role })
  const due = Math.floor((scene.clock.now() + (given.inHours ?? 30) * HOUR) / 1000)
  await form.fill({
    result: given.result ?? 'The ford is watched until the market ends',
    dueAt: due,
    ...(given.steps ? { steps: given.steps } : {}),
  })
}

const ownModal = (scene: Scene, who: string, text = '/poc-task new') =>
  scene.slack.as(who).command(text).modal()

/** Gives or asks by the command's form; the code. */
async function give(scene: Scene, who: string, given: Given): Promise<string> {
  const form = await ownModal(scene, who)
  await fillTasking(scene, form, given)
  await form.submit()
  const code = CODE.exec(form.text)?.[0] ?? ''
  expect(code).not.toBe('')
  await form.close()
  await scene.slack.settle()
  return code
}

const cardOf = async (scene: Scene, who: string, code: string) =>
  (await scene.slack.as(who).withApp()).expectCard(new RegExp(`${code} · `))

it('a tasking from an alert is declined, climbs, is taken on, blocked, and done with its result for civilians', async () => {
  const scene = await openScene()
  const alert = await raiseAlert(scene, 'cla.karamba')
  const card = await ownCard(scene, 'sector.north', alert)
  const form = await card.pick('More…', 'Task somebody').modal()
  await form.expectText(new RegExp(`Comes from ${alert}`))
  await fillTasking(scene, form, { to: 'Battalion operations, Sector North', inHours: 5 })
  await form.submit()
  const code = CODE.exec(form.text)?.[0] ?? ''
  await form.close()
  await scene.slack.settle()

  const decline = await (await cardOf(scene, 'battalion.north', code)).click('Décliner').modal()
  await decline.fill({ words: 'Both patrols are north of the river' })
  await decline.submit()
  await decline.close()
  await scene.slack.settle()

  const above = await cardOf(scene, 'sector.north', code)
  await above.expectText(/Both patrols are north of the river/)
  await above.click('Take it on myself')
  await scene.slack.settle()
  const block = await (await cardOf(scene, 'sector.north', code)).click('Blocked').modal()
  await block.fill({ words: 'The ferry is out' })
  await block.submit()
  await block.close()
  await scene.slack.settle()
  await (await cardOf(scene, 'sector.north', code)).click('Go on')
  await scene.slack.settle()
  const done = await (await cardOf(scene, 'sector.north', code)).click('Done').modal()
  await done.fill({ words: 'Two hundred people crossed unharmed' })
  await done.submit()
  await done.close()
  await scene.slack.settle()
  await scene.slack
    .as('joc.watch')
    .in('#poc-north')
    .expectCard(/1 tasking, 1 done/)
  await (await cardOf(scene, 'battalion.north', code)).expectText(/Two hundred people crossed unharmed/)
})

it('an NGO of another workspace answers a request from its card; its no needs no reason, and nobody else learns of it', async () => {
  const scene = await openScene()
  const code = await give(scene, 'poc.adviser', { to: 'NGOs', result: 'Water reaches the school in Orro' })
  // Slack need not let a bot write to somebody of another workspace: whoever asked learns that, and they look in the forum.
  expect(await toldDirectly(scene, 'poc.adviser', /cannot write to NGOs directly/)).toHaveLength(1)
  const forum = scene.slack.as('ngo').in('#protection-forum')
  await (await forum.expectCard(/UNMOB and partners/)).click('What waits for me')
  const waiting = await scene.slack.as('ngo').expectEphemeral(/1 tasking or request waits for you/)
  expect(JSON.stringify(waiting)).not.toMatch(/due \d/)
  await waiting.click('Show')
  const card = await scene.slack.as('ngo').expectEphemeral(/You are asked, not tasked/)
  const decline = await card.click('Decline').modal()
  await decline.expectText(/You need not say why/)
  await decline.submit()
  await decline.expectText(/you declined, and whoever asked is told/)
  await decline.close()
  await scene.slack.settle()
  expect(
    await toldDirectly(scene, 'poc.adviser', new RegExp(`${code} is not possible for them now`)),
  ).toHaveLength(1)

  await scene.pass(3 * DAY)
  const everything = JSON.stringify(
    [...scene.slack.workspace.state.channels.keys()].flatMap(id => scene.slack.workspace.state.messages(id)),
  )
  for (const word of ['refused', 'Refused', `${code} is late`, 'late by'])
    expect(everything).not.toContain(word)
  const list = await scene.slack.as('joc.watch').command('/poc-task list all').modal()
  await list.expectText(/0 found/)
  await list.close()
  await scene.slack.as('mission.leadership').command('/poc-task scorecard')
  await scene.slack.as('mission.leadership').expectEphemeral(/Declined 0/)
  await scene.slack.as('mission.leadership').expectEphemeral(/Nothing was offered to it/)
})

it('reminders wait for the morning, come in one message, can be put off, and an overdue tasking climbs its own ladder', async () => {
  const scene = await openScene({ start: '2026-11-23T08:00:00Z' })
  const first = await give(scene, 'force.hq', { to: 'Company duty officer, Sector North', inHours: 37 })
  const second = await give(scene, 'force.hq', { to: 'Company duty officer, Sector North', inHours: 38 })
  // Both are due a day later at 23:00 and 00:00 in Lusaka; the evening before is quiet, so the morning tells both.
  await scene.pass(15 * HOUR)
  expect(await toldDirectly(scene, 'company.karamba', /things to look at/)).toHaveLength(0)
  await scene.pass(6 * HOUR)
  const told = await toldDirectly(scene, 'company.karamba', /2 things to look at/)
  expect(told).toHaveLength(1)
  for (const code of [first, second]) expect(told[0]).toContain(code)

  const morning = await (await scene.slack.as('company.karamba').withApp()).expectCard(/2 things to look at/)
  await morning.pick('Remind me later', 'In an hour')
  await scene.slack.as('company.karamba').expectEphemeral(/Reminders put off until/)
  const snooze = await (await cardOf(scene, 'company.karamba', first))
    .pick('More…', 'Remind me later')
    .modal()
  await snooze.fill({ until: 'monday' })
  await snooze.submit()
  await snooze.close()
  await scene.slack.settle()
  await (await cardOf(scene, 'company.karamba', first)).expectText(/Reminders put off until/)

  await scene.pass(2 * DAY)
  // What was put off is late all the same: only the one who put it off hears nothing of it.
  for (const code of [first, second])
    expect(await toldDirectly(scene, 'battalion.north', new RegExp(`${code} est en retard`))).not.toEqual([])
  const reminded = await toldDirectly(scene, 'company.karamba', new RegExp(`to look at.*${first}`, 's'))
  expect(reminded.length).toBeLessThanOrEqual(2)
})

it('what headquarters has says since when, and is chased by whoever referred it until it answers', async () => {
  const scene = await openScene()
  const code = await give(scene, 'force.hq', { to: 'Company duty officer, Sector North', inHours: 40 })
  const refer = await (await cardOf(scene, 'force.hq', code))
    .pick('More…', 'Referred to headquarters')
    .modal()
  await refer.fill({ words: 'Only New York can give a second helicopter' })
  await refer.submit()
  await refer.close()
  await scene.slack.settle()
  await (await cardOf(scene, 'force.hq', code)).expectText(
    /ask there how it stands.*With headquarters since/s,
  )
  await (await cardOf(scene, 'company.karamba', code)).expectText(
    /you are asked again when they have answered/,
  )
  await scene.pass(7 * DAY + 5 * HOUR)
  expect(await toldDirectly(scene, 'force.hq', /With headquarters for 7 d/)).toHaveLength(1)
  const answered = await (await cardOf(scene, 'force.hq', code))
    .pick('More…', 'Headquarters has answered')
    .modal()
  await answered.submit()
  await answered.close()
  await scene.slack.settle()
  await (await cardOf(scene, 'company.karamba', code)).expectText(/You answer for this if you accept it/)
})

it('steps that stay open are said before it is done, and stand as not done on its card', async () => {
  const scene = await openScene()
  const steps = 'Agree when to leave\nPatrol both roads (after 1)'
  const code = await give(scene, 'force.hq', { to: 'Company duty officer, Sector North', steps })
  await (await cardOf(scene, 'company.karamba', code)).pick('More…', 'Step done: 1. Agree when to leave')
  await scene.slack.settle()
  const done = await (await cardOf(scene, 'company.karamba', code)).click('Done').modal()
  await done.expectText(/Step 2 is not marked as done/)
  await done.fill({ words: 'All are home' })
  await done.submit()
  await done.close()
  await scene.slack.settle()
  await (await cardOf(scene, 'force.hq', code)).expectText(/2\. Patrol both roads.*not marked as done/)
})

it('what was offered instead and agreed to is called so; a code that shows no tasking is answered, not listed', async () => {
  const scene = await openScene()
  const code = await give(scene, 'poc.adviser', { to: 'UN agencies', result: 'Shelter for those who fled' })
  const counter = await (await cardOf(scene, 'ocha', code)).click('Offer something else').modal()
  await counter.fill({ words: 'Sheeting for forty families' })
  await counter.submit()
  await counter.close()
  await scene.slack.settle()
  await (await cardOf(scene, 'ocha', code)).expectText(/You offered something else/)
  const asked = await cardOf(scene, 'poc.adviser', code)
  await asked.expectText(/agree to it, or cancel what you asked/)
  await asked.click('Agree to what is offered')
  await scene.slack.settle()
  await (await cardOf(scene, 'ocha', code)).expectText(/Agreed instead/)
  await (await cardOf(scene, 'ocha', code)).expectText(/You agreed to this/)
  await scene.slack.as('force.hq').command('/poc-task T-ZZZZ')
  await scene.slack.as('force.hq').expectEphemeral(/nothing under this code/)
})
