import type Database from 'better-sqlite3'

/**
 * Answers to questions that are asked far more often than what they are about changes: who is who, who holds which
 * role, which channels serve what.
 */
export interface Kept {
  /** What was found under `key` before, else what `look` finds. */
  get<T>(key: string, look: () => T): T
  /** Called after each change to what is kept, and where changes were taken back. */
  forget(): void
  /** Forgets when another process has written meanwhile; called where a transaction begins. */
  check(): void
}

const KEPT_AT_MOST = 5000

/** For the one connection that writes: it learns of every change. */
export function keepAnswers(db: Database.Database): Kept {
  const answers = new Map<string, unknown>()
  const version = db.prepare<[], number>('pragma data_version').pluck()
  let seen = version.get()
  return {
    get<T>(key: string, look: () => T): T {
      if (answers.has(key)) return answers.get(key) as T
      const found = look()
      if (answers.size >= KEPT_AT_MOST) answers.clear()
      answers.set(key, found)
      return found
    },
    forget: () => answers.clear(),
    check() {
      const current = version.get()
      if (current !== seen) answers.clear()
      seen = current
    },
  }
}

/** For a connection that only reads: others change the rows under it, so it looks each time. */
export const keepNothing: Kept = { get: (_, look) => look(), forget() {}, check() {} }
