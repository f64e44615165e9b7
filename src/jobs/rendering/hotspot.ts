import type { Locales } from '../../locales/index.ts'
import { mayBeShown } from '../../operations/channel.ts'
import { hotspotFacts } from '../../operations/hotspot/facts.ts'
import { type HotspotFile, hotspotFileRecord } from '../../operations/hotspot/file.ts'
import { clusterFor, pointOutCluster } from '../../operations/hotspot/near.ts'
import { partsFor } from '../../operations/hotspot/parts.ts'
import { categoriesInForce } from '../../operations/matrix/facts.ts'
import { teamsAt } from '../../operations/team/at-place.ts'
import { hiddenCard } from '../../views/alert/card.ts'
import { hotspotCard } from '../../views/hotspot/card.ts'
import { clusterMessage } from '../../views/hotspot/list.ts'
import { rankBlocks } from '../../views/matrix/phrases.ts'
import { placeTeamBlocks } from '../../views/team/at-place.ts'
import { createAside } from '../aside/index.ts'
import type { Renderer } from '../contract.ts'
import { audience, withheld } from './audience.ts'
import type { RenderingFamily } from './index.ts'

/** A hotspot's card for the least-cleared reader its target could hold; nothing where one of them may not read it. */
function hotspotCardRenderer(locales: Locales): Renderer {
  return async (ctx, entry) => {
    const repos = ctx.store.read
    const row = await repos.hotspots.byId(entry.recordId)
    const to = row && (await audience(ctx, locales, entry.target))
    if (!row || !to) return { do: 'drop', code: 'gone' }
    const [facts] = await hotspotFacts(repos, ctx.mission, ctx.clock.now(), [row])
    const view = { words: to.words, mission: ctx.mission, now: ctx.clock.now() }
    if (!facts || !mayBeShown(ctx, facts.shared, 'record', to.reader))
      return withheld(ctx, entry, row.id, hiddenCard(view))
    const parts = await partsFor(ctx, facts, to.reader)
    const more = [
      ...placeTeamBlocks(view, row.id, await teamsAt(ctx, row.id, to.reader)),
      ...rankBlocks(view, (await categoriesInForce(repos, [row.id])).get(row.id) ?? null),
    ]
    return { do: 'card', recordId: row.id, message: hotspotCard(view, facts, { ...parts, more }) }
  }
}

/** A picture or a file for the one person who asked, made aside. */
function fileRenderer(): Renderer {
  const aside = createAside()
  return async (ctx, { target, data }) => {
    const personId = target.slice('person:'.length)
    const { form, sector } = data as { form: HotspotFile; sector: string | null }
    const file = await aside(ctx, { do: 'hotspots', personId, form, sector })
    return file ? { do: 'file', recordId: hotspotFileRecord(form), file } : { do: 'drop', code: 'gone' }
  }
}

/** To whoever chairs: a cluster of alerts, of which they may read as many as make one, and still no hotspot. */
function clusterRenderer(locales: Locales): Renderer {
  return async (ctx, entry) => {
    const to = await audience(ctx, locales, entry.target)
    const alert = await ctx.store.read.alerts.byId(entry.recordId)
    if (!to || !alert) return { do: 'drop', code: 'gone' }
    const cluster = await clusterFor(ctx, alert, to.reader)
    if (!cluster) return { do: 'drop', code: 'overtaken' }
    const view = { words: to.words, mission: ctx.mission, now: ctx.clock.now() }
    return { do: 'line', message: clusterMessage(view, cluster) }
  }
}

export const hotspotRendering: RenderingFamily = {
  lines: locales => ({ 'hotspot.file': fileRenderer(), 'hotspot.cluster': clusterRenderer(locales) }),
  timers: { 'hotspot.cluster': pointOutCluster },
  cards: locales => ({ hotspot: hotspotCardRenderer(locales) }),
}
