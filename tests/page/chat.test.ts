import { expect, test } from 'vitest'
import { theatre } from './stage.ts'

const setStage = theatre()
const north = 'C0POCNORTH'
const composer = 'Message #poc-north'

test('a message appears on another person’s page without reloading', async () => {
  const { open } = await setStage()
  const reader = await open('sector.north', north)
  const writer = await open('duty.karamba', north)
  await writer.getByLabel(composer).fill('Two patrols are out.')
  await writer.getByLabel(composer).press('Enter')
  await reader.getByRole('log').getByText('Two patrols are out.').waitFor()
})

test('typing a slash lists the commands, and Tab completes the one the arrows chose', async () => {
  const { open } = await setStage()
  const page = await open('duty.karamba', north)
  const box = page.getByLabel(composer)
  await box.pressSequentially('/ri')
  expect(await page.getByRole('option').allTextContents()).toHaveLength(3)
  await box.press('ArrowDown')
  await box.press('Tab')
  expect(await box.inputValue()).toBe('/ring-form ')
})

test('Enter completes a half-typed command, and sends one that is whole', async () => {
  const { open, workspace } = await setStage()
  const page = await open('duty.karamba', north)
  const box = page.getByLabel(composer)
  await box.pressSequentially('/ring-s')
  await box.press('Enter')
  expect(await box.inputValue()).toBe('/ring-show ')
  await box.fill('/ring')
  await box.press('Enter')
  const sent = await workspace.deliveries.waitFor(each => each.kind === 'slash_commands')
  expect(sent.payload).toMatchObject({ command: '/ring', text: '' })
})

test('@ completes a person, who is then called by a mention', async () => {
  const { open, workspace } = await setStage()
  const page = await open('duty.karamba', north)
  const box = page.getByLabel(composer)
  await box.pressSequentially('Please look, @sector.n')
  await box.press('Enter')
  await box.press('Enter')
  await page.getByRole('log').getByText('@Sector operations, North').waitFor()
  expect(workspace.snapshot('U0SECTORNORTH').channels.find(each => each.id === north)?.mentions).toBe(1)
})

test('Shift and Enter makes a new line instead of sending', async () => {
  const { open, workspace } = await setStage()
  const page = await open('duty.karamba', north)
  const box = page.getByLabel(composer)
  await box.pressSequentially('first')
  await box.press('Shift+Enter')
  await box.pressSequentially('second')
  await box.press('Enter')
  await page.getByRole('log').getByText('second').waitFor()
  expect(workspace.state.messages(north).at(-1)?.text).toBe('first\nsecond')
})

test('a failed command is told under the composer, to its author alone, and the line comes back', async () => {
  const { open, silenceApp } = await setStage()
  const page = await open('duty.karamba', north)
  silenceApp()
  await page.getByText('The app is not connected').waitFor()
  const box = page.getByLabel(composer)
  await box.fill('/ring men at the market')
  await box.press('Enter')
  const notice = page.locator('.private-notice')
  await notice.waitFor()
  expect(await notice.textContent()).toMatch(/\/ring failed[\s\S]*Only visible to you/)
  expect(await box.inputValue()).toBe('/ring men at the market')
})

test('commands do not work in threads, and the page says so', async () => {
  const { open, workspace } = await setStage()
  const said = await workspace.act({ persona: 'U0DUTYKARAMBA', do: 'say', channel: north, text: 'Root' })
  const page = await open('duty.karamba', `${north}/${said.ts}/thread`)
  await page.getByLabel('Reply…').fill('/ring now')
  await page.getByLabel('Reply…').press('Enter')
  await page.getByText('/ring is not supported in threads. Sorry!').waitFor()
})

test('an ephemeral is marked as visible to its reader only, and another person never gets it', async () => {
  const { open } = await setStage()
  const page = await open('duty.karamba', north)
  const other = await open('sector.north', north)
  await page.getByLabel(composer).fill('/ring men at the market')
  await page.getByLabel(composer).press('Enter')
  const ephemeral = page.getByRole('listitem').filter({ hasText: 'Recorded as' })
  await ephemeral.getByText('Only visible to you').waitFor()
  await other.getByText('A-7K4Q · men at the market').waitFor()
  expect(await other.getByText('Recorded as').count()).toBe(0)
})

test('escaped mark-up is shown as characters and calls nobody', async () => {
  const { open } = await setStage()
  const page = await open('duty.karamba', north)
  await page.getByLabel(composer).fill('/ring <!channel> 5 * 3 * 2')
  await page.getByLabel(composer).press('Enter')
  await page.getByText('A-7K4Q · <!channel> 5 * 3 * 2').waitFor()
  await page.getByText('not obeyed: <!channel>').waitFor()
  expect(await page.locator('.mention').count()).toBe(0)
})

