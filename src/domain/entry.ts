/** Entries on an alert in a voice of one's own: which there are, and who reads them, without I/O. */
import type { Layer } from './sharing.ts'

/**
 * `human_rights` what human rights officers keep to their line; `command` planned operations, coverage and gaps;
 * `dissent` that somebody registered sees it otherwise.
 */
export const ENTRY_KINDS = ['human_rights', 'command', 'dissent'] as const
export type EntryKind = (typeof ENTRY_KINDS)[number]
export const isEntryKind = (value: unknown): value is EntryKind => ENTRY_KINDS.includes(value as EntryKind)

/** The layer of its alert in which an entry is read and written. Dissent is for all who read the alert. */
export function layerOf(kind: EntryKind): Exclude<Layer, 'summary'> {
  return kind === 'dissent' ? 'record' : kind
}
