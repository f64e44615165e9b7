import { type Sealed, type Vault, VaultError } from '../../db/vault.ts'
import type { Open } from '../context.ts'
import { PHONE_PURPOSE } from '../sms/phone.ts'
import { digestsOf, messageSealId, phoneSealId, type Reach, sealId } from './contact.ts'

interface Row {
  sealed: string | null
  wrappedKey: string | null
  keyId: string | null
}

/**
 * Wraps the data keys of numbers and messages with the vault's current key, and finds numbers by it from now on. Part
 * of another operation.
 *
 * @returns how many were moved, and how many could not be opened with the keys given.
 */
export async function rotateIntake(open: Open, vault: Vault): Promise<{ moved: number; unopened: number }> {
  const { contacts, callbacks } = open.tx
  let moved = 0
  let unopened = 0
  const each = async (id: string, row: Row, store: (from: Sealed, to: Sealed) => Promise<unknown>) => {
    const { sealed, wrappedKey, keyId } = row
    if (sealed === null || wrappedKey === null || keyId === null) return
    const before = { sealed, wrappedKey, keyId }
    try {
      const after = vault.rewrap(id, before)
      if (!after) return
      await store(before, after)
      moved++
    } catch (error) {
      if (!(error instanceof VaultError)) throw error
      unopened++
    }
  }
  for (const contact of await contacts.held())
    await each(sealId(contact.id), contact, (from, to) => {
      const [digest] = digestsOf(vault, vault.open<Reach>(sealId(contact.id), from))
      return contacts.update(contact.id, { ...to, digest })
    })
  for (const phone of await contacts.phones())
    await each(phoneSealId(phone.personId), phone, (from, to) => {
      const { number } = vault.open<{ number: string }>(phoneSealId(phone.personId), from)
      return contacts.setPhone({ ...phone, ...to, digest: vault.digests(PHONE_PURPOSE, number)[0] })
    })
  for (const message of await callbacks.sealedMessages())
    await each(messageSealId(message.id), message, (from, to) =>
      callbacks.rewrapMessage(message.id, from.wrappedKey, to),
    )
  return { moved, unopened }
}
