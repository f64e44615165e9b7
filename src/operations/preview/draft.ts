import type { Constituency, RoleRef } from '../../domain/mission.ts'
import type { Layer, RoleLayer, Shared } from '../../domain/sharing.ts'
import type { PreviewNote } from '../alert/preview.ts'

/** The record it would become, where it would be said, and to whom directly. */
export interface Draft {
  record: Shared
  /** The layer in which it stands. */
  layer: Exclude<Layer, 'summary'>
  /** What has to be readable too, where it stands within another record. */
  within?: Shared
  /** Those named in it who read no more of it than this, by people.id. */
  partly?: { of: 'reference'; people: readonly string[] }
  /** Whether whoever writes it cannot read it again. */
  unsigned?: boolean
  /** Its parts that only some of its readers read. */
  restricted?: readonly RoleLayer[]
  /** Of these, what a message in a channel may show at all; all of them unless said. */
  inChannels?: readonly Layer[]
  notes?: PreviewNote[]
  channels: string[]
  posts: RoleRef[]
  /** Of whom anybody may look it up. */
  anybody: readonly Constituency[]
}
