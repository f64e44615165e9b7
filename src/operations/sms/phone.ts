import { phoneNumber } from '../../domain/phone.ts'
import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { phoneSealId } from '../intake/contact.ts'
import { registeredPerson } from '../permission.ts'
import { requireVault } from '../source/vault.ts'
import { note } from '../telling.ts'

/** The purpose under which a person's own telephone is found again by its number. */
export const PHONE_PURPOSE = 'phone'

/**
 * Keeps the number to which the acting person wants to be sent texts, sealed. Nobody sees it, they themselves included.
 *
 * @param input.number with its country's code.
 * @throws TocsinError `not_registered`, `no_vault_key`, `phone_invalid`.
 */
export async function setPhone(ctx: Ctx, input: { number: string }): Promise<void> {
  const person = registeredPerson(ctx)
  const vault = requireVault(ctx)
  const { country } = ctx.mission.intake
  const number = phoneNumber(input.number, country)
  if (number === null || !/^\+[1-9]/.test(number)) throw new TocsinError('phone_invalid', { field: 'number' })
  await inTransaction(ctx, async (repos, open) => {
    await repos.contacts.setPhone({
      personId: person.id,
      digest: vault.digests(PHONE_PURPOSE, number)[0],
      ...vault.seal(phoneSealId(person.id), { number }),
      setAt: ctx.clock.now(),
    })
    await note(open, { kind: 'person', id: person.id }, 'person.phone_set')
  })
}

/** Forgets the acting person's number; harmless where there is none. @throws TocsinError `not_registered`. */
export async function removePhone(ctx: Ctx): Promise<void> {
  const person = registeredPerson(ctx)
  await inTransaction(ctx, (_, open) => forgetPhone(open, person.id))
}

/** Since when the acting person's number is kept (epoch ms); null: none is. @throws TocsinError `not_registered`. */
export async function myPhone(ctx: Ctx): Promise<number | null> {
  const person = registeredPerson(ctx)
  return (await ctx.store.read.contacts.phone(person.id))?.setAt ?? null
}

/** Forgets a person's number: they left, or their telephone is in other hands. Part of another operation. */
export async function forgetPhone(open: Open, personId: string): Promise<void> {
  if (await open.tx.contacts.removePhone(personId))
    await note(open, { kind: 'person', id: personId }, 'person.phone_removed')
}
