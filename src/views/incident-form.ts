/** The forms of an incident: recording it, putting it right, linking it to the alerts before it. */
import { EVENT_PRECISIONS, type EventPrecision } from '../domain/alert.ts'
import {
  EVENT_TYPES,
  type EventType,
  GROUPS_OF_PEOPLE,
  HARMS,
  type Incident,
  type SubType,
} from '../domain/incident.ts'
import type { AlertFacts } from '../operations/alert/facts.ts'
import type { IncidentFacts } from '../operations/incident/facts.ts'
import { incidentLimits } from '../operations/incident.ts'
import type { Block } from '../ports.ts'
import { placeInput, placeValue, sectorInput } from './alert/forms/raise.ts'
import { attributionInputs } from './alert/forms/specialist.ts'
import { alertTitle } from './alert/phrases.ts'
import { previewAction } from './alert/preview.ts'
import { checkboxes, context, input, modal, plain, section, select, textInput } from './blocks.ts'
import { termOptions, type ViewContext } from './context.ts'

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
      previewAction(view, 'incident'),
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
