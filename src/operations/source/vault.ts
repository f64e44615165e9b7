import type { Source } from '../../db/sources.ts'
import type { Repos } from '../../db/store.ts'
import { type Vault, VaultError } from '../../db/vault.ts'
import type { Grading, SourceIdentity } from '../../domain/source.ts'
import { isCredibility, isReliability } from '../../domain/source.ts'
import { TocsinError } from '../../errors.ts'
import { actorId, type Ctx, type Open } from '../context.ts'
import { registeredPerson } from '../permission.ts'

/** @throws TocsinError `no_vault_key`. */
export function requireVault(ctx: Ctx): Vault {
  if (!ctx.vault) throw new TocsinError('no_vault_key')
  return ctx.vault
}

/**
 * The source, for its recorder and its deputy; for everybody else it does not exist, whatever role they hold.
 *
 * @throws TocsinError `not_registered`, `not_found`.
 */
export async function keptSource(ctx: Ctx, repos: Repos, sourceId: string): Promise<Source> {
  const person = registeredPerson(ctx)
  const source = await repos.sources.byId(sourceId)
  if (!source || (source.recorder !== person.id && source.deputy !== person.id)) {
    throw new TocsinError('not_found')
  }
  return source
}

/** @throws TocsinError `not_found`, `source_erased`. */
export async function heldSource(ctx: Ctx, repos: Repos, sourceId: string): Promise<Source> {
  const source = await keptSource(ctx, repos, sourceId)
  if (source.erasedAt !== null) throw new TocsinError('source_erased')
  return source
}

/**
 * Opens what is sealed. No error names what was inside.
 *
 * @throws TocsinError `no_vault_key`, `source_erased`, `source_sealed`.
 */
export function openIdentity(ctx: Ctx, source: Source): SourceIdentity {
  const vault = requireVault(ctx)
  const { sealed, wrappedKey, keyId } = source
  if (sealed === null || wrappedKey === null || keyId === null) throw new TocsinError('source_erased')
  try {
    return vault.open(source.id, { sealed, wrappedKey, keyId })
  } catch (error) {
    if (error instanceof VaultError)
      throw new TocsinError('source_sealed', { details: { reason: error.code } })
    throw error
  }
}

/** @throws TocsinError `choice_invalid` with the field. */
export function knownGrading(input: {
  reliability: string
  credibility: number | string
  independent: boolean
}): Grading {
  const credibility = Number(input.credibility)
  if (!isReliability(input.reliability)) throw new TocsinError('choice_invalid', { field: 'reliability' })
  if (!isCredibility(credibility)) throw new TocsinError('choice_invalid', { field: 'credibility' })
  return { reliability: input.reliability, credibility, independent: input.independent }
}

/** An event about a source: who did what, and nothing of whom it is about. */
export async function noteSource(
  open: Open,
  sourceId: string,
  kind: string,
  data: Record<string, unknown> = {},
): Promise<void> {
  const now = open.clock.now()
  await open.tx.events.append({
    at: now,
    recordedAt: now,
    actor: actorId(open),
    kind: `source.${kind}`,
    recordKind: 'source',
    recordId: sourceId,
    data,
  })
}
