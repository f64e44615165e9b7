import { TocsinError } from '../../errors.ts'
import { actorAsReader } from '../../operations/alert/reading.ts'
import { type TaskingFacts, taskingCardReader } from '../../operations/tasking.ts'
import { taskingCard } from '../../views/tasking/card.ts'
import type { Call } from '../contract.ts'
import { viewContext } from '../view-context.ts'

/** A tasking's card, to this person alone. */
export async function showTasking(call: Call, facts: TaskingFacts): Promise<void> {
  const reader = actorAsReader(call.ctx)
  if (!reader) throw new TocsinError('not_found')
  await call.ui.tell(taskingCard(viewContext(call), facts, await taskingCardReader(call.ctx, facts, reader)))
}
