import type { Channel } from '../../db/channels.ts'
import type { Posting } from '../../db/postings.ts'
import type { Release } from '../../db/releases.ts'
import type { Repos } from '../../db/store.ts'
import type { Constituency } from '../../domain/mission.ts'
import { type ChannelBar, channelBar, type Shared } from '../../domain/sharing.ts'
import { type AlertFacts, factsOfAll } from '../alert/facts.ts'
import { mayReadAlert } from '../alert/reading.ts'
import { channelReader, mayBeShown, sharingRules } from '../channel.ts'
import type { Ctx, Person } from '../context.ts'
import { type SharedRecord, sharedRecords } from '../shared-records.ts'

/** Somebody in a channel, as Slack names them and as far as the mission knows them. */
export interface Insider {
  userId: string
  constituency: Constituency | null
}

/** What keeps alerts out of a channel, with those who may not read them by name. */
export type Obstacle =
  | { because: Exclude<ChannelBar['because'], 'members'> }
  | { because: 'members'; members: Insider[] }

/** A channel, registered or not, with what its registrar must know of it. */
export interface ChannelFacts {
  id: string
  /** Null for a channel that is not registered. */
  channel: Channel | null
  members: Insider[]
  /** What keeps alerts out of it; null: they may be shown there. */
  obstacle: Obstacle | null
  /** What stands there and holds what somebody in it may not read. */
  exposed: Exposed
}

export interface Exposed {
  postings: Posting[]
  /** Alerts these tell of. */
  alerts: AlertFacts[]
  /** Alerts of which a released summary stands there. */
  summaries: AlertFacts[]
  /** Other records these tell of. */
  records: SharedRecord[]
}

/** A channel as Slack shows it at this moment. */
export interface Looked {
  isPublic: boolean
  sharedWith: string[]
  /** Epoch ms. */
  at: number
}

/** Reads a channel whose members were stored with the look at it. */
export async function channelFacts(ctx: Ctx, id: string, looked: Looked): Promise<ChannelFacts> {
  const repos = ctx.tx ?? ctx.store.read
  const channel = await repos.channels.byId(id)
  const seen = { id, isPublic: looked.isPublic, membersAt: looked.at }
  const { members, obstacle } = await obstacleIn(ctx, repos, seen, usualAlert(ctx))
  return {
    id,
    channel,
    members,
    obstacle,
    exposed: channel
      ? await exposedIn(ctx, repos, channel)
      : { postings: [], alerts: [], summaries: [], records: [] },
  }
}

/** An alert as the mission shares them unless it says otherwise, with nobody named on it. */
function usualAlert({ mission }: Ctx): Shared {
  return { holder: 'mission_civilian', audience: mission.audiences.alert, named: [] }
}

export async function obstacleIn(
  ctx: Ctx,
  repos: Repos,
  channel: Pick<Channel, 'id' | 'isPublic' | 'membersAt'>,
  record: Shared,
  layer: 'record' | 'summary' = 'record',
): Promise<{ members: Insider[]; obstacle: Obstacle | null }> {
  const rows = await repos.channels.members(channel.id)
  const reader = await channelReader(repos, channel, ctx.clock.now())
  const insiders = rows.map(({ userId, person }) => ({ userId, constituency: standing(person) }))
  const bar = channelBar(record, layer, reader, sharingRules(ctx))
  if (bar?.because !== 'members') return { members: insiders, obstacle: bar }
  const members = reader.members.flatMap((member, index) =>
    bar.members.includes(member) ? (insiders[index] ?? []) : [],
  )
  return { members: insiders, obstacle: { because: 'members', members } }
}

/** What the bot said in a channel and somebody in it may not read now. */
export async function exposedIn(ctx: Ctx, repos: Repos, channel: Channel): Promise<Exposed> {
  const standing = await repos.postings.standingAt(channel.id)
  const reader = await channelReader(repos, channel, ctx.clock.now())
  const alerts = await alertsIn(ctx, repos, standing)
  const hidden = new Map(
    alerts.filter(facts => !mayReadAlert(ctx, facts, 'record', reader)).map(facts => [facts.alert.id, facts]),
  )
  const summaries = new Map<string, AlertFacts>()
  for (const { release, alert } of await summariesIn(ctx, repos, standing)) {
    const stands = release.state === 'released'
    if (!stands || !mayReadAlert(ctx, alert, 'summary', reader)) summaries.set(release.id, alert)
  }
  const held = [...new Set(standing.flatMap(({ holds }) => holds))]
  const records = (await sharedRecords(ctx, repos, held)).filter(
    ({ shared }) => !mayBeShown(ctx, shared, 'record', reader),
  )
  const barred = new Set([...hidden.keys(), ...summaries.keys(), ...records.map(({ id }) => id)])
  return {
    postings: standing.filter(({ holds }) => holds.some(id => barred.has(id))),
    alerts: [...hidden.values()],
    summaries: [...new Set(summaries.values())],
    records,
  }
}

/** The released summaries that messages hold, each with its alert. */
async function summariesIn(
  ctx: Ctx,
  repos: Repos,
  postings: readonly Posting[],
): Promise<{ release: Release; alert: AlertFacts }[]> {
  const ids = [...new Set(postings.flatMap(({ holds }) => holds))]
  const releases = await repos.releases.byIds(ids)
  const alerts = await repos.alerts.byIds(releases.map(({ alertId }) => alertId))
  const facts = await factsOfAll(repos, ctx.mission, ctx.clock.now(), alerts)
  return releases.flatMap(release => {
    const alert = facts.find(each => each.alert.id === release.alertId)
    return alert ? [{ release, alert }] : []
  })
}

/** The alerts that messages tell of. */
export async function alertsIn(ctx: Ctx, repos: Repos, postings: readonly Posting[]): Promise<AlertFacts[]> {
  const ids = [...new Set(postings.flatMap(({ holds }) => holds))]
  return factsOfAll(repos, ctx.mission, ctx.clock.now(), await repos.alerts.byIds(ids))
}

/** Whoever's access was closed counts as nobody the mission knows. */
function standing(person: Person | null): Constituency | null {
  return person?.closedAt === null ? person.constituency : null
}
