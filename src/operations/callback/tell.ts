import type { Callback } from '../../db/callbacks.ts'
import type { Timer } from '../../db/timers.ts'
import { isReachable } from '../alert/facts.ts'
import { type Ctx, inTransaction, type Open, type Person } from '../context.ts'
import { roleKey } from '../permission.ts'
import { cardAt, lineAt, note, personTarget, refreshCardsOf } from '../telling.ts'
import { callbackFacts } from './facts.ts'

/** What a line under a call back's card tells. */
export type CallbackLine = 'due' | 'escalated' | 'again' | 'retry' | 'exhausted'

/** Nobody is left above: those told hear it again so often until somebody has called back. */
const EXHAUSTED_EVERY_MS = 3_600_000

const recordOf = ({ id }: Pick<Callback, 'id'>) => ({ kind: 'callback', id })
const timerOf = ({ id }: Pick<Callback, 'id'>) => `callback:${id}`

/**
 * Tells the lowest rung from `from` on that somebody can be told on: the first who stands it and was not told yet.
 * Vacancies and people out of reach take no time.
 *
 * @returns the rung told, and whom; nobody where none is left.
 */
export async function tellRung(
  open: Open,
  callback: Callback,
  from: number,
): Promise<{ rung: number; person: Person | null }> {
  const { rungs, told } = await callbackFacts(open, open.tx, callback)
  const known = new Set(told.map(({ personId }) => personId))
  const at = open.clock.now()
  for (let rung = from; rung < rungs.length; rung++) {
    const person = rungs[rung]?.people.find(each => isReachable(each) && !known.has(each.id))
    if (!person) continue
    await open.tx.callbacks.addTold({ callbackId: callback.id, personId: person.id, rung, at })
    await open.tx.callbacks.update(callback.id, { rung, toldAt: at })
    return { rung, person }
  }
  await open.tx.callbacks.update(callback.id, { rung: rungs.length, toldAt: at })
  return { rung: rungs.length, person: null }
}

/** Its card by direct message to one person, and a line under it that says why now. */
export async function tellPerson(
  open: Open,
  callback: Callback,
  personId: string,
  line?: CallbackLine,
): Promise<void> {
  await cardAt(open, recordOf(callback), personTarget(personId), true)
  if (line) await lineAt(open, 'callback.line', callback.id, personTarget(personId), { line }, true)
}

export const refreshCallback = (open: Open, callback: Pick<Callback, 'id'>): Promise<void> =>
  refreshCardsOf(open, recordOf(callback), true)

/** Renders the card behind a message anew, so that a menu whose choice came to nothing can be used again. */
export function renewCallbackCard(ctx: Ctx, message: { channel: string; ts: string }): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const card = await repos.cards.byMessage(message.channel, message.ts)
    const callback = card && (await repos.callbacks.byId(card.recordId))
    if (card && callback) await cardAt(open, recordOf(callback), card.target)
  })
}

export async function armCallback(open: Open, callback: Pick<Callback, 'id'>, dueAt: number): Promise<void> {
  await open.tx.timers.arm({ key: timerOf(callback), kind: 'callback.due', recordId: callback.id, dueAt })
}

export const disarmCallback = (open: Open, callback: Pick<Callback, 'id'>): Promise<boolean> =>
  open.tx.timers.cancel(timerOf(callback))

/** An event of a call back's trail: codes only. */
export const noteCallback = (
  open: Open,
  callback: Pick<Callback, 'id' | 'code'>,
  kind: string,
  data: Record<string, unknown> = {},
): Promise<void> => note(open, recordOf(callback), `callback.${kind}`, { code: callback.code, ...data })

/**
 * Nobody has called back in time: the next rung is told, and whoever has it is reminded. The time somebody set
 * to try again has come: they are reminded, and the clock runs anew. Does nothing for one that is decided.
 */
export function callbackDue(ctx: Ctx, timer: Pick<Timer, 'recordId'>): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const callback = await repos.callbacks.byId(timer.recordId)
    if (callback?.state !== 'open') return
    if (callback.tryAt !== null) return tryNow(open, callback)
    await climb(open, callback)
  })
}

async function tryNow(open: Open, callback: Callback): Promise<void> {
  const dueAt = open.clock.now() + open.mission.intake.due.callBackMs
  const told = await open.tx.callbacks.told(callback.id)
  await open.tx.callbacks.update(callback.id, { tryAt: null, dueAt })
  const last = told.at(-1)
  if (last) await tellPerson(open, callback, last.personId, 'retry')
  await armCallback(open, callback, dueAt)
}

async function climb(open: Open, callback: Callback): Promise<void> {
  const before = await open.tx.callbacks.told(callback.id)
  const { rung, person } = await tellRung(open, callback, callback.rung + 1)
  const { rungs } = await callbackFacts(open, open.tx, callback)
  const now = open.clock.now()
  if (person === null) {
    await noteCallback(open, callback, 'exhausted')
    for (const { personId } of before) await tellPerson(open, callback, personId, 'exhausted')
    return armCallback(open, callback, now + EXHAUSTED_EVERY_MS)
  }
  const ref = rungs[rung]?.ref
  await noteCallback(open, callback, 'escalated', { rung, role: ref ? roleKey(ref) : null })
  const last = before.at(-1)
  if (last) await tellPerson(open, callback, last.personId, 'due')
  await tellPerson(open, callback, person.id, 'escalated')
  await armCallback(open, callback, now + open.mission.intake.due.climbMs)
}
