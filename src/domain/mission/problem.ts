/** One mistake in the mission file or its gazetteer, in words an administrator can act on. */
export interface MissionProblem {
  /** Where it stands, such as `ladders[0].due.imminent.decide`. */
  path: string
  /** The same as keys and indexes, to find the line in the file. */
  keys: readonly PropertyKey[]
  /** What is wrong, a full sentence. */
  reason: string
  /** What to do about it, a full sentence. */
  remedy: string
  /** Where known: the file and the line, set by whoever read the file. */
  file?: string
  line?: number
}

/** Thrown when a mission file cannot be used; carries every mistake found, not just the first. */
export class MissionError extends Error {
  readonly problems: readonly MissionProblem[]

  constructor(problems: readonly MissionProblem[]) {
    super(problems.map(p => `${p.path}: ${p.reason} ${p.remedy}`).join('\n'))
    this.name = 'MissionError'
    this.problems = problems
  }
}

/** @returns keys as a reader writes them: `ladders[0].due.imminent`. */
export function pathOf(keys: readonly PropertyKey[]): string {
  const text = keys.map(key => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('')
  return text.replace(/^\./, '') || 'the file'
}

export function problem(keys: readonly PropertyKey[], reason: string, remedy: string): MissionProblem {
  return { path: pathOf(keys), keys, reason, remedy }
}
