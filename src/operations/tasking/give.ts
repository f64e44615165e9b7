import type { Tasking } from '../../db/taskings.ts'
import { ACTIVITY_CLASSES, type ActivityClass, mayBeLabelled } from '../../domain/gate.ts'
import { UNARMED_MODES, type UnarmedMode } from '../../domain/hotspot.ts'
import { type Constituency, TASKABLE } from '../../domain/mission.ts'
import { sideOf } from '../../domain/side.ts'
import { isAskedAsWhole, ORIGIN_KINDS, type Origin, TIERS, type Tier, tiersOf } from '../../domain/tasking.ts'
import { parseSteps, type Step, stepProblem } from '../../domain/tasking-steps.ts'
import { TocsinError } from '../../errors.ts'
import { peopleIn } from '../alert/facts.ts'
import { knownSector, type PlaceInput, resolvePlace } from '../alert/place.ts'
import { freeCode } from '../code.ts'
import { type Ctx, inTransaction, type Open, type Person } from '../context.ts'
import { markSupport } from '../gate/support.ts'
import { type Named, namedPerson } from '../people.ts'
import { registeredPerson, roleKey } from '../permission.ts'
import { note } from '../telling.ts'
import { optionalText, requiredText } from '../text.ts'
import { type TaskingFacts, taskingFacts } from './facts.ts'
import { originFacts, refreshOrigin } from './origin.ts'
import { askingRole } from './parties.ts'
import { syncReminders } from './reminders.ts'
import { putCards, taskingRef, tellAct, tellUnreached } from './tell.ts'

/** How long the words of a tasking may be, in code points. */
export const taskingLimits = { result: 1_500, steps: 2_500, words: 1_500, organisation: 75 } as const

/** What is due sooner than this after it was asked does not wait for the morning. */
const IMMINENT_MS = 12 * 3_600_000

export interface TaskInput {
  origin: Origin
  /** The role in which the person asks, as `role` or `role@sector`; needed where they hold several that may. */
  role?: string | null
  /** The post (`role` or `role@sector`) or the constituency that is tasked or asked. */
  to: string
  /** The accountable person; left out: whoever stands the post now. Not for agencies and NGOs. */
  person?: Named | null
  /** Of an agency or an NGO: which, as it calls itself; left out: all of them. */
  organisation?: string | null
  result: string
  tier: number
  /** Of the catalogue of unarmed modes (1.20): what protects beside troops, or where they cannot be. */
  mode?: string | null
  /** Epoch ms. */
  dueAt: number | null
  place?: PlaceInput
  sector?: string | null
  /** What it is first of all for; left out: protection. Work of the mission is never called humanitarian. */
  activity?: string | null
  /** Nothing of it is counted; what comes from an exercise is one. */
  exercise?: boolean
  /** One step a line, as {@link parseSteps} reads them. */
  steps?: string | null
  /** It supports forces outside the UN: the id of the entry of the register it goes by, or `missing`. */
  support?: string | null
  /** Why it waits for no entry; the result is the reason on record. */
  exemption?: string | null
  /** Its words are for the command layer and those named on it alone. */
  restricted?: boolean
  /** Slack's view id: the same form submitted twice is one tasking. */
  requestKey?: string | null
}

/**
 * Gives somebody inside the mission a tasking, or asks an agency, NGOs or a component for something: by the mission's
 * table of who may task whom. One accountable person, one result, one date.
 *
 * @throws TocsinError `not_registered`, `may_not_task`, `which_role`, `not_found` for the origin, `with_specialist`,
 *   `text_missing`, `text_too_long`, `unknown_term`, `time_past`, `not_humanitarian`, `accountable_missing`,
 *   `accountable_left`,
 *   `not_theirs_to_protect`, `unarmed_not_physical`, `person_unknown`, `steps_cycle`, `steps_unknown`, `no_gate`; the field is named.
 */
