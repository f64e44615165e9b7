import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { median } from './figures.ts'

/** How many alerts a store holds for each column; five times as many reports come with them. */
export const SIZES = [300, 3000, 30_000] as const

/** Milliseconds by what was asked for. */
export type Asked = Record<string, number>

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))
const MISSION = here('../missions/ombara.yaml')

/** Fills a store per size; the same alerts in every run of the bench. */
export function fillSizes(folder: string, say: (line: string) => void): void {
  for (const size of SIZES) {
    say(`filling a store with ${size} alerts`)
    run('../src/cli/store.ts', ['--data', folderOf(folder, size), 'fill', '--alerts', String(size)])
  }
}

/** Asks each store everything, one after the other, in a process of its own. */
export function askSizes(folder: string, say: (line: string) => void): Asked[] {
  return SIZES.map(size => {
    say(`asking of ${size} alerts`)
    return JSON.parse(run('./asking.ts', [folderOf(folder, size)])) as Asked
  })
}

/** Asks of 500 hotspots and ten rounds of 30 assessors, in the smallest of the filled stores. */
export function askPlaces(folder: string, say: (line: string) => void): Asked {
  say('asking of 500 hotspots')
  return JSON.parse(run('./places.ts', [folderOf(folder, SIZES[0])])) as Asked
}

/** Each answer is wanted within so many milliseconds. */
const PLACES_WITHIN = 2000

/** One line per question about places, and whether it was answered in time. */
export function placesTable(took: Asked): string {
  return Object.entries(took)
    .map(
      ([question, ms]) =>
        `${question.padEnd(28)}  ${ms.toFixed(ms < 100 ? 1 : 0).padStart(7)} ms  ${ms <= PLACES_WITHIN ? 'met' : 'MISSED'}`,
    )
    .join('\n')
}

/** Makes the digests of a busy morning in a store of their own. */
export function askDigests(folder: string, nth: number, say: (line: string) => void): Asked {
  say('digests of a busy morning')
  const own = join(folder, `digests-${nth}`)
  mkdirSync(own, { recursive: true })
  return JSON.parse(run('./digests.ts', [own])) as Asked
}

/** One line per question: the median over the rounds. */
export function asksTable(rounds: readonly Asked[]): string {
  const questions = Object.keys(rounds[0] ?? {})
  const widest = Math.max(...questions.map(({ length }) => length))
  return questions
    .map(question => {
      const ms = median(rounds.map(round => round[question] ?? Number.NaN))
      return `${question.padEnd(widest)}  ${ms.toFixed(ms < 100 ? 1 : 0).padStart(7)} ms`
    })
    .join('\n')
}

/** One line per question: the median over the rounds at each size, and how many times as long it takes at the largest. */
export function sizesTable(rounds: readonly Asked[][]): string {
  const questions = Object.keys(rounds[0]?.[0] ?? {})
  const lines = questions.map(question => {
    const at = SIZES.map((_, index) => median(rounds.map(round => round[index]?.[question] ?? Number.NaN)))
    const growth = (at.at(-1) ?? Number.NaN) / (at[0] ?? Number.NaN)
    return [
      question,
      ...at.map(ms => `${ms.toFixed(ms < 10 ? 2 : ms < 100 ? 1 : 0)} ms`),
      `× ${growth.toFixed(1)}`,
    ]
  })
  const all = [['at so many alerts', ...SIZES.map(size => size.toLocaleString('en')), 'growth'], ...lines]
  const widths = all[0]!.map((_, column) => Math.max(...all.map(line => line[column]!.length)))
  return all
    .map(line =>
      line.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join('  '),
    )
    .join('\n')
}

const folderOf = (folder: string, size: number) => join(folder, `filled-${size}`)

function run(file: string, args: string[]): string {
  return execFileSync(process.execPath, [here(file), ...args], {
    env: { ...process.env, MISSION },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 26,
  })
}
