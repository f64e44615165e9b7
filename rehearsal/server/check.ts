import { checkSurface, type Problem } from '../../blockkit/index.ts'
import { SlackError } from './errors.ts'
import type { Json } from './json.ts'

/**
 * Refuses the arguments of a message that Slack refuses. `method` is the one that sends it, for its own limits.
 * @throws SlackError with the code of the first problem and every problem's sentence
 */
export function assertMessage(payload: Json, method?: string): void {
  refuseFirst(checkSurface('message', payload, method ? { method } : {}))
}

/** Refuses the view that Slack refuses, as {@link assertMessage} does. */
export function assertView(surface: 'modal' | 'home', view: Json): void {
  refuseFirst(checkSurface(surface, { view }))
}

function refuseFirst(problems: Problem[]): void {
  const first = problems[0]
  if (!first) return
  throw new SlackError(first.code, { response_metadata: { messages: problems.map(p => p.message) } })
}
