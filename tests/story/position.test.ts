import { expect, it } from 'vitest'
import { cardIn, codeIn, openScene, raiseAlert, recordOf } from '../support/bot.ts'

it('a grid typed into the place field becomes the place, as exactly as its digits say, in the sector it lies in', async () => {
  const scene = await openScene()
  const form = await scene.slack.as('duty.karamba').command('/poc-alert').modal()
  await form.fill({ what: 'Shots heard', urgency: 'within_24h' })
  await form.choose('place', '-7.104 -9.218', '-7.104, -9.218 (about 100 m)')
  await form.submit()
  const code = await codeIn(form)
  await form.close()
  await scene.slack.settle()
  const { alert } = await recordOf(scene, code)
  expect(alert).toMatchObject({ lat: -7.104, lon: -9.218, precision: '100m', sector: 'north', placeId: null })

  const own = await (await scene.slack.as('company.karamba').withApp()).expectCard(new RegExp(code))
  await own.expectText(/MGRS 2\d[A-Z] [A-Z]{2} \d{3} \d{3}/)
  await own.expectText(/Plus code 6C4G/)
  const civilian = await (await scene.slack.as('duty.karamba').withApp()).expectCard(new RegExp(code))
  await civilian.expectNotText(/MGRS/)
  const readOut = await (await cardIn(scene, 'duty.karamba', '#poc-north', code))
    .pick('More…', 'Read-out')
    .modal()
  await readOut.expectText(/MGRS.*Plus code/)
})

it('a position outside every sector goes to the operations centre, and nothing is refused', async () => {
  const scene = await openScene()
  const form = await scene.slack.as('joc.watch').in('#general').command('/poc-alert').modal()
  await form.fill({ what: 'Convoy stopped', urgency: 'within_24h' })
  await form.choose('place', '12°30\'00"N 3°15\'00"E', '12.5000, 3.2500')
  await form.submit()
  const code = await codeIn(form)
  const { alert } = await recordOf(scene, code)
  expect(alert).toMatchObject({ sector: null, triage: true, lat: 12.5, lon: 3.25 })
})

it('a name and a position that disagree are asked about on the receipt, and the alert is out already', async () => {
  const scene = await openScene()
  const form = await scene.slack.as('duty.karamba').command('/poc-alert').modal()
  await form.fill({ what: 'Armed men', urgency: 'imminent', how: 'At -8.2100, -9.0500' })
  await form.choose('place', 'Karamba market', 'Karamba market')
  await form.submit()
  const code = await codeIn(form)
  expect((await recordOf(scene, code)).alert.placeId).toBe('karamba-market')
  await form.expectText(/Which is right\?.*km from Karamba market/)
  await form.click('The position')
  await form.expectText(/-8\.2100, -9\.0500/)
  const { alert } = await recordOf(scene, code)
  expect(alert).toMatchObject({
    placeId: null,
    lat: -8.21,
    lon: -9.05,
    sector: 'south',
    placeHow: 'At -8.2100, -9.0500',
  })
})

it('an answer about the place leaves the question whether it is the same as another alert standing', async () => {
  const scene = await openScene()
  const first = await raiseAlert(scene, 'joc.watch')
  const form = await scene.slack.as('duty.karamba').command('/poc-alert').modal()
  await form.fill({ what: 'Armed men', urgency: 'imminent', how: 'At -8.2100, -9.0500' })
  await form.choose('place', 'Karamba market', 'Karamba market')
  await form.submit()
  await form.expectText(new RegExp(`same as ${first}`))
  await form.click('Karamba market')
  await scene.slack.settle()
  expect(form.text).not.toMatch(/Which is right/)
  await form.expectText(new RegExp(`same as ${first}`))
})

it('a channel that holds humanitarians is shown a place no closer than was agreed', async () => {
  const scene = await openScene()
  const form = await scene.slack.as('duty.karamba').command('/poc-alert').modal()
  await form.fill({ what: 'Armed men', urgency: 'imminent', how: 'third house behind the well' })
  await form.choose('place', '-7.10453 -9.21812', '-7.1045')
  await form.submit()
  const code = await codeIn(form)
  const { alert } = await recordOf(scene, code)
  await scene.bot.store.write(async repos => {
    const now = (await repos.alerts.byId(alert.id))!
    await repos.alerts.update(alert.id, now.version, {
      audience: ['military', 'police', 'mission_civilian', 'human_rights', 'un_agency', 'ngo'],
    })
    await repos.outbox.add({
      id: 'card-in-forum',
      kind: 'card',
      recordId: alert.id,
      target: 'C0PROTECTION',
      data: { record: 'alert' },
      urgent: true,
    })
  })
  await scene.slack.settle()
  const card = await cardIn(scene, 'ngo', '#protection-forum', code)
  await card.expectNotText(/third house|7\.1045/)
  await card.expectText(/-7\.1\d, -9\.2\d/)
  await (await cardIn(scene, 'duty.karamba', '#poc-north', code)).expectText(/third house/)
})
