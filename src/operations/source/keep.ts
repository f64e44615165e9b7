import { VaultError } from '../../db/vault.ts'
import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { rotateIntake } from '../intake/keep.ts'
import { registeredPerson } from '../permission.ts'
import { scrubSoon } from '../retention.ts'
import { heldSource, keptSource, noteSource, requireVault } from './vault.ts'

/**
 * Nobody may get in touch with the sources a person recorded or is deputy for: their phone or their notes may be in
 * other hands. Part of another operation, which has asked permission.
 *
 * @returns how many were not marked before.
 */
export async function markDoNotContact(open: Open, personId: string): Promise<number> {
  const marked = await open.tx.sources.markDoNotContact(personId, open.clock.now())
  if (marked > 0) {
    for (const source of await open.tx.sources.ofPerson(personId))
      if (source.doNotContact === open.clock.now()) await noteSource(open, source.id, 'do_not_contact')
  }
  return marked
}

/**
 * Passes the sources a person recorded, or is deputy for, to somebody who has accepted them. Part of another
 * operation, which has asked permission and both of them.
 *
 * @returns how many passed.
 */
export async function handOverSources(open: Open, from: string, to: string): Promise<number> {
  const kept = (await open.tx.sources.ofPerson(from)).filter(({ erasedAt }) => erasedAt === null)
  for (const source of kept) {
    const patch =
      source.recorder === from
        ? { recorder: to, ...(source.deputy === to ? { deputy: null } : {}) }
        : { deputy: source.recorder === to ? null : to }
    await open.tx.sources.update(source.id, patch)
    await noteSource(open, source.id, 'handed_over', { from, to })
  }
  return kept.length
}

/**
 * Says that one source must not be contacted, or may be again; by its recorder or deputy.
 *
 * @throws TocsinError `not_registered`, `not_found`.
 */
export async function setDoNotContact(
  ctx: Ctx,
  input: { sourceId: string; doNotContact: boolean },
): Promise<void> {
  registeredPerson(ctx)
  await inTransaction(ctx, async (repos, open) => {
    const source = await keptSource(open, repos, input.sourceId)
    if ((source.doNotContact !== null) === input.doNotContact) return
    await repos.sources.update(source.id, { doNotContact: input.doNotContact ? open.clock.now() : null })
    await noteSource(open, source.id, input.doNotContact ? 'do_not_contact' : 'may_contact')
  })
}

/**
 * Says that a source agreed to be sent the mission's one word after it wrote, or takes that back; by its recorder or
 * deputy. Nothing is ever sent to any other.
 *
 * @throws TocsinError `not_registered`, `not_found`, `source_erased`.
 */
export async function setReplyAgreed(ctx: Ctx, input: { sourceId: string; agreed: boolean }): Promise<void> {
  registeredPerson(ctx)
  await inTransaction(ctx, async (repos, open) => {
    const source = await heldSource(open, repos, input.sourceId)
    if ((source.replyAgreed !== null) === input.agreed) return
    await repos.sources.update(source.id, { replyAgreed: input.agreed ? open.clock.now() : null })
    await noteSource(open, source.id, input.agreed ? 'reply_agreed' : 'reply_refused')
  })
}

/**
 * Erases who a source is, for good; by its recorder or deputy. How many sources an alert has and how they were
 * graded stays true.
 *
 * @throws TocsinError `not_registered`, `not_found`.
 */
export async function eraseSource(ctx: Ctx, sourceId: string): Promise<void> {
  registeredPerson(ctx)
  await inTransaction(ctx, async (repos, open) => {
    const source = await keptSource(open, repos, sourceId)
    if (await repos.sources.erase(source.id, open.clock.now())) await noteSource(open, source.id, 'erased')
  })
  scrubSoon(ctx)
}

/**
 * Erases who the sources recorded before `before` (epoch ms) are: retention, and the operator at a mission's end.
 *
 * @returns how many.
 * @throws TocsinError `not_allowed` for a person.
 */
export async function eraseSourcesBefore(ctx: Ctx, before: number): Promise<number> {
  requireSystem(ctx)
  const erased = await inTransaction(ctx, async (repos, open) => {
    const due = await repos.sources.held(before)
    for (const source of due) {
      await repos.sources.erase(source.id, open.clock.now())
      await noteSource(open, source.id, 'erased')
    }
    return due.length
  })
  scrubSoon(ctx)
  return erased
}

/**
 * Wraps every data key with the current key of the vault, so that the keys of before can be thrown away.
 *
 * @returns how many were moved, and how many could not be opened with the keys given.
 * @throws TocsinError `not_allowed` for a person, `no_vault_key`.
 */
export async function rotateVault(ctx: Ctx): Promise<{ moved: number; unopened: number }> {
  requireSystem(ctx)
  const vault = requireVault(ctx)
  return inTransaction(ctx, async (repos, open) => {
    let moved = 0
    let unopened = 0
    for (const { id, sealed, wrappedKey, keyId } of await repos.sources.held()) {
      if (sealed === null || wrappedKey === null || keyId === null) continue
      try {
        const row = vault.rewrap(id, { sealed, wrappedKey, keyId })
        if (row && (await repos.sources.rewrap(id, wrappedKey, row))) moved++
      } catch (error) {
        if (!(error instanceof VaultError)) throw error
        unopened++
      }
    }
    const intake = await rotateIntake(open, vault)
    moved += intake.moved
    unopened += intake.unopened
    const now = open.clock.now()
    if (moved > 0)
      await repos.events.append({
        at: now,
        recordedAt: now,
        actor: 'system',
        kind: 'vault.rotated',
        recordKind: 'store',
        recordId: 'vault',
        data: { keyId: vault.keyId, moved, unopened },
      })
    return { moved, unopened }
  })
}

function requireSystem(ctx: Ctx): void {
  if (ctx.actor.kind !== 'system') throw new TocsinError('not_allowed')
}
