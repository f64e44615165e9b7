import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, onTestFinished, vi } from 'vitest'
import { OMBARA } from '../../rehearsal/seed.ts'
import { startWorkspace, type Workspace } from '../../rehearsal/server/index.ts'
import { Bellringer, manifest } from './app.ts'
import { desktop, openBrowser, openPage } from './browser.ts'

const pageRoot = fileURLToPath(new URL('../../rehearsal/page', import.meta.url))
const keys = { botToken: 'xoxb-rehearsal', signingSecret: 'secret', appToken: 'xapp-rehearsal' }

/** A workspace with a small app behind it, and the page before it. */
export interface Stage {
  workspace: Workspace
  app: Bellringer
  /** Opens the page as a person; `place` is what follows the hash. */
  open: (handle: string, place?: string, options?: BrowserContextOptions) => Promise<Page>
  /** The first interaction of a type that has reached the app, or will. */
  interaction: (type: string) => Promise<Record<string, unknown>>
  /** Makes the app away. */
  silenceApp: () => void
}

/** Builds the page from its sources and starts a browser for a file's tests; returns what sets a stage for one. */
export function theatre(): () => Promise<Stage> {
  let pageDir = ''
  let browser: Browser
  let usual: BrowserContext
  // A browser on a busy machine is slow; what never comes still fails by playwright's own, shorter limit.
  vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
  beforeAll(async () => {
    browser = await openBrowser()
    usual = await browser.newContext({ viewport: desktop })
    pageDir = await mkdtemp(join(tmpdir(), 'page-'))
    await build({
      configFile: join(pageRoot, 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir: pageDir, emptyOutDir: true },
    })
  })
  afterAll(async () => {
    await browser?.close()
    if (pageDir) await rm(pageDir, { recursive: true })
  })
  return async () => {
    const workspace = await startWorkspace({ manifest, seed: OMBARA, pageDir, limits: 'off', ...keys })
    const app = new Bellringer({
      token: keys.botToken,
      signingSecret: keys.signingSecret,
      slackApiUrl: workspace.apiUrl,
    })
    workspace.setAppUrl(await app.start())
    const pages: Page[] = []
    const contexts: BrowserContext[] = []
    onTestFinished(async () => {
      for (const page of pages) await page.close()
      for (const context of contexts) await context.close()
      await workspace.stop()
      await app.stop()
    })
    return {
      workspace,
      app,
      open: async (handle, place = '', options) => {
        const address = `${workspace.url}/?as=${handle}${place && `#${place}`}`
        // A window of its own costs a quarter of a second: only where the test wants a particular one.
        const context = options ? await browser.newContext({ viewport: desktop, ...options }) : usual
        if (options) contexts.push(context)
        const page = await openPage(context, address)
        pages.push(page)
        return page
      },
      interaction: async type => {
        const found = await workspace.deliveries.waitFor(
          each => each.payload.type === type && each.outcome !== 'waiting',
        )
        return found.payload
      },
      silenceApp: () => workspace.setAppUrl(undefined),
    }
  }
}
