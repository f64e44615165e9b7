import type { Alert } from '../../domain/alert.ts'
import { slots } from '../../domain/alert.ts'
import { type Constituency, type Mission, type RoleRef, routeFor, rungRoles } from '../../domain/mission.ts'
import {
  LAYERS,
  type Layer,
  mayRead,
  type Reader,
  type RoleLayer,
  type Shared,
} from '../../domain/sharing.ts'
import { type Obstacle, obstacleIn } from '../channel/facts.ts'
import { channelReader, personReader, sharingRules } from '../channel.ts'
import type { Ctx, Person } from '../context.ts'
import { actingPerson } from '../permission.ts'
import { idsIn, peopleIn, wouldNameState } from './facts.ts'
import { readAlert } from './reading.ts'
import { specialists } from './specialist.ts'
import { channelsFor } from './tell.ts'

/** What of some records is read apart, beside their layers. */
export const PREVIEW_NOTES = [
  'face',
  'rounds',
  'standing',
  'released',
  'movements',
  'findings',
  'invited',
  'notified',
  'unsigned',
  'asked',
  'consulted',
  'settled',
] as const
export type PreviewNote = (typeof PREVIEW_NOTES)[number]

/** Where a record is said and which parts of it are read there, by the rule that decides it when it is said. */
export interface Preview {
  channels: { id: string; layers: Layer[]; obstacle: Obstacle | null }[]
  /** What is read: an alert, one whose words are a specialist's, any other record, or a summary in a record's place. */
  of: 'alert' | 'marked' | 'record' | 'summary'
  /** Of whom anybody may look it up, in lists and by searching. */
  anybody: Constituency[]
  /** Posts reached by direct message; `role` null is its author, `of` what they read where it is less than the others. */
  posts: { role: RoleRef | null; layers: Layer[]; of?: 'reference' }[]
  /** Parts that only some of its readers read, with the roles each is opened to. */
  restricted: { layer: RoleLayer; roles: readonly string[] }[]
  notes: PreviewNote[]
}

/** What of an alert only some of its readers read. */
export const RESTRICTED = LAYERS.filter(layer => layer !== 'record')
/** Of an alert's layers, those its card in a channel may show; the others are said to persons alone. */
export const IN_CHANNELS: readonly Layer[] = ['record', 'attribution']

/** Each of these layers, with the roles the mission opens it to. */
export function restrictedParts(
  { layers }: Pick<Mission, 'layers'>,
  parts: readonly RoleLayer[],
): Preview['restricted'] {
  return parts.map(layer => ({ layer, roles: layers[layer] }))
}

/**
 * Who will see an alert, for whoever may read it: the same rule as for each message, asked now.
 *
 * @throws TocsinError `not_found`.
 */
export async function previewAlert(ctx: Ctx, alertId: string): Promise<Preview> {
  return previewChange(ctx, alertId, {})
}

/** What a form is about to change of an alert, as far as it decides who reads it. */
export interface Amendment {
  sector?: string | null
  threat?: string | null
  perpetrator?: string | null
  group?: string | null
}

/**
 * Who would see an alert once this was changed, for whoever may read it: other owners for another sector or threat, and
 * nobody of the host State once its forces are alleged.
 *
 * @throws TocsinError `not_found`.
 */
export async function previewChange(ctx: Ctx, alertId: string, change: Amendment): Promise<Preview> {
  const facts = await readAlert(ctx, alertId)
  const { alert, owners, inform, specialist } = facts
  const changed: Alert = { ...alert, ...given(change, ['sector', 'threat', 'perpetrator']) }
  const moves = changed.sector !== alert.sector || changed.threat !== alert.threat
  const posts = moves
    ? await firstTold(ctx, changed)
    : [...owners.flatMap(({ posts: ladder, owner }) => ladder.slice(0, owner.rung + 1)), ...inform]
  const known = [...posts, ...specialists(ctx, specialist)]
  const record: Shared = {
    ...alert,
    named: [...new Set([...facts.named, ...(await idsIn(ctx.store.read, known, ctx.clock.now()))])],
    namesState: facts.namesState || wouldNameState(ctx.mission, changed, change.group ?? null),
    releases: facts.releases,
  }
  const shown = await preview(ctx, changed, record, known, await person(ctx, alert.raisedBy))
  return specialist.length > 0 ? { ...shown, of: 'marked', notes: [] } : shown
}

function given<T extends object>(change: T, keys: readonly (keyof T)[]): Partial<T> {
  return Object.fromEntries(
    keys.filter(key => change[key] !== undefined).map(key => [key, change[key]]),
  ) as Partial<T>
}

/**
 * The posts an alert that goes this way is put to first, those that somebody holds: a vacancy passes on at once; and
 * those who are informed.
 */
async function firstTold(ctx: Ctx, draft: Pick<Alert, 'sector' | 'threat'>): Promise<RoleRef[]> {
  const route = routeFor(ctx.mission, draft)
  const first: RoleRef[] = []
  for (const slot of slots) {
    for (const ref of rungRoles(route[slot], draft.sector)) {
      if ((await held(ctx, ref)).length === 0) continue
      first.push(ref)
      break
    }
  }
  return [...first, ...route.inform]
}

/** Who would see an alert raised now in this sector (null: not known) with nothing else said. */
export async function previewDraft(ctx: Ctx, sector: string | null): Promise<Preview> {
  const author = actingPerson(ctx)
  const draft = { sector, threat: null }
  const route = routeFor(ctx.mission, draft)
  const ladders = slots.map(slot => rungRoles(route[slot], sector))
  const people = await idsIn(ctx.store.read, [...ladders.flat(), ...route.inform], ctx.clock.now())
  const record: Shared = {
    holder: author.constituency ?? 'mission_civilian',
    audience: ctx.mission.audiences.alert,
    named: [author.id, ...people],
  }
  return preview(ctx, draft as Alert, record, await firstTold(ctx, draft), author)
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
      const layers = layersFor(await channelReader(repos, channel, now))
      return [{ id, obstacle, layers: layers.filter(layer => IN_CHANNELS.includes(layer)) }]
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
  return {
    of: 'alert',
    anybody,
    channels: channels.flat(),
    posts: [...reached.flat(), ...own],
    restricted: restrictedParts(ctx.mission, RESTRICTED),
    notes: ['face'],
  }
}

const held = (ctx: Ctx, ref: RoleRef): Promise<Person[]> => peopleIn(ctx.store.read, ref, ctx.clock.now())
const person = (ctx: Ctx, id: string): Promise<Person | null> => ctx.store.read.people.byId(id)
