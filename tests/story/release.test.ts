import { expect, it } from 'vitest'
import {
  cardsIn,
  openScene,
  ownCard,
  raiseAlert,
  recordOf,
  type Scene,
  toldDirectly,
} from '../support/bot.ts'

/** Words that stand in the alert and nowhere else. */
const CANARY = 'zanzibarine'
const SUMMARY = 'Keep off the mill road tonight'
const FORUM = 'C0PROTECTION'

/** Everything the bot has said to be read in the forum. */
const forumText = (scene: Scene) =>
  JSON.stringify(scene.slack.workspace.state.messages(FORUM).filter(message => message.fromApp))

async function propose(scene: Scene, code: string, change: Record<string, string> = {}) {
  const card = await ownCard(scene, 'duty.karamba', code)
  const form = await card.pick('More…', 'Propose a release').modal()
  await form.fill({
    summary: SUMMARY,
    channels: [FORUM],
    why: 'Aid workers drive there',
    sensitivity: 'low',
    ...change,
  })
  await form.submit()
  await form.expectText(/Proposed as R-/)
  const [release = ''] = /R-[0-9A-Z]{4}/.exec(form.text) ?? []
  await form.close()
  await scene.slack.settle()
  return release
}

const proposalOf = async (scene: Scene, release: string) =>
  (await scene.slack.as('poc.adviser').withApp()).expectCard(new RegExp(`${release}: may this be shown`))

it('a summary goes from proposal through decision to the partners’ channel, and not one word more', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'joc.watch', { what: `Armed men ${CANARY} at the mill` })
  const release = await propose(scene, code)
  expect(forumText(scene)).not.toContain(SUMMARY)
  const proposal = await proposalOf(scene, release)
  await proposal.expectText(SUMMARY)
  await proposal.expectText(/Aid workers drive there/)
  await proposal.click('Release')
  await scene.slack.settle()
  await scene.slack.as('ngo').in('#protection-forum').expectCard(release)
  expect(forumText(scene)).toContain(SUMMARY)
  for (const word of [CANARY, code, 'Karamba market', 'Aid workers', 'Acknowledge'])
    expect([word, forumText(scene).includes(word)]).toEqual([word, false])
  expect(await toldDirectly(scene, 'duty.karamba', /was released to/)).toHaveLength(1)
  await proposal.expectText(/Released/)
})

it('taken back, it goes from the channel', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'joc.watch')
  const release = await propose(scene, code)
  const proposal = await proposalOf(scene, release)
  await proposal.click('Release')
  await scene.slack.settle()
  expect(forumText(scene)).toContain(SUMMARY)
  await proposal.click('Take back')
  await scene.slack.settle()
  expect(forumText(scene)).not.toContain(SUMMARY)
})

it('not released, its proposer reads why and the channel nothing', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'joc.watch')
  const release = await propose(scene, code)
  const why = await (await proposalOf(scene, release)).click('Do not release').modal()
  await why.fill({ reason: 'The road is named' })
  await why.submit()
  await scene.slack.settle()
  expect(await toldDirectly(scene, 'duty.karamba', /is not released.*The road is named/)).toHaveLength(1)
  expect(forumText(scene)).not.toContain(SUMMARY)
  expect(await recordOf(scene, code)).toMatchObject({ alert: { lifecycle: 'open' } })
})

it('whoever comes to the channel later reads nothing of it; its registrar is told what stands there', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'joc.watch')
  const release = await propose(scene, code)
  await (await proposalOf(scene, release)).click('Release')
  await scene.slack.settle()
  await scene.slack.workspace.act({
    persona: 'U0POCADVISER',
    do: 'invite',
    channel: FORUM,
    user: 'U0NEWCOMER',
  })
  await scene.slack.settle()
  expect(await toldDirectly(scene, 'joc.watch', /protection-forum|C0PROTECTION/)).toHaveLength(1)
  expect(cardsIn(scene, 'joc.watch', '#poc-north', code)).toHaveLength(1)
})

it('the whole alert, released to the channel, stands there without a layer, and goes when taken back', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'joc.watch', { what: `Armed men ${CANARY} at the mill` })
  const release = await propose(scene, code, { what: 'record' })
  const proposal = await proposalOf(scene, release)
  await proposal.click('Release')
  await scene.slack.settle()
  const card = await scene.slack.as('ngo').in('#protection-forum').expectCard(code)
  await card.expectText(CANARY)
  await card.click('Acknowledge')
  await scene.slack.as('ngo').expectEphemeral(/no post in either owner’s chain/)
  await proposal.click('Take back')
  await scene.slack.settle()
  expect(forumText(scene)).not.toContain(CANARY)
})
