import { csvFile } from '../../domain/csv.ts'
import type { Ctx } from '../../operations/context.ts'
import { layersFor } from '../../operations/hotspot/reading.ts'
import { sidesBehind } from '../../operations/matrix/read.ts'
import { readMatrix } from '../../operations/matrix.ts'
import type { ViewContext } from '../../views/context.ts'
import { hotspotColumns, hotspotGeoJson } from '../../views/hotspot/files.ts'
import { mapAlt } from '../../views/hotspot/map-text.ts'
import { matrixAlt } from '../../views/matrix/picture-text.ts'
import type { MadeFile } from './index.ts'
import { picture } from './picture.ts'
import type { Task } from './task.ts'

/** A picture or a file of the hotspots, with nothing whoever asked may not read. */
export async function hotspotFile(
  ctx: Ctx,
  view: ViewContext,
  { form, sector }: Extract<Task, { do: 'hotspots' }>,
): Promise<MadeFile> {
  const matrix = await readMatrix(ctx, sector)
  const { t, dateTime } = view.words
  const places = matrix.places.map(each => ({ ...each, layers: layersFor(ctx, each.place) }))
  const day = new Date(view.now).toISOString().slice(0, 10)
  const named = (kind: string, ending: string) =>
    `${kind}${sector === null ? '' : `-${sector}`}-${day}.${ending}`
  switch (form) {
    case 'matrix': {
      const { matrixSvg } = await import('../../views/matrix/picture.ts')
      return {
        name: named('matrix', 'png'),
        title: t('matrix.tableTitle'),
        bytes: await picture(
          matrixSvg(
            view,
            places,
            await sidesBehind(
              ctx,
              places.flatMap(({ row }) => row ?? []),
            ),
          ),
        ),
        altText: matrixAlt(view, places),
        text: t('matrix.pictureText', { at: dateTime(view.now) }),
      }
    }
    case 'map': {
      const { mapSvg } = await import('../../views/hotspot/map.ts')
      return {
        name: named('hotspots', 'png'),
        title: t('hotspot.map.title'),
        bytes: await picture(mapSvg(view, places)),
        altText: mapAlt(view, places),
        text: t('hotspot.map.text', { at: dateTime(view.now) }),
      }
    }
    case 'csv':
      return {
        name: named('hotspots', 'csv'),
        title: named('hotspots', 'csv'),
        bytes: await csvFile(hotspotColumns(view), places),
        altText: t('hotspot.list.count', { count: places.length }),
        text: t('hotspot.fileText', { count: places.length }),
      }
    case 'geojson':
      return {
        name: named('hotspots', 'geojson'),
        title: named('hotspots', 'geojson'),
        bytes: Buffer.from(JSON.stringify(hotspotGeoJson(view, places))),
        altText: t('hotspot.list.count', { count: places.length }),
        text: t('hotspot.fileText', { count: places.length }),
      }
  }
}
