/** The card of a hotspot, and what *More…* on it offers. */
import { DateTime } from 'luxon'
import { TocsinError } from '../../errors.ts'
import { layersFor, mayKeepHotspot } from '../../operations/hotspot/reading.ts'
import { keepsVisits, mayReportCoverage } from '../../operations/hotspot/there.ts'
import {
  amendHotspot,
  type HotspotFacts,
  linkAlert,
  linkables,
  linkIncidentToHotspot,
  moveHotspot,
  ownParts,
  readHotspot,
  recordVisit,
  reportCoverage,
  setContact,
} from '../../operations/hotspot.ts'
import { rankOf } from '../../operations/matrix.ts'
import { registeredPerson } from '../../operations/permission.ts'
import { ownTeamsAt } from '../../operations/team.ts'
import { bare } from '../../views/blocks.ts'
import { hotspotCard } from '../../views/hotspot/card.ts'
import { changeHotspotModal } from '../../views/hotspot/forms.ts'
import { contactModal, coverageModal, linkModal, moveModal, visitModal } from '../../views/hotspot/reports.ts'
import { rankBlocks } from '../../views/matrix/phrases.ts'
import { placeTeamBlocks } from '../../views/team/at-place.ts'
import type { ActionCall, Call, Option, OptionsCall, ViewAnswer, ViewCall } from '../contract.ts'
import { readForm, readMetadata } from '../form.ts'
import { openProposal } from '../team/propose.ts'
import { viewContext } from '../view-context.ts'
import { done, hotspotIn, inputOf, numberIn } from './answer.ts'
import { planFor } from './plan-form.ts'

/** The card as the acting person may read it. */
export async function cardFor(call: Call, facts: HotspotFacts) {
  const row = await rankOf(call.ctx, facts.hotspot.id)
  const view = viewContext(call)
  const there = await ownTeamsAt(call.ctx, facts.hotspot.id)
  const more = [...placeTeamBlocks(view, facts.hotspot.id, there), ...rankBlocks(view, row)]
  return hotspotCard(view, facts, { ...(await ownParts(call.ctx, facts)), more })
}

export async function showPressed(call: ActionCall): Promise<void> {
  await call.ui.tell(await cardFor(call, await readHotspot(call.ctx, call.value)))
}

/** *Add details* on the receipt of a new hotspot. */
export async function detailsPressed(call: ActionCall): Promise<void> {
  return openChange(call, await readHotspot(call.ctx, call.value))
}

async function openChange(call: Call, facts: HotspotFacts): Promise<void> {
  const kinds = facts.hotspot.atRisk?.map(row => row.kind) ?? []
  await call.ui.open(changeHotspotModal(viewContext(call), facts, layersFor(call.ctx, facts), kinds))
}

/** *More…* on the card. */
export async function morePicked(call: ActionCall): Promise<void> {
  const [kind = '', hotspotId = ''] = call.value.split(':')
  const facts = await readHotspot(call.ctx, hotspotId)
  const view = viewContext(call)
  const { code } = facts.hotspot
  if (!mayOpen(call, kind, facts)) throw new TocsinError('not_allowed', { details: { code } })
  const today = DateTime.fromMillis(view.now, { zone: call.ctx.mission.zone }).toISODate() ?? ''
  switch (kind) {
    case 'change':
      return openChange(call, facts)
    case 'coverage': {
      // What stands there now is for those who may read it; whoever may only report begins with an empty form.
      const shown = layersFor(call.ctx, facts).command ? facts : { ...facts, report: null }
      return void (await call.ui.open(coverageModal(view, shown)))
    }
    case 'visit':
      if (!keepsVisits(registeredPerson(call.ctx).constituency)) throw new TocsinError('partner_visit')
      return void (await call.ui.open(visitModal(view, facts, today)))
    case 'plan':
      return void (await call.ui.open(await planFor(call, hotspotId)))
    case 'team':
      return openProposal(call, { hotspotId: facts.hotspot.id, alertId: null })
    case 'contact':
      return void (await call.ui.open(contactModal(view, facts)))
    case 'link':
      return void (await call.ui.open(linkModal(view, facts)))
    case 'remove':
    case 'restore':
      return void (await call.ui.open(moveModal(view, facts, kind === 'remove' ? 'removed' : 'listed')))
    default:
      throw new TocsinError('unknown_term', { details: { value: kind } })
  }
}

