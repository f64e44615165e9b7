import type { Timer } from '../../db/timers.ts'
import { findRole, type Ladder, type RoleRef, type TaskingRow } from '../../domain/mission.ts'
import type { Reader } from '../../domain/sharing.ts'
import { type Ctx, inTransaction, type Open, type Person } from '../context.ts'
import { registeredPerson, roleKey } from '../permission.ts'
import { personTarget } from '../telling.ts'
import { baseOf, mayName } from './names.ts'
import { postsOf, turnsFor } from './standing.ts'

const TIMER_KEY = 'call_sheet'
const SIGNATURE = 'call_sheet'
/** Changes within a minute make one call sheet. */
const COALESCE_MS = 60_000
/** What the outbox and the files know the call sheet as. */
export const CALL_SHEET = 'call-sheet'
/** The target of the copy that is kept on the bot's own disk. */
export const KEPT = 'disk'

/** Somebody on the call sheet: a name, or only where they are. */
export interface Listed {
  name: string | null
  base: string | null
}

export interface SheetRow {
  ref: RoleRef
  phone: string | null
  /** Null where nobody stands the role. */
  onDuty: Listed | null
  alternates: Listed[]
}

/** Everything a call sheet prints. */
export interface CallSheet {
  /** Valid from this moment (epoch ms). */
  at: number
  /** Roles of the whole mission first (`sector` null), then sector by sector. */
  sections: { sector: string | null; rows: SheetRow[] }[]
  ladders: readonly Ladder[]
  tasking: readonly TaskingRow[]
}

/**
 * The call sheet as a reader may see it; names where they may be known and none of national staff, for paper is left
 * lying about. `reader` null is the copy kept on the bot's own disk.
 */
export async function readCallSheet(ctx: Ctx, reader: Reader | null): Promise<CallSheet> {
  const repos = ctx.tx ?? ctx.store.read
  const now = ctx.clock.now()
  const rows: SheetRow[] = []
  for (const ref of postsOf(ctx.mission)) {
    const [first, ...others] = await turnsFor(repos, ref, now)
    const listed = ({ person }: { person: Person }) => list(ctx, ref, person, reader)
    rows.push({
      ref,
      phone: findRole(ctx.mission, ref.role)?.phone ?? null,
      onDuty: first ? listed(first) : null,
      alternates: others.map(listed),
    })
  }
  const sectors = [null, ...ctx.mission.sectors.map(({ id }) => id)]
  return {
    at: now,
    sections: sectors.map(sector => ({ sector, rows: rows.filter(({ ref }) => ref.sector === sector) })),
    ladders: ctx.mission.ladders,
    tasking: ctx.mission.tasking,
  }
}

function list(ctx: Ctx, ref: RoleRef, person: Person, reader: Reader | null): Listed {
  const owns = findRole(ctx.mission, ref.role)?.mayOwn ?? false
  const may = reader === null ? owns : mayName(ctx, ref, person, reader)
  const name = may && !person.national ? person.name : null
  return { name, base: name ? person.location : baseOf(person) }
}

/** Has a call sheet made within a minute; several changes make one. */
export async function scheduleCallSheet(open: Open): Promise<void> {
  const armed = await open.tx.timers.byKey(TIMER_KEY)
  if (armed?.state === 'armed') return
  const dueAt = open.clock.now() + COALESCE_MS
  await open.tx.timers.arm({ key: TIMER_KEY, kind: 'call_sheet', recordId: CALL_SHEET, dueAt })
}

/** The same, where another person stands a role, or another role exists, than the last call sheet says. */
export async function scheduleCallSheetIfChanged(open: Open): Promise<void> {
  if ((await open.tx.meta.get(SIGNATURE)) !== (await signature(open))) await scheduleCallSheet(open)
}

/** The call sheet is due: one copy for the disk, and one for every channel of the operations centre. */
export function issueCallSheet(ctx: Ctx, _timer: Pick<Timer, 'key'>): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    await repos.meta.set(SIGNATURE, await signature(open))
    const centre = await repos.channels.byPurpose('operations_centre')
    for (const target of [KEPT, ...centre.map(({ id }) => id)]) await sayCallSheet(open, target)
    await repos.events.append({
      at: ctx.clock.now(),
      recordedAt: ctx.clock.now(),
      actor: 'system',
      kind: 'call_sheet.issued',
      recordKind: 'call_sheet',
      recordId: CALL_SHEET,
      data: {},
    })
  })
}

/** Sends the acting person a call sheet of their own, with the names they may read. @throws TocsinError `not_registered`. */
export async function requestCallSheet(ctx: Ctx): Promise<void> {
  const person = registeredPerson(ctx)
  return inTransaction(ctx, (_repos, open) => sayCallSheet(open, personTarget(person.id)))
}

async function sayCallSheet(open: Open, target: string): Promise<void> {
  await open.tx.outbox.add({
    id: open.ids.id(),
    kind: 'call_sheet',
    recordId: CALL_SHEET,
    target,
    data: {},
    urgent: false,
  })
}

/** Who stands what, by ids: two call sheets that print the same have the same. */
async function signature(open: Open): Promise<string> {
  const parts = []
  for (const ref of postsOf(open.mission)) {
    const turns = await turnsFor(open.tx, ref, open.clock.now())
    parts.push(`${roleKey(ref)}=${turns.map(({ person }) => person.id).join(',')}`)
  }
  return parts.join(';')
}
