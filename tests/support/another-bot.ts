import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { onTestFinished } from 'vitest'

export interface AnotherBot {
  /** Ends it as a power cut would, and waits until it is gone. */
  kill(): Promise<void>
}

/**
 * A bot in a process of its own that has opened the store of a folder; gone after the test.
 *
 * @param mode `write`: it adds events without a pause.
 */
export async function anotherBot(dataDir: string, mode: 'idle' | 'write' = 'idle'): Promise<AnotherBot> {
  const script = new URL('open-store.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [script, dataDir, mode], { stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = once(child, 'close')
  let complaint = ''
  child.stderr.on('data', text => {
    complaint += text
  })
  await Promise.race([
    once(child.stdout, 'data'),
    ended.then(() => {
      throw new Error(`the other bot did not start: ${complaint}`)
    }),
  ])
  return {
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}
