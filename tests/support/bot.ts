import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Rehearsal, type RehearseOptions, rehearse } from '../../rehearsal/driver/index.ts'
import { type Bot, type BotOptions, startBot } from '../../src/bot/app.ts'
import { loadConfig, loadMission } from '../../src/config.ts'
import type { Mission } from '../../src/domain/mission.ts'
import { type MovableClock, movableClock } from './clock.ts'
import { silentLog, temporaryFolder } from './store.ts'

export const manifest = JSON.parse(readFileSync(resolve('manifest.json'), 'utf8'))

export interface Scene {
  slack: Rehearsal
  bot: Bot
  clock: MovableClock
  mission: Mission
  dataDir: string
  /** Moves time and waits until the bot has done what fell due. */
  pass(ms: number): Promise<void>
  /** Stops the bot and starts another on the same data folder. */
  restart(): Promise<void>
}

export interface SceneOptions {
  connection?: 'http' | 'socket'
  start?: string
  workspace?: Partial<RehearseOptions>
  bot?: Partial<BotOptions>
}

/** The bot with the fictional mission and a local workspace, in one process, on a clock the test moves. */
export async function openScene(options: SceneOptions = {}): Promise<Scene> {
  const { connection = 'http' } = options
  const clock = movableClock(options.start ?? '2026-11-23T00:00:00Z')
  const slack = await rehearse({ manifest, limits: 'off', ...options.workspace })
  onTestFinished(() => slack.stop())
  const dataDir = temporaryFolder()
  const mission = options.bot?.mission ?? (await loadMission(resolve('missions/ombara.yaml')))
  const { SLACK_APP_TOKEN, ...env } = slack.env
  const config = loadConfig(
    {
      ...env,
      ...(connection === 'socket' ? { SLACK_APP_TOKEN } : {}),
      PORT: '0',
      DATA_DIR: dataDir,
      MISSION: 'missions/ombara.yaml',
      LOG_LEVEL: 'silent',
    },
    { cwd: resolve('.') },
  )
  const start = async () => {
    const bot = await startBot({ config, mission, clock, log: silentLog, ...options.bot })
    if (connection === 'http') slack.workspace.setAppUrl(`${bot.url}/slack/events`)
    await slack.workspace.waitForApp(connection)
    slack.settleWith(() => bot.settled())
    return bot
  }
  const scene: Scene = {
    slack,
    clock,
    mission,
    dataDir,
    bot: await start(),
    async pass(ms) {
      clock.advance(ms)
      await scene.slack.settle()
    },
    async restart() {
      await scene.bot.stop()
      scene.bot = await start()
    },
  }
  onTestFinished(() => scene.bot.stop())
  return scene
}

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE

/** Raises an alert in the form and returns its code. */
export async function raiseAlert(
  scene: Scene,
  who: string,
  alert: { what?: string; typed?: string; place?: string; urgency?: string; channel?: string } = {},
): Promise<string> {
  const {
    what = 'Armed men moving towards the market',
    typed = 'Karamba market',
    place = 'Karamba market',
    urgency = 'Imminent',
  } = alert
  const person = scene.slack.as(who)
  const from = alert.channel ? person.in(alert.channel) : person
  const modal = await from.command('/poc-alert').modal()
  await modal.fill({ 'What is happening': what, Urgency: urgency })
  await modal.choose('Where', typed, place)
  await modal.submit()
  await modal.expectText(/Recorded as A-/)
  const code = /A-[0-9A-Z]{4}/.exec(modal.text)?.[0]
  if (!code) throw new Error(`no code in the receipt: ${modal.text}`)
  await modal.close()
  await scene.slack.settle()
  return code
}
