/**
 * Work that takes long, in a thread of its own on a connection that can only read: files of thousands of alerts and
 * pictures never delay an answer. The thread ends with its task, and what it loaded goes with it.
 */
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import PQueue from 'p-queue'
import type { Ctx } from '../../operations/context.ts'
import type { OutgoingFile } from '../../ports.ts'
import type { AsideData, Task } from './task.ts'

export type MadeFile = Omit<OutgoingFile, 'channel'>

/** Makes the file a task asks for; null where its reader or what was asked is gone. @throws Error of the thread. */
export type Aside = (ctx: Ctx, task: Task) => Promise<MadeFile | null>

/** A thread that takes longer is ended, and its task tried again as a message that could not be rendered is. */
const PATIENCE_MS = 120_000

/** One thread at a time: the cores belong to those who answer alerts. */
export function createAside(): Aside {
  const turns = new PQueue({ concurrency: 1 })
  return (ctx, task) => turns.add(() => inThread(ctx, task))
}

function inThread(ctx: Ctx, task: Task): Promise<MadeFile | null> {
  const workerData: AsideData = {
    task,
    dataDir: dirname(ctx.store.path),
    mission: ctx.mission,
    now: ctx.clock.now(),
  }
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData, execArgv: [] })
    const enough = setTimeout(
      () => fail(new Error(`${task.do} took longer than ${PATIENCE_MS} ms`)),
      PATIENCE_MS,
    )
    const end = () => {
      clearTimeout(enough)
      void worker.terminate()
    }
    const fail = (error: Error) => {
      end()
      reject(error)
    }
    worker.once('message', (file: MadeFile | null) => {
      end()
      resolve(file)
    })
    worker.once('error', fail)
    worker.once('exit', code => fail(new Error(`the thread for ${task.do} ended with ${code}`)))
  })
}
