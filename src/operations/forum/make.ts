import type { Forum } from '../../db/forums.ts'
import { type Alike, isAlike, leftOut } from '../../domain/forum.ts'
import { type Constituency, findRole, INVITED, type Invited } from '../../domain/mission.ts'
import { TocsinError } from '../../errors.ts'
import { readAlert } from '../alert/reading.ts'
import { EXERCISE } from '../alert/tell.ts'
import { freeCode } from '../code.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { heldRoles, registeredPerson, roleKey } from '../permission.ts'
import { cardAt, note, personTarget } from '../telling.ts'
import { optionalText } from '../text.ts'
import { type ForumFacts, factsOfForums, readForum } from './facts.ts'
import { listForums } from './list.ts'

/** How long the words of a group may be, in code points. */
export const forumLimits = { name: 75, omission: 1_000, why: 1_000, situation: 1_500, text: 3_000 } as const

export interface MakeForumInput {
  /** A kind of the mission file. */
  kind: string
  /** Left out: the kind's own name. */
  name?: string | null
  sector?: string | null
  /** The role that chairs; left out: the kind's. */
  chair?: string | null
  /** Member roles; left out: the kind's. */
  members?: readonly string[]
  /** Who of the kind's guests is invited; left out: all of them. */
  invites?: readonly string[]
  /** Why somebody who is invited by default is not. */
  omission?: string | null
  /** How often it meets, in days; null: when somebody calls it. Left out: as the kind has it. */
  everyDays?: number | null
  channelId?: string | null
  parentId?: string | null
  /** What a crisis forum deals with. */
  alertId?: string | null
  situation?: string | null
  /** Slack's view id: the same form submitted twice is one group. */
  requestKey?: string | null
}

const DAY_MS = 86_400_000

/**
 * Makes a group. Agencies and NGOs are invited unless a reason says why not, and read nothing of it before they have
 * accepted. Likely duplicates are shown by {@link likelyDuplicates} before.
 *
 * @throws TocsinError `not_registered`, `not_allowed`, `unknown_term`, `text_too_long`, `omission_missing` on `omission`,
 *   `sector_missing`, `number_range` on `everyDays`, `not_found` for the alert, `channel_unregistered`, `exercise_channel`
 *   for an exercise in a channel where real alerts stand.
 */
export async function makeForum(ctx: Ctx, input: MakeForumInput): Promise<ForumFacts> {
  const person = registeredPerson(ctx)
  const kind = ctx.mission.forums.kinds.find(({ id }) => id === input.kind)
  if (!kind) throw new TocsinError('unknown_term', { field: 'kind', details: { value: input.kind } })
  if (!heldRoles(ctx).some(({ role }) => kind.madeBy.includes(role))) throw new TocsinError('not_allowed')
  const sector = knownSector(ctx, kind.scope, input.sector)
  const chairRole = knownRole(ctx, input.chair ?? kind.chair, 'chair')
  const chair = roleKey({
    role: chairRole,
    sector: findRole(ctx.mission, chairRole)?.scope === 'sector' ? sector : null,
  })
  if (chair === chairRole && findRole(ctx.mission, chairRole)?.scope === 'sector')
    throw new TocsinError('sector_missing', { field: 'sector' })
  const members = [...new Set((input.members ?? kind.members).map(role => knownRole(ctx, role, 'members')))]
  const invites = invited(kind.invites, input.invites)
  const missing = leftOut(kind.invites, invites).filter(
    who => !members.some(role => findRole(ctx.mission, role)?.constituency === who),
  )
  const reason = optionalText(input.omission, 'omission', forumLimits.omission)
  if (missing.length > 0 && !reason) throw new TocsinError('omission_missing', { field: 'omission' })
  const omission = missing.length > 0 ? reason : null
  const name = optionalText(input.name, 'name', forumLimits.name)
  const situation = optionalText(input.situation, 'situation', forumLimits.situation)

  return inTransaction(ctx, async (repos, open) => {
    const earlier = input.requestKey ? await repos.forums.byRequestKey(input.requestKey) : null
    if (earlier) return readForum(open, earlier.id)
    const alert = input.alertId ? (await readAlert(open, input.alertId)).alert : null
    const now = ctx.clock.now()
    const channel = input.channelId ? await repos.channels.byId(input.channelId) : null
    if (input.channelId && !channel) throw new TocsinError('channel_unregistered', { field: 'channel' })
    if (channel && alert?.exercise && channel.purpose !== EXERCISE)
      throw new TocsinError('exercise_channel', { field: 'channel' })
    const forum: Forum = {
      id: ctx.ids.id(),
      code: await freeCode(open.ids, 'F', code => repos.forums.byCode(code)),
      exercise: alert?.exercise ?? false,
      kind: kind.id,
      class: kind.class,
      name: name ?? '',
      holder: person.constituency as Constituency,
      membersOnly: kind.reads === 'members',
      sector,
      parentId: await knownParent(open, input.parentId ?? null),
      chair,
      members,
      channelId: input.channelId ?? null,
      everyMs: knownCadence(input.everyDays, kind.everyMs),
      omission,
      alertId: alert?.id ?? null,
      situation,
      state: 'active',
      stateAt: now,
      createdBy: person.id,
      createdAt: now,
      requestKey: input.requestKey ?? null,
    }
    await repos.forums.insert(forum)
    for (const who of kind.invites) {
      const isMember = members.some(role => findRole(ctx.mission, role)?.constituency === who)
      if (isMember) continue
      await repos.forums.invite({
        forumId: forum.id,
        who,
        state: invites.includes(who) ? 'invited' : 'omitted',
        at: now,
      })
    }
    const { code } = forum
    await note(
      open,
      forumRef(forum),
      'forum.made',
      { code, kind: kind.id, sector, chair, members, invites, omitted: missing, alert: forum.alertId },
      {
        ...(name ? { name } : {}),
        ...(omission ? { omission } : {}),
        ...(situation ? { situation } : {}),
      },
    )
    const [facts] = await factsOfForums(open, repos, [forum])
    await putForumCards(open, facts as ForumFacts)
    return facts as ForumFacts
  })
}

