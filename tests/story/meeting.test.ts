import { expect, it } from 'vitest'
import type { Card } from '../../rehearsal/driver/index.ts'
import { DAY, HOUR, openScene, raiseAlert, type Scene, toldDirectly } from '../support/bot.ts'

const ROOM = '#joc-watch'

/** A working group with its meetings in the operations centre's channel; returns its code. */
async function workingGroup(scene: Scene): Promise<string> {
  const form = await scene.slack.as('joc.watch').command('/poc-group new').modal()
  // A channel is chosen by the name people know; one that nobody registered is refused next to the field.
  await form.fill({ kind: 'working_group', channel: '#general' })
  expect(JSON.stringify(await form.submit().expectErrors())).toMatch(/not registered/)
  await form.fill({ channel: '#joc-watch' })
  await form.submit()
  await form.expectText(/F-[0-9A-Z]{4}/)
  const [code = ''] = /F-[0-9A-Z]{4}/.exec(form.text) ?? []
  await form.close()
  await scene.slack.settle()
  return code
}

/** Plans a meeting for a day from now and returns its card, as the chair sees it. */
async function meeting(scene: Scene, code: string): Promise<Card> {
  const group = await scene.slack.as('poc.adviser').in(ROOM).expectCard(new RegExp(code))
  await meetingOf(scene, group)
  return scene.slack
    .as('poc.adviser')
    .in(ROOM)
    .expectCard(/meeting 1/)
}

async function meetingOf(scene: Scene, group: Card): Promise<void> {
  const plan = await group.click('Next meeting…').modal()
  await plan.submit()
  await plan.close()
  await scene.slack.settle()
}

it('X-12: nine briefings and no task: the meeting does not close silently, and the share goes to the senior forum', async () => {
  const scene = await openScene()
  const { slack } = scene
  const alert = await raiseAlert(scene, 'duty.karamba')
  const code = await workingGroup(scene)
  const card = await meeting(scene, code)

  // The agenda built itself: the alert nobody has answered, and who has not reported, by post.
  await scene.pass(DAY - 30 * 60_000)
  await card.expectText(new RegExp(`${alert}.*has not answered`))
  await card.expectText(/Not yet reported: .*Force HQ duty officer/)
  // The reminder names the post that owes a report, and is answered where it stands.
  const reminder = await (await slack.as('force.hq').withApp()).expectMessage(
    /Not yet reported: Force HQ duty officer\./,
  )
  expect(reminder.buttons).toEqual(expect.arrayContaining(['Nothing to report', 'Report…']))
  // What the card lists is looked at again when somebody joins the channel, as long as it lists it.
  const holding = async () => {
    const { read } = scene.bot.store
    const listed = await read.alerts.byCode(alert)
    const standing = await read.postings.standingAt('C0JOCWATCH')
    const cards = standing.filter(({ kind, holds }) => kind === 'card' && holds.includes(listed?.id ?? ''))
    return cards.map(({ recordId }) => recordId).filter(id => id !== listed?.id)
  }
  expect(await holding()).toHaveLength(1)

  // Nothing to report is one press, and says so.
  await reminder.click('Nothing to report')
  await slack.settle()
  await card.expectText(/Nothing to report: Force HQ duty officer/)
  await card.click('Open the meeting')
  await slack.settle()

  // Nine briefings, each marked as what it is.
  const speakers = ['force.hq', 'police.hq', 'joc.watch'] as const
  for (let nth = 1; nth <= 9; nth++) {
    const speaker = speakers[nth % 3] as string
    const theirs = await slack
      .as(speaker)
      .in(ROOM)
      .expectCard(/meeting 1/)
    await theirs.reply(`Briefing number ${nth} of our activities`)
    const said = await theirs.expectThreadReply(`Briefing number ${nth} of our activities`)
    await said.react('information_source')
    await slack.settle()
  }
  const now = await slack
    .as('poc.adviser')
    .in(ROOM)
    .expectCard(/meeting 1/)
  await now.expectText(/Briefing number 9/)

  // It does not close by itself, nor without a reason.
  const close = await now.click('Close…').modal()
  await close.expectText(/Decisions: 0. Taskings and requests: 0./)
  await close.fill({ notUsed: 'Nothing in them asked for anything' })
  expect(JSON.stringify(await close.submit().expectErrors())).toMatch(/No decision was taken/)
  await close.fill({ because: 'The sector plan is due on Friday; nothing could be decided before' })
  await close.submit()
  await close.close()
  await slack.settle()
  const closed = await slack
    .as('poc.adviser')
    .in(ROOM)
    .expectCard(/meeting 1/)
  await closed.expectText(/No decision and no task, because/)
  expect(await holding()).toHaveLength(1)
  expect(await toldDirectly(scene, 'police.hq', /not taken up: Briefing/)).toHaveLength(1)

  // The next one is on its cadence, and leadership reads what meetings come to.
  await slack
    .as('poc.adviser')
    .in(ROOM)
    .expectCard(/meeting 2/)
  await slack.as('mission.leadership').command('/poc-group figures')
  await slack.as('mission.leadership').expectEphemeral(/0 of 1 meetings came to a decision or a task \(0 %\)/)

  // It stands on the senior forum's agenda.
  const senior = await slack.as('poc.adviser').command('/poc-group new').modal()
  await senior.fill({ kind: 'senior_forum' })
  await senior.submit()
  await senior.close()
  await slack.settle()
  const leadership = await slack.as('mission.leadership').withApp()
  await meetingOf(scene, await leadership.expectCard(/Senior management group/))
  const agenda = await leadership.expectCard(/Senior management group on protection, meeting 1/)
  await agenda.expectText(/0 of 1 meetings came to a decision or a task \(0 %\). No decision waits/)
})

