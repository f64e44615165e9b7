import type { ComponentReport } from '../db/component-reports.ts'
import type { Timer } from '../db/timers.ts'
import {
  nextAskAt,
  openRound,
  REPORT_FIELDS,
  type ReportRound,
  type ReportWords,
} from '../domain/component-report.ts'
import type { ReportingComponent } from '../domain/mission/component-report-section.ts'
import type { Reader, Shared } from '../domain/sharing.ts'
import { TocsinError } from '../errors.ts'
import { peopleIn } from './alert/facts.ts'
import { actorAsReader } from './alert/reading.ts'
import { mayBeShown } from './channel.ts'
import { type Ctx, inTransaction, type Open, type Person } from './context.ts'
import { heldRoles, registeredPerson } from './permission.ts'
import { cardAt, lineAt, note, personTarget } from './telling.ts'
import { optionalText } from './text.ts'

/** How long each field of a report may be, in code points. */
export const componentReportLimits = { field: 2_000 } as const
const TIMER = 'component_report.ask'
const DUE = 'component_report.due'

/** A component with what it reported for a day; null: nothing yet. */
export interface ComponentDay {
  component: ReportingComponent
  report: ComponentReport | null
  /** The acting person reports for it. */
  mine: boolean
}

/** The components of a day, of those that a reader may know of. */
export interface ComponentDays {
  round: ReportRound
  components: ComponentDay[]
}

/** Asks for the reports of a day at the hour the mission file names; run at start, harmless when repeated. */
export function scheduleComponentReports(ctx: Ctx): Promise<void> {
  return inTransaction(ctx, (_, open) => armAsk(open))
}

async function armAsk(open: Open): Promise<void> {
  const rules = open.mission.componentReports
  if (!rules) return open.tx.timers.cancel(TIMER).then(() => undefined)
  const dueAt = nextAskAt(open.clock.now(), rules.due, open.mission.zone, rules.askBeforeMs)
  await open.tx.timers.arm({ key: TIMER, kind: TIMER, recordId: 'component_report', dueAt })
}

/** The reports of a day are wanted: the first who can report for each component gets the form, unless it is there. */
export function askComponentReports(ctx: Ctx, _timer: Pick<Timer, 'recordId'>): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const round = currentRound(open)
    for (const component of open.mission.componentReports?.components ?? []) {
      if (!round || (await repos.componentReports.of(component.id, round.day))) continue
      const [first] = await peopleIn(repos, { role: component.role, sector: null }, open.clock.now())
      if (first) await cardAt(open, cardOf(component.id, round.day), personTarget(first.id))
    }
    if (round && round.dueAt > open.clock.now())
      await repos.timers.arm({ key: DUE, kind: DUE, recordId: round.day, dueAt: round.dueAt })
    await armAsk(open)
  })
}

/** The hour has come: the cards of those who are silent say so. */
export function markSilentComponents(ctx: Ctx, timer: Pick<Timer, 'recordId'>): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const day = timer.recordId
    for (const { id } of open.mission.componentReports?.components ?? []) {
      if (await repos.componentReports.of(id, day)) continue
      const card = cardOf(id, day)
      for (const { target } of await repos.cards.ofRecord(card.id)) await cardAt(open, card, target)
    }
  })
}

/** The card of what a component owes for a day. */
export const cardOf = (component: string, day: string) => ({
  kind: 'component_report',
  id: `component_report:${component}:${day}`,
})

/** The round that is open now; null where no component reports. */
export function currentRound({ mission, clock }: Pick<Ctx, 'mission' | 'clock'>): ReportRound | null {
  const rules = mission.componentReports
  return rules && openRound(clock.now(), rules.due, mission.zone, rules.askBeforeMs)
}

/**
 * Sends the report of a component for the open day, or says that there is nothing to report. Sent anew, it
 * takes the place of what was sent.
 *
 * @param input.words by field; where all are empty it must be a nil return.
 * @throws TocsinError `not_registered`, `not_found` for a component that does not report, `not_allowed` for somebody
 *   who does not report for it, `report_empty`, `text_too_long`.
 */