export async function task(ctx: Ctx, input: TaskInput): Promise<TaskingFacts> {
  const person = registeredPerson(ctx)
  const { role, kind, target } = askingRole(ctx, input.to, input.role)
  const result = requiredText(input.result, 'result', taskingLimits.result)
  const dueAt = knownDue(ctx, input.dueAt)
  const steps = knownSteps(input.steps)
  const place = input.place?.id || input.place?.said ? resolvePlace(ctx, input.place) : null
  const toConstituency = typeof target === 'string' ? target : constituencyOf(ctx, target.role)
  const tier = knownTier(input.tier, toConstituency)
  const unarmedMode = knownMode(input.mode, tier)
  const activity = knownActivity(input.activity, toConstituency)
  const organisation = optionalText(input.organisation, 'organisation', taskingLimits.organisation)
  const holder = person.constituency as Constituency
  if (!ORIGIN_KINDS.includes(input.origin.kind)) throw new TocsinError('unknown_term', { field: 'origin' })

  return inTransaction(ctx, async (repos, open) => {
    const now = ctx.clock.now()
    const earlier = input.requestKey ? await repos.taskings.byRequestKey(input.requestKey) : null
    if (earlier) return taskingFacts(repos, ctx.mission, now, earlier)
    const origin = await originFacts(open, input.origin)
    // Where it is says nothing to those who may not read what it comes from.
    const told = origin?.audience.includes(toConstituency) ? origin : null
    const asWhole = isAskedAsWhole(toConstituency)
    const accountable = asWhole ? null : await accountableFor(open, input, target, toConstituency, person)
    const sector =
      (typeof target === 'string' ? null : target.sector) ??
      place?.sector ??
      knownSector(ctx, input.sector) ??
      origin?.sector ??
      role.sector
    const tasking: Tasking = {
      id: ctx.ids.id(),
      code: await freeCode(open.ids, 'T', code => repos.taskings.byCode(code)),
      version: 1,
      exercise: origin?.exercise ?? input.exercise ?? false,
      kind,
      originKind: input.origin.kind,
      originId: input.origin.id,
      holder,
      audience: audienceOf(ctx, toConstituency, origin?.audience ?? null),
      layer: input.restricted ? 'command' : null,
      tlp: null,
      sensitivity: null,
      activity,
      result,
      tier,
      unarmedMode,
      sector,
      placeId: place ? place.id : (told?.placeId ?? null),
      placeSaid: place?.said ?? told?.placeSaid ?? null,
      dueAt,
      dueZone: person.zone ?? ctx.mission.zone,
      urgent: (origin?.urgent ?? false) || dueAt - now <= IMMINENT_MS,
      askedBy: person.id,
      askedAt: now,
      askedRole: roleKey(role),
      toConstituency,
      toRole: typeof target === 'string' ? null : roleKey(target),
      toOrganisation: asWhole ? organisation : null,
      accountable: accountable?.id ?? null,
      state: 'offered',
      stateAt: now,
      reason: null,
      outcome: null,
      climbedTo: null,
      overdueRung: 0,
      requestKey: input.requestKey ?? null,
    }
    await repos.taskings.insert(tasking, steps)
    const { code, toRole, originKind, originId } = tasking
    await note(
      open,
      taskingRef(tasking),
      'tasking.offered',
      {
        ...{ code, kind, tier, unarmedMode, sector, dueAt, originKind, originId, toConstituency, toRole },
        ...{ askedRole: tasking.askedRole, accountable: tasking.accountable },
      },
      { result, ...(steps.length > 0 ? { steps: steps.map(({ what }) => what) } : {}) },
    )
    if (input.support && kind === 'tasking')
      await markSupport(open, tasking, {
        support: input.support,
        exemption: input.exemption ?? null,
        reason: result,
      })
    const facts = await taskingFacts(repos, ctx.mission, now, tasking)
    await putCards(open, facts)
    await refreshOrigin(open, tasking)
    await tellAct(open, facts, 'offered', { origin: kind === 'tasking' })
    await tellUnreached(open, facts)
    await syncReminders(open, facts)
    return facts
  })
}

