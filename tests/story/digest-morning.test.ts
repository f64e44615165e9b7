import { expect, it } from 'vitest'
import { cardIn, cardsIn, HOUR, MINUTE, openScene, ownCard, raiseAlert, type Scene } from '../support/bot.ts'

/** Two hours before 06:30 of the mission, on a Tuesday. */
const NIGHT = '2026-11-24T02:30:00Z'
const SUMMARY = 'Keep off the mill road tonight'

const digestIn = (scene: Scene, who: string, channel: string) => {
  const [digest, ...more] = cardsIn(scene, who, channel, /^UNMOB.*(protection digest|synthèse)/)
  expect(more).toEqual([])
  return digest!
}

/** The summary of an alert goes to the partners' forum, as the POC adviser decides. */
async function released(scene: Scene, code: string): Promise<string> {
  const card = await ownCard(scene, 'duty.karamba', code)
  const form = await card.pick('More…', 'Propose a release').modal()
  await form.fill({ summary: SUMMARY, channels: ['C0PROTECTION'], why: 'Drivers', sensitivity: 'low' })
  await form.submit()
  const [release = ''] = /R-[0-9A-Z]{4}/.exec(form.text) ?? []
  await form.close()
  await scene.slack.settle()
  const adviser = await scene.slack.as('poc.adviser').withApp()
  await (await adviser.expectCard(new RegExp(`${release}: may this be shown`))).click('Release')
  await scene.slack.settle()
  return release
}

it('in the morning three audiences read three different messages, and none a word of what is another’s', async () => {
  const scene = await openScene({ start: NIGHT })
  const north = await raiseAlert(scene, 'joc.watch', { what: 'Men at the mill zanzibarine' })
  const ended = await raiseAlert(scene, 'joc.watch', { urgency: 'within_72h', what: 'Cattle taken' })
  const southern = { typed: 'Tashiro market', what: 'Route coupée madrépore' }
  const southCode = await raiseAlert(scene, 'duty.tashiro', southern)
  const close = await (await cardIn(scene, 'joc.watch', '#poc-north', ended))
    .pick('alert.more', 'Close with outcome')
    .modal()
  await close.fill({ outcome: 'Civilians moved to safety', note: 'All at the school' })
  await close.submit()
  await scene.slack.settle()
  const release = await released(scene, north)
  await scene.pass(2 * HOUR)

  const sector = digestIn(scene, 'duty.karamba', '#poc-north').text
  const centre = digestIn(scene, 'joc.watch', '#joc-watch').text
  const forum = digestIn(scene, 'ngo', '#protection-forum').text
  const french = digestIn(scene, 'duty.tashiro', '#poc-south').text

  // The sector reads its own, outcomes for civilians first.
  expect(sector).toContain(north)
  expect(sector.indexOf('Civilians moved to safety')).toBeLessThan(sector.indexOf(north))
  for (const word of [southCode, 'madrépore']) expect(sector).not.toContain(word)
  // The operations centre reads both sectors.
  for (const word of [north, southCode, ended]) expect(centre).toContain(word)
  // The forum with partners reads what was released to it, and nothing else.
  for (const word of [release, SUMMARY]) expect(forum).toContain(word)
  for (const word of [north, southCode, ended, 'zanzibarine', 'madrépore', 'school'])
    expect([word, forum.includes(word)]).toEqual([word, false])
  // The other sector reads its own, in its own language.
  expect(french).toContain(southCode)
  expect(french).toMatch(/Sans réponse/)
  expect(french).not.toContain(north)
  expect(new Set([sector, centre, forum, french]).size).toBe(4)
})

it('a digest that one message cannot hold is there whole in its thread, split at its sections', async () => {
  const scene = await openScene({ start: NIGHT })
  const codes: string[] = []
  for (let n = 0; n < 9; n++) codes.push(await raiseAlert(scene, 'joc.watch', { what: `Group ${n}` }))
  await scene.pass(2 * HOUR)
  const digest = digestIn(scene, 'joc.watch', '#joc-watch')
  expect(digest.text).toMatch(/… and 1 more/)
  const thread = scene.slack.workspace.state
    .messages('C0JOCWATCH')
    .filter(({ threadTs, ts }) => threadTs === digest.ts && threadTs !== ts)
  const whole = JSON.stringify(thread)
  expect(whole).toMatch(/the whole, part 1 of 1/)
  for (const code of codes) expect(whole).toContain(code)
})

it('on the mission’s day of the week a look back on the week comes too, once', async () => {
  const scene = await openScene({ start: '2026-11-27T04:00:00Z' })
  const release = await released(scene, await raiseAlert(scene, 'joc.watch'))
  await scene.pass(31 * MINUTE)
  await scene.restart()
  expect(cardsIn(scene, 'joc.watch', '#joc-watch', /protection digest/)).toHaveLength(1)
  const weeks = cardsIn(scene, 'joc.watch', '#joc-watch', /protection week, 20 Nov 2026 to 27 Nov 2026/)
  expect(weeks).toHaveLength(1)
  // What was shared with partners in the week stands in theirs; where there is nothing, it is said of the week.
  const [forum] = cardsIn(scene, 'ngo', '#protection-forum', /protection week/)
  expect(forum?.text).toContain(release)
  const [south] = cardsIn(scene, 'duty.tashiro', '#poc-south', /semaine de protection/)
  expect(south?.text).toMatch(/De la semaine, rien à signaler/)
})
