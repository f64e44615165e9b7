/** Missions drawn from the shipped one: other audiences, other readers of each layer, posts that nobody holds. */

import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { parse } from 'yaml'
import { loadMission } from '../../src/config.ts'
import { type Mission, parseMission } from '../../src/domain/mission.ts'
import { RELEASABLE_TO } from '../../src/domain/release.ts'
import { names, rooms } from './world.ts'

const file = 'missions/ombara.yaml'
interface Raw {
  roles: { id: string; constituency: string; phone?: string }[]
  seed: { holders: unknown[] }
}
const raw = parse(readFileSync(file, 'utf8')) as Raw & Record<string, unknown>
const { gazetteer } = await loadMission(file)

const readers = raw.roles.map(({ id }) => id)
const rung = raw.roles.filter(({ phone }) => phone !== undefined).map(({ id }) => id)

/** What a mission has otherwise than the shipped one. */
export interface Variant {
  audience: string[]
  layers: Record<string, string[]>
  /** Places in the list of holders that are empty. */
  vacant: number[]
  /** Who is in each channel when it begins, by name; `null` is somebody nobody knows. */
  rooms: Record<string, (string | null)[]>
}

/** The shipped mission as it is. */
export const PLAIN: Variant = {
  ...{ audience: (raw.audiences as { alert: string[] }).alert, layers: raw.layers as Variant['layers'] },
  ...{ vacant: [], rooms: {} },
}

const roles = (of: string[]) => fc.subarray(of, { minLength: 1, maxLength: 6 })

export const variant: fc.Arbitrary<Variant> = fc.record({
  audience: fc.oneof(
    fc.constant<string[]>(['military', 'police', 'mission_civilian', 'human_rights']),
    fc.subarray<string>([...RELEASABLE_TO], { minLength: 1 }),
  ),
  layers: fc.record({
    attribution: roles(readers),
    command: roles(readers),
    human_rights: roles(readers),
    child_protection: roles(rung),
    sexual_violence: roles(rung),
  }),
  vacant: fc.subarray(
    raw.seed.holders.map((_, index) => index),
    { maxLength: 5 },
  ),
  rooms: fc.record(
    Object.fromEntries(
      rooms.map(room => [room, fc.subarray<string | null>([...names, null], { maxLength: 5 })]),
    ),
  ),
})

/** The mission, read and checked as one of a file is. @throws MissionError where the variant is none. */
export function missionOf({ audience, layers, vacant }: Variant): Mission {
  const holders = raw.seed.holders.filter((_, index) => !vacant.includes(index))
  return parseMission(
    {
      ...raw,
      audiences: { ...(raw.audiences as object), alert: audience },
      layers,
      seed: { ...raw.seed, holders },
    },
    gazetteer,
  )
}
