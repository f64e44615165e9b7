import type { Connection } from './connection.ts'

/** An alert whose words are due to be forgotten. */
export interface EndedAlert {
  id: string
  code: string
}

/** Counting and erasing what has been kept for long enough. Times are epoch ms. */
export function retentionRepo(db: Connection) {
  const ended = db.raw.prepare<[number], EndedAlert>(
    `with recursive gone (id) as (
       select id from alerts where lifecycle in ('closed', 'withdrawn')
         and (select max(recorded_at) from alert_acts
              where alert_id = alerts.id and kind in ('close', 'withdraw')) < ?
       union select alerts.id from gone join alerts on alerts.merged_into = gone.id)
     select id, code from alerts
     where id in (select id from gone) and (what <> ''
       or exists (select 1 from alert_layers where alert_id = alerts.id and body is not null))
     order by seq`,
  )
  const forget = [
    // A place of the gazetteer stays: it is a code, and the statistics of a place need it.
    `update alerts set what = '', place_how = null, request_key = null,
       place_said = iif(place_id is null, '', place_said),
       lat = iif(place_id is null, null, lat), lon = iif(place_id is null, null, lon), precision = null
     where id = ?`,
    // `who` of these is a code: the clocks need it, and whoever reads later on what ground something was verified.
    `update alert_acts set note = null, who = iif(kind in ('urgency', 'verify', 'merge', 'unmerge'), who, null)
     where alert_id = ?`,
    `update reports set what = '', place_said = iif(place_id is null, null, place_said), request_key = null,
       lat = iif(place_id is null, null, lat), lon = iif(place_id is null, null, lon)
     where id in (select id from (select ? as a) join reports on alert_id = a or first_alert_id = a)`,
    `delete from alert_attributions where alert_id = ?`,
    `update alert_responses set who = null, did = null, result_note = null, request_key = null where alert_id = ?`,
    `update entry_versions set text = null where entry_id in (select id from entries where alert_id = ?)`,
    `update quotes set text = null where alert_id = ?`,
    `update authority_tellings set words = null, request_key = null where alert_id = ?`,
    `update authority_decisions set why = null where alert_id = ?`,
    `update community_feedback set words = null where alert_id = ?`,
    `update reprisal_checks set words = null where alert_id = ?`,
    `update alert_layers set body = null, district = null where alert_id = ?`,
    `update releases set summary = '', why = '', reason = null, request_key = null where alert_id = ?`,
    `update event_details set body = null, salt = '' where body is not null
       and seq in (select seq from events where record_kind = 'alert' and record_id = ?)`,
  ].map(sql => db.raw.prepare<[string]>(sql))
  const forgetInquiries = db.raw.prepare<[number]>(
    `update inquiries set what = '', why = '', reason = null, request_key = null
     where state <> 'open' and what <> '' and answered_at < ?`,
  )
  const forgetInquiryEvents = db.raw.prepare(
    `update event_details set body = null, salt = '' where body is not null and seq in (
       select events.seq from events join inquiries on inquiries.id = events.record_id
       where events.record_kind = 'inquiry' and inquiries.what = '')`,
  )
  const forgetFilters = db.raw.prepare<[number]>(
    `update event_details set body = null, salt = '' where body is not null
       and seq in (select seq from events where record_kind = 'alert_list' and recorded_at < ?)`,
  )
  const forgetIntake = [
    `update inbound_messages set sealed = null, wrapped_key = null, key_id = null
     where sealed is not null and received_at < ?
       and callback_id in (select id from callbacks where state <> 'open')`,
    // A source's number goes with its source.
    `update contacts set digest = null, sealed = null, wrapped_key = null, key_id = null
     where sealed is not null and source_id is null and last_at < ?`,
    `delete from inbound_seen where at < ?`,
  ].map(sql => db.raw.prepare<[number]>(sql))
  const forgetEarlyWarnings = db.raw
    .prepare<[number], string>(
      `update early_warnings set reason = null where reason is not null and state <> 'open' and decided_at < ?
       returning id`,
    )
    .pluck()
  const forgetEarlyWarningEvents = db.raw.prepare<[number]>(
    `update event_details set body = null, salt = '' where body is not null
       and seq in (select seq from events where record_kind = 'early_warning' and recorded_at < ?)`,
  )
  const endedTaskings = db.raw
    .prepare<[number], string>(
      `select id from taskings
       where result <> '' and (state in ('done', 'cancelled', 'not_taken_on') or (kind = 'request' and state = 'declined'))
         and max(state_at, coalesce((select max(recorded_at) from tasking_acts where tasking_id = taskings.id), 0)) < ?
       order by seq`,
    )
    .pluck()
  const forgetTasking = [
    `update taskings set result = '', reason = null, outcome = null, request_key = null,
       place_said = iif(place_id is null, null, place_said) where id = ?`,
    `update tasking_acts set words = null where tasking_id = ?`,
    `update tasking_steps set what = '' where tasking_id = ?`,
    `update gate_links set reason = null where record_kind = 'tasking' and record_id = ?`,
    `update event_details set body = null, salt = '' where body is not null
       and seq in (select seq from events where record_kind = 'tasking' and record_id = ?)`,
  ].map(sql => db.raw.prepare<[string]>(sql))
  /** Words of what was decided, notified, declared and handed over; what follows from codes and times stays. */
  const forgetJoint = [
    `update gates set words = '{}', tried = '[]', request_key = null where words <> '{}'
       and state not in ('waiting', 'returned', 'endorsed', 'granted') and coalesce(expires_at, 0) < $t
       and coalesce((select max(at) from gate_acts where gate_id = gates.id), asked_at) < $t`,
    `update gate_acts set reason = null where reason is not null
       and gate_id in (select id from gates where words = '{}')`,
    `update gate_links set reason = null where reason is not null and at < $t`,
    `update suspensions set what = '', request_key = null where what <> '' and restarted_at < $t`,
    `update concerns set words = '' where words <> '' and taken_up_at < $t`,
    `update notices set reference = '', request_key = null where reference <> '' and ended_at < $t`,
    `update postures set note = null, request_key = null where ended_at < $t`,
    `update drawdown_items set needed = null, available = null, conditions = null, line_text = null
       where drawdown_id in (select id from drawdowns where closed_at < $t)`,
    `update drawdowns set note = null, request_key = null where closed_at < $t`,
    // A team's words go with the team; how it stood, when, and for how long somebody was there stays.
    `update teams set why = '', questions = null, answers = '{}', reason = null, request_key = null
       where why <> '' and state in ('closed', 'declined', 'cancelled') and state_at < $t`,
    ...[
      `team_sections set reason = null where reason is not null`,
      `team_lines set words = '' where words <> ''`,
      `team_waivers set reason = '' where reason <> ''`,
      `team_acts set words = null where words is not null`,
      `team_reports set situation = '', needs = null, threats = null, actors = null, capacity = null,
         summary = null, links = null where situation <> ''`,
      `team_reviews set words = null where words is not null`,
      `team_recommendations set words = '', reason = null where words <> ''`,
      `team_questions set words = null where words is not null`,
      `team_notes set words = '' where words <> ''`,
      `quotes set text = null where text is not null`,
    ].map(change => `update ${change} and team_id in (select id from teams where why = '')`),
    `update event_details set body = null, salt = '' where body is not null
       and seq in (select seq from events where record_kind = 'team'
         and record_id in (select id from teams where why = ''))`,
  ].map(sql => db.raw.prepare(sql))
  /** Words of meetings that ended, of groups and of joint plans that closed; a decision not carried out keeps its own. */
  const ENDED_MEETINGS = `(select id from meetings where state in ('closed', 'cancelled')
     and coalesce(closed_at, at) < $t)`
  const CLOSED_PLANS = `(select id from plans where state = 'closed' and state_at < $t)`
  const REVIEWED = `(select id from exercises where reviewed_at < $t)`
  const forgetGroups = [
    `update meetings set because = null, not_used = null, minutes = null, request_key = null
       where id in ${ENDED_MEETINGS}`,
    `update meeting_entries set text = null where text is not null and meeting_id in ${ENDED_MEETINGS}
       and (kind <> 'decision' or done_at is not null)`,
    `update meeting_reports set text = '' where text is not null and meeting_id in ${ENDED_MEETINGS}`,
    `update crises set stood_down_why = null, worked = null, failed = null, no_lesson = null
       where reviewed_at < $t`,
    `update crisis_lessons set text = null where due_at < $t`,
    `update crisis_shifts set note = null where at < $t`,
    `update forum_hostings set why = '' where back_at < $t`,
    `update forums set situation = null, omission = null, request_key = null
       where state = 'closed' and state_at < $t`,
    `update event_details set body = null, salt = '' where body is not null and seq in
       (select seq from events where recorded_at < $t and (record_kind = 'meeting' and record_id in ${ENDED_MEETINGS}
          or record_kind = 'forum' and record_id in (select id from forums where state = 'closed' and state_at < $t)))`,
    `update plan_steps set what = '' where plan_id in ${CLOSED_PLANS}`,
    `update plan_voices set words = null where plan_id in ${CLOSED_PLANS}`,
    `update plans set goal = '', outcome = null, request_key = null where id in ${CLOSED_PLANS}`,
    `update event_details set body = null, salt = '' where body is not null and seq in
       (select seq from events where record_kind = 'plan' and record_id in ${CLOSED_PLANS})`,
    `update exercise_events set what = '' where exercise_id in ${REVIEWED}`,
    `update exercise_answers set words = null where exercise_id in ${REVIEWED}`,
    `update exercise_lessons set text = null where due_at < $t`,
    `update exercises set name = '', worked = null, failed = null, no_lesson = null, request_key = null
       where id in ${REVIEWED}`,
    `update event_details set body = null, salt = '' where body is not null and seq in
       (select seq from events where record_kind = 'exercise' and record_id in ${REVIEWED})`,
  ].map(sql => db.raw.prepare(sql))
  /** Words of places long off the list, of rounds that have ended, and of versions that another has replaced. */
  const forgetPlaces = [
    `update hotspots set name = '', request_key = null, place_said = iif(place_id is null, '', place_said),
       lat = iif(place_id is null, null, lat), lon = iif(place_id is null, null, lon)
     where name <> '' and state = 'removed' and $t > (
       select max(recorded_at) from events
       where record_kind = 'hotspot' and record_id = hotspots.id and kind = 'hotspot.removed')`,
    `update hotspot_contacts set post = '' where post <> ''
       and hotspot_id in (select id from hotspots where name = '')`,
    `update hotspot_tiers set reason = '' where reason <> ''
       and hotspot_id in (select id from hotspots where name = '')`,
    `update event_details set body = null, salt = '' where body is not null and seq in (
       select events.seq from events join hotspots on hotspots.id = events.record_id
       where events.record_kind = 'hotspot' and hotspots.name = '')`,
    ...[
      `update matrix_entries set note = null where note is not null`,
      `update matrix_proposals set reason = '' where reason <> ''`,
      `update matrix_dissents set reason = '' where reason <> ''`,
      `update matrix_waivers set reason = '' where reason <> ''`,
    ].map(each => `${each} and round_id in (select id from matrix_rounds where ended_at < $t)`),
    `update matrix_rows set reason = null where reason is not null and version_id in (
       select v.id from matrix_versions v where v.adopted_at < $t and exists (
         select 1 from matrix_versions w where w.sector is v.sector and w.number > v.number))`,
    `update event_details set body = null, salt = '' where body is not null and seq in (
       select events.seq from events join matrix_rounds on matrix_rounds.id = events.record_id
       where events.record_kind = 'matrix' and matrix_rounds.ended_at < $t)`,
  ].map(sql => db.raw.prepare(sql))
  const counted = {
    outbox: db.raw
      .prepare<[number], number>(
        `select count(*) from outbox where state in ('sent', 'merged', 'dropped') and created_at < ?`,
      )
      .pluck(),
    inbox: db.raw
      .prepare<[number], number>(`select count(*) from inbox where state <> 'waiting' and received_at < ?`)
      .pluck(),
    accessLog: db.raw.prepare<[number], number>('select count(*) from access_log where at < ?').pluck(),
  }
  const purgeAccess = db.raw.prepare<[number]>('delete from access_log where at < ?')

  return {
    /** Alerts that ended before `t` and still have their words, oldest first. */
    async endedBefore(t: number): Promise<EndedAlert[]> {
      return ended.all(t)
    },
    /** Forgets the words of an alert, its acts and its trail for good. What follows from codes and times stays true. */
    async forgetWords(alertId: string): Promise<void> {
      for (const statement of forget) statement.run(alertId)
    },
    /** Forgets the words of requests for information that were answered before `t`. */
    async forgetInquiries(t: number): Promise<void> {
      if (forgetInquiries.run(t).changes > 0) forgetInquiryEvents.run()
    },
    /** Forgets what somebody had a file of alerts made for before `t`: they may have looked for a name. */
    async forgetFilters(t: number): Promise<void> {
      forgetFilters.run(t)
    },
    /** Forgets what came in from the field before `t`, and numbers no source has that came last before it. */
    async forgetIntake(t: number): Promise<void> {
      for (const statement of forgetIntake) statement.run(t)
    },
    /** Forgets the words of decisions on early-warning items taken before `t`; the ids of those that had any. */
    async forgetEarlyWarnings(t: number): Promise<string[]> {
      forgetEarlyWarningEvents.run(t)
      return forgetEarlyWarnings.all(t)
    },
    /** Taskings and requests that ended before `t` and still have their words, oldest first. */
    async endedTaskings(t: number): Promise<string[]> {
      return endedTaskings.all(t)
    },
    /** Forgets the result, reasons, steps and trail of a tasking; who, when and how it ended stays. */
    async forgetTasking(id: string): Promise<void> {
      for (const statement of forgetTasking) statement.run(id)
    },
    /** Forgets the words of gates, suspensions, concerns, notifications, postures and handovers that ended before `t`. */
    async forgetJoint(t: number): Promise<void> {
      for (const statement of forgetJoint) statement.run({ t })
    },
    /** Forgets the words of meetings and groups that ended before `t`. */
    async forgetGroups(t: number): Promise<void> {
      for (const statement of forgetGroups) statement.run({ t })
    },
    /** Forgets the words of places, rounds and versions that were over before `t`; ranks, dates and codes stay. */
    async forgetPlaces(t: number): Promise<void> {
      for (const statement of forgetPlaces) statement.run({ t })
    },
    /** How many rows of a class are older than `t`. */
    async count(kind: keyof typeof counted, t: number): Promise<number> {
      return counted[kind].get(t) ?? 0
    },
    /** Removes what was looked at before `t`; tells how many. */
    async purgeAccess(t: number): Promise<number> {
      return purgeAccess.run(t).changes
    },
  }
}
