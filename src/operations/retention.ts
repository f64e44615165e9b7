import { DateTime } from 'luxon'
import { filesBefore, removeFiles } from '../db/kept-files.ts'
import type { EndedAlert } from '../db/retention.ts'
import type { Timer } from '../db/timers.ts'
import type { RetentionClass } from '../domain/mission.ts'
import { TocsinError } from '../errors.ts'
import { removeEnded } from './channel/removal.ts'
import { type Ctx, inTransaction, type Open } from './context.ts'
import { refreshCardsOf, note as trail } from './telling.ts'

/** What of one class is due to be erased, and the moment (epoch ms) before which it is. */
export interface Due {
  class: RetentionClass
  before: number
  count: number
}

interface Plan {
  due: Due[]
  alerts: EndedAlert[]
  /** Ids of incidents whose words are due. */
  incidents: string[]
  sources: string[]
  files: string[]
}

const TIMER = 'retention'
const HOUR_OF_NIGHT = { hour: 3, minute: 30 }

/** What would be erased now, class by class; changes nothing. Timers, the operator and nobody else. */
export async function planRetention(ctx: Ctx): Promise<Due[]> {
  requireSystem(ctx)
  return (await plan(ctx)).due
}

/**
 * Erases what has been kept for long enough: words of ended alerts and of incidents, identities of sources
 * nobody used, what was delivered and worked off, old looks, exports and backups. The trail says how much, and still
 * verifies. What lost its words is edited wherever its card stands already, and posted nowhere anew.
 *
 * @returns what was erased, class by class.
 * @throws TocsinError `not_allowed` for a person.
 */
export async function applyRetention(ctx: Ctx): Promise<Due[]> {
  requireSystem(ctx)
  const { due, files } = await inTransaction(ctx, async (repos, open) => {
    const planned = await plan(open)
    const before = (kind: RetentionClass) => open.clock.now() - open.mission.retention[kind]
    for (const alert of planned.alerts) {
      await repos.retention.forgetWords(alert.id)
      await refreshCardsOf(open, { kind: 'alert', id: alert.id })
    }
    if (planned.incidents.length > 0) await repos.incidents.forgetWords(before('alerts'))
    for (const id of planned.incidents) await refreshCardsOf(open, { kind: 'incident', id })
    for (const id of await repos.retention.forgetEarlyWarnings(before('alerts')))
      await refreshCardsOf(open, { kind: 'early_warning', id })
    await repos.retention.forgetInquiries(before('alerts'))
    await forgetTaskings(open, before('alerts'))
    await repos.retention.forgetJoint(before('alerts'))
    await repos.retention.forgetGroups(before('alerts'))
    await repos.retention.forgetPlaces(before('alerts'))
    await repos.componentReports.forgetWords(before('alerts'))
    for (const id of planned.sources) await repos.sources.erase(id, open.clock.now())
    await repos.retention.forgetIntake(before('sources'))
    await repos.outbox.purge(before('outbox'))
    await repos.retention.forgetFilters(before('outbox'))
    await repos.inbox.purge(before('inbox'))
    await repos.retention.purgeAccess(before('accessLog'))
    await note(open, planned)
    return planned
  })
  removeFiles(files)
  return due
}

/** The nightly timer: erases, has the store overwrite what it freed, takes old cards from Slack, and arms the next night. */
export async function runRetention(ctx: Ctx, _timer: Pick<Timer, 'key'>): Promise<void> {
  const erased = await applyRetention(ctx)
  await removeEnded(ctx)
  await arm(ctx)
  if (erased.some(({ count }) => count > 0)) scrubSoon(ctx)
}

/** Arms the next night's run; at start, harmless when repeated. One that is overdue stays so and runs at once. */
export async function scheduleRetention(ctx: Ctx): Promise<void> {
  await inTransaction(ctx, async (repos, open) => {
    const timer = await repos.timers.byKey(TIMER)
    if (timer?.state !== 'armed') await arm(open)
  })
}

/** After the open transaction: what was erased leaves the write-ahead log too. */
export function scrubSoon({ store, log }: Ctx): void {
  void store.scrub().catch(error => log.warn({ err: error }, 'what was erased could not be overwritten yet'))
}

async function plan(ctx: Ctx): Promise<Plan> {
  const repos = ctx.tx ?? ctx.store.read
  const { retention } = ctx.mission
  const before = (kind: RetentionClass) => ctx.clock.now() - retention[kind]
  const alerts = await repos.retention.endedBefore(before('alerts'))
  const incidents = await repos.incidents.withWordsBefore(before('alerts'))
  const sources = (await repos.sources.unusedSince(before('sources'))).map(({ id }) => id)
  const exports = filesBefore(ctx.store.path, 'exports', before('exports'))
  const backups = filesBefore(ctx.store.path, 'backups', before('backups'))
  const counts: Record<RetentionClass, number> = {
    alerts: alerts.length + incidents.length,
    sources: sources.length,
    outbox: await repos.retention.count('outbox', before('outbox')),
    inbox: await repos.retention.count('inbox', before('inbox')),
    accessLog: await repos.retention.count('accessLog', before('accessLog')),
    exports: exports.length,
    backups: backups.length,
  }
  const classes = Object.keys(counts) as RetentionClass[]
  const due = classes.map(kind => ({ class: kind, before: before(kind), count: counts[kind] }))
  return { due, alerts, incidents, sources, files: [...exports, ...backups] }
}

async function note(open: Open, { due, alerts, incidents, sources }: Plan): Promise<void> {
  const erased = due.filter(({ count }) => count > 0)
  if (erased.length === 0) return
  const now = open.clock.now()
  const event = { at: now, recordedAt: now, actor: 'system' }
  for (const { id } of alerts)
    await open.tx.events.append({
      ...event,
      kind: 'alert.words_erased',
      recordKind: 'alert',
      recordId: id,
      data: {},
    })
  for (const id of incidents)
    await open.tx.events.append({
      ...event,
      kind: 'incident.words_erased',
      recordKind: 'incident',
      recordId: id,
      data: {},
    })
  for (const id of sources)
    await open.tx.events.append({
      ...event,
      kind: 'source.erased',
      recordKind: 'source',
      recordId: id,
      data: {},
    })
  await open.tx.events.append({
    ...event,
    kind: 'retention.erased',
    recordKind: 'store',
    recordId: 'retention',
    data: Object.fromEntries(erased.map(each => [each.class, { before: each.before, count: each.count }])),
  })
}

/** Taskings and requests that ended lose their words, wherever their card stands. */
async function forgetTaskings(open: Open, t: number): Promise<void> {
  for (const id of await open.tx.retention.endedTaskings(t)) {
    await open.tx.retention.forgetTasking(id)
    await trail(open, { kind: 'tasking', id }, 'tasking.words_erased')
    await refreshCardsOf(open, { kind: 'tasking', id })
  }
}

function arm(ctx: Ctx): Promise<void> {
  return inTransaction(ctx, async repos => {
    const now = DateTime.fromMillis(ctx.clock.now(), { zone: ctx.mission.zone })
    const today = now.set({ ...HOUR_OF_NIGHT, second: 0, millisecond: 0 })
    const next = today > now ? today : today.plus({ days: 1 })
    await repos.timers.arm({ key: TIMER, kind: TIMER, recordId: TIMER, dueAt: next.toMillis() })
  })
}

function requireSystem(ctx: Ctx): void {
  if (ctx.actor.kind !== 'system') throw new TocsinError('not_allowed')
}
