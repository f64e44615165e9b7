const FIRST_MS = 1000
const SLOWEST_MS = 5 * 60_000
/** What is urgent is tried at least this often: it should leave soon after Slack is back. */
const SLOWEST_URGENT_MS = 15_000

/** After so long, and so many attempts, a message is parked. */
export const GIVE_UP_MS = 24 * 3_600_000
export const GIVE_UP_ATTEMPTS = 12

/**
 * How long to wait (ms) before the next attempt: doubling, with the upper half left to chance so that many who
 * failed together do not come back together.
 *
 * @param attempts attempts made so far, 1 and more
 * @param chance 0 to 1
 */
export function backoff(attempts: number, urgent: boolean, chance = Math.random()): number {
  const full = Math.min(FIRST_MS * 2 ** Math.min(attempts, 20), urgent ? SLOWEST_URGENT_MS : SLOWEST_MS)
  return Math.round(full / 2 + (full / 2) * chance)
}
