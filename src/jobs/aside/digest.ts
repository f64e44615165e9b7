import type { Locales } from '../../locales/index.ts'
import { channelReader } from '../../operations/channel.ts'
import type { Ctx } from '../../operations/context.ts'
import { type Common, channelDigest, heldBy, readOnce } from '../../operations/digest.ts'
import { ownDigest } from '../../operations/settings.ts'
import type { Rendered } from '../../ports.ts'
import { digestMessages } from '../../views/digest.ts'
import type { DigestTask } from './task.ts'

/** A digest as its readers get it. */
export interface MadeDigest {
  message: Rendered
  /** The whole of it for its thread, where one message could not hold everything. */
  whole: Rendered[]
  /** Ids of the records it tells of. */
  holds: string[]
}

/** A digest in its reader's language, with nothing its readers may not see; null where they are gone. */
export async function makeDigest(
  ctx: Ctx,
  locales: Locales,
  { target, kind, window, dueAt, listed }: DigestTask,
  common: Common = readOnce(),
): Promise<MadeDigest | null> {
  const repos = ctx.store.read
  const personId = personIn(target)
  const person = personId === null ? null : await repos.people.byId(personId)
  const channel = personId === null ? await repos.channels.byId(target) : null
  const words = person ? locales.words(person.locale, person.zone) : locales.words(channel?.language ?? '')
  const digest = person
    ? await ownDigest(ctx, person.id, window, dueAt, listed, common)
    : channel && (await channelDigest(ctx, channel.id, window, dueAt, kind, common))
  if (!digest) return null
  const view = { words, mission: ctx.mission, now: ctx.clock.now() }
  return { ...digestMessages(view, digest), holds: heldBy(digest.given) }
}

/** How long what was read for one digest serves the next, while nothing is recorded meanwhile. */
const SERVES_MS = 60_000
const MADE_AT_MOST = 200

/**
 * Makes the digests of a morning one after the other: what all of them tell of is read once, and a part of a thread is
 * taken from the whole that was made with its first message, as long as nothing was recorded since and the same people
 * read it.
 */
export function digestMaker(ctx: Ctx, locales: Locales): (task: DigestTask) => Promise<MadeDigest | null> {
  let morning: { head: string; at: number; common: Common; made: Map<string, MadeDigest | null> } | null =
    null
  return async task => {
    const repos = ctx.store.read
    const now = ctx.clock.now()
    const head = await repos.events.head()
    if (morning?.head !== head || Math.abs(now - morning.at) > SERVES_MS)
      morning = { head, at: now, common: readOnce(), made: new Map() }
    const { common, made } = morning
    const key = JSON.stringify([task, await readersOf(ctx, task.target)])
    const known = made.get(key)
    if (known !== undefined) return known
    if (made.size >= MADE_AT_MOST) made.clear()
    const digest = await makeDigest(ctx, locales, task, common)
    made.set(key, digest)
    return digest
  }
}

/** Everything about a channel, or a person, that decides what they read and how. */
async function readersOf(ctx: Ctx, target: string): Promise<unknown> {
  const repos = ctx.store.read
  const now = ctx.clock.now()
  const personId = personIn(target)
  if (personId !== null) return [await repos.people.byId(personId), await repos.roles.rolesOf(personId, now)]
  const channel = await repos.channels.byId(target)
  if (!channel) return null
  const { membersAt, ...row } = channel
  const isStale = membersAt === null || now - membersAt > ctx.mission.staleMembershipMs
  const { members } = await channelReader(repos, channel, now)
  return [row, isStale, members]
}

const personIn = (target: string): string | null =>
  target.startsWith('person:') ? target.slice('person:'.length) : null
