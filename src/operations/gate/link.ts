import type { Gate } from '../../db/gates.ts'
import { blocks, type Exemption } from '../../domain/gate.ts'
import type { GateTemplate, Side } from '../../domain/mission.ts'
import { TocsinError } from '../../errors.ts'
import { peopleIn } from '../alert/facts.ts'
import { actorId, type Ctx, type Open } from '../context.ts'
import { roleKey } from '../permission.ts'
import { isPaused } from '../posture/items.ts'
import { lineAt, note, personTarget, type RecordRef } from '../telling.ts'
import { requiredText } from '../text.ts'
import { gateFacts, templateOf } from './facts.ts'
import { syncGateReminders } from './reminders.ts'

/** A record that may have to wait: which gates it needs, who answers for it, and why it does not wait. */
export interface GatedRecord extends RecordRef {
  /** Ids of gates in the mission file. */
  needs: readonly string[]
  /** Whose doing it is; only the mission's own response is exempt. */
  side: Side
  /** people.id of who answers for it. */
  accountable: string | null
  /** What it is, where it waits for no gate; with the reason it is logged by. */
  exemption: Exemption | null
  reason?: string | null
}

/** How one gate stands towards a record. */
export interface RecordGate {
  template: GateTemplate
  /** Null: none was picked. */
  gate: Gate | null
  waits: boolean
  /** The ground on which the record went ahead of it; null: it did not. */
  ground: Exemption | null
}

/**
 * A record picks the gate it goes by, such as an entry of the register. For operations that hold the permission.
 *
 * @throws TocsinError `no_gate` where there is none of this id, or it is of another kind than the record needs.
 */
export async function pickGate(
  open: Open,
  record: Pick<GatedRecord, 'kind' | 'id' | 'accountable'>,
  gateId: string,
): Promise<void> {
  const gate = await open.tx.gates.byId(gateId)
  if (!gate) throw new TocsinError('no_gate', { field: 'gate' })
  await open.tx.gates.link({
    id: open.ids.id(),
    template: gate.template,
    gateId,
    recordKind: record.kind,
    recordId: record.id,
    accountable: record.accountable,
    at: open.clock.now(),
    by: actorId(open),
    ground: null,
    reason: null,
  })
  await syncGateReminders(open, await gateFacts(open, open.tx, gate))
  await note(open, { kind: 'gate', id: gateId }, 'gate.picked', {
    code: gate.code,
    record: record.kind,
    of: record.id,
  })
}

/** How each gate a record needs, or picked, stands towards it now. Says nothing of what was written in them. */
export async function gatesOf(
  ctx: Ctx,
  record: Pick<GatedRecord, 'kind' | 'id' | 'needs' | 'side' | 'exemption'>,
): Promise<RecordGate[]> {
  const repos = ctx.tx ?? ctx.store.read
  const links = await repos.gates.linksOf(record.kind, record.id)
  const needed = [...new Set([...record.needs, ...links.map(({ template }) => template)])]
  const standing: RecordGate[] = []
  for (const id of needed) {
    const template = templateOf(ctx.mission, id)
    if (!template) continue
    const link = links.find(candidate => candidate.template === id)
    const gate = link?.gateId ? await repos.gates.byId(link.gateId) : null
    const ground = link?.ground ?? null
    const paused = gate?.kind === 'escort' && (await isPaused(repos, { kind: 'gate', id: gate.id }))
    const waits = ground === null && (paused || blocks(gate, record, ctx.clock.now()))
    standing.push({ template, gate, waits, ground })
  }
  return standing
}

/**
 * Lets a record go on, or says which gate it waits for and who decides it. What the mission does itself against an
 * imminent threat, in dialogue or for casualties goes on at once: that it went ahead of a gate is put on record with
 * the reason and the name of who decided so, and whoever decides the gate is told.
 *
 * @throws TocsinError `gate_waits` (details: gate, the code or the id of what is missing; role, who decides),
 *   `text_missing` on `reason` where an exemption comes without one.
 */
export async function requireGates(open: Open, record: GatedRecord): Promise<void> {
  const waiting = (await gatesOf(open, { ...record, exemption: null })).filter(({ waits }) => waits)
  const exempt = record.side === 'mission' && record.exemption !== null
  for (const { template, gate } of waiting) {
    if (!exempt)
      throw new TocsinError('gate_waits', {
        details: { gate: gate?.code ?? template.id, role: roleKey({ role: template.decides, sector: null }) },
      })
    await goAhead(open, record, template, gate)
  }
}

async function goAhead(
  open: Open,
  record: GatedRecord,
  template: GateTemplate,
  gate: Gate | null,
): Promise<void> {
  const reason = requiredText(record.reason, 'reason', 1_500)
  const id = open.ids.id()
  await open.tx.gates.link({
    id,
    template: template.id,
    gateId: gate?.id ?? null,
    recordKind: record.kind,
    recordId: record.id,
    accountable: record.accountable,
    at: open.clock.now(),
    by: actorId(open),
    ground: record.exemption,
    reason,
  })
  await note(open, record, 'gate.went_ahead', {
    gate: template.id,
    code: gate?.code ?? null,
    ground: record.exemption,
  })
  for (const { id: personId } of await decidersOf(open, template, gate))
    await lineAt(open, 'gate.ahead', record.id, personTarget(personId), {
      record: record.kind,
      template: template.id,
      ground: record.exemption,
    })
}

async function decidersOf(open: Open, template: GateTemplate, gate: Gate | null) {
  if (gate) return (await gateFacts(open, open.tx, gate)).deciders
  return peopleIn(open.tx, { role: template.decides, sector: null }, open.clock.now())
}
