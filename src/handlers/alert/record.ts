import type { AtRisk } from '../../domain/alert.ts'
import { findTerm } from '../../domain/mission.ts'
import { SPECIALIST_LAYERS } from '../../domain/sharing.ts'
import { TocsinError } from '../../errors.ts'
import { decidingRoles, requireKeeper, requireRecordKeeper } from '../../operations/alert/chain.ts'
import { closingFacts } from '../../operations/alert/closing.ts'
import type { AlertFacts } from '../../operations/alert/facts.ts'
import { allegedFor } from '../../operations/alert/reading.ts'
import { renewCard } from '../../operations/alert/tell.ts'
import {
  addDetails,
  addInformation,
  close,
  correct,
  markForSpecialist,
  pointToCasevac,
  previewAlert,
  readAlert,
  readCallTree,
  readLayers,
  withdraw,
} from '../../operations/alert.ts'
import { ownHotspotsNear } from '../../operations/hotspot/near.ts'
import { readTimeline } from '../../operations/timeline.ts'
import { callTreeModal, casevacModal } from '../../views/alert/call-tree.ts'
import { alertCard } from '../../views/alert/card.ts'
import {
  closeModal,
  conductModal,
  correctModal,
  detailsModal,
  informationModal,
  layersModal,
  OWN_PERSONNEL,
  recordedModal,
  specialistModal,
  withdrawModal,
  withoutWords,
  withSpecialistModal,
} from '../../views/alert/forms.ts'
import { previewModal } from '../../views/alert/preview.ts'
import { readOutModal } from '../../views/alert/read-out.ts'
import { offerIncident } from '../../views/incident.ts'
import { timelineModal } from '../../views/timeline.ts'
import { openAuthorities } from '../authorities.ts'
import type { ActionCall, Call, View, ViewAnswer, ViewCall } from '../contract.ts'
import { openEntries } from '../entry.ts'
import { readForm, readMetadata } from '../form.ts'
import { openCrisis } from '../forum.ts'
import { openHotspotFrom } from '../hotspot/new.ts'
import { openIncident } from '../incident.ts'
import { openRelease } from '../release.ts'
import { openReports, undoJoining } from '../report.ts'
import { openResponses } from '../response.ts'
import { openSource } from '../source.ts'
import { openTasking } from '../tasking/new.ts'
import { openTeamFromAlert } from '../team/propose.ts'
import { viewContext } from '../view-context.ts'
import { openAnswer, splitChoice } from './answer.ts'
import { toPlace } from './raise.ts'
import { recorded } from './recorded.ts'
import { openReopen, openVerify } from './standing.ts'

/** *More…* on the card. */
export async function morePicked(call: ActionCall): Promise<void> {
  await openChosen(call)
  if (call.message) await renewCard(call.ctx, call.message)
}

async function openChosen(call: ActionCall): Promise<void> {
  const { reason: kind, alertId } = splitChoice(call.value)
  if (kind === 'respond' || kind === 'watch' || kind === 'not_acting' || kind === 'cannot_take') {
    return openAnswer(call, kind, alertId)
  }
  if (kind === 'release') return openRelease(call, alertId)
  if (kind === 'authorities') return openAuthorities(call, alertId)
  if (kind === 'incident') return openIncident(call, alertId)
  if (kind === 'response') return openResponses(call, alertId)
  if (kind === 'hotspot') return openHotspotFrom(call, alertId)
  if (kind === 'team') return openTeamFromAlert(call, alertId)
  if (kind === 'crisis') return openCrisis(call, alertId)
  if (kind === 'task') return openTasking(call, { kind: 'alert', id: alertId })
  if (kind === 'verify') return openVerify(call, alertId)
  if (kind === 'reopen') return openReopen(call, alertId)
  if (kind === 'reports') return openReports(call, alertId)
  if (kind === 'unmerge') return undoJoining(call, alertId)
  if (kind === 'source') return openSource(call, alertId)
  if (kind === 'layers') return openLayers(call, alertId)
  if (kind === 'entry') return openEntries(call, alertId)
  if (kind === 'timeline')
    return void (await call.ui.open(timelineModal(viewContext(call), await readTimeline(call.ctx, alertId))))
  if (kind === 'call_tree')
    return void (await call.ui.open(callTreeModal(viewContext(call), await readCallTree(call.ctx, alertId))))
  if (kind === 'preview')
    return void (await call.ui.open(previewModal(viewContext(call), await previewAlert(call.ctx, alertId))))
  await openForm(call, kind, alertId)
}

