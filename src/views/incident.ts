/** What did happen to civilians: its card, its list, its form and the choice of the alerts before it. */

import { EVENT_PRECISIONS, type EventPrecision } from '../domain/alert.ts'
import {
  EVENT_TYPES,
  type EventType,
  eventTypeOf,
  GROUPS_OF_PEOPLE,
  HARMS,
  type Incident,
  isRestrictedKind,
  type SubType,
  shownHarm,
} from '../domain/incident.ts'
import { type Language, textIn } from '../domain/mission.ts'
import { sideOf } from '../domain/side.ts'
import type { AlertFacts } from '../operations/alert/facts.ts'
import type { IncidentFacts, Warned } from '../operations/incident/facts.ts'
import { incidentLimits } from '../operations/incident.ts'
import type { Block, Rendered } from '../ports.ts'
import { placeInput, placeValue, sectorInput } from './alert/forms/raise.ts'
import { attributionInputs } from './alert/forms/specialist.ts'
import { alertTitle } from './alert/phrases.ts'
import { previewAction } from './alert/preview.ts'
import {
  actions,
  brief,
  button,
  checkboxes,
  context,
  fields,
  header,
  input,
  modal,
  plain,
  said,
  section,
  select,
  textInput,
} from './blocks.ts'
import { isRestrictedClass, roleNamed, sector, term, termOptions, type ViewContext } from './context.ts'

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
    return [`${t(`incident.harmName.${harm}`)}: ${list(parts)}`]
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

/** The form: a new incident, or one that is put right. `alertId`: the alert it is recorded from. */
export function incidentModal(
  view: ViewContext,
  from: { incident?: Incident; alert?: AlertFacts['alert']; alleged?: string | null },
) {
  const { t, list } = view.words
  const { incident, alert } = from
  const choose = t('alert.details.choose')
  const readers = list(view.mission.audiences.alert.map(id => t(`alert.constituency.${id}`)))
  const place = incident ?? alert
  return modal(
    'incident.record',
    {
      title: incident ? t('incident.form.amend', { code: incident.code }) : t('incident.form.title'),
      submit: t('alert.modal.record'),
      close: t('alert.modal.cancel'),
    },
    { incidentId: incident?.id ?? null, version: incident?.version ?? 0, alertId: alert?.id ?? null },
    [
      context(t('incident.form.readers', { readers })),
      input('subType', t('incident.form.subType'), subTypeSelect(view, incident?.subType ?? null), {
        hint: t('incident.form.subTypeHint'),
      }),
      input('at', t('incident.form.at'), {
        type: 'datetimepicker',
        action_id: 'at',
        initial_date_time: Math.floor((incident?.at ?? view.now) / 1000),
      }),
      input(
        'precision',
        t('incident.form.precision'),
        select(
          'precision',
          choose,
          EVENT_PRECISIONS.map(value => ({ value, text: t(`incident.precision.${value}`) })),
          incident?.precision ?? ('hour' satisfies EventPrecision),
        ),
      ),
      placeInput(
        view,
        place && place.placeSaid !== ''
          ? {
              text: place.placeSaid,
              value: place.placeId
                ? `${placeValue.known}${place.placeId}`
                : `${placeValue.said}${place.placeSaid}`.slice(0, 150),
            }
          : null,
      ),
      sectorInput(view, place?.sector ?? null),
      ...(incident ? [] : [previewAction(view, 'incident')]),
      input(
        'what',
        t('incident.form.what'),
        textInput('what', { multiline: true, initial: incident?.what, max: incidentLimits.what }),
        {
          optional: true,
          hint: t('incident.form.whatHint'),
        },
      ),
      ...HARMS.map(harm =>
        countInput(view, harm, t(`incident.harmName.${harm}`), incident?.harm[harm] ?? null),
      ),
      input(
        'breakdown',
        t('incident.form.groups'),
        textInput('breakdown', {
          multiline: true,
          initial: incident ? groupsTyped(view, incident) : null,
          max: 500,
        }),
        { optional: true, hint: t('incident.form.groupsHint') },
      ),
      input(
        'perpetrator',
        t('alert.field.perpetrator'),
        select('perpetrator', choose, termOptions(view, 'perpetrators'), from.alleged),
        { optional: true },
      ),
      ...attributionInputs(view),
    ],
  )
}

