import type { Contact } from '../../db/contacts.ts'
import type { Source } from '../../db/sources.ts'
import { type Vault, VaultError } from '../../db/vault.ts'
import { numbersIn, type Sender } from '../../domain/phone.ts'
import { TocsinError } from '../../errors.ts'
import type { Ctx, Open } from '../context.ts'
import { requireVault } from '../source/vault.ts'

/** What a contact's row holds sealed. */
export interface Reach {
  kind: 'number' | 'short' | 'name'
  /** E.164, or the short code or letters as said. */
  said: string
}

/** The purpose under which numbers are found again; people's own telephones are found under another. */
const PURPOSE = 'number'

export const digestsOf = (vault: Vault, { kind, said }: Reach): [string, ...string[]] =>
  vault.digests(PURPOSE, kind === 'number' ? said : `${kind}:${said.toLowerCase()}`)

/** What can be found again of a sender; null for a withheld number. */
export function reachOf(sender: Sender): Reach | null {
  if (sender.kind === 'hidden') return null
  return { kind: sender.kind, said: sender.kind === 'number' ? sender.number : sender.said }
}

/** The row of whoever rang or wrote, made now where there is none. */
export async function enterContact(open: Open, reach: Reach): Promise<Contact> {
  const vault = requireVault(open)
  const digests = digestsOf(vault, reach)
  const now = open.clock.now()
  const known = await open.tx.contacts.byDigest(digests)
  if (known) {
    await open.tx.contacts.update(known.id, { lastAt: now })
    return { ...known, lastAt: now }
  }
  const id = open.ids.id()
  const contact: Contact = {
    id,
    digest: digests[0],
    ...vault.seal(sealId(id), reach),
    verdict: 'unknown',
    sourceId: null,
    decidedBy: null,
    decidedAt: null,
    createdAt: now,
    lastAt: now,
  }
  await open.tx.contacts.insert(contact)
  return contact
}

/** Numbers that stand in how a source is reached: a call from one of them comes from a known source. */
export async function linkNumbers(
  open: Open,
  source: Pick<Source, 'id'>,
  reach: string | null,
): Promise<void> {
  const by = open.actor.kind === 'person' ? open.actor.person.id : null
  for (const said of numbersIn(reach ?? '', open.mission.intake.country)) {
    const { id, sourceId } = await enterContact(open, { kind: 'number', said })
    if (sourceId === null)
      await open.tx.contacts.update(id, {
        verdict: 'source',
        sourceId: source.id,
        decidedBy: by,
        decidedAt: open.clock.now(),
      })
  }
}

/** Opens a number; null where it was erased. @throws TocsinError `no_vault_key`, `source_sealed`. */
export function openContact(ctx: Ctx, contact: Contact): Reach | null {
  return openSealed<Reach>(ctx, sealId(contact.id), contact)
}

/** Opens what is sealed in a row of the intake; null where it was erased. @throws TocsinError `no_vault_key`, `source_sealed`. */
export function openSealed<T>(
  ctx: Ctx,
  id: string,
  row: { sealed: string | null; wrappedKey: string | null; keyId: string | null },
): T | null {
  const { sealed, wrappedKey, keyId } = row
  if (sealed === null || wrappedKey === null || keyId === null) return null
  try {
    return requireVault(ctx).open<T>(id, { sealed, wrappedKey, keyId })
  } catch (error) {
    if (error instanceof VaultError)
      throw new TocsinError('source_sealed', { details: { reason: error.code } })
    throw error
  }
}

/** What a number is bound to when it is sealed. */
export const sealId = (contactId: string): string => `contact:${contactId}`
/** What the words of a message are bound to. */
export const messageSealId = (messageId: string): string => `inbound:${messageId}`
/** What a person's own number is bound to. */
export const phoneSealId = (personId: string): string => `phone:${personId}`
