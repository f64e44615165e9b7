/** The hotspots on the list, what is missing at them, and files of them. */
import { sectorNamed } from '../../domain/alert-filter.ts'
import { type HotspotFilter, layersFor } from '../../operations/hotspot/reading.ts'
import { alertClusters, hotspotGaps, pageOfHotspots, requestHotspotFile } from '../../operations/hotspot.ts'
import { sector } from '../../views/context.ts'
import { gapsList, hotspotList, PAGE } from '../../views/hotspot/list.ts'
import type { ActionCall, Call, CommandCall } from '../contract.ts'
import { sectorAsked } from '../sector.ts'
import { viewContext } from '../view-context.ts'

/** What asks for places of exercises alone. */
const PLAYED = new Set(['exercise', 'exercises', 'exercice', 'exercices'])

/** `/poc-hotspot list [sector or words]`, `list exercise`. */
export async function listCommand(call: CommandCall): Promise<void> {
  if (PLAYED.has(call.text.trim().toLowerCase())) return showPage(call, { exercise: 'alone' }, 0)
  const own = sectorNamed(call.text, call.ctx.mission)
  await showPage(call, own ? { sector: own } : { words: call.text }, 0)
}

/** *Previous* and *Next* below the list. */
export async function pagePressed(call: ActionCall): Promise<void> {
  const [from = '0', kind = '', ...value] = call.value.split(':')
  const asked = value.join(':')
  if (kind === 'exercise') return showPage(call, { exercise: 'alone' }, Number(from))
  await showPage(call, kind === 'sector' ? { sector: asked } : { words: asked }, Number(from))
}

async function showPage(call: Call, filter: HotspotFilter, from: number): Promise<void> {
  const view = viewContext(call)
  const { places, categories, total } = await pageOfHotspots(call.ctx, filter, { from, size: PAGE })
  const { t } = call.words
  const title = filter.sector
    ? t('hotspot.list.ofSector', { sector: sector(view, filter.sector) })
    : t(filter.exercise ? 'hotspot.list.ofExercises' : 'hotspot.list.title')
  const lines = places.map(facts => ({
    facts,
    category: categories.get(facts.hotspot.id) ?? null,
    reader: layersFor(call.ctx, facts),
  }))
  const asked = filter.exercise
    ? 'exercise'
    : filter.sector
      ? `sector:${filter.sector}`
      : `words:${filter.words ?? ''}`
  await call.ui.tell(hotspotList(view, title, lines, { from, total, filter: asked }))
}

/** `/poc-hotspot gaps [sector]`: where something is missing. */
export async function gapsCommand(call: CommandCall): Promise<void> {
  const sector = sectorAsked(call)
  const clusters = await alertClusters(call.ctx, sector)
  await call.ui.tell(gapsList(viewContext(call), await hotspotGaps(call.ctx, sector), clusters))
}

/** `/poc-hotspot map`, `csv`, `geojson` `[sector]`: the file follows by direct message. */
export async function fileCommand(call: CommandCall, form: string): Promise<void> {
  await requestHotspotFile(call.ctx, { form, sector: sectorAsked(call) })
  await call.ui.tell({ text: call.words.t('hotspot.fileComing') })
}
