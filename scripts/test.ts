/**
 * Everything that must hold before a change lands, in one run: style, types, layers, the page's build, every test.
 * The last line is `N passed, N failed`; a step that fails counts as one.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, missing, redisServer } from './programs.ts'

const absent = await missing([redisServer, chromium])
if (absent.length > 0) {
  for (const { name, install } of absent) {
    console.error(`The tests need ${name}, which is not installed. Install it with:\n  ${install}`)
  }
  console.log(`0 passed, ${absent.length} failed`)
  process.exit(1)
}

const folder = await mkdtemp(join(tmpdir(), 'tocsin-test-'))
const report = join(folder, 'tests.json')
const steps: [name: string, ...command: string[]][] = [
  ['style', 'biome', 'check', '.'],
  ['types', 'tsc', '--noEmit', '-p', '.'],
  ['layers', 'depcruise', '--config', '.dependency-cruiser.cjs', 'src', 'blockkit', 'rehearsal'],
  ['page', 'vite', 'build', 'rehearsal/page', '--logLevel', 'warn'],
  ['tests', 'vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
]

let passed = 0
let failed = 0
for (const [name, command = '', ...args] of steps) {
  console.log(`\n== ${name}`)
  const ok = await run(command, args)
  if (name !== 'tests') {
    if (ok) passed++
    else failed++
    continue
  }
  const counts = await countTests()
  passed += counts.passed
  failed += Math.max(counts.failed, ok ? 0 : 1)
}
await rm(folder, { recursive: true, force: true })

console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0

function run(command: string, args: string[]): Promise<boolean> {
  return new Promise(resolve => {
    const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] })
    child.on('error', error => {
      console.error(`${command} could not be started: ${error.message}. Run: npm ci`)
      resolve(false)
    })
    child.on('exit', code => resolve(code === 0))
  })
}

async function countTests(): Promise<{ passed: number; failed: number }> {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(await readFile(report, 'utf8'))
    return { passed: numPassedTests, failed: numFailedTests }
  } catch {
    return { passed: 0, failed: 1 }
  }
}
