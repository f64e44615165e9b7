import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { ApiFault } from '../../rehearsal/server/faults.ts'
import { codeIn, fillAlert } from '../support/bot.ts'
import { freePort, type Ground, openGround, redisOf, startRedis } from '../support/bot-process.ts'
import { temporaryFolder } from '../support/store.ts'

const always = Number.POSITIVE_INFINITY
/** Longer than a test lasts. */
const NEVER_HEARD = { delayMs: 600_000, times: always }

async function raise({ slack }: Ground): Promise<string> {
  const modal = await slack.as('joc.watch').command('/poc-alert').modal()
  await fillAlert(modal)
  await modal.submit()
  const code = await codeIn(modal)
  await modal.close()
  return code
}

/** What the app has said in a channel, as this person sees it: cards and thread lines that match. */
function said({ slack }: Ground, who: string, channel: string, match: RegExp): string[] {
  return slack
    .as(who)
    .in(channel)
    .messages.filter(message => message.fromApp && !message.ephemeralFor)
    .map(message => `${message.text} ${JSON.stringify(message.blocks ?? [])}`)
    .filter(text => match.test(text))
}

async function saidTo(ground: Ground, who: string, match: RegExp): Promise<string[]> {
  const place = await ground.slack.as(who).withApp()
  return said(ground, who, place.id, match)
}

/** Every card and the thread's first line have come, each once. */
async function toldOnce(ground: Ground, code: string): Promise<void> {
  const { slack } = ground
  const card = await slack
    .as('joc.watch')
    .in('#poc-north')
    .expectCard(new RegExp(`${code} · `))
  await card.expectThreadReply(/raised by/)
  await slack.as('joc.watch').in('#joc-watch').expectCard(new RegExp(code))
  const people = ['duty.karamba', 'company.karamba', 'sector.north', 'cla.karamba', 'joc.watch']
  for (const who of people) await slack.as(who).expectDirectMessage(new RegExp(code))
  await quiet(ground)
  expect(said(ground, 'joc.watch', '#poc-north', new RegExp(`${code} · `))).toHaveLength(1)
  expect(said(ground, 'joc.watch', '#poc-north', /raised by.*Please answer/s)).toHaveLength(1)
  expect(said(ground, 'joc.watch', '#joc-watch', new RegExp(`${code} · `))).toHaveLength(1)
  for (const who of people) expect(await saidTo(ground, who, new RegExp(code))).toHaveLength(1)
}

/** Waits until nothing is left in the bot's outbox. */
async function quiet({ dataDir }: Ground): Promise<void> {
  const db = new Database(join(dataDir, 'tocsin.db'), { readonly: true })
  onTestFinished(() => void db.close())
  const open = db.prepare(`select count(*) from outbox where state in ('waiting', 'claimed')`).pluck()
  await expect.poll(() => open.get(), { timeout: 30_000 }).toBe(0)
}

/** Sets a fault and resolves when it was met `times` times. */
async function met({ slack }: Ground, fault: ApiFault, count: number): Promise<void> {
  const { calls, faults, state } = slack.workspace
  const before = calls.of(fault.method).length
  faults.add(fault)
  await state.changes.waitFor(
    () => (calls.of(fault.method).length >= before + count ? true : undefined),
    () => `fewer than ${count} calls of ${fault.method}`,
    30_000,
  )
}

