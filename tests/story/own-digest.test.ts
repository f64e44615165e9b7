import { expect, it } from 'vitest'
import { HOUR, MINUTE, openScene, raiseAlert, toldDirectly } from '../support/bot.ts'

it('a person’s own digest comes at their hour, in the language they chose, once, and late once after an outage', async () => {
  const scene = await openScene({ start: '2026-11-24T00:00:00Z' })
  const officer = scene.slack.as('duty.karamba')
  const settings = await officer.command('/poc settings').modal()
  await settings.fill({ digestAt: '05:00', language: 'Français' })
  await settings.submit()
  await settings.expectText(/Votre propre synthèse arrive à 05:00/)
  await settings.close()
  const code = await raiseAlert(scene, 'joc.watch')
  const mine = () => toldDirectly(scene, 'duty.karamba', /Votre journée/)
  await scene.pass(3 * HOUR - MINUTE)
  expect(await mine()).toEqual([])
  await scene.pass(MINUTE)
  await scene.restart()
  const [first, ...more] = await mine()
  expect(more).toEqual([])
  expect(first).toMatch(/Alertes qui vous attendent \(1\)/)
  expect(first).toContain(code)
  // The others have none.
  expect(await toldDirectly(scene, 'head.karamba', /Votre journée/)).toEqual([])

  await scene.restart(26 * HOUR)
  const second = (await mine())[1]
  expect(await mine()).toHaveLength(2)
  expect(second).toMatch(/En retard/)
})

it('the home shows duty and what waits, opens settings, and to an administrator who waits to be let in', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'joc.watch')
  const home = await scene.slack.as('duty.karamba').home()
  await home.expectText(code)
  await home.expectText(/Your roles: .*duty officer/)
  await home.expectText(/You are not on duty/)
  const duty = await home.click('Take duty…').modal()
  await duty.close()
  const settings = await home.click('My settings').modal()
  await settings.expectText(/You hear of what you subscribed to/)
  await settings.expectText(/Quiet hours begin/)
  await settings.close()
  const admin = await scene.slack.as('poc.adviser').home()
  await admin.expectText(/posts have no holder|Messages leave|For you to keep in order/)
})
