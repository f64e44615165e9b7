import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

const executablePath = '/usr/bin/chromium'

/** Starts the browser the tests drive. @throws Error with the line that installs it where it is missing. */
export async function openBrowser(): Promise<Browser> {
  if (!existsSync(executablePath)) {
    throw new Error(
      'The page is tested in Chromium, which is not installed. Install it: apt-get install -y chromium',
    )
  }
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-quic',
      '--no-first-run',
      '--disable-component-update',
      '--disable-sync',
      '--disable-gpu',
    ],
  })
}

export const desktop = { width: 1280, height: 800 }
export const phone = { width: 390, height: 844 }

/** Opens the page in a window and waits until it is live. The address carries the person; the window keeps nothing. */
export async function openPage(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage()
  page.setDefaultTimeout(8000)
  await page.goto(address)
  await page.locator('.connection[data-link=live]').waitFor({ state: 'attached' })
  return page
}
