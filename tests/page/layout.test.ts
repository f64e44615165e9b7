import { expect, test } from 'vitest'
import { phone } from './browser.ts'
import { theatre } from './stage.ts'

const setStage = theatre()
const north = 'C0POCNORTH'
const inHand = { viewport: phone, hasTouch: true, isMobile: true }

test('phone width shows one pane at a time, with a way back from each', async () => {
  const { open, workspace } = await setStage()
  await workspace.act({ persona: 'U0SECTORNORTH', do: 'say', channel: north, text: 'Root message' })
  const page = await open('duty.karamba', '', inHand)
  const list = page.getByRole('navigation', { name: 'Channels and direct messages' })
  const channel = page.getByRole('main', { name: 'poc-north' })
  const thread = page.getByRole('complementary', { name: 'Thread' })
  expect([await list.count(), await channel.count(), await thread.count()]).toEqual([1, 0, 0])
  await page.getByRole('link', { name: /poc-north/ }).click()
  await channel.waitFor()
  expect([await list.count(), await thread.count()]).toEqual([0, 0])
  await page.getByRole('button', { name: 'Reply in thread' }).click()
  await thread.waitFor()
  expect([await list.count(), await channel.count()]).toEqual([0, 0])
  await page.getByRole('link', { name: 'Back to the channel' }).click()
  await channel.waitFor()
  await page.getByRole('link', { name: 'Back to the list' }).click()
  await list.waitFor()
})

test('nothing is wider than a phone, not even a card or a modal', async () => {
  const { open, workspace } = await setStage()
  await workspace.act({
    persona: 'U0DUTYKARAMBA',
    do: 'command',
    channel: north,
    text: '/ring men at the market',
  })
  const page = await open('duty.karamba', north, inHand)
  await page.getByText('A-7K4Q · men at the market').waitFor()
  const width = () => page.evaluate(() => document.documentElement.scrollWidth)
  expect(await width()).toBe(phone.width)
  await page.getByLabel('Message #poc-north').fill('/ring-show ')
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('dialog').waitFor()
  expect(await width()).toBe(phone.width)
})

test('the page says on every screen that it is a rehearsal', async () => {
  const { open } = await setStage()
  const page = await open('duty.karamba', north, inHand)
  await page.getByText('Every place and person is fictional').waitFor()
})

test('the page asks no other computer for anything', async () => {
  const { open, workspace } = await setStage()
  const page = await open('duty.karamba')
  const asked: string[] = []
  page.on('request', request => asked.push(new URL(request.url()).origin))
  await page.reload()
  await page.locator('.connection[data-link=live]').waitFor({ state: 'attached' })
  expect(new Set(asked.filter(origin => origin !== 'null'))).toEqual(new Set([workspace.url]))
})

test('dark and light follow the reader’s setting', async () => {
  const { open } = await setStage()
  const ground = async (colorScheme: 'dark' | 'light') => {
    const page = await open('duty.karamba', north, { colorScheme })
    return page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  }
  expect(await ground('light')).toBe('rgb(255, 255, 255)')
  expect(await ground('dark')).toBe('rgb(22, 25, 27)')
})
