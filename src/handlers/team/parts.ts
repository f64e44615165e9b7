import { TocsinError } from '../../errors.ts'
import * as operation from '../../operations/team.ts'
import { saidModal } from '../../views/alert/receipt.ts'
import { kindName } from '../../views/team/phrases.ts'
import type { ActionCall, ViewAnswer, ViewCall } from '../contract.ts'
import { readMetadata } from '../form.ts'
import { viewContext } from '../view-context.ts'

export function done(call: ViewCall, facts: operation.TeamFacts, key: string): ViewAnswer {
  const view = viewContext(call)
  const { code } = facts.team
  const text = call.words.t(`team.done.${key}`, { code, kind: kindName(view, facts) })
  return { update: saidModal(view, code, `✅ ${text}`) }
}

export const teamIn = (call: ViewCall): string =>
  readMetadata<{ teamId: string }>(call.privateMetadata).teamId ?? ''

/** Opens a form about a team for whoever may read it. */
export function opens(
  show: (view: ReturnType<typeof viewContext>, facts: operation.TeamFacts, call: ActionCall) => unknown,
) {
  return async (call: ActionCall): Promise<void> => {
    const { facts } = await operation.readTeam(call.ctx, call.value)
    await call.ui.open((await show(viewContext(call), facts, call)) as never)
  }
}

/** A form that calls the reason by another name shows a refusal of it there. */
export async function withField<T>(field: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof TocsinError && error.field === 'reason')
      throw new TocsinError(error.code, { field, details: error.details })
    throw error
  }
}
