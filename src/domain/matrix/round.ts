/** A review round: who is asked, who has answered, and what each may see before it is revealed. */
import type { Constituency, Side } from '../mission.ts'
import type { Entry, Voice } from './entry.ts'

/**
 * `open`: ratings come in and stay hidden; `revealed`: both sides beside each other, contested rows are talked about;
 * `recommended`: the working group has said what it proposes; `adopted`: the forum has made it a version.
 */
export const ROUND_STATES = ['open', 'revealed', 'recommended', 'adopted', 'cancelled'] as const
export type RoundState = (typeof ROUND_STATES)[number]

export const ROUND_ACTS = ['reveal', 'recommend', 'send_back', 'adopt', 'cancel'] as const
export type RoundAct = (typeof ROUND_ACTS)[number]

const moves: Readonly<Record<RoundAct, Partial<Record<RoundState, RoundState>>>> = {
  reveal: { open: 'revealed' },
  recommend: { revealed: 'recommended' },
  send_back: { recommended: 'revealed' },
  adopt: { recommended: 'adopted' },
  cancel: { open: 'cancelled', revealed: 'cancelled', recommended: 'cancelled' },
}

/** Where an act takes a round; null where it cannot be done from there. */
export function roundAfter(state: RoundState, act: RoundAct): RoundState | null {
  return moves[act][state] ?? null
}

/** Components of the mission that rate for themselves. */
export const RATING_COMPONENTS = [
  'military',
  'police',
  'mission_civilian',
  'human_rights',
] as const satisfies readonly Constituency[]

/** Everybody a round asks: each component, and the humanitarian side once. */
export const ASKED: readonly Voice[] = [
  ...RATING_COMPONENTS.map(component => ({ side: 'mission' as const, component })),
  { side: 'humanitarian', as: 'side' },
]

/** A voice as one word, for keys and for the words of a screen. */
export function voiceKey(voice: Voice): string {
  return voice.side === 'mission' ? voice.component : `humanitarian_${voice.as}`
}

/** How many of these places each voice has rated, by {@link voiceKey}; voices that have rated none are left out. */
export function placesRated(
  entries: readonly Pick<Entry, 'voice' | 'hotspotId'>[],
  hotspotIds: readonly string[],
): Map<string, number> {
  const asked = new Set(hotspotIds)
  const rated = new Map<string, Set<string>>()
  for (const { voice, hotspotId } of entries) {
    if (!asked.has(hotspotId)) continue
    const key = voiceKey(voice)
    rated.set(key, (rated.get(key) ?? new Set()).add(hotspotId))
  }
  return new Map([...rated].map(([key, places]) => [key, places.size]))
}

/**
 * Those of the asked who have not answered: a voice has once it rated each place, or said that it has nothing more to
 * say. Nil is an answer: it stands in `nil`.
 *
 * @param rated places rated by each voice, as {@link placesRated} counts them.
 * @param places how many there are to rate.
 */
export function unanswered(
  rated: ReadonlyMap<string, number>,
  places: number,
  nil: readonly Voice[],
): Voice[] {
  const said = new Set(nil.map(voiceKey))
  const done = (key: string) => said.has(key) || (rated.get(key) ?? 0) >= Math.max(1, places)
  return ASKED.filter(voice => !done(voiceKey(voice)))
}

/**
 * Whether somebody may see an entry: their own always; those of others only once revealed, so that nobody anchors on
 * another's number, and what single organisations gave only on their own side.
 */
export function maySeeEntry(
  state: RoundState,
  entry: Pick<Entry, 'voice' | 'by'>,
  reader: { personId: string; side: Side | null },
): boolean {
  if (entry.by === reader.personId) return true
  if (entry.voice.side === 'humanitarian' && entry.voice.as === 'member')
    return reader.side === 'humanitarian'
  return state !== 'open'
}

/** The reverse of {@link voiceKey}; null for words that name no voice. */
export function parseVoice(key: string): Voice | null {
  if (key === 'humanitarian_side') return { side: 'humanitarian', as: 'side' }
  if (key === 'humanitarian_member') return { side: 'humanitarian', as: 'member' }
  const component = RATING_COMPONENTS.find(id => id === key)
  return component ? { side: 'mission', component } : null
}
