import { isEntryKind, layerOf } from '../domain/entry.ts'
import { type Constituency, type Mission, type RoleRef, TASKABLE } from '../domain/mission.ts'
import { isReleased } from '../domain/release.ts'
import type { Layer, Reader, Shared } from '../domain/sharing.ts'
import { TocsinError } from '../errors.ts'
import { peopleIn } from './alert/facts.ts'
import type { Preview } from './alert/preview.ts'
import { readAlert } from './alert/reading.ts'
import { obstacleIn } from './channel/facts.ts'
import { mayBeShown, personReader } from './channel.ts'
import type { Ctx } from './context.ts'
import { postsOf } from './duty/standing.ts'
import { templateOf } from './gate/facts.ts'
import { registeredPerson, roleKey } from './permission.ts'
import { recipientsOf } from './release/facts.ts'
import { parseTarget } from './tasking/parties.ts'

/** What somebody is about to record or to release, as far as it decides who reads it. */
export type About =
  | { noun: 'hotspot' | 'incident'; sector: string | null }
  | { noun: 'matrix'; channel: string }
  | { noun: 'tasking'; to: string; restricted: boolean; alertId: string | null }
  | { noun: 'entry'; alertId: string; kind: string }
  | { noun: 'gate'; template: string }
  | { noun: 'release'; alertId: string; what: string; constituencies: string[]; channels: string[] }

/** The record it would become, where it would be said, and to whom directly. */
interface Draft {
  record: Shared
  /** The layer in which it stands. */
  layer: Exclude<Layer, 'summary'>
  channels: string[]
  posts: RoleRef[]
  /** Of whom anybody may look it up. */
  anybody: readonly Constituency[]
}

/**
 * Who would see what the acting person is about to record or to propose, and what each would read: asked of the rule
 * that decides it when it is said, before anything is sent. One for every kind of record beside alerts.
 *
 * @throws TocsinError `not_registered`, `not_found`, `unknown_term`.
 */
export async function previewRecord(ctx: Ctx, about: About): Promise<Preview> {
  const author = registeredPerson(ctx)
  const repos = ctx.store.read
  const now = ctx.clock.now()
  const draft = await drafted(ctx, about)
  const { record, layer } = draft
  const reads = (reader: Reader): Layer[] =>
    mayBeShown(ctx, record, layer, reader) ? ['record', ...(layer === 'record' ? [] : [layer])] : []
  const channels = []
  for (const id of new Set(draft.channels)) {
    const channel = await repos.channels.byId(id)
    if (!channel) continue
    const { obstacle } = await obstacleIn(ctx, repos, channel, record)
    // What stands in a layer is said to its holders alone, and in no channel.
    channels.push({
      id,
      obstacle,
      layers: layer === 'record' && obstacle === null ? (['record'] as const) : [],
    })
  }
  const known = [...new Map(draft.posts.map(ref => [roleKey(ref), ref])).values()]
  const posts: Preview['posts'] = []
  for (const ref of known) {
    const [holder] = await peopleIn(repos, ref, now)
    if (holder) posts.push({ role: ref, layers: reads(await personReader(repos, holder, now)) })
  }
  posts.push({ role: null, layers: layer === 'record' ? ['record'] : ['record', layer] })
  const { anybody } = draft
  return {
    of: about.noun === 'release' && about.what === 'summary' ? 'summary' : 'record',
    channels: channels.map(each => ({ ...each, layers: [...each.layers] })),
    posts,
    anybody: anybody.filter(constituency =>
      mayBeShown(ctx, { ...record, named: [] }, 'record', {
        kind: 'person',
        personId: author.id,
        constituency,
        roles: [],
      }),
    ),
  }
}

