import { closest, distance } from 'fastest-levenshtein'
import { type MissionProblem, problem } from './problem.ts'

/** "Did you mean …?" when a known word is near, else an empty text. */
export function suggestion(word: string, known: readonly string[]): string {
  if (known.length === 0) return ''
  const near = closest(word, known)
  return distance(word, near) <= Math.max(2, Math.floor(word.length / 3)) ? `Did you mean "${near}"?` : ''
}

/** A problem when `id` is not among the entries that `kind` names, else nothing. */
export function unknownName(
  keys: readonly PropertyKey[],
  kind: string,
  id: string,
  known: readonly { id: string }[],
): MissionProblem[] {
  if (known.some(entry => entry.id === id)) return []
  const ids = known.map(entry => entry.id)
  const hint = suggestion(id, ids) || `Known are ${ids.join(', ')}.`
  return [problem(keys, `No ${kind} has the id "${id}".`, `${hint} Correct it, or add the ${kind} it names.`)]
}
