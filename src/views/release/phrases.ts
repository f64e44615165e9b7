import type { Release } from '../../db/releases.ts'
import type { ViewContext } from '../context.ts'

/** "TLP:AMBER · sensitivity: moderate". */
export function marksText(
  { words: { t } }: ViewContext,
  marks: Pick<Release, 'tlp' | 'sensitivity'>,
): string {
  return t('release.marks', {
    tlp: t(`release.tlp.${marks.tlp}`),
    sensitivity: t(`release.sensitivity.${marks.sensitivity}`),
  })
}

/** "NGOs and #protection-forum". */
export function audienceText(
  view: ViewContext,
  release: Pick<Release, 'constituencies' | 'channels'>,
): string {
  return view.words.list([
    ...release.constituencies.map(id => view.words.t(`alert.constituency.${id}`)),
    ...release.channels.map(id => `<#${id}>`),
  ])
}
