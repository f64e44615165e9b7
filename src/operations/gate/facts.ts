import type { Gate, GateAct, GateLink } from '../../db/gates.ts'
import type { Repos } from '../../db/store.ts'
import {
  awaitedOf,
  decisionsFor,
  type GateDecision,
  type GatePart,
  isExpired,
  mayProceed,
} from '../../domain/gate.ts'
import type { GateTemplate, Mission, RoleRef } from '../../domain/mission.ts'
import { mayRead, type Reader, type Shared } from '../../domain/sharing.ts'
import { isOpenTasking } from '../../domain/tasking.ts'
import { peopleIn, unique } from '../alert/facts.ts'
import { sharingRules } from '../channel.ts'
import type { Ctx, Person } from '../context.ts'
import { parseRoleKey } from '../permission.ts'
import { isPaused } from '../posture/items.ts'

/** A gate with who decides it, who may read what of it, and what hangs on it. */
export interface GateFacts {
  gate: Gate
  /** Null for a gate that has left the mission file since. */
  template: GateTemplate | null
  /** The post that decides. */
  decides: RoleRef
  deciders: Person[]
  asker: Person
  /** The post that carries it out, and who stands it. */
  unit: RoleRef | null
  unitPeople: Person[]
  /** Those to whom planned operations are opened (5B); national staff only where they asked or decide. */
  command: Person[]
  acts: GateAct[]
  /** Who went on with a concern, or silence, on record: it is done by name. */
  wentOn: Person | null
  links: GateLink[]
  expired: boolean
  /** The mission's posture changed, and whoever asked has not confirmed since. */
  paused: boolean
  /** References of what humanitarians notified in the district of a consultation. */
  notified: string[]
  /** An operation may go on with what stands on record, by name and reason. */
  mayProceed: boolean
}

/** What may be read: that there is a gate and how it stands; what those in command read; what was written. */
export type GateRead = 'open' | 'command' | 'closed'

/** A gate of the mission file by its id. */
export function templateOf(mission: Mission, id: string): GateTemplate | null {
  return mission.gates.find(gate => gate.id === id) ?? null
}

/** A gate as it now is, with what follows from it. */
export async function gateFacts(
  ctx: Pick<Ctx, 'mission' | 'clock'>,
  repos: Repos,
  gate: Gate,
): Promise<GateFacts> {
  const now = ctx.clock.now()
  const template = templateOf(ctx.mission, gate.template)
  const decides = { role: template?.decides ?? '', sector: null }
  const unit = gate.unit === null ? null : parseRoleKey(gate.unit)
  const asker = await repos.people.byId(gate.askedBy)
  if (!asker) throw new Error(`nobody asked for gate ${gate.id}`)
  const acts = await repos.gates.acts(gate.id)
  const wentOn = acts.find(({ act }) => act === 'proceeding')?.by
  return {
    gate,
    template,
    decides,
    deciders: template ? await present(repos, decides, now) : [],
    asker,
    unit,
    unitPeople: unit ? await present(repos, unit, now) : [],
    command: gate.kind === 'due_diligence' || gate.kind === 'consultation' ? await inCommand(ctx, repos) : [],
    acts,
    wentOn: wentOn ? await repos.people.byId(wentOn) : null,
    links: await linksNow(repos, gate.id),
    expired: isExpired(gate, now),
    paused: gate.kind === 'escort' && (await isPaused(repos, { kind: 'gate', id: gate.id })),
    notified:
      gate.kind === 'consultation' && gate.district ? await notifiedAt(repos, gate.district, now) : [],
    mayProceed: mayProceed(gate, now),
  }
}

/** Facts of many gates, in their order. */
export async function factsOfGates(ctx: Ctx, gates: readonly Gate[]): Promise<GateFacts[]> {
  const repos = ctx.tx ?? ctx.store.read
  const all: GateFacts[] = []
  for (const gate of gates) all.push(await gateFacts(ctx, repos, gate))
  return all
}

/** What goes by a gate, with who answers for it now; nobody does for a tasking that has ended. */
async function linksNow(repos: Repos, gateId: string): Promise<GateLink[]> {
  const links: GateLink[] = []
  for (const link of await repos.gates.linksOfGate(gateId)) {
    const tasking = link.recordKind === 'tasking' ? await repos.taskings.byId(link.recordId) : null
    const accountable = tasking && !isOpenTasking(tasking) ? null : (tasking?.accountable ?? link.accountable)
    links.push({ ...link, accountable })
  }
  return links
}