/** @throws TocsinError `unknown_term`, `not_theirs_to_protect` for physical protection asked of an agency or NGOs. */
export function knownTier(value: number, to: Constituency): Tier {
  const tier = TIERS.find(each => each === value)
  if (!tier) throw new TocsinError('unknown_term', { field: 'tier', details: { value: String(value) } })
  if (!tiersOf(sideOf(to) ?? 'mission').includes(tier))
    throw new TocsinError('not_theirs_to_protect', { field: 'tier' })
  return tier
}

/** An unarmed line is added to a need for physical protection and never stands in for it. */
function knownMode(value: string | null | undefined, tier: Tier): UnarmedMode | null {
  if (!value) return null
  const mode = UNARMED_MODES.find(each => each === value)
  if (!mode) throw new TocsinError('unknown_term', { field: 'mode', details: { value } })
  if (tier === 2) throw new TocsinError('unarmed_not_physical', { field: 'mode' })
  return mode
}

/** @throws TocsinError `unknown_term`, `not_humanitarian` for work of the mission that is called so. */
function knownActivity(value: string | null | undefined, to: Constituency): ActivityClass {
  const activity = ACTIVITY_CLASSES.find(known => known === (value ?? 'protection'))
  if (!activity) throw new TocsinError('unknown_term', { field: 'activity', details: { value: value ?? '' } })
  if (!mayBeLabelled(activity, sideOf(to) ?? 'mission'))
    throw new TocsinError('not_humanitarian', { field: 'activity' })
  return activity
}

/** @throws TocsinError `text_missing` without a date, `time_past` for one that is not still to come. */
export function knownDue(ctx: Ctx, dueAt: number | null): number {
  if (dueAt === null) throw new TocsinError('text_missing', { field: 'dueAt' })
  if (dueAt <= ctx.clock.now()) throw new TocsinError('time_past', { field: 'dueAt' })
  return dueAt
}

/** @throws TocsinError `steps_cycle` naming the steps that wait for each other, `steps_unknown`, `text_too_long`. */
export function knownSteps(text: string | null | undefined): Step[] {
  const steps = parseSteps(optionalText(text, 'steps', taskingLimits.steps) ?? '')
  if (steps.some(({ what }) => what === '')) throw new TocsinError('text_missing', { field: 'steps' })
  const problem = stepProblem(steps)
  if (problem?.problem === 'cycle')
    throw new TocsinError('steps_cycle', { field: 'steps', details: { steps: problem.steps.join(' → ') } })
  if (problem)
    throw new TocsinError('steps_unknown', {
      field: 'steps',
      details: { step: problem.step, after: problem.after },
    })
  return steps
}

function constituencyOf({ mission }: Ctx, role: string): Constituency {
  const found = mission.roles.find(({ id }) => id === role)
  if (!found) throw new TocsinError('unknown_term', { field: 'to', details: { value: role } })
  return found.constituency
}

/** The one person who answers for it: whoever was named, else whoever stands the post now. */
async function accountableFor(
  open: Open,
  input: TaskInput,
  target: { role: string; sector: string | null } | Constituency,
  constituency: Constituency,
  by: Person,
): Promise<Person> {
  if (input.person) {
    const person = await namedPerson(open.tx, input.person, by)
    if (person.closedAt !== null || person.constituency !== constituency)
      throw new TocsinError('accountable_left', { field: 'person' })
    return person
  }
  const standing = typeof target === 'string' ? [] : await peopleIn(open.tx, target, open.clock.now())
  const [first] = standing.filter(({ closedAt, constituency: own }) => closedAt === null && own !== null)
  if (!first) throw new TocsinError('accountable_missing', { field: 'person' })
  return first
}

/** Who reads it beside those named: the mission's components, and no more of them than read what it comes from. */
function audienceOf(ctx: Ctx, to: Constituency, origin: readonly Constituency[] | null): Constituency[] {
  if (!TASKABLE.includes(to)) return []
  return ctx.mission.taskings.audience.filter(each => origin === null || origin.includes(each))
}
