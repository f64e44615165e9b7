/** Languages in which the bot has its words (`src/locales`). */
export const LANGUAGES = ['en', 'fr'] as const
export type Language = (typeof LANGUAGES)[number]

/** How near the harm is, nearest first; `already_happened` last. */
export const URGENCIES = [
  'happening_now',
  'imminent',
  'within_24h',
  'within_72h',
  'tension',
  'already_happened',
] as const
export type Urgency = (typeof URGENCIES)[number]

/** What is awaited from each owner of an alert, in order. */
export const STEPS = ['acknowledge', 'decide', 'on_site', 'close'] as const
export type Step = (typeof STEPS)[number]

/** The two owners of an alert. */
export const SLOTS = ['civilian', 'uniformed'] as const
export type Slot = (typeof SLOTS)[number]

/** The parts of the mission and its surroundings that people belong to; decides who may read what. */
export const CONSTITUENCIES = [
  'military',
  'police',
  'mission_civilian',
  'human_rights',
  'un_agency',
  'ngo',
  'host_state',
] as const
export type Constituency = (typeof CONSTITUENCIES)[number]

/** The two sides of the house. Each confirms its own people, and nobody of the other sees who asks. */
export const SIDES = ['mission', 'humanitarian'] as const
export type Side = (typeof SIDES)[number]

/** Which constituencies may own an alert in which slot. */
export const SLOT_CONSTITUENCIES: Readonly<Record<Slot, readonly Constituency[]>> = {
  uniformed: ['military', 'police'],
  civilian: ['mission_civilian', 'human_rights'],
}

/** By which means a rung reaches its people. */
export const MEANS = ['mention', 'direct_message', 'sms'] as const
export type Means = (typeof MEANS)[number]

/** What one may do towards another: give a task, or ask, which may be declined freely. */
export const TASKING_KINDS = ['tasking', 'request'] as const
export type TaskingKind = (typeof TASKING_KINDS)[number]

/** Constituencies the mission may task; all others it may only ask. */
export const TASKABLE: readonly Constituency[] = ['military', 'police', 'mission_civilian']

export const ROLE_SCOPES = ['sector', 'mission'] as const
export type RoleScope = (typeof ROLE_SCOPES)[number]

/** Whether a threat is one of physical violence or belongs to the wider picture. */
export const THREAT_SCOPES = ['physical', 'wider'] as const
export type ThreatScope = (typeof THREAT_SCOPES)[number]

/** Classes every threat of a mission belongs to; a mission names and subdivides them, it adds none. */
export const THREAT_CLASSES = [
  'armed_attack',
  'movement_of_armed_elements',
  'killing_or_injury',
  'sexual_violence',
  'abduction',
  'recruitment_of_children',
  'forced_displacement',
  'attack_on_aid',
  'explosive_hazard',
  'intercommunal_tension',
  'unrest',
  'crime',
  'intimidation',
  'hate_speech',
  'obstruction_of_access',
  'natural_hazard',
  'other',
] as const
export type ThreatClass = (typeof THREAT_CLASSES)[number]

/** Classes of the wider picture that every mission must offer. */
export const REQUIRED_THREAT_CLASSES: readonly ThreatClass[] = [
  'unrest',
  'crime',
  'intimidation',
  'hate_speech',
]

/** Classes of alleged perpetrators; never a people, a community or a named person (5C-8). */
export const PERPETRATOR_CLASSES = [
  'state_forces',
  'foreign_forces',
  'armed_group',
  'community_militia',
  'criminals',
  'crowd',
  'private_security',
  'individual',
  'unknown',
  'other',
] as const
export type PerpetratorClass = (typeof PERPETRATOR_CLASSES)[number]

/** Classes of groups that may be alleged; of `state`, `state_aligned` and `un` nothing shows outside the layer. */
export const GROUP_CLASSES = [
  'state',
  'state_aligned',
  'un',
  'armed_group',
  'militia',
  'criminals',
  'other',
] as const
export type GroupClass = (typeof GROUP_CLASSES)[number]

/** Lists of the taxonomy, by the key they have in the mission file. */
export const TAXONOMY_LISTS = [
  'threats',
  'came_by',
  'at_risk',
  'perpetrators',
  'asked_for',
  'not_acting',
  'cannot_take',
  'outcomes',
] as const
export type TaxonomyList = (typeof TAXONOMY_LISTS)[number]

/** Purposes of channels that the bot itself looks for; a mission may add its own. */
export const REQUIRED_PURPOSES = ['sector', 'operations_centre'] as const
