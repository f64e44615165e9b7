import { DateTime } from 'luxon'
import type { Alert, AtRisk } from '../domain/alert.ts'
import { TocsinError } from '../errors.ts'
import { readAlert } from '../operations/alert.ts'
import type { HotspotInput } from '../operations/hotspot/fields.ts'
import { type HotspotFilter, layersFor } from '../operations/hotspot/reading.ts'
import {
  alertClusters,
  amendHotspot,
  createHotspot,
  type HotspotFacts,
  hotspotByCode,
  hotspotDuplicates,
  hotspotGaps,
  linkAlert,
  linkables,
  linkIncidentToHotspot,
  moveHotspot,
  ownParts,
  pageOfHotspots,
  readHotspot,
  recordVisit,
  reportCoverage,
  requestHotspotFile,
  ruleOutTier,
  setContact,
} from '../operations/hotspot.ts'
import { rankOf } from '../operations/matrix.ts'
import { registeredPerson } from '../operations/permission.ts'
import { placeValue } from '../views/alert/forms.ts'
import { saidModal } from '../views/alert/receipt.ts'
import { sector } from '../views/context.ts'
import { hotspotCard } from '../views/hotspot/card.ts'
import {
  changeHotspotModal,
  contactModal,
  coverageModal,
  linkModal,
  moveModal,
  newHotspotModal,
  visitModal,
} from '../views/hotspot/forms.ts'
import { gapsList, hotspotList, PAGE } from '../views/hotspot/list.ts'
import { hotspotTitle } from '../views/hotspot/phrases.ts'
import { planModal, ruleOutModal } from '../views/hotspot/plan.ts'
import { rankBlocks } from '../views/matrix/phrases.ts'
import { placeOptions, toPlace } from './alert/raise.ts'
import type {
  ActionCall,
  Call,
  CommandCall,
  Family,
  Option,
  OptionsCall,
  ViewAnswer,
  ViewCall,
} from './contract.ts'
import { filledAgain, readForm, readMetadata } from './form.ts'
import { matrixCommand, roundCommand } from './matrix.ts'
import { openTasking } from './tasking/new.ts'
import { openProposal } from './team.ts'
import { viewContext } from './view-context.ts'

type Form = ReturnType<typeof readForm>

/** What a first word after `/poc-hotspot` asks for; anything else is a code, or words to look for. */
const subcommands: Record<string, (call: CommandCall) => Promise<void>> = {
  new: newCommand,
  list: listCommand,
  round: roundCommand,
  matrix: matrixCommand,
  gaps: gapsCommand,
  map: call => fileCommand(call, 'map'),
  csv: call => fileCommand(call, 'csv'),
  geojson: call => fileCommand(call, 'geojson'),
}

/** `/poc-hotspot`: the list; `new`, `list [sector or words]`, or a code. */
async function hotspotCommand(call: CommandCall): Promise<void> {
  const [word = '', ...rest] = call.text.split(/\s+/)
  const run = Object.hasOwn(subcommands, word.toLowerCase()) ? subcommands[word.toLowerCase()] : undefined
  if (run) return run({ ...call, text: rest.join(' ') })
  const found = await hotspotByCode(call.ctx, call.text)
  if (found) return call.ui.tell(await cardFor(call, found))
  return listCommand(call)
}

async function newCommand(call: CommandCall): Promise<void> {
  registeredPerson(call.ctx)
  const place = call.text ? call.ctx.gazetteer.matchIn(call.text) : undefined
  await call.ui.open(
    newHotspotModal(viewContext(call), {
      name: call.text,
      place: place ? { text: place.name, value: `${placeValue.known}${place.id}` } : null,
    }),
  )
}

async function listCommand(call: CommandCall): Promise<void> {
  const own = sectorIn(call)
  await showPage(call, own ? { sector: own } : { words: call.text }, 0)
}

/** *Previous* and *Next* below the list. */
async function pagePressed(call: ActionCall): Promise<void> {
  const [from = '0', kind = '', ...value] = call.value.split(':')
  const asked = value.join(':')
  await showPage(call, kind === 'sector' ? { sector: asked } : { words: asked }, Number(from))
}

async function showPage(call: Call, filter: HotspotFilter, from: number): Promise<void> {
  const view = viewContext(call)
  const { places, total } = await pageOfHotspots(call.ctx, filter, { from, size: PAGE })
  const title = filter.sector
    ? call.words.t('hotspot.list.ofSector', { sector: sector(view, filter.sector) })
    : call.words.t('hotspot.list.title')
  const lines = places.map(facts => ({ facts, reader: layersFor(call.ctx, facts) }))
  const asked = filter.sector ? `sector:${filter.sector}` : `words:${filter.words ?? ''}`
  await call.ui.tell(hotspotList(view, title, lines, { from, total, filter: asked }))
}

/** `/poc-hotspot gaps [sector]`: where something is missing. */
async function gapsCommand(call: CommandCall): Promise<void> {
  const sector = sectorIn(call)
  const clusters = await alertClusters(call.ctx, sector)
  await call.ui.tell(gapsList(viewContext(call), await hotspotGaps(call.ctx, sector), clusters))
}

