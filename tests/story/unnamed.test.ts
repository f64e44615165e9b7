import { expect, it } from 'vitest'
import { createIds } from '../../src/ids.ts'
import { codeIn, fillAlert, openScene } from '../support/bot.ts'
import { everywhere, found, keptLog } from '../support/everything.ts'

const NAME = 'Xoluthamine'

it('database, logs, outbox, Slack and the index hold no organisation of an unnamed partner in clear', async () => {
  const { log, text } = keptLog()
  const scene = await openScene({ bot: { log, ids: createIds() } })
  const partner = scene.slack.as('newcomer')
  const join = await (await partner.home()).click('Join').modal()
  const form = await join.click('Take part unnamed').modal()
  await form.expectText(/What cannot be hidden/)
  await form.fill({ told: ['I have read what cannot be hidden'], organisation: NAME })
  await form.submit()
  await form.expectText(/as P-[0-9A-Z]{4}/)
  await form.close()
  await scene.slack.settle()
  const request = await scene.slack.as('ocha').expectDirectMessage(/unnamed partner P-/)
  expect(found(NAME, await everywhere(scene, text()))).toEqual([])

  await request.click('Confirm')
  await scene.slack.settle()
  const raising = await (await partner.home()).click('Raise an alert').modal()
  await fillAlert(raising, { what: 'Men are burning the mill' })
  await raising.submit()
  const code = await codeIn(raising)
  await raising.close()
  await scene.slack.settle()
  const places = await everywhere(scene, text())
  expect(found(NAME, places)).toEqual([])
  expect([...places.files.keys()]).toContain('partners.sealed')

  const which = await (await scene.slack.as('ocha').expectDirectMessage(/unnamed partner P-/))
    .click('Which organisation')
    .modal()
  await which.expectText(new RegExp(NAME))
  await which.close()

  const me = await partner.command('/poc me').expectEphemeral(/unnamed partner P-/)
  await me.click('Leave and take along what I gave')
  await scene.slack.settle()
  const left = await everywhere(scene, text())
  expect([...left.files].filter(([, bytes]) => bytes.includes(NAME))).toEqual([])
  expect(left.calls).toContain('gave.jsonl')
  expect(code).toMatch(/^A-/)
})
