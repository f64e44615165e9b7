import type { Incident } from '../domain/incident.ts'
import { TocsinError } from '../errors.ts'
import { actorAsReader } from '../operations/alert/reading.ts'
import { readAlert } from '../operations/alert.ts'
import {
  alleged,
  type IncidentFacts,
  mayReadIncident,
  type Warned,
  warnedAs,
} from '../operations/incident/facts.ts'
import {
  amendIncident,
  incidentCandidates,
  linkIncident,
  listIncidents,
  readIncident,
  recordIncident,
  requestIncidentCsv,
} from '../operations/incident.ts'
import { conductModal, OWN_PERSONNEL } from '../views/alert/forms.ts'
import { saidModal } from '../views/alert/receipt.ts'
import { incidentCard, incidentsMessage } from '../views/incident.ts'
import { groupsRead, incidentModal, linkModal } from '../views/incident-form.ts'
import { toPlace } from './alert/raise.ts'
import type { ActionCall, Call, CommandCall, Family, ViewAnswer, ViewCall } from './contract.ts'
import { readForm, readMetadata } from './form.ts'
import { viewContext } from './view-context.ts'

/** `/poc-alert incident`: the form. */
export async function incidentCommand(call: CommandCall): Promise<void> {
  await call.ui.open(incidentModal(viewContext(call), {}))
}

/** `/poc-alert incidents`: the newest, to this person alone; `csv`: a file of all they may read. */
export async function incidentsCommand(call: CommandCall): Promise<void> {
  if (call.text.trim().toLowerCase() === 'csv') {
    await requestIncidentCsv(call.ctx)
    return call.ui.tell({ text: call.words.t('incident.csvComing') })
  }
  await showPage(call, 0)
}

/** *Record an incident*: under *More…* of an alert, on the receipt of closing it, or in the list. */
export async function openIncident(call: ActionCall, alertId: string): Promise<void> {
  const from = alertId === 'new' ? {} : { alert: (await readAlert(call.ctx, alertId)).alert }
  await call.ui.open(incidentModal(viewContext(call), from))
}

async function amendPressed(call: ActionCall): Promise<void> {
  const facts = await readIncident(call.ctx, call.value)
  const { incident } = facts
  await call.ui.open(incidentModal(viewContext(call), { incident, alleged: alleged(call.ctx, facts) }))
}

async function linkPressed(call: ActionCall): Promise<void> {
  const facts = await readIncident(call.ctx, call.value)
  const candidates = await incidentCandidates(call.ctx, call.value)
  await call.ui.open(linkModal(viewContext(call), facts, candidates, false))
}

async function showPressed(call: ActionCall): Promise<void> {
  const facts = await readIncident(call.ctx, call.value)
  const reader = actorAsReader(call.ctx)
  if (!reader) throw new TocsinError('not_found')
  await call.ui.tell(
    incidentCard(viewContext(call), facts, {
      attribution: mayReadIncident(call.ctx, facts, 'attribution', reader),
      warned: warnedAs(call.ctx, facts, reader),
      changes: true,
    }),
  )
}

async function pagePressed(call: ActionCall): Promise<void> {
  await showPage(call, Number(call.value))
}

async function showPage(call: Call, page: number): Promise<void> {
  const list = await listIncidents(call.ctx, page)
  await call.ui.tell(incidentsMessage(viewContext(call), list, warnedFor(call)))
}

/** Whether an incident had been warned of, as far as whoever calls may know. */
export function warnedFor({ ctx }: Call): (facts: IncidentFacts) => Warned {
  const reader = actorAsReader(ctx)
  return facts => (reader ? warnedAs(ctx, facts, reader) : { alerts: [], record: null, by: [] })
}

async function recordSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const view = viewContext(call)
  const {
    incidentId,
    version = 0,
    alertId,
  } = readMetadata<{
    incidentId: string
    version: number
    alertId: string
  }>(call.privateMetadata)
  const group = form.choice('group')
  const own = call.ctx.mission.groups.some(({ id, class: kind }) => id === group && kind === 'un')
  if (own || form.choices('special').includes(OWN_PERSONNEL)) return { update: conductModal(view) }
  const groups = groupsRead(view, form.text('breakdown'))
  if (groups === null) return { errors: { breakdown: call.words.t('incident.form.groupsWrong') } }
  const said = {
    subType: form.choice('subType') ?? '',
    at: pastMinute(call, form.dateTime('at')),
    precision: form.choice('precision') ?? '',
    place: toPlace(form.choice('place')),
    sector: form.choice('sector'),
    what: form.text('what'),
    perpetrator: form.choice('perpetrator'),
    group,
    saidBy: form.choice('saidBy'),
    confidence: form.choice('confidence'),
    harm: harmOf(form),
    groups,
  }
  const facts = incidentId
    ? await amendIncident(call.ctx, { ...said, incidentId, version })
    : await recordIncident(call.ctx, { ...said, alertId: alertId ?? null, requestKey: call.viewId })
  if (incidentId) return done(call, facts)
  const candidates = await incidentCandidates(call.ctx, facts.incident.id)
  return { update: linkModal(view, facts, candidates, true) }
}

async function linkSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { incidentId = '', recorded } = readMetadata<{ incidentId: string; recorded: boolean }>(
    call.privateMetadata,
  )
  const alertIds = readForm(call.values).choices('alerts')
  const facts = await linkIncident(call.ctx, { incidentId, alertIds })
  // The form said already that it is recorded; the offer to record it, which may lie below, must go.
  return recorded ? { clear: true } : done(call, facts)
}

function done(call: ViewCall, { incident }: IncidentFacts): { update: ReturnType<typeof saidModal> } {
  const text = call.words.t('incident.done', { code: incident.code })
  return { update: saidModal(viewContext(call), incident.code, `✅ ${text}`) }
}

/** Empty is not known; anything else must be a whole number, which the operation checks. */
function harmOf(form: ReturnType<typeof readForm>): Incident['harm'] {
  const count = (field: string) => {
    const typed = form.text(field).trim()
    return typed === '' ? null : Number(typed)
  }
  return {
    killed: count('killed'),
    injured: count('injured'),
    abducted: count('abducted'),
    displaced: count('displaced'),
  }
}

/** The picker knows whole minutes: this very minute is not in the future. */
function pastMinute({ ctx }: Call, at: number | null): number {
  const now = ctx.clock.now()
  return at === null || (at > now && at - now < 60_000) ? now : at
}

export const incidentFamily: Family = {
  actions: {
    'incident.open': call => openIncident(call, call.value),
    'incident.amend': amendPressed,
    'incident.link': linkPressed,
    'incident.show': showPressed,
    'incident.page': pagePressed,
  },
  views: { 'incident.record': recordSubmitted, 'incident.link': linkSubmitted },
}
