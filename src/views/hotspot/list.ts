import type { Gap, HotspotFacts } from '../../operations/hotspot.ts'
import type { Rendered } from '../../ports.ts'
import { button, context, fitting, header, section } from '../blocks.ts'
import { sector, term, type ViewContext } from '../context.ts'
import { coverageText, type HotspotReader, hotspotName, presenceText } from './phrases.ts'

const ROOM = 7000

export interface HotspotLine {
  facts: HotspotFacts
  reader: HotspotReader
}

/** The hotspots of a list, one line each with *Show*; `from` is the first shown, and the rest can be paged to. */
export function hotspotList(
  view: ViewContext,
  title: string,
  lines: readonly HotspotLine[],
  from = 0,
): Rendered {
  const { t, number } = view.words
  const page = lines.slice(from, from + PAGE)
  const { shown } = fitting(
    page.map(line => lineText(view, line)),
    ROOM,
  )
  const to = from + shown.length
  const count = t('hotspot.list.count', { count: lines.length })
  return {
    text: `${title}. ${count}`,
    blocks: [
      header(title),
      ...(lines.length === 0
        ? [section(t('hotspot.list.none', { prefix: view.mission.commandPrefix }))]
        : []),
      ...shown.map((text, index) => {
        const { hotspot } = (page[index] as HotspotLine).facts
        const label = `${t('help.show')} ${hotspot.code}`
        return section(text, button(t('help.show'), 'hotspot.show', hotspot.id, { label }))
      }),
      ...(lines.length > shown.length
        ? [context(t('hotspot.list.range', { from: number(from + 1), to: number(to), count }))]
        : []),
    ],
  }
}

/** Lines on one page. */
export const PAGE = 15

function lineText(view: ViewContext, { facts, reader }: HotspotLine): string {
  const { t, list } = view.words
  const { hotspot } = facts
  return [
    `${hotspotName(facts)} · ${t(`hotspot.kind.${hotspot.kind}`)} · ${sector(view, hotspot.sector)}`,
    [
      list(hotspot.threats.map(id => term(view, 'threats', id))) || t('hotspot.notKnown'),
      t('hotspot.list.presence', { when: presenceText(view, facts) }),
      ...(reader.command ? [coverageText(view, facts)] : []),
    ].join(' · '),
  ].join('\n')
}

/** Places one answer shows. */
const GAPS_SHOWN = 40

/** Places at which something is missing, the gravest first. */
export function gapsList(
  view: ViewContext,
  found: readonly { place: HotspotFacts; gaps: readonly Gap[] }[],
): Rendered {
  const { t } = view.words
  const title = t('hotspot.gaps.title')
  const count = t('hotspot.gaps.count', { count: found.length })
  const { shown } = fitting(
    found.slice(0, GAPS_SHOWN).map(({ place, gaps }) => {
      const missing = gaps.map(gap => t(`hotspot.gaps.${gap}`)).join(' · ')
      return `${hotspotName(place)} · ${sector(view, place.hotspot.sector)}\n${missing}`
    }),
    ROOM,
  )
  return {
    text: `${title}. ${count}`,
    blocks: [
      header(title),
      ...(found.length === 0 ? [section(t('hotspot.gaps.none'))] : []),
      ...shown.map((text, index) => {
        const { hotspot } = (found[index] as { place: HotspotFacts }).place
        const label = `${t('help.show')} ${hotspot.code}`
        return section(text, button(t('help.show'), 'hotspot.show', hotspot.id, { label }))
      }),
      ...(found.length > shown.length ? [context(count)] : []),
    ],
  }
}
