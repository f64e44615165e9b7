/** Incidents as rows of the mission's own template, so that nobody types them twice. */
import { DateTime } from 'luxon'
import type { CsvColumn, CsvValue } from '../domain/csv.ts'
import type { Gazetteer } from '../domain/gazetteer.ts'
import {
  eventTypeOf,
  GROUPS_OF_PEOPLE,
  type GroupOfPeople,
  HARMS,
  type Harm,
  type IncidentField,
  shownHarm,
} from '../domain/incident.ts'
import { type Language, textIn } from '../domain/mission.ts'
import type { IncidentFacts, Warned } from '../operations/incident/facts.ts'
import { sector, term, type ViewContext } from './context.ts'
import { recorderText } from './incident.ts'

/** An incident as one row: what of it its reader may read. */
export interface IncidentRow extends IncidentFacts {
  warned: Warned
  /** The class of alleged perpetrators, and the group by name, where this reader may read them. */
  alleged: string | null
  group: string | null
}

/** The columns of the mission's template, in its order and under its titles. */
export function incidentColumns(view: ViewContext, gazetteer: Gazetteer): CsvColumn<IncidentRow>[] {
  return view.mission.incidentTemplate.map(({ column, field }) => ({
    title: column,
    of: row => cellOf(view, gazetteer, row, field),
  }))
}

function cellOf(view: ViewContext, gazetteer: Gazetteer, row: IncidentRow, field: IncidentField): CsvValue {
  const { t, list } = view.words
  const { incident } = row
  const local = (at: number, format: string) =>
    DateTime.fromMillis(at, { zone: view.mission.zone }).toFormat(format)
  switch (field) {
    case 'code':
      return incident.code
    case 'date':
      return local(incident.at, 'yyyy-MM-dd')
    case 'time':
      return incident.precision === 'exact' || incident.precision === 'hour'
        ? local(incident.at, 'HH:mm')
        : null
    case 'precision':
      return t(`incident.precision.${incident.precision}`)
    case 'event_type':
      return t(`incident.type.${eventTypeOf(incident.subType)}`)
    case 'sub_type':
      return t(`incident.subType.${incident.subType}`)
    case 'place':
      return incident.placeSaid
    case 'district':
      return incident.placeId ? gazetteer.byId(incident.placeId)?.district : incident.placeSaid || null
    case 'sector':
      return incident.sector === null ? null : sector(view, incident.sector)
    case 'latitude':
      return incident.lat
    case 'longitude':
      return incident.lon
    case 'what':
      return incident.what
    case 'perpetrator':
      return row.alleged && term(view, 'perpetrators', row.alleged)
    case 'group': {
      const group = view.mission.groups.find(({ id }) => id === row.group)
      return group ? textIn(group.name, view.words.language as Language) : row.group
    }
    case 'alerts':
      return list(row.warned.alerts.map(({ alert }) => alert.code))
    case 'warned':
      return row.warned.record && t(`incident.warned.${row.warned.record}`)
    case 'recorded_by':
      return recorderText(view, row)
    case 'recorded_at':
      return local(incident.recordedAt, 'yyyy-MM-dd HH:mm')
    default:
      return harmed(view, row, field)
  }
}

function harmed(view: ViewContext, { incident }: IncidentRow, field: string): CsvValue {
  const { totals, groups } = shownHarm(incident, view.mission.smallNumbers)
  const few = (count: number | 'hidden' | null | undefined): CsvValue =>
    count === 'hidden' ? view.words.t('incident.few') : count
  const total = HARMS.find(harm => harm === field)
  if (total) return few(totals[total])
  const [harm, group] = field.split('_') as [Harm, GroupOfPeople]
  if (!GROUPS_OF_PEOPLE.includes(group)) return null
  return few(groups.find(cell => cell.harm === harm && cell.group === group)?.count)
}
