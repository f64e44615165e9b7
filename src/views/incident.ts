/** What did happen to civilians: its card and its list; its forms are in `incident-form.ts`. */
import { eventTypeOf, HARMS, type Incident, isRestrictedKind, shownHarm } from '../domain/incident.ts'
import { type Language, textIn } from '../domain/mission.ts'
import { sideOf } from '../domain/side.ts'
import type { IncidentFacts, Warned } from '../operations/incident/facts.ts'
import type { Block, Rendered } from '../ports.ts'
import { actions, brief, button, context, fields, header, said, section } from './blocks.ts'
import { isRestrictedClass, pair, roleNamed, sector, term, type ViewContext } from './context.ts'

const WORDS_MAX = 1_500
const CODES = 10

/** What differs between the readers of one incident. */
export interface IncidentReader {
  /** Whether they may read who is alleged. */
  attribution: boolean
  warned: Warned
  /** Whether they may put it right. */
  changes: boolean
}

/** "N-7K4Q · Attack · Karamba market", an exercise before it. Plain text. */
export function incidentTitle(view: ViewContext, { incident }: Pick<IncidentFacts, 'incident'>): string {
  const { t } = view.words
  const place = incident.placeSaid === '' ? sector(view, incident.sector) : incident.placeSaid
  return [
    ...(incident.exercise ? [t('alert.exercise')] : []),
    incident.code,
    t(`incident.subType.${incident.subType}`),
    place,
  ].join(' · ')
}

/** An incident's card: the same in a channel and to a person alone, edited in place. */
export function incidentCard(view: ViewContext, facts: IncidentFacts, reader: IncidentReader): Rendered {
  const { t } = view.words
  const { incident } = facts
  const title = incidentTitle(view, facts)
  const rows: [string, string | null][] = [
    ['type', t(`incident.type.${eventTypeOf(incident.subType)}`)],
    ['when', whenText(view, incident)],
    ['where', [said(incident.placeSaid), sector(view, incident.sector)].filter(Boolean).join('\n')],
    ['harm', harmText(view, incident)],
    ['groups', groupsText(view, incident)],
    ['perpetrator', perpetratorText(view, facts, reader)],
    ['group', groupText(view, facts, reader)],
  ]
  const shown = rows.flatMap(([key, value]) => (value ? [`*${t(`incident.field.${key}`)}*\n${value}`] : []))
  return {
    text: `${said(title)}. ${harmText(view, incident) ?? t('incident.noHarm')}`,
    blocks: [
      header(title),
      ...(incident.what ? [section(brief(incident.what, WORDS_MAX))] : []),
      ...(isRestrictedKind(incident) ? [context(t('incident.restricted'))] : []),
      fields(shown),
      section(warnedText(view, reader.warned)),
      ...(reader.changes
        ? [
            actions(`incident:${incident.id}:${incident.version}`, [
              button(t('incident.amend'), 'incident.amend', incident.id),
              button(t('incident.link'), 'incident.link', incident.id),
            ]),
          ]
        : []),
      context(recordedText(view, facts)),
    ],
  }
}

/** "Warned, and answered: A-7K4Q." */
export function warnedText(view: ViewContext, { alerts, record }: Warned): string {
  const { t, list } = view.words
  const codes = alerts.slice(0, CODES).map(({ alert }) => alert.code)
  const before = codes.length > 0 ? ` ${t('incident.alertsBefore', { codes: list(codes) })}` : ''
  return record === null
    ? before.trim() || t('incident.unlinked')
    : `*${t(`incident.warned.${record}`)}*${before}`
}

/** As closely as it is known: "21 Nov 02:10", "21 Nov, around 02:00", "21 Nov 2026", "week of 16 Nov 2026". */
export function whenText(view: ViewContext, { at, precision }: Pick<Incident, 'at' | 'precision'>): string {
  const { t, date, dateTime } = view.words
  switch (precision) {
    case 'exact':
      return dateTime(at)
    case 'hour':
      return t('incident.around', { at: dateTime(at) })
    case 'day':
      return date(at)
    case 'week':
      return t('incident.weekOf', { date: date(at) })
  }
}

/** "3 killed and 12 displaced"; null where nothing is known. */
export function harmText(view: ViewContext, incident: Incident): string | null {
  const { t, list, number } = view.words
  const { totals } = shownHarm(incident, view.mission.smallNumbers)
  const parts = HARMS.flatMap(harm => {
    const count = totals[harm]
    if (count === null) return []
    return [
      count === 'hidden'
        ? t(`incident.hiddenHarm.${harm}`)
        : t(`incident.harm.${harm}`, { count, number: number(count) }),
    ]
  })
  return parts.length > 0 ? list(parts) : null
}

