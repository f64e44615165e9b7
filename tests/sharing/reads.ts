import { type Layer, mayRead, type Reader } from '../../src/domain/sharing.ts'
import type { AlertFacts } from '../../src/operations/alert/facts.ts'
import { sharingRules } from '../../src/operations/channel.ts'
import { sharedTasking, type TaskingFacts } from '../../src/operations/tasking/facts.ts'
import type { World } from './world.ts'

/** What an oracle holds of an alert and of a tasking: the rule asked directly, past the code under test. */
export const readsAlert = (
  world: World,
  { alert, named, namesState, releases }: AlertFacts,
  layer: Layer,
  reader: Reader,
): boolean =>
  mayRead({ ...alert, named, namesState, releases }, layer, reader, sharingRules(world.desk.system))

/** One of a layer only those it is opened to, or named. */
export function readsTasking(world: World, facts: TaskingFacts, reader: Reader): boolean {
  const rules = sharingRules(world.desk.system)
  const shared = sharedTasking(facts)
  const { layer } = facts.tasking
  if (layer === null) return mayRead(shared, 'record', reader, rules)
  return (
    mayRead({ ...shared, audience: [] }, 'record', reader, rules) || mayRead(shared, layer, reader, rules)
  )
}