/** Whether the form would be taken from the acting person: nobody fills in one that is refused at its end. */
function mayOpen(call: Call, kind: string, { hotspot }: HotspotFacts): boolean {
  if (kind === 'coverage') return mayReportCoverage(call.ctx)
  return ['change', 'remove', 'restore'].includes(kind) ? mayKeepHotspot(call.ctx, hotspot) : true
}

/** Who is at risk was chosen: a field for how many of each. */
export async function atRiskChosen(call: ActionCall): Promise<void> {
  const { hotspotId = '', version } = readMetadata<{ hotspotId: string; version: number }>(
    call.view?.privateMetadata ?? '',
  )
  const facts = await readHotspot(call.ctx, hotspotId)
  const seen = { hotspot: { ...facts.hotspot, version: version ?? facts.hotspot.version } }
  const kinds = readForm(call.values).choices('atRisk')
  await call.ui.replace(changeHotspotModal(viewContext(call), seen, layersFor(call.ctx, facts), kinds))
}

export async function changeSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { hotspotId = '', version = 0 } = readMetadata<{ hotspotId: string; version: number }>(
    call.privateMetadata,
  )
  const form = readForm(call.values)
  const facts = await amendHotspot(call.ctx, {
    ...inputOf(form),
    hotspotId,
    version,
    reason: form.text('reason'),
  })
  return done(call, facts, 'hotspot.said.changed')
}

export async function coverageSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const facts = await reportCoverage(call.ctx, {
    hotspotId: hotspotIn(call),
    coverage: form.choice('coverage') ?? '',
    everyDays: numberIn(form, 'everyDays'),
  })
  return done(call, facts, 'hotspot.said.changed')
}

export async function visitSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const day = (field: string) =>
    DateTime.fromISO(form.date(field) ?? '', { zone: call.ctx.mission.zone }).toMillis()
  const facts = await recordVisit(call.ctx, { hotspotId: hotspotIn(call), from: day('from'), to: day('to') })
  return done(call, facts, 'hotspot.said.visited')
}

export async function contactSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const facts = await setContact(call.ctx, {
    hotspotId: hotspotIn(call),
    purpose: form.choice('purpose') ?? '',
    post: form.text('post'),
  })
  return done(call, facts, 'hotspot.said.changed')
}

export async function linkSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const chosen = form.option('record')
  const [kind, id = ''] = (chosen?.value ?? '').split(':')
  const [record = ''] = (chosen?.text ?? '').split(' · ')
  const input = { hotspotId: hotspotIn(call), lane: form.choice('lane') }
  const facts =
    kind === 'incident'
      ? await linkIncidentToHotspot(call.ctx, { ...input, incidentId: id })
      : await linkAlert(call.ctx, { ...input, alertId: id })
  return done(call, facts, 'hotspot.said.linked', { values: { record: bare(record) } })
}

export async function recordOptions(call: OptionsCall): Promise<Option[]> {
  return (await linkables(call.ctx, call.query)).slice(0, RECORDS).map(({ kind, id, code, place }) => ({
    text: place === '' ? code : `${code} · ${place}`,
    value: `${kind}:${id}`,
  }))
}

/** Options one answer to a typed word may hold. */
const RECORDS = 90

export async function moveSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { to } = readMetadata<{ to: 'removed' | 'listed' }>(call.privateMetadata)
  const facts = await moveHotspot(call.ctx, {
    hotspotId: hotspotIn(call),
    to: to === 'listed' ? 'listed' : 'removed',
    reason: readForm(call.values).text('reason'),
  })
  return done(call, facts, `hotspot.said.${facts.hotspot.state === 'listed' ? 'restored' : 'removed'}`)
}
