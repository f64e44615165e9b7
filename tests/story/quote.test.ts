import { expect, it } from 'vitest'
import type { Card } from '../../rehearsal/driver/index.ts'
import { cardIn, codeIn, openScene, raiseAlert, recordOf, type Scene } from '../support/bot.ts'

const FORUM = '#protection-forum'

/** What the timeline of an alert reads like for one person. */
async function timelineOf(scene: Scene, who: string, channel: string, code: string): Promise<string> {
  const card = await cardIn(scene, who, channel, code)
  const modal = await card.pick('More…', 'Timeline').modal()
  const { text } = modal
  await modal.close()
  await scene.slack.settle()
  return text
}

/** A message in the thread of an alert's card, as its author sees it. */
async function written(
  scene: Scene,
  who: string,
  channel: string,
  code: string,
  words: string,
): Promise<Card> {
  const card = await cardIn(scene, who, channel, code)
  await card.reply(words)
  return card.expectThreadReply(words)
}

const quotes = async (scene: Scene, code: string) => {
  const { alert } = await recordOf(scene, code)
  return scene.bot.store.read.quotes.ofAlerts([alert.id])
}

/** The mission's forum with an alert its humanitarians may read. */
async function shared(scene: Scene): Promise<string> {
  const code = await raiseAlert(scene, 'duty.karamba')
  const { alert } = await recordOf(scene, code)
  await scene.bot.store.write(async repos => {
    await repos.alerts.update(alert.id, alert.version, {
      audience: ['military', 'police', 'mission_civilian', 'human_rights', 'un_agency', 'ngo'],
    })
    await repos.channels.update('C0PROTECTION', { purpose: 'sector', sector: 'north' })
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
  return code
}

it('the record emoji puts a colleague’s words on record once, and the author hears of it', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'duty.karamba')
  const message = await written(
    scene,
    'company.karamba',
    '#poc-north',
    code,
    'Two pick-ups & men at the ford',
  )
  await (await message.as('U0JOCWATCH')).react('memo')
  await (await message.as('U0SECTORNORTH')).react('memo')
  await scene.slack.settle()

  const [quote, ...others] = await quotes(scene, code)
  expect(others).toEqual([])
  expect(quote).toMatchObject({ state: 'stands', text: 'Two pick-ups & men at the ford' })
  const notice = await scene.slack.as('company.karamba').expectDirectMessage(/Your words stand on the record/)
  await notice.expectText(/JOC watch/)
  const timeline = await timelineOf(scene, 'duty.karamba', '#poc-north', code)
  expect(timeline).toMatch(/Raised by Field office duty officer/)
  expect(timeline).toMatch(/Company duty officer.*: Two pick-ups & men at the ford.*in Slack/)
})

it('edits and deletion of a message on record are followed, and other messages are not even written down', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'duty.karamba')
  const message = await written(scene, 'company.karamba', '#poc-north', code, 'Two pick-ups at the ford')
  const other = await written(scene, 'company.karamba', '#poc-north', code, 'Lunch at noon')
  await (await message.as('U0JOCWATCH')).react(':memo:'.replaceAll(':', ''))
  await scene.slack.settle()

  await message.edit('Three pick-ups at the ford')
  await other.edit('Lunch at one')
  await scene.slack.settle()
  const edited = await timelineOf(scene, 'duty.karamba', '#poc-north', code)
  expect(edited).toMatch(/Three pick-ups at the ford.*edited/)
  expect(edited).not.toMatch(/Two pick-ups/)

  await message.remove()
  await scene.slack.settle()
  const gone = await timelineOf(scene, 'duty.karamba', '#poc-north', code)
  expect(gone).toMatch(/withdrawn in Slack/)
  expect(gone).not.toMatch(/pick-ups/)
  const { database } = scene.bot.store as unknown as { database: import('better-sqlite3').Database }
  const kinds = database
    .prepare("select kind, count(*) n from inbox where kind = 'message' group by kind")
    .all()
  expect(kinds).toEqual([{ kind: 'message', n: 2 }])
})

it('an NGO’s words enter only when they say yes, asked beside the message, and leave when they take them back', async () => {
  const scene = await openScene()
  const code = await shared(scene)
  const message = await written(scene, 'ngo', FORUM, code, 'Our clinic at Karamba East was emptied')
  await (await message.as('U0DUTYKARAMBA')).react('memo')
  await scene.slack.settle()
  const [asked] = await quotes(scene, code)
  expect(asked).toMatchObject({ state: 'asked', text: null })
  await scene.slack.as('duty.karamba').expectEphemeral(/only if they say yes/)
  expect(await timelineOf(scene, 'duty.karamba', FORUM, code)).not.toMatch(/clinic/)

  const question = await scene.slack.as('ngo').expectEphemeral(/May your words stand on the record/)
  await question.expectText(/a humanitarian partner/)
  await question.click('Yes, put it on record')
  await scene.slack.settle()
  const stands = await timelineOf(scene, 'duty.karamba', FORUM, code)
  expect(stands).toMatch(/a humanitarian partner: Our clinic at Karamba East was emptied/)
  expect(stands).not.toMatch(/NGO/)

  const answer = await scene.slack.as('ngo').expectEphemeral(/Your words stand on the record/)
  await answer.click('Take my words back')
  await scene.slack.settle()
  expect(await timelineOf(scene, 'duty.karamba', FORUM, code)).not.toMatch(/clinic/)
  expect((await quotes(scene, code))[0]).toMatchObject({ state: 'declined', text: null })
})

