/** What a holder asked, let be decided, notified, declared and handed over, as lines of an export. */
import type { Drawdown, DrawdownItem } from '../../db/drawdowns.ts'
import type { GateAct, Suspension } from '../../db/gates.ts'
import type { Notice } from '../../db/notices.ts'
import type { Posture } from '../../db/postures.ts'
import { GATE_FIELDS, type GateField } from '../../domain/gate.ts'
import type { Constituency } from '../../domain/mission.ts'
import { isAskedAsWhole } from '../../domain/tasking.ts'
import type { Ctx } from '../context.ts'
import { factsOfGates, type GateFacts, gateShared } from '../gate/facts.ts'
import { factsOfTaskings, type TaskingFacts } from '../tasking/facts.ts'
import { type ExportLine, iso, mayHaveLayer } from './lines.ts'

const at = (time: number | null): string | null => (time === null ? null : iso(time))

/** Everything of these nouns that a constituency holds, record by record. */
export async function* jointLines(ctx: Ctx, holder: Constituency): AsyncGenerator<ExportLine> {
  const { read } = ctx.store
  const ours = <T extends { holder: Constituency }>(rows: T[]) => rows.filter(row => row.holder === holder)
  const commands = mayHaveLayer(ctx, holder, 'command')
  const taskings = await read.taskings.byIds(await read.exports.taskingsHeldBy(holder))
  for (const facts of await factsOfTaskings(read, ctx.mission, ctx.clock.now(), taskings))
    yield taskingLine(facts, facts.tasking.layer === null || mayHaveLayer(ctx, holder, facts.tasking.layer))
  for (const facts of await factsOfGates(ctx, ours(await read.gates.all())))
    yield gateLine(facts, wordsOpenTo(facts, holder, commands))
  for (const row of ours(await read.suspensions.all())) yield suspensionLine(row, commands)
  for (const row of ours(await read.notices.all())) yield noticeLine(row)
  for (const row of ours(await read.postures.all())) yield postureLine(row)
  for (const row of ours(await read.drawdowns.all()))
    yield await drawdownLine(ctx, row, await read.drawdowns.items(row.id))
}

/** What one person asked for by a gate, in their own words. */
export async function ownGateLines(ctx: Ctx, personId: string): Promise<ExportLine[]> {
  const rows = (await ctx.store.read.gates.all()).filter(({ askedBy }) => askedBy === personId)
  return (await factsOfGates(ctx, rows)).map(facts => gateLine(facts, () => true))
}

/**
 * A tasking or a request, with its steps and what was done about it.
 *
 * What agencies and NGOs answered stays with whoever asked them: it is counted and kept nowhere else.
 *
 * @param words whether its words are open to the holder.
 */
function taskingLine({ tasking, acts, steps, open }: TaskingFacts, words: boolean): ExportLine {
  const free = isAskedAsWhole(tasking.toConstituency)
  const said = (text: string | null) => (words ? text || null : null)
  return {
    type: 'tasking',
    code: tasking.code,
    kind: tasking.kind,
    exercise: tasking.exercise,
    asked_at: iso(tasking.askedAt),
    asked_as: tasking.askedRole,
    to: {
      constituency: tasking.toConstituency,
      role: tasking.toRole,
      organisation: tasking.toOrganisation,
    },
    result: said(tasking.result),
    tier: tasking.tier,
    activity: tasking.activity,
    tlp: tasking.tlp,
    sensitivity: tasking.sensitivity,
    sector: tasking.sector,
    place: words ? { id: tasking.placeId, said: tasking.placeSaid } : null,
    due_at: iso(tasking.dueAt),
    state: free ? (open ? 'open' : 'ended') : tasking.state,
    state_at: free ? null : iso(tasking.stateAt),
    outcome: free ? null : said(tasking.outcome),
    steps: steps.map(({ position, what, after, doneAt }) => ({
      position,
      what: said(what),
      after,
      done_at: at(doneAt),
    })),
    acts: free
      ? []
      : acts.map(act => ({
          kind: act.kind,
          at: iso(act.at),
          recorded_at: iso(act.recordedAt),
          role: act.role,
          means: act.means,
          from: act.before,
          to: act.after,
          words: said(act.words),
        })),
  }
}