test('a click on a button sends its action in Slack’s shape, once', async () => {
  const { open, interaction, workspace } = await setStage()
  const page = await open('duty.karamba', north)
  await page.getByLabel(composer).fill('/ring men')
  await page.getByLabel(composer).press('Enter')
  await page.getByRole('button', { name: 'Acknowledge' }).click()
  const payload = await interaction('block_actions')
  expect(payload.actions).toMatchObject([
    { type: 'button', action_id: 'acknowledge', block_id: 'answer', value: 'A-7K4Q', style: 'primary' },
  ])
  expect(workspace.deliveries.all.filter(each => each.payload.type === 'block_actions')).toHaveLength(1)
})

test('a button that asks first sends nothing when the answer is no', async () => {
  const { open, interaction, workspace } = await setStage()
  const page = await open('duty.karamba', north)
  await page.getByLabel(composer).fill('/ring men')
  await page.getByLabel(composer).press('Enter')
  const withdraw = page.getByRole('button', { name: 'Raised in error' })
  await withdraw.click()
  await page.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click()
  expect(workspace.deliveries.all.some(each => each.payload.type === 'block_actions')).toBe(false)
  await withdraw.click()
  await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click()
  expect((await interaction('block_actions')).actions).toMatchObject([{ action_id: 'withdraw' }])
})

test('a select in a card is a typeahead that sends the whole option', async () => {
  const { open, interaction } = await setStage()
  const page = await open('duty.karamba', north)
  await page.getByLabel(composer).fill('/ring men')
  await page.getByLabel(composer).press('Enter')
  const select = page.getByPlaceholder('Not acting because…')
  await select.pressSequentially('outs')
  await select.press('Enter')
  expect((await interaction('block_actions')).actions).toMatchObject([
    { type: 'static_select', action_id: 'reason', selected_option: { value: 'outside_the_area' } },
  ])
})

test('a message shortcut is found under More actions and names its message', async () => {
  const { open, interaction, workspace } = await setStage()
  const said = await workspace.act({
    persona: 'U0DUTYKARAMBA',
    do: 'say',
    channel: north,
    text: 'Shots heard',
  })
  const page = await open('sector.north', north)
  const message = page.getByRole('listitem').filter({ hasText: 'Shots heard' })
  await message.hover()
  await message.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Ring about this' }).click()
  const payload = await interaction('message_action')
  expect(payload).toMatchObject({ callback_id: 'about', message: { ts: said.ts } })
})

test('a reaction is added and taken away by the same press', async () => {
  const { open, workspace } = await setStage()
  await workspace.act({ persona: 'U0DUTYKARAMBA', do: 'say', channel: north, text: 'On our way' })
  const page = await open('sector.north', north)
  const message = page.getByRole('listitem').filter({ hasText: 'On our way' })
  await message.hover()
  await message.getByRole('button', { name: 'Add a reaction' }).click()
  for (const meant of ['memo', 'white check mark', 'hammer', 'raised hand', 'information source'])
    await page.getByRole('menuitem', { name: meant }).waitFor()
  await page.getByRole('menuitem', { name: 'eyes' }).click()
  const reaction = message.getByRole('button', { name: /^eyes, 1/ })
  expect(await reaction.getAttribute('aria-pressed')).toBe('true')
  await reaction.click()
  await reaction.waitFor({ state: 'detached' })
})

test('a reply opens in the thread pane and is counted on its message', async () => {
  const { open, workspace } = await setStage()
  await workspace.act({ persona: 'U0DUTYKARAMBA', do: 'say', channel: north, text: 'Root message' })
  const page = await open('sector.north', north)
  const message = page
    .getByLabel('Messages', { exact: true })
    .getByRole('listitem')
    .filter({ hasText: 'Root message' })
  await message.first().hover()
  await message.first().getByRole('button', { name: 'Reply in thread' }).click()
  await page.getByLabel('Reply…').fill('The answer')
  await page.getByLabel('Reply…').press('Enter')
  await page.getByRole('complementary', { name: 'Thread' }).getByText('The answer').waitFor()
  await page.getByRole('link', { name: /1 reply/ }).waitFor()
})

test('a permalink leads to the message and marks it', async () => {
  const { open, workspace } = await setStage()
  const said = await workspace.act({ persona: 'U0DUTYKARAMBA', do: 'say', channel: north, text: 'The one' })
  await workspace.act({ persona: 'U0DUTYKARAMBA', do: 'say', channel: north, text: 'Another' })
  const page = await open('sector.north', `${north}/${said.ts}`)
  expect(await page.locator('.message.marked').textContent()).toContain('The one')
})

test('unread messages and mentions show in the list, and go when the channel is opened', async () => {
  const { open, workspace } = await setStage()
  const page = await open('sector.north', 'C0GENERAL')
  await workspace.act({ persona: 'U0DUTYKARAMBA', do: 'say', channel: north, text: 'Look, @sector.north' })
  const row = page.getByRole('link', { name: /poc-north/ })
  await row.getByText('1 mentions').waitFor()
  await row.click()
  await row.getByText('1 mentions').waitFor({ state: 'detached' })
})

