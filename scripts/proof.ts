/**
 * The proof of sharing at length: `npm run proof -- [sequences] [seed]`, 20,000 sequences unless told otherwise, new
 * ones each time unless a seed is given. Ends with the seed and path of the first sequence that lets a word through.
 */
import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'

const [runs = '20000', seed = String(randomInt(2 ** 31))] = process.argv.slice(2)
const child = spawn('vitest', ['run', 'tests/sharing'], {
  stdio: 'inherit',
  env: { ...process.env, SHARING_RUNS: runs, SHARING_SEED: seed },
})
child.on('error', error => {
  console.error(`vitest could not be started: ${error.message}. Run: npm ci`)
  process.exitCode = 1
})
child.on('exit', code => {
  process.exitCode = code ?? 1
})
