import { TASKABLE } from '../domain/mission.ts'
import { itemsOffered } from '../operations/drawdown.ts'
import { gatesAsked, gatesWaiting } from '../operations/gate.ts'
import { postureAsks } from '../operations/posture.ts'
import { waitingTaskings } from '../operations/tasking.ts'
import type { Block } from '../ports.ts'
import { drawdownWaits } from '../views/drawdown.ts'
import { waitingGates } from '../views/gate.ts'
import { postureWaits } from '../views/posture.ts'
import { waitingTaskingBlocks } from '../views/tasking/list.ts'
import type { Call } from './contract.ts'
import { earlyWarningsOffered } from './early-warning.ts'
import { viewContext } from './view-context.ts'

/** What waits for a person beside alerts, as blocks for `/poc` and for *What waits for me*. */
export type AlsoWaits = (call: Pick<Call, 'ctx' | 'words' | 'person'>) => Promise<Block[]>

/** One per noun that waits for people: a noun adds its own here. */
const kinds: readonly AlsoWaits[] = [
  earlyWarningsOffered,
  async ({ ctx, words }) =>
    waitingGates(viewContext({ ctx, words }), await gatesWaiting(ctx), await gatesAsked(ctx)),
  async ({ ctx, words }) => waitingTaskingBlocks(viewContext({ ctx, words }), await waitingTaskings(ctx)),
  async ({ ctx, words, person }) =>
    drawdownWaits(
      viewContext({ ctx, words }),
      await itemsOffered(ctx),
      person.constituency === null || !TASKABLE.includes(person.constituency),
    ),
  async ({ ctx, words }) => postureWaits(viewContext({ ctx, words }), await postureAsks(ctx)),
]

/** All that waits beside alerts; nothing for somebody whom no side has confirmed. */
export async function alsoWaits(call: Pick<Call, 'ctx' | 'words' | 'person'>): Promise<Block[]> {
  if (call.person.constituency === null || call.person.closedAt !== null) return []
  return (await Promise.all(kinds.map(waits => waits(call)))).flat()
}
