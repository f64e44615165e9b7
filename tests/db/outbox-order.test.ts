import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Entry } from '../../src/db/outbox.ts'
import { testStore } from '../support/store.ts'

type Move =
  | { do: 'add'; card: boolean; record: string; target: string; urgent: boolean; wait: number }
  | { do: 'claim' }
  | { do: 'crash' }
  | { do: 'tick' }
  | { do: 'settle'; pick: number; how: 'sent' | 'later' | 'park' | 'drop' }

const moves: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('add' as const),
      card: fc.boolean(),
      record: fc.constantFrom('r1', 'r2'),
      target: fc.constantFrom('C1', 'C2'),
      urgent: fc.boolean(),
      wait: fc.constantFrom(0, 0, 0, 15),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('claim' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('settle' as const),
      pick: fc.nat(),
      how: fc.constantFrom(
        'sent' as const,
        'sent' as const,
        'later' as const,
        'park' as const,
        'drop' as const,
      ),
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom<Move>({ do: 'crash' }, { do: 'tick' }) },
)

const pair = (entry: Pick<Entry, 'target' | 'recordId'>) => `${entry.target}/${entry.recordId}`

it('says everything in order per target and record, claims nothing twice and loses nothing', async () => {
  const { store, clock } = await testStore()
  let run = 0
  await fc.assert(
    fc.asyncProperty(fc.array(moves, { maxLength: 60 }), async script => {
      const prefix = `${run++}-`
      const all: string[] = []
      const inHand: Entry[] = []
      const said = new Map<string, number>()

      const claim = async (): Promise<boolean> => {
        const entry = await store.write(({ outbox }) => outbox.claimNext(clock.now()))
        if (!entry) return false
        expect(inHand.map(pair), 'one at a time per target and record').not.toContain(pair(entry))
        const before = (await store.read.outbox.open(1000)).filter(
          other => pair(other) === pair(entry) && other.seq < entry.seq,
        )
        expect(before, 'nothing older is left behind').toEqual([])
        inHand.push(entry)
        return true
      }
      const settle = async (entry: Entry, how: 'sent' | 'later' | 'park' | 'drop') => {
        inHand.splice(inHand.indexOf(entry), 1)
        await store.write(async ({ outbox }) => {
          if (how === 'later') return outbox.later(entry.id, clock.now() + 10, 'ratelimited')
          if (how === 'park') return outbox.park(entry.id, 'channel_not_found')
          if (how === 'drop') return outbox.drop(entry.id, 'record_gone')
          expect(said.get(pair(entry)) ?? 0, 'order').toBeLessThan(entry.seq)
          said.set(pair(entry), entry.seq)
          return outbox.sent(entry.id, { channel: entry.target, ts: '1', at: clock.now() })
        })
      }

      for (const move of script) {
        if (move.do === 'add') {
          const id = prefix + all.length
          all.push(id)
          await store.write(({ outbox }) =>
            outbox.add({
              id,
              kind: move.card ? 'card' : 'line',
              recordId: move.record,
              target: move.target,
              data: {},
              urgent: move.urgent,
              notBefore: clock.now() + move.wait,
            }),
          )
        } else if (move.do === 'claim') await claim()
        else if (move.do === 'tick') clock.advance(10)
        else if (move.do === 'crash') {
          await store.write(({ outbox }) => outbox.release(clock.now() + 1))
          inHand.length = 0
        } else if (inHand.length > 0) await settle(inHand[move.pick % inHand.length]!, move.how)
      }

      clock.advance(1_000)
      for (;;) {
        for (const entry of [...inHand]) await settle(entry, 'sent')
        if (!(await claim())) break
      }
      const rows = await Promise.all(all.map(async id => (await store.read.outbox.byId(id))!))
      for (const row of rows) {
        expect(['sent', 'merged', 'parked', 'dropped']).toContain(row.state)
        if (row.state !== 'merged') continue
        const carrier = rows.some(
          other =>
            other.kind === 'card' &&
            pair(other) === pair(row) &&
            other.attempts > 0 &&
            other.state !== 'merged',
        )
        expect(carrier, 'a merged card is shown by one that was claimed').toBe(true)
      }
    }),
    { numRuns: 150 },
  )
})