it('what is decided in a thread is on record, tasked, minuted, and stays on the agenda until it is carried out', async () => {
  const scene = await openScene()
  const { slack } = scene
  const code = await workingGroup(scene)
  const card = await meeting(scene, code)
  await scene.pass(DAY + HOUR)
  await card.click('Open the meeting')
  await slack.settle()

  await card.reply('A standing patrol at the market from Monday')
  const words = await card.expectThreadReply('A standing patrol at the market from Monday')
  const mark = await words.shortcut('Mark for the minutes').modal()
  await mark.fill({ mark: 'decision', decider: 'force_hq' })
  await mark.submit()
  await mark.close()
  await slack.settle()
  await card.expectText(/A standing patrol at the market from Monday.*decided by Force HQ duty officer/)

  // An action becomes a tasking with the meeting as its origin.
  const atJoc = await slack
    .as('joc.watch')
    .in(ROOM)
    .expectCard(/meeting 1/)
  const task = await atJoc.click('Task somebody…').modal()
  await task.choose('to', 'Field office', 'Field office duty officer, Sector North')
  await task.fill({
    result: 'Traders know when the patrol is there',
    tier: '1',
    dueAt: Math.floor((scene.clock.now() + 2 * DAY) / 1000),
  })
  await task.submit()
  await task.close()
  await slack.settle()
  await card.expectText(/T-[0-9A-Z]{4}.*Traders know/)

  const close = await card.click('Close…').modal()
  await close.submit()
  await close.close()
  await slack.settle()
  const closed = await slack
    .as('poc.adviser')
    .in(ROOM)
    .expectCard(/meeting 1/)
  const minutes = await closed.click('Minutes…').modal()
  await minutes.submit()
  await minutes.close()
  await slack.settle()
  await closed.expectThreadReply(/Minutes: .*[\s\S]*standing patrol/)

  await scene.pass(6 * DAY)
  const next = await slack
    .as('poc.adviser')
    .in(ROOM)
    .expectCard(/meeting 2/)
  await next.expectText(/decided .*, not carried out: A standing patrol/)

  // Whoever decided finds it among what waits, and says that it was carried out.
  const force = slack.as('force.hq')
  await force.command('/poc')
  const waits = await force.expectEphemeral(/Not carried out yet: 1[\s\S]*A standing patrol/)
  await waits.click('Carried out')
  await force.expectEphemeral(/Written down as carried out: A standing patrol/)
  await slack.settle()
  await next.expectNotText(/Not carried out/)
})

it('a cluster that stops has its work done by another group, which reads nothing of its history, and has it back when it meets again (R-055)', async () => {
  const scene = await openScene()
  const { slack } = scene
  const group = await workingGroup(scene)
  const form = await slack.as('ocha').command('/poc-group new').modal()
  await form.fill({ kind: 'protection_cluster' })
  await slack.settle()
  await form.submit()
  await form.close()
  await slack.settle()
  const ocha = await slack.as('ocha').withApp()
  const cluster = await ocha.expectCard(/Protection cluster/)
  // The kind that was chosen says who chairs and belongs to it.
  await cluster.expectText(/Members\*?\s*OCHA bridge officer/)
  await meetingOf(scene, cluster)
  const meeting = await ocha.expectCard(/Protection cluster.*meeting 1/)
  await scene.pass(DAY + HOUR)
  await meeting.click('Open the meeting')
  const say = await meeting.click('Bring in…').modal()
  await say.fill({ mark: 'decision', text: 'Map the camps before the rain' })
  await say.submit()
  await say.close()
  const close = await meeting.click('Close…').modal()
  await close.submit()
  await close.close()
  await slack.settle()

  const stop = await cluster.click('Another group does its work…').modal()
  const host = (await scene.bot.store.read.forums.byCode(group))?.id ?? ''
  await stop.fill({ host, why: 'International staff may not come' })
  await stop.submit()
  await stop.close()
  await slack.settle()
  await cluster.expectText(new RegExp(`${group} does its work since`))
  await slack
    .as('joc.watch')
    .in(ROOM)
    .expectNoMessage(/Map the camps/)

  // What it decided is still theirs to carry out, and it has its work back.
  await slack.as('ocha').command('/poc-group')
  await slack.as('ocha').expectEphemeral(/Does not meet; another group does its work/)
  await cluster.click('It meets again')
  await slack.settle()
  await cluster.expectNotText(/does its work since/)
  await meetingOf(scene, cluster)
  const next = await ocha.expectCard(/Protection cluster.*meeting 3/)
  await next.expectText(/decided .*, not carried out: Map the camps before the rain/)
})
