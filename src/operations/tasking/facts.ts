import type { Repos } from '../../db/store.ts'
import type { Tasking, TaskingAct, TaskingStep } from '../../db/taskings.ts'
import { findRole, type Mission, type RoleRef } from '../../domain/mission.ts'
import { mayRead, type Reader, type Shared } from '../../domain/sharing.ts'
import {
  isAskedAsWhole,
  isOpenTasking,
  isOverdueTasking,
  type OriginKind,
  postsAbove,
} from '../../domain/tasking.ts'
import { fold } from '../../domain/text-fold.ts'
import { TocsinError } from '../../errors.ts'
import { administrators } from '../administrators.ts'
import { peopleIn, unique } from '../alert/facts.ts'
import { actorAsReader } from '../alert/reading.ts'
import { sharingRules } from '../channel.ts'
import type { Ctx, Person } from '../context.ts'
import { parseRoleKey } from '../permission.ts'
import type { SharedRecord } from '../shared-records.ts'

/** A tasking or a request as it now is, with what follows from it. */
export interface TaskingFacts {
  tasking: Tasking
  acts: TaskingAct[]
  steps: TaskingStep[]
  /** The one person who answers for it; null where an agency or NGOs are asked. */
  accountable: Person | null
  asker: Person | null
  /** Who of an agency or of NGOs is told and may answer; their names are shown to nobody. */
  asked: Person[]
  /** people.id of those who may read it whatever their constituency. */
  named: string[]
  open: boolean
  /** Never true of a request. */
  overdue: boolean
}

/** Reads what surrounds taskings, in their order. `now` in epoch ms. */
export async function factsOfTaskings(
  repos: Repos,
  mission: Mission,
  now: number,
  rows: readonly Tasking[],
): Promise<TaskingFacts[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const acts = Map.groupBy(await repos.taskings.actsOf(ids), ({ taskingId }) => taskingId)
  const steps = Map.groupBy(await repos.taskings.stepsOf(ids), ({ taskingId }) => taskingId)
  const everybody = rows.some(({ toConstituency }) => isAskedAsWhole(toConstituency))
    ? await repos.people.all()
    : []
  const standing = new Map<string, Promise<Person[]>>()
  const holders = (key: string) => {
    const found = standing.get(key) ?? peopleIn(repos, parseRoleKey(key), now)
    standing.set(key, found)
    return found
  }
  const known = new Map<string, Person | null>()
  const person = async (id: string) => {
    const found = known.get(id) ?? (await repos.people.byId(id))
    known.set(id, found)
    return found
  }
  const all: TaskingFacts[] = []
  for (const tasking of rows) {
    const asked = isAskedAsWhole(tasking.toConstituency)
      ? await focalPeople(repos, mission, now, tasking, everybody)
      : []
    const posts = [tasking.askedRole, tasking.toRole, ...postsTold(mission, tasking)]
    const told = await Promise.all(posts.flatMap(key => (key === null ? [] : [holders(key)])))
    const reading = [...asked, ...told.flat()].filter(({ closedAt }) => closedAt === null)
    const actors = acts.get(tasking.id) ?? []
    const former = actors.flatMap(({ accountable }) => accountable ?? [])
    all.push({
      tasking,
      acts: actors,
      steps: steps.get(tasking.id) ?? [],
      accountable: tasking.accountable ? await person(tasking.accountable) : null,
      asker: await person(tasking.askedBy),
      asked,
      named: [
        ...new Set([
          tasking.askedBy,
          ...(tasking.accountable ? [tasking.accountable] : []),
          ...former,
          ...reading.map(({ id }) => id),
        ]),
      ],
      open: isOpenTasking(tasking),
      overdue: isOverdueTasking(tasking, now),
    })
  }
  return all
}

/** Posts that a decline, or a date that passed, has brought it to. */
export function postsTold(mission: Mission, tasking: Tasking): string[] {
  const above = postsAbove(mission, tasking).map(roleKeyOf)
  const climbed = tasking.climbedTo === null ? 0 : above.indexOf(tasking.climbedTo) + 1
  return above.slice(0, Math.max(climbed, tasking.overdueRung))
}

const roleKeyOf = ({ role, sector }: RoleRef) => (sector === null ? role : `${role}@${sector}`)

