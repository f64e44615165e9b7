import type { Access } from '../db/access.ts'
import type { StoredEvent } from '../db/events.ts'
import type { Repos } from '../db/store.ts'
import { codeTyped } from '../domain/code.ts'
import type { Constituency, RoleRef } from '../domain/mission.ts'
import { SPECIALIST_LAYERS } from '../domain/sharing.ts'
import { sideOf } from '../domain/side.ts'
import { isAskedAsWhole } from '../domain/tasking.ts'
import type { TeamState } from '../domain/team.ts'
import { TocsinError } from '../errors.ts'
import type { Ctx, Person } from './context.ts'
import { heldRoles, registeredPerson } from './permission.ts'

/** Who did something, as oversight reads it: by posts held then, else by where they belong; never by name. */
export type TrailActor =
  | { kind: 'system' }
  | { kind: 'operator' }
  | { kind: 'person'; roles: RoleRef[]; constituency: Constituency | null; location: string | null }

/** One event: what kind, when, by whom, and those of its fields that are codes. No words. */
export interface TrailEntry {
  seq: number
  at: number
  recordedAt: number
  kind: string
  by: TrailActor
  /** Names of fields and codes, as `field: value`. */
  codes: [string, string][]
}

export interface RecordTrail {
  code: string
  entries: TrailEntry[]
}

/** Somebody was shown something. */
export interface Look {
  at: number
  by: TrailActor
  layer: string
  /** The record's code, or null where naming it would say too much. */
  code: string | null
  reason: string | null
}

const WEEK_MS = 7 * 86_400_000

/**
 * The timeline of a record for oversight: kinds, codes, posts and times, never a word that somebody wrote. Reading it
 * is itself logged.
 *
 * @throws TocsinError `not_registered`, `not_allowed`, `not_found` also for a record of another side.
 */
export async function recordTrail(ctx: Ctx, code: string): Promise<RecordTrail> {
  const person = requireOversight(ctx)
  const { read } = ctx.store
  const record = await trailed(read, normalCode(code))
  if (!record || !isOwnSide(person, record.holder)) throw new TocsinError('not_found')
  await noteReading(ctx, person, record.kind, record.id)
  const entries: TrailEntry[] = []
  const underWay = record.kind === 'team' && isUnderWay((await read.teams.byId(record.id))?.state)
  for (const event of await read.events.ofRecord(record.kind, record.id))
    if (record.kind !== 'team' || isTeamEventShown(event, underWay)) entries.push(await entryOf(read, event))
  return { code: record.code, entries }
}

const isUnderWay = (state: TeamState | undefined) => state === 'composing' || state === 'out'

/** Of a team whatever shows no humanitarian's choice, no reprisal and, until it is back, not where it is. */
function isTeamEventShown({ kind, data }: StoredEvent, underWay: boolean): boolean {
  if (kind === 'team.joined' || kind === 'team.stayed_away') return false
  if (data.kind === 'reprisal') return false
  return !underWay || !MOVEMENTS.has(kind)
}

const MOVEMENTS = new Set(['team.cleared', 'team.go', 'team.check_in', 'team.extend', 'team.missed'])

interface Trailed {
  kind: string
  id: string
  code: string
  holder: Constituency
}

/**
 * The record of a code, where its trail is for oversight. A request to an agency or to NGOs is none: how they answer is
 * followed by whoever asked and by nobody else.
 */
async function trailed(repos: Repos, code: string): Promise<Trailed | null> {
  switch (code[0]) {
    case 'A':
      return asTrailed('alert', await repos.alerts.byCode(code))
    case 'T': {
      const tasking = await repos.taskings.byCode(code)
      return tasking && !isAskedAsWhole(tasking.toConstituency) ? asTrailed('tasking', tasking) : null
    }
    case 'G':
      return asTrailed('gate', await repos.gates.byCode(code))
    case 'P':
      return asTrailed('posture', await repos.postures.byCode(code))
    case 'D':
      return asTrailed('drawdown', await repos.drawdowns.byCode(code))
    case 'J':
      return asTrailed('team', await repos.teams.byCode(code))
    case 'K':
      return asTrailed('plan', await repos.plans.byCode(code))
    case 'X':
      return asTrailed('exercise', await repos.exercises.byCode(code))
    case 'F':
      return asTrailed('forum', await repos.forums.byCode(code))
    default:
      return null
  }
}

const asTrailed = (kind: string, row: Omit<Trailed, 'kind'> | null): Trailed | null =>
  row && { kind, id: row.id, code: row.code, holder: row.holder }

/**
 * Who was shown a layer, a source, a release or an export in the last seven days, newest first; of a record where its
 * code is given. Records of another side are left out; a source is never named by its code, nor which alert a
 * specialist looked at.
 *
 * @throws TocsinError `not_registered`, `not_allowed`, `not_found`.
 */