it('a human rights officer who says no is not asked again, and nothing of theirs is held', async () => {
  const scene = await openScene()
  const code = await shared(scene)
  const message = await written(scene, 'human.rights', FORUM, code, 'Witnesses name a commander')
  await (await message.as('U0DUTYKARAMBA')).react('memo')
  await scene.slack.settle()
  const question = await scene.slack.as('human.rights').expectDirectMessage(/May your words stand/)
  await question.click('No')
  await question.expectText(/Nothing of your message/)
  await (await message.as('U0POCADVISER')).react('memo')
  await scene.slack.settle()
  expect(await quotes(scene, code)).toMatchObject([{ state: 'declined', text: null }])
  await scene.slack.as('poc.adviser').expectEphemeral(/does not want it on record/)
})

it('who put it there takes the emoji away and the words go; another’s emoji changes nothing', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'duty.karamba')
  const message = await written(
    scene,
    'company.karamba',
    '#poc-north',
    code,
    'Patrol turned back at the bridge',
  )
  const ours = await message.as('U0JOCWATCH')
  const theirs = await message.as('U0SECTORNORTH')
  await ours.react('memo')
  await scene.slack.settle()
  await theirs.react('memo')
  await theirs.unreact('memo')
  await scene.slack.settle()
  expect(await quotes(scene, code)).toMatchObject([{ state: 'stands' }])
  await ours.unreact('memo')
  await scene.slack.settle()
  expect(await quotes(scene, code)).toMatchObject([{ state: 'taken_back', text: null }])
  expect(await timelineOf(scene, 'duty.karamba', '#poc-north', code)).not.toMatch(/bridge/)
})

it('Add to record offers the thread’s own alert, and says what was done', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'duty.karamba')
  const message = await written(scene, 'company.karamba', '#poc-north', code, 'Shots east of the school')
  const seen = await message.as('U0JOCWATCH')
  const form = await seen.shortcut('Add to record').modal()
  await form.submit()
  await form.expectText(new RegExp(`On the record of ${code}`))
  await form.close()
  await scene.slack.settle()
  expect(await quotes(scene, code)).toMatchObject([{ state: 'stands', how: 'shortcut' }])
  const again = await seen.shortcut('Add to record').modal()
  await again.click('Take it back')
  await again.expectText(/Taken back/)
  expect(await quotes(scene, code)).toMatchObject([{ state: 'taken_back' }])
})

it('Raise as alert fills in words and place, and the record keeps the message’s address', async () => {
  const scene = await openScene()
  const place = scene.slack.as('civil.affairs').in('#poc-north')
  await place.say('Armed men seen at Karamba market <now>')
  const message = await scene.slack
    .as('duty.karamba')
    .in('#poc-north')
    .expectMessage(/seen at Karamba market/)
  const form = await message.shortcut('Raise as alert').modal()
  await form.fill({ urgency: 'imminent' })
  await form.submit()
  const code = await codeIn(form)
  await scene.slack.settle()
  const { alert } = await recordOf(scene, code)
  expect(alert).toMatchObject({ what: 'Armed men seen at Karamba market <now>', placeId: 'karamba-market' })
  expect(await quotes(scene, code)).toMatchObject([{ state: 'stands', how: 'raised' }])
  expect(await timelineOf(scene, 'duty.karamba', '#poc-north', code)).toMatch(/in Slack/)
})

it('an alert raised from a partner’s message does not copy their words', async () => {
  const scene = await openScene()
  const place = scene.slack.as('ngo').in(FORUM)
  await place.say('Families flee Karamba market')
  const message = await scene.slack
    .as('duty.karamba')
    .in(FORUM)
    .expectMessage(/Families flee/)
  const form = await message.shortcut('Raise as alert').modal()
  await form.expectText(/in your own words/)
  await form.fill({ what: 'People are leaving the market', urgency: 'imminent' })
  await form.submit()
  const code = await codeIn(form)
  await scene.slack.settle()
  expect(await quotes(scene, code)).toMatchObject([{ state: 'asked', text: null }])
  const question = await scene.slack.as('ngo').expectEphemeral(/May your words stand/)
  // They may not read the alert, so its code is not told.
  await question.expectText(/the record of an alert/)
})
