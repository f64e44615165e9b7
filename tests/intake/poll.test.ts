import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { createPoll } from '../../src/intake/poll.ts'
import { openDesk } from '../support/operations.ts'
import { silentLog } from '../support/store.ts'

const TOKEN = 'a-token-of-the-tests'

/** A gateway that keeps messages until it is asked with a later cursor. */
async function keeping(messages: object[], size = 2) {
  const state = { down: false, asked: [] as (string | null)[] }
  const server = createServer((request, response) => {
    const cursor = new URL(request.url ?? '/', 'http://x').searchParams.get('cursor')
    state.asked.push(cursor)
    const allowed = request.headers.authorization === `Bearer ${TOKEN}`
    const from = Number(cursor ?? 0)
    const page = messages.slice(from, from + size)
    response.statusCode = state.down ? 503 : allowed ? 200 : 401
    response.end(
      JSON.stringify({
        messages: page,
        cursor: String(from + page.length),
        more: from + size < messages.length,
      }),
    )
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { ...{ state }, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/messages` }
}

const text = (id: string, from = '+999770000001') => ({ id, from, to: '+999205550901', text: `words ${id}` })

it('takes page after page, keeps its place on disk, and nothing twice', async () => {
  const desk = await openDesk()
  const { url, state } = await keeping([text('1'), text('2'), text('3', '+999770000002')])
  const poll = () => createPoll({ ctx: desk.system, url, token: TOKEN, log: silentLog, retries: 0 })
  expect(await poll().once()).toBe(true)
  expect((await desk.store.read.callbacks.open()).map(({ count }) => count).toSorted()).toEqual([1, 2])
  // Another life of the bot goes on where this one ended.
  expect(await poll().once()).toBe(true)
  expect(state.asked).toEqual([null, '2', '3'])
})

it('a gateway that is away is asked again later, and what waits there comes', async () => {
  const desk = await openDesk()
  const { url, state } = await keeping([text('1')])
  const poll = createPoll({ ctx: desk.system, url, token: TOKEN, log: silentLog, retries: 0 })
  state.down = true
  expect(await poll.once()).toBe(false)
  expect(poll.lastOk()).toBeNull()
  state.down = false
  expect(await poll.once()).toBe(true)
  expect(await desk.store.read.callbacks.open()).toHaveLength(1)
})

it('one message that is none does not hold up those behind it', async () => {
  const desk = await openDesk()
  const { url } = await keeping([{ nonsense: true }, text('2')])
  const poll = createPoll({ ctx: desk.system, url, token: TOKEN, log: silentLog, retries: 0 })
  expect(await poll.once()).toBe(true)
  expect(await desk.store.read.callbacks.open()).toHaveLength(1)
})

it('the place is kept only when all before it is stored', async () => {
  const desk = await openDesk()
  const { url, state } = await keeping([text('1')])
  const without = createPoll({
    ctx: { ...desk.system, vault: null },
    url,
    token: TOKEN,
    log: silentLog,
    retries: 0,
  })
  expect(await without.once()).toBe(false)
  const poll = createPoll({ ctx: desk.system, url, token: TOKEN, log: silentLog, retries: 0 })
  await poll.once()
  expect(state.asked).toEqual([null, null])
  expect(await desk.store.read.callbacks.open()).toHaveLength(1)
})
