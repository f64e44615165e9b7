import { clip } from '../../../blockkit/index.ts'
import type { ViewContext } from '../context.ts'
import type { ShownPlace } from '../hotspot/files.ts'

const ALT_MAX = 1000

/** The picture of the matrix in words, for those who cannot see it. */
export function matrixAlt(view: ViewContext, places: readonly ShownPlace[]): string {
  const { t } = view.words
  const ranked = places.filter(({ row }) => row !== null && row.category !== 'unlisted')
  const lines = ranked.map(({ place, row }) =>
    t('matrix.altLine', {
      name: place.hotspot.name,
      category: row ? t(`matrix.category.${row.category}`) : '',
      likelihood: row?.likelihood ?? '',
      impact: row?.impact ?? '',
    }),
  )
  return clip([t('matrix.alt', { count: ranked.length }), ...lines].join(' '), ALT_MAX)
}
