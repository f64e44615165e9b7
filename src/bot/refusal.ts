import { WebAPIPlatformError } from '@slack/web-api'
import { type Language, type Mission, roleName, textIn } from '../domain/mission.ts'
import type { ErrorCode, TocsinError } from '../errors.ts'
import type { Locales, Words } from '../locales/index.ts'
import { parseRoleKey } from '../operations/permission.ts'

/** What a sentence names beyond itself. Without all of these the sentence `<code>_bare` is said instead. */
export const refusalGaps: Partial<Record<ErrorCode, readonly string[]>> = {
  stale: ['changed'],
  already_done: ['role', 'at'],
  text_too_long: ['max'],
  unknown_term: ['value'],
  no_base_or_person: ['value'],
  time_too_far: ['max'],
  number_range: ['min', 'max'],
  radius_range: ['max'],
  sector_unknown: ['said'],
  round_under_way: ['code'],
  exercise_apart: ['code'],
  round_moved: ['code'],
  rows_undecided: ['count'],
  checks_stand: ['count'],
  steps_cycle: ['steps'],
  step_awaited: ['steps'],
  step_before: ['steps'],
  script_line: ['line'],
  steps_unknown: ['step', 'after'],
  step_waits: ['steps'],
  partner_together: ['channels'],
  gate_waits: ['gate', 'role'],
  not_decider: ['role'],
  gate_decided: ['at'],
  consultation_runs: ['at'],
  places_open: ['places'],
  team_held_back: ['what'],
  recommendations_open: ['count'],
  meeting_planned: ['at'],
  unexpected: ['reference'],
}

/** Slack's words for a modal that was asked for too late; pressing again helps. */
const TOO_LATE = new Set([
  'expired_trigger_id',
  'exchanged_trigger_id',
  'trigger_expired',
  'trigger_exchanged',
])

export function cameTooLate(error: unknown): boolean {
  return error instanceof WebAPIPlatformError && TOO_LATE.has(error.data.error)
}

/** What sentences are made of besides the reader's words. */
export interface Naming {
  mission: Mission
  has: Locales['has']
}

/** A refusal as one clear sentence: what is wrong and what to do. */
export function refusalSentence(error: TocsinError, words: Words, naming: Naming): string {
  const { code, details } = error
  const named = refusalGaps[code] ?? []
  if (named.some(name => isEmpty(details[name]))) return words.t(`errors.${code}_bare`)
  const said = named.map(name => [name, say(code, name, details[name]!, words, naming)])
  return words.t(`errors.${code}`, Object.fromEntries(said))
}

type Detail = TocsinError['details'][string]

function isEmpty(detail: Detail | undefined): boolean {
  return detail === undefined || detail === '' || (Array.isArray(detail) && detail.length === 0)
}

function say(code: ErrorCode, name: string, value: Detail, words: Words, { mission, has }: Naming): string {
  if (Array.isArray(value)) {
    const fields = value.map(field => `errors.fields.${field}`)
    return words.list(fields.map((key, i) => (has(key) ? words.t(key) : value[i]!)))
  }
  if (name === 'role') return roleName(mission, parseRoleKey(String(value)), words.language as Language)
  if (name === 'gate') return gateName(String(value), mission, words)
  if (typeof value === 'string') return value
  if (name === 'at') return words.dateTime(value)
  return code === 'time_too_far' ? words.duration(value) : words.number(value)
}

/** A gate by its code; one that is not there yet by its name in the mission file. */
function gateName(value: string, mission: Mission, words: Words): string {
  const template = mission.gates.find(({ id }) => id === value)
  return template ? textIn(template.name, words.language as Language) : value
}
