/**
 * The proof of sharing at length: `npm run proof -- [sequences] [seed]`, 20,000 sequences unless told otherwise. Ends with
 * the seed and path of the first sequence that lets a word through.
 */
import { spawn } from 'node:child_process'

const [runs = '20000', seed] = process.argv.slice(2)
const child = spawn('vitest', ['run', 'tests/sharing'], {
  stdio: 'inherit',
  env: { ...process.env, SHARING_RUNS: runs, ...(seed ? { SHARING_SEED: seed } : {}) },
})
child.on('error', error => {
  console.error(`vitest could not be started: ${error.message}. Run: npm ci`)
  process.exitCode = 1
})
child.on('exit', code => {
  process.exitCode = code ?? 1
})
