import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Child, startBot } from './children.ts'
import { now, quantile } from './figures.ts'
import { type Load, openLoad } from './load.ts'
import { command, lastNumber, submission } from './requests.ts'
import type { Seen } from './stand-in.ts'
import { commits, lateness, shiftTimers, size } from './store.ts'

/** How much each part of a round does. */
export interface Amounts {
  warmUp: number
  /** Alerts raised one after another with pauses. */
  idleAlerts: number
  /** Submissions at 100 a second. */
  paced: number
  modals: number
  /** Submissions as fast as they go, to the bare app and to the bot. */
  bareSubmissions: number
  submissions: number
  commits: number
}

export const FULL: Amounts = {
  warmUp: 5,
  idleAlerts: 40,
  paced: 500,
  modals: 1000,
  bareSubmissions: 6000,
  submissions: 2500,
  commits: 200,
}
export const QUICK: Amounts = {
  warmUp: 3,
  idleAlerts: 8,
  paced: 200,
  modals: 300,
  bareSubmissions: 2000,
  submissions: 2500,
  commits: 50,
}

/** Timers that fall due at once. */
const AT_ONCE = 5000
/** Slack lets a message a second into a channel: faster than this, alerts wait for that and not for the bot. */
const IDLE_PAUSE_MS = 1000
const TIMER_PAUSE_MS = 150
/** From setting the timers of a stopped bot until the first falls due: time to start and come to rest. */
const BEFORE_TIMERS_MS = 8000
const LATEST_MS = 60_000

/** What one round measured; times in milliseconds. */
export interface Figures {
  bareSubmissions: number
  submissions: number
  bareModals: number
  modals: number
  ackP50: number
  ackP99: number
  cardP50: number
  cardP99: number
  timersP50: number
  timersP99: number
  atOnceP50: number
  atOnceLast: number
  cold: number
  warm: number
  restart: number
  memoryIdle: number
  memoryLoaded: number
  commitP50: number
  commitP99: number
  kibPerAlert: number
}

export interface Stage {
  standIn: Child
  bare: Child
  /** A folder on the disk that is measured. */
  folder: string
  amounts: Amounts
  say(line: string): void
}