export async function sendComponentReport(
  ctx: Ctx,
  input: { component: string; nil: boolean; words?: Record<string, string> },
): Promise<ComponentReport> {
  const person = registeredPerson(ctx)
  const component = ctx.mission.componentReports?.components.find(({ id }) => id === input.component)
  const round = currentRound(ctx)
  if (!component || !round) throw new TocsinError('not_found')
  if (!reportsFor(ctx, component)) throw new TocsinError('not_allowed')
  const words: ReportWords = {}
  for (const field of input.nil ? [] : REPORT_FIELDS) {
    const text = optionalText(input.words?.[field], field, componentReportLimits.field)
    if (text !== null) words[field] = text
  }
  if (!input.nil && Object.keys(words).length === 0)
    throw new TocsinError('report_empty', { field: REPORT_FIELDS[0] })
  return inTransaction(ctx, async (repos, open) => {
    const now = open.clock.now()
    const sent = { state: input.nil ? ('nil' as const) : ('reported' as const), words, by: person.id }
    const earlier = await repos.componentReports.of(component.id, round.day)
    const row: ComponentReport = earlier
      ? { ...earlier, ...sent, changedAt: now, version: earlier.version + 1 }
      : {
          id: open.ids.id(),
          version: 1,
          component: component.id,
          day: round.day,
          dueAt: round.dueAt,
          holder: component.holder,
          audience: [...(open.mission.componentReports?.audience ?? [])],
          ...sent,
          at: now,
          changedAt: now,
        }
    if (earlier) await repos.componentReports.resend(row.id, { ...sent, changedAt: now })
    else await repos.componentReports.insert(row)
    await note(open, { kind: 'component_report', id: row.id }, 'component_report.sent', {
      component: component.id,
      day: round.day,
      state: row.state,
      late: now > round.dueAt,
    })
    const card = cardOf(component.id, round.day)
    for (const { target } of await repos.cards.ofRecord(card.id)) await cardAt(open, card, target)
    return row
  })
}

/**
 * Who has reported for the open day and who has not, as far as the acting person may read it.
 *
 * @throws TocsinError `not_registered`.
 */
export async function readComponentReports(ctx: Ctx): Promise<ComponentDays | null> {
  registeredPerson(ctx)
  const reader = actorAsReader(ctx)
  const round = currentRound(ctx)
  return reader && round ? componentDays(ctx, reader, round) : null
}

/** The components of a round that a reader may know of, with what they reported. */
export async function componentDays(ctx: Ctx, reader: Reader, round: ReportRound): Promise<ComponentDays> {
  const rows = await (ctx.tx ?? ctx.store.read).componentReports.ofDay(round.day)
  const components: ComponentDay[] = []
  for (const component of ctx.mission.componentReports?.components ?? []) {
    const report = rows.find(row => row.component === component.id) ?? null
    const mine = reportsFor(ctx, component)
    if (mine || mayReadComponent(ctx, component, report, reader)) components.push({ component, report, mine })
  }
  return { round, components }
}

function mayReadComponent(
  ctx: Ctx,
  component: ReportingComponent,
  report: ComponentReport | null,
  reader: Reader,
): boolean {
  return mayBeShown(ctx, sharedComponent(ctx, component, report), 'record', reader)
}

/** What a component's report says about its readers; null: the report it is about to write. */
export function sharedComponent(
  { mission }: Pick<Ctx, 'mission'>,
  { holder }: Pick<ReportingComponent, 'holder'>,
  report: ComponentReport | null,
): Shared {
  const audience = report?.audience ?? mission.componentReports?.audience ?? []
  return { holder, audience, named: report ? [report.by] : [] }
}

function reportsFor(ctx: Ctx, { role }: ReportingComponent): boolean {
  return heldRoles(ctx).some(held => held.role === role && held.sector === null)
}

/** Whether a person reports for a component now; for whoever renders its card. */
export async function mayReport(ctx: Ctx, component: ReportingComponent, person: Person): Promise<boolean> {
  if (person.closedAt !== null) return false
  const roles = await ctx.store.read.roles.rolesOf(person.id, ctx.clock.now())
  return roles.some(({ role, sector }) => role === component.role && sector === null)
}

export const SITREPS = ['pdf', 'md'] as const
export type Sitrep = (typeof SITREPS)[number]

/**
 * Has the situation report of the open day made for the acting person, from the reports and the record as they may
 * read them; it follows by direct message.
 *
 * @throws TocsinError `not_registered`, `not_found` where no component reports.
 */
export async function requestSitrep(ctx: Ctx, form: Sitrep): Promise<void> {
  const person = registeredPerson(ctx)
  const round = currentRound(ctx)
  if (!round) throw new TocsinError('not_found')
  await inTransaction(ctx, async (repos, open) => {
    await repos.access.add({
      at: open.clock.now(),
      personId: person.id,
      layer: 'export',
      recordKind: 'component_report',
      recordId: round.day,
    })
    await lineAt(open, 'component_report.sitrep', `sitrep.${form}:${person.id}`, personTarget(person.id), {
      form,
    })
  })
}
