import { describe, expect, it } from 'vitest'
import { startBot } from '../../src/bot/app.ts'
import type { SqliteStore } from '../../src/db/store.ts'
import { noPace } from '../../src/jobs/lanes.ts'
import {
  cardIn,
  cardsIn,
  codeIn,
  fillAlert,
  MINUTE,
  openScene,
  ownCard,
  raiseAlert,
  recordOf,
  type Scene,
  SECOND,
} from '../support/bot.ts'
import { silentLog } from '../support/store.ts'

const NORTH = 'C0POCNORTH'
const toNorth = (args: Record<string, unknown>) => args.channel === NORTH
const always = Number.POSITIVE_INFINITY

/** Gives up on Slack's answers sooner than the bot's ten seconds, so that a test need not wait for them. */
const impatient: typeof fetch = (input, init) =>
  fetch(input, {
    ...init,
    signal: AbortSignal.any([AbortSignal.timeout(500), ...(init?.signal ? [init.signal] : [])]),
  })

async function allReached(scene: Scene, code: string): Promise<void> {
  expect(cardsIn(scene, 'joc.watch', '#joc-watch', code)).toHaveLength(1)
  for (const who of ['duty.karamba', 'company.karamba', 'sector.north']) await ownCard(scene, who, code)
}

describe('Slack answering', () => {
  it('429 for one channel: it waits as told, the others go on, and the card comes once', async () => {
    const scene = await openScene()
    scene.slack.workspace.faults.add({
      method: 'chat.postMessage',
      match: toNorth,
      httpStatus: 429,
      retryAfterSec: 30,
    })
    const code = await raiseAlert(scene, 'joc.watch')
    await allReached(scene, code)
    expect(cardsIn(scene, 'joc.watch', '#poc-north', code)).toEqual([])
    await scene.pass(29 * SECOND)
    expect(cardsIn(scene, 'joc.watch', '#poc-north', code)).toEqual([])
    await scene.pass(2 * SECOND)
    expect(cardsIn(scene, 'joc.watch', '#poc-north', code).map(card => card.text)).toEqual([
      expect.any(String),
    ])
    await (await cardIn(scene, 'joc.watch', '#poc-north', code)).expectThreadReply(/raised by/)
  })

  it('500: it is tried again until it succeeds, and the card comes once', async () => {
    const scene = await openScene()
    scene.slack.workspace.faults.add({
      method: 'chat.postMessage',
      match: toNorth,
      httpStatus: 500,
      times: 3,
    })
    const code = await raiseAlert(scene, 'joc.watch')
    await allReached(scene, code)
    for (let tries = 0; tries < 6; tries++) await scene.pass(15 * SECOND)
    expect(cardsIn(scene, 'joc.watch', '#poc-north', code).map(card => card.text)).toEqual([
      expect.any(String),
    ])
  })

  it.each(['channel_not_found', 'not_in_channel', 'msg_too_long'])(
    '%s: that channel’s card is put aside with its remedy on the health page, and everybody else is reached',
    async error => {
      const scene = await openScene()
      scene.slack.workspace.faults.add({ method: 'chat.postMessage', match: toNorth, error, times: always })
      const code = await raiseAlert(scene, 'joc.watch')
      await allReached(scene, code)
      const health = (await (await fetch(`${scene.bot.url}/health`)).json()) as {
        problems: { code: string; what: string; remedy: string }[]
      }
      const parked = health.problems.filter(problem => problem.code === 'message_parked')
      expect(parked.length).toBeGreaterThan(0)
      expect(parked[0]!.what).toContain(NORTH)
      expect(parked[0]!.remedy.length).toBeGreaterThan(10)
      await scene.pass(10 * MINUTE)
      await ownCard(scene, 'battalion.north', code)
    },
  )

  it('nothing at all: the others go on, and the card comes once when Slack answers again', async () => {
    const scene = await openScene({ bot: { fetch: impatient } })
    scene.slack.workspace.faults.add({ method: 'chat.postMessage', match: toNorth, hang: true, times: 2 })
    const code = await raiseAlert(scene, 'joc.watch')
    await allReached(scene, code)
    for (let tries = 0; tries < 4; tries++) await scene.pass(15 * SECOND)
    expect(cardsIn(scene, 'joc.watch', '#poc-north', code).map(card => card.text)).toEqual([
      expect.any(String),
    ])
  })

  it('yes, unheard: the card that stands is found, brought up to date and not posted twice', async () => {
    // Found by its time too: the bot's clock and Slack's must not be days apart.
    const scene = await openScene({ start: new Date().toISOString() })
    scene.slack.workspace.faults.add({
      method: 'chat.postMessage',
      match: toNorth,
      loseAnswer: true,
      times: 1,
    })
    const code = await raiseAlert(scene, 'joc.watch')
    await (await ownCard(scene, 'company.karamba', code)).click('Acknowledge')
    for (let tries = 0; tries < 4; tries++) await scene.pass(15 * SECOND)
    expect(cardsIn(scene, 'joc.watch', '#poc-north', code).map(card => card.text)).toEqual([
      expect.any(String),
    ])
    await (await cardIn(scene, 'joc.watch', '#poc-north', code)).expectText(/Acknowledged/)
  })

  it('nothing to anybody for most of an hour: the ladder climbs meanwhile, and all of it is said when Slack is back', async () => {
    const scene = await openScene({ connection: 'socket' })
    const code = await raiseAlert(scene, 'joc.watch')
    scene.slack.workspace.faults.refuseConnections(true)
    await scene.slack.workspace.waitForApp('none')
    for (let minutes = 0; minutes < 50; minutes += 10) {
      scene.clock.advance(10 * MINUTE)
      await scene.bot.jobs.settled()
    }
    expect((await recordOf(scene, code)).rungs.length).toBeGreaterThan(4)
    scene.slack.workspace.faults.refuseConnections(false)
    await scene.slack.workspace.waitForApp('socket')
    for (let tries = 0; tries < 3; tries++) await scene.pass(5 * MINUTE)
    for (const who of ['battalion.north', 'sector.north', 'force.hq']) await ownCard(scene, who, code)
    const card = await cardIn(scene, 'joc.watch', '#poc-north', code)
    const said = card.thread.filter(line => line.includes('@force.hq') && line.includes('Now with'))
    expect(said).toHaveLength(1)
  })
})

