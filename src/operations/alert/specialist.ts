import { DateTime } from 'luxon'
import type { AlertLayer } from '../../db/alert-layers.ts'
import type { Alert } from '../../domain/alert.ts'
import { findRole } from '../../domain/mission.ts'
import { SPECIALIST_LAYERS, type SpecialistLayer } from '../../domain/sharing.ts'
import { TocsinError } from '../../errors.ts'
import { withdrawPostings } from '../channel/removal.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { actingPerson, roleKey } from '../permission.ts'
import { refreshReleaseCards } from '../release/tell.ts'
import { refreshCardsOf } from '../telling.ts'
import { factsNow, recordAct, settle } from './acts.ts'
import { requireKeeper, speakingRole } from './chain.ts'
import { type AlertFacts, alertFacts, peopleIn, unique } from './facts.ts'
import { readOpenAlert } from './reading.ts'
import { warnPeople } from './tell.ts'

export interface MarkInput {
  alertId: string
  /** The version the person saw. */
  version: number
  layers: readonly string[]
}

/**
 * Marks an alert for child protection or sexual violence. Its words, its exact place and all that was noted leave it
 * for the specialist's own layer; in the alert remain flag, district and week (5C). What was posted of them is
 * deleted, what hangs on the trail erased, and the specialists are told by direct message whom to ring.
 *
 * @throws TocsinError `not_found`, `already_ended`, `not_allowed`, `unknown_term`, `stale`.
 */
export async function markForSpecialist(ctx: Ctx, input: MarkInput): Promise<AlertFacts> {
  actingPerson(ctx)
  const layers = knownLayers(input.layers)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readOpenAlert(open, input.alertId, repos)
    requireKeeper(open, facts)
    const added = layers.filter(layer => !facts.specialist.includes(layer))
    if (added.length === 0) return facts
    await moveWords(open, facts, added)
    if (!(await repos.alerts.update(facts.alert.id, input.version, bare(open, facts.alert))))
      throw new TocsinError('stale', { details: { code: facts.alert.code } })
    await forgetElsewhere(open, facts.alert)
    for (const each of (await factsNow(open, facts.alert)).joined) await markJoined(open, each, added)
    const role = speakingRole(open, facts)
    const by = role && roleKey(role)
    await recordAct(open, facts.alert, { kind: 'correct', slot: null, role: by, reason: 'specialist' })
    const marked = await settle(open, facts)
    const people = (
      await Promise.all(specialists(open, added).map(ref => peopleIn(repos, ref, open.clock.now())))
    ).flatMap(([first]) => first ?? [])
    await warnPeople(open, marked.alert, unique(people), { line: 'specialist', layers: added, by })
    return alertFacts(repos, open.mission, open.clock.now(), marked.alert)
  })
}

/** An alert about the same thing that was joined to it loses its words with it. */
async function markJoined(open: Open, facts: AlertFacts, layers: SpecialistLayer[]): Promise<void> {
  const { id, version } = facts.alert
  await moveWords(
    open,
    facts,
    layers.filter(layer => !facts.specialist.includes(layer)),
  )
  await open.tx.alerts.update(id, version, bare(open, facts.alert))
  await forgetElsewhere(open, facts.alert)
  await refreshCardsOf(open, { kind: 'alert', id })
}

/** The posts that hold these layers, for a whole mission. */
export function specialists({ mission }: Pick<Ctx, 'mission'>, layers: readonly SpecialistLayer[]) {
  const roles = new Set(layers.flatMap(layer => mission.layers[layer]))
  return [...roles].map(role => ({ role, sector: null, phone: findRole(mission, role)?.phone ?? null }))
}

/** @throws TocsinError `with_specialist` where the words of an alert are the specialist's alone. */
export function requireUnmarked({ specialist, alert }: Pick<AlertFacts, 'specialist' | 'alert'>): void {
  if (specialist.length > 0) throw new TocsinError('with_specialist', { details: { code: alert.code } })
}

function knownLayers(layers: readonly string[]): SpecialistLayer[] {
  const known = SPECIALIST_LAYERS.filter(layer => layers.includes(layer))
  if (known.length === 0 || known.length !== new Set(layers).size)
    throw new TocsinError('unknown_term', { field: 'special', details: { value: layers.join(', ') } })
  return known
}

