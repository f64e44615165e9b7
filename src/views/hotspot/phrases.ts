/** What several views of a hotspot say in the same words. */
import { DateTime } from 'luxon'
import type { AtRisk } from '../../domain/alert.ts'
import { daysSince, inSeason } from '../../domain/hotspot.ts'
import { SITE_PURPOSES } from '../../operations/hotspot/there.ts'
import type { HotspotFacts } from '../../operations/hotspot.ts'
import { baseText, kilometres } from '../alert/phrases.ts'
import { bare, brief } from '../blocks.ts'
import { isRestrictedClass, roleNamed, term, type ViewContext } from '../context.ts'

const NAME_MAX = 100

/** What a reader may see beside the record. */
export interface HotspotReader {
  command: boolean
  attribution: boolean
}

/** "H-7K4Q · Karamba market (market)". Plain text, not mrkdwn. */
export function hotspotTitle(view: ViewContext, { hotspot }: Pick<HotspotFacts, 'hotspot'>): string {
  const { t } = view.words
  const parts = [hotspot.code, bare(hotspot.name), t(`hotspot.kind.${hotspot.kind}`)]
  return [...(hotspot.exercise ? [t('alert.exercise')] : []), ...parts].join(' · ')
}

/** Name and code in one line of a list, ready for mrkdwn. */
export function hotspotName(
  view: ViewContext,
  { hotspot }: { hotspot: Pick<HotspotFacts['hotspot'], 'code' | 'name' | 'exercise'> },
): string {
  const played = hotspot.exercise ? `*${view.words.t('alert.exercise')}* · ` : ''
  return `${played}*${hotspot.code}* ${brief(hotspot.name, NAME_MAX)}`
}

/** "Near Karamba base, 0.8 km south-west; an area of 5 km"; the words said where no position is known. */
export function whereText(view: ViewContext, { hotspot, nearest }: HotspotFacts): string {
  const { t } = view.words
  const base = baseText(view, { nearest })
  return [
    brief(hotspot.placeSaid, NAME_MAX),
    ...(hotspot.radiusKm ? [t('hotspot.area', { km: kilometres(view, hotspot.radiusKm) })] : []),
    ...(base ? [base] : []),
  ].join(' · ')
}

/** "March to June · in season now"; null for all year. */
export function seasonText(view: ViewContext, { hotspot }: Pick<HotspotFacts, 'hotspot'>): string | null {
  const { seasonFrom, seasonTo } = hotspot
  if (seasonFrom === null || seasonTo === null) return null
  const months = { from: monthName(view, seasonFrom), to: monthName(view, seasonTo) }
  return `${view.words.t('hotspot.season', months)} · ${seasonNow(view, { hotspot })}`
}

/** Whether the threat of a season is due by the mission's calendar; null for all year. */
export function seasonNow(view: ViewContext, { hotspot }: Pick<HotspotFacts, 'hotspot'>): string | null {
  if (hotspot.seasonFrom === null) return null
  const { month } = DateTime.fromMillis(view.now, { zone: view.mission.zone })
  return view.words.t(inSeason(hotspot, month) ? 'hotspot.inSeason' : 'hotspot.outOfSeason')
}

/** A month's name in the reader's language. */
export function monthName(view: ViewContext, month: number): string {
  const date = new Date(Date.UTC(2001, month - 1, 15))
  return new Intl.DateTimeFormat(view.words.language, { month: 'long', timeZone: 'UTC' }).format(date)
}

export function atRiskList(view: ViewContext, atRisk: readonly AtRisk[]): string {
  return view.words.list(
    atRisk.map(({ kind, count }) =>
      view.words.t('alert.atRisk', {
        kind: term(view, 'at_risk', kind),
        number: count === null ? view.words.t('alert.numberUnknown') : view.words.number(count),
      }),
    ),
  )
}

/** Classes of alleged perpetrators, restricted ones for the attribution layer's readers alone; null for none to show. */
export function allegedText(
  view: ViewContext,
  { hotspot }: HotspotFacts,
  reader: HotspotReader,
): string | null {
  const shown = hotspot.perpetrators.filter(id => reader.attribution || !isRestrictedClass(view, id))
  return shown.length === 0 ? null : view.words.list(shown.map(id => term(view, 'perpetrators', id)))
}

/** "Patrols every 7 days, reported 21 Nov"; what nobody knows is said as such, never as none. */
export function coverageText(view: ViewContext, { coverage, report }: HotspotFacts): string {
  const { t, date } = view.words
  const patrols = coverage === 'patrols' && report?.everyDays
  const text = patrols
    ? t('hotspot.patrolsEvery', { count: report.everyDays ?? 1 })
    : t(`hotspot.coverage.${coverage}`)
  return report ? t('hotspot.reported', { text, at: date(report.at) }) : text
}

/** "12 days ago"; "not on record" is not the same as never. */
export function presenceText(view: ViewContext, { civiliansAt }: Pick<HotspotFacts, 'civiliansAt'>): string {
  const days = daysSince(civiliansAt, view.now)
  return days === null ? view.words.t('hotspot.noVisit') : view.words.t('hotspot.daysAgo', { count: days })
}

/** Whom to ask, one line per side and purpose; at a POC site, for what nobody is named yet (R-098). */
export function contactLines(
  view: ViewContext,
  { contacts, hotspot }: Pick<HotspotFacts, 'contacts' | 'hotspot'>,
): string[] {
  const { t, list } = view.words
  const wanted = hotspot.kind === 'poc_site' ? SITE_PURPOSES : []
  const missing = wanted.filter(purpose => !contacts.some(each => each.purpose === purpose))
  return [
    ...contacts.map(({ side, purpose, post }) => {
      const known = view.mission.roles.some(({ id }) => id === post.split('@')[0])
      const name = t(`hotspot.contactOf.${side}`, { purpose: t(`hotspot.purpose.${purpose}`) })
      return `• ${t('hotspot.named', { name, text: known ? roleNamed(view, post) : brief(post, NAME_MAX) })}`
    }),
    ...(missing.length > 0
      ? [
          `• ${t('hotspot.noContact', { purposes: list(missing.map(purpose => t(`hotspot.purpose.${purpose}`))) })}`,
        ]
      : []),
  ]
}