describe('the socket', () => {
  it('dropped: the bot connects again by itself and answers', async () => {
    const scene = await openScene({ connection: 'socket' })
    const code = await raiseAlert(scene, 'joc.watch')
    scene.slack.workspace.faults.dropSockets()
    await scene.slack.workspace.waitForApp('none')
    await scene.slack.workspace.waitForApp('socket')
    await (await cardIn(scene, 'company.karamba', '#poc-north', code)).click('Acknowledge')
    await scene.slack.settle()
    expect((await recordOf(scene, code)).acts).toHaveLength(1)
  })
})

describe.each(['http', 'socket'] as const)('over %s', connection => {
  it('an event delivered three times is worked off once', async () => {
    const scene = await openScene({ connection })
    const { workspace } = scene.slack
    workspace.calls.clear()
    workspace.faults.addDelivery({ kind: 'events_api', duplicate: 2 })
    const invited = { persona: 'U0JOCWATCH', do: 'invite', channel: NORTH, user: 'U0NEWCOMER' } as const
    await workspace.act(invited)
    await scene.slack.settle()
    const { database } = scene.bot.store as SqliteStore
    const rows = database
      .prepare(`select state from inbox where kind = 'member_joined_channel'`)
      .pluck()
      .all()
    expect(rows).toEqual(['done'])
  })

  it('a form submitted twice is one alert, and both are shown the same receipt', async () => {
    const scene = await openScene({ connection })
    const modal = await scene.slack.as('joc.watch').command('/poc-alert').modal()
    await fillAlert(modal)
    await Promise.all([modal.submit().result(), modal.submit().result()])
    const code = await codeIn(modal)
    await scene.slack.settle()
    expect((await scene.bot.store.read.alerts.open()).map(alert => alert.code)).toEqual([code])
    expect(cardsIn(scene, 'joc.watch', '#poc-north', code).map(card => card.text)).toEqual([
      expect.any(String),
    ])
  })

  it('a press delivered three times has one effect', async () => {
    const scene = await openScene({ connection })
    const code = await raiseAlert(scene, 'joc.watch')
    scene.slack.workspace.faults.addDelivery({ kind: 'interactive', duplicate: 2 })
    const card = await cardIn(scene, 'company.karamba', '#poc-north', code)
    await card.click('Acknowledge')
    await scene.slack.settle()
    expect((await recordOf(scene, code)).acts).toHaveLength(1)
    expect(card.thread.filter(line => line.includes('acknowledged.'))).toHaveLength(1)
  })
})

describe('a full disk', () => {
  it('the author reads that it was NOT recorded, keeps the words, and can submit again when there is room', async () => {
    const scene = await openScene()
    const modal = await scene.slack.as('joc.watch').command('/poc-alert').modal()
    await fillAlert(modal, { what: `Armed men ${'🚨'.repeat(2500)}` })
    const { database } = scene.bot.store as SqliteStore
    fillUp(database)
    await modal.submit()
    await modal.expectText(/NOT recorded/)
    expect(modal.value('what')).toContain('Armed men')
    expect(await scene.bot.store.read.alerts.open()).toEqual([])

    database.pragma('max_page_count = 1000000')
    await modal.submit()
    const code = await codeIn(modal)
    await scene.slack.settle()
    await ownCard(scene, 'company.karamba', code)
  })

  it('who presses a button reads that it was NOT recorded', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    const { database } = scene.bot.store as SqliteStore
    const card = await cardIn(scene, 'company.karamba', '#poc-north', code)
    const modal = await card.pick('alert.more', 'Add information').modal()
    await modal.fill({ 'What you know': '🚨'.repeat(2900) })
    fillUp(database)
    await modal.submit()
    await modal.expectText(/NOT recorded/)
    database.pragma('max_page_count = 1000000')
    expect((await recordOf(scene, code)).acts).toEqual([])
  })
})

/** No page may be added any more, and none is free. */
function fillUp(database: SqliteStore['database']): void {
  database.exec('create table if not exists ballast (x blob)')
  database.pragma(`max_page_count = ${Number(database.pragma('page_count', { simple: true })) + 4}`)
  try {
    for (;;) database.exec('insert into ballast values (randomblob(3000))')
  } catch {
    // full
  }
}

describe('a second bot', () => {
  it('on the same data folder refuses to start, and the first goes on', async () => {
    const scene = await openScene()
    const second = startBot({ ...scene, log: silentLog, pace: noPace })
    await expect(second).rejects.toMatchObject({ code: 'data_in_use' })
    await raiseAlert(scene, 'joc.watch')
  })
})
