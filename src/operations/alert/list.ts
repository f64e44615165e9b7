import { setImmediate as breathe } from 'node:timers/promises'
import type { PageFrom } from '../../db/alert-list.ts'
import type { Alert } from '../../domain/alert.ts'
import { type AlertFilter, NO_FILTER } from '../../domain/alert-filter.ts'
import { isOverdue } from '../../domain/awaited.ts'
import { verificationOf } from '../../domain/verification.ts'
import { type Ctx, inTransaction } from '../context.ts'
import { actingPerson, registeredPerson } from '../permission.ts'
import { personTarget } from '../telling.ts'
import { postsHeld } from './chain.ts'
import type { AlertFacts } from './facts.ts'
import { couldBeNamed, mightRead, openedToThem, readable } from './find.ts'

/** Alerts one page shows. */
export const LIST_PAGE = 10
/** So many alerts a page looks at with the sharing rule at most; where none fits, it says how far it has looked. */
const LOOK_MOST = 1500
const LOOK_BATCH = 25
const ALERT_LIST = 'alert_list'
/** What the outbox and the files know a person's CSV as. */
export const ALERT_CSV = 'alert-csv'

/** One page, newest first. */
export interface AlertPage {
  filter: AlertFilter
  rows: AlertFacts[]
  /** Where the pages beside it begin; null where there is none. */
  older: PageFrom | null
  newer: PageFrom | null
  /** How far it has looked (epoch ms), where it ended its look before the page was full. */
  lookedTo: number | null
}

/**
 * A page of the alerts the acting person may read and the filter lets through. What they may not read is neither
 * shown nor counted. Those nobody has located or triaged are among them, for whoever may read them.
 */
export async function listAlerts(
  ctx: Ctx,
  filter: AlertFilter,
  from: PageFrom | null = null,
): Promise<AlertPage> {
  actingPerson(ctx)
  const rows: AlertFacts[] = []
  let looked: Alert | null = null
  let left = LOOK_MOST
  for await (const { batch, last } of matching(ctx, filter, from)) {
    rows.push(...batch)
    looked = last
    left -= LOOK_BATCH
    if (rows.length > LIST_PAGE || left <= 0) break
  }
  const further = rows.length > LIST_PAGE
  const cut = left <= 0 && !further ? looked : null
  const page = rows.slice(0, LIST_PAGE)
  if (from?.towards !== 'newer') {
    return {
      filter,
      rows: page,
      older: further ? behind(page.at(-1)?.alert, 'older') : behind(cut, 'older'),
      newer: from && (behind(page[0]?.alert, 'newer') ?? { ...from, towards: 'newer' }),
      lookedTo: cut?.raisedAt ?? null,
    }
  }
  // The newest there are: shown as a whole page, as when the list was opened.
  if (!further && !cut) return listAlerts(ctx, filter)
  page.reverse()
  return {
    filter,
    rows: page,
    older: behind(page.at(-1)?.alert, 'older') ?? { ...from, towards: 'older' },
    newer: further ? behind(page[0]?.alert, 'newer') : behind(cut, 'newer'),
    lookedTo: cut?.raisedAt ?? null,
  }
}

const behind = (alert: { id: string } | null | undefined, towards: PageFrom['towards']): PageFrom | null =>
  alert ? { alertId: alert.id, towards } : null

/** All alerts of a filter that the acting person may read, newest first. For whoever has time: a file, not a list. */
export async function* allAlerts(ctx: Ctx, filter: AlertFilter): AsyncGenerator<AlertFacts> {
  actingPerson(ctx)
  for await (const { batch } of matching(ctx, filter, null)) yield* batch
}

/**
 * Has a file of all alerts made that a filter shows the acting person, and sent to them alone; the access log holds it
 * before anything is read. The filter goes where words can be erased: somebody may have looked for a name.
 *
 * @throws TocsinError `not_registered`.
 */
export async function requestAlertCsv(ctx: Ctx, filter: AlertFilter): Promise<void> {
  const person = registeredPerson(ctx)
  await inTransaction(ctx, async (repos, open) => {
    await repos.access.add({
      at: open.clock.now(),
      personId: person.id,
      layer: 'export',
      recordKind: 'access',
      recordId: ALERT_CSV,
    })
    const event = await repos.events.append({
      at: open.clock.now(),
      recordedAt: open.clock.now(),
      actor: person.id,
      kind: 'alert_list.csv',
      recordKind: ALERT_LIST,
      recordId: person.id,
      data: {},
      words: { ...filter },
    })
    await repos.outbox.add({
      id: open.ids.id(),
      kind: 'alert.csv',
      recordId: ALERT_CSV,
      target: personTarget(person.id),
      data: { event },
      urgent: false,
    })
  })
}

/** What fits, batch by batch in the order of going, with the alert each batch ended at. */
async function* matching(
  ctx: Ctx,
  filter: AlertFilter,
  from: PageFrom | null,
): AsyncGenerator<{ batch: AlertFacts[]; last: Alert }> {
  const person = actingPerson(ctx)
  const { alerts } = ctx.store.read
  const opened = await openedToThem(ctx)
  const now = ctx.clock.now()
  const reader = { constituency: person.constituency, personId: person.id, opened: [...opened] }
  const query = { filter, reader: couldBeNamed(ctx) ? null : reader, now }
  let at = from
  for (;;) {
    const found = await alerts.page(query, at, LOOK_BATCH)
    const last = found.at(-1)
    if (!last) return
    const might = found.filter(alert => mightRead(ctx, alert, opened))
    const batch = (await readable(ctx, might)).filter(facts => fits(ctx, facts, filter, now))
    yield { batch, last }
    if (found.length < LOOK_BATCH) return
    at = { alertId: last.id, towards: from?.towards ?? 'older' }
    await breathe()
  }
}

/** What no row tells by itself. */
function fits(ctx: Ctx, facts: AlertFacts, filter: AlertFilter, now: number): boolean {
  if (filter.mine && !isMine(ctx, facts)) return false
  const { verification } = filter
  if (verification !== null && verificationOf(facts.verifications) !== verification) return false
  return !filter.overdue || facts.owners.some(({ state }) => isOverdue(state, now))
}

function isMine(ctx: Ctx, facts: AlertFacts): boolean {
  const { id } = actingPerson(ctx)
  return facts.alert.raisedBy === id || facts.followers.includes(id) || postsHeld(ctx, facts).length > 0
}

/**
 * The filter somebody asked a file for; null where it was erased or is another's.
 *
 * @param event the event's number in the trail.
 */
export async function askedFilter(ctx: Ctx, personId: string, event: number): Promise<AlertFilter | null> {
  const { events } = ctx.store.read
  const asked = (await events.ofRecord(ALERT_LIST, personId)).find(({ seq }) => seq === event)
  const words = asked ? await events.words(event) : null
  return words && { ...NO_FILTER, ...words }
}
