import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startBare, startStandIn } from './children.ts'
import { machine } from './machine.ts'
import { type Figures, FULL, QUICK, round } from './round.ts'
import { table } from './rows.ts'

const HELP = `npm run bench -- [--rounds <n>] [--quick]

  --rounds <n>  how many rounds, 1 to 50; 3 unless given
  --quick       one short round, for a first impression; --rounds still counts

docs/bench.md says what each row measures.`

const { values } = parseArgs({
  options: { rounds: { type: 'string' }, quick: { type: 'boolean' }, help: { type: 'boolean' } },
})
if (values.help) {
  console.log(HELP)
  process.exit(0)
}
const rounds = Number(values.rounds ?? (values.quick ? 1 : 3))
if (!Number.isInteger(rounds) || rounds < 1 || rounds > 50) {
  console.error(`--rounds is a whole number from 1 to 50, not "${values.rounds}".\n\n${HELP}`)
  process.exit(2)
}
await main()

async function main(): Promise<void> {
  // Beside the bot's own data: a folder for temporary files may lie in memory, where a commit costs nothing.
  const data = fileURLToPath(new URL('../data/', import.meta.url))
  mkdirSync(data, { recursive: true })
  const folder = mkdtempSync(join(data, 'bench-'))
  const standIn = await startStandIn()
  const bare = await startBare(`${standIn.url}/api/`)
  try {
    const about = machine(folder)
    console.log(`${new Date().toISOString().slice(0, 16)} UTC\n${about.join('\n')}\n`)
    const figures: Figures[] = []
    for (let nth = 0; nth < rounds; nth++) {
      const say = (line: string) => console.error(`round ${nth + 1} of ${rounds}: ${line}`)
      figures.push(await round({ standIn, bare, folder, amounts: values.quick ? QUICK : FULL, say }, nth))
    }
    console.log(`\n${rounds} ${rounds === 1 ? 'round' : 'rounds'}, 20 connections\n\n${table(figures)}`)
  } finally {
    await bare.stop()
    await standIn.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
