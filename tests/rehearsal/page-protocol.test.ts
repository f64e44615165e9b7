import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { Live, Snapshot } from '../../rehearsal/protocol.ts'
import { call, DUTY, GENERAL, NGO, NORTH, type Probe, workspace } from './support.ts'

let ws: Probe
let pageDir: string
beforeEach(async () => {
  pageDir = await mkdtemp(join(tmpdir(), 'page-'))
  await writeFile(join(pageDir, 'index.html'), '<title>Rehearsal</title>')
  await writeFile(join(pageDir, 'main.js'), 'export {}')
  ws = await workspace({ pageDir })
})
afterEach(async () => {
  await ws.stop()
  await rm(pageDir, { recursive: true })
})

const fetchSnapshot = async (persona: string): Promise<Snapshot> =>
  (await (await fetch(`${ws.url}/workspace/snapshot?persona=${persona}`)).json()) as Snapshot

/** A page of this person's, with all it has been told. */
async function page(persona: string) {
  const told: Live[] = []
  const socket = new WebSocket(`${ws.url.replace('http', 'ws')}/workspace/live?persona=${persona}`)
  const waiting: { fits: (live: Live) => boolean; resolve: (live: Live) => void }[] = []
  socket.on('message', data => {
    const live = JSON.parse(String(data)) as Live
    told.push(live)
    for (const w of waiting) if (w.fits(live)) w.resolve(live)
  })
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  const until = (fits: (live: Live) => boolean): Promise<Live> => {
    const found = told.find(fits)
    return found ? Promise.resolve(found) : new Promise(resolve => waiting.push({ fits, resolve }))
  }
  return { told, until }
}

describe('the page', () => {
  test('opens with what its person may see, and the commands they may run', async () => {
    const mine = await fetchSnapshot(DUTY)
    expect(mine.channels.map(c => c.id)).toEqual([NORTH, 'C0PROTECTION', GENERAL])
    expect(mine.commands.map(c => c.command)).toEqual(['/probe', '/bare'])
    expect(mine.personas).toHaveLength(24)
    expect((await fetchSnapshot(NGO)).channels.map(c => c.id)).toEqual(['C0PROTECTION'])
    expect((await fetch(`${ws.url}/workspace/snapshot?persona=U0NOBODY`)).status).toBe(404)
  })

  test('loaded anew, has lost its ephemerals, as Slack’s client has', async () => {
    await call(ws, 'chat.postEphemeral', { channel: NORTH, user: DUTY, text: 'psst' })
    expect((await fetchSnapshot(DUTY)).messages[NORTH]).toEqual([])
  })

  test('is told what happens, and only what its person may see', async () => {
    const duty = await page(DUTY)
    const ngo = await page(NGO)
    await call(ws, 'chat.postEphemeral', { channel: NORTH, user: 'U0JOCWATCH', text: 'not for you' })
    const { ts } = await call(ws, 'chat.postMessage', { channel: NORTH, text: `<@${DUTY}> come` })
    await duty.until(l => l.type === 'message' && l.message.ts === ts)
    await duty.until(l => l.type === 'channel' && l.channel.id === NORTH && l.channel.mentions === 1)
    await call(ws, 'chat.delete', { channel: NORTH, ts })
    await duty.until(l => l.type === 'messageDeleted' && l.ts === ts)
    await call(ws, 'chat.postMessage', { channel: 'C0PROTECTION', text: 'for all' })
    await ngo.until(l => l.type === 'message')
    expect(JSON.stringify(duty.told)).not.toContain('not for you')
    expect(ngo.told.map(l => l.type)).toEqual(['message', 'channel'])
  })

  test('does what its person does, and reads why not', async () => {
    const act = async (body: object) =>
      (await fetch(`${ws.url}/workspace/act`, { method: 'POST', body: JSON.stringify(body) })).json()
    expect(await act({ persona: DUTY, do: 'say', channel: NORTH, text: 'hello' })).toMatchObject({ ok: true })
    expect(await act({ persona: NGO, do: 'say', channel: NORTH, text: 'hello' })).toMatchObject({
      ok: false,
      code: 'not_in_channel',
    })
    const broken = await fetch(`${ws.url}/workspace/act`, { method: 'POST', body: 'not json' })
    expect(broken.status).toBe(400)
  })

  test('is served with its files, and nothing from outside its folder', async () => {
    expect(await (await fetch(ws.url)).text()).toContain('Rehearsal')
    const script = await fetch(`${ws.url}/main.js`)
    expect(script.headers.get('content-type')).toContain('text/javascript')
    await writeFile(`${pageDir}.secret.txt`, 'keep out')
    const name = encodeURIComponent(`../${basename(pageDir)}.secret.txt`)
    const outside = await fetch(`${ws.url}/${name}`)
    await rm(`${pageDir}.secret.txt`)
    expect(await outside.text()).not.toContain('keep out')
    expect((await fetch(`${ws.url}/missing.js`)).status).toBe(404)
    expect((await fetch(`${ws.url}/%zz.js`)).status).toBe(404)
  })

  test('goes on while Slack is away from the app', async () => {
    ws.faults.refuseConnections(true)
    expect((await fetchSnapshot(DUTY)).app).toMatchObject({ connected: false, connection: 'none' })
  })
})
