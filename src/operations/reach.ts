import type { ReachCheck } from '../db/reach.ts'
import type { HeldRole } from '../db/roles.ts'
import type { Timer } from '../db/timers.ts'
import { findRole, SIDES, type Side } from '../domain/mission.ts'
import { sideOf } from '../domain/side.ts'
import { TocsinError } from '../errors.ts'
import { administeredSide, administrators } from './administrators.ts'
import { isReachable } from './alert/facts.ts'
import { type Ctx, inTransaction, type Open, type Person } from './context.ts'
import { actingPerson, heldRoles, registeredPerson, sameRole } from './permission.ts'
import { personTarget } from './telling.ts'

const ROUND_KEY = 'reach'

/** Somebody who did not say that they can still be reached, or whom Slack does not reach. */
export interface Gap {
  person: Person
  roles: HeldRole[]
  /** When they were asked (epoch ms); null: they were not, for Slack does not reach them. */
  askedAt: number | null
}

/** What of the gaps one reader is shown: people of the side they administer, else posts without people. */
export type Coverage = { of: Side; gaps: Gap[] } | { of: 'posts'; gaps: Gap[] }

/** Arms the first round; run at start, harmless when repeated. */
export function scheduleReach(ctx: Ctx): Promise<void> {
  return inTransaction(ctx, async repos => {
    if ((await repos.timers.byKey(ROUND_KEY))?.state === 'armed') return
    await armRound(ctx, repos.timers, ROUND_KEY, 'reach', ctx.mission.people.reachEveryMs)
  })
}

/** A month has passed: role holders and humanitarian contacts are asked whether they can still be reached. */
export function askReach(ctx: Ctx, _timer: Pick<Timer, 'key'>): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const now = ctx.clock.now()
    const { reachEveryMs, reachAnswerWithinMs } = ctx.mission.people
    for (const person of await repos.people.all()) {
      if (!isReachable(person) || !(await isAsked(open, person))) continue
      const check: ReachCheck = {
        id: ctx.ids.id(),
        personId: person.id,
        askedAt: now,
        dueAt: now + reachAnswerWithinMs,
        answeredAt: null,
      }
      if (await repos.reach.insert(check)) await addCard(open, check)
    }
    await armRound(ctx, repos.timers, `${ROUND_KEY}:due`, 'reach.due', reachAnswerWithinMs)
    await armRound(ctx, repos.timers, ROUND_KEY, 'reach', reachEveryMs)
  })
}

/** The time to answer is over: gaps are put to each side's administrators, posts among them to the POC adviser. */
export function reportReach(ctx: Ctx, _timer: Pick<Timer, 'key'>): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const now = ctx.clock.now()
    const gaps = await gapsNow(open)
    for (const side of SIDES) {
      if (!gaps.some(gap => isOf(gap, side))) continue
      for (const { id } of await administrators(repos, ctx.mission, side, now)) await tellGaps(open, id)
    }
    const adviser = ctx.mission.pocAdviser
    if (adviser && gaps.some(({ roles }) => roles.length > 0)) {
      for (const { personId } of await repos.roles.holders(adviser.role, adviser.sector, now)) {
        await tellGaps(open, personId)
      }
    }
  })
}

/**
 * The person can still be reached. Late is as good as in time.
 *
 * @throws TocsinError `not_found` for everybody else.
 */
export async function answerReach(ctx: Ctx, input: { checkId: string }): Promise<void> {
  const person = actingPerson(ctx)
  await inTransaction(ctx, async (repos, open) => {
    const check = await repos.reach.byId(input.checkId)
    if (check?.personId !== person.id) throw new TocsinError('not_found')
    if (!(await repos.reach.answer(check.id, ctx.clock.now()))) return
    await addCard(open, check)
  })
}

/** The question the acting person was last asked and has not answered. @throws TocsinError `not_registered`. */
export async function ownReach(ctx: Ctx): Promise<ReachCheck | null> {
  return ctx.store.read.reach.waitingOf(registeredPerson(ctx).id)
}

