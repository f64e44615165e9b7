/**
 * `npm run rehearse`: the local workspace with its page, and the bot connected to it.
 *
 * REHEARSAL_PORT: the page's port (4300, or the next free one). REHEARSAL_CONNECTION: `socket` (the default) or
 * `http`. The bot's own variables (MISSION, DATA_DIR, PORT, LOG_LEVEL …) are passed on.
 */
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Manifest } from './server/index.ts'
import { startRehearsal } from './start.ts'

const root = join(import.meta.dirname, '..')
const connection = process.env.REHEARSAL_CONNECTION === 'http' ? 'http' : 'socket'
const port = Number(process.env.REHEARSAL_PORT || 4300)
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error(
    `REHEARSAL_PORT is "${process.env.REHEARSAL_PORT}", which is no port. Set it to 1024 to 65535.`,
  )
  process.exit(78)
}

// The workspace begins empty at each start, so what the bot remembers of the last one would only confuse.
const dataDir = process.env.DATA_DIR || join(root, 'data/rehearsal')
if (!process.env.DATA_DIR) await rm(dataDir, { recursive: true, force: true })

const rehearsal = await startRehearsal({
  manifest: JSON.parse(await readFile(join(root, 'manifest.json'), 'utf8')) as Manifest,
  bot: [process.execPath, join(root, 'src/main.ts')],
  pageDir: join(import.meta.dirname, 'page/dist'),
  port,
  connection,
  env: { MISSION: join(root, 'missions/ombara.yaml'), ...process.env, DATA_DIR: dataDir },
  say: line => console.error(line),
})

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => rehearsal.signal(name))
rehearsal.ready.then(
  url =>
    console.log(
      `\n  The rehearsal is open at ${url}\n  Telephones of the field: ${rehearsal.gateway.url}\n  Stop it with Ctrl+C.\n`,
    ),
  () => {},
)
const code = await rehearsal.ended
await rehearsal.gateway.stop()
await rehearsal.workspace.stop()
process.exit(code)
