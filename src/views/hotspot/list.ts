import type { Category } from '../../domain/matrix/entry.ts'
import type { Cluster, Gap, HotspotFacts } from '../../operations/hotspot.ts'
import type { Block, Rendered } from '../../ports.ts'
import { actions, begun, brief, button, context, fitting, header, section } from '../blocks.ts'
import { sector, term, type ViewContext } from '../context.ts'
import { categoryText } from '../matrix/phrases.ts'
import { coverageText, type HotspotReader, hotspotName, presenceText, seasonNow } from './phrases.ts'

const ROOM = 7000

export interface HotspotLine {
  facts: HotspotFacts
  /** As it stands in the matrix in force. */
  category: Category | null
  reader: HotspotReader
}

/** Lines on one page. */
export const PAGE = 15

/** One page of the hotspots, one line each with *Show*; `filter` comes back with the buttons that turn the page. */
export function hotspotList(
  view: ViewContext,
  title: string,
  lines: readonly HotspotLine[],
  page: { from: number; total: number; filter?: string } = { from: 0, total: lines.length },
): Rendered {
  const { t, number } = view.words
  const { from, total } = page
  const { shown } = fitting(
    lines.map(line => lineText(view, line)),
    ROOM,
  )
  const to = from + shown.length
  const count = t('hotspot.list.count', { count: total })
  return {
    text: `${title}. ${count}`,
    blocks: [
      header(title),
      ...(total === 0 ? [section(t('hotspot.list.none', { prefix: view.mission.commandPrefix }))] : []),
      ...shown.map((text, index) => {
        const { hotspot } = (lines[index] as HotspotLine).facts
        const label = `${t('help.show')} ${hotspot.code}`
        return section(text, button(t('help.show'), 'hotspot.show', hotspot.id, { label }))
      }),
      ...(total > shown.length
        ? [context(t('hotspot.list.range', { from: number(from + 1), to: number(to), count }))]
        : []),
      ...pager(view, page, to),
    ],
  }
}

function pager(
  view: ViewContext,
  { from, total, filter = '' }: { from: number; total: number; filter?: string },
  to: number,
): Block[] {
  const turn = (key: 'previous' | 'next', start: number) =>
    button(view.words.t(`matrix.button.${key}`), `hotspot.page:${key}`, `${start}:${filter}`)
  const turns = [
    ...(from > 0 ? [turn('previous', Math.max(0, from - PAGE))] : []),
    ...(to < total ? [turn('next', to)] : []),
  ]
  return turns.length > 0 ? [actions(`hotspot.pages:${from}`, turns)] : []
}

function lineText(view: ViewContext, { facts, category, reader }: HotspotLine): string {
  const { t, list } = view.words
  const { hotspot } = facts
  return [
    `${hotspotName(view, facts)} · ${t(`hotspot.kind.${hotspot.kind}`)} · ${sector(view, hotspot.sector)}`,
    [
      categoryText(view, category),
      list(hotspot.threats.map(id => term(view, 'threats', id))) || t('hotspot.notKnown'),
      ...[seasonNow(view, facts)].flatMap(season => season ?? []),
      t('hotspot.list.presence', { when: presenceText(view, facts) }),
      ...(reader.command
        ? [t('hotspot.list.coverage', { text: begun(coverageText(view, facts), false) })]
        : []),
    ].join(' · '),
  ].join('\n')
}

/** Clusters one answer shows, and codes of each. */
const CLUSTERS = 5
const CODES = 8

/** Alerts in one place that no hotspot stands for, with the button that makes them one. */
function clusterSection(view: ViewContext, cluster: Cluster): Block {
  const label = `${view.words.t('hotspot.cluster.make')} ${cluster.newest.alert.code}`
  return section(
    clusterText(view, cluster),
    button(view.words.t('hotspot.cluster.make'), 'hotspot.from_cluster', cluster.newest.alert.id, { label }),
  )
}

function clusterText(view: ViewContext, { newest, alerts }: Cluster): string {
  const { t, list } = view.words
  const codes = alerts.slice(0, CODES).map(({ alert }) => alert.code)
  return t('hotspot.cluster.text', {
    count: alerts.length,
    place: brief(newest.alert.placeSaid, 80),
    sector: sector(view, newest.alert.sector),
    codes: list(codes),
  })
}

/** To whoever chairs: alerts come from a place that nobody ranks. */
export function clusterMessage(view: ViewContext, cluster: Cluster): Rendered {
  return { text: clusterText(view, cluster), blocks: [clusterSection(view, cluster)] }
}

/** Places one answer shows. */
const GAPS_SHOWN = 40

/** Places at which something is missing, the gravest first. */
export function gapsList(
  view: ViewContext,
  found: readonly { place: HotspotFacts; gaps: readonly Gap[] }[],
  clusters: readonly Cluster[] = [],
): Rendered {
  const { t } = view.words
  const title = t('hotspot.gaps.title')
  const count = t('hotspot.gaps.count', { count: found.length })
  const { shown } = fitting(
    found.slice(0, GAPS_SHOWN).map(({ place, gaps }) => {
      const missing = gaps.map(gap => t(`hotspot.gaps.${gap}`)).join(' · ')
      return `${hotspotName(view, place)} · ${sector(view, place.hotspot.sector)}\n${missing}`
    }),
    ROOM,
  )
  return {
    text: `${title}. ${count}`,
    blocks: [
      header(title),
      ...clusters.slice(0, CLUSTERS).map(cluster => clusterSection(view, cluster)),
      ...(found.length + clusters.length === 0 ? [section(t('hotspot.gaps.none'))] : []),
      ...shown.map((text, index) => {
        const { place, gaps } = found[index] as { place: HotspotFacts; gaps: readonly Gap[] }
        const { hotspot } = place
        // Where civilians have not been for long, somebody should go (R-038).
        const [key, action] = gaps.includes('no_civilian_presence')
          ? (['team.button.new', 'team.from_hotspot'] as const)
          : (['help.show', 'hotspot.show'] as const)
        const label = `${t(key)} ${hotspot.code}`
        return section(text, button(t(key), action, hotspot.id, { label }))
      }),
      ...(found.length > shown.length ? [context(count)] : []),
    ],
  }
}
