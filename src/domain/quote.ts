/** A message of Slack put on a record: where it stands and what its author must agree to, without I/O. */
import type { Constituency } from './mission.ts'

/**
 * `asked`: its author has not answered yet, and none of its words are held; `declined`: they said no, or took their yes
 * back; `stands`: on record; `withdrawn`: deleted in Slack; `taken_back`: by whoever put it there.
 */
export const QUOTE_STATES = ['asked', 'declined', 'stands', 'withdrawn', 'taken_back'] as const
export type QuoteState = (typeof QUOTE_STATES)[number]

/** By the record emoji, by a message shortcut, or because the alert was raised from it. */
export type QuoteHow = 'emoji' | 'shortcut' | 'raised'

/** The alert or the team on whose record a message stands. */
export interface QuotedRecord {
  kind: 'alert' | 'team'
  id: string
}

export interface Quote {
  id: string
  /** One of the two, and the other null. */
  alertId: string | null
  teamId: string | null
  channel: string
  ts: string
  /** people.id of whoever wrote it. */
  authorId: string
  /** The post and the constituency of the author when it was put on record. */
  authorRole: string | null
  constituency: Constituency | null
  /** When it was written (epoch ms). */
  saidAt: number
  /** Null wherever it does not stand. */
  text: string | null
  permalink: string
  state: QuoteState
  /** Whether it ever stood: what was deleted before its author agreed leaves no trace in the timeline. */
  agreed: boolean
  how: QuoteHow
  putBy: string
  putAt: number
  /** Slack's mark of the last edit that was followed, and when that was (epoch ms). */
  editedTs: string | null
  editedAt: number | null
  withdrawnAt: number | null
}

/** The record a quote belongs to. */
export function quotedRecord({ alertId, teamId }: Pick<Quote, 'alertId' | 'teamId'>): QuotedRecord {
  return teamId === null ? { kind: 'alert', id: alertId ?? '' } : { kind: 'team', id: teamId }
}

/** Whether a message is, or was, part of a record: what was deleted before its author had agreed never stood there. */
export const stood = ({ state, agreed }: Pick<Quote, 'state' | 'agreed'>): boolean =>
  state === 'stands' || (state === 'withdrawn' && agreed)

/** The mission's own uniformed and civilian parts, whose words enter with a notice. */
const WITH_NOTICE: readonly Constituency[] = ['military', 'police', 'mission_civilian']

/**
 * Whether an author must agree before their words become a mission record: humanitarians, human rights officers and
 * whoever no part of the mission has confirmed (design: "they confirm it themselves").
 */
export function asksConsent(constituency: Constituency | null): boolean {
  return constituency === null || !WITH_NOTICE.includes(constituency)
}

export type QuoteEvent = 'put' | 'agreed' | 'refused' | 'deleted' | 'unput'

/**
 * Where a quote stands after an event; null where the event changes nothing. An author is asked once: after a no the
 * same message is not asked for again. What was deleted in Slack does not come back.
 *
 * @param state null: the message was never put on record.
 * @param consent whether its author must agree.
 */
export function afterEvent(state: QuoteState | null, event: QuoteEvent, consent: boolean): QuoteState | null {
  switch (event) {
    case 'put':
      return state === null || state === 'taken_back' ? (consent ? 'asked' : 'stands') : null
    case 'agreed':
      return state === 'asked' ? 'stands' : null
    case 'refused':
      return consent && (state === 'asked' || state === 'stands') ? 'declined' : null
    case 'deleted':
      return state === 'asked' || state === 'stands' ? 'withdrawn' : null
    case 'unput':
      return state === 'asked' || state === 'stands' ? 'taken_back' : null
  }
}

/** The longest words put on record, in code points. */
const WORDS_MAX = 3_000

/**
 * What somebody typed, from Slack's markup: mentions without names, channels and links as they read, entities undone;
 * cut to 3,000 code points.
 */
export function plainWords(markup: string): string {
  const text = markup
    .replace(/<@[A-Z0-9]+(\|[^>]*)?>/g, '@…')
    .replace(/<#[A-Z0-9]+(?:\|([^>]*))?>/g, (_, name: string | undefined) => `#${name ?? '…'}`)
    .replace(/<!(?:subteam\^)?[^>|]*(?:\|([^>]*))?>/g, (_, name: string | undefined) => name ?? '@…')
    .replace(/<([^>|\s]+)\|([^>]*)>/g, (_, url: string, label: string) =>
      label === url || url === `mailto:${label}` ? label : `${label} (${url})`,
    )
    .replace(/<((?:https?|mailto|tel):[^>|\s]+)>/g, '$1')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .trim()
  const points = [...text]
  return points.length > WORDS_MAX ? `${points.slice(0, WORDS_MAX - 1).join('')}…` : text
}
