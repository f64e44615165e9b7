import { expect, it } from 'vitest'
import {
  cardIn,
  DAY,
  HOUR,
  openScene,
  ownCard,
  raiseAlert,
  recordOf,
  type Scene,
  toldDirectly,
} from '../support/bot.ts'

/** What stands in Slack now, for everybody. */
const standing = (scene: Scene): string => {
  const { state } = scene.slack.workspace
  return JSON.stringify(
    [...state.channels.keys()].flatMap(id => state.messages(id)).filter(message => !message.ephemeralFor),
  )
}

async function details(scene: Scene, who: string, code: string) {
  return (await ownCard(scene, who, code)).pick('alert.more', 'Add details').modal()
}

async function mark(scene: Scene, code: string, tick: string) {
  const modal = await details(scene, 'joc.watch', code)
  await modal.fill({ special: [tick] })
  await modal.expectText(/Ring now/)
  return modal
}

it('ticking sexual violence takes the words out of the alert and of Slack, and only the specialist reads them', async () => {
  const scene = await openScene({ start: '2026-11-22T20:00:00Z' })
  const code = await raiseAlert(scene, 'joc.watch', { what: 'Zembla was taken to the mill' })
  const info = await (await ownCard(scene, 'joc.watch', code)).pick('alert.more', 'Add information').modal()
  await info.fill({ note: 'Zembla again near the well' })
  await info.submit()
  await info.close()
  await scene.pass(9 * HOUR)
  expect(standing(scene).match(/Zembla/g)?.length).toBeGreaterThan(5)

  const modal = await mark(scene, code, 'Sexual violence')
  expect(modal.labels).toEqual([])
  await modal.expectText(/Women’s protection adviser: \+999 20 555 0420/)
  await modal.submit()
  await scene.slack.settle()
  expect(standing(scene)).not.toMatch(/Zembla/)
  const card = await cardIn(scene, 'sector.north', '#poc-north', code)
  await card.expectText(/Details with the specialist/)
  await card.expectNotText(/sexual violence/i)
  await card.expectNotText(/Karamba market/)
  await card.expectText(/Acknowledge|Karamba/)

  await ownCard(scene, 'human.rights', code)
  expect(
    await toldDirectly(scene, 'human.rights', /was marked: Sexual violence.*JOC watch: \+999 20 555 0100/),
  ).toHaveLength(1)
  expect(await toldDirectly(scene, 'head.karamba', /was marked/)).toEqual([])
  const read = await (await ownCard(scene, 'human.rights', code))
    .pick('alert.more', 'Restricted details')
    .modal()
  await read.expectText(/Zembla was taken/)
  await read.expectText(/Zembla again near the well/)
  const { alert } = await recordOf(scene, code)
  const looks = await scene.bot.store.read.access.ofRecord('alert', alert.id)
  expect(looks.map(({ layer }) => layer)).toContain('sexual_violence')

  await scene.slack.as('joc.watch').command('/poc Zembla')
  await scene.slack.as('joc.watch').expectEphemeral(/No alert that you may read/)
  await (await ownCard(scene, 'company.karamba', code)).pick('alert.more', 'Restricted details')
  await scene.slack.as('company.karamba').expectEphemeral(/None of your roles allows this/)
  await scene.pass(DAY)
  expect(standing(scene)).not.toMatch(/Zembla/)
})

it('of an alert marked for child protection nobody writes any more, and it can still be answered and closed', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'joc.watch')
  await (await mark(scene, code, 'Child protection')).submit()
  await scene.slack.settle()
  const again = await details(scene, 'joc.watch', code)
  expect(again.labels).toEqual([])
  await again.expectText(/Child protection adviser: \+999 20 555 0410/)
  await again.close()
  await (await ownCard(scene, 'company.karamba', code)).click('Acknowledge')
  const close = await (await ownCard(scene, 'joc.watch', code))
    .pick('alert.more', 'Close with outcome')
    .modal()
  expect(close.labels).toEqual(['Outcome for civilians'])
  await close.fill({ outcome: 'averted' })
  await close.submit()
  const { alert, acts } = await recordOf(scene, code)
  expect(alert).toMatchObject({ lifecycle: 'closed', what: '', placeHow: null, lat: null, placeId: null })
  expect(acts.map(({ note }) => note).filter(note => note !== null)).toEqual([])
  expect(await scene.bot.store.read.events.verify()).toMatchObject({ ok: true })
})

it('where personnel of the mission are alleged nothing is stored, and whom to ring is shown', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'joc.watch')
  const before = await recordOf(scene, code)
  const ticked = await details(scene, 'joc.watch', code)
  await ticked.fill({ special: ['Personnel of this mission are alleged'] })
  await ticked.expectText(/Conduct and Discipline Team: \+999 20 555 0610/)
  await ticked.close()
  const named = await details(scene, 'joc.watch', code)
  await named.fill({ 'Group alleged, by name': 'Personnel of this mission', Threat: 'Abduction' })
  await named.submit()
  await named.expectText(/PSEA coordinator/)
  expect(await recordOf(scene, code)).toEqual(before)
  expect(await scene.bot.store.read.alerts.attribution(before.alert.id)).toBeNull()
})

it('who is alleged is read by those the layer is opened to, with who says so and how surely, and each look is on record', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'joc.watch')
  const modal = await details(scene, 'joc.watch', code)
  await modal.fill({
    'Group alleged, by name': 'Ombara Defence Force',
    'Who says so': 'Witnesses',
    'How surely': 'Suspected',
  })
  await modal.submit()
  await scene.slack.settle()
  expect(standing(scene)).not.toMatch(/Ombara Defence Force/)
  const read = await (await ownCard(scene, 'joc.watch', code))
    .pick('alert.more', 'Restricted details')
    .modal()
  await read.expectText(/Ombara Defence Force\nWho says so: Witnesses\nHow surely: Suspected/)
  const { alert } = await recordOf(scene, code)
  expect(await scene.bot.store.read.access.ofRecord('alert', alert.id)).toMatchObject([
    { layer: 'attribution' },
  ])
})
