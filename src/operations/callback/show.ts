import type { InboundMessage } from '../../db/callbacks.ts'
import type { Parsed } from '../../domain/intake.ts'
import { isReadReason } from '../../domain/source.ts'
import { TocsinError } from '../../errors.ts'
import type { AlertFacts } from '../alert/facts.ts'
import { readAlert } from '../alert/reading.ts'
import { type Ctx, inTransaction } from '../context.ts'
import { messageSealId, openContact, openSealed, type Reach } from '../intake/contact.ts'
import { parsedOf, type Said } from '../intake/receive.ts'
import { registeredPerson } from '../permission.ts'
import { type CallbackFacts, handledCallback } from './facts.ts'

/** A call back, opened for whoever calls back. */
export interface ShownCallback {
  facts: CallbackFacts
  /** Null: withheld, or erased. */
  reach: Reach | null
  messages: (Pick<InboundMessage, 'id' | 'kind' | 'receivedAt' | 'sentAt' | 'skewed'> & {
    said: Said | null
  })[]
  /** What the last text or form says in the agreed words. */
  parsed: Parsed | null
  /** Open alerts that rest on the same source, or came from the same number; those the person may read. */
  alerts: AlertFacts[]
}

/**
 * Opens number and words, for those who may call back, who say why. The access log holds it before it is shown.
 *
 * @param input.reason one of `readReasons`; to call back unless something else is said.
 * @throws TocsinError `not_registered`, `not_found`, `choice_invalid`, `no_vault_key`, `source_sealed`.
 */
export async function showCallback(
  ctx: Ctx,
  input: { callbackId: string; reason?: string },
): Promise<ShownCallback> {
  const person = registeredPerson(ctx)
  const { reason = 'call_back' } = input
  if (!isReadReason(reason)) throw new TocsinError('choice_invalid', { field: 'reason' })
  const facts = await inTransaction(ctx, async repos => {
    const found = await handledCallback(ctx, repos, input.callbackId)
    await repos.access.add({
      at: ctx.clock.now(),
      personId: person.id,
      layer: 'source',
      recordKind: 'callback',
      recordId: found.callback.id,
      reason,
    })
    return found
  })
  const rows = await ctx.store.read.callbacks.messages(facts.callback.id)
  const messages = rows.map(row => ({ ...row, said: openSealed<Said>(ctx, messageSealId(row.id), row) }))
  const last = messages.findLast(({ said }) => said !== null && (said.text !== null || said.fields !== null))
  return {
    facts,
    reach: facts.contact ? openContact(ctx, facts.contact) : null,
    messages,
    parsed: last?.said ? parsedOf(ctx, last.said, facts.callback.sector) : null,
    alerts: await alertsOf(ctx, facts),
  }
}

async function alertsOf(ctx: Ctx, { source, contact }: CallbackFacts): Promise<AlertFacts[]> {
  const { read } = ctx.store
  const resting = source ? (await read.sources.links(source.id)).map(({ alertId }) => alertId) : []
  const earlier = contact
    ? (await read.callbacks.raisedOf(contact.id)).flatMap(({ alertId }) => alertId ?? [])
    : []
  const found: AlertFacts[] = []
  for (const id of new Set([...resting, ...earlier])) {
    const facts = await readAlert(ctx, id).catch((error: unknown) => {
      if (error instanceof TocsinError && error.code === 'not_found') return null
      throw error
    })
    if (facts?.alert.lifecycle === 'open') found.push(facts)
  }
  return found
}