async function notifiedAt(repos: Repos, district: string, now: number): Promise<string[]> {
  const open = await repos.notices.open()
  return open
    .filter(notice => notice.district === district && notice.expiresAt > now)
    .map(({ reference }) => reference)
}

const present = async (repos: Repos, ref: RoleRef, now: number): Promise<Person[]> =>
  (await peopleIn(repos, ref, now)).filter(({ closedAt }) => closedAt === null)

async function inCommand(
  { mission, clock }: Pick<Ctx, 'mission' | 'clock'>,
  repos: Repos,
): Promise<Person[]> {
  const refs = mission.layers.command.flatMap((role): RoleRef[] =>
    [null, ...mission.sectors.map(({ id }) => id)].map(sector => ({ role, sector })),
  )
  const people: Person[] = []
  for (const ref of refs) people.push(...(await present(repos, ref, clock.now())))
  return unique(people).filter(({ national }) => !national)
}

/** Who reads that there is a gate and how it stands. */
export function gateShared(facts: GateFacts): Shared {
  const { gate, deciders, asker, command, unitPeople, acts } = facts
  const ids = (people: readonly Person[]) => people.map(({ id }) => id)
  const both = [asker.id, ...ids(deciders)]
  switch (gate.kind) {
    case 'due_diligence':
      return { holder: 'human_rights', audience: MISSION, named: both }
    case 'consultation':
      return { holder: gate.holder, audience: [], named: [...both, ...ids(command)] }
    case 'escort': {
      // The unit is asked once OCHA has endorsed it, and not before.
      const asked = acts.some(({ act }) => act === 'endorsed')
      return { holder: gate.holder, audience: [], named: asked ? [...both, ...ids(unitPeople)] : both }
    }
    case 'opinion':
    case 'returns':
      return { holder: gate.holder, audience: MISSION, named: both }
  }
}

const MISSION = ['military', 'police', 'mission_civilian', 'human_rights'] as const

function closedShared(facts: GateFacts): Shared {
  const shared = gateShared(facts)
  const both = [facts.asker.id, ...facts.deciders.map(({ id }) => id)]
  if (facts.gate.kind === 'due_diligence') return { ...shared, audience: ['human_rights'], named: both }
  // The unit of an escort needs to know for what and when; what humanitarians weighed is theirs.
  return facts.gate.kind === 'consultation' ? shared : { ...shared, audience: [], named: both }
}

/** Whether everyone behind a reader may read this much of a gate. */
export function mayReadGate(ctx: Ctx, facts: GateFacts, read: GateRead, reader: Reader): boolean {
  const rules = sharingRules(ctx)
  const closed = mayRead(closedShared(facts), 'record', reader, rules)
  if (read === 'closed') return closed
  const shared = gateShared(facts)
  if (read === 'open') return mayRead(shared, 'record', reader, rules)
  const named = [...shared.named, ...facts.command.map(({ id }) => id)]
  return closed || mayRead({ ...shared, audience: [], named }, 'record', reader, rules)
}

/** In which parts somebody stands towards a gate. */
export function partsIn(facts: GateFacts, person: Person): GatePart[] {
  const is = (people: readonly Person[]) => people.some(({ id }) => id === person.id)
  if (person.closedAt !== null) return []
  return [
    // Nobody decides what they asked for themselves.
    ...(is(facts.deciders) && facts.asker.id !== person.id ? (['decider'] as const) : []),
    ...(facts.asker.id === person.id ? (['asker'] as const) : []),
    ...(is(facts.unitPeople) ? (['unit'] as const) : []),
    ...(person.constituency === 'human_rights' ? (['human_rights'] as const) : []),
  ]
}

/** What this person may decide of it now. */
export function decisionsOf(facts: GateFacts, person: Person): readonly GateDecision[] {
  return facts.expired ? [] : decisionsFor(facts.gate.kind, facts.gate.state, partsIn(facts, person))
}

/** Whether this gate waits for this person. */
export function waitsFor(facts: GateFacts, person: Person): boolean {
  const part = awaitedOf(facts.gate.kind, facts.gate.state)
  if (part === 'decider' && facts.mayProceed && facts.asker.id === person.id) return true
  if (part !== null && partsIn(facts, person).includes(part)) return true
  return facts.gate.state === 'concern' && facts.asker.id === person.id
}
