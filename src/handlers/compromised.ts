import { TocsinError } from '../errors.ts'
import { administeredSide, answeringSide, requireAdministrator } from '../operations/administrators.ts'
import { baseNamed, closeAccess, peopleAt } from '../operations/compromised.ts'
import { namedPerson } from '../operations/people.ts'
import { closedModal, closeModal } from '../views/compromised.ts'
import type { CommandCall, ViewAnswer, ViewCall } from './contract.ts'
import { readForm, readMetadata } from './form.ts'
import { mentionedUser } from './mention.ts'
import { viewContext } from './view-context.ts'

/** `/poc compromised @person` or a base: one form, with those it is about chosen already. */
export async function compromisedCommand(call: CommandCall): Promise<void> {
  const { ctx } = call
  requireAdministrator(ctx, administeredSide(ctx)?.side ?? null)
  const userId = mentionedUser(call.text)
  if (userId !== null) {
    const person = await namedPerson(ctx.store.read, { userId }, call.person)
    requireAdministrator(ctx, await answeringSide(ctx.store.read, person))
    await call.ui.open(closeModal(viewContext(call), [person], null))
    return
  }
  const base = baseNamed(ctx.mission, call.text)
  if (call.text !== '' && !base)
    throw new TocsinError('no_base_or_person', { details: { value: call.text.slice(0, 80) } })
  const people = base ? await peopleAt(ctx, base) : []
  await call.ui.open(
    closeModal(
      viewContext(call),
      people.filter(({ id }) => id !== call.person.id),
      base,
    ),
  )
}

export async function closeSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { base = null } = readMetadata<{ base: string | null }>(call.privateMetadata)
  const form = readForm(call.values)
  const closed = await closeAccess(call.ctx, {
    people: form.users('people').map(userId => ({ userId })),
    base,
    note: form.text('note'),
  })
  return { update: closedModal(viewContext(call), closed) }
}
