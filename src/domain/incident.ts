/** What did happen to civilians, warned of or not: types and decisions, without I/O. */
import type { EventPrecision } from './alert.ts'
import type { Constituency } from './mission.ts'
import type { AlertResponse, Responder } from './response.ts'
import { type Cell, hideSmallNumbers } from './small-numbers.ts'

/** Types of events and their sub-types, as ACLED has them (codebook of 2023): six types, 25 sub-types. */
export const EVENT_TYPES = {
  battles: ['government_regains_territory', 'non_state_overtakes_territory', 'armed_clash'],
  explosions: [
    'chemical_weapon',
    'air_drone_strike',
    'suicide_bomb',
    'shelling_artillery_missile',
    'remote_explosive_landmine_ied',
    'grenade',
  ],
  violence_against_civilians: ['sexual_violence', 'attack', 'abduction_forced_disappearance'],
  protests: ['peaceful_protest', 'protest_with_intervention', 'excessive_force_against_protesters'],
  riots: ['violent_demonstration', 'mob_violence'],
  strategic_developments: [
    'agreement',
    'arrests',
    'change_to_group_activity',
    'disrupted_weapons_use',
    'headquarters_base_established',
    'looting_property_destruction',
    'non_violent_transfer_of_territory',
    'other_development',
  ],
} as const
export type EventType = keyof typeof EVENT_TYPES
export type SubType = (typeof EVENT_TYPES)[EventType][number]

export const SUB_TYPES: readonly SubType[] = Object.values(EVENT_TYPES).flat()
export const isSubType = (value: unknown): value is SubType => SUB_TYPES.includes(value as SubType)

/** The type a sub-type belongs to. */
export function eventTypeOf(subType: SubType): EventType {
  const types = Object.keys(EVENT_TYPES) as EventType[]
  return types.find(type => (EVENT_TYPES[type] as readonly string[]).includes(subType)) as EventType
}

/** What civilians suffered. */
export const HARMS = ['killed', 'injured', 'abducted', 'displaced'] as const
export type Harm = (typeof HARMS)[number]
/** By sex and age, given only where it is safe. */
export const GROUPS_OF_PEOPLE = ['women', 'men', 'girls', 'boys'] as const
export type GroupOfPeople = (typeof GROUPS_OF_PEOPLE)[number]

/** Civilians harmed; null where not known. */
export type Harmed = Record<Harm, number | null>
/** One cell of the table by sex and age. */
export interface HarmedGroup {
  harm: Harm
  group: GroupOfPeople
  count: number
}

export interface Incident {
  id: string
  code: string
  version: number
  exercise: boolean
  holder: Constituency
  audience: Constituency[]
  subType: SubType
  /** When it happened, or began (epoch ms), as closely as `precision` says. */
  at: number
  precision: EventPrecision
  placeId: string | null
  placeSaid: string
  lat: number | null
  lon: number | null
  sector: string | null
  /** Empty where nobody may write of it, or its words were erased. */
  what: string
  /** Class of the alleged perpetrators, an id of the mission's list. */
  perpetrator: string | null
  harm: Harmed
  groups: HarmedGroup[]
  recordedBy: string
  recordedAt: number
  /** `role` or `role@sector` of whoever recorded it. */
  role: string | null
}

/** Whether an incident gives people away by being told closely: then it has no words, a district and a week alone. */
export function isRestrictedKind({ subType }: Pick<Incident, 'subType'>): boolean {
  return subType === 'sexual_violence'
}

/** Harm as it may be shown: null where nothing is known, `hidden` where a small number would give somebody away. */
export interface ShownHarm {
  totals: Record<Harm, number | 'hidden' | null>
  groups: { harm: Harm; group: GroupOfPeople; count: number | 'hidden' }[]
}

/**
 * Harm with its small numbers hidden: all of a restricted kind of incident, and of any other those of girls and boys,
 * each with a neighbour from whose total it could be subtracted; where there is none, the table of that harm is left out.
 *
 * @param threshold counts below it are hidden.
 */
export function shownHarm(
  incident: Pick<Incident, 'subType' | 'harm' | 'groups'>,
  threshold: number,
): ShownHarm {
  const { harm, groups } = incident
  if (isRestrictedKind(incident)) {
    const totals = Object.fromEntries(
      HARMS.map(each => {
        const count = harm[each]
        return [each, count !== null && count < threshold ? 'hidden' : count]
      }),
    )
    return { totals: totals as ShownHarm['totals'], groups: [] }
  }
  const cells: Cell[] = groups.map(({ harm, group, count }) => ({ group: harm, kind: group, count }))
  const shown = hideSmallNumbers(withRests(cells, harm), {
    threshold,
    restricted: new Set(['girls', 'boys']),
  })
  return {
    totals: harm,
    groups: shown.flatMap(({ cells }) =>
      cells
        .filter(({ kind }) => kind !== 'rest')
        .map(({ group, kind, count }) => ({
          harm: group as Harm,
          group: kind as GroupOfPeople,
          count: count ?? ('hidden' as const),
        })),
    ),
  }
}

