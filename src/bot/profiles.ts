import type { WebClient } from '@slack/web-api'
import PQueue from 'p-queue'
import type { Store } from '../db/store.ts'
import type { Constituency } from '../domain/mission.ts'
import type { Person } from '../operations/context.ts'
import type { Log } from '../ports.ts'

/** What Slack tells of a user, as far as it is used. */
interface SlackProfile {
  locale?: unknown
  tz?: unknown
  real_name?: unknown
  profile?: { display_name?: unknown; real_name?: unknown } | undefined
}

/** Those whose names a call sheet prints. No name is kept of national staff, of partners or of people unconfirmed. */
const NAMED: readonly (Constituency | null)[] = ['military', 'police', 'mission_civilian', 'human_rights']

function nameFor(person: Person, user: SlackProfile): string | null {
  if (person.national || !NAMED.includes(person.constituency)) return null
  const given = [user.profile?.display_name, user.profile?.real_name, user.real_name]
  return given.find((name): name is string => typeof name === 'string' && name.trim() !== '') ?? person.name
}

/** People's language and zone as Slack knows them, read in the background: nobody waits for them. */
export interface Profiles {
  /** Reads the person's profile, once per run of the bot. */
  want(person: Person): void
  /** Takes over what an event tells of a person, and reads again what it does not tell. */
  changed(person: Person, user: SlackProfile): Promise<void>
  /** Waits until nothing is being read. */
  settled(): Promise<void>
  stop(): void
}

export function createProfiles(deps: { client: WebClient; store: Store; log: Log }): Profiles {
  const { client, store, log } = deps
  const queue = new PQueue({ concurrency: 2 })
  const asked = new Set<string>()

  async function take(person: Person, user: SlackProfile): Promise<void> {
    // A language chosen for the bot goes before Slack's.
    const chosen = person.settings?.language
    const locale = chosen ?? (typeof user.locale === 'string' ? user.locale : person.locale)
    const zone = typeof user.tz === 'string' ? user.tz : person.zone
    const name = nameFor(person, user)
    if (locale === person.locale && zone === person.zone && name === person.name) return
    await store.write(repos => repos.people.update(person.id, { locale, zone, name }))
  }

  function read(person: Person): void {
    if (asked.has(person.id)) return
    asked.add(person.id)
    void queue.add(async () => {
      try {
        const { user } = await client.users.info({ user: person.userId, include_locale: true })
        if (user) await take(person, user)
      } catch (error) {
        asked.delete(person.id)
        log.debug({ person: person.id, err: error }, 'a profile could not be read')
      }
    })
  }

  return {
    want: read,
    async changed(person, user) {
      await take(person, user)
      if (user.locale === undefined) {
        asked.delete(person.id)
        read(person)
      }
    },
    settled: () => queue.onIdle(),
    stop() {
      queue.pause()
      queue.clear()
    },
  }
}