/** What the alert said until now, into a row of each layer that can be erased. */
async function moveWords(
  open: Open,
  { alert, acts, responses, specialist }: AlertFacts,
  layers: SpecialistLayer[],
): Promise<void> {
  const { what, placeId, placeSaid, placeHow, lat, lon, threat, atRisk, perpetrator } = alert
  const reported = (await open.tx.reports.ofAlerts([alert.id]))
    .filter(report => report.what !== '' && report.what !== what)
    .map(report => ({ kind: 'report', at: report.receivedAt, note: report.what }))
  const notes = [
    ...reported,
    ...acts.flatMap(({ kind, at, note }) => (note === null ? [] : [{ kind, at, note }])),
    ...responses.flatMap(({ who, did, resultNote, recordedAt: at }) =>
      [who, did, resultNote].flatMap(note => (note === null ? [] : [{ kind: 'response', at, note }])),
    ),
  ]
  const moved: AlertLayer['body'] =
    specialist.length > 0
      ? null
      : { what, placeId, placeSaid, placeHow, lat, lon, threat, atRisk, perpetrator, notes }
  for (const layer of layers) {
    await open.tx.alerts.addLayer({
      alertId: alert.id,
      layer,
      district: districtOf(open, alert),
      week: DateTime.fromMillis(alert.raisedAt, { zone: open.mission.zone }).toFormat("kkkk-'W'WW"),
      body: moved,
      recordedBy: actingPerson(open).id,
      recordedAt: open.clock.now(),
    })
  }
}

/** What remains in the alert itself. */
function bare(ctx: Ctx, alert: Alert): Partial<Alert> {
  return {
    what: '',
    placeId: null,
    placeSaid: districtOf(ctx, alert) ?? '',
    placeHow: null,
    lat: null,
    lon: null,
    precision: null,
    threat: null,
    cameBy: null,
    atRisk: null,
    perpetrator: null,
    askedFor: null,
    eventAt: null,
    eventPrecision: null,
  }
}

function districtOf({ gazetteer }: Ctx, alert: Alert): string | null {
  return (alert.placeId ? gazetteer.byId(alert.placeId)?.district : null) ?? null
}

/** What was tasked because of it keeps its district, and no place that came from the alert. */
async function forgetPlaces(open: Open, alert: Alert): Promise<void> {
  for (const { id, version, placeId, placeSaid } of await open.tx.taskings.ofOrigins('alert', [alert.id])) {
    const copied = placeId === null ? placeSaid !== null : placeId === alert.placeId
    if (!copied) continue
    await open.tx.taskings.update(id, version, { placeId: null, placeSaid: districtOf(open, alert) })
    await refreshCardsOf(open, { kind: 'tasking', id })
  }
}

/** The words go from notes and from the trail, and from Slack whatever quoted them: threads and digests. */
async function forgetElsewhere(open: Open, alert: Alert): Promise<void> {
  const { alerts, events, postings, channels, releases, reports } = open.tx
  await alerts.clearNotes(alert.id)
  await open.tx.responses.clearWords(alert.id)
  await reports.clearWords(alert.id)
  await open.tx.earlyWarnings.dropAlert(alert.id)
  await open.tx.quotes.forgetWords(alert.id)
  await open.tx.authorities.clearWords(alert.id)
  await open.tx.feedback.clearWords(alert.id)
  await forgetPlaces(open, alert)
  for (const event of await events.ofRecord('alert', alert.id))
    if (event.detail !== null) await events.erase(event.seq)
  const lines = (await postings.standingOf(alert.id)).filter(({ kind }) => kind !== 'card')
  const elsewhere = await Promise.all((await channels.all()).map(({ id }) => postings.standingAt(id)))
  const told = [alert.id, ...(await releases.ofAlert(alert.id)).map(({ id }) => id)]
  const others = elsewhere
    .flat()
    .filter(({ recordId, holds }) => recordId !== alert.id && holds.some(id => told.includes(id)))
  await withdrawPostings(open, [...lines, ...others])
  await releases.forgetWords(alert.id)
  for (const id of told.slice(1)) await refreshReleaseCards(open, id)
}
