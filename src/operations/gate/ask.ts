import type { Gate } from '../../db/gates.ts'
import { districtsOf } from '../../domain/district.ts'
import {
  type ActivityClass,
  ESCORT_PRIORITIES,
  type EscortPriority,
  GATE_CHECKS,
  GATE_CODES,
  GATE_FIELDS,
  type GateKind,
  mayBeLabelled,
  WINDOW_DAYS,
} from '../../domain/gate.ts'
import { findRole, type GateTemplate, type RoleRef, roleRef } from '../../domain/mission.ts'
import { sideOf } from '../../domain/side.ts'
import { saysPositionOrHour } from '../../domain/tempting.ts'
import { fold } from '../../domain/text-fold.ts'
import { TocsinError } from '../../errors.ts'
import { peopleIn, unique } from '../alert/facts.ts'
import { freeCode } from '../code.ts'
import { type Ctx, inTransaction, type Open, type Person } from '../context.ts'
import { heldRoles, registeredPerson, roleKey } from '../permission.ts'
import { cardAt, lineAt, note, personTarget, refreshCardsOf } from '../telling.ts'
import { optionalText, requiredText } from '../text.ts'
import { comingDay, endOfDay } from './days.ts'
import { type GateFacts, gateFacts, templateOf } from './facts.ts'

export interface AskGateInput {
  /** A gate of the mission file, by its id. */
  template: string
  /** What was written, by field of the kind. */
  fields: Record<string, string | null | undefined>
  /** The kind of support, of means or of project. */
  about?: string | null
  district?: string | null
  /** A window in days from today. */
  days?: number | null
  /** The first and last day of an escort, `YYYY-MM-DD`. */
  fromDay?: string | null
  toDay?: string | null
  /** How urgent an escort is; left out: routine. */
  priority?: string | null
  /** Codes of what was tried before an escort was asked for; of returns, of what holds. */
  tried?: readonly string[]
  /** Nothing of it is counted, and it says so wherever it is shown. */
  exercise?: boolean
  /** Slack's view id: the same form submitted twice is one gate. */
  requestKey?: string | null
}

/**
 * Opens a gate: an entry of the register, a consultation, a request for an escort, a question of opinion. Whoever
 * decides gets its card; nobody else is told more than how it stands. A request for an escort that names nothing tried
 * first is recorded and returned to whoever asked.
 *
 * @throws TocsinError `not_registered`, `no_gate`, `not_allowed`, `only_humanitarian`, `not_humanitarian`,
 *   `unknown_term`, `place_missing`, `text_missing`, `text_too_long`, `by_secure_means`, `names_group`,
 *   `days_invalid`, `day_past`, `time_too_far`, `no_releasing_officer` where the asker alone could decide.
 */
export async function askGate(ctx: Ctx, input: AskGateInput): Promise<GateFacts> {
  const person = registeredPerson(ctx)
  const template = templateOf(ctx.mission, input.template)
  if (!template) throw new TocsinError('no_gate')
  requireAsker(ctx, person, template)
  const content = contentOf(ctx, template.kind, input)
  return inTransaction(ctx, async (repos, open) => {
    const earlier = input.requestKey ? await repos.gates.byRequestKey(input.requestKey) : null
    if (earlier) return gateFacts(ctx, repos, earlier)
    await requireAnother(open, person, template)
    const now = ctx.clock.now()
    const incomplete = template.kind === 'escort' && content.tried.length === 0
    const gate: Gate = {
      id: ctx.ids.id(),
      code: await freeCode(open.ids, 'G', code => repos.gates.byCode(code)),
      template: template.id,
      kind: template.kind,
      exercise: input.exercise ?? false,
      holder: person.constituency ?? 'mission_civilian',
      state: incomplete ? 'returned' : 'waiting',
      askedBy: person.id,
      askedAt: now,
      ...content,
      unit: template.kind === 'escort' ? roleKey(unitFor(ctx, template, content.sector)) : null,
      dueAt: template.answerWithinMs === null ? null : now + template.answerWithinMs,
      expiresAt: null,
      requestKey: input.requestKey ?? null,
    }
    await repos.gates.insert(gate)
    await note(open, of(gate), 'gate.asked', codesOf(gate))
    await cardAt(open, of(gate), personTarget(person.id))
    await armClocks(open, gate)
    const facts = await gateFacts(ctx, repos, gate)
    if (!incomplete) await askDeciders(open, facts)
    if (gate.kind === 'consultation') await askToCallFirst(open, facts)
    return facts
  })
}

