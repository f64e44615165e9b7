import type { Feature, FeatureCollection, Point } from 'geojson'
import type { CsvColumn } from '../../domain/csv.ts'
import type { MatrixFacts } from '../../operations/matrix/read.ts'
import { sector, term, type ViewContext } from '../context.ts'
import type { HotspotReader } from './phrases.ts'

/** A place with its row of the matrix, and what of its layers the reader may see. */
export type ShownPlace = MatrixFacts['places'][number] & { layers: HotspotReader }

/** Digits after the point of a coordinate: some hundred metres, no single house. */
const DIGITS = 3
const coarse = (degrees: number | null): number | null =>
  degrees === null ? null : Number(degrees.toFixed(DIGITS))

/** The columns of the hotspots' CSV; coverage is empty for whoever may not read it. */
export function hotspotColumns(view: ViewContext): CsvColumn<ShownPlace>[] {
  const { t } = view.words
  const day = (at: number | null | undefined) => (at ? new Date(at).toISOString().slice(0, 10) : '')
  const terms = (list: 'threats' | 'perpetrators', ids: readonly string[]) =>
    ids.map(id => term(view, list, id)).join('; ')
  const shown = ({ place, layers }: ShownPlace) =>
    place.hotspot.perpetrators.filter(
      id => layers.attribution || !view.mission.taxonomy.perpetrators.find(one => one.id === id)?.restricted,
    )
  return [
    { title: t('hotspot.column.code'), of: ({ place }) => place.hotspot.code },
    { title: t('hotspot.column.name'), of: ({ place }) => place.hotspot.name },
    { title: t('hotspot.form.kind'), of: ({ place }) => t(`hotspot.kind.${place.hotspot.kind}`) },
    { title: t('hotspot.column.sector'), of: ({ place }) => sector(view, place.hotspot.sector) },
    { title: t('hotspot.column.lat'), of: ({ place }) => coarse(place.hotspot.lat) },
    { title: t('hotspot.column.lon'), of: ({ place }) => coarse(place.hotspot.lon) },
    { title: t('hotspot.form.radiusKm'), of: ({ place }) => place.hotspot.radiusKm },
    { title: t('hotspot.field.threats'), of: ({ place }) => terms('threats', place.hotspot.threats) },
    { title: t('hotspot.field.alleged'), of: each => terms('perpetrators', shown(each)) },
    { title: t('hotspot.field.vulnerability'), of: ({ place }) => place.hotspot.vulnerability },
    {
      title: t('matrix.column.category'),
      of: ({ row }) => (row ? t(`matrix.category.${row.category}`) : t('matrix.notRanked')),
    },
    { title: t('matrix.form.likelihood'), of: ({ row }) => row?.likelihood },
    { title: t('matrix.form.impact'), of: ({ row }) => row?.impact },
    { title: t('matrix.column.review'), of: ({ row }) => day(row?.reviewBy) },
    { title: t('hotspot.field.presence'), of: ({ place }) => day(place.civiliansAt) },
    {
      title: t('hotspot.field.coverage'),
      of: ({ place, layers }) => (layers.command ? t(`hotspot.coverage.${place.coverage}`) : ''),
    },
  ]
}

/** The hotspots as GeoJSON (RFC 7946): those with a position, coarse, with nothing of the layers the reader may not see. */
export function hotspotGeoJson(view: ViewContext, places: readonly ShownPlace[]): FeatureCollection<Point> {
  const { t } = view.words
  return {
    type: 'FeatureCollection',
    features: places.flatMap(({ place, row, layers }): Feature<Point>[] => {
      const { hotspot } = place
      const [lon, lat] = [coarse(hotspot.lon), coarse(hotspot.lat)]
      if (lon === null || lat === null) return []
      return [
        {
          type: 'Feature',
          geometry: { type: 'Point', coordinates: [lon, lat] },
          properties: {
            code: hotspot.code,
            name: hotspot.name,
            kind: hotspot.kind,
            radius_km: hotspot.radiusKm,
            threats: hotspot.threats,
            category: row?.category ?? null,
            category_name: row ? t(`matrix.category.${row.category}`) : null,
            ...(layers.command ? { coverage: place.coverage } : {}),
          },
        },
      ]
    }),
  }
}
