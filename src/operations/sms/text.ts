import type { Text } from '../../db/texts.ts'
import type { Alert } from '../../domain/alert.ts'
import type { Slot } from '../../domain/mission.ts'
import { codeFrom } from '../../domain/sms.ts'
import type { Ctx, Open, Person } from '../context.ts'
import { openSealed, phoneSealId } from '../intake/contact.ts'
import { requireVault } from '../source/vault.ts'

/** Whether a person would be sent a text about this alert: never about an exercise, and only where they asked for it. */
export async function isTexted(
  open: Open,
  alert: Pick<Alert, 'exercise'>,
  person: Pick<Person, 'id'>,
): Promise<boolean> {
  if (alert.exercise || open.vault === null) return false
  return (await open.tx.contacts.phone(person.id)) !== null
}

/**
 * Puts a text to an owner into the outbox: what it says is made at delivery. Part of another operation, which has
 * asked {@link isTexted}.
 *
 * @param asks whether it asks for an acknowledgement, and so carries a one-time code.
 */
export async function textOwner(
  open: Open,
  alert: Pick<Alert, 'id'>,
  to: { slot: Slot; rung: number; person: Pick<Person, 'id'> },
  asks: boolean,
): Promise<void> {
  const id = open.ids.id()
  const now = open.clock.now()
  const { slot, rung, person } = to
  await open.tx.texts.insert({
    id,
    personId: person.id,
    alertId: alert.id,
    slot,
    rung,
    asks,
    createdAt: now,
    expiresAt: now + open.mission.intake.texts.codeValidMs,
  })
  await open.tx.outbox.add({
    id: open.ids.id(),
    kind: 'alert.sms',
    recordId: alert.id,
    target: `phone:${person.id}`,
    data: { text: id },
    urgent: true,
  })
}

/** The one-time codes of a text: of the vault's current key first, and of those before. They are stored nowhere. */
export function oneTimeCodes(ctx: Pick<Ctx, 'vault'>, text: Pick<Text, 'id'>): string[] {
  return requireVault(ctx as Ctx)
    .digests('code', text.id)
    .map(codeFrom)
}

/** A person's own number, for the moment of sending; null where they have none any more. */
export async function numberOf(ctx: Ctx, personId: string): Promise<string | null> {
  const phone = await (ctx.tx ?? ctx.store.read).contacts.phone(personId)
  return phone && (openSealed<{ number: string }>(ctx, phoneSealId(personId), phone)?.number ?? null)
}
