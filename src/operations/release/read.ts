import type { Channel } from '../../db/channels.ts'
import type { Release } from '../../db/releases.ts'
import type { Repos } from '../../db/store.ts'
import { codeTyped } from '../../domain/code.ts'
import type { Reader } from '../../domain/sharing.ts'
import { fold } from '../../domain/text-fold.ts'
import { TocsinError } from '../../errors.ts'
import { type AlertFacts, factsOfAll } from '../alert/facts.ts'
import { actorAsReader, mayReadAlert, readAlert } from '../alert/reading.ts'
import { type Ctx, inTransaction } from '../context.ts'
import { registeredPerson } from '../permission.ts'
import { belongsTo, isReleasingOfficer, partOf, type ReleaseFacts, releaseFacts } from './facts.ts'

/** A summary as whoever may not read the alert itself reads it: nothing of the alert but whether it is an exercise. */
export interface Summary {
  release: Release
  exercise: boolean
}

/** What the form for a proposal shows: the alert, what stands of it, and where it could be posted. */
export interface ReleaseForm {
  alert: AlertFacts
  /** What was released of it and the acting person may take back. */
  standing: Release[]
  /** Registered channels the acting person is in. */
  channels: Channel[]
}

/** @throws TocsinError `not_registered`, `not_found`, `only_author` as {@link proposeRelease} would. */
export async function releaseForm(ctx: Ctx, alertId: string): Promise<ReleaseForm> {
  const person = registeredPerson(ctx)
  const repos = ctx.store.read
  const alert = await readAlert(ctx, alertId)
  const part = partOf(alert.alert.holder)
  const own = belongsTo(person, part)
  if (
    part !== 'mission' &&
    person.id !== alert.alert.raisedBy &&
    !alert.followers.includes(person.id) &&
    !own
  )
    throw new TocsinError('only_author')
  const channels: Channel[] = []
  for (const channel of await repos.channels.all()) {
    const members = channel.isPublic ? [] : await repos.channels.members(channel.id)
    if (members.some(member => member.person?.id === person.id)) channels.push(channel)
  }
  return { alert, standing: own ? alert.releases : [], channels }
}

/** Whether a person is shown the proposal: they made it, or decide for the part that holds the alert. */
export function mayReadProposal(
  { release }: ReleaseFacts,
  personId: string,
  officers: readonly { id: string }[],
): boolean {
  return release.proposedBy === personId || officers.some(({ id }) => id === personId)
}

/**
 * The proposal, for its releasing officer.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`.
 */
export async function readProposal(ctx: Ctx, releaseId: string): Promise<ReleaseFacts> {
  registeredPerson(ctx)
  const facts = await releaseFacts(ctx, releaseId)
  if (!facts) throw new TocsinError('not_found')
  if (!isReleasingOfficer(ctx, partOf(facts.release.holder))) throw new TocsinError('not_allowed')
  return facts
}

/** Proposals that wait for the acting person's decision, first proposed first. @throws TocsinError `not_registered`. */
export async function waitingReleases(ctx: Ctx): Promise<ReleaseFacts[]> {
  const person = registeredPerson(ctx)
  const rows = (await ctx.store.read.releases.waiting()).filter(
    ({ holder, proposedBy }) => proposedBy !== person.id && isReleasingOfficer(ctx, partOf(holder)),
  )
  const facts = await Promise.all(rows.map(({ id }) => releaseFacts(ctx, id)))
  return facts.filter(each => each !== null)
}

/** Summaries that stand, for a reader who may read them and not the alert itself; last released first. */
export async function summariesFor(
  ctx: Ctx,
  reader: Reader,
  wanted: (release: Release) => boolean,
  repos: Repos = ctx.tx ?? ctx.store.read,
): Promise<Summary[]> {
  const standing = (await repos.releases.standing()).filter(({ what }) => what === 'summary').filter(wanted)
  const alerts = await repos.alerts.byIds([...new Set(standing.map(({ alertId }) => alertId))])
  const facts = new Map(
    (await factsOfAll(repos, ctx.mission, ctx.clock.now(), alerts)).map(each => [each.alert.id, each]),
  )
  return standing.flatMap(release => {
    const alert = facts.get(release.alertId)
    if (!alert || mayReadAlert(ctx, alert, 'record', reader)) return []
    // A person may be reached by another release of the same alert, and not by this one.
    const only = { ...alert, releases: alert.releases.filter(({ id }) => id === release.id) }
    return mayReadAlert(ctx, only, 'summary', reader) ? [{ release, exercise: alert.alert.exercise }] : []
  })
}

/**
 * Summaries the acting person may read in place of an alert, by code (`R-7K4Q`) or by words of the summary itself;
 * each look leaves an access-log entry.
 */
export async function findSummaries(ctx: Ctx, words: string, limit = 5): Promise<Summary[]> {
  const reader = actorAsReader(ctx)
  if (reader?.kind !== 'person') return []
  const code = codeTyped('R', words)
  const terms = fold(words).split(/\s+/u).filter(Boolean)
  const wanted = (release: Release) =>
    code
      ? release.code === code
      : terms.length > 0 && terms.every(term => fold(release.summary).includes(term))
  const found = (await summariesFor(ctx, reader, wanted)).slice(0, limit)
  if (found.length > 0)
    await inTransaction(ctx, async repos => {
      for (const { release } of found)
        await repos.access.add({
          at: ctx.clock.now(),
          personId: reader.personId,
          layer: 'release',
          recordKind: 'alert',
          recordId: release.alertId,
          reason: release.what,
        })
    })
  return found
}
