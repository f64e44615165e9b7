import { expect, it } from 'vitest'
import { DAY, HOUR, MINUTE, openScene, type Scene, toldDirectly } from '../support/bot.ts'

const CODE = /J-[0-9A-Z]{4,5}/

async function listHotspot(scene: Scene): Promise<string> {
  const form = await scene.slack.as('poc.adviser').command('/poc-hotspot new Karamba market').modal()
  await form.fill({ kind: 'market', threats: ['armed_attack'] })
  await form.submit()
  const [code = ''] = /H-[0-9A-Z]{4,5}/.exec(form.text) ?? []
  await form.close()
  await scene.slack.settle()
  return code
}

const dayOf = (scene: Scene, ahead: number) =>
  new Date(scene.clock.now() + ahead * DAY).toISOString().slice(0, 10)

const cardOf = async (scene: Scene, person: string, code: string) =>
  (await scene.slack.as(person).withApp()).expectCard(new RegExp(`${code} · `))

type Form = Awaited<ReturnType<ReturnType<Awaited<ReturnType<typeof cardOf>>['click']>['modal']>>

/** Fills a form in and sends it; what it answers is its receipt. */
async function send(scene: Scene, form: Form, values: Parameters<Form['fill']>[0]): Promise<void> {
  await form.fill(values)
  await form.submit()
  await form.close()
  await scene.slack.settle()
}

/** Proposed from a gap by the adviser, taken up by the head of office. */
async function takenUp(scene: Scene): Promise<string> {
  await listHotspot(scene)
  await scene.slack.as('poc.adviser').command('/poc-hotspot gaps')
  const gaps = await scene.slack.as('poc.adviser').expectEphemeral(/Karamba market/)
  const form = await gaps.click('Propose a team').modal()
  expect(form.value('why')).toMatch(/No visit of civilian staff is on record/)
  await form.fill({
    from: dayOf(scene, 1),
    to: dayOf(scene, 3),
    sections: ['civil_affairs', 'human_rights', 'police'],
  })
  await form.submit()
  const code = CODE.exec(form.text)?.[0] ?? ''
  expect(code).not.toBe('')
  await form.close()
  await scene.slack.settle()
  const head = await cardOf(scene, 'head.karamba', code)
  await head.expectText(/Proposée/)
  await head.click('Retenir')
  await scene.slack.settle()
  return code
}

