import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { onTestFailed, onTestFinished } from 'vitest'
import {
  type Card,
  type Match,
  type Modal,
  type Rehearsal,
  type RehearseOptions,
  rehearse,
} from '../../rehearsal/driver/index.ts'
import { type Bot, type BotOptions, startBot } from '../../src/bot/app.ts'
import { type Config, loadConfig, loadMission } from '../../src/config.ts'
import type { Mission } from '../../src/domain/mission.ts'
import { noPace } from '../../src/jobs/lanes.ts'
import type { Log } from '../../src/ports.ts'
import { type MovableClock, movableClock } from './clock.ts'
import { temporaryFolder } from './store.ts'

export const manifest = JSON.parse(readFileSync(resolve('manifest.json'), 'utf8'))

export interface Scene {
  slack: Rehearsal
  bot: Bot
  clock: MovableClock
  mission: Mission
  config: Config
  /** Moves time and waits until the bot has done what fell due. */
  pass(ms: number): Promise<void>
  /** Stops the bot, lets so much time go by without it, and starts another on the same data folder. */
  restart(awayMs?: number): Promise<void>
}

export interface SceneOptions {
  connection?: 'http' | 'socket'
  start?: string
  workspace?: Partial<RehearseOptions>
  bot?: Partial<BotOptions>
  /** Environment variables of the bot, in place of those of a scene. */
  env?: Record<string, string>
}

/** The bot with the fictional mission and a local workspace, in one process, on a clock the test moves. */
export async function openScene(options: SceneOptions = {}): Promise<Scene> {
  const { connection = 'http' } = options
  const log = shownOnFailure()
  const clock = movableClock(options.start ?? '2026-11-23T00:00:00Z')
  const slack = await rehearse({ manifest, limits: 'off', ...options.workspace })
  onTestFinished(() => slack.stop())
  const mission = options.bot?.mission ?? (await loadMission(resolve('missions/ombara.yaml')))
  const { SLACK_APP_TOKEN, ...env } = slack.env
  const config = loadConfig(
    {
      ...env,
      ...(connection === 'socket' ? { SLACK_APP_TOKEN } : {}),
      PORT: '0',
      DATA_DIR: temporaryFolder(),
      MISSION: 'missions/ombara.yaml',
      LOG_LEVEL: 'silent',
      VAULT_KEY: Buffer.alloc(32, 7).toString('base64'),
      PARTNER_KEY: Buffer.alloc(32, 9).toString('base64'),
      ...options.env,
    },
    { cwd: resolve('.') },
  )
  const start = async () => {
    const bot = await startBot({ config, mission, clock, log, pace: noPace, ...options.bot })
    if (connection === 'http') slack.workspace.setAppUrl(`${bot.url}/slack/events`)
    await slack.workspace.waitForApp(connection)
    slack.settleWith(() => bot.settled())
    await slack.settle()
    return bot
  }
  const scene: Scene = {
    slack,
    clock,
    mission,
    config,
    bot: await start(),
    async pass(ms) {
      clock.advance(ms)
      await slack.settle()
    },
    async restart(awayMs = 0) {
      await scene.bot.stop()
      clock.advance(awayMs)
      scene.bot = await start()
    },
  }
  onTestFinished(() => scene.bot.stop())
  return scene
}

/** A log of which the errors are shown when the test fails. */
function shownOnFailure(): Log {
  const lines: unknown[][] = []
  const keep = (fields: object, message: string) => lines.push([message, fields])
  onTestFailed(() => {
    for (const line of lines) console.error(...line)
  })
  return { debug: () => {}, info: () => {}, warn: keep, error: keep }
}

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

export interface RaisedAlert {
  what?: string
  /** What is typed into the field for the place, and the option then chosen. */
  typed?: string
  place?: string
  /** A code of the urgencies. */
  urgency?: string
  /** Where the command is typed. */
  channel?: string
}

/** Fills in the form for an alert, whatever language its author reads. */
export async function fillAlert(modal: Modal, alert: RaisedAlert = {}): Promise<Modal> {
  const {
    what = 'Armed men moving towards the market',
    typed = 'Karamba market',
    urgency = 'imminent',
  } = alert
  await modal.fill({ what, urgency })
  await modal.choose('place', typed, alert.place ?? typed)
  return modal
}

/** Raises an alert in the form and returns its code. */
export async function raiseAlert(scene: Scene, who: string, alert: RaisedAlert = {}): Promise<string> {
  const person = scene.slack.as(who)
  const modal = await (alert.channel ? person.in(alert.channel) : person).command('/poc-alert').modal()
  await fillAlert(modal, alert)
  await modal.submit()
  const code = await codeIn(modal)
  await modal.close()
  await scene.slack.settle()
  return code
}

/** The code a receipt names. */
export async function codeIn(receipt: Modal): Promise<string> {
  await receipt.expectText(CODE)
  return CODE.exec(receipt.text)![0]
}

const CODE = /\bA-[0-9A-Z]{4}\b/

/** An alert's card in a channel, as this person sees it. */
export function cardIn(scene: Scene, who: string, channel: string, code: string): Promise<Card> {
  return scene.slack.as(who).in(channel).expectCard(titleOf(code))
}

/** An alert's card in this person's direct messages. */
export async function ownCard(scene: Scene, who: string, code: string): Promise<Card> {
  return (await scene.slack.as(who).withApp()).expectCard(titleOf(code))
}

/** The heading of an alert's card: its code and its urgency, whatever stands before them. */
const titleOf = (code: string): RegExp => new RegExp(`^(.+ · )?${code} · `)

/** How many cards of an alert, or other messages that read so, stand in a channel. */
export function cardsIn(scene: Scene, who: string, channel: string, match: Match): Card[] {
  return scene.slack.as(who).in(channel).cards(match)
}

/** Everything the app has told this person directly that reads so, threads included, oldest first. */
export async function toldDirectly(scene: Scene, who: string, match: Match): Promise<string[]> {
  const place = await scene.slack.as(who).withApp()
  return place.messages
    .filter(message => message.fromApp)
    .map(message => JSON.stringify([message.text, message.blocks ?? []]))
    .filter(text => (typeof match === 'string' ? text.includes(match) : match.test(text)))
}

/** What stands on the record: rows of the bot's own store. */
export async function recordOf(scene: Scene, code: string) {
  const { read } = scene.bot.store
  const alert = await read.alerts.byCode(code)
  if (!alert) throw new Error(`no alert ${code} is stored`)
  return {
    alert,
    acts: await read.alerts.acts(alert.id),
    owners: await read.alerts.owners(alert.id),
    rungs: await read.alerts.rungs(alert.id),
  }
}