/**
 * Whoever asked for an escort that was returned says what was tried, and asks again.
 *
 * @throws TocsinError `not_registered`, `not_found`, `already_done`, and as {@link askGate}; `text_missing` on `tried`
 *   where still nothing was.
 */
export async function askGateAgain(ctx: Ctx, input: AskGateInput & { gateId: string }): Promise<GateFacts> {
  const person = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const gate = await repos.gates.byId(input.gateId)
    if (!gate || gate.askedBy !== person.id) throw new TocsinError('not_found')
    const { words, tried, fromDay, toDay, priority } = contentOf(ctx, gate.kind, {
      ...input,
      district: gate.district,
      about: gate.about,
    })
    if (tried.length === 0) throw new TocsinError('text_missing', { field: 'tried' })
    if (!(await repos.gates.move(gate.id, 'returned', 'waiting', null))) throw new TocsinError('already_done')
    await repos.gates.rewrite(gate.id, { words, tried, fromDay, toDay, priority })
    await note(open, of(gate), 'gate.asked_again', codesOf(gate))
    const now = (await repos.gates.byId(gate.id)) ?? gate
    await armClocks(open, now)
    const facts = await gateFacts(ctx, repos, now)
    await refreshCardsOf(open, of(gate))
    await askDeciders(open, facts)
    return facts
  })
}

/** Only some may ask: for an escort a humanitarian, for the register human rights, for a consultation who plans. */
export function requireAsker(ctx: Ctx, person: Person, { kind }: GateTemplate): void {
  const side = person.constituency && sideOf(person.constituency)
  if (kind === 'escort') {
    if (side !== 'humanitarian') throw new TocsinError('only_humanitarian')
    return
  }
  if (side !== 'mission') throw new TocsinError('not_allowed')
  const held = heldRoles(ctx).map(({ role }) => role)
  if (kind === 'due_diligence' && person.constituency !== 'human_rights') throw new TocsinError('not_allowed')
  if (kind === 'consultation' && !held.some(role => ctx.mission.layers.command.includes(role)))
    throw new TocsinError('not_allowed')
}

/** @throws TocsinError `no_releasing_officer` where the asker alone could decide. */
async function requireAnother(open: Open, person: Person, { decides }: GateTemplate): Promise<void> {
  const deciders = await peopleIn(open.tx, { role: decides, sector: null }, open.clock.now())
  if (deciders.length > 0 && deciders.every(({ id }) => id === person.id))
    throw new TocsinError('no_releasing_officer')
}

type Content = Pick<
  Gate,
  'about' | 'district' | 'sector' | 'days' | 'fromDay' | 'toDay' | 'tried' | 'words' | 'priority'
>

function contentOf(ctx: Ctx, kind: GateKind, input: AskGateInput): Content {
  const words: Record<string, string> = {}
  for (const { id, max, optional, secure } of GATE_FIELDS[kind]) {
    const text = optional ? optionalText(input.fields[id], id, max) : requiredText(input.fields[id], id, max)
    if (text === null) continue
    if (secure && saysPositionOrHour(text)) throw new TocsinError('by_secure_means', { field: id })
    if (kind === 'consultation') refuseGroups(ctx, text, id)
    words[id] = text
  }
  const codes = GATE_CODES[kind]
  if (codes && !codes.includes(input.about ?? ''))
    throw new TocsinError('unknown_term', { field: 'about', details: { value: input.about ?? '' } })
  if (kind === 'opinion' && !mayBeLabelled(input.about as ActivityClass, 'mission'))
    throw new TocsinError('not_humanitarian', { field: 'about' })
  const district = districtsOf(ctx.mission.gazetteer).find(({ name }) => name === input.district)
  if (!district && kind !== 'due_diligence') throw new TocsinError('place_missing', { field: 'district' })
  return {
    words,
    about: codes ? (input.about ?? null) : null,
    district: district?.name ?? null,
    sector: district?.sector ?? null,
    days: kind === 'consultation' ? windowDays(input.days) : null,
    priority: kind === 'escort' ? knownPriority(input.priority) : null,
    tried: ticked(kind, input.tried ?? []),
    ...(kind === 'escort' ? window(ctx, input) : { fromDay: null, toDay: null }),
  }
}

