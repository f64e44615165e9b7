/**
 * `npm run pictures`: makes the README's pictures anew. A rehearsal on free ports, with a store of its own, is played by
 * people in windows of headless Chromium; docs/pictures/ then holds the card, the thread, the digest and the phone.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import type { Manifest } from '../rehearsal/server/index.ts'
import { startRehearsal } from '../rehearsal/start.ts'
import { openBrowser, openPage, phone } from '../tests/page/browser.ts'

const root = join(import.meta.dirname, '..')
const pictures = join(root, 'docs/pictures')
const north = 'C0POCNORTH'
/** Sharp on screens of today. */
const deviceScaleFactor = 2
const desktop = { width: 1180, height: 900 }
/** Width of a message's text with its margins, in CSS pixels. */
const MESSAGE_WIDTH = 770

const dataDir = await mkdtemp(join(tmpdir(), 'tocsin-pictures-'))
const rehearsal = await startRehearsal({
  manifest: JSON.parse(await readFile(join(root, 'manifest.json'), 'utf8')) as Manifest,
  bot: [process.execPath, join(root, 'src/main.ts')],
  pageDir: join(root, 'rehearsal/page/dist'),
  port: 0,
  connection: 'socket',
  env: { ...process.env, MISSION: join(root, 'missions/ombara.yaml'), DATA_DIR: dataDir, LOG_LEVEL: 'error' },
  say: line => console.error(line),
})
let browser: Browser | undefined
try {
  const url = await rehearsal.ready
  browser = await openBrowser()
  const windows = new Map<string, Page>()
  await playAndTake(async handle => {
    const open = windows.get(handle) ?? (await window(browser as Browser, url, handle, desktop))
    windows.set(handle, open)
    return open
  })
  await takePhone(await window(browser, url, 'company.karamba', phone))
  console.log(`The pictures are in ${pictures}.`)
} finally {
  await browser?.close()
  await rehearsal.stop()
  await rm(dataDir, { recursive: true, force: true })
}

async function window(on: Browser, url: string, handle: string, viewport: typeof desktop): Promise<Page> {
  const hasTouch = viewport === phone
  const context = await on.newContext({
    viewport,
    deviceScaleFactor,
    hasTouch,
    isMobile: hasTouch,
    locale: 'en-GB',
  })
  return openPage(context, `${url}/?as=${handle}#${north}`)
}

/** A night in the north: four alerts, each in another state. */
async function playAndTake(as: (handle: string) => Promise<Page>): Promise<void> {
  const affairs = await as('civil.affairs')
  const duty = await as('duty.karamba')
  const company = await as('company.karamba')

  await raise(affairs, 'Men with sticks stop people at Senga ford and take phones', 'Tension')
  await press(company, 'Senga ford', 'Responding', { 'Who is going': 'Foot patrol from Karamba base' })
  await press(company, 'Senga ford', 'On site')
  await press(
    duty,
    'Senga ford',
    'Close',
    { 'What was done, and how civilians are': 'Patrol stayed until dark; people cross again.' },
    { 'Outcome for civilians': 'Threat averted' },
  )

  await raise(affairs, 'Crowd at Kiremo market, stones thrown at traders', 'Within 24 hours')
  await press(duty, 'Kiremo', 'Acknowledge')
  await raise(affairs, 'Houses burning in Duvali, families on the road', 'Happening now')

  await raise(affairs, 'About thirty armed men on motorcycles moving towards Karamba market', 'Imminent')
  await chooseMore(affairs, 'Karamba market', 'Add details')
  await choose(affairs, 'Threat', 'Movement of armed men')
  await choose(affairs, 'Who is at risk', 'Residents')
  await affairs.getByLabel('How many: Residents').fill('400')
  await choose(affairs, 'Asked for', 'Patrol')
  await choose(affairs, 'How it came in', 'Telephone call')
  await submit(affairs)
  await press(company, 'Karamba market', 'Acknowledge')
  await press(
    company,
    'Karamba market',
    'Responding',
    { 'Who is going': 'Second platoon, two vehicles' },
    { 'Expected there': 'in 30 min' },
  )
  await press(duty, 'Karamba market', 'Acknowledge')

  const card = newest(duty, 'Karamba market')
  await card.getByText('Second platoon').waitFor()
  await rest(duty)
  await take(duty, card, 'card')
  await card.getByText(/\d replies/).click()
  const thread = duty.getByRole('complementary', { name: 'Thread' })
  await thread.getByText('Second platoon').nth(1).waitFor()
  await thread.getByText('acknowledged.').nth(1).waitFor()
  await rest(duty)
  await thread.screenshot({ path: join(pictures, 'thread.png') })
  await duty.keyboard.press('Escape')

  await say(company, '/poc-digest')
  const digest = newest(company, 'protection digest')
  await digest.waitFor()
  await rest(company)
  await take(company, digest, 'digest')
}

/** The card as the owner has it on a phone, by direct message. */
async function takePhone(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: 'Back' })
    .or(page.getByRole('link', { name: 'Back' }))
    .first()
    .click()
  await page.getByRole('link', { name: 'tocsin' }).click()
  const card = newest(page, 'Houses burning')
  await card.scrollIntoViewIfNeeded()
  await card.evaluate(each => each.scrollIntoView({ block: 'start' }))
  await page.screenshot({ path: join(pictures, 'phone.png') })
}

async function raise(page: Page, what: string, urgency: string): Promise<void> {
  await say(page, `/poc-alert ${what}`)
  await page.getByLabel(urgency).check()
  await page.getByRole('button', { name: 'Raise alert' }).click()
  await page.getByText('Recorded as').waitFor()
  await close(page)
}

async function say(page: Page, line: string): Promise<void> {
  const box = page.getByLabel('Message #poc-north')
  await box.fill(line)
  await box.press('Enter')
}

/** Presses a button of the card that reads so; where that opens a form, fills it in and submits it. */
async function press(
  page: Page,
  words: string,
  button: string,
  texts: Record<string, string> = {},
  choices: Record<string, string> = {},
): Promise<void> {
  await newest(page, words)
    .getByRole('button', { name: new RegExp(`^${button} A-`) })
    .click()
  const filled = Object.entries(texts)
  for (const [label, text] of filled) await page.getByLabel(label).fill(text)
  for (const [label, option] of Object.entries(choices)) await choose(page, label, option)
  if (filled.length > 0) await submit(page)
}

async function chooseMore(page: Page, words: string, option: string): Promise<void> {
  await newest(page, words).getByPlaceholder('More…').click()
  await page.getByRole('option', { name: option }).click()
  await page.getByRole('dialog').waitFor()
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click()
  await page.getByRole('option', { name: option }).first().click()
}

async function submit(page: Page): Promise<void> {
  await page.locator('dialog button[type=submit]').click()
  await page.getByRole('dialog').getByText('Recorded for').waitFor()
  await close(page)
}

async function close(page: Page): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

function newest(page: Page, words: string): Locator {
  return page.getByRole('log', { name: 'Messages' }).getByRole('listitem').filter({ hasText: words }).last()
}

/** Takes the pointer and the focus away, so that nothing is marked. */
async function rest(page: Page): Promise<void> {
  await page.mouse.move(0, 0)
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
}

/** A picture of one message, as wide as its text. */
async function take(page: Page, message: Locator, name: string): Promise<void> {
  await message.evaluate(each => each.scrollIntoView({ block: 'end' }))
  const box = await message.boundingBox()
  if (!box) throw new Error(`There is no message to take ${name}.png of.`)
  const clip = { ...box, width: MESSAGE_WIDTH }
  await page.screenshot({ path: join(pictures, `${name}.png`), clip })
}
