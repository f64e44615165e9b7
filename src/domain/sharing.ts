/**
 * The sharing rule: the one function that says whether a reader may be shown a record or a layer of it. Every card,
 * thread line, direct message, digest and search hit asks it (design: "Nobody sees a thing unless one pure function
 * says so").
 */
import type { Constituency, RoleRef } from './mission.ts'
import { reaches, type Widening } from './release.ts'

/** What a record says about its own readers. */
export interface Shared {
  /** The constituency the record belongs to. */
  holder: Constituency
  audience: readonly Constituency[]
  /** people.id of those who may read it whatever their constituency: its author, its owners and their ladder. */
  named: readonly string[]
  /** Whether forces of the host State, or aligned with it, are alleged: then its people never read it. */
  namesState?: boolean
  /** What its holder's side released to others; a release adds readers and changes nothing else. */
  releases?: readonly Widening[]
}

/**
 * `record` is what the audience reads; every other layer is opened to roles, never to a constituency:
 * `attribution` who is alleged, by group, by whom and how surely, and restricted classes of perpetrator;
 * `command` planned operations, coverage and gaps; `human_rights` what human rights officers keep to their line;
 * `child_protection` and `sexual_violence` everything but flag, district and week, for the specialists.
 */
export const LAYERS = [
  'record',
  'attribution',
  'command',
  'human_rights',
  'child_protection',
  'sexual_violence',
] as const
/** `summary`: words written to be shared in a record's place, for those to whom they were released. */
export type Layer = (typeof LAYERS)[number] | 'summary'
export type RoleLayer = Exclude<Layer, 'record' | 'summary'>

/** Layers that take the words of a record out of it. */
export const SPECIALIST_LAYERS = [
  'child_protection',
  'sexual_violence',
] as const satisfies readonly RoleLayer[]
export type SpecialistLayer = (typeof SPECIALIST_LAYERS)[number]

export interface PersonReader {
  kind: 'person'
  personId: string
  /** Null until the person's own side confirmed it. */
  constituency: Constituency | null
  roles: readonly RoleRef[]
}

/** A channel reads what everyone it could hold may read. */
export interface ChannelReader {
  kind: 'channel'
  /** A public channel could hold anyone of its workspaces. */
  isPublic: boolean
  members: readonly Omit<PersonReader, 'kind'>[]
  /** When the members were last read from Slack (epoch ms); null: never. */
  membersAt: number | null
}

export type Reader = PersonReader | ChannelReader

export interface SharingRules {
  now: number
  /** A channel not looked at for longer shows nothing restricted. */
  staleMembershipMs: number
  /** Roles that may read each layer. */
  layers: Readonly<Record<RoleLayer, readonly string[]>>
}

/** Whether everyone behind `reader` may be shown `layer` of the record. */
export function mayRead(record: Shared, layer: Layer, reader: Reader, rules: SharingRules): boolean {
  if (reader.kind === 'person') return personMayRead(record, layer, reader, rules)
  return channelBar(record, layer, reader, rules) === null
}

/** Why a channel may not show a thing: the channel itself, or those in it who may not read it. */
export type ChannelBar =
  | { because: 'public' | 'never_read' | 'too_old' | 'nobody' }
  | { because: 'members'; members: ChannelReader['members'] }

/** What keeps `layer` of the record out of a channel; null where everyone it could hold may read it. */
export function channelBar(
  record: Shared,
  layer: Layer,
  reader: ChannelReader,
  rules: SharingRules,
): ChannelBar | null {
  if (reader.isPublic) return { because: 'public' }
  if (reader.membersAt === null) return { because: 'never_read' }
  if (reader.members.length === 0) return { because: 'nobody' }
  const members = reader.members.filter(member => !personMayRead(record, layer, member, rules))
  if (members.length > 0) return { because: 'members', members }
  return rules.now - reader.membersAt > rules.staleMembershipMs ? { because: 'too_old' } : null
}

function personMayRead(
  record: Shared,
  layer: Layer,
  reader: Omit<PersonReader, 'kind'>,
  rules: SharingRules,
): boolean {
  if (record.namesState && reader.constituency === 'host_state') return false
  const reads =
    record.named.includes(reader.personId) ||
    (reader.constituency !== null && record.audience.includes(reader.constituency)) ||
    released(record, 'record', reader)
  if (layer === 'summary') return reads || released(record, 'summary', reader)
  if (layer === 'record' || !reads) return reads
  return reader.roles.some(({ role }) => rules.layers[layer].includes(role))
}

function released(record: Shared, what: Widening['what'], reader: Omit<PersonReader, 'kind'>): boolean {
  return record.releases?.some(release => release.what === what && reaches(release, reader)) ?? false
}
