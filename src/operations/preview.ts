import type { Layer, Reader } from '../domain/sharing.ts'
import { peopleIn } from './alert/facts.ts'
import { type Preview, previewChange, restrictedParts } from './alert/preview.ts'
import { obstacleIn } from './channel/facts.ts'
import { channelReader, mayBeShown, personReader } from './channel.ts'
import type { Ctx } from './context.ts'
import { registeredPerson, roleKey } from './permission.ts'
import type { Draft } from './preview/draft.ts'
import { type About, drafted } from './preview/drafts.ts'

export type { About }

/**
 * Who would see what the acting person is about to record, to change or to propose, and which parts of it each would
 * read: asked of the rule that decides it when it is said, before anything is sent. One for every kind of record.
 *
 * @throws TocsinError `not_registered`, `not_found`, `unknown_term`.
 */
export async function previewRecord(ctx: Ctx, about: About): Promise<Preview> {
  const author = registeredPerson(ctx)
  if (about.noun === 'alert') return previewChange(ctx, about.alertId, about.change)
  const repos = ctx.store.read
  const now = ctx.clock.now()
  const draft = await drafted(ctx, about)
  const { record, within, layer, restricted = [], notes = [], anybody, partly, unsigned = false } = draft
  const channels: Preview['channels'] = []
  for (const id of new Set(draft.channels)) {
    const channel = await repos.channels.byId(id)
    if (!channel) continue
    const { obstacle: own } = await obstacleIn(ctx, repos, channel, record)
    const obstacle = own ?? (within ? (await obstacleIn(ctx, repos, channel, within)).obstacle : null)
    // What stands in a layer is said to its holders alone, and in no channel.
    const stands = layer === 'record' && obstacle === null
    const reader = await channelReader(repos, channel, now)
    const parts = stands ? partsFor(ctx, draft, reader) : []
    channels.push({ id, obstacle, layers: parts.filter(part => draft.inChannels?.includes(part) ?? true) })
  }
  const known = [...new Map(draft.posts.map(ref => [roleKey(ref), ref])).values()]
  const posts: Preview['posts'] = []
  for (const ref of known) {
    const [holder] = await peopleIn(repos, ref, now)
    if (!holder) continue
    const reader = await personReader(repos, holder, now)
    const of = partly?.people.includes(holder.id) ? partly.of : undefined
    posts.push({ role: ref, layers: partsFor(ctx, draft, reader), ...(of ? { of } : {}) })
  }
  // Whoever proposes a release reads the record already.
  if (about.noun !== 'release' && !unsigned) {
    const own = partsFor(ctx, draft, await personReader(repos, author, now))
    posts.push({ role: null, layers: layer === 'record' ? ['record', ...own.slice(1)] : ['record', layer] })
  }
  return {
    of: about.noun === 'release' && about.what === 'summary' ? 'summary' : 'record',
    channels,
    posts,
    anybody: anybody.filter(constituency =>
      [record, ...(within ? [within] : [])].every(each =>
        mayBeShown(ctx, { ...each, named: [] }, 'record', {
          kind: 'person',
          personId: author.id,
          constituency,
          roles: [],
        }),
      ),
    ),
    restricted: restrictedParts(ctx.mission, restricted),
    notes,
  }
}

/** The parts of what is drafted that everybody behind `reader` may read; none where they may not read the record. */
function partsFor(
  ctx: Ctx,
  { record, within, layer, restricted = [] }: Pick<Draft, 'record' | 'within' | 'layer' | 'restricted'>,
  reader: Reader,
): Layer[] {
  if (!mayBeShown(ctx, record, layer, reader)) return []
  if (within && !mayBeShown(ctx, within, 'record', reader)) return []
  return ['record', ...restricted.filter(part => mayBeShown(ctx, record, part, reader))]
}
