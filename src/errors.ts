/**
 * The catalogue of refusals. A code is stable: handlers turn it into a sentence of `src/locales` under
 * `errors.<code>`, logs and tests name it. `field` is the modal's input the sentence belongs next to.
 */
export const errorCodes = {
  /** The person is not known to the mission and may not do this yet. */
  not_registered: 'permission',
  /** Access was closed because a phone or a base was lost: nothing may be done but joining anew. */
  access_closed: 'permission',
  /** Nobody confirms themselves. */
  own_request: 'permission',
  /** The person is known, but holds no role that may do this. */
  not_allowed: 'permission',
  /** The person stands in neither owner's chain and is nobody who may record an answer for it. */
  not_in_chain: 'permission',
  /** The person stands in both chains and must say for which owner they act. */
  which_owner: 'input',
  /** The person is not named for this duty: neither holder, alternate, in the rota nor who appoints; `details.role`. */
  not_named: 'permission',
  /** The person has this duty already; `details.role`, `details.at`. */
  on_duty_already: 'conflict',
  /** The person has not taken this duty; `details.role`. */
  not_on_duty: 'conflict',
  /** The words name no duty, or more than one. */
  which_role: 'input',
  /** A day or time of a shift that is none, lies wholly in the past, or makes more days than a rota takes. */
  shift_invalid: 'input',
  /** Nobody the mission has confirmed is behind this Slack user. */
  person_unknown: 'input',
  /** The words name no base, and nobody; `details.value`. */
  no_base_or_person: 'input',
  /** The role belongs to another side than the person. */
  wrong_side: 'input',
  /** The person holds no role that registers channels. */
  not_registrar: 'permission',
  /** A direct message, which is no channel that could be registered. */
  not_a_channel: 'input',
  /** Slack does not tell who is in the channel. */
  channel_unreadable: 'conflict',
  /** The channel is not registered. */
  channel_unknown: 'missing',
  /** A channel chosen in a form that nobody registered. */
  channel_unregistered: 'input',
  /** Nothing stands in the channel that somebody in it may not read. */
  nothing_to_withdraw: 'conflict',
  /** The alert was marked for a specialist, who alone writes of it. */
  with_specialist: 'conflict',
  /** What is played and what is real are not linked to each other. */
  exercise_apart: 'conflict',
  /** The bot may not read the channel a message stands in; `details.code` is Slack's. */
  message_unreadable: 'conflict',
  /** The message is no longer there. */
  message_gone: 'missing',
  /** Written by an app, not a person. */
  message_of_app: 'input',
  /** More subscriptions than one person may have. */
  too_many_subscriptions: 'conflict',
  /** The person gave the bot no telephone number to text. */
  no_phone: 'input',
  /** The mission's own personnel are alleged: nothing is stored of it. */
  own_personnel: 'conflict',
  /** There is no such record for this person: it may not exist or may not be theirs to see. */
  not_found: 'missing',
  /** Somebody changed the record since the person opened it. `details.changed` names the fields. */
  stale: 'conflict',
  /** The record waits for nobody's decision: there is nothing to go ahead of. */
  nothing_waits: 'conflict',
  /** The same act stands already; `details` say whose it was and when. */
  already_done: 'conflict',
  /** The alert is closed or withdrawn; nothing more may be done to it but reading. */
  already_ended: 'conflict',
  /** The alert is open, joined to another, or its words were erased: there is no ending to take back. */
  not_ended: 'conflict',
  /** The mission file names no component that reports, or the person may know of none. */
  no_component_reports: 'missing',
  /** Quiet hours have a beginning and an end. */
  quiet_incomplete: 'input',
  /** An alert cannot be joined to itself. */
  same_alert: 'input',
  /** A threat that goes on cannot be closed. */
  still_ongoing: 'input',
  /** Physical protection was needed, and was neither given nor decided against by a command. */
  needs_protection: 'input',
  /** The authorities may not be told of this alert before those who must decide it have. */
  authorities_withheld: 'permission',
  /** One person cannot decide for head of office and human rights both. */
  same_decider: 'permission',
  /** A daily report in which no field says anything. */
  report_empty: 'input',
  /** Text that is needed is missing. */
  text_missing: 'input',
  /** A group to which somebody invited by default is not invited, without a reason. */
  omission_missing: 'input',
  /** Something brought into a meeting was not taken up, and nobody says why. */
  not_used_why: 'input',
  /** A post has said what it would do about an event of an exercise; its first answer stands. */
  answered_already: 'conflict',
  /** A lesson of a review without its words, its post or its day. */
  lesson_incomplete: 'input',
  /** A review without a lesson and without the reason why there is none. */
  lesson_missing: 'input',
  /** A step of a plan that uses force, without the district for which humanitarians are consulted. */
  district_missing: 'input',
  /** The log of a crisis forum, which closes when it stands down. */
  crisis_log: 'conflict',
  /** Nothing to report, from somebody whose posts have all reported. */
  reported_already: 'conflict',
  /** Text longer than may be stored; `details.max` code points. */
  text_too_long: 'input',
  /** Neither a known place nor words for it were given. */
  place_missing: 'input',
  /** A code that the mission's taxonomy does not hold; `details.value`. */
  unknown_term: 'input',
  /** Neither a span of time nor a sector, behind `stats`. */
  figures_words: 'input',
  /** Figures of the whole mission are for those who answer for the whole (decision 0029). */
  figures_not_yours: 'permission',
  /** A window that is no whole number of days, or a longer one than a gate takes. */
  days_invalid: 'input',
  /** A number that is not a whole number of people. */
  number_invalid: 'input',
  /** A number outside what the field takes; `details.min`, `details.max`. */
  number_range: 'input',
  /** Somebody who spoke for the other side in this round before. */
  both_sides: 'conflict',
  /** A round opened where no registered channel is, or in one for exercises. */
  round_channel: 'input',
  /** A round over these places is under way; `details.code`. */
  round_under_way: 'conflict',
  /** The round was revealed, recommended, adopted or cancelled meanwhile; `details.code`. */
  round_moved: 'conflict',
  /** No hotspot is on the list that a round could rank. */
  no_places: 'missing',
  /** The place is not in the round, or was taken off the list. */
  place_gone: 'conflict',
  /** There is no earlier word of this voice that could be confirmed. */
  nothing_to_carry: 'conflict',
  /** Contested rows without a proposal of the chair; `details.count`. */
  rows_undecided: 'conflict',
  /** Checks before the adoption that nobody has waived; `details.count`. */
  checks_stand: 'conflict',
  /** A season with a first month and no last, or the reverse. */
  season_half: 'input',
  sector_unknown: 'input',
  radius_range: 'input',
  unarmed_not_physical: 'input',
  not_theirs_to_protect: 'input',
  tier_2_by_command: 'permission',
  /** A time that lies in the past where a future one is needed, or the reverse. */
  time_past: 'input',
  day_past: 'input',
  time_future: 'input',
  /** Numbers by sex and age that come to more than the whole. */
  groups_exceed: 'input',
  /** Times of a response that do not follow each other: started, there, ended. */
  times_disorder: 'input',
  ends_before_start: 'input',
  hours_invalid: 'input',
  section_unanswered: 'input',
  waiver_unexplained: 'input',
  not_of_section: 'input',
  /** Visits of agencies and NGOs are not kept: how they move is theirs to know. */
  partner_visit: 'permission',
  /** A humanitarian partner's response is written down and changed by the partner alone. */
  partner_own: 'permission',
  /** Later than may be promised; `details.max` is the limit in milliseconds. */
  time_too_far: 'input',
  /** A reason that asks for a note came without one. */
  note_missing: 'input',
  /** On site before anybody said they respond. */
  not_responding: 'conflict',
  /** The disk is full or the store refuses to write: nothing was recorded. */
  not_stored: 'failure',
  /** Another bot runs on this data folder. */
  data_in_use: 'failure',
  /** The bot was given no key for the source vault. */
  no_vault_key: 'missing',
  /** A source sealed with a key the bot was not given, or damaged. */
  source_sealed: 'failure',
  /** The bot was given no key to seal which organisation an unnamed partner is. */
  no_partner_key: 'missing',
  /** An unnamed partner would share a channel with the mission's people; `details.channels` are Slack ids. */
  partner_together: 'conflict',
  /** Nobody takes part unnamed before they were told what cannot be hidden. */
  partner_not_told: 'input',
  /** The identity of this source was erased. */
  source_erased: 'missing',
  /** A grade outside the Admiralty scale, or a reason that is none. */
  choice_invalid: 'input',
  /** A deputy who is the recorder, of another constituency, or not confirmed. */
  deputy_invalid: 'input',
  /** Nobody decides what they proposed themselves. */
  own_proposal: 'permission',
  /** The words of a humanitarian or a human rights officer: nobody else proposes to show them to others. */
  only_author: 'permission',
  /** An alert marked for a specialist has no words, and none may be written in their place. */
  specialist_only: 'permission',
  /** One asks the other side: one's own is asked directly. */
  own_side: 'input',
  /** No release of this code stands, or it does not reach whoever asked. */
  release_unfit: 'input',
  /** Neither a part of the house nor a channel is named as readers. */
  audience_missing: 'input',
  /** A public channel, or one that holds somebody no side has confirmed. */
  release_channel: 'input',
  /** Nobody but the person who acts could decide. */
  no_releasing_officer: 'missing',
  /** Somebody who cannot take this over: not confirmed, or of another part of the mission than the post. */
  successor_invalid: 'input',
  /** There is nothing to hand over. */
  nothing_held: 'conflict',
  /** Nothing of a record is awaited of the person any more, so no reminder of it can be put off. */
  nothing_awaited: 'conflict',
  /** The person named answers for nothing open that the acting person could give to somebody else. */
  none_of_theirs: 'input',
  /** Somebody has decided already what a call back was. */
  callback_decided: 'conflict',
  /** No telephone number, or one without its country's code. */
  phone_invalid: 'input',
  /** By the mission's table nobody in the roles of this person tasks or asks whoever was chosen. */
  may_not_task: 'input',
  /** Nobody stands the post, and no other person was named: a tasking has one accountable person. */
  accountable_missing: 'input',
  /** The person left, was never confirmed, or is of another component than the post. */
  accountable_left: 'input',
  /** Steps that wait for each other; `details.steps`. */
  steps_cycle: 'input',
  /** A step waits for one that is not there; `details.step`, `details.after`. */
  steps_unknown: 'input',
  /** Other steps come first; `details.steps`. */
  step_waits: 'conflict',
  /** The mission file has no such gate, or none was chosen. */
  no_gate: 'missing',
  /** A gate was not passed: `details.gate` its code or what is missing, `details.role` who decides. */
  gate_waits: 'conflict',
  /** Another post decides this; `details.role`. */
  not_decider: 'permission',
  /** It was decided before, or has run out; `details.at`. */
  gate_decided: 'conflict',
  /** The time for the answer has not passed; `details.at`. */
  consultation_runs: 'conflict',
  /** Only humanitarians ask for an escort. */
  only_humanitarian: 'permission',
  /** Work of the mission is not called humanitarian. */
  not_humanitarian: 'input',
  /** What looks like a position or an hour. */
  by_secure_means: 'input',
  /** A joint item is paused until whoever it is for confirms it. */
  item_paused: 'conflict',
  /** Places would lose their cover without a line of their own; `details.places`. */
  places_open: 'conflict',
  /** The group, or its chair, belongs to one sector, and none was chosen. */
  sector_missing: 'input',
  /** The group was closed, stood down, or another does its work. */
  forum_over: 'conflict',
  /** The joint plan does not stand where this could be done. */
  plan_state: 'conflict',
  /** No step of the joint plan belongs to a post of this person's. */
  not_in_plan: 'permission',
  /** The step is waited for by others; `details.steps`. */
  step_awaited: 'conflict',
  /** An exercise was to be held in a channel that is not for exercises. */
  exercise_channel: 'input',
  /** A line of an exercise's script has no time in front; `details.line`. */
  script_line: 'input',
  /** The exercise does not stand where this could be done. */
  exercise_state: 'conflict',
  /** In its joint plan the step comes after others that are not done; `details.steps`. */
  step_before: 'conflict',
  /** A step that evacuates people was given to somebody other than agencies or NGOs. */
  evacuation_theirs: 'input',
  /** No step could be given: those left use force, and no consultation has ended for their district. */
  no_step_to_give: 'conflict',
  /** The meeting was closed or cancelled. */
  meeting_over: 'conflict',
  /** The meeting goes on: it has no minutes yet. */
  meeting_open: 'conflict',
  /** A meeting of this group is planned or goes on already; `details.at`. */
  meeting_planned: 'conflict',
  /** A meeting with no decision and no task closes with a reason alone. */
  only_briefings: 'input',
  /** None of the person's posts reports to this meeting. */
  no_report_due: 'permission',
  /** The person stands no post that was called in. */
  not_called: 'permission',
  /** A channel that holds somebody who may not read what would be posted. */
  channel_readers: 'input',
  /** A group cannot do its own work in its own place, nor that of one which does its work. */
  host_invalid: 'input',
  /** A group is named where none may be. */
  names_group: 'input',
  /** Something a team needs before it goes is neither there nor waived; `details.what` names it. */
  team_held_back: 'conflict',
  team_over: 'conflict',
  /** A recommendation that nobody has decided on; `details.count`. */
  recommendations_open: 'conflict',
  /** Something unforeseen; the log holds the trace under `details.reference`. */
  unexpected: 'failure',
} as const

export type ErrorCode = keyof typeof errorCodes
export type ErrorKind = (typeof errorCodes)[ErrorCode]

/** A refusal with a stable code. Thrown by domain and operations, turned into words by handlers. */
export class TocsinError extends Error {
  readonly code: ErrorCode
  /** The input it belongs to, where there is one: a name of the operation's input. */
  readonly field: string | undefined
  /** Values for the sentence: names, times, limits. Never texts of a record. */
  readonly details: Record<string, string | number | string[]>

  constructor(
    code: ErrorCode,
    options: { field?: string; details?: Record<string, string | number | string[]>; cause?: unknown } = {},
  ) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'TocsinError'
    this.code = code
    this.field = options.field
    this.details = options.details ?? {}
  }

  get kind(): ErrorKind {
    return errorCodes[this.code]
  }
}
