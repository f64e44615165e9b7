import type { Reader } from '../../domain/sharing.ts'
import type { Locales, Words } from '../../locales/index.ts'
import { channelReader, personReader } from '../../operations/channel.ts'
import type { Ctx } from '../../operations/context.ts'
import type { Rendered } from '../../ports.ts'
import type { Delivery, OutboxEntry } from '../contract.ts'

/** Who reads at an outbox target, in which words; null for a target that is gone. */
export async function audience(
  ctx: Ctx,
  locales: Locales,
  target: string,
): Promise<{ reader: Reader; words: Words; personId?: string } | null> {
  const repos = ctx.store.read
  const now = ctx.clock.now()
  if (target.startsWith('person:')) {
    const personId = target.slice('person:'.length)
    const person = await repos.people.byId(personId)
    if (!person) return null
    return {
      reader: await personReader(repos, person, now),
      words: locales.words(person.locale, person.zone),
      personId,
    }
  }
  const channel = await repos.channels.byId(target)
  if (!channel) return null
  return { reader: await channelReader(repos, channel, now), words: locales.words(channel.language) }
}

/**
 * What is delivered in place of a record that somebody behind the target may not read. A card left standing would go on
 * showing it, so it is hidden; whatever else is not said.
 */
export async function withheld(
  ctx: Ctx,
  entry: OutboxEntry,
  recordId: string,
  hidden: Rendered,
): Promise<Delivery> {
  const stands = entry.kind === 'card' && (await ctx.store.read.cards.get(recordId, entry.target))
  return stands
    ? { do: 'card', recordId, message: hidden, withheld: true }
    : { do: 'drop', code: 'not_for_this_audience' }
}
