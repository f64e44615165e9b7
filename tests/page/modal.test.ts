import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { type Stage, theatre } from './stage.ts'

const setStage = theatre()
const north = 'C0POCNORTH'

async function command(page: Page, line: string): Promise<void> {
  const box = page.getByLabel('Message #poc-north')
  await box.fill(`${line} `)
  await box.press('Enter')
  await page.getByRole('dialog').waitFor()
}

async function openForm({ open }: Stage): Promise<Page> {
  const page = await open('duty.karamba', north)
  await command(page, '/ring-form')
  return page
}

async function fillIn(page: Page): Promise<void> {
  await page.getByLabel('What is happening').fill('Armed men')
  await page.getByLabel('Where').pressSequentially('kara')
  await page.getByRole('option', { name: 'Karamba bridge' }).click()
  await page.getByLabel('Imminent').check()
}

test('a modal takes the focus, keeps it, and gives it back when it closes', async () => {
  const stage = await setStage()
  const page = await openForm(stage)
  const focused = () => page.evaluate(() => document.activeElement?.closest('dialog') !== null)
  expect(await page.getByLabel('What is happening').evaluate(each => each === document.activeElement)).toBe(
    true,
  )
  for (let press = 0; press < 15; press++) {
    await page.keyboard.press('Tab')
    const inPage = await page.evaluate(() => document.activeElement !== document.body)
    if (inPage) expect(await focused()).toBe(true)
  }
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
    'Message #poc-north',
  )
})

test('a place is chosen from the app’s own options by keyboard alone', async () => {
  const stage = await setStage()
  const page = await openForm(stage)
  const where = page.getByLabel('Where')
  await where.pressSequentially('k')
  await page.getByText('Type one more letter').waitFor()
  expect(stage.workspace.deliveries.all.some(each => each.payload.type === 'block_suggestion')).toBe(false)
  await where.pressSequentially('ara')
  await page.getByRole('option', { name: 'As said: kara' }).waitFor()
  await where.press('ArrowDown')
  await where.press('ArrowDown')
  await where.press('Enter')
  expect(await where.inputValue()).toBe('Karamba bridge')
})

