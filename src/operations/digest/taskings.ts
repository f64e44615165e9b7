import { awaitedOf } from '../../domain/gate.ts'
import { type GateFacts, gateFacts, mayReadGate } from '../gate/facts.ts'
import { digestTaskings, type TaskingDigest, type TaskingFacts } from '../tasking.ts'
import { giver, type Scope, within } from './scope.ts'

const read = new WeakMap<Scope, Promise<TaskingDigest>>()

function taskings(scope: Scope): Promise<TaskingDigest> {
  const known = read.get(scope) ?? digestTaskings(scope.ctx, scope.reader, scope.sector, scope.window)
  read.set(scope, known)
  return known
}

const list = (key: keyof TaskingDigest) =>
  giver(
    async scope => (await taskings(scope))[key],
    ({ tasking }: TaskingFacts) => [tasking.id],
  )

/** Sections that tell what was given to do and what is decided first; requests to agencies are in none. */
export const taskingGivers = {
  late: list('late'),
  blocked: list('blocked'),
  waiting: list('waiting'),
  not_taken_on: list('notTakenOn'),
  done: list('done'),
  /** Gates that wait for a decision, and those decided in the window. */
  gates: giver(
    async scope => {
      const { ctx, reader, sector } = scope
      const repos = ctx.store.read
      const told: GateFacts[] = []
      for (const gate of await repos.gates.all()) {
        if (sector !== null && gate.sector !== sector) continue
        const waits = awaitedOf(gate.kind, gate.state) !== null
        if (!waits && !(await repos.gates.acts(gate.id)).some(({ at }) => within(scope, at))) continue
        const facts = await gateFacts(ctx, repos, gate)
        if (mayReadGate(ctx, facts, 'open', reader)) told.push(facts)
      }
      return told
    },
    ({ gate }: GateFacts) => [gate.id],
  ),
}
