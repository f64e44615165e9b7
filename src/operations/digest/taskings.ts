import type { GateAct } from '../../db/gates.ts'
import { awaitedOf } from '../../domain/gate.ts'
import type { Ctx } from '../context.ts'
import { type GateFacts, gateFacts, mayReadGate } from '../gate/facts.ts'
import { taskingsSince } from '../tasking/list.ts'
import { digestTaskings, type TaskingDigest, type TaskingFacts } from '../tasking.ts'
import { belongs, giver, readFrom, type Scope, within } from './scope.ts'

const read = new WeakMap<Scope, Promise<TaskingDigest>>()

function taskings(scope: Scope): Promise<TaskingDigest> {
  const known = read.get(scope) ?? readTaskings(scope)
  read.set(scope, known)
  return known
}

async function readTaskings(scope: Scope): Promise<TaskingDigest> {
  const { ctx, reader, window } = scope
  const from = readFrom(scope)
  const all = await scope.common(`taskings:${from}`, () => taskingsSince(ctx, from))
  const told = all.filter(({ tasking }) => belongs(scope, tasking))
  return digestTaskings(ctx, told, reader, window)
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
      const from = readFrom(scope)
      const gates = await scope.common(`gates:${from}`, () => gatesSince(ctx, from))
      return gates
        .filter(
          ({ facts: { gate }, waits, acts }) =>
            !gate.exercise &&
            (sector === null || gate.sector === sector) &&
            (waits || acts.some(({ at }) => within(scope, at))),
        )
        .map(({ facts }) => facts)
        .filter(facts => mayReadGate(ctx, facts, 'open', reader))
    },
    ({ gate }: GateFacts) => [gate.id],
  ),
}

interface GateMoved {
  facts: GateFacts
  waits: boolean
  acts: GateAct[]
}

/** Gates that wait for a decision, and those with whom something happened since. */
async function gatesSince(ctx: Ctx, from: number): Promise<GateMoved[]> {
  const repos = ctx.store.read
  const moved: GateMoved[] = []
  for (const gate of await repos.gates.all()) {
    const waits = awaitedOf(gate.kind, gate.state) !== null
    const acts = await repos.gates.acts(gate.id)
    if (waits || acts.some(({ at }) => at > from))
      moved.push({ facts: await gateFacts(ctx, repos, gate), waits, acts })
  }
  return moved
}