test('a submission carries every input in Slack’s shape', async () => {
  const stage = await setStage()
  const page = await openForm(stage)
  await fillIn(page)
  await page.getByRole('button', { name: 'Raise alert' }).click()
  const { view } = (await stage.interaction('view_submission')) as { view: { state: { values: object } } }
  expect(view.state.values).toMatchObject({
    what: { text: { type: 'plain_text_input', value: 'Armed men' } },
    where: { place: { type: 'external_select', selected_option: { value: 'karamba_bridge' } } },
    urgency: { level: { type: 'radio_buttons', selected_option: { value: 'imminent' } } },
    find: { text: { type: 'plain_text_input', value: null } },
  })
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

test('a required field left empty is named beside the field, and nothing is sent', async () => {
  const stage = await setStage()
  const page = await openForm(stage)
  await page.getByLabel('What is happening').fill('Armed men')
  await page.getByRole('button', { name: 'Raise alert' }).click()
  await page.locator('[data-block-id=where]').getByText('Please complete this required field.').waitFor()
  expect(await page.locator('[data-block-id=what]').getByRole('alert').count()).toBe(0)
  expect(await page.getByLabel('Where').getAttribute('aria-invalid')).toBe('true')
  expect(stage.workspace.deliveries.all.some(each => each.payload.type === 'view_submission')).toBe(false)
})

test('a text that is too long is counted while it is typed and refused with its limit', async () => {
  const stage = await setStage()
  const page = await openForm(stage)
  await fillIn(page)
  await page.getByLabel('What is happening').fill('x'.repeat(62))
  await page.getByText('2 too many').waitFor()
  await page.getByRole('button', { name: 'Raise alert' }).click()
  await page.locator('[data-block-id=what]').getByRole('alert').waitFor()
})

test('what was typed stays when the app answers with errors, and the error stands at its field', async () => {
  const stage = await setStage()
  const page = await openForm(stage)
  await fillIn(page)
  await page.getByLabel('How to find it').fill('Behind the mill')
  stage.app.errors = { where: 'This place is not known.' }
  await page.getByRole('button', { name: 'Raise alert' }).click()
  await page.locator('[data-block-id=where]').getByText('This place is not known.').waitFor()
  expect(await page.getByLabel('What is happening').inputValue()).toBe('Armed men')
  expect(await page.getByLabel('Where').inputValue()).toBe('Karamba bridge')
  expect(await page.getByLabel('Imminent').isChecked()).toBe(true)
  expect(await page.getByLabel('How to find it').inputValue()).toBe('Behind the mill')
})

test('what was typed stays when the app updates the modal', async () => {
  const stage = await setStage()
  const page = await openForm(stage)
  await fillIn(page)
  await page.getByRole('button', { name: 'Add a line' }).click()
  await page.getByText('A line more.').waitFor()
  expect(await page.getByLabel('What is happening').inputValue()).toBe('Armed men')
  expect(await page.getByLabel('Where').inputValue()).toBe('Karamba bridge')
})

test('a button in a modal sends what is typed in the whole modal', async () => {
  const stage = await setStage()
  const page = await openForm(stage)
  await page.getByLabel('What is happening').fill('Armed men')
  await page.getByRole('button', { name: 'Add a line' }).click()
  const { view } = (await stage.interaction('block_actions')) as { view: { state: { values: object } } }
  expect(view.state.values).toMatchObject({ what: { text: { value: 'Armed men' } } })
})

test('going back from a second modal finds the first as it was left', async () => {
  const stage = await setStage()
  const page = await openForm(stage)
  await page.getByLabel('What is happening').fill('Armed men')
  await page.getByRole('button', { name: 'Next page' }).click()
  await page.getByText('The second page.').waitFor()
  await page.getByRole('button', { name: 'Back' }).click()
  await page.getByRole('heading', { name: 'Raise an alert' }).waitFor()
  expect(await page.getByLabel('What is happening').inputValue()).toBe('Armed men')
})

test('Escape closes an open list first and the modal only after, and the app is told', async () => {
  const stage = await setStage()
  const page = await openForm(stage)
  await page.getByLabel('Where').pressSequentially('kara')
  await page.getByRole('option', { name: 'Karamba bridge' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('listbox').waitFor({ state: 'detached' })
  expect(await page.getByRole('dialog').count()).toBe(1)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await stage.interaction('view_closed')
})

test('a submission that nobody answers leaves the modal open with what was typed and a reason', async () => {
  const stage = await setStage()
  const page = await openForm(stage)
  await fillIn(page)
  stage.silenceApp()
  await page.getByRole('button', { name: 'Raise alert' }).click()
  await page.getByRole('alert').filter({ hasText: 'trouble' }).waitFor()
  expect(await page.getByLabel('What is happening').inputValue()).toBe('Armed men')
})

test('a global shortcut is found in the composer’s lightning menu', async () => {
  const { open } = await setStage()
  const page = await open('duty.karamba', north)
  await page.getByRole('button', { name: 'Shortcuts' }).click()
  await page.getByRole('menuitem', { name: 'Fill in the form' }).click()
  await page.getByRole('heading', { name: 'Raise an alert' }).waitFor()
})

test('every kind of input yields Slack’s shape', async () => {
  const stage = await setStage()
  const page = await stage.open('unhcr', 'C0GENERAL')
  await page.getByLabel('Message #general').fill('/ring-show ')
  await page.getByLabel('Message #general').press('Enter')
  const modal = page.getByRole('dialog')
  await modal.getByLabel('Tags').click()
  await page.getByRole('option', { name: 'Roads' }).click()
  await page.getByRole('option', { name: 'Food' }).click()
  await modal.getByLabel('Person').pressSequentially('Police duty')
  await modal.getByLabel('Person').press('Enter')
  await modal.getByLabel('Room').pressSequentially('general')
  await modal.getByLabel('Room').press('Enter')
  await modal.getByLabel('Day').fill('2026-12-01')
  await modal.getByLabel('Hour').fill('06:30')
  await modal.getByLabel('Moment').fill('2026-12-01T09:00')
  await modal.getByLabel('Escort').check()
  await modal.getByLabel('How many').fill('40')
  await modal.getByLabel('Mail').fill('watch@unmob.example')
  await modal.getByLabel('Note').fill('Two lines\nof words')
  await modal.getByRole('button', { name: 'Send' }).click()
  const { view } = (await stage.interaction('view_submission')) as { view: { state: { values: object } } }
  expect(view.state.values).toMatchObject({
    tags: { a: { type: 'multi_static_select', selected_options: [{ value: 'roads' }, { value: 'food' }] } },
    person: { a: { type: 'users_select', selected_user: 'U0POLICENORTH' } },
    room: { a: { type: 'conversations_select', selected_conversation: 'C0GENERAL' } },
    day: { a: { type: 'datepicker', selected_date: '2026-12-01' } },
    hour: { a: { type: 'timepicker', selected_time: '06:30' } },
    // 09:00 in the person's zone, which is three hours ahead of UTC.
    moment: { a: { type: 'datetimepicker', selected_date_time: Date.UTC(2026, 11, 1, 6) / 1000 } },
    asked: { a: { type: 'checkboxes', selected_options: [{ value: 'escort' }] } },
    count: { a: { type: 'number_input', value: '40' } },
    mail: { a: { type: 'email_text_input', value: 'watch@unmob.example' } },
    note: { a: { type: 'rich_text_input', rich_text_value: { type: 'rich_text' } } },
  })
})
