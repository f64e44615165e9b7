import { DateTime } from 'luxon'
import type { Gate } from '../../db/gates.ts'
import { type GateDecision, type GateKind, isExpired } from '../../domain/gate.ts'
import type { GateTemplate } from '../../domain/mission.ts'
import { sideOf } from '../../domain/side.ts'
import { hideSmallNumbers } from '../../domain/small-numbers.ts'
import { TocsinError } from '../../errors.ts'
import { personReader } from '../channel.ts'
import { type Ctx, inTransaction, type Person } from '../context.ts'
import { heldRoles, registeredPerson } from '../permission.ts'
import { requireAsker } from './ask.ts'
import { readable } from './decide.ts'
import { decisionsOf, factsOfGates, type GateFacts, type GateRead, mayReadGate, waitsFor } from './facts.ts'

/** A gate as one person may see it. */
export interface SeenGate {
  facts: GateFacts
  reads: Record<GateRead, boolean>
  /** What they may decide of it now. */
  decisions: readonly GateDecision[]
  /** They may let the operation go on. */
  proceeds: boolean
  /** They hold the post that decides. */
  decides: boolean
  /** It waits for them. */
  waits: boolean
}

/** What a person may see and do of a gate; for whoever has asked who they are. */
export async function seenBy(ctx: Ctx, facts: GateFacts, person: Person): Promise<SeenGate> {
  const repos = ctx.tx ?? ctx.store.read
  const reader = await personReader(repos, person, ctx.clock.now())
  const reads = (read: GateRead) => mayReadGate(ctx, facts, read, reader)
  const commands = [facts.asker, ...facts.command].some(({ id }) => id === person.id)
  return {
    facts,
    reads: { open: reads('open'), command: reads('command'), closed: reads('closed') },
    decisions: decisionsOf(facts, person),
    proceeds: facts.mayProceed && commands,
    decides: facts.deciders.some(({ id }) => id === person.id),
    waits: waitsFor(facts, person),
  }
}

/** A gate for whoever may read that it is there. @throws TocsinError `not_registered`, `not_found`. */
export async function readGate(ctx: Ctx, gateId: string): Promise<SeenGate> {
  const person = registeredPerson(ctx)
  return seenBy(ctx, await readable(ctx, gateId, person), person)
}

/**
 * A gate with the assessment of due diligence, for those who may read that; each reading is in the access log.
 *
 * @throws TocsinError `not_registered`, `not_found` for another kind of gate, and for whoever reads only how it stands.
 */
export async function readAssessment(ctx: Ctx, gateId: string): Promise<SeenGate> {
  const person = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const seen = await seenBy(open, await readable(open, gateId, person), person)
    if (seen.facts.gate.kind !== 'due_diligence' || !seen.reads.closed) throw new TocsinError('not_found')
    await repos.access.add({
      at: ctx.clock.now(),
      personId: person.id,
      layer: 'assessment',
      recordKind: 'gate',
      recordId: gateId,
    })
    return seen
  })
}

/** The gate of a code. @throws TocsinError `not_registered`, `not_found`. */
export async function findGate(ctx: Ctx, code: string): Promise<SeenGate> {
  registeredPerson(ctx)
  const gate = await ctx.store.read.gates.byCode(code.trim().toUpperCase())
  if (!gate) throw new TocsinError('not_found')
  return readGate(ctx, gate.id)
}

/** What this person may read of the gates, last asked first; `kind` leaves out the others. @throws TocsinError `not_registered`. */
export async function listGates(ctx: Ctx, kind: GateKind | null = null): Promise<SeenGate[]> {
  const person = registeredPerson(ctx)
  const gates = (await ctx.store.read.gates.all()).filter(gate => kind === null || gate.kind === kind)
  const seen: SeenGate[] = []
  for (const facts of await factsOfGates(ctx, gates.toReversed())) seen.push(await seenBy(ctx, facts, person))
  return seen.filter(({ reads }) => reads.open)
}

/** Gates that wait for the acting person, longest waiting first. @throws TocsinError `not_registered`. */
export async function gatesWaiting(ctx: Ctx): Promise<SeenGate[]> {
  registeredPerson(ctx)
  return (await listGates(ctx)).filter(({ waits }) => waits).toReversed()
}

/** What this person asked for and others decide or carry out now, last asked first. @throws TocsinError `not_registered`. */
export async function gatesAsked(ctx: Ctx): Promise<SeenGate[]> {
  const person = registeredPerson(ctx)
  const running = ['waiting', 'endorsed', 'granted']
  return (await listGates(ctx)).filter(
    ({ facts: { asker, gate }, waits }) => asker.id === person.id && !waits && running.includes(gate.state),
  )
}

