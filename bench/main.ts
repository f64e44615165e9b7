import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startBare, startStandIn } from './children.ts'
import { machine } from './machine.ts'
import { type Figures, FULL, QUICK, round } from './round.ts'
import { table } from './rows.ts'
import {
  type Asked,
  askDigests,
  askPlaces,
  askSizes,
  asksTable,
  fillSizes,
  placesTable,
  sizesTable,
} from './sizes.ts'

const HELP = `npm run bench -- [--rounds <n>] [--quick] [--only speed|sizes|digests]

  --rounds <n>  how many rounds, 1 to 50; 3 unless given
  --quick       one short round, for a first impression; --rounds still counts
  --only speed  the bot beside a bare app
  --only sizes  lists, searches, digest, Home and figures at 300, 3,000 and 30,000 alerts
  --only digests  a busy morning's digests, for 100 channels

docs/bench.md says what each row measures.`

const { values } = parseArgs({
  options: {
    rounds: { type: 'string' },
    quick: { type: 'boolean' },
    only: { type: 'string' },
    help: { type: 'boolean' },
  },
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
const PARTS = ['speed', 'sizes', 'digests'] as const
const only = PARTS.find(part => part === values.only)
if (values.only !== undefined && !only) {
  console.error(`--only is one of ${PARTS.join(', ')}, not "${values.only}".\n\n${HELP}`)
  process.exit(2)
}
const counted = `${rounds} ${rounds === 1 ? 'round' : 'rounds'}`
const saying = (nth: number) => (line: string) => console.error(`round ${nth + 1} of ${rounds}: ${line}`)
await main()

async function main(): Promise<void> {
  // Beside the bot's own data: a folder for temporary files may lie in memory, where a commit costs nothing.
  const data = fileURLToPath(new URL('../data/', import.meta.url))
  mkdirSync(data, { recursive: true })
  const folder = mkdtempSync(join(data, 'bench-'))
  try {
    console.log(`${new Date().toISOString().slice(0, 16)} UTC\n${machine(folder).join('\n')}`)
    const wanted = (part: (typeof PARTS)[number]) => only === undefined || only === part
    if (wanted('speed')) await speed(folder)
    if (wanted('sizes')) sizes(folder)
    if (wanted('digests')) digests(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function speed(folder: string): Promise<void> {
  const standIn = await startStandIn()
  const bare = await startBare(`${standIn.url}/api/`)
  try {
    const figures: Figures[] = []
    for (let nth = 0; nth < rounds; nth++) {
      const say = saying(nth)
      figures.push(await round({ standIn, bare, folder, amounts: values.quick ? QUICK : FULL, say }, nth))
    }
    console.log(`\n${counted}, 20 connections\n\n${table(figures)}`)
  } finally {
    await bare.stop()
    await standIn.stop()
  }
}

function sizes(folder: string): void {
  fillSizes(folder, line => console.error(line))
  const asked: Asked[][] = []
  for (let nth = 0; nth < rounds; nth++) asked.push(askSizes(folder, saying(nth)))
  console.log(`\n${counted}\n\n${sizesTable(asked)}`)
  console.log(
    `\n500 hotspots, 10 rounds, 30 assessors\n\n${placesTable(askPlaces(folder, line => console.error(line)))}`,
  )
}

function digests(folder: string): void {
  const asked: Asked[] = []
  for (let nth = 0; nth < rounds; nth++) asked.push(askDigests(folder, nth, saying(nth)))
  console.log(
    `\n${counted}, 100 channels, 300 open alerts, 100 hotspots, 1,000 taskings\n\n${asksTable(asked)}`,
  )
}
