import type { Reader } from '../../domain/sharing.ts'
import { isAskedAsWhole, type Party } from '../../domain/tasking.ts'
import { alertFacts } from '../alert/facts.ts'
import { mayReadAlert } from '../alert/reading.ts'
import { mayBeShown } from '../channel.ts'
import type { Ctx } from '../context.ts'
import { type GateOnCard, gatesOnCard } from '../gate/support.ts'
import { sharedHotspot } from '../hotspot/facts.ts'
import { sameRole } from '../permission.ts'
import { isPaused } from '../posture/items.ts'
import type { TaskingFacts } from './facts.ts'
import { partiesAs } from './parties.ts'
import { taskingRef } from './tell.ts'

/** What a card offers and shows to its reader beyond what all readers see. */
export interface TaskingCardReader {
  personId?: string
  parties: Party[]
  centre: boolean
  snoozedUntil: number | null
  originCode: string | null
  gates: GateOnCard[]
  /** It waits for the humanitarian side to confirm it again. */
  paused: boolean
}

/** What `reader` is to a tasking. A channel's card offers the steps of those it was given to: others are refused. */
export async function taskingCardReader(
  ctx: Ctx,
  facts: TaskingFacts,
  reader: Reader,
): Promise<TaskingCardReader> {
  const { tasking } = facts
  const originCode = await readableOrigin(ctx, facts, reader)
  const gates = facts.open ? await gatesOnCard(ctx, tasking.id, reader) : []
  const repos = ctx.tx ?? ctx.store.read
  const paused = facts.open && tasking.kind === 'request' && (await isPaused(repos, taskingRef(tasking)))
  if (reader.kind === 'channel')
    return {
      parties: isAskedAsWhole(tasking.toConstituency) ? [] : ['asked'],
      centre: true,
      snoozedUntil: null,
      originCode,
      gates,
      paused,
    }
  const rows = await repos.reminders.ofRecord('tasking', tasking.id)
  const own = rows.find(({ personId, active }) => personId === reader.personId && active)
  return {
    personId: reader.personId,
    parties: partiesAs(ctx.mission, facts, reader).map(({ party }) => party),
    centre: reader.roles.some(role => sameRole(role, ctx.mission.operationsCentre)),
    snoozedUntil: own?.snoozedUntil ?? null,
    originCode,
    gates,
    paused,
  }
}

async function readableOrigin(ctx: Ctx, { tasking }: TaskingFacts, reader: Reader): Promise<string | null> {
  if (tasking.originId === null) return null
  const repos = ctx.tx ?? ctx.store.read
  if (tasking.originKind === 'hotspot') {
    const hotspot = await repos.hotspots.byId(tasking.originId)
    const shared = hotspot && sharedHotspot(ctx.mission, hotspot)
    return shared && mayBeShown(ctx, shared, 'record', reader) ? hotspot.code : null
  }
  if (tasking.originKind !== 'alert') return null
  const alert = await repos.alerts.byId(tasking.originId)
  if (!alert) return null
  const facts = await alertFacts(repos, ctx.mission, ctx.clock.now(), alert)
  return mayReadAlert(ctx, facts, 'record', reader) ? alert.code : null
}