/** One round: every row once, the bare app and the bot in turns. `nth` decides who goes first. */
export async function round(stage: Stage, nth: number): Promise<Figures> {
  const { folder, amounts, say } = stage
  const dataDir = mkdtempSync(join(folder, 'round-'))
  try {
    const commit = commits(dataDir, amounts.commits)
    say('start, alone')
    const idle = await whileIdle(stage, dataDir)
    say('under load')
    const loaded = await underLoad(stage, dataDir, nth)
    say('timers at once')
    const due = await timersAtOnce(stage, dataDir)
    return { ...idle, ...loaded, ...due, commitP50: quantile(commit, 0.5), commitP99: quantile(commit, 0.99) }
  } finally {
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Starts cold, raises alerts one at a time; starts again, warm, and lets their timers fall due one at a time. */
async function whileIdle(stage: Stage, dataDir: string) {
  const { standIn, amounts } = stage
  const cold = await startBot(`${standIn.url}/api/`, dataDir)
  const load = openLoad(cold.url)
  for (let n = 0; n < amounts.warmUp; n++) await alone(load)
  const sent = new Map<string, number>()
  for (let n = 0; n < amounts.idleAlerts; n++) {
    const at = now()
    const number = await alone(load)
    sent.set(number, at)
  }
  const { cards } = await seenBy(standIn)
  const toCard = [...sent].map(([number, at]) => (cards[number] ?? Number.NaN) - at)
  if (toCard.some(Number.isNaN)) throw new Error('not every card arrived within a second')
  const memoryIdle = cold.memory()
  load.close()
  await cold.stop()

  const first = Date.now() + BEFORE_TIMERS_MS
  shiftTimers(dataDir, amounts.idleAlerts, nth => first + nth * TIMER_PAUSE_MS)
  const warm = await startBot(`${standIn.url}/api/`, dataDir)
  await sleep(first + amounts.idleAlerts * TIMER_PAUSE_MS + 1000 - Date.now())
  await warm.stop()
  const late = lateness(dataDir, first)
  return {
    cold: cold.readyMs,
    warm: warm.readyMs,
    cardP50: quantile(toCard, 0.5),
    cardP99: quantile(toCard, 0.99),
    timersP50: quantile(late, 0.5),
    timersP99: quantile(late, 0.99),
    memoryIdle,
  }
}

/** Raises one alert and rests. Resolves with its number. */
async function alone(load: Load): Promise<string> {
  const signed = submission()
  const number = String(lastNumber())
  await load.send(signed)
  await sleep(IDLE_PAUSE_MS)
  return number
}

async function underLoad(stage: Stage, dataDir: string, nth: number) {
  const { standIn, bare, amounts } = stage
  const bot = await startBot(`${standIn.url}/api/`, dataDir)
  const toBare = openLoad(bare.url)
  const toBot = openLoad(bot.url)
  const inTurns = async (ofBare: () => Promise<number>, ofBot: () => Promise<number>) => {
    if (nth % 2 === 0) return [await ofBare(), await ofBot()] as const
    const bots = await ofBot()
    return [await ofBare(), bots] as const
  }
  await toBot.closed(many(amounts.modals / 10, command))
  const ack = await toBot.paced(many(amounts.paced, submission), 10)
  const [bareModals, modals] = await inTurns(
    () => openings(stage, toBare),
    () => openings(stage, toBot),
  )
  const [bareSubmissions, submissions] = await inTurns(
    () => rate(toBare, amounts.bareSubmissions),
    () => rate(toBot, amounts.submissions),
  )
  const memoryLoaded = bot.memory()
  toBare.close()
  toBot.close()
  await bot.stop()
  const { alerts, bytes } = size(dataDir)
  return {
    ackP50: quantile(ack, 0.5),
    ackP99: quantile(ack, 0.99),
    bareModals,
    modals,
    bareSubmissions,
    submissions,
    memoryLoaded,
    kibPerAlert: bytes / alerts / 1024,
  }
}

/** Submissions a second. */
async function rate(load: Load, count: number): Promise<number> {
  const requests = many(count, submission)
  const begun = now()
  await load.closed(requests)
  return (count * 1000) / (now() - begun)
}

/** Modals opened a second, counted where they arrive. */
async function openings({ standIn, amounts }: Stage, load: Load): Promise<number> {
  const requests = many(amounts.modals, command)
  await fetch(`${standIn.url}/bench/forget`)
  const begun = now()
  await load.closed(requests)
  for (;;) {
    const { opened, lastOpenedAt } = await seenBy(standIn)
    if (opened >= amounts.modals) return (opened * 1000) / (lastOpenedAt - begun)
    if (now() - begun > LATEST_MS) throw new Error(`${opened} of ${amounts.modals} modals were opened`)
    await sleep(20)
  }
}

/** Lets thousands of timers of a stopped bot fall due at one moment after its start. */
async function timersAtOnce({ standIn }: Stage, dataDir: string) {
  const due = Date.now() + BEFORE_TIMERS_MS
  const moved = shiftTimers(dataDir, AT_ONCE / 2, () => due)
  const bot = await startBot(`${standIn.url}/api/`, dataDir)
  const readyMs = bot.readyMs
  while (lateness(dataDir, due).length < moved) {
    if (Date.now() > due + LATEST_MS)
      throw new Error(`${lateness(dataDir, due).length} of ${moved} timers went off`)
    await sleep(500)
  }
  await bot.stop()
  const late = lateness(dataDir, due)
  return { atOnceP50: quantile(late, 0.5), atOnceLast: Math.max(...late), restart: readyMs }
}

function many<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make)
}

async function seenBy(standIn: Child): Promise<Seen> {
  return (await (await fetch(`${standIn.url}/bench/seen`)).json()) as Seen
}
