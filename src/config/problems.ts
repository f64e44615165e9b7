import type { MissionProblem } from '../domain/mission.ts'

/** One mistake in the environment, in words an administrator can act on. Never holds a secret's value. */
export interface ConfigProblem {
  /** The environment variable. */
  key: string
  reason: string
  remedy: string
}

/** Thrown when the bot cannot start with this environment; carries every mistake found. */
export class ConfigError extends Error {
  readonly problems: readonly ConfigProblem[]

  constructor(problems: readonly ConfigProblem[]) {
    super(problems.map(p => `${p.key}: ${p.reason} ${p.remedy}`).join('\n'))
    this.name = 'ConfigError'
    this.problems = problems
  }
}

const SHOWN = 40

/**
 * Problems as a terminal shows them, each with where it is, what is wrong and, below it, what to do.
 *
 * @param heading one sentence, such as "Tocsin cannot start."
 */
export function renderProblems(
  heading: string,
  problems: readonly (ConfigProblem | MissionProblem)[],
): string {
  const lines = problems
    .slice(0, SHOWN)
    .map(problem => `  ${placeOf(problem)}\n    ${problem.reason}\n    → ${problem.remedy}`)
  const more = problems.length - SHOWN
  if (more > 0) lines.push(`  and ${more} more of ${problems.length}`)
  return [heading, ...lines].join('\n')
}

function placeOf(problem: ConfigProblem | MissionProblem): string {
  if ('key' in problem) return problem.key
  const { file, line, path } = problem
  if (file === undefined) return path
  return `${line === undefined ? file : `${file}:${line}`} ${path}`
}
