import { describe, expect, test } from 'vitest'
import { slackPace } from '../../src/jobs/lanes.ts'
import { bench, ELSEWHERE, NORTH, plainWork, SOUTH } from './support.ts'

const posts = 'chat.postMessage'

describe('order', () => {
  test('what is said about one record in one channel leaves in the order it was said, across failures', async () => {
    const { jobs, say, slack, texts, clock } = await bench()
    slack.faults.add({ method: posts, error: 'internal_error' })
    for (const text of ['one', 'two', 'three']) await say({ text })
    await jobs.settled()
    expect(texts(NORTH)).toEqual([])
    clock.advance(60_000)
    await jobs.settled()
    expect(texts(NORTH)).toEqual(['one', 'two', 'three'])
  })

  test('what is urgent overtakes what is not', async () => {
    const { jobs, say, texts } = await bench({ width: 1 })
    for (const record of ['a', 'b', 'c']) await say({ recordId: record, text: record })
    await say({ recordId: 'd', text: 'urgent', urgent: true })
    await jobs.settled()
    expect(texts(NORTH)[0]).toBe('urgent')
  })

  test('nothing leaves before its time', async () => {
    const { jobs, say, texts, clock } = await bench()
    await say({ text: 'later', notBefore: clock.now() + 1000 })
    await jobs.settled()
    expect(texts(NORTH)).toEqual([])
    clock.advance(1000)
    await jobs.settled()
    expect(texts(NORTH)).toEqual(['later'])
  })
})

describe('cards', () => {
  test('a record has one card in a channel, edited in place', async () => {
    const { jobs, say, store, texts, slack } = await bench()
    await say({ kind: 'card' })
    await jobs.settled()
    await store.write(repos => repos.meta.set('text:r1', 'acknowledged'))
    await say({ kind: 'card' })
    await jobs.settled()
    expect(texts(NORTH)).toEqual(['acknowledged'])
    expect(slack.calls.of(posts)).toHaveLength(1)
  })

  test('updates that wait together are one edit', async () => {
    const { jobs, say, slack, state } = await bench()
    await say({ kind: 'card' })
    await jobs.settled()
    const waiting = await Promise.all([1, 2, 3].map(() => say({ kind: 'card' })))
    await jobs.settled()
    expect(slack.calls.of('chat.update')).toHaveLength(1)
    expect(await Promise.all(waiting.map(state))).toEqual(['sent', 'merged', 'merged'])
  })

  test('a card somebody deleted is posted anew, and edited there from then on', async () => {
    const { jobs, say, slack, store } = await bench()
    await say({ kind: 'card' })
    await jobs.settled()
    const first = (await store.read.cards.get('r1', NORTH))!
    slack.state.dropMessage(slack.state.message(NORTH, first.ts)!)
    await say({ kind: 'card' })
    await jobs.settled()
    const second = (await store.read.cards.get('r1', NORTH))!
    expect(slack.state.messages(NORTH).map(message => message.ts)).toEqual([second.ts])
    expect(second.ts).not.toBe(first.ts)
  })

  test('a reply stands in the thread of the card', async () => {
    const { jobs, say, slack, store } = await bench()
    await say({ kind: 'card' })
    await say({ kind: 'reply', text: 'acknowledged by phone' })
    await jobs.settled()
    const card = (await store.read.cards.get('r1', NORTH))!
    expect(slack.state.replies(NORTH, card.ts).map(message => message.text)).toEqual([
      'acknowledged by phone',
    ])
  })

  test('edits keep to the rate of chat.update, and none is lost for it', async () => {
    const pace = { ...slackPace, updates: { burst: 2, everyMs: 1000 } }
    const { jobs, say, slack, clock } = await bench({ pace })
    const records = ['a', 'b', 'c', 'd']
    for (const recordId of records) await say({ kind: 'card', recordId, target: NORTH })
    await jobs.settled()
    for (const recordId of records) await say({ kind: 'card', recordId, target: NORTH })
    await jobs.settled()
    expect(slack.calls.of('chat.update')).toHaveLength(2)
    clock.advance(1000)
    await jobs.settled()
    expect(slack.calls.of('chat.update')).toHaveLength(3)
    clock.advance(1000)
    await jobs.settled()
    expect(slack.calls.of('chat.update')).toHaveLength(4)
  })
})