function windowDays(days: number | null | undefined): number {
  if (!days || !Number.isInteger(days) || days < 1 || days > WINDOW_DAYS)
    throw new TocsinError('days_invalid', { field: 'days' })
  return days
}

function knownPriority(value: string | null | undefined): EscortPriority {
  const priority = ESCORT_PRIORITIES.find(known => known === (value ?? 'routine'))
  if (!priority) throw new TocsinError('unknown_term', { field: 'priority', details: { value: value ?? '' } })
  return priority
}

function ticked(kind: GateKind, codes: readonly string[]): string[] {
  const known = GATE_CHECKS[kind] ?? []
  if (known.length === 0) return []
  const unknown = codes.find(code => !known.includes(code))
  if (unknown !== undefined)
    throw new TocsinError('unknown_term', { field: 'tried', details: { value: unknown } })
  return [...codes]
}

function window(ctx: Ctx, input: AskGateInput): { fromDay: string; toDay: string } {
  const fromDay = comingDay(ctx, input.fromDay, 'fromDay')
  return { fromDay, toDay: comingDay(ctx, input.toDay, 'toDay', { from: fromDay, days: WINDOW_DAYS }) }
}

/** @throws TocsinError `names_group` where a text names a group the mission knows. */
export function refuseGroups(ctx: Pick<Ctx, 'mission'>, text: string, field: string): void {
  const said = ` ${fold(text)} `
  const names = ctx.mission.groups.flatMap(({ name }) => Object.values(name))
  if (names.some(name => said.includes(` ${fold(name)} `))) throw new TocsinError('names_group', { field })
}

/** The role whose units escort, where the district lies; the operations centre where that is not settled. */
function unitFor(ctx: Ctx, template: GateTemplate, sector: string | null): RoleRef {
  const [role = ''] = template.tells
  const ref = roleRef(ctx.mission, role, sector)
  const placed = ref.sector !== null || findRole(ctx.mission, role)?.scope === 'mission'
  return placed ? ref : ctx.mission.operationsCentre
}

async function askDeciders(open: Open, { gate, deciders }: GateFacts): Promise<void> {
  for (const { id } of deciders) await cardAt(open, of(gate), personTarget(id))
}

/** Sections whose contacts may be there are asked to call before they use them. What for is said on the phone. */
async function askToCallFirst(open: Open, { gate, template }: GateFacts): Promise<void> {
  for (const person of await callersFirst(open, gate, template))
    await lineAt(open, 'gate.call_first', gate.id, personTarget(person.id))
}

/** Who is asked to call first: those who stand the roles the gate tells, without national staff (5B). */
export async function callersFirst(
  ctx: Ctx,
  gate: Pick<Gate, 'sector' | 'askedBy'>,
  template: GateTemplate | null,
): Promise<Person[]> {
  const repos = ctx.tx ?? ctx.store.read
  const people: Person[] = []
  for (const role of template?.tells ?? [])
    people.push(...(await peopleIn(repos, roleRef(ctx.mission, role, gate.sector), ctx.clock.now())))
  return unique(people).filter(
    ({ id, national, closedAt }) => !national && closedAt === null && id !== gate.askedBy,
  )
}

/** The clock of the decider, and the day on which the window of an escort is forgotten. */
async function armClocks(open: Open, gate: Gate): Promise<void> {
  const { timers } = open.tx
  const timer = { recordId: gate.id }
  if (gate.dueAt !== null && gate.state === 'waiting')
    await timers.arm({ ...timer, key: `gate:${gate.id}:clock`, kind: 'gate.clock', dueAt: gate.dueAt })
  if (gate.toDay !== null)
    await timers.arm({
      ...timer,
      key: `gate:${gate.id}:window`,
      kind: 'gate.window',
      dueAt: endOfDay(open, gate.toDay),
    })
}

export const of = ({ id }: Pick<Gate, 'id'>) => ({ kind: 'gate', id })

const codesOf = ({ code, template, about, state }: Gate) => ({ code, gate: template, about, state })