/**
 * Where the network does not reach: for an administrator, people of their own side; for the POC adviser,
 * posts alone, for who is in touch with the humanitarian side is not the mission's to know.
 *
 * @throws TocsinError `not_registered`, `not_allowed`.
 */
export async function readCoverage(ctx: Ctx): Promise<Coverage> {
  registeredPerson(ctx)
  const coverage = await coverageFor(ctx, administeredSide(ctx)?.side ?? null, isAdviser(ctx))
  if (!coverage) throw new TocsinError('not_allowed')
  return coverage
}

/** The same for somebody the bot writes to; null where they may read neither. */
export async function coverageOf(ctx: Ctx, person: Person): Promise<Coverage | null> {
  const repos = ctx.tx ?? ctx.store.read
  const roles = await repos.roles.rolesOf(person.id, ctx.clock.now())
  const acting: Ctx = { ...ctx, actor: { kind: 'person', person, roles } }
  if (person.constituency === null || person.closedAt !== null) return null
  return coverageFor(acting, administeredSide(acting)?.side ?? null, isAdviser(acting))
}

async function coverageFor(ctx: Ctx, side: Side | null, adviser: boolean): Promise<Coverage | null> {
  if (side === null && !adviser) return null
  const gaps = await gapsNow(ctx)
  if (side !== null) return { of: side, gaps: gaps.filter(gap => isOf(gap, side)) }
  return { of: 'posts', gaps: gaps.filter(({ roles }) => roles.length > 0) }
}

async function gapsNow(ctx: Ctx): Promise<Gap[]> {
  const repos = ctx.tx ?? ctx.store.read
  const now = ctx.clock.now()
  const stale = new Map((await repos.reach.stale(now)).map(({ check, person }) => [person.id, check]))
  const gaps: Gap[] = []
  for (const person of await repos.people.all()) {
    const check = stale.get(person.id)
    if (!check && isReachable(person)) continue
    if (!(await isAsked(ctx, person))) continue
    gaps.push({ person, roles: await repos.roles.rolesOf(person.id, now), askedAt: check?.askedAt ?? null })
  }
  return gaps
}

/** Holders of roles, and the humanitarian side's people, whom the mission has no other way to know of. */
async function isAsked(ctx: Ctx, person: Person): Promise<boolean> {
  if (person.constituency === null || person.closedAt !== null) return false
  if (sideOf(person.constituency) === 'humanitarian') return true
  const repos = ctx.tx ?? ctx.store.read
  const held = await repos.roles.rolesOf(person.id, ctx.clock.now())
  return held.some(({ role }) => findRole(ctx.mission, role) !== undefined)
}

function isAdviser(ctx: Ctx): boolean {
  const adviser = ctx.mission.pocAdviser
  return adviser !== null && heldRoles(ctx).some(held => sameRole(held, adviser))
}

function isOf({ person }: Gap, side: Side): boolean {
  return person.constituency !== null && sideOf(person.constituency) === side
}

function armRound(ctx: Ctx, timers: Open['tx']['timers'], key: string, kind: string, inMs: number) {
  return timers.arm({ key, kind, recordId: ROUND_KEY, dueAt: ctx.clock.now() + inMs })
}

async function tellGaps(open: Open, personId: string): Promise<void> {
  await open.tx.outbox.add({
    id: open.ids.id(),
    kind: 'reach.gaps',
    recordId: ROUND_KEY,
    target: personTarget(personId),
    data: {},
    urgent: false,
  })
}

async function addCard(open: Open, check: ReachCheck): Promise<void> {
  await open.tx.outbox.add({
    id: open.ids.id(),
    kind: 'card',
    recordId: check.id,
    target: personTarget(check.personId),
    data: { record: 'reach' },
    urgent: false,
  })
}