describe('direct messages', () => {
  test('a person is written to directly, and the channel is asked for once', async () => {
    const { jobs, say, store, slack } = await bench()
    await store.write(repos =>
      repos.people.insert({
        id: 'p1',
        teamId: 'T0MISSION',
        userId: 'U0AMA',
        constituency: 'military',
        section: null,
        location: null,
        national: false,
        locale: null,
        zone: null,
        createdAt: 0,
      }),
    )
    await say({ target: 'person:p1', text: 'you are asked' })
    await say({ target: 'person:p1', text: 'and again' })
    await jobs.settled()
    expect(slack.calls.of('conversations.open')).toHaveLength(1)
    expect(slack.calls.of(posts).map(call => call.args.text)).toEqual(['you are asked', 'and again'])
  })

  test('a person nobody knows is parked at once', async () => {
    const { jobs, say, store } = await bench()
    await say({ target: 'person:nobody' })
    await jobs.settled()
    expect((await store.read.outbox.parked()).map(entry => entry.error)).toEqual(['person_unknown'])
  })
})

describe('refusals', () => {
  test('a message for a channel the bot is not in is parked, and the next one is not held up', async () => {
    const { jobs, say, store, texts } = await bench()
    await say({ target: ELSEWHERE, text: 'lost' })
    await say({ target: NORTH, text: 'arrives' })
    await jobs.settled()
    expect(texts(NORTH)).toEqual(['arrives'])
    const [parked] = await store.read.outbox.parked()
    expect(parked).toMatchObject({ target: ELSEWHERE, error: expect.stringMatching(/channel/) })
  })

  test('a parked message leaves once its cause is mended and somebody retries it', async () => {
    const { jobs, say, slack, store, texts } = await bench()
    slack.faults.add({ method: posts, error: 'is_archived' })
    const id = await say({ text: 'later after all' })
    await jobs.settled()
    await store.write(repos => repos.outbox.retry(id))
    await jobs.settled()
    expect(texts(NORTH)).toEqual(['later after all'])
  })

  test('a message Slack would refuse is parked with the reason before it leaves', async () => {
    const { jobs, say, slack, store } = await bench()
    await say({ text: 'x'.repeat(40_001) })
    await jobs.settled()
    expect((await store.read.outbox.parked())[0]!.error).toBe('msg_too_long')
    expect(slack.calls.of(posts)).toEqual([])
  })

  test('what need not be said any more is dropped with its reason', async () => {
    const renderers = {
      ...plainWork.renderers,
      gone: async () => ({ do: 'drop' as const, code: 'overtaken' }),
    }
    const { jobs, say, store, slack } = await bench({ work: { ...plainWork, renderers } })
    const id = await say({ kind: 'gone' })
    await jobs.settled()
    expect(await store.read.outbox.byId(id)).toMatchObject({ state: 'dropped', error: 'overtaken' })
    expect(slack.calls.all).toEqual([])
  })

  test('a kind nobody can render is parked, and holds up nobody', async () => {
    const { jobs, say, state, texts } = await bench()
    const id = await say({ kind: 'unheard_of' })
    await say({ text: 'heard' })
    await jobs.settled()
    expect(await state(id)).toBe('parked')
    expect(texts(NORTH)).toEqual(['heard'])
  })
})

