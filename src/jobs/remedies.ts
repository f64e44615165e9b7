/** What somebody must do so that a parked message can leave. Its words stand in the locales under `health.remedy`. */
export type Remedy =
  | 'invite_bot'
  | 'unarchive_channel'
  | 'check_token'
  | 'check_scopes'
  | 'person_unreachable'
  | 'check_sms'
  | 'report_fault'
  | 'retry'

const byCode: Record<string, Remedy> = {
  channel_not_found: 'invite_bot',
  not_in_channel: 'invite_bot',
  restricted_action: 'invite_bot',
  restricted_action_read_only_channel: 'invite_bot',
  restricted_action_thread_only_channel: 'invite_bot',
  is_archived: 'unarchive_channel',
  account_inactive: 'check_token',
  invalid_auth: 'check_token',
  not_authed: 'check_token',
  token_revoked: 'check_token',
  token_expired: 'check_token',
  ekm_access_denied: 'check_token',
  team_access_not_granted: 'check_token',
  org_login_required: 'check_token',
  missing_scope: 'check_scopes',
  no_permission: 'check_scopes',
  not_allowed_token_type: 'check_scopes',
  user_not_found: 'person_unreachable',
  user_disabled: 'person_unreachable',
  user_not_visible: 'person_unreachable',
  users_not_found: 'person_unreachable',
  cannot_dm_bot: 'person_unreachable',
  messages_tab_disabled: 'person_unreachable',
  // Given up after a day of trying.
  no_answer: 'retry',
  timeout: 'retry',
  internal_error: 'retry',
  fatal_error: 'retry',
  service_unavailable: 'retry',
  request_timeout: 'retry',
}

/** The remedy for a code of the outbox; what Tocsin itself got wrong is `report_fault`. */
export function remedyFor(code: string | null): Remedy {
  if (code === null) return 'retry'
  if (/^http_\d+$/.test(code)) return 'retry'
  if (code.startsWith('sms_')) return 'check_sms'
  return byCode[code] ?? 'report_fault'
}

/** people.id of the one a direct message refused for good shows to be out of reach; null where the fault is not theirs. */
export function unreachablePerson(target: string, code: string): string | null {
  if (!target.startsWith('person:')) return null
  const theirs = code === 'channel_not_found' || remedyFor(code) === 'person_unreachable'
  return theirs ? target.slice('person:'.length) : null
}
