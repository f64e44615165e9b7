import { expect, it } from 'vitest'
import { createLocales } from '../../src/locales/index.ts'
import { dayText } from '../../src/views/context.ts'
import { DAY, HOUR, openScene, type Scene, toldDirectly } from '../support/bot.ts'

const escort = {
  about: 'armed_escort',
  purpose: 'Vaccines for the clinic',
  need: 'Measles; nobody else reaches them',
  authorities: 'Unable on this stretch',
  safety: 'Safer on this stretch alone',
  sustainability: 'Once; afterwards by ourselves',
  accessNow: 'Four thousand children',
  spaceLater: 'We may be taken for one of two sides',
}
const shownAs = (day: string) => dayText({ words: createLocales('UTC', ['en']).words('en') }, day)
const dayOf = (scene: Scene, days: number) =>
  new Date(scene.clock.now() + days * DAY).toISOString().slice(0, 10)

/** Where in Slack a word stands, by who reads it directly. */
async function whoReads(scene: Scene, word: RegExp): Promise<string[]> {
  const people = [
    'hc',
    'ocha',
    'unhcr',
    'sector.north',
    'battalion.north',
    'joc.watch',
    'mission.leadership',
    'head.karamba',
    'cla.karamba',
    'human.rights',
  ]
  const found = []
  for (const who of people) if ((await toldDirectly(scene, who, word)).length > 0) found.push(who)
  return found
}

it('X-09: a medical run asks for an escort, is asked what was tried, and its days are known to three and then to nobody', async () => {
  const scene = await openScene()
  const { slack } = scene
  const from = dayOf(scene, 2)

  // The mission cannot ask in their place.
  const refused = await slack.as('joc.watch').command('/poc escort')
  void refused
  await slack.as('joc.watch').expectEphemeral(/Only humanitarian organisations ask/)

  // An NGO of another workspace runs no commands: the pinned card has the button.
  const card = await slack.as('ngo').in('#protection-forum').expectCard(/./)
  const form = await card.click('Ask for an escort or an asset').modal()
  await form.expectText(/secure means/)
  await form.choose('district', 'Kara', 'Karamba')
  await form.fill({ ...escort, fromDay: from, toDay: dayOf(scene, 3), purpose: 'Leave at 06:30' })
  expect(JSON.stringify(await form.submit().expectErrors())).toMatch(/secure means/)
  await form.fill({ purpose: escort.purpose })
  await form.submit()
  await form.expectText(/returned/)
  const [code = ''] = /G-[0-9A-Z]{4}/.exec(form.text) ?? []
  await form.close()
  await slack.settle()
  expect(await whoReads(scene, new RegExp(code))).toEqual([])

  // They say what was tried; OCHA has it, and nobody else.
  await card.click('What waits for me')
  const waits = await slack.as('ngo').in('#protection-forum').expectEphemeral(new RegExp(code))
  await waits.click('Show')
  const own = await slack
    .as('ngo')
    .in('#protection-forum')
    .expectEphemeral(/nothing yet/)
  const again = await own.click('Say what was tried…').modal()
  await again.fill({ tried: ['negotiation', 'civilian_transport'], triedHow: 'No driver would go' })
  await again.submit()
  await again.close()
  await slack.settle()
  expect(await whoReads(scene, new RegExp(code))).toEqual(['hc', 'ocha'])

  const atOcha = await (await slack.as('ocha').withApp()).expectCard(new RegExp(`${code} · `))
  const weighing = await atOcha.click('Decide…').modal()
  await weighing.fill({ decision: 'endorsed' })
  await weighing.submit()
  await weighing.close()
  await slack.settle()
  expect(await whoReads(scene, new RegExp(shownAs(from)))).toEqual(['hc', 'ocha', 'sector.north'])

  const atUnit = await (await slack.as('sector.north').withApp()).expectCard(new RegExp(`${code} · `))
  await atUnit.expectText(/A humanitarian partner, through OCHA/)
  const can = await atUnit.click('Decide…').modal()
  await can.fill({ decision: 'granted' })
  await can.submit()
  await can.close()
  await slack.settle()
  await card.click('What waits for me')
  await slack
    .as('ngo')
    .in('#protection-forum')
    .expectEphemeral(/What you asked for[\s\S]*Granted/)

  // The days have passed: they stand on no card any more, and in no row.
  await scene.pass(5 * DAY)
  expect(await whoReads(scene, new RegExp(shownAs(from)))).toEqual([])
  expect(await scene.bot.store.read.gates.byCode(code)).toMatchObject({ fromDay: null, toDay: null })

  // The country team reads that there was one; so few are not broken down.
  await slack.as('ocha').command('/poc gate escorts')
  await slack.as('ocha').expectEphemeral(/2026-1\d/)
})

