/** A process that opens the store of a folder and keeps it: `open-store.ts <folder> [write]`. Tests kill it. */
import { openStore } from '../../src/db/store.ts'
import { createIds } from '../../src/ids.ts'

const [dataDir = '', mode] = process.argv.slice(2)
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
const store = await openStore({ dataDir, clock: { now: () => Date.now() }, ids: createIds(), log })
await store.write(({ meta }) => meta.set('by', 'another bot'))
process.stdout.write('open\n')

for (let n = 1; mode === 'write'; n++) {
  await store.write(async ({ events, meta }) => {
    const seq = await events.append({
      at: n,
      recordedAt: n,
      actor: 'system',
      kind: 'written',
      recordKind: 'test',
      recordId: String(n),
      data: {},
      words: { text: 'w'.repeat(500) },
    })
    await meta.set('written', String(seq))
  })
}
setInterval(() => {}, 60_000)
