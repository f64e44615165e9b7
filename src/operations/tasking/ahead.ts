import { EXEMPTIONS } from '../../domain/gate.ts'
import { moveOf } from '../../domain/tasking.ts'
import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction } from '../context.ts'
import { passGatesOfTasking } from '../gate/support.ts'
import { registeredPerson } from '../permission.ts'
import { refreshCardsOf } from '../telling.ts'
import { requiredText } from '../text.ts'
import { perform } from './answer.ts'
import { readTasking, type TaskingFacts } from './facts.ts'
import { taskingLimits } from './give.ts'
import { keepsCentre, partiesOf } from './parties.ts'
import { taskingRef } from './tell.ts'

export interface GoAheadInput {
  taskingId: string
  /** One of {@link EXEMPTIONS}: an imminent threat, dialogue, casualties. */
  ground: string
  reason: string
}

/**
 * A tasking that waits for a gate answers an imminent threat by now, is dialogue or evacuates casualties: it waits no
 * longer, by name and reason, and whoever decides the gate is told. It has begun where whoever answers for it says
 * so. For them, whoever gave it, and the operations centre that heard of it.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `unknown_term`, `text_missing`, `text_too_long`,
 *   `nothing_waits` where it waits for nothing.
 */
export async function goAhead(ctx: Ctx, input: GoAheadInput): Promise<TaskingFacts> {
  const person = registeredPerson(ctx)
  const exemption = EXEMPTIONS.find(known => known === input.ground)
  if (!exemption) throw new TocsinError('unknown_term', { field: 'ground', details: { value: input.ground } })
  const reason = requiredText(input.reason, 'reason', taskingLimits.words)
  return inTransaction(ctx, async (_repos, open) => {
    const facts = await readTasking(open, input.taskingId)
    const { tasking } = facts
    const parties = partiesOf(open, facts)
    const theirs = parties.find(({ party }) => party === 'asked')
    if (!theirs && !parties.some(({ party }) => party === 'asker') && !keepsCentre(open))
      throw new TocsinError('not_allowed')
    if (!facts.open || tasking.kind !== 'tasking') throw new TocsinError('already_done')
    await passGatesOfTasking(open, tasking, { exemption, reason })
    if (theirs && moveOf(tasking.kind, tasking.state, 'begin'))
      return perform(open, facts, { kind: 'begin', role: theirs.role, words: null, by: person.id })
    await refreshCardsOf(open, taskingRef(tasking))
    return readTasking(open, tasking.id)
  })
}