/** Which fields of a gate all of its holder may read: what humanitarians weighed is for who asked and who decides. */
function wordsOpenTo(facts: GateFacts, holder: Constituency, commands: boolean) {
  const { kind } = facts.gate
  const all = (kind === 'due_diligence' && holder === 'human_rights') || (kind === 'consultation' && commands)
  const status = gateShared(facts).audience.includes(holder)
  return ({ read }: Pick<GateField, 'read'>): boolean =>
    all || (read === 'open' && status) || (read === 'command' && status && commands)
}

/** The days of an escort are in no export: they are known while they are needed, and to three. */
function gateLine({ gate, acts }: GateFacts, open: (field: Pick<GateField, 'read'>) => boolean): ExportLine {
  const closed = open({ read: 'closed' })
  const words = GATE_FIELDS[gate.kind].flatMap(field => {
    const text = gate.words[field.id]
    return text && open(field) ? [[field.id, text]] : []
  })
  return {
    type: 'gate',
    code: gate.code,
    gate: gate.template,
    kind: gate.kind,
    exercise: gate.exercise,
    priority: gate.priority,
    asked_at: iso(gate.askedAt),
    about: gate.about,
    district: gate.kind === 'escort' && !closed ? null : gate.district,
    sector: gate.sector,
    days: gate.days,
    tried: closed ? gate.tried : null,
    words: Object.fromEntries(words),
    state: gate.state,
    answer_by: at(gate.dueAt),
    expires_at: at(gate.expiresAt),
    unit: gate.unit,
    acts: acts.map((act: GateAct) => ({
      to: act.act,
      at: iso(act.at),
      role: act.as,
      reason: closed ? act.reason : null,
    })),
  }
}

const suspensionLine = (row: Suspension, commands: boolean): ExportLine => ({
  type: 'suspension',
  code: row.code,
  begun_at: iso(row.at),
  role: row.as,
  sector: row.sector,
  what: commands ? row.what || null : null,
  restart_day: row.restartDay,
  restarted_at: at(row.restartedAt),
})

const noticeLine = (row: Notice): ExportLine => ({
  type: 'notification',
  code: row.code,
  reference: row.reference || null,
  kind: row.kind,
  district: row.district,
  sector: row.sector,
  from_day: row.fromDay,
  to_day: row.toDay,
  given_at: iso(row.at),
  ended_at: at(row.endedAt),
})

/** What paused is for OCHA alone, and stands nowhere. */
const postureLine = (row: Posture): ExportLine => ({
  type: 'posture',
  code: row.code,
  ground: row.ground,
  sector: row.sector,
  district: row.district,
  until_day: row.untilDay,
  declared_at: iso(row.declaredAt),
  declared_as: row.declaredAs,
  note: row.note,
  ended_at: at(row.endedAt),
})

async function drawdownLine(
  { store }: Ctx,
  row: Drawdown,
  items: readonly DrawdownItem[],
): Promise<ExportLine> {
  const listed = []
  for (const item of items) {
    const receiver = item.receiver === null ? null : await store.read.people.byId(item.receiver)
    listed.push({
      kind: item.kind,
      // Records are named by code elsewhere; ids are nobody's outside, but for those of the gazetteer.
      place: item.kind === 'place' ? item.ref : null,
      title: item.title,
      receiver: receiver?.constituency ?? null,
      needed: item.needed,
      available: item.available,
      state: item.state,
      conditions: item.conditions,
      answered_at: at(item.answeredAt),
      handed_at: at(item.handedAt),
      verified_at: at(item.verifiedAt),
      line: item.line,
      line_text: item.lineText,
    })
  }
  return {
    type: 'drawdown',
    code: row.code,
    kind: row.kind,
    base: row.base,
    sector: row.sector,
    day: row.day,
    declared_at: iso(row.at),
    note: row.note,
    closed_at: at(row.closedAt),
    items: listed,
  }
}