test('times are told in the reader’s zone and language', async () => {
  const { open } = await setStage()
  const writer = await open('duty.karamba', north)
  await writer.getByLabel(composer).fill('/ring men')
  await writer.getByLabel(composer).press('Enter')
  await writer.getByText('Imminent, since 14:00').waitFor()
  const head = await open('head.karamba', north, { timezoneId: 'America/New_York' })
  await head.getByText('Imminent, since 14:00').waitFor()
  expect(await head.locator('.day').first().textContent()).toBe('Aujourd’hui')
})

test('a person of another workspace is shown with it, and is refused the app’s commands', async () => {
  const { open } = await setStage()
  const page = await open('ngo', 'C0PROTECTION')
  const box = page.getByLabel('Message #protection-forum')
  await box.fill('We heard shots')
  await box.press('Enter')
  await box.fill('/ring')
  expect(await page.getByRole('option').count()).toBe(0)
  await box.press('Enter')
  await page.getByText(/\/ring is not a valid command/).waitFor()
  const host = await open('duty.karamba', 'C0PROTECTION')
  await host.locator('.message').getByText('Ombara NGO Forum').waitFor()
})

test('choosing another person shows the workspace as they see it, at an address of their own', async () => {
  const { open } = await setStage()
  const page = await open('duty.karamba')
  await page.getByRole('button', { name: /You are/ }).click()
  await page.getByLabel('Find a person, role or workspace').fill('NGO forum')
  await page.getByRole('button', { name: /NGO protection coordinator/ }).click()
  await page.getByRole('link', { name: /poc-north/ }).waitFor({ state: 'detached' })
  await page.getByRole('link', { name: /protection-forum/ }).waitFor()
  expect(page.url()).toContain('as=ngo')
})

test('the app’s Home shows what it published when it is opened', async () => {
  const { open } = await setStage()
  const page = await open('duty.karamba')
  await page.getByRole('button', { name: 'Bellringer' }).click()
  await page.getByRole('link', { name: 'Home' }).click()
  await page.getByRole('heading', { name: 'What waits for you' }).waitFor()
  await page.getByRole('button', { name: 'Acknowledge' }).waitFor()
})

test('joining a channel shows what was said there before', async () => {
  const { open, workspace } = await setStage()
  const general = 'C0GENERAL'
  await workspace.act({ persona: 'U0DUTYKARAMBA', do: 'say', channel: general, text: 'Said before' })
  await workspace.act({ persona: 'U0NEWCOMER', do: 'leave', channel: general })
  const page = await open('newcomer', general)
  await page.getByRole('button', { name: 'Join channel' }).click()
  await page.getByRole('log').getByText('Said before').waitFor()
  await page.getByLabel('Message #general').waitFor()
})

test('a picture is shown with its alt text', async () => {
  const { app, open } = await setStage()
  const dot =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  await app.app.client.filesUploadV2({
    channel_id: north,
    file: Buffer.from(dot, 'base64'),
    filename: 'hotspots.png',
    title: 'Hotspots',
    alt_text: 'Four hotspots along the river',
  })
  const page = await open('duty.karamba', north)
  const picture = page.getByRole('img', { name: 'Four hotspots along the river' })
  await picture.waitFor()
  expect(await picture.evaluate(each => (each as HTMLImageElement).naturalWidth)).toBe(1)
})

test('a data table is sorted by number and turned page by page', async () => {
  const { app, open } = await setStage()
  const rows = [4, 11, 2, 30, 7, 5].map(hours => [
    { type: 'raw_text' as const, text: `A-${hours}` },
    { type: 'raw_number' as const, text: `${hours} h`, value: hours },
  ])
  const head = ['Alert', 'Open for'].map(text => ({ type: 'raw_text' as const, text }))
  await app.app.client.chat.postMessage({
    channel: north,
    text: 'Open alerts',
    blocks: [{ type: 'data_table', caption: 'Open alerts', rows: [head, ...rows] }],
  })
  const page = await open('duty.karamba', north)
  await page.getByRole('button', { name: /Open for/ }).click()
  expect(await page.getByRole('rowheader').allTextContents()).toEqual(['A-2', 'A-4', 'A-5', 'A-7', 'A-11'])
  await page.getByRole('button', { name: 'Next' }).click()
  expect(await page.getByRole('rowheader').allTextContents()).toEqual(['A-30'])
})

test('an address with an unknown person says who there is', async () => {
  const { workspace, open } = await setStage()
  const page = await open('duty.karamba')
  await page.goto(`${workspace.url}/?as=nobody`)
  await page.getByText('Nobody here is called “nobody”').waitFor()
})

test('the page comes back by itself after the line was cut', async () => {
  const { open, workspace } = await setStage()
  const page = await open('sector.north', north)
  await page.context().setOffline(true)
  await workspace.act({ persona: 'U0DUTYKARAMBA', do: 'say', channel: north, text: 'Said meanwhile' })
  await page.context().setOffline(false)
  await page.getByRole('log').getByText('Said meanwhile').waitFor()
})
