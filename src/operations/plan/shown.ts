import { DateTime } from 'luxon'
import type { PlanStep } from '../../db/plans.ts'
import type { Repos } from '../../db/store.ts'
import type { Reader } from '../../domain/sharing.ts'
import { overlap } from '../../domain/team.ts'
import type { Ctx } from '../context.ts'
import { offersKeeping } from '../forum/facts.ts'
import { readsNotice } from '../notice.ts'
import { factsOfTaskings, mayReadTasking, type TaskingFacts } from '../tasking/facts.ts'
import { factsOfTeams, windowOf } from '../team/facts.ts'
import { mayReadTeam } from '../team/readers.ts'
import { factsOfPlans, mayReadPlan, type PlanFacts } from './facts.ts'
import { waitsForConsultation } from './start.ts'

/** What a step crosses in the same district and window: a notification, a team that is out or goes, another plan. */
export interface Conflict {
  position: number
  kind: 'notice' | 'team' | 'plan'
  code: string
  /** Of a notification: the humanitarians' own reference. */
  reference: string | null
}

/** What everybody behind a reader may be shown of a joint plan whose record they may read. */
export interface PlanShown {
  /** What steps became, by the tasking's id. */
  taskings: Map<string, TaskingFacts>
  conflicts: Conflict[]
  /** Positions of steps that use force and wait for the consultation of humanitarians. */
  consult: number[]
  /** Whether they may keep it; everybody in a channel is offered it, and refused by the operation. */
  keeps: boolean
}

/** See {@link PlanShown}. */
export async function planShownTo(ctx: Ctx, facts: PlanFacts, reader: Reader): Promise<PlanShown> {
  const repos = ctx.tx ?? ctx.store.read
  const now = ctx.clock.now()
  const rows = await repos.taskings.byIds(facts.steps.flatMap(({ taskingId }) => taskingId ?? []))
  const taskings = (await factsOfTaskings(repos, ctx.mission, now, rows)).filter(each =>
    mayReadTasking(ctx, each, reader),
  )
  const consult: number[] = []
  const open = facts.plan.state !== 'closed'
  for (const step of open ? facts.steps : [])
    if (step.taskingId === null && (await waitsForConsultation(ctx, step))) consult.push(step.position)
  return {
    taskings: new Map(taskings.map(each => [each.tasking.id, each])),
    conflicts: open ? await conflictsOf(ctx, repos, facts, reader) : [],
    consult,
    keeps: await offersKeeping(ctx, facts.forum, reader),
  }
}

async function conflictsOf(ctx: Ctx, repos: Repos, facts: PlanFacts, reader: Reader): Promise<Conflict[]> {
  const placed = facts.steps.filter(({ district }) => district !== null)
  if (placed.length === 0) return []
  const crossed = (district: string | null, window: { from: number; to: number }) =>
    placed
      .filter(step => step.district === district && overlap(windowOfStep(step), window))
      .map(({ position }) => position)
  const found: Conflict[] = []
  const add = (positions: readonly number[], kind: Conflict['kind'], code: string, reference?: string) =>
    found.push(...positions.map(position => ({ position, kind, code, reference: reference ?? null })))

  const person = reader.kind === 'person' ? await repos.people.byId(reader.personId) : null
  for (const notice of person ? await repos.notices.open() : []) {
    const from = DateTime.fromISO(notice.fromDay, { zone: ctx.mission.zone }).toMillis()
    const positions = crossed(notice.district, { from, to: notice.expiresAt })
    if (positions.length > 0 && person && (await readsNotice(ctx, notice, person)) !== null)
      add(positions, 'notice', notice.code, notice.reference)
  }
  const going = (await repos.teams.open()).filter(({ state }) => state === 'composing' || state === 'out')
  for (const team of await factsOfTeams(repos, ctx.mission, ctx.clock.now(), going)) {
    const district = ctx.gazetteer.byId(team.hotspot.placeId ?? '')?.district ?? null
    const positions = district === null ? [] : crossed(district, windowOf(team.team))
    if (positions.length > 0 && mayReadTeam(ctx, team, 'movements', reader))
      add(positions, 'team', team.team.code)
  }
  const others = (await repos.plans.open()).filter(({ id }) => id !== facts.plan.id)
  for (const other of await factsOfPlans(ctx, repos, others)) {
    const positions = other.steps.flatMap(step => crossed(step.district, windowOfStep(step)))
    if (positions.length > 0 && mayReadPlan(ctx, other, reader))
      add([...new Set(positions)], 'plan', other.plan.code)
  }
  return found.sort((a, b) => a.position - b.position)
}

const windowOfStep = ({ fromAt, toAt }: PlanStep) => ({ from: fromAt, to: toAt })