/** The people of a total that no group names stand in a cell of their own, for a hidden count could be told from them. */
function withRests(cells: readonly Cell[], harm: Harmed): Cell[] {
  return [...Map.groupBy(cells, ({ group }) => group)].flatMap(([group, row]) => {
    const rest = (harm[group as Harm] ?? 0) - row.reduce((sum, { count }) => sum + count, 0)
    return rest > 0 ? [...row, { group, kind: 'rest', count: rest }] : row
  })
}

const SPANS_MS: Record<EventPrecision, number> = {
  exact: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
}

/** An alert that an incident is linked to, as far as it tells whether civilians had been warned of. */
export interface Warning {
  raisedAt: number
  exercise: boolean
  lifecycle: string
  urgency: string
  responses: readonly Pick<AlertResponse, 'responder' | 'arrivedAt' | 'endedAt'>[]
  /** Whether an owner said that its people were there, without a response written down. */
  onSite: boolean
}

export const WARNING_RECORDS = ['warned_answered', 'warned_unanswered', 'not_warned'] as const
export type WarningRecord = (typeof WARNING_RECORDS)[number]

/**
 * A mission's three hardest numbers, for one incident: it was warned of and somebody answered, it was warned of and
 * nobody did, or nobody had warned.
 *
 * A warning is a linked alert raised before the incident was over as closely as its time is known, that did not say it
 * had happened already and was neither withdrawn nor an exercise of another kind than the incident. Alerts joined with
 * another count by what they are linked as. Answered is somebody who was there: on the way is no answer.
 *
 * @returns the record, and who answered, each once; nobody for an answer known from a tap alone.
 */
export function warningRecord(
  incident: Pick<Incident, 'at' | 'precision' | 'exercise'>,
  alerts: readonly Warning[],
): { record: WarningRecord; by: Responder[] } {
  const until = incident.precision === 'exact' ? incident.at : incident.at + SPANS_MS[incident.precision]
  const warnings = alerts.filter(
    ({ raisedAt, exercise, lifecycle, urgency }) =>
      raisedAt <= until &&
      urgency !== 'already_happened' &&
      lifecycle !== 'withdrawn' &&
      exercise === incident.exercise,
  )
  if (warnings.length === 0) return { record: 'not_warned', by: [] }
  const given = warnings.flatMap(({ responses }) => responses.filter(({ arrivedAt }) => arrivedAt !== null))
  const answered = given.length > 0 || warnings.some(({ onSite }) => onSite)
  return {
    record: answered ? 'warned_answered' : 'warned_unanswered',
    by: [...new Set(given.map(({ responder }) => responder))],
  }
}

/** A mission's three hardest numbers over many incidents. */
export interface WarningFigures {
  /** Incidents in which civilians were harmed, of each record. */
  counts: Record<WarningRecord, number>
  /** Incidents an alert before which is not the reader's to know: of them nothing can be said. */
  unknown: number
}

/** Whether an incident counts among those of which civilians should have been warned: they were harmed. */
export function harmedCivilians({ subType, harm }: Pick<Incident, 'subType' | 'harm'>): boolean {
  return eventTypeOf(subType) === 'violence_against_civilians' || HARMS.some(each => (harm[each] ?? 0) > 0)
}

/**
 * The three numbers of incidents that harmed civilians, exercises left out. Those of a restricted kind count only where
 * they are as many as the threshold, for fewer would stand out by being there.
 *
 * @param records an incident and what it was, null where the reader may not know.
 */
export function warningFigures(
  records: readonly {
    incident: Pick<Incident, 'subType' | 'harm' | 'exercise'>
    record: WarningRecord | null
  }[],
  threshold: number,
): WarningFigures {
  const real = records.filter(({ incident }) => !incident.exercise && harmedCivilians(incident))
  const restricted = real.filter(({ incident }) => isRestrictedKind(incident))
  const counted =
    restricted.length < threshold ? real.filter(({ incident }) => !isRestrictedKind(incident)) : real
  const of = (wanted: WarningRecord | null) => counted.filter(({ record }) => record === wanted).length
  return {
    counts: {
      warned_answered: of('warned_answered'),
      warned_unanswered: of('warned_unanswered'),
      not_warned: of('not_warned'),
    },
    unknown: of(null),
  }
}

/** Alerts this long before an incident, and this near to it, may have warned of it. */
export const CANDIDATE_MS = 30 * 86_400_000
export const CANDIDATE_KM = 25

/** What a column of the mission's own template of incidents may hold. */
export const INCIDENT_FIELDS = [
  'code',
  'date',
  'time',
  'precision',
  'event_type',
  'sub_type',
  'place',
  'district',
  'sector',
  'latitude',
  'longitude',
  'what',
  'perpetrator',
  'group',
  ...HARMS,
  ...HARMS.flatMap(harm => GROUPS_OF_PEOPLE.map(group => `${harm}_${group}` as const)),
  'alerts',
  'warned',
  'recorded_by',
  'recorded_at',
] as const
export type IncidentField = (typeof INCIDENT_FIELDS)[number]

/** A column of the mission's template: its title, and what stands in it. */
export interface IncidentColumn {
  column: string
  field: IncidentField
}
