import type { TaskingAct, TaskingPatch } from '../../db/taskings.ts'
import type { TaskingActKind, TaskingMeans, TaskingState } from '../../domain/tasking.ts'
import { TocsinError } from '../../errors.ts'
import { actorId, type Open } from '../context.ts'
import { gateFacts } from '../gate/facts.ts'
import { syncGateReminders } from '../gate/reminders.ts'
import { note } from '../telling.ts'
import { type TaskingFacts, taskingFacts } from './facts.ts'
import { taskingRef } from './tell.ts'

/** What an act says, beyond who wrote it down and when. */
export interface Said {
  kind: TaskingActKind
  to: TaskingState
  role: string | null
  means?: TaskingMeans
  /** When it happened (epoch ms); now where it is left out. */
  at?: number
  words?: string | null
  /** Who answers for it from now on, where the act changes that. */
  accountable?: string
}

/**
 * Writes an act, what it changes and its event. Words go where they can be erased. Returns the act and the facts as
 * they are afterwards.
 *
 * @throws TocsinError `already_done` where somebody else acted since the facts were read.
 */
export async function recordAct(
  open: Open,
  { tasking }: TaskingFacts,
  said: Said,
  patch: TaskingPatch = {},
): Promise<{ act: TaskingAct; facts: TaskingFacts }> {
  const now = open.clock.now()
  const act: TaskingAct = {
    id: open.ids.id(),
    taskingId: tasking.id,
    kind: said.kind,
    at: said.at ?? now,
    recordedAt: now,
    byPerson: actorId(open),
    role: said.role,
    means: said.means ?? 'slack',
    before: tasking.state,
    after: said.to,
    accountable: said.accountable ?? null,
    words: said.words ?? null,
  }
  const changed = await open.tx.taskings.update(tasking.id, tasking.version, {
    state: said.to,
    stateAt: act.at,
    ...(said.accountable ? { accountable: said.accountable } : {}),
    ...patch,
  })
  if (!changed) throw new TocsinError('already_done')
  await open.tx.taskings.addAct(act)
  await note(
    open,
    taskingRef(tasking),
    `tasking.${said.kind}`,
    {
      code: tasking.code,
      ...{ act: act.id, role: act.role, means: act.means, from: act.before, to: act.after },
      ...(act.accountable ? { accountable: act.accountable } : {}),
      ...(act.at === now ? {} : { at: act.at }),
    },
    act.words === null ? undefined : { words: act.words },
  )
  if (said.accountable) await remindOfGates(open, tasking.id)
  const after = await open.tx.taskings.byId(tasking.id)
  if (!after) throw new Error(`tasking ${tasking.id} is gone`)
  return { act, facts: await taskingFacts(open.tx, open.mission, now, after) }
}

/** Whoever answers for a tasking now is reminded of the clearances it goes by, and whoever did is not any more. */
async function remindOfGates(open: Open, taskingId: string): Promise<void> {
  for (const { gateId } of await open.tx.gates.linksOf('tasking', taskingId)) {
    const gate = gateId === null ? null : await open.tx.gates.byId(gateId)
    if (gate) await syncGateReminders(open, await gateFacts(open, open.tx, gate))
  }
}