describe('Slack in trouble', () => {
  test('a 429 is waited out as told, and holds up no other channel', async () => {
    const { jobs, say, slack, texts, clock } = await bench()
    slack.faults.add({
      method: posts,
      match: args => args.channel === NORTH,
      httpStatus: 429,
      retryAfterSec: 30,
    })
    await say({ target: NORTH, recordId: 'a', text: 'north' })
    await say({ target: NORTH, recordId: 'b', text: 'north too' })
    await say({ target: SOUTH, text: 'south' })
    await jobs.settled()
    expect([texts(NORTH), texts(SOUTH)]).toEqual([[], ['south']])
    expect(slack.calls.of(posts)).toHaveLength(2)
    clock.advance(29_999)
    await jobs.settled()
    expect(slack.calls.of(posts)).toHaveLength(2)
    clock.advance(1)
    await jobs.settled()
    expect(texts(NORTH).sort()).toEqual(['north', 'north too'])
  })

  test('while no post may go to a channel, the card that stands there is still edited', async () => {
    const { jobs, say, slack, clock } = await bench()
    await say({ kind: 'card', recordId: 'card' })
    await jobs.settled()
    slack.faults.add({ method: posts, httpStatus: 429, retryAfterSec: 30 })
    await say({ recordId: 'other', text: 'waits' })
    await jobs.settled()
    await say({ kind: 'card', recordId: 'card' })
    await jobs.settled()
    expect(slack.calls.of('chat.update')).toHaveLength(1)
    clock.advance(30_000)
    await jobs.settled()
    expect(slack.calls.of(posts)).toHaveLength(3)
  })

  test('a channel gets a message a second after a short burst, as Slack wants it', async () => {
    const { jobs, say, texts, clock } = await bench()
    for (let n = 0; n < 7; n++) await say({ recordId: `r${n}`, text: `${n}` })
    await jobs.settled()
    expect(texts(NORTH)).toHaveLength(slackPace.posts.burst)
    clock.advance(1000)
    await jobs.settled()
    expect(texts(NORTH)).toHaveLength(slackPace.posts.burst + 1)
  })

  test.each([
    ['500', { httpStatus: 500 }],
    ['a cut connection', { cut: true }],
    ['nothing at all', { hang: true }],
    ['its own error', { error: 'fatal_error' }],
  ])('a message that meets %s leaves later, once', async (_, fault) => {
    const { jobs, say, slack, texts, clock } = await bench()
    slack.faults.add({ method: posts, ...fault, times: 2 })
    await say({ text: 'once' })
    await jobs.settled()
    for (let tries = 0; tries < 3; tries++) {
      clock.advance(60_000)
      await jobs.settled()
    }
    expect(texts(NORTH)).toEqual(['once'])
  })

  test('a message whose answer was lost is found in the channel, not posted twice', async () => {
    const { jobs, say, slack, store, texts, clock } = await bench()
    slack.faults.add({ method: posts, loseAnswer: true })
    await say({ kind: 'card' })
    await say({ kind: 'reply', text: 'in its thread' })
    await jobs.settled()
    clock.advance(60_000)
    await jobs.settled()
    expect(texts(NORTH)).toEqual(['card of r1', 'in its thread'])
    const card = (await store.read.cards.get('r1', NORTH))!
    expect(slack.state.replies(NORTH, card.ts)).toHaveLength(1)
  })

  test('where the history may not be read, the warning goes out all the same', async () => {
    const { jobs, say, slack, texts, clock } = await bench()
    slack.faults.add({ method: posts, httpStatus: 503 })
    slack.faults.add({ method: 'conversations.history', error: 'missing_scope' })
    await say({ text: 'warning' })
    await jobs.settled()
    clock.advance(60_000)
    await jobs.settled()
    expect(texts(NORTH)).toEqual(['warning'])
  })

  test('after a day of trying a message is parked with the last reason', async () => {
    const { jobs, say, slack, store, clock } = await bench()
    slack.faults.add({ method: posts, httpStatus: 500, times: Number.POSITIVE_INFINITY })
    const id = await say({})
    for (let tries = 0; tries < 13; tries++) {
      await jobs.settled()
      clock.advance(2.5 * 3_600_000)
    }
    expect(await store.read.outbox.byId(id)).toMatchObject({ state: 'parked', error: 'http_500' })
  })

  test('a renderer that fails is tried again and holds up nobody', async () => {
    let broken = true
    const shaky = async () => {
      if (broken) throw new Error('no words')
      return { do: 'line' as const, message: { text: 'said' } }
    }
    const renderers = { ...plainWork.renderers, shaky }
    const { jobs, say, texts, clock } = await bench({ work: { ...plainWork, renderers } })
    await say({ kind: 'shaky', recordId: 'r1' })
    await say({ recordId: 'r2', text: 'other' })
    await jobs.settled()
    expect(texts(NORTH)).toEqual(['other'])
    broken = false
    clock.advance(60_000)
    await jobs.settled()
    expect(texts(NORTH)).toEqual(['other', 'said'])
  })
})
