import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction } from '../context.ts'
import { exposedIn } from './facts.ts'
import { noteChannel, requireRegistrar } from './register.ts'
import { withdrawPostings } from './removal.ts'

/**
 * Deletes what the bot said in a channel and somebody in it may not read now.
 *
 * @returns how many messages are being deleted.
 * @throws TocsinError `not_registrar`, `channel_unknown`, `nothing_to_withdraw`.
 */
export async function withdrawFrom(ctx: Ctx, channelId: string): Promise<number> {
  requireRegistrar(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const channel = await repos.channels.byId(channelId)
    if (!channel) throw new TocsinError('channel_unknown')
    const { postings } = await exposedIn(open, repos, channel)
    if (postings.length === 0) throw new TocsinError('nothing_to_withdraw')
    await withdrawPostings(open, postings)
    await repos.channels.update(channelId, { exposedSince: null })
    await noteChannel(open, channelId, 'channel.withdrawn', {
      messages: postings.length,
      records: [...new Set(postings.flatMap(({ holds }) => holds))],
    })
    return postings.length
  })
}