it('human rights enter a unit, leadership clears it in words that others never read, and it runs out', async () => {
  const scene = await openScene()
  const { slack } = scene
  const list = await slack.as('human.rights').command('/poc gate')
  void list
  const message = await slack.as('human.rights').expectEphemeral(/Gates/)
  const form = await message.click('Human rights due diligence…').modal()
  await form.fill({
    about: 'logistics',
    unit: '2nd Brigade',
    commander: 'Brig. Okello',
    assessment: 'Two open cases in the north',
  })
  await form.submit()
  const [code = ''] = /G-[0-9A-Z]{4}/.exec(form.text) ?? []
  await form.close()
  await slack.settle()

  const atLeadership = await (await slack.as('mission.leadership').withApp()).expectCard(
    new RegExp(`${code} · `),
  )
  // The assessment stands on no card: it is opened, and that is logged.
  expect(await toldDirectly(scene, 'mission.leadership', /Two open cases/)).toEqual([])
  await (await atLeadership.click('Read the assessment').modal()).expectText(/Two open cases/)
  const { id: gateId } = (await scene.bot.store.read.gates.byCode(code))!
  expect(await scene.bot.store.read.access.ofRecord('gate', gateId)).toMatchObject([{ layer: 'assessment' }])
  const decide = await atLeadership.click('Decide…').modal()
  await decide.expectText(/Two open cases/)
  await decide.fill({ decision: 'cleared_with_mitigation', reason: 'Fuel logs are checked weekly' })
  expect(JSON.stringify(await decide.submit().expectErrors())).toMatch(/missing/)
  await decide.fill({ expiresDay: dayOf(scene, 20) })
  await decide.submit()
  await decide.close()
  await slack.settle()

  await slack.as('head.karamba').command('/poc gate appui')
  const seen = await slack.as('head.karamba').expectEphemeral(/Appui à des forces/)
  expect(seen.text).toMatch(/2nd Brigade.*Autorisé avec mesures/s)
  expect(seen.text).not.toMatch(/Okello|open cases|Fuel logs/)

  await scene.pass(15 * DAY + 6 * HOUR)
  // Which unit is said, and the last minute of its last day.
  expect(await toldDirectly(scene, 'human.rights', /2nd Brigade.*runs out at .* 23:59/s)).toHaveLength(1)
  await scene.pass(7 * DAY)
  expect(await toldDirectly(scene, 'mission.leadership', /has run out/)).toHaveLength(1)
})

it('before force OCHA reads little and early; sections are asked to call, and the concern stands beside the answer', async () => {
  const scene = await openScene()
  const { slack } = scene
  await slack.as('force.hq').command('/poc gate')
  const message = await slack.as('force.hq').expectEphemeral(/Gates/)
  const form = await message.click('Humanitarian consultation before force…').modal()
  await form.choose('district', 'Kara', 'Karamba')
  await form.fill({ days: '3', reference: 'OPS-114', harm: 'Homes near the road', contact: 'Duty line' })
  await form.submit()
  const [code = ''] = /G-[0-9A-Z]{4}/.exec(form.text) ?? []
  await form.close()
  await slack.settle()
  expect(await whoReads(scene, new RegExp(code))).toEqual(expect.arrayContaining(['ocha']))
  expect(await whoReads(scene, new RegExp(code))).not.toEqual(
    expect.arrayContaining(['ngo', 'unhcr', 'cla.karamba', 'human.rights']),
  )

  const [asked = ''] = await toldDirectly(scene, 'head.karamba', /appelez/)
  expect(asked).toMatch(/555 0100/)
  expect(asked).toMatch(/3 jours à partir du \d/)
  expect(asked).not.toMatch(/OPS-114|la force/)

  const atOcha = await (await slack.as('ocha').withApp()).expectCard(new RegExp(`${code} · `))
  const deciding = await atOcha.click('Decide…').modal()
  await deciding.fill({ decision: 'concern', reason: 'A distribution is under way' })
  await deciding.submit()
  await deciding.close()
  await slack.settle()
  const own = await (await slack.as('force.hq').withApp()).expectCard(new RegExp(`${code} · `))
  const going = await own.click('Go on, with this on record…').modal()
  await going.fill({ reason: 'Moved by two days' })
  await going.submit()
  await going.close()
  await slack.settle()
  await atOcha.expectText(/A distribution is under way[\s\S]*Moved by two days/)
  // Going on over a concern is done by name.
  await atOcha.expectText(/Force HQ duty officer, .*\(military\): Goes on/)
})
