import type { ViewContext } from '../views/context.ts'
import type { Call } from './contract.ts'

/** What a view needs to speak to the person who acted. */
export function viewContext({ words, ctx }: Pick<Call, 'words' | 'ctx'>): ViewContext {
  return { words, mission: ctx.mission, now: ctx.clock.now() }
}
