import { expect, it } from 'vitest'
import { HOUR, openScene } from '../support/bot.ts'

it('a component reports in the list of the day, which then says so; an empty report is told what to do', async () => {
  const scene = await openScene({ start: '2026-11-24T13:30:00Z' })
  const force = scene.slack.as('force.hq')
  // What is owed waits in the Home too, where it can be answered with one press.
  await (await force.home()).expectText(/Force: report of .*not yet reported, due/s)
  const list = await force.command('/poc report').modal()
  await list.expectText(/0 of 4 components have reported/)
  const form = await list.click('Report').modal()
  await form.submit().expectErrors({ situation: /Write in one field at least/ })
  await form.fill({ situation: 'Two patrols on the mill road', not_done: 'The night patrol: no fuel' })
  await form.submit()
  await form.expectText(/The report of Force is recorded/)
  await form.expectText(/1 of 4 components have reported/)
  await form.expectText(/The night patrol: no fuel/)
  await form.close()
  const police = await scene.slack.as('police.hq').command('/poc report').modal()
  const after = await police.click('Nothing to report').modal()
  await after.expectText(/2 of 4 components have reported/)
  await after.close()
  await scene.pass(2 * HOUR)
  const late = await scene.slack.as('human.rights').command('/poc report').modal()
  await late.expectText(/Human Rights.*was due 24 Nov 17:00/s)
  expect(late.text).not.toMatch(/_/)
})
