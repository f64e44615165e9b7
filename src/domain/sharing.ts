/**
 * The sharing rule: the one function that says whether a reader may be shown a record or a layer of it. Every card,
 * thread line, direct message, digest and search hit asks it (design: "Nobody sees a thing unless one pure function
 * says so").
 */
import type { Constituency, RoleRef } from './mission.ts'

/** What a record says about its own readers. */
export interface Shared {
  /** The constituency the record belongs to. */
  holder: Constituency
  audience: readonly Constituency[]
  /** people.id of those who may read it whatever their constituency: its author, its owners and their ladder. */
  named: readonly string[]
}

/**
 * `record` is what the audience reads. `attribution` is who is alleged by name of group, and classes of perpetrator
 * the mission marks as restricted; it is opened to roles, never to a constituency.
 */
export type Layer = 'record' | 'attribution'

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
  /** Roles that may read the attribution layer. */
  attribution: readonly string[]
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
  switch (layer) {
    case 'record':
      return (
        record.named.includes(reader.personId) ||
        (reader.constituency !== null && record.audience.includes(reader.constituency))
      )
    case 'attribution':
      return (
        personMayRead(record, 'record', reader, rules) &&
        reader.roles.some(held => rules.attribution.includes(held.role))
      )
  }
}