export async function accessTrail(ctx: Ctx, code: string | null): Promise<Look[]> {
  const person = requireOversight(ctx)
  const { read } = ctx.store
  const now = ctx.clock.now()
  const record = code === null ? null : await trailed(read, normalCode(code))
  if (code !== null && (!record || !isOwnSide(person, record.holder))) throw new TocsinError('not_found')
  const rows = record
    ? await read.access.ofRecord(record.kind, record.id)
    : await read.access.between(now - WEEK_MS, now + 1)
  const looks: Look[] = []
  for (const row of rows.toReversed()) {
    const shown = await shownRecord(read, person, row)
    if (shown === null) continue
    const { at, reason } = row
    const special = SPECIALIST_LAYERS.some(layer => layer === row.layer)
    // That a certain alert is a specialist's matter is the specialist's to tell.
    if (special && record) continue
    const named = special ? { layer: 'specialist', code: null } : { layer: row.layer, code: shown.code }
    looks.push({ at, reason, ...named, by: await actorOf(read, row.personId, at) })
  }
  await noteReading(ctx, person, record?.kind ?? 'access', record?.id ?? 'access')
  return looks
}

/**
 * Whether the whole chain of events is as it was written. Takes as long as there are events.
 *
 * @throws TocsinError `not_registered`, `not_allowed`.
 */
export async function isTrailSound(ctx: Ctx): Promise<boolean> {
  requireOversight(ctx)
  return (await ctx.store.read.events.verify()).ok
}

/** @throws TocsinError `not_registered`, `not_allowed`. */
function requireOversight(ctx: Ctx): Person {
  const person = registeredPerson(ctx)
  if (!heldRoles(ctx).some(({ role }) => ctx.mission.oversight.includes(role)))
    throw new TocsinError('not_allowed')
  return person
}

/** Whoever watches is watched: what oversight read is in the access log too. */
function noteReading(ctx: Ctx, { id }: Person, recordKind: string, recordId: string): Promise<void> {
  const look = { at: ctx.clock.now(), personId: id, layer: 'trail', recordKind, recordId }
  return ctx.store.write(repos => repos.access.add(look))
}

/** What may be said of the record a look was at; null where it belongs to another side. */
async function shownRecord(
  repos: Repos,
  person: Person,
  { recordKind, recordId, personId }: Access,
): Promise<{ code: string | null } | null> {
  switch (recordKind) {
    case 'alert': {
      const alert = await repos.alerts.byId(recordId)
      return alert && isOwnSide(person, alert.holder) ? { code: alert.code } : null
    }
    case 'gate': {
      const gate = await repos.gates.byId(recordId)
      return gate && isOwnSide(person, gate.holder) ? { code: gate.code } : null
    }
    case 'source': {
      const source = await repos.sources.byId(recordId)
      const recorder = source && (await repos.people.byId(source.recorder))
      return recorder?.constituency && isOwnSide(person, recorder.constituency) ? { code: null } : null
    }
    case 'callback':
      return isOwnSide(person, 'mission_civilian') ? { code: null } : null
    case 'export':
      return isOwnSide(person, recordId as Constituency) ? { code: null } : null
    case 'access': {
      const reader = await repos.people.byId(personId)
      return reader?.constituency && isOwnSide(person, reader.constituency) ? { code: null } : null
    }
    default:
      return null
  }
}

function isOwnSide(person: Person, holder: Constituency): boolean {
  return person.constituency !== null && sideOf(person.constituency) === sideOf(holder)
}

async function entryOf(repos: Repos, event: StoredEvent): Promise<TrailEntry> {
  const { seq, at, recordedAt, kind, actor, data } = event
  return { seq, at, recordedAt, kind, by: await actorOf(repos, actor, at), codes: codesIn(data) }
}

async function actorOf(repos: Repos, id: string, at: number): Promise<TrailActor> {
  if (id === 'system' || id === 'operator') return { kind: id }
  const person = await repos.people.byId(id)
  return {
    kind: 'person',
    roles: (await repos.roles.rolesOf(id, at)).map(({ role, sector }) => ({ role, sector })),
    constituency: person?.constituency ?? null,
    location: person?.location ?? null,
  }
}

/** Fields of events that hold codes, whatever the kind; every other stays untold. */
const CODES = new Set([
  'slot',
  'role',
  'means',
  'reason',
  'fields',
  'urgency',
  'sector',
  'ladder',
  'ladders',
  'step',
  'rung',
  'outcome',
  'late',
  'reliability',
  'credibility',
  'independent',
  'gate',
  'decision',
  'ground',
  'tier',
])

function codesIn(data: Record<string, unknown>): [string, string][] {
  return Object.entries(data).flatMap(([field, value]): [string, string][] => {
    if (!CODES.has(field) || value === null || value === undefined) return []
    const text = Array.isArray(value) ? value.join(', ') : String(value)
    return CODE_SHAPE.test(text) ? [[field, text]] : []
  })
}

/** What a code looks like: a text that somebody wrote has spaces and capitals. */
const CODE_SHAPE = /^[\w@.-]+(, [\w@.-]+)*$|^[\w,]+$/

function normalCode(code: string): string {
  const typed = code.trim()
  return codeTyped(typed.charAt(0).toUpperCase(), typed) ?? typed.toUpperCase()
}
