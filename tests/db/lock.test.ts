import { expect, it } from 'vitest'
import { openStore } from '../../src/db/store.ts'
import { anotherBot } from '../support/another-bot.ts'
import { movableClock } from '../support/clock.ts'
import { countingIds } from '../support/ids.ts'
import { silentLog, temporaryFolder } from '../support/store.ts'

const ports = () => ({ clock: movableClock(), ids: countingIds(), log: silentLog })

it('refuses a second bot on the same data folder, until the first is gone, even killed', async () => {
  const dataDir = temporaryFolder()
  const first = await anotherBot(dataDir)
  const refused = openStore({ dataDir, ...ports() })
  await expect(refused).rejects.toMatchObject({ code: 'data_in_use', details: { dataDir } })
  await first.kill()
  const store = await openStore({ dataDir, ...ports() })
  expect(await store.read.meta.get('by')).toBe('another bot')
  await store.close()
})

it('refuses a second store in the same process, and opens again after closing', async () => {
  const dataDir = temporaryFolder()
  const first = await openStore({ dataDir, ...ports() })
  await expect(openStore({ dataDir, ...ports() })).rejects.toMatchObject({ code: 'data_in_use' })
  await first.close()
  const second = await openStore({ dataDir, ...ports() })
  await second.close()
})
