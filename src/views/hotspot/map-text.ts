import { clip } from '../../../blockkit/index.ts'
import type { ViewContext } from '../context.ts'
import type { ShownPlace } from './files.ts'

/** Slack takes so many characters of alternative text. */
const ALT_MAX = 1000

/** The map in words, for those who cannot see it. */
export function mapAlt(view: ViewContext, places: readonly ShownPlace[]): string {
  const { t, list } = view.words
  const shown = places.filter(({ place }) => place.hotspot.lat !== null)
  const groups = (['must', 'should', 'could'] as const).flatMap(category => {
    const names = shown.filter(({ row }) => row?.category === category).map(({ place }) => place.hotspot.name)
    return names.length > 0
      ? [`${t('hotspot.named', { name: t(`matrix.category.${category}`), text: list(names) })}.`]
      : []
  })
  return clip([t('hotspot.map.alt', { count: shown.length }), ...groups].join(' '), ALT_MAX)
}
