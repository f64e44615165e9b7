import type { Release } from '../../db/releases.ts'
import type { Repos } from '../../db/store.ts'
import type { Constituency, Mission, RoleRef } from '../../domain/mission.ts'
import { isReleasableTo } from '../../domain/release.ts'
import { sideOf } from '../../domain/side.ts'
import { type AlertFacts, alertFacts, peopleIn, unique } from '../alert/facts.ts'
import type { Ctx, Person } from '../context.ts'
import { heldRoles } from '../permission.ts'

/** A release with its alert, who decides it, and whom it reaches. */
export interface ReleaseFacts {
  release: Release
  alert: AlertFacts
  /** The post that decides it. */
  decides: RoleRef
  recipients: Recipients
}

/** Everybody a release reaches at this moment, each once. */
export interface Recipients {
  people: Person[]
  /** By channel, everybody in it. */
  channels: { id: string; members: Person[]; strangers: number }[]
}

/** Whose releasing officer answers for a holder's records: human rights officers report on a line of their own. */
export function partOf(holder: Constituency): keyof Mission['releasing'] {
  if (holder === 'human_rights') return 'human_rights'
  return sideOf(holder) ?? 'mission'
}

/** The post that decides what of a holder's records is shown to others. */
export function releasingPost(mission: Mission, part: keyof Mission['releasing']): RoleRef {
  return { role: mission.releasing[part], sector: null }
}

/** Everybody who holds that post now and belongs to that part: holder first, then alternates. */
export async function releasingOfficers(
  repos: Repos,
  mission: Mission,
  part: keyof Mission['releasing'],
  now: number,
): Promise<Person[]> {
  const people = await peopleIn(repos, releasingPost(mission, part), now)
  return unique(people).filter(person => belongsTo(person, part))
}

/** Whether the acting person decides for this part. */
export function isReleasingOfficer(ctx: Ctx, part: keyof Mission['releasing']): boolean {
  if (ctx.actor.kind !== 'person' || !belongsTo(ctx.actor.person, part)) return false
  return heldRoles(ctx).some(({ role }) => role === ctx.mission.releasing[part])
}

/** Whether a person is one of a part's own. */
export function belongsTo(person: Person, part: keyof Mission['releasing']): boolean {
  return person.closedAt === null && person.constituency !== null && partOf(person.constituency) === part
}

/** Whom a release reaches, or would reach, as things are now. */
export async function recipientsOf(
  repos: Repos,
  release: Pick<Release, 'constituencies' | 'channels'>,
): Promise<Recipients> {
  const everybody = await repos.people.all()
  const belonging = everybody.filter(
    ({ constituency, closedAt }) =>
      closedAt === null && constituency !== null && release.constituencies.includes(constituency),
  )
  const channels = await Promise.all(
    release.channels.map(async id => {
      const members = await repos.channels.members(id)
      const known = members.flatMap(({ person }) =>
        person?.closedAt === null && isReleasableTo(person.constituency) ? [person] : [],
      )
      return { id, members: known, strangers: members.length - known.length }
    }),
  )
  return { people: unique([...belonging, ...channels.flatMap(({ members }) => members)]), channels }
}

/** A release with what surrounds it; null where there is none. For whoever has checked who may read it. */
export async function releaseFacts(
  ctx: Ctx,
  id: string,
  repos: Repos = ctx.tx ?? ctx.store.read,
): Promise<ReleaseFacts | null> {
  const release = await repos.releases.byId(id)
  const alert = release && (await repos.alerts.byId(release.alertId))
  if (!release || !alert) return null
  return {
    release,
    alert: await alertFacts(repos, ctx.mission, ctx.clock.now(), alert),
    decides: releasingPost(ctx.mission, partOf(release.holder)),
    recipients: await recipientsOf(repos, release),
  }
}
