import type { Access } from '../db/access.ts'
import type { StoredEvent } from '../db/events.ts'
import type { Repos } from '../db/store.ts'
import { codeTyped } from '../domain/code.ts'
import type { Constituency, RoleRef } from '../domain/mission.ts'
import { SPECIALIST_LAYERS } from '../domain/sharing.ts'
import { sideOf } from '../domain/side.ts'
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
  /** The alert's code, or null where naming the record would say too much. */
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
  const alert = await read.alerts.byCode(normalCode(code))
  if (!alert || !isOwnSide(person, alert.holder)) throw new TocsinError('not_found')
  await noteReading(ctx, person, 'alert', alert.id)
  const entries: TrailEntry[] = []
  for (const event of await read.events.ofRecord('alert', alert.id)) entries.push(await entryOf(read, event))
  return { code: alert.code, entries }
}

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
  const alert = code === null ? null : await read.alerts.byCode(normalCode(code))
  if (code !== null && (!alert || !isOwnSide(person, alert.holder))) throw new TocsinError('not_found')
  const rows = alert
    ? await read.access.ofRecord('alert', alert.id)
    : await read.access.between(now - WEEK_MS, now + 1)
  const looks: Look[] = []
  for (const row of rows.toReversed()) {
    const shown = await shownRecord(read, person, row)
    if (shown === null) continue
    const { at, reason } = row
    const special = SPECIALIST_LAYERS.some(layer => layer === row.layer)
    // That a certain alert is a specialist's matter is the specialist's to tell.
    if (special && alert) continue
    const named = special ? { layer: 'specialist', code: null } : { layer: row.layer, code: shown.code }
    looks.push({ at, reason, ...named, by: await actorOf(read, row.personId, at) })
  }
  await noteReading(ctx, person, alert ? 'alert' : 'access', alert ? alert.id : 'access')
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
  return codeTyped('A', code) ?? code.trim().toUpperCase()
}
