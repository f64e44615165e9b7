import type { GazetteerRow } from '../gazetteer.ts'
import type { IncidentColumn } from '../incident.ts'
import type { Profile, ProfileDefaults } from '../profile.ts'
import type { Sensitivity, Tlp } from '../release.ts'
import type { QuietHours, ReminderRule } from '../reminder.ts'
import type { StandingSubscription } from '../subscription.ts'
import type { AftermathRules } from './aftermath-section.ts'
import type { AlertFinding } from './alert-parts.ts'
import type { Casevac } from './casevac-section.ts'
import type {
  Constituency,
  GroupClass,
  Language,
  Means,
  PerpetratorClass,
  RoleScope,
  Side,
  Slot,
  Step,
  TaskingKind,
  TaxonomyList,
  ThreatClass,
  ThreatScope,
  Urgency,
} from './codes.ts'
import type { ComponentReportRules } from './component-report-section.ts'
import type { DigestRules } from './digest-section.ts'
import type { ForumRules } from './forum-section.ts'
import type { Intake } from './intake-types.ts'
import type { PlaceRules } from './place-section.ts'
import type { TeamRules } from './team-section.ts'

export type * from './intake-types.ts'

import type { GateTemplate } from './gate-schema.ts'

export type { GateTemplate }

/** Words a person reads; complete for every language of the mission. */
export type LocalText = Partial<Record<Language, string>>

/** A role where it is held: `sector` is null for a role of the whole mission. */
export interface RoleRef {
  role: string
  sector: string | null
}

export interface Sector {
  id: string
  name: LocalText
}

export interface Base {
  id: string
  name: string
  sector: string
  /** WGS 84, decimal degrees. */
  lat: number
  lon: number
}

export interface Role {
  id: string
  name: LocalText
  scope: RoleScope
  constituency: Constituency
  /** False for roles that inform and relay but never own an alert, such as liaison assistants. */
  mayOwn: boolean
  /** Duty telephone shown in call trees. */
  phone: string | null
  /** The role that appoints to it, keeps its rota and hears of its vacancy; null: none named. */
  appointedBy: string | null
  /** Whether its holders may register channels, as those who administer a side may. */
  registersChannels: boolean
  /** The side whose people it confirms, hands over and closes; null for every other role. */
  administers: Side | null
}

/** Who may task or ask whom. `to` is a role or a constituency. */
export interface TaskingRow {
  from: string
  to: string
  kind: TaskingKind
}

export interface Term {
  id: string
  name: LocalText
  /** Choosing this term asks for a note. */
  asksNote: boolean
}

/** What may be asked for; `physical`: protection by those who are armed. */
export interface AskedFor extends Term {
  physical: boolean
}

/** A reason for not acting; `handsOver`: somebody else acts instead. */
export interface NotActing extends Term {
  handsOver: boolean
}

/** What became of the civilians; `attack`: they came to harm. */
export interface Outcome extends Term {
  attack: boolean
}

export interface Threat extends Term {
  class: ThreatClass
  scope: ThreatScope
}

export interface Group {
  id: string
  name: LocalText
  class: GroupClass
}

export interface Perpetrator extends Term {
  class: PerpetratorClass
  /** Shown only to those the alert's restricted layer is opened to. */
  restricted: boolean
}

export type Taxonomy = Readonly<
  Record<
    Exclude<TaxonomyList, 'threats' | 'perpetrators' | 'asked_for' | 'not_acting' | 'outcomes'>,
    readonly Term[]
  >
> & {
  readonly asked_for: readonly AskedFor[]
  readonly not_acting: readonly NotActing[]
  readonly outcomes: readonly Outcome[]
  readonly threats: readonly Threat[]
  readonly perpetrators: readonly Perpetrator[]
}

export interface Rung {
  role: string
  scope: RoleScope
  means: readonly Means[]
}

/** Milliseconds. Steps count from raising; `climb` counts from one rung to the next. */
export type DueTimes = Readonly<Record<Step | 'climb', number>>

export interface Ladder {
  id: string
  slot: Slot
  constituency: Constituency
  /** Lowest first. */
  rungs: readonly Rung[]
  due: Readonly<Record<Urgency, DueTimes>>
}

export interface Route {
  /** Null: any sector, and a place without one. */
  sectors: readonly string[] | null
  /** Null: any threat, and one not yet known. */
  threats: readonly string[] | null
  uniformed: string
  civilian: string
  inform: readonly string[]
}

export interface ChannelPurpose {
  id: string
  name: LocalText
}

export interface PersonRef {
  team: string
  user: string
}

export interface SeedPerson extends PersonRef {
  constituency: Constituency
  section: string | null
  location: string | null
  /** National staff, who may be at risk when named. */
  national: boolean
  language: Language | null
}

export interface SeedHolder extends RoleRef {
  holder: PersonRef
  alternates: readonly PersonRef[]
}

export interface SeedChannel {
  team: string
  channel: string
  purpose: string
  sector: string | null
  language: Language
  digest: boolean
}

