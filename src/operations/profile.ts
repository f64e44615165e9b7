import type { Repos } from '../db/store.ts'
import type { Mission, Side } from '../domain/mission.ts'
import {
  changeOf,
  defaultsOf,
  type Integration,
  isProfile,
  loosens,
  missionUnder,
  type Profile,
  type ProfileChange,
  type ProfileProposal,
} from '../domain/profile.ts'
import { TocsinError } from '../errors.ts'
import { administeredSide, administrators, requireAdministrator } from './administrators.ts'
import { keepPartnerCard, partnerRecord } from './channel/partner.ts'
import { withdrawPostings } from './channel/removal.ts'
import { type Ctx, inTransaction, type Open } from './context.ts'
import { actingPerson, registeredPerson } from './permission.ts'
import { cardAt, lineAt, note, personTarget, refreshCardsOf } from './telling.ts'

/** The record that stands for the profile in the outbox and the trail: a mission has one. */
export const PROFILE = { kind: 'profile', id: 'profile' } as const
const CURRENT = 'profile'
const PROPOSED = 'profile.proposed'

/** What the store holds of the profile. */
export interface ProfileFacts {
  profile: Profile
  proposal: ProfileProposal | null
}

/**
 * Puts the mission under the profile that holds: the one last agreed, else the mission file's. For whoever starts.
 *
 * @returns the mission to hand out, and what an agreed change is written into.
 */
export async function openProfile(
  repos: Repos,
  mission: Mission,
): Promise<{ mission: Mission; integration: Integration }> {
  const stored = await repos.meta.get(CURRENT)
  const integration: Integration = { profile: isProfile(stored) ? stored : mission.profile }
  return { mission: missionUnder(mission, integration), integration }
}

/** The profile and what waits to be agreed, for anybody a side has confirmed. @throws TocsinError `not_registered`. */
export async function readProfile(ctx: Ctx): Promise<ProfileFacts & { administers: Side | null }> {
  registeredPerson(ctx)
  return { ...(await profileFacts(ctx)), administers: administeredSide(ctx)?.side ?? null }
}

/** The same for a renderer, which shows it to administrators. */
export async function profileFacts(ctx: Ctx): Promise<ProfileFacts> {
  const { meta } = ctx.tx ?? ctx.store.read
  const stored = await meta.get(CURRENT)
  const proposed = await meta.get(PROPOSED)
  return {
    profile: isProfile(stored) ? stored : ctx.mission.profile,
    proposal: proposed === null ? null : (JSON.parse(proposed) as ProfileProposal),
  }
}

/** What changes with another profile, so that it is said before it does. */
export function profileChange(ctx: Ctx, from: Profile, to: Profile): ProfileChange {
  return changeOf(ctx.mission.fileReaders, from, to)
}

/**
 * An administrator of either side changes how closely the sides work together. Sharing less takes one side and holds
 * at once; sharing more waits until an administrator of the other side agrees. What is on record already keeps
 * its readers.
 *
 * @returns whether it holds now.
 * @throws TocsinError `not_registered`, `not_allowed`, `unknown_term`, `already_done` where it holds or waits already.
 */
export async function changeProfile(
  ctx: Ctx,
  input: { to: string },
): Promise<{ done: boolean; to: Profile }> {
  const person = actingPerson(ctx)
  const side = ownSide(ctx)
  const { to } = input
  if (!isProfile(to)) throw new TocsinError('unknown_term', { field: 'profile', details: { value: to } })
  const done = await inTransaction(ctx, async (repos, open) => {
    const { profile, proposal } = await profileFacts(open)
    if (profile === to) throw new TocsinError('already_done')
    if (!loosens(profile, to) || (proposal?.to === to && proposal.side !== side)) {
      await apply(open, profile, to, side)
      return true
    }
    if (proposal?.to === to) throw new TocsinError('already_done')
    const proposed: ProfileProposal = { to, side, by: person.id, at: ctx.clock.now() }
    await repos.meta.set(PROPOSED, JSON.stringify(proposed))
    await note(open, PROFILE, 'profile.proposed', { from: profile, to, side })
    for (const { id } of await administrators(repos, ctx.mission, otherSide(side), ctx.clock.now()))
      await cardAt(open, PROFILE, personTarget(id))
    return false
  })
  if (done) ctx.integration.profile = to
  return { done, to }
}

/**
 * The other side agrees to share more, or does not; nobody need say why.
 *
 * @throws TocsinError `not_registered`, `not_allowed` (for the side that proposed it too), `already_done` where nothing
 *   waits.
 */
export async function answerProfile(
  ctx: Ctx,
  input: { agree: boolean },
): Promise<{ done: boolean; to: Profile }> {
  actingPerson(ctx)
  const side = ownSide(ctx)
  const to = await inTransaction(ctx, async (repos, open) => {
    const { profile, proposal } = await profileFacts(open)
    if (!proposal) throw new TocsinError('already_done')
    if (proposal.side === side) throw new TocsinError('not_allowed')
    if (input.agree) await apply(open, profile, proposal.to, side)
    else {
      await repos.meta.remove(PROPOSED)
      await note(open, PROFILE, 'profile.refused', { from: profile, to: proposal.to, side })
      await lineAt(open, 'profile.refused', PROFILE.id, personTarget(proposal.by), { to: proposal.to })
      await refreshCardsOf(open, PROFILE)
    }
    return proposal.to
  })
  if (input.agree) ctx.integration.profile = to
  return { done: input.agree, to }
}

async function apply(open: Open, from: Profile, to: Profile, side: Side): Promise<void> {
  const { meta, channels, postings } = open.tx
  await meta.set(CURRENT, to)
  await meta.remove(PROPOSED)
  await note(open, PROFILE, 'profile.changed', { from, to, side })
  const { partnerCard } = defaultsOf(to)
  for (const channel of await channels.all())
    if (partnerCard)
      await keepPartnerCard({ ...open, mission: { ...open.mission, defaults: defaultsOf(to) } }, channel)
    else await withdrawPostings(open, await postings.standingOf(partnerRecord(channel.id)))
  await refreshCardsOf(open, PROFILE)
  for (const each of ['mission', 'humanitarian'] as const)
    for (const { id } of await administrators(open.tx, open.mission, each, open.clock.now()))
      await lineAt(open, 'profile.changed', PROFILE.id, personTarget(id), { from, to })
}

function ownSide(ctx: Ctx): Side {
  const side = administeredSide(ctx)?.side ?? null
  requireAdministrator(ctx, side)
  return side as Side
}

const otherSide = (side: Side): Side => (side === 'mission' ? 'humanitarian' : 'mission')