/** `/poc-hotspot map`, `csv`, `geojson` `[sector]`: the file follows by direct message. */
async function fileCommand(call: CommandCall, form: string): Promise<void> {
  await requestHotspotFile(call.ctx, { form, sector: sectorIn(call) })
  await call.ui.tell({ text: call.words.t('hotspot.fileComing') })
}

/** The sector somebody named, by its id or in words; null for none. */
function sectorIn(call: CommandCall): string | null {
  const asked = call.text.trim().toLowerCase()
  const named = call.ctx.mission.sectors.find(
    ({ id, name }) => id === asked || Object.values(name).some(word => word?.toLowerCase() === asked),
  )
  return named?.id ?? null
}

/** The form for a hotspot where an alert is, filled in from it. */
export async function openHotspotFrom(call: Call, alertId: string): Promise<void> {
  await openFrom(call, (await readAlert(call.ctx, alertId)).alert, [alertId])
}

/** *Make it a hotspot* beside a cluster of alerts: from the newest of them, all linked. */
async function fromClusterPressed(call: ActionCall): Promise<void> {
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
      place: { text: alert.placeSaid, value },
      threats: alert.threat ? [alert.threat] : [],
      fromAlerts,
    }),
  )
}

/** The card as the acting person may read it. */
async function cardFor(call: Call, facts: HotspotFacts) {
  const row = await rankOf(call.ctx, facts.hotspot.id)
  const more = rankBlocks(viewContext(call), row)
  return hotspotCard(viewContext(call), facts, { ...(await ownParts(call.ctx, facts)), more })
}

async function showPressed(call: ActionCall): Promise<void> {
  await call.ui.tell(await cardFor(call, await readHotspot(call.ctx, call.value)))
}

/** *More…* on the card. */
async function morePicked(call: ActionCall): Promise<void> {
  const [kind = '', hotspotId = ''] = call.value.split(':')
  const facts = await readHotspot(call.ctx, hotspotId)
  const view = viewContext(call)
  const today = DateTime.fromMillis(view.now, { zone: call.ctx.mission.zone }).toISODate() ?? ''
  switch (kind) {
    case 'change':
      return void (await call.ui.open(
        changeHotspotModal(
          view,
          facts,
          layersFor(call.ctx, facts),
          facts.hotspot.atRisk?.map(row => row.kind) ?? [],
        ),
      ))
    case 'coverage': {
      // What stands there now is for those who may read it; whoever may only report begins with an empty form.
      const shown = layersFor(call.ctx, facts).command ? facts : { ...facts, report: null }
      return void (await call.ui.open(coverageModal(view, shown)))
    }
    case 'visit':
      return void (await call.ui.open(visitModal(view, facts, today)))
    case 'plan':
      return void (await call.ui.open(await plan(call, hotspotId)))
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

async function plan(call: Call, hotspotId: string) {
  const facts = await readHotspot(call.ctx, hotspotId)
  return planModal(viewContext(call), facts, (await ownParts(call.ctx, facts)).plan)
}

/** *Add a line*: the form for a tasking or a request that comes from the place. */
async function addLinePressed(call: ActionCall): Promise<void> {
  const [id = '', tier = ''] = call.value.split(':')
  await openTasking(call, { kind: 'hotspot', id }, '', Number(tier))
}

async function ruleOutPressed(call: ActionCall): Promise<void> {
  const [hotspotId = '', tier = ''] = call.value.split(':')
  const facts = await readHotspot(call.ctx, hotspotId)
  await call.ui.open(ruleOutModal(viewContext(call), facts, Number(tier), call.view?.id ?? ''))
}

async function ruleOutSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { tier = '', parent } = readMetadata<{ tier: string; parent: string }>(call.privateMetadata)
  const hotspotId = hotspotIn(call)
  await ruleOutTier(call.ctx, { hotspotId, tier, reason: readForm(call.values).text('reason') })
  const shown = await plan(call, hotspotId)
  if (!parent) return { update: shown }
  await call.ui.replace(shown, parent)
  return undefined
}

/** Who is at risk was chosen: a field for how many of each. */
async function atRiskChosen(call: ActionCall): Promise<void> {
  const { hotspotId = '', version } = readMetadata<{ hotspotId: string; version: number }>(
    call.view?.privateMetadata ?? '',
  )
  const facts = await readHotspot(call.ctx, hotspotId)
  const seen = { hotspot: { ...facts.hotspot, version: version ?? facts.hotspot.version } }
  const kinds = readForm(call.values).choices('atRisk')
  await call.ui.replace(changeHotspotModal(viewContext(call), seen, layersFor(call.ctx, facts), kinds))
}

async function newSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { fromAlerts = [] } = readMetadata<{ fromAlerts: string[] }>(call.privateMetadata)
  const form = readForm(call.values)
  const input = inputOf(form)
  const duplicates = form.choices('another').length > 0 ? [] : await hotspotDuplicates(call.ctx, input)
  if (duplicates.length > 0) {
    const place = form.option('place')
    const asked = newHotspotModal(viewContext(call), { place, fromAlerts, duplicates })
    return { update: filledAgain(asked, call) }
  }
  const facts = await createHotspot(call.ctx, { ...input, fromAlerts, requestKey: call.viewId })
  return done(call, facts, 'hotspot.said.listed')
}

