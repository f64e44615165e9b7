import { describe, expect, it } from 'vitest'
import { codeIn, fillAlert, MINUTE, openScene, recordOf, type Scene, toldDirectly } from '../support/bot.ts'

const FORUM = 'C0PROTECTION'
const title = /UNMOB and partners/

const pinned = (scene: Scene) =>
  scene.slack.workspace.state.messages(FORUM).filter(({ fromApp, pinnedBy }) => fromApp && pinnedBy)

describe.each(['http', 'socket'] as const)('over %s', connection => {
  it('a partner of another workspace raises an alert from the pinned card and reads there what waits for them', async () => {
    const scene = await openScene({ connection })
    expect(pinned(scene)).toHaveLength(1)
    const forum = scene.slack.as('ngo').in('#protection-forum')
    const form = await (await forum.expectCard(title)).click('Raise an alert').modal()
    await form.expectText(/a humanitarian partner/)
    await fillAlert(form, { what: 'Men are burning the mill', typed: 'Karamba market' })
    await form.submit()
    const code = await codeIn(form)
    await form.close()
    await scene.slack.settle()
    expect(await recordOf(scene, code)).toMatchObject({ alert: { holder: 'ngo' } })
    expect(await toldDirectly(scene, 'company.karamba', code)).not.toEqual([])
    await (await forum.expectCard(title)).click('What waits for me')
    await scene.slack.as('ngo').expectEphemeral(new RegExp(`Nothing waits for you.*open.*${code}`, 's'))
  })
})

it('what a partner asked of the mission, and what the mission asks of them, stands under “What waits for me”', async () => {
  const scene = await openScene()
  const forum = scene.slack.as('ngo').in('#protection-forum')
  const form = await (await forum.expectCard(title)).click('Ask the mission for information').modal()
  await form.fill({ what: 'Which roads are mined?', why: 'Convoys carry water' })
  await form.submit()
  const [code = ''] = /Q-[0-9A-Z]{4}/.exec(form.text) ?? []
  await form.close()
  await scene.slack.settle()
  await (await forum.expectCard(title)).click('What waits for me')
  await scene.slack.as('ngo').expectEphemeral(new RegExp(`no answer yet.*${code}.*roads are mined`, 's'))
  const adviser = scene.slack.as('poc.adviser')
  await adviser.command('/poc')
  const waits = await adviser.expectEphemeral(new RegExp(`waits for your answer.*${code}`, 's'))
  const answer = await waits.click('Answer').modal()
  await answer.expectText(new RegExp(code))
})

it('a stranger may raise from the card; what waits is answered politely, to them alone', async () => {
  const scene = await openScene()
  await scene.slack.workspace.act({
    persona: 'U0POCADVISER',
    do: 'invite',
    channel: FORUM,
    user: 'U0NEWCOMER',
  })
  await scene.slack.settle()
  const forum = scene.slack.as('newcomer').in('#protection-forum')
  await (await forum.expectCard(title)).click('What waits for me')
  await scene.slack
    .as('newcomer')
    .expectEphemeral(/not registered with the mission yet. You may raise an alert/)
  const form = await (await forum.expectCard(title)).click('Raise an alert').modal()
  await fillAlert(form)
  await form.submit()
  await codeIn(form)
})

it('the card that was deleted is posted and pinned again with the next look at the channel', async () => {
  const scene = await openScene()
  const [card] = pinned(scene)
  await scene.slack.workspace.act({ persona: 'U0POCADVISER', do: 'invite', channel: FORUM, user: 'U0ADMIN' })
  await scene.slack.workspace.act({ persona: 'U0ADMIN', do: 'delete', channel: FORUM, ts: card!.ts })
  expect(pinned(scene)).toHaveLength(0)
  await scene.pass(31 * MINUTE)
  expect(pinned(scene)).toHaveLength(1)
})

it('a channel of one workspace gets no such card', async () => {
  const scene = await openScene()
  expect(scene.slack.as('joc.watch').in('#poc-north').cards(title)).toEqual([])
})
