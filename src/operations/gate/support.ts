import { EXEMPTIONS, type Exemption } from '../../domain/gate.ts'
import { type GateTemplate, type RoleRef, TASKABLE } from '../../domain/mission.ts'
import type { Reader } from '../../domain/sharing.ts'
import { TocsinError } from '../../errors.ts'
import { actorId, type Ctx, inTransaction, type Open } from '../context.ts'
import { registeredPerson } from '../permission.ts'
import { refreshCardsOf } from '../telling.ts'
import { gateFacts, mayReadGate } from './facts.ts'
import { gatesOf, pickGate, requireGates } from './link.ts'

/** A tasking as far as a gate needs it. */
interface Tasked {
  id: string
  accountable: string | null
  exercise: boolean
}

/** What is said instead of an entry where there is none yet. */
export const NO_ENTRY = 'missing'

/**
 * A new tasking supports forces outside the UN: by which entry of the register, or by none yet; or it waits for none,
 * and why. For operations that hold the permission.
 *
 * @throws TocsinError `no_gate` for an entry that is none, `unknown_term` for an exemption that is none.
 */
export async function markSupport(
  open: Open,
  { id, accountable, exercise }: Tasked,
  given: { support: string; exemption: string | null; reason: string },
): Promise<void> {
  const template = open.mission.gates.find(({ kind }) => kind === 'due_diligence')
  if (!template) throw new TocsinError('no_gate', { field: 'support' })
  const record = { kind: 'tasking', id, accountable }
  if (given.support === NO_ENTRY) await linkMissing(open, record, template)
  else {
    const gate = await open.tx.gates.byId(given.support)
    // An entry of an exercise clears nothing but an exercise.
    if (gate?.kind !== 'due_diligence' || gate.exercise !== exercise)
      throw new TocsinError('no_gate', { field: 'support' })
    await pickGate(open, record, gate.id)
  }
  if (given.exemption === null) return
  const exemption = EXEMPTIONS.find(known => known === given.exemption)
  if (!exemption)
    throw new TocsinError('unknown_term', { field: 'exemption', details: { value: given.exemption } })
  await requireGates(open, { ...record, needs: [], side: 'mission', exemption, reason: given.reason })
}

function linkMissing(
  open: Open,
  record: { kind: string; id: string; accountable: string | null },
  template: GateTemplate,
) {
  return open.tx.gates.link({
    id: open.ids.id(),
    template: template.id,
    gateId: null,
    recordKind: record.kind,
    recordId: record.id,
    accountable: record.accountable,
    at: open.clock.now(),
    by: actorId(open),
    ground: null,
    reason: null,
  })
}

/** Before a tasking begins: its gates. @throws TocsinError `gate_waits` (details: gate, role). */
export function requireGatesOfTasking(
  open: Open,
  { id, accountable }: Pick<Tasked, 'id' | 'accountable'>,
): Promise<void> {
  return requireGates(open, { kind: 'tasking', id, needs: [], side: 'mission', accountable, exemption: null })
}

/**
 * A tasking waits for none of its gates any more, on this ground and for this reason. For operations that hold the
 * permission.
 *
 * @throws TocsinError `nothing_waits` where it waits for none.
 */
export async function passGatesOfTasking(
  open: Open,
  { id, accountable }: Pick<Tasked, 'id' | 'accountable'>,
  given: { exemption: Exemption; reason: string },
): Promise<void> {
  const record = { kind: 'tasking', id, needs: [], side: 'mission' as const, accountable }
  const standing = await gatesOf(open, { ...record, exemption: null })
  if (!standing.some(({ waits }) => waits)) throw new TocsinError('nothing_waits')
  await requireGates(open, { ...record, ...given })
}

/**
 * A tasking goes by another entry of the register from now on: by whoever gave it or answers for it.
 *
 * @throws TocsinError `not_registered`, `not_found` for a tasking or an entry that is none or not theirs.
 */
export async function changeEntry(ctx: Ctx, input: { gate: string; tasking: string }): Promise<void> {
  const person = registeredPerson(ctx)
  await inTransaction(ctx, async (repos, open) => {
    const gate = await repos.gates.byCode(input.gate.toUpperCase())
    const tasking = await repos.taskings.byCode(input.tasking.toUpperCase())
    const theirs = tasking && [tasking.askedBy, tasking.accountable].includes(person.id)
    const fits = gate?.kind === 'due_diligence' && gate.exercise === tasking?.exercise
    if (!fits || !tasking || !theirs || !TASKABLE.includes(tasking.toConstituency))
      throw new TocsinError('not_found')
    await pickGate(open, { kind: 'tasking', id: tasking.id, accountable: tasking.accountable }, gate.id)
    await refreshCardsOf(open, { kind: 'tasking', id: tasking.id })
  })
}

/** How a gate stands towards a tasking, for a reader of its card. */
export interface GateOnCard {
  template: GateTemplate
  decides: RoleRef
  /** Null: none was picked, or the reader may not know of it. */
  code: string | null
  waits: boolean
  ground: Exemption | null
}

/** The gates of a tasking for everybody behind a reader; a gate they may not read of is left without its code. */
export async function gatesOnCard(ctx: Ctx, id: string, reader: Reader): Promise<GateOnCard[]> {
  const repos = ctx.tx ?? ctx.store.read
  const standing = await gatesOf(ctx, { kind: 'tasking', id, needs: [], side: 'mission', exemption: null })
  const shown: GateOnCard[] = []
  for (const { template, gate, waits, ground } of standing) {
    const reads = gate !== null && mayReadGate(ctx, await gateFacts(ctx, repos, gate), 'open', reader)
    shown.push({
      template,
      decides: { role: template.decides, sector: null },
      code: reads ? gate.code : null,
      waits,
      ground,
    })
  }
  return shown
}