/** Two sections send somebody, one nobody; the head of office clears it and lets it go. */
async function gone(scene: Scene, code: string): Promise<void> {
  const civil = await (await cardOf(scene, 'civil.affairs', code)).click('Answer for Civil affairs…').modal()
  await send(scene, civil, { people: ['U0CIVILAFFAIRS'] })
  const rights = await (await cardOf(scene, 'human.rights', code)).click('Answer for Human rights…').modal()
  await send(scene, rights, { people: ['U0HUMANRIGHTS'] })
  const police = await (await cardOf(scene, 'police.north', code)).click('Answer for Police…').modal()
  await send(scene, police, { noneReason: 'Both officers are on leave' })

  const clear = await (await cardOf(scene, 'head.karamba', code)).click('Préparer le départ…').modal()
  const departs = Math.floor((scene.clock.now() + 4 * HOUR) / 1000)
  const lead = await scene.bot.store.read.people.byUser('T0MISSION', 'U0CIVILAFFAIRS')
  await send(scene, clear, {
    departAt: departs,
    returnAt: departs + 2 * 24 * 3600,
    lead: lead!.id,
    security: 'SC-114',
    transport: 'Two cars, the battalion escorts',
    community: 'not_safe',
    community_words: 'The road is watched',
  })
  const head = await cardOf(scene, 'head.karamba', code)
  await head.expectText(/CASEVAC et transmissions/)
  const go = await head.click('Départ…').modal()
  await go.submit()
  await go.expectText(/Pas encore de départ/)
  await send(scene, go, { waive: ['casevac'], waiveReason: 'La base est à huit cents mètres' })
  await (await cardOf(scene, 'head.karamba', code)).expectText(/sans \(décision.: Chef de bureau/)
}

it('a team goes out, misses a check-in, comes back, reports, and closes once each recommendation is decided on', async () => {
  const scene = await openScene({ start: '2026-11-23T06:00:00Z' })
  const code = await takenUp(scene)
  await gone(scene, code)

  // Those who do not see movements read that it is under way, and are named nobody.
  const channel = await scene.slack
    .as('company.karamba')
    .in('#poc-north')
    .expectCard(new RegExp(`${code} · `))
  await channel.expectText(/Under way/)
  expect(channel.text).not.toMatch(/SC-114|U0CIVILAFFAIRS/)
  await channel.expectText(/Police\*?: sends nobody: Both officers are on leave/)

  // 17:30 on the mission's clock: the lead is asked; half an hour later the radio room hears, then sector operations.
  await scene.pass(9 * HOUR + 30 * MINUTE)
  expect(await toldDirectly(scene, 'civil.affairs', /are you all well/)).not.toEqual([])
  await scene.pass(31 * MINUTE)
  const [alarm = ''] = await toldDirectly(
    scene,
    'joc.watch',
    new RegExp(`${code}, Karamba market: the check-in .* was missed`),
  )
  expect(alarm).toMatch(/Whom to ring/)
  const { messages } = await scene.slack.as('joc.watch').withApp()
  const alarms = messages.filter(({ text }) => /the check-in .* was missed/.test(text))
  expect(alarms.map(({ threadTs }) => threadTs ?? 'a message of its own')).toEqual(['a message of its own'])
  expect(await toldDirectly(scene, 'sector.north', /was missed/)).toEqual([])
  await scene.pass(15 * MINUTE)
  expect(await toldDirectly(scene, 'sector.north', /was missed/)).not.toEqual([])
  await (await cardOf(scene, 'joc.watch', code)).expectText(/Not heard of/)

  const heard = await (await cardOf(scene, 'joc.watch', code)).click('Heard by radio…').modal()
  await send(scene, heard, { what: 'check_in', means: 'radio', words: 'A flat tyre at the ford' })
  expect(await toldDirectly(scene, 'sector.north', /was heard of again/)).not.toEqual([])

  // What is said in its thread and marked stands on its record, and the report begins with it.
  const thread = await scene.slack
    .as('duty.karamba')
    .in('#poc-north')
    .expectCard(new RegExp(`${code} · `))
  await thread.reply('The ford is passable again')
  const said = await thread.expectThreadReply('The ford is passable again')
  await (await said.as('U0JOCWATCH')).react('memo')
  await scene.slack.settle()

  await scene.pass(14 * HOUR)
  await (await cardOf(scene, 'civil.affairs', code)).click('We are well')
  await scene.slack.settle()
  await scene.slack.as('civil.affairs').expectEphemeral(/heard, thank you/)
  await (await cardOf(scene, 'human.rights', code)).click('We are back')
  await scene.slack.settle()
  await (await cardOf(scene, 'head.karamba', code)).expectText(/De retour/)
  const hotspot = await scene.slack
    .as('duty.karamba')
    .in('#poc-north')
    .expectCard(/H-.*Karamba market/)
  await hotspot.expectText(/today/)

  const report = await (await cardOf(scene, 'civil.affairs', code)).click('Report…').modal()
  expect(report.value('situation')).toMatch(/A flat tyre at the ford.*The ford is passable again/s)
  await send(scene, report, {
    situation: 'The market empties at four',
    needs: '“A patrol that stops”',
    recommendations: 'A patrol stops at dusk',
  })
  const dissent = await (await cardOf(scene, 'human.rights', code)).click('I see it otherwise…').modal()
  await send(scene, dissent, { words: 'It empties at two' })
  await (await cardOf(scene, 'civil.affairs', code)).expectText(/Human rights sees version 1 otherwise/)

  const head = await cardOf(scene, 'head.karamba', code)
  const task = await head.pick('team.decide', 'Confier ou demander à quelqu’un').modal()
  expect(task.value('result')).toMatch(/A patrol stops at dusk/)
  await task.choose('to', 'Opérations du secteur', 'Opérations du secteur, Secteur Nord')
  await task.fill({ tier: '2', dueAt: Math.floor((scene.clock.now() + 3 * DAY) / 1000) })
  await task.submit()
  await task.close()
  await scene.slack.settle()
  await (await cardOf(scene, 'civil.affairs', code)).click('Close')
  await scene.slack.settle()
  await (await cardOf(scene, 'civil.affairs', code)).expectText(/Closed/)
})

it('who is out is for those who watch over it; the figures are for all who read the record', async () => {
  const scene = await openScene({ start: '2026-11-23T06:00:00Z' })
  const code = await takenUp(scene)
  await gone(scene, code)
  await scene.slack.as('joc.watch').command('/poc-jpt out')
  await scene.slack.as('joc.watch').expectEphemeral(new RegExp(code))
  await scene.slack.as('company.karamba').command('/poc-jpt out')
  const none = await scene.slack.as('company.karamba').expectEphemeral(/Who is out now/)
  expect(none.text).not.toContain(code)
  await scene.slack.as('company.karamba').command(`/poc-jpt ${code}`)
  const shown = await scene.slack.as('company.karamba').expectEphemeral(new RegExp(`${code} · `))
  expect(shown.text).not.toMatch(/SC-114/)
  await scene.slack.as('head.karamba').command('/poc-jpt figures')
  await scene.slack.as('head.karamba').expectEphemeral(/1 équipe proposée\u00a0; 1 partie/)
})

it('a partner of another workspace joins a humanitarian visit beside its card in the forum, and is named to nobody else there', async () => {
  const scene = await openScene({ start: '2026-11-23T06:00:00Z' })
  await listHotspot(scene)
  const form = await scene.slack.as('head.karamba').command('/poc-jpt new Karamba market').modal()
  await form.fill({ kind: 'humanitarian_visit' })
  await scene.slack.settle()
  await form.fill({
    why: 'Les commerçants ne viennent plus',
    answer_visibility: 'Confusion avec la force',
    from: dayOf(scene, 1),
    to: dayOf(scene, 3),
    sections: ['civil_affairs'],
  })
  await form.submit()
  const code = CODE.exec(form.text)?.[0] ?? ''
  await form.close()
  await scene.slack.settle()
  const card = await scene.slack
    .as('ngo')
    .in('#protection-forum')
    .expectCard(new RegExp(`${code} · `))
  await card.expectText(/Humanitarians may take part by their own choice/)
  await card.click('Show')
  const shown = await scene.slack.as('ngo').expectEphemeral(new RegExp(`${code} · `))
  const join = await shown.click('Take part').modal()
  await send(scene, join, { guest: 'Lantern Relief' })
  const after = await scene.slack
    .as('ngo')
    .in('#protection-forum')
    .expectCard(new RegExp(`${code} · `))
  await after.expectText(/By their own choice: a humanitarian partner/)
  expect(after.text).not.toContain('Lantern')
  await (await cardOf(scene, 'head.karamba', code)).expectText(/Lantern Relief/)
})