export const forumRef = ({ id }: Pick<Forum, 'id'>) => ({ kind: 'forum', id })

/** Puts the card of a group into its channel, before its members and before those invited. */
export async function putForumCards(open: Open, facts: ForumFacts): Promise<void> {
  const { forum, people, guests } = facts
  const first = people.flatMap(([person]) => person ?? [])
  const targets = [
    ...(forum.channelId ? [forum.channelId] : []),
    ...[...first, ...guests].map(({ id }) => personTarget(id)),
  ]
  const urgent = forum.class === 'crisis'
  for (const target of new Set(targets)) await cardAt(open, forumRef(forum), target, urgent)
}

/** Groups that are likely the same as the one wanted and that the acting person may read, first made first. */
export async function likelyDuplicates(
  ctx: Ctx,
  wanted: Partial<Alike> & { kind: string },
): Promise<ForumFacts[]> {
  registeredPerson(ctx)
  const kind = ctx.mission.forums.kinds.find(({ id }) => id === wanted.kind)
  if (!kind) return []
  const alike: Alike = {
    class: kind.class,
    name: wanted.name || Object.values(kind.name)[0] || '',
    sector: kind.scope === 'sector' ? (wanted.sector ?? null) : null,
    alertId: wanted.alertId ?? null,
  }
  const standing = await listForums(ctx)
  return standing.filter(facts => isAlike(alike, { ...facts.forum, name: forumNameIn(facts) }))
}

/** The name of a group in any language, to compare. */
const forumNameIn = ({ forum, kind }: ForumFacts): string =>
  forum.name || (kind ? (Object.values(kind.name)[0] ?? '') : '')

function knownSector(
  ctx: Ctx,
  scope: 'mission' | 'sector',
  sector: string | null | undefined,
): string | null {
  if (!sector) {
    if (scope === 'sector') throw new TocsinError('sector_missing', { field: 'sector' })
    return null
  }
  if (!ctx.mission.sectors.some(({ id }) => id === sector))
    throw new TocsinError('unknown_term', { field: 'sector', details: { value: sector } })
  return sector
}

function knownRole(ctx: Ctx, role: string, field: string): string {
  const found = findRole(ctx.mission, role)
  const outside = found?.constituency === 'host_state' || ctx.mission.oversight.includes(role)
  if (!found || outside) throw new TocsinError('unknown_term', { field, details: { value: role } })
  return role
}

function invited(standard: readonly Invited[], chosen: readonly string[] | undefined): Invited[] {
  if (chosen === undefined) return [...standard]
  return INVITED.filter(who => chosen.includes(who))
}

function knownCadence(days: number | null | undefined, standard: number | null): number | null {
  if (days === undefined) return standard
  if (days === null) return null
  if (!Number.isInteger(days) || days < 1 || days > 366)
    throw new TocsinError('number_range', { field: 'everyDays', details: { min: 1, max: 366 } })
  return days * DAY_MS
}

/** The group above must be one the acting person reads. */
async function knownParent(open: Open, parentId: string | null): Promise<string | null> {
  if (parentId === null) return null
  return (await readForum(open, parentId)).forum.id
}
