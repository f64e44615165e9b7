import type { core } from 'zod'
import { suggestion } from './names.ts'
import { type MissionProblem, problem } from './problem.ts'

const TYPES: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of keys',
}

/**
 * Turns what zod found into sentences.
 *
 * @param raw the content that was checked, to tell a missing value from a wrong one.
 * @returns one problem per mistake (a group with three unknown keys makes three).
 */
export function explainIssue(issue: core.$ZodIssue, raw: unknown): MissionProblem[] {
  const value = valueAt(raw, issue.path)
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map(key =>
        problem(
          [...issue.path, key],
          `"${key}" is not a key known here.`,
          'Correct its spelling or remove it.',
        ),
      )
    case 'invalid_type':
    case 'invalid_value': {
      const wanted =
        issue.code === 'invalid_type'
          ? (TYPES[issue.expected] ?? issue.expected)
          : oneOf(issue.values.map(String))
      if (value === undefined || value === null) return [missing(issue.path, wanted)]
      const guess = issue.code === 'invalid_value' ? suggestion(String(value), issue.values.map(String)) : ''
      return [problem(issue.path, `${shown(value)} is not ${wanted}.`, guess || `Write ${wanted}.`)]
    }
    case 'too_small':
      return issue.origin === 'array'
        ? [problem(issue.path, 'The list is empty.', 'Name at least one.')]
        : [problem(issue.path, `${shown(value)} is too small.`, `Write ${issue.minimum} or more.`)]
    case 'too_big':
      return [problem(issue.path, `${shown(value)} is too large.`, `Write ${issue.maximum} or less.`)]
    case 'custom': {
      const remedy = issue.params?.remedy
      return [problem(issue.path, issue.message, typeof remedy === 'string' ? remedy : 'Correct it.')]
    }
    default:
      return [problem(issue.path, `${shown(value)} cannot be used: ${issue.message}.`, 'Correct it.')]
  }
}

function oneOf(values: readonly string[]): string {
  return values.length === 1 ? `"${values[0]}"` : `one of ${values.join(', ')}`
}

function missing(path: readonly PropertyKey[], wanted: string): MissionProblem {
  const last = path.at(-1)
  const owner = path.at(-2)
  if (last === undefined)
    return problem(path, 'The file is empty.', 'Write a mission as docs/mission-file.md says.')
  if (path[0] === 'bases' && last === 'sector') {
    return problem(path, 'This base has no sector.', 'Add the id of the sector it stands in.')
  }
  if (owner === 'due') return problem(path, `The due times for "${String(last)}" are missing.`, 'Add them.')
  if (path.includes('due')) {
    return problem(path, `The duration for "${String(last)}" is missing.`, 'Add it, such as 10m.')
  }
  const within = typeof owner === 'string' ? ` in "${owner}"` : ''
  return problem(path, `"${String(last)}" is missing${within}.`, `Add it: ${wanted}.`)
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `"${value}"`
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return Array.isArray(value) ? 'A list' : 'A group of keys'
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  let value = raw
  for (const key of path) {
    if (value === null || typeof value !== 'object') return undefined
    value = (value as Record<PropertyKey, unknown>)[key]
  }
  return value
}
