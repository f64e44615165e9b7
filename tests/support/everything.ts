import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import type { DestinationStream } from 'pino'
import { createLog } from '../../src/bot/log.ts'
import type { Scene } from './bot.ts'

/** A log as the running bot writes it, at its most talkative, kept in memory. */
export function keptLog(): { log: ReturnType<typeof createLog>; text(): string } {
  let text = ''
  const log = createLog('trace', {
    write(line: string) {
      text += line
    },
  } as DestinationStream)
  return { log, text: () => text }
}

/** All bytes of the data folder, by file: database, write-ahead log, Redis, backups. Sockets are left out. */
export function dataFiles(scene: Scene): Map<string, Buffer> {
  const { dataDir } = scene.config
  const files = readdirSync(dataDir, { recursive: true, encoding: 'utf8' })
  return new Map(
    files
      .filter(name => existsSync(join(dataDir, name)) && statSync(join(dataDir, name)).isFile())
      .map(name => [name, readFileSync(join(dataDir, name))]),
  )
}

/** Every key of the bot's Redis with all it holds, as text. */
export async function redisContents(scene: Scene): Promise<string> {
  const redis = new Redis({ path: join(scene.config.dataDir, 'redis', 'r.sock') })
  try {
    const keys = await redis.keys('*')
    const parts = await Promise.all(
      keys.map(async key => {
        const kind = await redis.type(key)
        switch (kind) {
          case 'string':
            return [key, await redis.get(key)]
          case 'hash':
            return [key, await redis.hgetall(key)]
          case 'list':
            return [key, await redis.lrange(key, 0, -1)]
          case 'set':
            return [key, await redis.smembers(key)]
          case 'zset':
            return [key, await redis.zrange(key, '0', '-1')]
          case 'stream':
            return [key, await redis.xrange(key, '-', '+')]
          default:
            throw new Error(`a key of the kind ${kind} is not read`)
        }
      }),
    )
    return JSON.stringify(parts)
  } finally {
    redis.disconnect()
  }
}

/** What the bot has sent to Slack: every call with its answer, and every message as it now stands with its metadata. */
export function slackContents(scene: Scene): { calls: string; messages: string } {
  const { calls, state } = scene.slack.workspace
  const messages = [...state.channels.keys()].flatMap(channel => state.messages(channel))
  return { calls: JSON.stringify(calls.all), messages: JSON.stringify(messages) }
}

/** Words the full-text index holds, each in lower case without accents, through SQLite's own view of it. */
export function indexedWords(scene: Scene): string[] {
  const { database } = scene.bot.store as unknown as { database: import('better-sqlite3').Database }
  database.exec(`create virtual table temp.words using fts5vocab('main', 'alerts_fts', 'row')`)
  try {
    return database.prepare<[], string>('select term from temp.words').pluck().all()
  } finally {
    database.exec('drop table temp.words')
  }
}
