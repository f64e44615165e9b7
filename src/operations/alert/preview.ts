import type { Alert } from '../../domain/alert.ts'
import { slots } from '../../domain/alert.ts'
import { type Constituency, type RoleRef, routeFor, rungRoles } from '../../domain/mission.ts'
import { LAYERS, type Layer, mayRead, type Reader, type Shared } from '../../domain/sharing.ts'
import { type Obstacle, obstacleIn } from '../channel/facts.ts'
import { channelReader, personReader, sharingRules } from '../channel.ts'
import type { Ctx, Person } from '../context.ts'
import { actingPerson } from '../permission.ts'
import { peopleIn } from './facts.ts'
import { readAlert } from './reading.ts'
import { specialists } from './specialist.ts'
import { channelsFor } from './tell.ts'

/** Where an alert is said and what is read there, by the rule that decides it when it is said. */
export interface Preview {
  channels: { id: string; layers: Layer[]; obstacle: Obstacle | null }[]
  /** What is read: an alert, any other record, or a summary in a record's place. */
  of: 'alert' | 'record' | 'summary'
  /** Of whom anybody may look it up, in lists and by searching. */
  anybody: Constituency[]
  /** Posts reached by direct message; `role` null is its author. */
  posts: { role: RoleRef | null; layers: Layer[] }[]
}

/**
 * Who will see an alert, for whoever may read it: the same rule as for each message, asked now.
 *
 * @throws TocsinError `not_found`.
 */
export async function previewAlert(ctx: Ctx, alertId: string): Promise<Preview> {
  const { alert, named, owners, inform, specialist, namesState } = await readAlert(ctx, alertId)
  const posts = [
    ...owners.flatMap(({ posts: ladder, owner }) => ladder.slice(0, owner.rung + 1)),
    ...inform,
    ...specialists(ctx, specialist),
  ]
  return preview(ctx, alert, { ...alert, named, namesState }, posts, await person(ctx, alert.raisedBy))
}

/** Who would see an alert raised now in this sector (null: not known) with nothing else said. */
export async function previewDraft(ctx: Ctx, sector: string | null): Promise<Preview> {
  const author = actingPerson(ctx)
  const draft = { sector, threat: null }
  const route = routeFor(ctx.mission, draft)
  const ladders = slots.map(slot => rungRoles(route[slot], sector))
  const people = await Promise.all([...ladders.flat(), ...route.inform].map(ref => held(ctx, ref)))
  const record: Shared = {
    holder: author.constituency ?? 'mission_civilian',
    audience: ctx.mission.audiences.alert,
    named: [author.id, ...people.flat().map(({ id }) => id)],
  }
  const first = ladders.flatMap(([lowest]) => lowest ?? [])
  return preview(ctx, draft as Alert, record, [...first, ...route.inform], author)
}

async function preview(
  ctx: Ctx,
  alert: Alert,
  record: Shared,
  posts: readonly RoleRef[],
  author: Person | null,
): Promise<Preview> {
  const repos = ctx.store.read
  const now = ctx.clock.now()
  const layersFor = (reader: Reader) =>
    LAYERS.filter(layer => mayRead(record, layer, reader, sharingRules(ctx)))
  const { card } = await channelsFor(repos, alert)
  const channels = await Promise.all(
    card.map(async id => {
      const channel = await repos.channels.byId(id)
      if (!channel) return []
      const { obstacle } = await obstacleIn(ctx, repos, channel, record)
      return [{ id, obstacle, layers: layersFor(await channelReader(repos, channel, now)) }]
    }),
  )
  const known = [...new Map(posts.map(ref => [`${ref.role}@${ref.sector}`, ref])).values()]
  const reached = await Promise.all(
    known.map(async ref => {
      const [holder] = await held(ctx, ref)
      return holder ? [{ role: ref, layers: layersFor(await personReader(repos, holder, now)) }] : []
    }),
  )
  const own = author ? [{ role: null, layers: layersFor(await personReader(repos, author, now)) }] : []
  const anybody = record.audience.filter(
    constituency => !(record.namesState && constituency === 'host_state'),
  )
  return { of: 'alert', anybody, channels: channels.flat(), posts: [...reached.flat(), ...own] }
}

const held = (ctx: Ctx, ref: RoleRef): Promise<Person[]> => peopleIn(ctx.store.read, ref, ctx.clock.now())
const person = (ctx: Ctx, id: string): Promise<Person | null> => ctx.store.read.people.byId(id)
