import { isCodeWritten } from './code.ts'
/** What of the taskings a list shows, as people type it behind the command. */
import type { Mission, TaskingKind } from './mission.ts'
import { fold } from './text-fold.ts'

export interface TaskingFilter {
  /** `mine`: the person answers for it, or is one of those asked; `from_me`: they asked. */
  whose: 'all' | 'mine' | 'from_me'
  kind: TaskingKind | null
  sector: string | null
  overdue: boolean
  /** Not answered yet, or declined and not decided. */
  waiting: boolean
  /** Those that have ended too. */
  ended: boolean
  /** The code of the record it comes from, such as `A-7K4Q`. */
  origin: string | null
  /** Words that are none of the above: looked for in what is expected. */
  words: string
}

export const EVERY_TASKING: TaskingFilter = {
  whose: 'all',
  kind: null,
  sector: null,
  overdue: false,
  waiting: false,
  ended: false,
  origin: null,
  words: '',
}

/** By folded word; the mission's languages both. */
const KEYWORDS: Readonly<Record<string, Partial<TaskingFilter>>> = {
  mine: { whose: 'mine' },
  miennes: { whose: 'mine' },
  moi: { whose: 'mine' },
  fromme: { whose: 'from_me' },
  demoi: { whose: 'from_me' },
  overdue: { overdue: true },
  late: { overdue: true },
  retard: { overdue: true },
  waiting: { waiting: true },
  attente: { waiting: true },
  all: { ended: true },
  toutes: { ended: true },
  tasking: { kind: 'tasking' },
  taskings: { kind: 'tasking' },
  taches: { kind: 'tasking' },
  tache: { kind: 'tasking' },
  request: { kind: 'request' },
  requests: { kind: 'request' },
  demande: { kind: 'request' },
  demandes: { kind: 'request' },
}

/** Reads "mine overdue north A-7K4Q": words it knows narrow the list, the rest is looked for in the text. */
export function parseTaskingFilter(text: string, mission: Mission): TaskingFilter {
  const filter = { ...EVERY_TASKING }
  const rest: string[] = []
  const joined = text.replace(/\bfrom me\b/gi, 'fromme').replace(/\bde moi\b/gi, 'demoi')
  for (const word of joined.split(/\s+/).filter(each => each !== '')) {
    const folded = fold(word)
    const known = Object.hasOwn(KEYWORDS, folded) ? KEYWORDS[folded] : undefined
    const sector = mission.sectors.find(
      ({ id, name }) => id === folded || Object.values(name).some(each => fold(each).endsWith(folded)),
    )
    if (known) Object.assign(filter, known)
    else if (isCodeWritten(word)) filter.origin = word.toUpperCase()
    else if (sector) filter.sector = sector.id
    else rest.push(word)
  }
  return { ...filter, words: rest.join(' ') }
}
