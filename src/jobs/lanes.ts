/** So many at once, then one every so often. */
export interface Pace {
  burst: number
  everyMs: number
}

/** Slack's rates: a message a second per channel with short bursts; chat.update 50 a minute per app (tier 3). */
export const slackPace: { posts: Pace; updates: Pace } = {
  posts: { burst: 5, everyMs: 1000 },
  updates: { burst: 40, everyMs: 1200 },
}

/** No pacing: Slack's own 429 is the only brake. */
export const noPace: { posts: Pace; updates: Pace } = {
  posts: { burst: 1, everyMs: 0 },
  updates: { burst: 1, everyMs: 0 },
}

/** Keeps messages within Slack's rates and away from where Slack said to wait. All times are epoch ms. */
export interface Lanes {
  /** Targets to which nothing may be posted now. */
  blocked(now: number): string[]
  posted(target: string, now: number): void
  /** Slack said to wait with posts to this target. */
  hold(target: string, until: number): void
  /**
   * Whether an edit may go now (undefined), or from when. Who was given a time has it kept. What is urgent waits
   * for nobody: only Slack's own word holds it.
   */
  update(entryId: string, urgent: boolean, now: number): number | undefined
  /** Slack said that edits come too fast. */
  slow(now: number): void
  /** When the next blocked target opens, or undefined. */
  opensAt(now: number): number | undefined
}

/** A promise nobody came back for (merged, dropped) is forgotten after a while. */
const KEPT_MS = 3_600_000

export function createLanes(pace: { posts: Pace; updates: Pace } = slackPace): Lanes {
  /** The time up to which a lane is spoken for: the "virtual schedule" form of a token bucket. */
  const spoken = new Map<string, number>()
  const held = new Map<string, number>()
  const promised = new Map<string, number>()
  let updates = 0

  const room = ({ burst, everyMs }: Pace) => (burst - 1) * everyMs

  function opens(target: string): number {
    return Math.max((spoken.get(target) ?? 0) - room(pace.posts), held.get(target) ?? 0)
  }

  function forget(now: number): void {
    for (const [target, until] of spoken) if (until <= now) spoken.delete(target)
    for (const [target, until] of held) if (until <= now) held.delete(target)
    for (const [entryId, from] of promised) if (from + KEPT_MS <= now) promised.delete(entryId)
  }

  return {
    blocked(now) {
      forget(now)
      return [...new Set([...spoken.keys(), ...held.keys()])].filter(target => opens(target) > now)
    },
    posted(target, now) {
      spoken.set(target, Math.max(spoken.get(target) ?? 0, now) + pace.posts.everyMs)
    },
    hold(target, until) {
      held.set(target, Math.max(held.get(target) ?? 0, until))
    },
    update(entryId, urgent, now) {
      const mine = promised.get(entryId)
      if (mine !== undefined) {
        if (mine > now && !urgent) return mine
        promised.delete(entryId)
        return undefined
      }
      const free = updates - room(pace.updates)
      updates = Math.max(updates, now) + pace.updates.everyMs
      if (urgent || free <= now) return undefined
      promised.set(entryId, free)
      return free
    },
    slow(now) {
      updates = Math.max(updates, now + room(pace.updates))
    },
    opensAt(now) {
      forget(now)
      const times = [...new Set([...spoken.keys(), ...held.keys()])].map(opens).filter(time => time > now)
      return times.length === 0 ? undefined : Math.min(...times)
    },
  }
}
