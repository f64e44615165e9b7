import { execFile } from 'node:child_process'
import { expect, it } from 'vitest'
import { openReader } from '../../src/db/store.ts'
import { createIds } from '../../src/ids.ts'
import { openDesk } from '../support/operations.ts'
import { temporaryFolder } from '../support/store.ts'

/** `npm run store -- fill …` in a process of its own. */
function fill(dataDir: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { ...process.env, DATA_DIR: dataDir, MISSION: 'missions/ombara.yaml' }
  return new Promise(resolve => {
    execFile(process.execPath, ['src/cli/store.ts', 'fill', ...args], { env }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err })
    })
  })
}

/** What stands in a filled store, without the ids of its people. */
async function contents(dataDir: string) {
  const { read, close } = openReader({ dataDir, clock: { now: Date.now }, ids: createIds() })
  try {
    const alerts = await read.alerts.raisedOrEndedSince(0)
    const acts = await read.alerts.actsOf(alerts.map(({ id }) => id))
    return {
      alerts: alerts.map(({ code, what, raisedAt, lifecycle }) => ({ code, what, raisedAt, lifecycle })),
      acts: acts.map(({ kind, at, reason }) => ({ kind, at, reason })),
      reports: await read.reports.count(),
      sound: (await read.events.verify()).ok,
    }
  } finally {
    close()
  }
}

it('a store is filled alike from the same number, with an unbroken trail, and otherwise from another', async () => {
  const folders = [temporaryFolder(), temporaryFolder(), temporaryFolder()]
  const until = ['--alerts', '40', '--until', '2026-11-25']
  const answers = [
    await fill(folders[0]!, ...until, '--seed', '7'),
    await fill(folders[1]!, ...until, '--seed', '7'),
    await fill(folders[2]!, ...until, '--seed', '8'),
  ]
  expect(answers.map(({ code }) => code)).toEqual([0, 0, 0])
  expect(answers[0]!.out).toMatch(/^Filled with 40 alerts \(4 open\), \d+ reports/)
  const [first, second, other] = await Promise.all(folders.map(contents))
  expect(first!.sound).toBe(true)
  expect(first!.alerts).toHaveLength(40)
  expect(first!.reports).toBeGreaterThan(100)
  expect(second).toEqual(first)
  expect(other!.alerts).not.toEqual(first!.alerts)
}, 240_000)

it('a store that holds anything, or that a bot runs on, is not filled', async () => {
  const desk = await openDesk()
  const running = await fill(desk.dataDir, '--alerts', '10')
  expect(running).toMatchObject({ code: 1, err: expect.stringContaining('A bot runs on') })
  await desk.store.close()
  const full = await fill(desk.dataDir, '--alerts', '10')
  expect(full).toMatchObject({ code: 1, err: expect.stringContaining('There is something in') })
}, 240_000)