/** The gates a person may open by their place in the mission. @throws TocsinError `not_registered`. */
export async function gatesToAsk(ctx: Ctx): Promise<GateTemplate[]> {
  const person = registeredPerson(ctx)
  return ctx.mission.gates.filter(template => {
    try {
      requireAsker(ctx, person, template)
      return true
    } catch (error) {
      if (error instanceof TocsinError) return false
      throw error
    }
  })
}

/** An entry of the register as whoever tasks picks it. */
export interface RegisterEntry {
  gate: Gate
  expired: boolean
  /** Who commands the unit; null where the reader may not know. */
  commander: string | null
}

/**
 * Entries of the register of support to forces outside the UN, last first: the real ones, or those of exercises.
 *
 * @throws TocsinError `not_registered`.
 */
export async function registerEntries(ctx: Ctx, { exercise = false } = {}): Promise<RegisterEntry[]> {
  registeredPerson(ctx)
  const now = ctx.clock.now()
  const entries = (await listGates(ctx, 'due_diligence')).filter(
    ({ facts }) => facts.gate.exercise === exercise,
  )
  return entries.map(({ facts: { gate }, reads }) => ({
    gate,
    expired: isExpired(gate, now),
    commander: reads.command ? (gate.words.commander ?? null) : null,
  }))
}

/** One month of requests for escorts and assets: counts; null where so few were asked that a count says too much. */
export interface EscortMonth {
  /** `YYYY-MM`. */
  month: string
  asked: number | null
  granted: number | null
  refused: number | null
  open: number | null
  /** How long whoever asked waited for the answer in the middle (ms); null where it is not shown. */
  waitMs: number | null
}

const MONTHS = 12
/** Below this many a count could tell whose request it was. */
const FEW = 3

/**
 * How many escorts and assets were asked for, granted and refused, by month, and how long the answer took, for the
 * humanitarian side and the mission's leadership: no organisation, district or day. Small counts are hidden;
 * exercises are left out.
 *
 * @throws TocsinError `not_registered`, `not_allowed`.
 */
export async function escortFigures(ctx: Ctx): Promise<EscortMonth[]> {
  const person = registeredPerson(ctx)
  const side = person.constituency && sideOf(person.constituency)
  const decides = ctx.mission.gates.some(
    ({ kind, decides }) => kind === 'escort' && heldRoles(ctx).some(({ role }) => role === decides),
  )
  const adviser = heldRoles(ctx).some(({ role }) => role === ctx.mission.pocAdviser?.role)
  if (side !== 'humanitarian' && !decides && !adviser) throw new TocsinError('not_allowed')
  const zone = { zone: ctx.mission.zone }
  const from = DateTime.fromMillis(ctx.clock.now(), zone)
    .startOf('month')
    .minus({ months: MONTHS - 1 })
  const gates = (await ctx.store.read.gates.between(from.toMillis(), ctx.clock.now() + 1)).filter(
    ({ kind, exercise }) => kind === 'escort' && !exercise,
  )
  const waits = await answerTimes(ctx, gates)
  const byMonth = Map.groupBy(gates, ({ askedAt }) => DateTime.fromMillis(askedAt, zone).toFormat('yyyy-MM'))
  const rows = [...byMonth].map(([month, asked]) => {
    const count = (...states: Gate['state'][]) => asked.filter(({ state }) => states.includes(state)).length
    const granted = count('granted', 'done')
    const refused = count('refused', 'declined')
    return { month, granted, refused, open: asked.length - granted - refused }
  })
  const cells = rows.flatMap(({ month, ...kinds }) =>
    Object.entries(kinds).map(([kind, count]) => ({ group: month, kind, count })),
  )
  const shown = hideSmallNumbers(cells, {
    threshold: FEW,
    restricted: new Set(['granted', 'refused', 'open']),
  })
  return rows.map(({ month }) => {
    const group = shown.find(each => each.group === month)
    const of = (kind: string) => group?.cells.find(cell => cell.kind === kind)?.count ?? null
    return {
      month,
      asked: group?.total ?? null,
      granted: of('granted'),
      refused: of('refused'),
      open: of('open'),
      waitMs: middle((byMonth.get(month) ?? []).flatMap(({ id }) => waits.get(id) ?? [])),
    }
  })
}

/** How long each of these waited until it was known whether it can be done (ms). */
async function answerTimes({ store }: Ctx, gates: readonly Gate[]): Promise<Map<string, number>> {
  const times = new Map<string, number>()
  for (const { id, askedAt } of gates) {
    const acts = await store.read.gates.acts(id)
    const answer = acts.find(({ act }) => act === 'granted' || act === 'refused' || act === 'declined')
    if (answer) times.set(id, answer.at - askedAt)
  }
  return times
}

/** The one in the middle; null where so few are known that it would tell of one. */
function middle(times: readonly number[]): number | null {
  if (times.length < FEW) return null
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? null
}
