/** The thread of `aside/index.ts`: reads, makes one file, says it and is done. What was compiled before is not again. */
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { loadQuickly } from '../../loading.ts'
import type { AsideData } from './task.ts'

const data = workerData as AsideData
enableCompileCache(join(data.dataDir, 'compile-cache'))
loadQuickly()
const { workAside } = await import('./work.ts')
parentPort?.postMessage(await workAside(data))