/**
 * Who of an agency or of NGOs is told: the people of the organisation that is asked, and where it has none here, or
 * none was named, those who hold a post of the constituency, else all of it; where nobody is left, whoever confirms
 * people of that side.
 */
async function focalPeople(
  repos: Repos,
  mission: Mission,
  now: number,
  { toConstituency, toOrganisation }: Tasking,
  everybody: readonly Person[],
): Promise<Person[]> {
  const theirs = everybody.filter(
    ({ constituency, closedAt }) => constituency === toConstituency && closedAt === null,
  )
  const bridge = () => administrators(repos, mission, 'humanitarian', now)
  if (toOrganisation !== null) {
    const of = theirs.filter(
      ({ organisation, section }) => fold(organisation ?? section ?? '') === fold(toOrganisation),
    )
    return of.length > 0 ? of : bridge()
  }
  const posts = mission.roles.filter(
    ({ constituency, scope }) => constituency === toConstituency && scope === 'mission',
  )
  const held = await Promise.all(posts.map(({ id }) => peopleIn(repos, { role: id, sector: null }, now)))
  const focal = unique(held.flat())
  if (focal.length > 0) return focal
  return theirs.length > 0 ? theirs : bridge()
}

export async function taskingFacts(
  repos: Repos,
  mission: Mission,
  now: number,
  tasking: Tasking,
): Promise<TaskingFacts> {
  const [facts] = await factsOfTaskings(repos, mission, now, [tasking])
  return facts as TaskingFacts
}

/** What a tasking says about its own readers. */
export function sharedTasking({ tasking, named }: TaskingFacts): Shared {
  return { holder: tasking.holder, audience: tasking.audience, named }
}

/** Whether `reader` may be shown the tasking at this moment; one of a layer only those it is opened to, or named. */
export function mayReadTasking(ctx: Ctx, facts: TaskingFacts, reader: Reader): boolean {
  const shared = sharedTasking(facts)
  const rules = sharingRules(ctx)
  const { layer } = facts.tasking
  if (layer === null) return mayRead(shared, 'record', reader, rules)
  return (
    mayRead({ ...shared, audience: [] }, 'record', reader, rules) || mayRead(shared, layer, reader, rules)
  )
}

/**
 * The tasking as the acting person may read it; the bot itself reads all.
 *
 * @throws TocsinError `not_found` where it does not exist or is not theirs to see: the two are not told apart.
 */
export async function readTasking(ctx: Ctx, id: string): Promise<TaskingFacts> {
  const reader = actorAsReader(ctx)
  const repos = ctx.tx ?? ctx.store.read
  const tasking = await repos.taskings.byId(id)
  const facts = tasking && (await taskingFacts(repos, ctx.mission, ctx.clock.now(), tasking))
  if (!facts || (reader !== null && !mayReadTasking(ctx, facts, reader))) throw new TocsinError('not_found')
  return facts
}

/** Whether somebody inside the mission was tasked with what comes from this record; requests do not count. */
export async function taskedFor(repos: Repos, origin: { kind: OriginKind; id: string }): Promise<boolean> {
  const rows = await repos.taskings.ofOrigins(origin.kind, [origin.id])
  return rows.some(
    ({ kind, state }) => kind === 'tasking' && state !== 'cancelled' && state !== 'not_taken_on',
  )
}

/** Whether the POC unit would own it: then people are asked whether another component should. */
export function isPocUnit(mission: Mission, role: string | null): boolean {
  return (
    role !== null &&
    mission.pocAdviser?.role === parseRoleKey(role).role &&
    !!findRole(mission, parseRoleKey(role).role)
  )
}

/** The taskings among these rows, with what they say about their readers; one of a layer is read by those named alone. */
export async function sharedTaskings(
  ctx: Ctx,
  repos: Repos,
  ids: readonly string[],
): Promise<SharedRecord[]> {
  const rows = await repos.taskings.byIds(ids)
  const all = await factsOfTaskings(repos, ctx.mission, ctx.clock.now(), rows)
  return all.map(facts => {
    const { id, code, layer } = facts.tasking
    const shared = sharedTasking(facts)
    return { kind: 'tasking', id, code, shared: layer === null ? shared : { ...shared, audience: [] } }
  })
}