async function changeSubmitted(call: ViewCall): Promise<ViewAnswer> {
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

async function coverageSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const facts = await reportCoverage(call.ctx, {
    hotspotId: hotspotIn(call),
    coverage: form.choice('coverage') ?? '',
    everyDays: numberIn(form, 'everyDays'),
  })
  return done(call, facts, 'hotspot.said.changed')
}

async function visitSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const day = (field: string) =>
    DateTime.fromISO(form.date(field) ?? '', { zone: call.ctx.mission.zone }).toMillis()
  const facts = await recordVisit(call.ctx, { hotspotId: hotspotIn(call), from: day('from'), to: day('to') })
  return done(call, facts, 'hotspot.said.visited')
}

async function contactSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const facts = await setContact(call.ctx, {
    hotspotId: hotspotIn(call),
    purpose: form.choice('purpose') ?? '',
    post: form.text('post'),
  })
  return done(call, facts, 'hotspot.said.changed')
}

async function linkSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const [kind, id = ''] = (form.choice('record') ?? '').split(':')
  const input = { hotspotId: hotspotIn(call), lane: form.choice('lane') }
  const facts =
    kind === 'incident'
      ? await linkIncidentToHotspot(call.ctx, { ...input, incidentId: id })
      : await linkAlert(call.ctx, { ...input, alertId: id })
  return done(call, facts, 'hotspot.said.linked')
}

async function recordOptions(call: OptionsCall): Promise<Option[]> {
  return (await linkables(call.ctx, call.query)).slice(0, RECORDS).map(({ kind, id, code, place }) => ({
    text: place === '' ? code : `${code} · ${place}`,
    value: `${kind}:${id}`,
  }))
}

/** Options one answer to a typed word may hold. */
const RECORDS = 90

async function moveSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { to } = readMetadata<{ to: 'removed' | 'listed' }>(call.privateMetadata)
  const facts = await moveHotspot(call.ctx, {
    hotspotId: hotspotIn(call),
    to: to === 'listed' ? 'listed' : 'removed',
    reason: readForm(call.values).text('reason'),
  })
  return done(call, facts, `hotspot.said.${facts.hotspot.state}`)
}

function done(call: ViewCall, facts: HotspotFacts, key: string): ViewAnswer {
  const { code } = facts.hotspot
  const text = `✅ *${call.words.t(key, { code })}*\n${hotspotTitle(viewContext(call), facts)}`
  return { update: saidModal(viewContext(call), code, text) }
}

const hotspotIn = (call: ViewCall): string =>
  readMetadata<{ hotspotId: string }>(call.privateMetadata).hotspotId ?? ''

/** Empty is not known; anything else a number, which the operation checks. */
function numberIn(form: Form, field: string): number | null {
  const text = form.text(field).trim()
  return text === '' ? null : Number(text)
}

function chosenNumber(form: Form, field: string): number | null {
  const chosen = form.choice(field)
  return chosen === null ? null : Number(chosen)
}

function inputOf(form: Form): HotspotInput {
  const atRisk: AtRisk[] = form
    .choices('atRisk')
    .map(kind => ({ kind, count: numberIn(form, `count_${kind}`) }))
  return {
    name: form.text('name'),
    place: toPlace(form.choice('place')),
    kind: form.choice('kind') ?? '',
    radiusKm: numberIn(form, 'radiusKm'),
    sector: form.choice('sector'),
    seasonFrom: chosenNumber(form, 'seasonFrom'),
    seasonTo: chosenNumber(form, 'seasonTo'),
    threats: form.choices('threats'),
    atRisk: atRisk.length > 0 ? atRisk : null,
    perpetrators: form.choices('perpetrators'),
    vulnerability: chosenNumber(form, 'vulnerability'),
    capacity: form.choice('capacity'),
    intent: form.choice('intent'),
    phase: form.choice('phase'),
  }
}

/** Every callback of hotspots. */
export const hotspotFamily: Family = {
  commands: { hotspot: hotspotCommand },
  actions: {
    'hotspot.show': showPressed,
    'hotspot.page': pagePressed,
    'hotspot.from_cluster': fromClusterPressed,
    'hotspot.more': morePicked,
    'hotspot.at_risk': atRiskChosen,
    'hotspot.add_line': addLinePressed,
    'hotspot.rule_out': ruleOutPressed,
  },
  views: {
    'hotspot.new': newSubmitted,
    'hotspot.change': changeSubmitted,
    'hotspot.coverage': coverageSubmitted,
    'hotspot.visit': visitSubmitted,
    'hotspot.contact': contactSubmitted,
    'hotspot.link': linkSubmitted,
    'hotspot.move': moveSubmitted,
    'hotspot.rule_out': ruleOutSubmitted,
  },
  options: { 'hotspot.place': placeOptions, 'hotspot.record': recordOptions },
}
