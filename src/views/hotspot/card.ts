import { LINKED_KINDS } from '../../operations/hotspot/link.ts'
import type { ShownParts } from '../../operations/hotspot/parts.ts'
import type { ShownPlan } from '../../operations/hotspot/plan.ts'
import type { HotspotFacts } from '../../operations/hotspot.ts'
import type { Block, Rendered } from '../../ports.ts'
import { actions, context, fields, header, section, select } from '../blocks.ts'
import { sector, term, type ViewContext } from '../context.ts'
import {
  allegedText,
  atRiskList,
  contactLines,
  coverageText,
  type HotspotReader,
  hotspotTitle,
  presenceText,
  seasonText,
  whereText,
} from './phrases.ts'
import { planBlocks } from './plan.ts'

/** Codes of alerts, and of incidents, that a card names; the last ones. */
const CODES = 8

export interface HotspotCardOptions extends HotspotReader {
  /** The linked alerts and incidents that everybody who reads this card may read. */
  linked: ShownParts['linked']
  plan: ShownPlan
  /** More about the place, by other nouns: its rank in the matrix. */
  more?: readonly Block[]
}

/** A hotspot for one audience: where, what threatens whom, who is there, whom to ask. */
export function hotspotCard(view: ViewContext, facts: HotspotFacts, options: HotspotCardOptions): Rendered {
  const { t, list } = view.words
  const { hotspot } = facts
  const title = hotspotTitle(view, facts)
  const threats = list(hotspot.threats.map(id => term(view, 'threats', id)))
  const season = seasonText(view, facts)
  const alleged = allegedText(view, facts, options)
  const facing = [
    `*${t('hotspot.field.threats')}*\n${threats || t('hotspot.notKnown')}`,
    `*${t('hotspot.field.atRisk')}*\n${hotspot.atRisk?.length ? atRiskList(view, hotspot.atRisk) : t('hotspot.notKnown')}`,
    `*${t('hotspot.field.vulnerability')}*\n${vulnerability(view, hotspot.vulnerability)}`,
    `*${t('hotspot.field.actors')}*\n${t('hotspot.actors', {
      capacity: t(`hotspot.capacity.${hotspot.capacity}`),
      intent: t(`hotspot.intent.${hotspot.intent}`),
    })}`,
    ...(alleged ? [`*${t('hotspot.field.alleged')}*\n${alleged}`] : []),
    ...(season ? [`*${t('hotspot.field.season')}*\n${season}`] : []),
    `*${t('hotspot.field.presence')}*\n${presenceText(view, facts)}`,
    ...(options.command ? [`*${t('hotspot.field.coverage')}*\n${coverageText(view, facts)}`] : []),
  ]
  const contacts = contactLines(view, facts)
  const gone = hotspot.state === 'removed'
  return {
    text: `${title}. ${gone ? t('hotspot.removed') : `${whereText(view, facts)}.`}`,
    blocks: [
      header(title),
      section(`${gone ? `*${t('hotspot.removed')}*\n` : ''}${whereText(view, facts)}`),
      ...(options.more ?? []),
      fields(facing),
      ...(contacts.length > 0 ? [section(`*${t('hotspot.field.contacts')}*\n${contacts.join('\n')}`)] : []),
      ...linkedBlocks(view, options.linked),
      ...planBlocks(view, options.plan),
      context(
        t('hotspot.footer', {
          sector: sector(view, hotspot.sector),
          phase: t(`hotspot.phase.${hotspot.phase}`),
        }),
      ),
      hotspotActions(view, facts),
    ],
  }
}

/** Alerts and incidents that belong to the place, of a POC site by where they come from. */
function linkedBlocks(view: ViewContext, linked: HotspotCardOptions['linked']): Block[] {
  const { t, list } = view.words
  return LINKED_KINDS.flatMap(kind => {
    const own = linked.filter(each => each.kind === kind)
    if (own.length === 0) return []
    const lines = (['external', 'internal', null] as const).flatMap(lane => {
      const codes = own.filter(each => each.lane === lane).map(({ code }) => code)
      if (codes.length === 0) return []
      const shown = list(codes.slice(-CODES))
      return [lane === null ? shown : t('hotspot.named', { name: t(`hotspot.lane.${lane}`), text: shown })]
    })
    return [section(`*${t(`hotspot.linked.${kind}`, { count: own.length })}*\n${lines.join('\n')}`)]
  })
}

const CHOICES = ['plan', 'team', 'change', 'coverage', 'visit', 'contact', 'link'] as const

/** The block's id changes with each rendering, since Slack does not report the same choice of a menu twice. */
function hotspotActions(view: ViewContext, { hotspot }: HotspotFacts): Block {
  const { t } = view.words
  const choices = [...CHOICES, hotspot.state === 'listed' ? 'remove' : 'restore'].map(kind => ({
    text: t(`hotspot.more.${kind}`),
    value: `${kind}:${hotspot.id}`,
  }))
  return actions(`hotspot:${hotspot.id}:${hotspot.version}:${view.now}`, [
    select('hotspot.more', t('alert.button.more'), choices),
  ])
}

function vulnerability(view: ViewContext, value: number | null): string {
  if (value === null) return view.words.t('hotspot.notKnown')
  return view.words.t('hotspot.outOf', { value, max: view.mission.matrix?.scales.vulnerability ?? 5 })
}