async function drafted(ctx: Ctx, about: About): Promise<Draft> {
  const { mission } = ctx
  const author = registeredPerson(ctx)
  const holder = author.constituency as Constituency
  const of = (audience: readonly Constituency[]): Shared => ({ holder, audience, named: [author.id] })
  const plain = (audience: readonly Constituency[]) =>
    ({ record: of(audience), layer: 'record', channels: [], posts: [], anybody: audience }) satisfies Draft
  switch (about.noun) {
    case 'hotspot':
      return {
        ...plain(mission.audiences.hotspot),
        channels: await channelsOf(ctx, about.sector ? ['sector'] : [], about.sector),
      }
    case 'incident':
      return {
        ...plain(mission.audiences.alert),
        channels: await channelsOf(
          ctx,
          about.sector ? ['sector', 'operations_centre'] : ['operations_centre'],
          about.sector,
        ),
      }
    case 'matrix':
      return { ...plain(mission.audiences.hotspot), channels: [about.channel] }
    case 'tasking':
      return taskingDraft(ctx, about, of)
    case 'entry': {
      const { alert, named, namesState, releases } = await readAlert(ctx, about.alertId)
      const record = { ...alert, named, namesState, releases }
      if (!isEntryKind(about.kind)) throw new TocsinError('unknown_term', { field: 'kind' })
      const layer = layerOf(about.kind)
      const opened = layer === 'record' ? [] : mission.layers[layer]
      const posts = postsOf(mission).filter(({ role }) => opened.includes(role))
      const anybody = layer === 'record' ? alert.audience : []
      return { record, layer, channels: [], posts, anybody }
    }
    case 'gate': {
      const template = templateOf(mission, about.template)
      if (!template) throw new TocsinError('unknown_term', { field: 'template' })
      return gateDraft(ctx, template, of)
    }
    case 'release':
      return releaseDraft(ctx, about)
  }
}

async function taskingDraft(
  ctx: Ctx,
  about: Extract<About, { noun: 'tasking' }>,
  of: (audience: readonly Constituency[]) => Shared,
): Promise<Draft> {
  const { mission } = ctx
  const target = about.to === '' ? null : parseTarget(ctx, about.to)
  const post = target === null || typeof target === 'string' ? null : target
  const to = post ? mission.roles.find(({ id }) => id === post.role)?.constituency : target
  const origin = about.alertId ? (await readAlert(ctx, about.alertId)).alert.audience : null
  const asked = to !== null && to !== undefined && TASKABLE.includes(to as Constituency)
  const audience = asked ? mission.taskings.audience.filter(each => origin?.includes(each) ?? true) : []
  const posts = post
    ? [post]
    : postsOf(mission).filter(({ role }) => mission.roles.find(({ id }) => id === role)?.constituency === to)
  const standing = await Promise.all(posts.map(ref => peopleIn(ctx.store.read, ref, ctx.clock.now())))
  const record = of(audience)
  const named = [...record.named, ...standing.flat().map(({ id }) => id)]
  const sector = post?.sector ?? null
  return {
    record: { ...record, audience: about.restricted ? [] : audience, named },
    layer: 'record',
    channels: about.restricted || !asked ? [] : await channelsOf(ctx, sector ? ['sector'] : [], sector),
    posts,
    anybody: about.restricted ? [] : audience,
  }
}

/** Those who decide it and whoever asks read all of it; of support and projects the mission reads that there is one. */
async function gateDraft(
  { mission, store, clock }: Ctx,
  { kind, decides }: Mission['gates'][number],
  of: (audience: readonly Constituency[]) => Shared,
): Promise<Draft> {
  const open = kind === 'due_diligence' || kind === 'opinion'
  const command = kind === 'consultation' ? mission.layers.command : []
  const posts = [
    { role: decides, sector: null },
    ...postsOf(mission).filter(({ role }) => command.includes(role)),
  ]
  const people = await Promise.all(posts.map(ref => peopleIn(store.read, ref, clock.now())))
  const anybody: Constituency[] = open ? ['military', 'police', 'mission_civilian', 'human_rights'] : []
  const record = of([])
  return {
    record: {
      ...record,
      audience: anybody,
      named: [...record.named, ...people.flat().map(({ id }) => id)],
    },
    layer: 'record',
    channels: [],
    posts,
    anybody,
  }
}

async function releaseDraft(ctx: Ctx, about: Extract<About, { noun: 'release' }>): Promise<Draft> {
  if (!isReleased(about.what)) throw new TocsinError('unknown_term', { field: 'what' })
  const { alert, named, namesState, releases } = await readAlert(ctx, about.alertId)
  const constituencies = about.constituencies as Constituency[]
  const { people } = await recipientsOf(ctx.store.read, { constituencies, channels: about.channels })
  return {
    record: {
      ...alert,
      audience: [...alert.audience, ...constituencies],
      named: [...named, ...people.map(({ id }) => id)],
      namesState,
      releases,
    },
    layer: 'record',
    channels: about.channels,
    posts: [],
    anybody: [...new Set([...alert.audience, ...constituencies])],
  }
}

async function channelsOf(ctx: Ctx, purposes: readonly string[], sector: string | null): Promise<string[]> {
  const { channels } = ctx.store.read
  const found = await Promise.all(
    purposes.map(purpose =>
      purpose === 'sector' && sector ? channels.byPurpose(purpose, sector) : channels.byPurpose(purpose),
    ),
  )
  return found.flat().map(({ id }) => id)
}
