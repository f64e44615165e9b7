/**
 * Work that takes long, in a thread of its own on a connection that can only read: files of thousands of alerts,
 * pictures and the digests of a busy morning never delay an answer.
 */
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import PQueue from 'p-queue'
import type { Ctx } from '../../operations/context.ts'
import type { OutgoingFile } from '../../ports.ts'
import type { Answer, AsideData, Asked, Made, Task } from './task.ts'

export type MadeFile = Omit<OutgoingFile, 'channel'>

/** Makes what a task asks for; null where its reader or what was asked is gone. @throws Error of the thread. */
export type Aside = <T extends Task>(ctx: Ctx, task: T) => Promise<Made<T> | null>

/** A thread that takes longer is ended, and its task tried again as a message that could not be rendered is. */
const PATIENCE_MS = 120_000

/**
 * One thread at a time: the cores belong to those who answer alerts.
 *
 * @param lingerMs how long it stays when nothing more is asked. With 0 it ends with its task, and what it loaded goes
 *   with it.
 */
export function createAside(lingerMs = 0): Aside {
  const turns = new PQueue({ concurrency: 1 })
  let standing: Thread | null = null
  let leaving: NodeJS.Timeout | undefined

  async function work(ctx: Ctx, task: Task): Promise<unknown> {
    clearTimeout(leaving)
    const dataDir = dirname(ctx.store.path)
    const thread = standing?.dataDir === dataDir ? standing : startThread(ctx, dataDir)
    standing = null
    const made = await thread.ask({ task, now: ctx.clock.now(), profile: ctx.integration.profile })
    if (lingerMs === 0) thread.end()
    else {
      standing = thread
      leaving = setTimeout(() => {
        standing = null
        thread.end()
      }, lingerMs).unref()
    }
    return made
  }

  return <T extends Task>(ctx: Ctx, task: T) => turns.add(() => work(ctx, task)) as Promise<Made<T> | null>
}

interface Thread {
  dataDir: string
  /** One question at a time. @throws Error of the thread, which has ended then. */
  ask(asked: Asked): Promise<unknown>
  end(): void
}

function startThread(ctx: Ctx, dataDir: string): Thread {
  const workerData: AsideData = { dataDir, mission: ctx.mission }
  const worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData, execArgv: [] })
  // What fails is told to whoever asked; between questions nobody need hear of it.
  worker.on('error', () => {})
  return {
    dataDir,
    end: () => void worker.terminate(),
    ask: asked =>
      new Promise((resolve, reject) => {
        worker.ref()
        const enough = setTimeout(
          () => fail(new Error(`${asked.task.do} took longer than ${PATIENCE_MS} ms`)),
          PATIENCE_MS,
        )
        const settle = () => {
          clearTimeout(enough)
          worker.off('message', answered)
          worker.off('error', fail)
          worker.off('exit', ended)
          worker.unref()
        }
        const fail = (error: Error) => {
          settle()
          void worker.terminate()
          reject(error)
        }
        const answered = (answer: Answer) => {
          if ('failed' in answer) return fail(answer.failed)
          settle()
          resolve(answer.made)
        }
        const ended = (code: number) => fail(new Error(`the thread for ${asked.task.do} ended with ${code}`))
        worker.on('message', answered)
        worker.on('error', fail)
        worker.on('exit', ended)
        worker.postMessage(asked)
      }),
  }
}
