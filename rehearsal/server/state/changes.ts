import { EventEmitter } from 'node:events'
import type { Message } from './model.ts'

/** What has just changed in the workspace, in time for whoever watches: the page, the driver. */
export type Change =
  | { type: 'message'; message: Message }
  | { type: 'messageDeleted'; channel: string; ts: string; ephemeralFor?: string }
  | { type: 'channel'; channel: string }
  | { type: 'views'; user: string }
  | { type: 'home'; user: string }
  | { type: 'app' }
  | { type: 'commands' }
  | { type: 'call' }
  | { type: 'delivery' }

/** A bell that rings at every change, and lets a watcher wait until something is so. */
export class Changes {
  #emitter = new EventEmitter().setMaxListeners(0)

  emit(change: Change): void {
    this.#emitter.emit('change', change)
  }

  /** Calls `listener` at every change; the returned function ends it. */
  watch(listener: (change: Change) => void): () => void {
    this.#emitter.on('change', listener)
    return () => this.#emitter.off('change', listener)
  }

  /**
   * Resolves with the first answer of `look` that is not undefined, asking now and after every change.
   * Rejects with `dump()`'s words when `deadlineMs` of real time pass without one.
   */
  waitFor<T>(look: () => T | undefined, dump: () => string, deadlineMs = 10_000): Promise<T> {
    const now = look()
    if (now !== undefined) return Promise.resolve(now)
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        stop()
        reject(new Error(dump()))
      }, deadlineMs)
      const stop = this.watch(() => {
        try {
          const found = look()
          if (found === undefined) return
          clearTimeout(timer)
          stop()
          resolve(found)
        } catch (error) {
          clearTimeout(timer)
          stop()
          reject(error)
        }
      })
    })
  }
}