export const openClose = (call: ActionCall) => openForm(call, 'close', call.value)
export const openDetails = (call: ActionCall) => openForm(call, 'details', call.value)
export const openCorrect = (call: ActionCall) => openForm(call, 'correct', call.value)
export const openReadOut = (call: ActionCall) => openForm(call, 'read_out', call.value)

async function openForm(call: ActionCall, kind: string, alertId: string): Promise<void> {
  const facts = await readAlert(call.ctx, alertId)
  const { alert } = facts
  const view = viewContext(call)
  const free = kind === 'read_out' || kind === 'information'
  if (kind !== 'read_out' && alert.lifecycle !== 'open') {
    throw new TocsinError('already_ended', { details: { code: alert.code, lifecycle: alert.lifecycle } })
  }
  if (kind === 'close' || kind === 'recorded') requireRecordKeeper(call.ctx, facts)
  else if (!free) requireKeeper(call.ctx, facts)
  const marked = facts.specialist.length > 0
  const forms: Record<string, () => View> = {
    read_out: () => readOutModal(view, facts),
    information: () =>
      marked ? withSpecialistModal(view, alert, facts.specialist) : informationModal(view, alert),
    details: () =>
      marked
        ? withSpecialistModal(view, alert, facts.specialist)
        : detailsModal(view, seenBy(call, facts), alert.atRisk?.map(row => row.kind) ?? []),
    correct: () => correctModal(view, facts),
    close: () => closeModal(view, facts, closingFacts(call.ctx, facts), decidingRoles(call.ctx, facts)),
    withdraw: () => withdrawModal(view, alert, decidingRoles(call.ctx, facts)),
    recorded: () => recordedModal(view, facts, 'acknowledge'),
  }
  const form = forms[kind]
  if (!form) throw new TocsinError('unknown_term', { details: { value: kind } })
  await call.ui.open(marked ? withoutWords(form()) : form())
}

/** *Restricted details*: what of the alert is opened to this person by role. */
async function openLayers(call: ActionCall, alertId: string): Promise<void> {
  await call.ui.open(layersModal(viewContext(call), await readLayers(call.ctx, alertId)))
}

/** *Call tree* on a card by direct message. */
export async function callTreePressed(call: ActionCall): Promise<void> {
  await call.ui.open(callTreeModal(viewContext(call), await readCallTree(call.ctx, call.value)))
}

/** *Casualty, or a life in danger now* on the receipt: the number to ring. */
export async function casevacPressed(call: ActionCall): Promise<void> {
  await call.ui.open(casevacModal(viewContext(call), await pointToCasevac(call.ctx, call.value)))
}

/** A mark was ticked in the details: the form for words goes, whom to ring comes. */
export async function specialTicked(call: ActionCall): Promise<void> {
  const { alertId = '', version = 0 } = readMetadata<{ alertId: string; version: number }>(
    call.view?.privateMetadata ?? '',
  )
  const view = viewContext(call)
  const ticked = readForm(call.values).choices('special')
  if (ticked.includes(OWN_PERSONNEL)) return call.ui.replace(conductModal(view))
  const layers = SPECIALIST_LAYERS.filter(layer => ticked.includes(layer))
  if (layers.length === 0) return
  const { alert } = await readAlert(call.ctx, alertId)
  await call.ui.replace(specialistModal(view, { ...alert, version }, layers))
}

export async function specialistSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const {
    alertId = '',
    version = 0,
    layers = [],
  } = readMetadata<{
    alertId: string
    version: number
    layers: string[]
  }>(call.privateMetadata)
  const { alert, specialist } = await markForSpecialist(call.ctx, { alertId, version, layers })
  return { update: withSpecialistModal(viewContext(call), alert, specialist) }
}

/** The alert as this person may read it, to fill in a form with. */
function seenBy({ ctx }: Call, facts: AlertFacts): Pick<AlertFacts, 'alert'> {
  return { alert: { ...facts.alert, perpetrator: allegedFor(ctx, facts) } }
}

/** *Show* beside an alert in a list: its card, to this person alone. */
export async function showPressed(call: ActionCall): Promise<void> {
  const facts = await readAlert(call.ctx, call.value)
  await call.ui.tell(
    alertCard(viewContext(call), facts, {
      attribution: false,
      personId: call.person.id,
      hotspots: await ownHotspotsNear(call.ctx, facts),
    }),
  )
}

