import type { Clock } from '../clock.ts'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Makes Slack-looking identifiers and message timestamps, each once. */
export class Ids {
  #clock: Clock
  #count = 0
  #lastMicros = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** A new id such as `D0R000001A`. */
  next(prefix: string): string {
    this.#count += 1
    let n = this.#count * 7919 + 32 ** 4
    let tail = ''
    while (n > 0) {
      tail = ALPHABET[n % 32]! + tail
      n = Math.floor(n / 32)
    }
    return `${prefix}0R${tail.padStart(8, '0')}`
  }

  /** A short id for a block or an action that came without one. */
  small(): string {
    this.#count += 1
    return `r${this.#count.toString(36).padStart(4, '0')}`
  }

  /** A message timestamp, later than every one before: seconds and six digits. */
  ts(): string {
    const micros = Math.max(this.#clock.now() * 1000, this.#lastMicros + 1)
    this.#lastMicros = micros
    return tsOf(micros)
  }

  hash(): string {
    this.#count += 1
    return `${Math.floor(this.#clock.now() / 1000)}.${this.#count.toString(36).padStart(8, '0')}`
  }
}

const tsOf = (micros: number): string =>
  `${Math.floor(micros / 1_000_000)}.${String(micros % 1_000_000).padStart(6, '0')}`

/** Milliseconds since the epoch as a timestamp that sorts before every message of a later moment. */
export const tsFromMs = (ms: number): string => tsOf(Math.floor(ms) * 1000)

/** Milliseconds since the epoch of a message timestamp. */
export const msOf = (ts: string): number => Math.floor(Number(ts) * 1000)