describe('a bot killed with -9', () => {
  it('between storing and posting: the alert is not lost, and every card comes once', async () => {
    const ground = await openGround()
    const { faults, calls } = ground.slack.workspace
    const first = await ground.start()
    faults.add({ method: 'chat.postMessage', hang: true, times: always })
    const code = await raise(ground)
    await calls.waitFor('chat.postMessage')
    await first.kill()
    faults.clear()
    expect(said(ground, 'joc.watch', '#poc-north', /./)).toEqual([])

    await ground.start()
    await toldOnce(ground, code)
  })

  it('between posting and recording: what stands is found, and no card and no line comes twice', async () => {
    const ground = await openGround()
    const { faults } = ground.slack.workspace
    const first = await ground.start()
    const posted = met(ground, { method: 'chat.postMessage', ...NEVER_HEARD }, 5)
    const code = await raise(ground)
    await posted
    await first.kill()
    faults.clear()
    expect(said(ground, 'joc.watch', '#poc-north', new RegExp(code))).toHaveLength(1)

    await ground.start()
    await toldOnce(ground, code)
  })

  it('again and again while it delivers: every card comes once', async () => {
    const ground = await openGround()
    const { faults, calls } = ground.slack.workspace
    const code = await (async () => {
      const bot = await ground.start()
      const posted = met(ground, { method: 'chat.postMessage', ...NEVER_HEARD }, 1)
      const raised = await raise(ground)
      await posted
      await bot.kill()
      return raised
    })()
    for (const one of ['chat.postMessage', 'chat.postMessage', 'chat.postMessage']) {
      faults.clear()
      const before = calls.of(one).length
      const bot = await ground.start()
      faults.add({ method: one, ...NEVER_HEARD })
      await calls.waitFor(one, call => calls.of(one).indexOf(call) >= before)
      await bot.kill()
    }
    faults.clear()
    await ground.start()
    await toldOnce(ground, code)
  })

  it('while a rung is being told: no rung is told twice, and none is left out', async () => {
    const ground = await openGround({ climbs: true })
    const { faults } = ground.slack.workspace
    const first = await ground.start()
    const climbing = met(
      ground,
      {
        method: 'chat.postMessage',
        match: args => /not acknowledged yet/.test(String(args.text)),
        ...NEVER_HEARD,
      },
      0,
    )
    const code = await raise(ground)
    await climbing
    await ground.slack.workspace.calls.waitFor('chat.postMessage', call =>
      /not acknowledged yet/.test(String(call.args.text)),
    )
    await first.kill()
    faults.clear()
    await ground.start()
    const card = await ground.slack
      .as('joc.watch')
      .in('#poc-north')
      .expectCard(new RegExp(`${code} · `))
    await card.expectThreadReply(/Uniformed owner: nobody above is left/)
    await card.expectThreadReply(/Civilian owner: nobody above is left/)
    await quiet(ground)
    const climbed = card.thread.filter(line => line.includes('Now with')).join('\n')
    for (const who of ['battalion.north', 'sector.north', 'force.hq', 'head.karamba', 'mission.leadership'])
      expect(climbed.split(`@${who}`)).toHaveLength(2)
    expect(card.thread.filter(line => line.includes('nobody above is left'))).toHaveLength(2)
    expect(await saidTo(ground, 'force.hq', new RegExp(`${code} · `))).toHaveLength(1)
  })

  it('while the digest goes out: every channel gets it once', async () => {
    const ground = await openGround()
    const { faults } = ground.slack.workspace
    await (await ground.start()).kill()
    const db = new Database(join(ground.dataDir, 'tocsin.db'))
    db.prepare(`update timers set due_at = ? where kind = 'digest'`).run(Date.now() - 1)
    db.close()
    const posted = met(ground, { method: 'chat.postMessage', ...NEVER_HEARD }, 4)
    const second = await ground.start()
    await posted
    await second.kill()
    faults.clear()
    await ground.start()
    await quiet(ground)
    const channels = [
      ['joc.watch', '#poc-north'],
      ['joc.watch', '#poc-south'],
      ['joc.watch', '#joc-watch'],
      ['civil.affairs', '#protection-forum'],
    ] as const
    const titles = [
      /^UNMOB.*(protection digest|synthèse de protection)/,
      /^UNMOB.*(protection week|semaine de)/,
    ]
    for (const [who, channel] of channels)
      for (const title of titles) expect(said(ground, who, channel, title)).toHaveLength(1)
  })
})

describe.each(['http', 'socket'] as const)('Redis, with the bot connected over %s', connection => {
  it('killed with -9 for good: cards and escalations leave all the same', async () => {
    const ground = await openGround({ connection, climbs: true })
    const port = await freePort()
    const redis = await startRedis(port, temporaryFolder())
    await ground.start({ REDIS_URL: `redis://127.0.0.1:${port}` })
    await redis.kill()
    const code = await raise(ground)
    const card = await ground.slack
      .as('joc.watch')
      .in('#poc-north')
      .expectCard(new RegExp(`${code} · `))
    await ground.slack.as('force.hq').expectDirectMessage(new RegExp(code))
    await card.expectThreadReply(/Uniformed owner: nobody above is left/)
    expect(
      card.thread.filter(line => line.includes('@battalion.north') && line.includes('Now with')),
    ).toHaveLength(1)
  })

  it('killed with -9 and started again empty: nothing is lost and nothing comes twice', async () => {
    const ground = await openGround({ connection, climbs: true })
    const port = await freePort()
    const redis = await startRedis(port, temporaryFolder())
    await ground.start({ REDIS_URL: `redis://127.0.0.1:${port}` })
    const code = await raise(ground)
    await redis.kill()
    await startRedis(port, temporaryFolder())
    const card = await ground.slack
      .as('joc.watch')
      .in('#poc-north')
      .expectCard(new RegExp(`${code} · `))
    await card.expectThreadReply(/Uniformed owner: nobody above is left/)
    await card.expectThreadReply(/Civilian owner: nobody above is left/)
    const climbed = card.thread.filter(line => line.includes('Now with')).join('\n')
    for (const who of ['battalion.north', 'sector.north', 'force.hq', 'head.karamba', 'mission.leadership'])
      expect(climbed.split(`@${who}`)).toHaveLength(2)
  })
})

describe('the bot’s own Redis', () => {
  it('killed with -9: cards and escalations leave, and another is started', async () => {
    const ground = await openGround({ climbs: true })
    const bot = await ground.start()
    const [before] = redisOf(bot)
    process.kill(before!, 'SIGKILL')
    const code = await raise(ground)
    await ground.slack.as('force.hq').expectDirectMessage(new RegExp(code))
    const after = redisOf(bot)
    expect(after).toHaveLength(1)
    expect(after).not.toContain(before)
  })
})
