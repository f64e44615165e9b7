import type { Voice } from '../../domain/matrix/entry.ts'
import { RATING_COMPONENTS, voiceKey } from '../../domain/matrix/round.ts'
import type { RoleRef } from '../../domain/mission.ts'
import { sideOf } from '../../domain/side.ts'
import { TocsinError } from '../../errors.ts'
import type { Ctx, Person } from '../context.ts'
import { heldRoles, registeredPerson, sameRole } from '../permission.ts'
import { matrixRules, type RoundFacts } from './facts.ts'

/**
 * For whom the acting person speaks in a round: for the humanitarian side where they hold its voice, for their
 * component where they hold a role of the mission, else as one of the humanitarian organisations towards their own side.
 *
 * @throws TocsinError `not_registered`, `not_allowed` for who speaks for nobody; `both_sides` for who spoke for the
 *   other side in this round before.
 */
export function voiceOf(ctx: Ctx, { entries }: Pick<RoundFacts, 'entries'>): Voice {
  const person = registeredPerson(ctx)
  const voice = speakingFor(ctx, person)
  if (!voice) throw new TocsinError('not_allowed')
  const other = entries.some(entry => entry.by === person.id && entry.voice.side !== voice.side)
  if (other) throw new TocsinError('both_sides')
  return voice
}

function speakingFor(ctx: Ctx, { constituency }: Person): Voice | null {
  const roles = heldRoles(ctx)
  if (constituency === 'un_agency' || constituency === 'ngo') {
    const chosen = roles.some(({ role }) => role === matrixRules(ctx).humanitarianVoice)
    return { side: 'humanitarian', as: chosen ? 'side' : 'member' }
  }
  const component = RATING_COMPONENTS.find(id => id === constituency)
  return component && roles.length > 0 ? { side: 'mission', component } : null
}

/** What an entry is kept under: a component and the humanitarian side speak as one, their organisations each for itself. */
export function speakerOf(voice: Voice, personId: string): string {
  const key = voiceKey(voice)
  return voice.side === 'humanitarian' && voice.as === 'member' ? `${key}:${personId}` : key
}

/** @throws TocsinError `not_registered`, `not_allowed` unless the acting person holds the role. */
export function requireRole(ctx: Ctx, role: string): string {
  registeredPerson(ctx)
  if (!heldRoles(ctx).some(held => held.role === role)) throw new TocsinError('not_allowed')
  return role
}

/** What a round is led by: its sector, or null for one of the whole mission. */
type Scope = { sector: string | null }

/** Posts that lead a round, whoever leads its own sector first. */
export function chairsOf(ctx: Ctx, { sector }: Scope): RoleRef[] {
  const { chair, sectorChair } = matrixRules(ctx)
  return postsOf(chair, sectorChair, sector)
}

/** Posts that make its recommendation a version. */
export function adoptersOf(ctx: Ctx, { sector }: Scope): RoleRef[] {
  const { adopts, sectorAdopts } = matrixRules(ctx)
  return postsOf(adopts, sectorAdopts, sector)
}

function postsOf(ofMission: string, ofSector: string | null, sector: string | null): RoleRef[] {
  const own = ofSector !== null && sector !== null ? [{ role: ofSector, sector }] : []
  return [...own, { role: ofMission, sector: null }]
}

/**
 * The post in which the acting person does what one of these may.
 *
 * @throws TocsinError `not_registered`, `not_allowed` for who holds none.
 */
export function requirePost(ctx: Ctx, posts: readonly RoleRef[]): string {
  registeredPerson(ctx)
  const post = postHeld(ctx, posts)
  if (!post) throw new TocsinError('not_allowed')
  return post.role
}

function postHeld(ctx: Ctx, posts: readonly RoleRef[]): RoleRef | undefined {
  const held = heldRoles(ctx)
  return posts.find(each => held.some(role => sameRole(role, each)))
}

/** What the acting person may do in a round beside answering, so that no form offers what is refused. */
export interface RoundPart {
  /** people.id */
  personId: string
  humanitarian: boolean
  leads: boolean
  adopts: boolean
  /** Says how many units can be placed. */
  saysUnits: boolean
}

/** @throws TocsinError `not_registered`. */
export function partIn(ctx: Ctx, round: Scope): RoundPart {
  const { id, constituency } = registeredPerson(ctx)
  return {
    personId: id,
    humanitarian: constituency !== null && sideOf(constituency) === 'humanitarian',
    leads: postHeld(ctx, chairsOf(ctx, round)) !== undefined,
    adopts: postHeld(ctx, adoptersOf(ctx, round)) !== undefined,
    saysUnits: heldRoles(ctx).some(({ role }) => role === matrixRules(ctx).unitsSaidBy),
  }
}

/** Sectors whose rounds the acting person leads; null where they lead those of the whole mission and of every sector. */
export function sectorsLed(ctx: Ctx): string[] | null {
  const { chair, sectorChair } = matrixRules(ctx)
  const held = heldRoles(ctx)
  if (held.some(({ role }) => role === chair)) return null
  return held.flatMap(({ role, sector }) => (role === sectorChair && sector !== null ? [sector] : []))
}
