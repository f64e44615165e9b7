/**
 * A camp without a liaison assistant (script X-02): an NGO reports tension through the humanitarian lane, nobody of the
 * mission's civilians is there, and the mission's contact has not been tested. Each phase leaves the scene as the next
 * one finds it.
 */
import { expect, it } from 'vitest'
import { codeIn, DAY, fillAlert, openScene, ownCard, recordOf, type Scene } from '../support/bot.ts'

const ORGANISATION = 'Lantern Relief'

/** The camp stands on the list of places; its sector has no liaison assistant any more. */
async function campWithoutLiaison(scene: Scene): Promise<string> {
  const { store } = scene.bot
  const ngo = await store.read.people.byUser('T0NGO', 'U0NGO')
  const liaisons = (await store.read.roles.all()).filter(({ role }) => role === 'liaison_assistant')
  await store.write(async ({ people, roles }) => {
    await people.update(ngo!.id, { organisation: ORGANISATION })
    for (const { id } of liaisons) await roles.remove(id)
  })
  const form = await scene.slack.as('poc.adviser').command('/poc-hotspot new Karamba market').modal()
  await form.fill({ kind: 'market', threats: ['armed_attack'], vulnerability: '5' })
  await form.submit()
  const [code = ''] = /H-[0-9A-Z]{4}/.exec(form.text) ?? []
  await form.close()
  await scene.slack.settle()
  return code
}

/** The monthly test of contacts has named the silent one to its own side, before anything is reported. */
async function contactFoundStale(scene: Scene): Promise<void> {
  await scene.pass(30 * DAY)
  await scene.pass(7 * DAY)
  const list = await scene.slack.as('ocha').expectDirectMessage(/Not known to be in reach/)
  await list.expectText(/@ngo, NGO/)
  const mission = await scene.slack.as('joc.watch').expectDirectMessage(/Not known to be in reach/)
  expect(mission.text).not.toMatch(/@ngo|Lantern/)
}

/** The sector's command reads the tension, and not who reported it; nobody on the mission's side can list the NGO. */
async function reported(scene: Scene): Promise<void> {
  const pinned = await scene.slack
    .as('ngo')
    .in('#protection-forum')
    .expectCard(/UNMOB and partners/)
  const form = await pinned.click('Raise an alert').modal()
  await fillAlert(form, { what: 'Quarrels at the camp gate every night', urgency: 'tension' })
  await form.submit()
  const code = await codeIn(form)
  await form.close()
  await scene.slack.settle()
  const { alert } = await recordOf(scene, code)
  expect(alert.holder).toBe('ngo')
  for (const who of ['sector.north', 'company.karamba', 'joc.watch'])
    await (await ownCard(scene, who, code)).expectText(/a humanitarian partner/i)
  const north = JSON.stringify(scene.slack.workspace.state.messages('C0POCNORTH'))
  expect(north).not.toContain(ORGANISATION)
  const found = await scene.slack
    .as('joc.watch')
    .command(`/poc ${ORGANISATION}`)
    .expectEphemeral(/No alert/)
  expect(found.text).not.toContain(code)
}

/** The gap stands beside the place until somebody closes it. */
async function gapStands(scene: Scene, hotspot: string): Promise<void> {
  const gaps = await scene.slack
    .as('poc.adviser')
    .command('/poc-hotspot gaps')
    .expectEphemeral(/with a gap/)
  await gaps.expectText(new RegExp(hotspot))
  await gaps.expectText(/liaison/i)
}

/** From the gap a team is proposed; the head of office reads why, and nothing of who reported. */
async function teamProposed(scene: Scene): Promise<void> {
  const gaps = await scene.slack
    .as('poc.adviser')
    .command('/poc-hotspot gaps')
    .expectEphemeral(/with a gap/)
  const form = await gaps.click('Propose a team').modal()
  expect(form.value('why')).toMatch(/No visit of civilian staff is on record/)
  const day = (ahead: number) => new Date(scene.clock.now() + ahead * DAY).toISOString().slice(0, 10)
  await form.fill({ from: day(1), to: day(2), sections: ['civil_affairs', 'human_rights'] })
  await form.submit()
  const [code = ''] = /J-[0-9A-Z]{4,5}/.exec(form.text) ?? []
  await form.close()
  await scene.slack.settle()
  const card = await (await scene.slack.as('head.karamba').withApp()).expectCard(new RegExp(`${code} · `))
  await card.expectText(/Proposée[\s\S]*Karamba market/)
  expect(card.text).not.toMatch(/Lantern/)
}

it('a camp nobody watches is a gap on the list and gets a team proposed, and an NGO’s word reaches command without its name', async () => {
  const scene = await openScene()
  const hotspot = await campWithoutLiaison(scene)
  await gapStands(scene, hotspot)
  await contactFoundStale(scene)
  await reported(scene)
  await teamProposed(scene)
}, 240_000)
