/** What several views of the matrix say in the same words. */
import type { Finding } from '../../domain/matrix/checks.ts'
import type { Category, Voice } from '../../domain/matrix/entry.ts'
import type { Row, SideView } from '../../domain/matrix/reveal.ts'
import { voiceKey } from '../../domain/matrix/round.ts'
import type { HotspotFacts } from '../../operations/hotspot.ts'
import type { InForce, SectorWord } from '../../operations/matrix/facts.ts'
import type { RoundFacts } from '../../operations/matrix.ts'
import type { Block } from '../../ports.ts'
import { brief, context } from '../blocks.ts'
import { sector, type ViewContext } from '../context.ts'

const NAME_MAX = 80

/** A word beside the colour, for those who see neither. */
export const categoryMark: Readonly<Record<Category, string>> = {
  must: '🔴',
  should: '🟠',
  could: '🟡',
  unlisted: '⚪️',
}

export function categoryText(view: ViewContext, category: Category | null): string {
  return category === null
    ? view.words.t('matrix.notRanked')
    : `${categoryMark[category]} ${view.words.t(`matrix.category.${category}`)}`
}

export function voiceName(view: ViewContext, voice: Voice): string {
  return view.words.t(`matrix.voice.${voiceKey(voice)}`)
}

/** A voice that has not answered; "Military (3 of 20)" where it has rated some of the places. */
export function waitingName(
  view: ViewContext,
  { rated, places }: Pick<RoundFacts, 'rated' | 'places'>,
  voice: Voice,
): string {
  const name = voiceName(view, voice)
  const count = rated.get(voiceKey(voice)) ?? 0
  const total = places.filter(({ hotspot }) => hotspot.state === 'listed').length
  if (count === 0 || count >= total) return name
  const { number, t } = view.words
  return t('matrix.ratedSome', { name, count: number(count), total: number(total) })
}

/** "Review of hotspots M-7K4Q · Sector North". Plain text. */
export function roundTitle(view: ViewContext, { round }: Pick<RoundFacts, 'round'>): string {
  const where = round.sector === null ? view.words.t('matrix.wholeMission') : sector(view, round.sector)
  return `${round.exercise ? `${view.words.t('alert.exercise')} · ` : ''}${round.code} · ${view.words.t('matrix.title')} · ${where}`
}

/** How a place stands in the matrix in force, for its card. */
export function rankBlocks(view: ViewContext, row: InForce | null): Block[] {
  const { t, date } = view.words
  if (row === null) return [context(t('matrix.onCardNotYet'))]
  const stale = row.reviewBy <= view.now ? ` ${t('matrix.stale')}` : ''
  const values = {
    category: categoryText(view, row.category),
    likelihood: row.likelihood,
    impact: row.impact,
  }
  return [
    context(
      t('matrix.onCard', { ...values, at: `${date(row.reviewBy)}${stale}` }),
      ...(row.since ? [sectorText(view, row.since)] : []),
    ),
  ]
}

/** "Sector North adopted 3 Nov: Must Protect". */
export function sectorText(view: ViewContext, { sector: id, category, adoptedAt }: SectorWord): string {
  const { t, date } = view.words
  const where = sector(view, id)
  return t('matrix.sectorSaid', { where, category: categoryText(view, category), at: date(adoptedAt) })
}

/** What the sector's group adopted about a place since the mission's last version: it feeds the mission's round. */
export function sectorLines(view: ViewContext, { sectors }: Pick<RoundFacts, 'sectors'>, hotspotId: string) {
  const word = sectors.get(hotspotId)
  return word ? [sectorText(view, word)] : []
}

/** Places of high need that rank low, for where aid is compared; at most ten by name. */
export function highNeedText(
  view: ViewContext,
  { highNeed, places }: Pick<RoundFacts, 'highNeed' | 'places'>,
) {
  const { t } = view.words
  const names = highNeed.slice(0, 10).map(id => `• ${placeName(view, places, id)}`)
  const rest = highNeed.length - names.length
  const more = rest > 0 ? [t('matrix.more', { count: rest })] : []
  return [`*${t('matrix.highNeed', { count: highNeed.length })}*`, ...names, ...more].join('\n')
}

/** A place's name and code in one line, ready for mrkdwn; a place gone meanwhile says so. */
export function placeName(view: ViewContext, places: readonly HotspotFacts[], hotspotId: string): string {
  const place = places.find(({ hotspot }) => hotspot.id === hotspotId)
  if (!place) return ''
  const gone = place.hotspot.state === 'removed' ? ` (${view.words.t('hotspot.removed')})` : ''
  return `*${place.hotspot.code}* ${brief(place.hotspot.name, NAME_MAX)}${gone}`
}

/** "Must Protect, likelihood 4, impact 5 (need, threat)"; a political reason shows as such. */
export function viewText(view: ViewContext, side: SideView | null): string {
  const { t, number, list } = view.words
  if (!side) return t('matrix.saidNothing')
  return t('matrix.sideView', {
    category: categoryText(view, side.category),
    likelihood: number(side.likelihood),
    impact: number(side.impact),
    reasons: list(side.rationale.map(id => t(`matrix.rationale.${id}`))),
  })
}

/** Both sides of one row beside each other. */
export function rowText(view: ViewContext, row: Row): string {
  const { t } = view.words
  const side = (name: 'mission' | 'humanitarian', text: string) =>
    t('hotspot.named', { name: t(`matrix.side.${name}`), text })
  const spread = row.mission?.spread ? ` · ${t('matrix.spread', { count: row.mission.spread })}` : ''
  return [
    side('mission', `${viewText(view, row.mission)}${spread}`),
    side('humanitarian', viewText(view, row.humanitarian)),
  ].join('\n')
}

/** What speaks against adopting, in words; `named` stands for its place where several are told of together. */
export function findingText(
  view: ViewContext,
  places: readonly HotspotFacts[],
  finding: Finding,
  named?: string,
): string {
  const { t, list, number } = view.words
  if (finding.check === 'more_musts_than_units')
    return t('matrix.finding.more_musts_than_units', {
      musts: number(finding.musts),
      units: number(finding.units),
    })
  const place = named ?? placeName(view, places, finding.hotspotId)
  if (finding.check === 'tier_not_considered')
    return t('matrix.finding.tier_not_considered', {
      place,
      tiers: list(finding.tiers.map(tier => t(`matrix.tier.${tier}`))),
    })
  return t(`matrix.finding.${finding.check}`, { place })
}