function groupsText(view: ViewContext, incident: Incident): string | null {
  const { t, list, number } = view.words
  const { groups } = shownHarm(incident, view.mission.smallNumbers)
  const lines = HARMS.flatMap(harm => {
    const cells = groups.filter(cell => cell.harm === harm)
    if (cells.length === 0) return []
    const parts = cells.map(({ group, count }) =>
      t('incident.cell', {
        group: t(`incident.people.${group}`),
        count: count === 'hidden' ? t('incident.few') : number(count),
      }),
    )
    return [pair(view, t(`incident.harmName.${harm}`), list(parts))]
  })
  return lines.length > 0 ? lines.join('\n') : null
}

function perpetratorText(
  view: ViewContext,
  { incident }: IncidentFacts,
  reader: IncidentReader,
): string | null {
  const { perpetrator } = incident
  if (perpetrator === null) return null
  if (isRestrictedClass(view, perpetrator) && !reader.attribution) return null
  return term(view, 'perpetrators', perpetrator)
}

/** The group alleged stands on no card of a channel: only a person the layer is opened to is shown it, alone. */
function groupText(view: ViewContext, { attribution }: IncidentFacts, reader: IncidentReader): string | null {
  if (!attribution || !reader.attribution) return null
  const group = view.mission.groups.find(({ id }) => id === attribution.group)
  return said(group ? textIn(group.name, view.words.language as Language) : attribution.group)
}

/** By which post or part of the house, and when; nobody by name. */
function recordedText(view: ViewContext, facts: IncidentFacts): string {
  const { t, dateTime } = view.words
  return t('incident.recorded', { by: recorderText(view, facts), at: dateTime(facts.incident.recordedAt) })
}

export function recorderText(view: ViewContext, { incident }: Pick<IncidentFacts, 'incident'>): string {
  if (sideOf(incident.holder) === 'humanitarian') return view.words.t('alert.humanitarianPartner')
  return incident.role
    ? roleNamed(view, incident.role)
    : view.words.t(`alert.constituency.${incident.holder}`)
}

/** Incidents found by words. */
export function foundIncidents(
  view: ViewContext,
  found: readonly IncidentFacts[],
  warnedOf: (facts: IncidentFacts) => Warned,
): Block[] {
  if (found.length === 0) return []
  return [
    section(`*${view.words.t('incident.list.title')}*`),
    ...found.map(facts => listed(view, facts, warnedOf(facts))),
  ]
}

/** One incident of a list, with its button. */
function listed(view: ViewContext, facts: IncidentFacts, { record }: Warned): Block {
  const { t } = view.words
  const { incident } = facts
  const harm = harmText(view, incident)
  const details = [
    whenText(view, incident),
    ...(harm ? [harm] : []),
    ...(record ? [t(`incident.warned.${record}`)] : []),
  ]
  const show = t('incident.list.show')
  return section(
    `*${said(incidentTitle(view, facts))}*\n${details.join(' · ')}`,
    button(show, 'incident.show', incident.id, { label: `${show} ${incident.code}` }),
  )
}

/** Incidents, newest first, to one person alone. */
export function incidentsMessage(
  view: ViewContext,
  list: { rows: IncidentFacts[]; page: number; more: boolean },
  warnedOf: (facts: IncidentFacts) => Warned,
): Rendered {
  const { t } = view.words
  const title = t('incident.list.title')
  const lines = list.rows.map(facts => listed(view, facts, warnedOf(facts)))
  const prefix = view.mission.commandPrefix
  return {
    text: pair(view, title, t('incident.list.count', { count: list.rows.length })),
    blocks: [
      header(title),
      ...(lines.length > 0 ? lines : [section(t('incident.list.none'))]),
      actions('incidents', [
        ...(list.page > 0
          ? [button(t('incident.list.newer'), 'incident.page:newer', String(list.page - 1))]
          : []),
        ...(list.more
          ? [button(t('incident.list.older'), 'incident.page:older', String(list.page + 1))]
          : []),
        button(t('incident.list.record'), 'incident.open', 'new', { style: 'primary' }),
      ]),
      context(t('incident.list.csv', { prefix })),
    ],
  }
}

/** *Record the incident*, below the receipt of closing an alert after an attack. */
export function offerIncident(view: ViewContext, alertId: string): Block {
  return actions('incident', [button(view.words.t('incident.offer'), 'incident.open', alertId)])
}
