/** Which alerts a list shows: the words of `/poc-alert list`, read and written. Pure. */
import type { Lifecycle } from './alert.ts'
import { parseDuration } from './duration.ts'
import { type Mission, URGENCIES, type Urgency } from './mission.ts'
import { fold } from './text-fold.ts'
import { isVerificationState, type VerificationState } from './verification.ts'

/** What must be so of an alert for a list to show it; null and false ask nothing. */
export interface AlertFilter {
  /** `ended`: whatever is not open. */
  standing: 'open' | 'ended' | 'all' | Exclude<Lifecycle, 'open'>
  sector: string | null
  threat: string | null
  urgency: Urgency | null
  verification: VerificationState | null
  /** Only those raised in the last so many milliseconds. */
  sinceMs: number | null
  /** Raised, followed or owned by the reader. */
  mine: boolean
  /** Something awaited of an owner is past due. */
  overdue: boolean
  /** Waiting for the operations centre to say which sector it is. */
  untriaged: boolean
  /** Without coordinates. */
  unlocated: boolean
  /** Exercises alone; they are in no other list. */
  exercise: boolean
  /** Words that stand in it; empty: any. */
  words: string
}

export const NO_FILTER: AlertFilter = {
  standing: 'open',
  sector: null,
  threat: null,
  urgency: null,
  verification: null,
  sinceMs: null,
  mine: false,
  overdue: false,
  untriaged: false,
  unlocated: false,
  exercise: false,
  words: '',
}

/** What may be ticked; each is a word of the command too. */
export const FLAGS = ['mine', 'overdue', 'untriaged', 'unlocated', 'exercise'] as const
export type Flag = (typeof FLAGS)[number]

export const STANDINGS = [
  'open',
  'ended',
  'all',
  'closed',
  'withdrawn',
  'merged',
] as const satisfies readonly AlertFilter['standing'][]

/** The words of the command in the languages people type; folded. */
const STANDING_WORDS: Record<string, AlertFilter['standing']> = {
  open: 'open',
  ouvert: 'open',
  ouverte: 'open',
  ouvertes: 'open',
  ended: 'ended',
  terminee: 'ended',
  terminees: 'ended',
  all: 'all',
  tout: 'all',
  toutes: 'all',
  closed: 'closed',
  close: 'closed',
  closes: 'closed',
  withdrawn: 'withdrawn',
  merged: 'merged',
  jointes: 'merged',
  retiree: 'withdrawn',
  retirees: 'withdrawn',
}
const FLAG_WORDS: Record<string, Flag> = {
  mine: 'mine',
  miennes: 'mine',
  overdue: 'overdue',
  retard: 'overdue',
  untriaged: 'untriaged',
  unlocated: 'unlocated',
  exercise: 'exercise',
  exercice: 'exercise',
}
const KEYS = new Set(['sector', 'secteur', 'threat', 'menace', 'urgency', 'urgence', 'since', 'depuis'])
const LONGEST_SINCE_MS = 10 * 366 * 86_400_000

export type Terms = Pick<Mission, 'sectors' | 'taxonomy'>

/**
 * Reads the words after `list`, in any order: `north open mine overdue threat:armed_attack since:7d`. A sector is
 * known by its id or by a word of its name that no other has. What is none of these is looked for in the alerts.
 */
export function parseFilter(text: string, mission: Terms): AlertFilter {
  const filter = { ...NO_FILTER }
  const words: string[] = []
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const found = known(word, mission)
    if (found) Object.assign(filter, found)
    else words.push(word)
  }
  return { ...filter, words: words.join(' ') }
}

/** Words of a filter that begin like one of its keys and name nothing the mission knows: `threat:dragons`. */
export function notUnderstood({ words }: Pick<AlertFilter, 'words'>): string[] {
  return words.split(/\s+/).filter(word => KEYS.has(fold(word.split(':', 1)[0] ?? '')) && word.includes(':'))
}

function known(word: string, mission: Terms): Partial<AlertFilter> | null {
  const [key = '', value = ''] = word.split(/:(.*)/s)
  const folded = fold(word)
  if (value === '') {
    const standing = Object.hasOwn(STANDING_WORDS, folded) ? STANDING_WORDS[folded] : undefined
    if (standing) return { standing }
    const flag = Object.hasOwn(FLAG_WORDS, folded) ? FLAG_WORDS[folded] : undefined
    if (flag) return { [flag]: true }
    if (isVerificationState(folded)) return { verification: folded }
    const sector = sectorNamed(word, mission)
    return sector === null ? null : { sector }
  }
  switch (fold(key)) {
    case 'sector':
    case 'secteur': {
      const sector = sectorNamed(value, mission)
      return sector === null ? null : { sector }
    }
    case 'threat':
    case 'menace': {
      const threat = mission.taxonomy.threats.find(({ id }) => id === value.toLowerCase())
      return threat ? { threat: threat.id } : null
    }
    case 'urgency':
    case 'urgence': {
      const urgency = URGENCIES.find(id => id === value.toLowerCase())
      return urgency ? { urgency } : null
    }
    case 'since':
    case 'depuis': {
      const sinceMs = parseDuration(value.toLowerCase().replace(/j$/, 'd'))
      return sinceMs === undefined ? null : { sinceMs: Math.min(sinceMs, LONGEST_SINCE_MS) }
    }
    default:
      return null
  }
}

/** A sector by its id, or by words that all stand in its name and in no other's. */
export function sectorNamed(said: string, { sectors }: Terms): string | null {
  const wanted = fold(said)
  const byId = sectors.find(({ id }) => fold(id) === wanted)
  if (byId) return byId.id
  const words = wanted.split(' ')
  const named = sectors.filter(({ name }) =>
    Object.values(name).some(text => {
      const own = fold(text).split(' ')
      return words.every(word => own.includes(word))
    }),
  )
  return named.length === 1 ? (named[0]?.id ?? null) : null
}
