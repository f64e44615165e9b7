import { expect, it } from 'vitest'
import { openScene, type Scene } from '../support/bot.ts'

async function listHotspot(scene: Scene, name: string): Promise<string> {
  const form = await scene.slack.as('poc.adviser').command(`/poc-hotspot new ${name}`).modal()
  await form.choose('place', 'Karamba market', 'Karamba market')
  await form.fill({ name, kind: 'market', threats: ['armed_attack'] })
  await form.submit()
  const [code = ''] = /H-[0-9A-Z]{4}/.exec(form.text) ?? []
  await form.close()
  await scene.slack.settle()
  return code
}

const roundIn = (scene: Scene, who: string) =>
  scene.slack
    .as(who)
    .in('#protection-forum')
    .expectCard(/Review of hotspots/)

async function rate(scene: Scene, who: string, category: string): Promise<void> {
  const place = await scene.slack.as(who).withApp()
  const card = await place.expectCard(/Review of hotspots/)
  const list = await card.click('Rate').modal()
  const form = await list.click('Rate').modal()
  await form.fill({ likelihood: '4', impact: '5', category, rationale: ['threat'] })
  await form.submit()
  await list.expectText(/likelihood 4/)
  await scene.slack.settle()
}

it('force and partners rank a place apart, see each other, talk, recommend and adopt', async () => {
  const scene = await openScene()
  await listHotspot(scene, 'Karamba market')
  const form = await scene.slack
    .as('poc.adviser')
    .in('#protection-forum')
    .command('/poc-hotspot round')
    .modal()
  await form.submit()
  await form.expectText(/M-.* is open/)
  await form.close()
  await scene.slack.settle()

  // Who does not lead it sees the round that is under way, and is told where there is none.
  await scene.slack.as('ocha').command('/poc-hotspot round')
  const shown = await scene.slack.as('ocha').expectEphemeral(/Review of hotspots/)
  expect(shown.text).not.toMatch(/Open a review round/)
  await scene.slack.as('ocha').command('/poc-hotspot matrix atlantis')
  await scene.slack.as('ocha').expectEphemeral(/“atlantis” is no sector of this mission/)

  await rate(scene, 'force.hq', 'must')
  const card = await roundIn(scene, 'poc.adviser')
  await card.expectText(/Not yet answered: .*Humanitarian partners/)
  expect(card.text).not.toMatch(/Must Protect|likelihood/)
  await rate(scene, 'ocha', 'could')

  await card.pick('matrix.more', 'Show both sides')
  await scene.slack.settle()
  await card.expectText(/1 contested place/)
  await card.expectText(/Must Protect.*Could Protect/)

  await card.click('Recommend')
  await scene.slack.as('poc.adviser').expectEphemeral(/Contested places without a proposal: 1/)
  const sides = await card.click('Both sides').modal()
  const proposal = await sides.pick('matrix.row', 'Propose').modal()
  await proposal.fill({ category: 'should', reason: 'Seen on Tuesday' })
  await proposal.submit()
  await sides.expectText(/The chair proposes.*Seen on Tuesday/)
  await sides.close()
  await card.click('Recommend')
  await scene.slack.settle()

  const forum = await (await scene.slack.as('mission.leadership').withApp()).expectCard(/Review of hotspots/)
  await forum.click('Adopt')
  await scene.slack.as('mission.leadership').expectEphemeral(/Checks that speak against adopting/)
  for (;;) {
    const checks = await forum.click('Checks').modal()
    if (checks.text.includes('Nothing speaks against')) {
      await checks.close()
      break
    }
    const waiver = await checks.click('Waive').modal()
    expect(waiver.text, 'what is waived').toMatch(/\*H-\w{4}\* .+: /)
    await waiver.fill({ reason: 'Known, and planned for' })
    await waiver.submit()
    await scene.slack.settle()
    await checks.close()
  }
  await forum.click('Adopt')
  await scene.slack.settle()
  await forum.expectText(/Adopted as a version/)

  await scene.slack.as('head.karamba').command('/poc-hotspot matrix')
  await scene.slack.as('head.karamba').expectEphemeral(/Version 1, Toute la mission/)
}, 120_000)