/** The 25 sub-types under their six types. */
function subTypeSelect(view: ViewContext, initial: SubType | null): object {
  const { t } = view.words
  const options = (type: EventType) =>
    EVENT_TYPES[type].map(value => ({ text: plain(t(`incident.subType.${value}`)), value }))
  const groups = (Object.keys(EVENT_TYPES) as EventType[]).map(type => ({
    label: plain(t(`incident.type.${type}`)),
    options: options(type),
  }))
  const chosen = groups.flatMap(group => group.options).find(({ value }) => value === initial)
  return {
    type: 'static_select',
    action_id: 'subType',
    placeholder: plain(t('alert.details.choose'), 150),
    option_groups: groups,
    ...(chosen ? { initial_option: chosen } : {}),
  }
}

function countInput(view: ViewContext, field: string, label: string, count: number | null): Block {
  return input(
    field,
    label,
    {
      type: 'number_input',
      action_id: 'count',
      is_decimal_allowed: false,
      min_value: '0',
      ...(count === null ? {} : { initial_value: String(count) }),
    },
    { optional: true, hint: view.words.t('incident.form.countHint') },
  )
}

/** "killed: women 2, girls 1", a line per harm, as the field for sex and age takes it. */
export function groupsTyped(view: ViewContext, { groups }: Pick<Incident, 'groups'>): string {
  const { t } = view.words
  return HARMS.flatMap(harm => {
    const cells = groups.filter(cell => cell.harm === harm)
    if (cells.length === 0) return []
    const parts = cells.map(({ group, count }) => `${t(`incident.people.${group}`)} ${count}`)
    return [`${t(`incident.harmName.${harm}`)}: ${parts.join(', ')}`]
  }).join('\n')
}

/** What was typed by sex and age, in this language; null where a line is not understood. */
export function groupsRead(view: ViewContext, typed: string): Incident['groups'] | null {
  const { t } = view.words
  const named = <K extends string>(keys: readonly K[], prefix: string, word: string) =>
    keys.find(key => t(`${prefix}.${key}`).toLowerCase() === word.trim().toLowerCase())
  const rows: Incident['groups'] = []
  for (const line of typed.split('\n').filter(each => each.trim() !== '')) {
    const colon = line.indexOf(':')
    const harm = named(HARMS, 'incident.harmName', line.slice(0, Math.max(0, colon)))
    if (!harm) return null
    for (const part of line.slice(colon + 1).split(',')) {
      const match = /^\s*(\p{L}+)\s+(\d{1,8})\s*$/u.exec(part)
      const group = match && named(GROUPS_OF_PEOPLE, 'incident.people', match[1] ?? '')
      if (!match || !group) return null
      rows.push({ harm, group, count: Number(match[2]) })
    }
  }
  return rows
}

/** After recording, and from the card: the alerts that came before it, likely ones offered. */
export function linkModal(
  view: ViewContext,
  facts: IncidentFacts,
  candidates: readonly AlertFacts[],
  recorded: boolean,
) {
  const { t } = view.words
  const { incident } = facts
  const linked = facts.alerts.map(({ alert }) => alert.id)
  const choices = candidates.slice(0, 10).map(each => ({
    text: alertTitle(view, each),
    value: each.alert.id,
    description: t('incident.raised', { at: view.words.dateTime(each.alert.raisedAt) }),
  }))
  const lead = recorded ? [section(`✅ *${t('incident.done', { code: incident.code })}*`)] : []
  const texts = { title: incident.code, close: t('alert.modal.done') }
  if (choices.length === 0)
    return modal('incident.none', texts, {}, [...lead, section(t('incident.noCandidates'))])
  return modal(
    'incident.link',
    { ...texts, submit: t('alert.modal.save') },
    { incidentId: incident.id, recorded },
    [
      ...lead,
      section(t('incident.linkAsk')),
      input('alerts', t('incident.linkLabel'), checkboxes('alerts', choices, linked), { optional: true }),
    ],
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
  const lines = list.rows.map(facts => {
    const { incident } = facts
    const harm = harmText(view, incident)
    const { record } = warnedOf(facts)
    return section(
      [
        `*${said(incidentTitle(view, facts))}*`,
        [
          whenText(view, incident),
          ...(harm ? [harm] : []),
          ...(record ? [t(`incident.warned.${record}`)] : []),
        ].join(' · '),
      ].join('\n'),
      button(t('incident.list.show'), 'incident.show', incident.id),
    )
  })
  const prefix = view.mission.commandPrefix
  return {
    text: `${title}: ${t('incident.list.count', { count: list.rows.length })}`,
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
