/** Work that must not run twice at a time, and must run once more when asked while it runs. */
export interface Pump {
  /** Resolves when a run that began after this call has ended. Never rejects. */
  run(): Promise<void>
  busy(): boolean
}

/**
 * @param body one run; it finds its work by itself, so that calls need carry nothing
 * @param onError is told what a run threw; the next call runs again
 */
export function createPump(body: () => Promise<void>, onError: (error: unknown) => void): Pump {
  let current: Promise<void> | undefined
  let next: Promise<void> | undefined

  async function once(): Promise<void> {
    try {
      await body()
    } catch (error) {
      onError(error)
    }
    current = next
    next = undefined
  }

  return {
    run() {
      if (!current) {
        current = Promise.resolve().then(once)
        return current
      }
      next ??= current.then(once)
      return next
    },
    busy: () => current !== undefined,
  }
}
