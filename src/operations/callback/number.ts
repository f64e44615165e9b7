import type { Contact } from '../../db/contacts.ts'
import type { Source } from '../../db/sources.ts'
import { TocsinError } from '../../errors.ts'
import type { AlertFacts } from '../alert/facts.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { openContact } from '../intake/contact.ts'
import { registeredPerson } from '../permission.ts'
import { gradeSourceOf, sealSource } from '../source/record.ts'
import { optionalText } from '../text.ts'
import { type CallbackFacts, callbackFacts, handledCallback } from './facts.ts'
import { refreshCallback } from './tell.ts'

/** How long the words for who somebody is may be, in code points. */
const NAME_MAX = 200

/**
 * Says whose number it is: that of a source the person keeps, of somebody new, or nobody's in particular.
 *
 * @param input.verdict `source` or `nobody`.
 * @param input.sourceId a source the person recorded or is deputy for; null: a new one.
 * @throws TocsinError `not_registered`, `not_found`, `choice_invalid`, `text_too_long`.
 */
export async function decideNumber(
  ctx: Ctx,
  input: { callbackId: string; verdict: string; sourceId?: string | null; name?: string | null },
): Promise<CallbackFacts> {
  const person = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await handledCallback(open, repos, input.callbackId)
    const { contact } = facts
    if (!contact) throw new TocsinError('not_found')
    if (input.verdict !== 'source' && input.verdict !== 'nobody')
      throw new TocsinError('choice_invalid', { field: 'verdict' })
    let source: Source | null = null
    if (input.verdict === 'source') {
      const kept = await repos.sources.ofPerson(person.id)
      source = input.sourceId
        ? (kept.find(({ id, erasedAt }) => id === input.sourceId && erasedAt === null) ?? null)
        : await newSource(open, contact, input.name ?? null)
      if (!source) throw new TocsinError('not_found', { field: 'source' })
    }
    await settleNumber(open, contact, input.verdict, source)
    await refreshCallback(open, facts.callback)
    return callbackFacts(open, repos, facts.callback)
  })
}

async function settleNumber(
  open: Open,
  contact: Contact,
  verdict: 'source' | 'nobody',
  source: Source | null,
): Promise<void> {
  const by = registeredPerson(open).id
  await open.tx.contacts.update(contact.id, {
    verdict,
    sourceId: source?.id ?? null,
    decidedBy: by,
    decidedAt: open.clock.now(),
  })
}

/** A source of whom no more may be known than the number. */
async function newSource(open: Open, contact: Contact, name: string | null): Promise<Source> {
  const person = registeredPerson(open)
  const reach = openContact(open, contact)
  return sealSource(open, person, {
    name: optionalText(name, 'name', NAME_MAX) ?? '?',
    reach: reach?.said ?? null,
    language: null,
    safeTimes: null,
    note: null,
  })
}

/** The alert rests on whoever rang: on their source, made now where the number was nobody's yet. */
export async function restOn(
  open: Open,
  { contact, source, verdict }: CallbackFacts,
  facts: AlertFacts,
  said: { verdict: string; name: string | null },
): Promise<void> {
  if (!contact) return
  let behind = source
  if (verdict === 'unknown') {
    const nobody = said.verdict === 'nobody'
    behind = nobody ? null : await newSource(open, contact, said.name)
    await settleNumber(open, contact, nobody ? 'nobody' : 'source', behind)
  }
  if (!behind) return
  const current = facts.into?.facts ?? facts
  const links = await open.tx.sources.links(behind.id)
  if (links.some(({ alertId }) => alertId === current.alert.id)) return
  // Nothing is known yet of how far it can be relied upon.
  await gradeSourceOf(open, behind, current, { reliability: 'F', credibility: 6, independent: true })
}
