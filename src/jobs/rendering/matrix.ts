import { staleRows } from '../../domain/matrix/adopt.ts'
import type { Reader } from '../../domain/sharing.ts'
import type { Locales } from '../../locales/index.ts'
import { mayBeShown } from '../../operations/channel.ts'
import type { Ctx } from '../../operations/context.ts'
import { hotspotFacts } from '../../operations/hotspot/facts.ts'
import { chaseStale } from '../../operations/matrix/adopt.ts'
import { forReader, type RoundFacts, roundFacts } from '../../operations/matrix/facts.ts'
import { remindRaters } from '../../operations/matrix/round.ts'
import { hiddenCard } from '../../views/alert/card.ts'
import { roundCard } from '../../views/matrix/card.ts'
import {
  highNeedMessage,
  readyMessage,
  reminderMessage,
  roundLine,
  staleMessage,
} from '../../views/matrix/lines.ts'
import type { Renderer } from '../contract.ts'
import { audience, withheld } from './audience.ts'
import type { RenderingFamily } from './index.ts'

/** The round as everybody behind the reader may see it; null where one of them may not. */
async function roundFor(ctx: Ctx, roundId: string, reader: Reader): Promise<RoundFacts | null> {
  const repos = ctx.store.read
  const round = await repos.matrix.roundById(roundId)
  const facts = round && (await roundFacts(ctx, repos, round))
  return facts && mayBeShown(ctx, facts.shared, 'record', reader) ? forReader(ctx, facts, reader) : null
}

function roundRenderer(
  locales: Locales,
  kind: 'card' | 'line' | 'reminder' | 'ready' | 'high_need',
): Renderer {
  return async (ctx, entry) => {
    const to = await audience(ctx, locales, entry.target)
    if (!to) return { do: 'drop', code: 'gone' }
    const view = { words: to.words, mission: ctx.mission, now: ctx.clock.now() }
    const facts = await roundFor(ctx, entry.recordId, to.reader)
    if (!facts) return withheld(ctx, entry, entry.recordId, hiddenCard(view))
    if (kind === 'card') return { do: 'card', recordId: facts.round.id, message: roundCard(view, facts) }
    if (kind === 'line') {
      const message = roundLine(view, facts, String(entry.data.line))
      return { do: 'line', message, threadOf: facts.round.id }
    }
    if (kind === 'high_need') {
      if (facts.highNeed.length === 0) return { do: 'drop', code: 'overtaken' }
      return { do: 'line', message: highNeedMessage(view, facts) }
    }
    if (facts.round.state !== 'open') return { do: 'drop', code: 'overtaken' }
    return {
      do: 'line',
      message: kind === 'ready' ? readyMessage(view, facts) : reminderMessage(view, facts),
    }
  }
}

/** Rows past their review, for the chair, with those of their places that the chair may read. */
function staleRenderer(locales: Locales): Renderer {
  return async (ctx, entry) => {
    const to = await audience(ctx, locales, entry.target)
    const version = (await ctx.store.read.matrix.versions()).find(({ id }) => id === entry.recordId)
    if (!to || !version) return { do: 'drop', code: 'gone' }
    const view = { words: to.words, mission: ctx.mission, now: ctx.clock.now() }
    const { matrix, hotspots } = ctx.store.read
    const stale = staleRows(await matrix.rowsOf([version.id]), view.now)
    const rows = await hotspots.byIds(stale.map(({ hotspotId }) => hotspotId))
    const places = (await hotspotFacts(ctx.store.read, ctx.mission, view.now, rows)).filter(
      ({ hotspot, shared }) => hotspot.state === 'listed' && mayBeShown(ctx, shared, 'record', to.reader),
    )
    const holds = places.map(({ hotspot }) => hotspot.id)
    return { do: 'line', message: staleMessage(view, version, places), holds }
  }
}

export const matrixRendering: RenderingFamily = {
  cards: locales => ({ matrix: roundRenderer(locales, 'card') }),
  lines: locales => ({
    'matrix.line': roundRenderer(locales, 'line'),
    'matrix.reminder': roundRenderer(locales, 'reminder'),
    'matrix.ready': roundRenderer(locales, 'ready'),
    'matrix.high_need': roundRenderer(locales, 'high_need'),
    'matrix.stale': staleRenderer(locales),
  }),
  timers: { 'matrix.remind': remindRaters, 'matrix.review': chaseStale },
}
