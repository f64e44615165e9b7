import { isEntryKind, layerOf } from '../../domain/entry.ts'
import { componentsOf } from '../../domain/forum.ts'
import { type Constituency, findRole, type Mission, roleRef, TASKABLE } from '../../domain/mission.ts'
import { isReleased } from '../../domain/release.ts'
import type { Shared } from '../../domain/sharing.ts'
import { TocsinError } from '../../errors.ts'
import { idsIn } from '../alert/facts.ts'
import { type Amendment, IN_CHANNELS, RESTRICTED } from '../alert/preview.ts'
import { readAlert } from '../alert/reading.ts'
import type { Ctx } from '../context.ts'
import { postsOf } from '../duty/standing.ts'
import { membersOf } from '../forum/facts.ts'
import { templateOf } from '../gate/facts.ts'
import { registeredPerson, roleKey } from '../permission.ts'
import { recipientsOf } from '../release/facts.ts'
import { parseTarget } from '../tasking/parties.ts'
import type { Draft } from './draft.ts'
import { type AboutMessage, messageDraft } from './messages.ts'
import { type AboutStanding, standingDraft } from './standing.ts'

/** What somebody is about to record or to release, as far as it decides who reads it. */
export type About =
  | AboutMessage
  | AboutStanding
  | { noun: 'hotspot' | 'incident'; sector: string | null }
  | { noun: 'matrix'; channel: string }
  | { noun: 'tasking'; to: string; restricted: boolean; alertId: string | null }
  | { noun: 'entry'; alertId: string; kind: string }
  | { noun: 'gate'; template: string }
  | { noun: 'team'; kind: string; sections: string[] }
  | {
      noun: 'group'
      kind: string
      chair: string
      members: string[]
      sector: string | null
      channel: string | null
    }
  | { noun: 'alert'; alertId: string; change: Amendment }
  | { noun: 'release'; alertId: string; what: string; constituencies: string[]; channels: string[] }

/** What is about to be recorded, as far as it decides who reads it. @throws TocsinError as {@link previewRecord}. */
export async function drafted(ctx: Ctx, about: Exclude<About, { noun: 'alert' }>): Promise<Draft> {
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
        restricted: ['attribution', 'command'],
      }
    case 'incident':
      return {
        ...plain(mission.audiences.alert),
        restricted: ['attribution'],
        channels: await channelsOf(
          ctx,
          about.sector ? ['sector', 'operations_centre'] : ['operations_centre'],
          about.sector,
        ),
      }
    case 'matrix':
      return { ...plain(mission.audiences.hotspot), channels: [about.channel], notes: ['rounds'] }
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
      const restricted = layer === 'record' ? [] : [layer]
      return { record, layer, restricted, channels: [], posts, anybody }
    }
    case 'gate': {
      const template = templateOf(mission, about.template)
      if (!template) throw new TocsinError('unknown_term', { field: 'template' })
      return gateDraft(ctx, template, of)
    }
    case 'release':
      return releaseDraft(ctx, about)
    case 'team':
      return teamDraft(ctx, about, of)
    case 'group':
      return groupDraft(ctx, about, of)
    case 'inquiry':
    case 'notice':
    case 'concern':
    case 'component_report':
    case 'drawdown':
      return messageDraft(ctx, about)
    case 'response':
    case 'tasking_change':
    case 'plan':
    case 'telling':
    case 'meeting':
      return standingDraft(ctx, about)
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
  const to = post ? findRole(mission, post.role)?.constituency : target
  const origin = about.alertId ? (await readAlert(ctx, about.alertId)).alert.audience : null
  const asked = to !== null && to !== undefined && TASKABLE.includes(to as Constituency)
  const audience = asked ? mission.taskings.audience.filter(each => origin?.includes(each) ?? true) : []
  const posts = post
    ? [post]
    : postsOf(mission).filter(({ role }) => findRole(mission, role)?.constituency === to)
  const record = of(audience)
  const named = [...record.named, ...(await idsIn(ctx.store.read, posts, ctx.clock.now()))]
  const sector = post?.sector ?? null
  return {
    record: { ...record, audience: about.restricted ? [] : audience, named },
    layer: 'record',
    channels: about.restricted || !asked ? [] : await channelsOf(ctx, sector ? ['sector'] : [], sector),
    posts,
    anybody: about.restricted ? [] : audience,
    restricted: about.restricted ? ['command'] : [],
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
  const people = await idsIn(store.read, posts, clock.now())
  const anybody: Constituency[] = open ? ['military', 'police', 'mission_civilian', 'human_rights'] : []
  const record = of([])
  return {
    record: {
      ...record,
      audience: anybody,
      named: [...record.named, ...people],
    },
    layer: 'record',
    channels: [],
    posts,
    anybody,
    notes: open ? ['standing'] : [],
  }
}

/** Its sections and agencies that join are named as they answer; movements and what it finds are read apart. */
async function teamDraft(
  { mission, store, clock }: Ctx,
  about: Extract<About, { noun: 'team' }>,
  of: (audience: readonly Constituency[]) => Shared,
): Promise<Draft> {
  const kind = mission.teams.kinds.find(({ id }) => id === about.kind)
  if (!kind) throw new TocsinError('unknown_term', { field: 'kind', details: { value: about.kind } })
  const sections = mission.teams.sections.filter(({ id }) => about.sections.includes(id))
  const { approves, room, movements } = mission.teams
  const roles = [...sections.map(({ post }) => post), approves, room, ...movements]
  const posts = postsOf(mission).filter(({ role }) => roles.includes(role))
  const people = await idsIn(store.read, posts, clock.now())
  const record = of(kind.audience)
  return {
    record: { ...record, named: [...record.named, ...people] },
    layer: 'record',
    channels: [],
    posts,
    anybody: kind.audience,
    notes: ['movements', ...(kind.restricted ? (['findings'] as const) : [])],
  }
}

/** Its members read it; agencies and NGOs once they have accepted. */
async function groupDraft(
  ctx: Ctx,
  about: Extract<About, { noun: 'group' }>,
  of: (audience: readonly Constituency[]) => Shared,
): Promise<Draft> {
  const { mission, store, clock } = ctx
  const kind = mission.forums.kinds.find(({ id }) => id === about.kind)
  if (!kind) throw new TocsinError('unknown_term', { field: 'kind', details: { value: about.kind } })
  const posts = membersOf(mission, {
    chair: roleKey(roleRef(mission, about.chair, about.sector)),
    members: about.members,
    sector: about.sector,
  })
  const people = await idsIn(store.read, posts, clock.now())
  const audience = kind.reads === 'members' ? [] : componentsOf(mission, about.members, [])
  const record = of(audience)
  return {
    record: { ...record, named: [...record.named, ...people] },
    layer: 'record',
    channels: about.channel ? [about.channel] : [],
    posts,
    anybody: audience,
    notes: ['invited'],
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
    anybody: constituencies.filter(each => !alert.audience.includes(each)),
    restricted: about.what === 'record' ? RESTRICTED : [],
    inChannels: IN_CHANNELS,
    notes: ['released'],
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
