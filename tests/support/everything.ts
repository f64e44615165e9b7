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

/** Words the full-text indexes hold, each in lower case without accents, through SQLite's own view of it. */
export function indexedWords(scene: Scene): string[] {
  const { database } = scene.bot.store as unknown as { database: import('better-sqlite3').Database }
  return ['alerts_fts', 'reports_fts'].flatMap(index => {
    database.exec(`create virtual table temp.words using fts5vocab('main', '${index}', 'row')`)
    try {
      return database.prepare<[], string>('select term from temp.words').pluck().all()
    } finally {
      database.exec('drop table temp.words')
    }
  })
}

/** Everything that holds what the bot knows, or says. */
export interface Places {
  log: string
  redis: string
  calls: string
  messages: string
  index: string
  files: Map<string, Buffer>
}

/** All of it at this moment. */
export async function everywhere(scene: Scene, log: string): Promise<Places> {
  return {
    log,
    redis: await redisContents(scene),
    ...slackContents(scene),
    index: indexedWords(scene).join(' '),
    files: dataFiles(scene),
  }
}

/** Where a word stands in clear, in any case, as UTF-8, UTF-16, base64 or hexadecimal. */
export function found(word: string, places: Places): string[] {
  const forms = [word, word.toLowerCase(), word.toUpperCase()].flatMap(text => [
    Buffer.from(text, 'utf8'),
    Buffer.from(text, 'utf16le'),
    Buffer.from(Buffer.from(text).toString('hex')),
    // Of base64, the part that does not depend on what stands before: at each of three offsets.
    ...[0, 1, 2].map(shift =>
      Buffer.from(
        Buffer.concat([Buffer.alloc(shift), Buffer.from(text)])
          .toString('base64')
          .slice(shift === 0 ? 0 : 4, -4),
      ),
    ),
  ])
  const { files, ...texts } = places
  const bytes: [string, Buffer][] = [
    ...Object.entries(texts).map(([place, text]): [string, Buffer] => [place, Buffer.from(text)]),
    ...files,
  ]
  return bytes.filter(([, content]) => forms.some(form => content.includes(form))).map(([place]) => place)
}