/** How places are ranked, and by whom. Times in milliseconds. */
export interface MatrixRules {
  /** The highest value of each ordinal scale; each begins at 1. */
  scales: { likelihood: number; impact: number; vulnerability: number }
  /** The role that opens rounds, proposes where the sides differ and recommends. */
  chair: string
  /** The role of the forum that makes a recommendation a version. */
  adopts: string
  /** Roles held per sector that do the same for the rounds of their own sector, beside those above; null: nobody. */
  sectorChair: string | null
  sectorAdopts: string | null
  /** The role that gives the humanitarian side's one input. */
  humanitarianVoice: string
  /** The role that says how many units can be placed; null: nobody is asked. */
  unitsSaidBy: string | null
  reviewEveryMs: number
  answerWithinMs: number
  remindEveryMs: number
  /** An alert this near to a hotspot says so. */
  nearKm: number
  /** A place where no civilian staff were for longer counts as without civilian presence. */
  presenceWithinMs: number
  /** So many alerts near each other, raised within so long, and no hotspot there, are pointed out. */
  clusterAlerts: number
  clusterWithinMs: number
  clusterKm: number
}

/** What is kept for a time and then erased. `alerts`: the words of those that have ended. */
export type RetentionClass = 'alerts' | 'sources' | 'outbox' | 'inbox' | 'accessLog' | 'exports' | 'backups'

/** A peace operation's structure, checked and ready to use. Immutable. */
export interface Mission {
  name: LocalText
  short: string
  /** IANA time zone in which the mission's days begin and end. */
  zone: string
  /** The first is the default. */
  languages: readonly Language[]
  commandPrefix: string
  /** Triages what has no sector. */
  operationsCentre: RoleRef
  /** Advises on protection and sees the vacancies of the whole mission; null where the mission has none. */
  pocAdviser: RoleRef | null
  sectors: readonly Sector[]
  bases: readonly Base[]
  roles: readonly Role[]
  taxonomy: Taxonomy
  ladders: readonly Ladder[]
  routing: readonly Route[]
  tasking: readonly TaskingRow[]
  purposes: readonly ChannelPurpose[]
  digest: DigestRules
  componentReports: ComponentReportRules
  /** Who reads a kind of record unless it says otherwise. */
  audiences: { alert: readonly Constituency[]; hotspot: readonly Constituency[] }
  /** How places are ranked; null for a mission that ranks nothing. */
  matrix: MatrixRules | null
  /** Roles to which each layer of a record is opened. */
  layers: Readonly<
    Record<
      'attribution' | 'command' | 'human_rights' | 'child_protection' | 'sexual_violence',
      readonly string[]
    >
  >
  /** Groups that may be alleged; their names stand in the attribution layer alone. */
  groups: readonly Group[]
  /** Whom to tell where the mission's own personnel are alleged: nothing of it is stored. */
  conductContacts: readonly { name: LocalText; phone: string }[]
  /** How people are asked whether they can still be reached, and how long a handover may wait. Milliseconds. */
  people: {
    reachEveryMs: number
    reachAnswerWithinMs: number
    handoverWithinMs: number
  }
  /** How alerts that belong together are found. */
  finding: AlertFinding
  /** How long the cards of an alert stay in Slack after it has ended, in milliseconds; 0: for ever. */
  cardsKeptMs: number
  /** After this many milliseconds a channel's list of members is too old to show it anything restricted. */
  staleMembershipMs: number
  /** The emoji, without colons, that puts a message of an alert's thread on its record. */
  recordEmoji: string
  places: PlaceRules
  /** Whom to ring about a casualty or a life in danger now; null where the mission names nobody. */
  casevac: Casevac | null
  /** Of which alerts the holders of roles hear beyond their own duty. */
  subscriptions: readonly StandingSubscription[]
  /** Roles of the whole mission that decide what of their part's records is shown to others. */
  releasing: Readonly<Record<'mission' | 'human_rights' | 'humanitarian', string>>
  /** Who tells the authorities, and who decides that they may be told. */
  authorities: AftermathRules['authorities']
  /** Who tells a community what was done, and when it is asked about reprisals. */
  feedback: AftermathRules['feedback']
  /** The columns of the mission's own template of incidents, in order. */
  incidentTemplate: readonly IncidentColumn[]
  /** What a record is marked with unless somebody says otherwise. */
  marks: { tlp: Tlp; sensitivity: Sensitivity }
  /** Who reads taskings beside those named on them, and which roles read every component's scorecard. */
  taskings: { audience: readonly Constituency[]; seniorForum: readonly string[] }
  /** When people are reminded; quiet hours in the person's own zone, null for none. */
  reminders: {
    quiet: QuietHours | null
    rules: Readonly<Record<'tasking' | 'request' | 'referred', readonly ReminderRule[]>>
  }
  /** Groups in which the parts of the house meet: their kinds and how they are kept. */
  forums: ForumRules
  /** Joint protection teams and their kin. */
  teams: TeamRules
  /** What somebody else decides before a thing is done. */
  gates: readonly GateTemplate[]
  /** How closely the sides work together until they agree otherwise. */
  profile: Profile
  /** What the profile that holds sets. */
  defaults: ProfileDefaults
  /** Who reads alerts as the file has it, before a profile adds or takes away. */
  fileReaders: readonly Constituency[]
  /** Counts of restricted kinds below this are hidden, with a neighbour (`domain/small-numbers.ts`). */
  smallNumbers: number
  /** Roles that may read the trail of their own side, and change nothing. */
  oversight: readonly string[]
  /** After how many milliseconds each class of records is erased. */
  retention: Readonly<Record<RetentionClass, number>>
  intake: Intake
  seed: {
    people: readonly SeedPerson[]
    holders: readonly SeedHolder[]
    channels: readonly SeedChannel[]
  }
  gazetteer: readonly GazetteerRow[]
}

/** Who owns and who is told of an alert, before anybody's name is looked up. */
export interface Routed {
  uniformed: Ladder
  civilian: Ladder
  inform: RoleRef[]
}
