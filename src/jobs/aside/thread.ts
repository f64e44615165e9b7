/** The thread of `aside/index.ts`: reads, makes what it is asked for and says it. What was compiled before is not again. */
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { loadQuickly } from '../../loading.ts'
import type { Answer, AsideData, Asked } from './task.ts'

const data = workerData as AsideData
enableCompileCache(join(data.dataDir, 'compile-cache'))
loadQuickly()
const { createBench } = await import('./work.ts')
const { work } = createBench(data)

parentPort?.on('message', async (asked: Asked) => {
  const answer: Answer = await work(asked).then(
    made => ({ made }),
    error => ({ failed: error instanceof Error ? error : new Error(String(error)) }),
  )
  parentPort?.postMessage(answer)
})
