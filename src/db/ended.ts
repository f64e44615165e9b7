import type { Connection } from './connection.ts'

/** A record by its kind in the trail and its row. */
export interface EndedRecord {
  kind: string
  id: string
}

/** Records that had come to their end at `$t`, each kind by its own states; an incident is over when it is recorded. */
const ENDED = [
  `select 'incident' kind, id from incidents`,
  `select 'tasking', id from taskings where state_at < $t
     and (state in ('done', 'cancelled', 'not_taken_on') or (kind = 'request' and state = 'declined'))`,
  `select 'hotspot', id from hotspots where state = 'removed'`,
  `select 'matrix', id from matrix_rounds where ended_at < $t`,
  `select 'team', id from teams where state in ('closed', 'declined', 'cancelled') and state_at < $t`,
  `select 'meeting', id from meetings where state in ('closed', 'cancelled')`,
  `select 'forum', id from forums where state = 'closed' and state_at < $t`,
  `select 'plan', id from plans where state = 'closed' and state_at < $t`,
  // What only persons are told of.
  `select 'gate', id from gates where state not in ('waiting', 'returned', 'proceeding', 'endorsed', 'granted')
     and coalesce(expires_at, 0) < $t`,
  `select 'suspension', id from suspensions where restarted_at < $t`,
  `select 'drawdown', id from drawdowns where closed_at < $t`,
  `select 'drawdown_item', id from drawdown_items
     where drawdown_id in (select id from drawdowns where closed_at < $t)`,
  `select 'notice', id from notices where ended_at < $t`,
  `select 'posture', id from postures where ended_at < $t`,
  `select 'posture_item', id from posture_items
     where posture_id in (select id from postures where ended_at < $t)`,
  `select 'inquiry', id from inquiries where state <> 'open' and answered_at < $t`,
  `select 'concern', id from concerns where taken_up_at < $t`,
  `select 'early_warning', id from early_warnings where state <> 'open' and decided_at < $t`,
  `select 'callback', id from callbacks where state <> 'open' and decided_at < $t`,
  `select 'feedback', id from community_feedback where state <> 'open' and answered_at < $t`,
  `select 'reprisal', id from reprisal_checks where answered_at < $t`,
  `select 'team_question', id from team_questions where answered_at < $t`,
  `select 'quote', id from quotes where state in ('declined', 'withdrawn', 'taken_back')`,
].join(' union all ')

/** What has ended and still stands in Slack. */
export function endedRepo(db: Connection) {
  const standing = db.raw.prepare<{ t: number }, EndedRecord>(
    `select kind, id from (${ENDED}) as ended
     where exists (select 1 from postings where record_id = ended.id and withdrawn_at is null)
       and not exists (select 1 from postings
         where record_id = ended.id and withdrawn_at is null and posted_at >= $t)
       and not exists (select 1 from events
         where record_kind = ended.kind and record_id = ended.id and recorded_at >= $t)`,
  )

  return {
    /** Ended records of which something stands in Slack, with nothing posted or done about them since `t` (epoch ms). */
    async standingSince(t: number): Promise<EndedRecord[]> {
      return standing.all({ t })
    },
  }
}