/** Who is at risk was chosen: a field for how many of each. */
export async function atRiskChosen(call: ActionCall): Promise<void> {
  const { alertId = '', version } = readMetadata<{ alertId: string; version: number }>(
    call.view?.privateMetadata ?? '',
  )
  const facts = await readAlert(call.ctx, alertId)
  const { alert } = seenBy(call, facts)
  const seen = { alert: { ...alert, version: version ?? alert.version } }
  await call.ui.replace(detailsModal(viewContext(call), seen, readForm(call.values).choices('atRisk')))
}

export async function detailsSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const { alertId = '', version = 0 } = readMetadata<{ alertId: string; version: number }>(
    call.privateMetadata,
  )
  const atRisk: AtRisk[] = form
    .choices('atRisk')
    .map(kind => ({ kind, count: wholeNumber(form.text(`count_${kind}`)) }))
  const group = form.choice('group')
  const own = call.ctx.mission.groups.some(({ id, class: kind }) => id === group && kind === 'un')
  if (own || form.choices('special').includes(OWN_PERSONNEL))
    return { update: conductModal(viewContext(call)) }
  const facts = await addDetails(call.ctx, {
    alertId,
    version,
    threat: form.choice('threat'),
    cameBy: form.choice('cameBy'),
    atRisk,
    perpetrator: form.choice('perpetrator'),
    group,
    saidBy: form.choice('saidBy'),
    confidence: form.choice('confidence'),
    askedFor: form.choices('askedFor'),
    eventAt: form.dateTime('eventAt'),
    eventPrecision: form.choice('eventPrecision'),
    scope: form.choice('scope'),
  })
  return recorded(call, facts)
}

export async function correctSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const { alertId = '', version = 0 } = readMetadata<{ alertId: string; version: number }>(
    call.privateMetadata,
  )
  const facts = await correct(call.ctx, {
    alertId,
    version,
    place: toPlace(form.choice('place')),
    how: form.text('how'),
    urgency: form.choice('urgency') ?? '',
    sector: form.choice('sector'),
    tlp: form.choice('tlp'),
    sensitivity: form.choice('sensitivity'),
  })
  return recorded(call, facts)
}

export async function informationSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { alertId = '' } = readMetadata<{ alertId: string }>(call.privateMetadata)
  const form = readForm(call.values)
  const text = form.text('note')
  return recorded(call, await addInformation(call.ctx, { alertId, note: text }))
}

export async function closeSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const { alertId = '' } = readMetadata<{ alertId: string }>(call.privateMetadata)
  const outcome = form.choice('outcome')
  const tiers = Object.fromEntries(
    Object.keys(call.values)
      .filter(field => field.startsWith('tier_'))
      .map(field => [field.slice('tier_'.length), form.choice(field) ?? '']),
  )
  const command = {
    role: form.choice('commandRole') ?? '',
    reason: form.choice('commandReason') ?? '',
    note: form.text('commandNote'),
    means: form.choice('commandMeans') === 'radio' ? ('radio' as const) : ('phone' as const),
  }
  try {
    const said = { alertId, outcome: outcome ?? '', note: form.text('note'), role: form.choice('role') }
    const facts = await close(call.ctx, { ...said, tiers, command })
    const receipt = recorded(call, facts)
    const attack = findTerm(call.ctx.mission, 'outcomes', said.outcome)?.attack
    const offer = attack ? [offerIncident(viewContext(call), alertId)] : []
    return { update: { ...receipt.update, blocks: [...receipt.update.blocks, ...offer] } }
  } catch (error) {
    const asks = error instanceof TocsinError && error.code === 'needs_protection'
    if (!asks || 'commandReason' in call.values) throw error
    const facts = await readAlert(call.ctx, alertId)
    const roles = decidingRoles(call.ctx, facts)
    const typed = { outcome, note: form.text('note'), tiers }
    const view = viewContext(call)
    const again = closeModal(view, facts, closingFacts(call.ctx, facts, typed.outcome), roles, typed)
    return { update: facts.specialist.length > 0 ? withoutWords(again) : again }
  }
}

export async function withdrawSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { alertId = '' } = readMetadata<{ alertId: string }>(call.privateMetadata)
  const form = readForm(call.values)
  return recorded(
    call,
    await withdraw(call.ctx, { alertId, note: form.text('note'), role: form.choice('role') }),
  )
}

/** Empty is not known; anything else must be a whole number, which the operation checks. */
function wholeNumber(text: string): number | null {
  const trimmed = text.trim()
  return trimmed === '' ? null : Number(trimmed)
}
