import { statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { now } from './figures.ts'

const file = (dataDir: string) => join(dataDir, 'tocsin.db')

/**
 * Moves alerts in time so that the next step of each owner falls due when the bench wants it, and settles what still
 * waits to be said. Only while no bot runs.
 *
 * @param dueAt when the nth timer falls due (epoch ms).
 * @returns how many timers fall due.
 */
export function shiftTimers(dataDir: string, most: number, dueAt: (nth: number) => number): number {
  const db = new Database(file(dataDir))
  try {
    const alerts = db
      .prepare<[number], { id: string; due: number; timers: number }>(
        `select record_id as id, min(due_at) as due, count(*) as timers from timers
         where state = 'armed' and kind = 'alert.step' group by record_id order by min(id) desc limit ?`,
      )
      .all(most)
    const raised = db.prepare('update alerts set raised_at = raised_at + ? where id = ?')
    const told = db.prepare('update alert_rungs set due_at = due_at + ?, at = at + ? where alert_id = ?')
    const armed = db.prepare("update timers set due_at = due_at + ? where record_id = ? and state = 'armed'")
    let moved = 0
    db.transaction(() => {
      db.exec("update outbox set state = 'dropped' where state in ('waiting', 'claimed')")
      db.exec("update timers set due_at = due_at + 86400000 where state = 'armed'")
      for (const [nth, { id, due, timers }] of alerts.entries()) {
        const by = dueAt(nth) - due
        raised.run(by, id)
        told.run(by, by, id)
        armed.run(by - 86_400_000, id)
        moved += timers
      }
    })()
    return moved
  } finally {
    db.close()
  }
}

/** How late (ms) each rung due at or after `since` (epoch ms) was told. */
export function lateness(dataDir: string, since: number): number[] {
  const db = new Database(file(dataDir), { readonly: true })
  try {
    return db
      .prepare<[number], number>('select at - due_at from alert_rungs where rung > 0 and due_at >= ?')
      .pluck()
      .all(since)
  } finally {
    db.close()
  }
}

/** The store's size in MiB, and how many alerts it holds. */
export function size(dataDir: string): { alerts: number; bytes: number } {
  const db = new Database(file(dataDir))
  try {
    db.pragma('wal_checkpoint(TRUNCATE)')
    const alerts = db.prepare<[], number>('select count(*) from alerts').pluck().get() ?? 0
    return { alerts, bytes: statSync(file(dataDir)).size }
  } finally {
    db.close()
  }
}

/** Milliseconds of one-row commits that wait for the disk: what a figure with a store in it cannot beat here. */
export function commits(dataDir: string, count: number): number[] {
  const db = new Database(join(dataDir, 'commits.db'))
  try {
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    db.exec('create table t (n integer)')
    const insert = db.prepare('insert into t values (?)')
    return Array.from({ length: count }, (_, n) => {
      const begun = now()
      insert.run(n)
      return now() - begun
    })
  } finally {
    db.close()
  }
}
