/** A new hotspot: typed, from an alert, or from a cluster of alerts. */
import type { Alert } from '../../domain/alert.ts'
import type { Place } from '../../domain/gazetteer.ts'
import { HOTSPOT_KINDS, type HotspotKind } from '../../domain/hotspot.ts'
import { readAlert } from '../../operations/alert.ts'
import { alertClusters, createHotspot, hotspotDuplicates } from '../../operations/hotspot.ts'
import { registeredPerson } from '../../operations/permission.ts'
import { placeValue } from '../../views/alert/forms.ts'
import { detailsAction, newHotspotModal } from '../../views/hotspot/forms.ts'
import type { ActionCall, Call, CommandCall, ViewAnswer, ViewCall } from '../contract.ts'
import { filledAgain, readForm, readMetadata } from '../form.ts'
import { viewContext } from '../view-context.ts'
import { done, inputOf } from './answer.ts'

/** `/poc-hotspot new [what it is called]`: the form, with the place found in the words. */
export async function newCommand(call: CommandCall): Promise<void> {
  registeredPerson(call.ctx)
  const place = call.text ? call.ctx.gazetteer.matchIn(call.text) : undefined
  await call.ui.open(
    newHotspotModal(viewContext(call), {
      name: call.text,
      kind: kindAt(place),
      place: place ? { text: place.name, value: `${placeValue.known}${place.id}` } : null,
    }),
  )
}

/** What the gazetteer says that a place is, where hotspots know such a kind. */
const kindAt = (place: Place | undefined): HotspotKind | null =>
  HOTSPOT_KINDS.find(kind => kind === place?.kind) ?? null

/** The form for a hotspot where an alert is, filled in from it. */
export async function openHotspotFrom(call: Call, alertId: string): Promise<void> {
  await openFrom(call, (await readAlert(call.ctx, alertId)).alert, [alertId])
}

/** *Make it a hotspot* beside a cluster of alerts: from the newest of them, all linked. */
export async function fromClusterPressed(call: ActionCall): Promise<void> {
  const { alert } = await readAlert(call.ctx, call.value)
  const cluster = (await alertClusters(call.ctx)).find(({ alerts }) =>
    alerts.some(each => each.alert.id === alert.id),
  )
  const ids = cluster?.alerts.map(each => each.alert.id) ?? [alert.id]
  await openFrom(call, alert, ids.slice(0, LINKED_AT_ONCE))
}

/** As many ids as a form carries with ease. */
const LINKED_AT_ONCE = 20

async function openFrom(call: Call, alert: Alert, fromAlerts: string[]): Promise<void> {
  const value = alert.placeId ? `${placeValue.known}${alert.placeId}` : `${placeValue.said}${alert.placeSaid}`
  await call.ui.open(
    newHotspotModal(viewContext(call), {
      name: alert.placeSaid,
      kind: kindAt(alert.placeId ? call.ctx.gazetteer.byId(alert.placeId) : undefined),
      place: { text: alert.placeSaid, value },
      threats: alert.threat ? [alert.threat] : [],
      fromAlerts,
      exercise: alert.exercise,
    }),
  )
}

/** The form was sent: asked back where it may be on the list already, else put there. */
export async function newSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { fromAlerts = [], exercise: played = false } = readMetadata<{
    fromAlerts: string[]
    exercise: boolean
  }>(call.privateMetadata)
  const form = readForm(call.values)
  const input = { ...inputOf(form), exercise: played || form.choices('exercise').length > 0 }
  const duplicates = form.choices('another').length > 0 ? [] : await hotspotDuplicates(call.ctx, input)
  if (duplicates.length > 0) {
    const place = form.option('place')
    const asked = newHotspotModal(viewContext(call), { place, fromAlerts, duplicates, exercise: played })
    return { update: filledAgain(asked, call) }
  }
  const facts = await createHotspot(call.ctx, { ...input, fromAlerts, requestKey: call.viewId })
  const said = facts.hotspot.exercise ? 'hotspot.said.played' : 'hotspot.said.listed'
  return done(call, facts, said, { more: [detailsAction(viewContext(call), facts.hotspot.id)] })
}
