import type { Channel } from '../../db/channels.ts'
import type { Release } from '../../db/releases.ts'
import { textIn } from '../../domain/mission.ts'
import { sector, type ViewContext } from '../context.ts'

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

/** A registered channel in a menu, where Slack shows no name: its purpose, its sector and its id. */
export function channelName(view: ViewContext, channel: Channel): string {
  const purpose = view.mission.purposes.find(({ id }) => id === channel.purpose)
  const name = purpose ? textIn(purpose.name, view.words.language as 'en' | 'fr') : channel.purpose
  const where = channel.sector === null ? '' : `, ${sector(view, channel.sector)}`
  return `${name}${where} (${channel.id})`
}
