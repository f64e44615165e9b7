import { TocsinError } from '../errors.ts'
import { requestHotspotFile } from '../operations/hotspot.ts'
import { matrixRules } from '../operations/matrix/facts.ts'
import { partIn, sectorsLed } from '../operations/matrix/voice.ts'
import {
  adopt,
  answerNil,
  cancelRound,
  confirmUnchanged,
  dissent,
  openRound,
  ownRatings,
  propose,
  type RoundFacts,
  ratePlace,
  readDifference,
  readMatrix,
  readRound,
  recommend,
  revealRound,
  roundsUnderWay,
  sayUnits,
  sendBack,
  waive,
  withdrawDissent,
} from '../operations/matrix.ts'
import { registeredPerson } from '../operations/permission.ts'
import { saidModal } from '../views/alert/receipt.ts'
import { roundCard, roundsMessage } from '../views/matrix/card.ts'
import { openRoundModal, reasonModal, unitsModal } from '../views/matrix/forms.ts'
import { rateModal, ratingsModal } from '../views/matrix/rate.ts'
import { categoryModal, checksModal, findingsAsked, sidesModal } from '../views/matrix/reconcile.ts'
import { matrixMessage } from '../views/matrix/table.ts'
import type { ActionCall, Call, CommandCall, Family, View, ViewAnswer, ViewCall } from './contract.ts'
import { readForm, readMetadata } from './form.ts'
import { sectorAsked } from './sector.ts'
import { viewContext } from './view-context.ts'

interface Metadata {
  roundId: string
  hotspotId: string
  from: number
  finding: string
  channelId: string
  /** The list this form was opened from. */
  parent: string
}

/** `/poc-hotspot round`: the rounds under way; where there is none, the form to open one in this channel. */
export async function roundCommand(call: CommandCall): Promise<void> {
  const rounds = await roundsUnderWay(call.ctx)
  const led = sectorsLed(call.ctx)
  const taken = new Set(rounds.map(({ round }) => round.sector))
  const mayOpen = !taken.has(null) && (led === null || led.some(sector => !taken.has(sector)))
  if (rounds.length === 0 && mayOpen) return openForm(call, call.channelId)
  await call.ui.tell(roundsMessage(viewContext(call), rounds, mayOpen))
}

/** *Open a review round* below those under way. */
async function openPressed(call: ActionCall): Promise<void> {
  await openForm(call, call.slack.channelId ?? '')
}

async function openForm(call: Call, channelId: string): Promise<void> {
  const view = viewContext(call)
  const { answerWithinMs } = matrixRules(call.ctx)
  await call.ui.open(openRoundModal(view, channelId, view.now + answerWithinMs, sectorsLed(call.ctx)))
}

/** `/poc-hotspot matrix [sector]`: the matrix in force, and what changed since the last version. */
export async function matrixCommand(call: CommandCall): Promise<void> {
  await showMatrix(call, sectorAsked(call))
}

async function showMatrix(call: Call, sector: string | null): Promise<void> {
  const facts = await readMatrix(call.ctx, sector)
  await call.ui.tell(matrixMessage(viewContext(call), facts, await readDifference(call.ctx, sector)))
  if (facts.versions.length > 0) await requestHotspotFile(call.ctx, { form: 'matrix', sector })
}

async function openSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { channelId = '' } = metadata(call)
  const form = readForm(call.values)
  const facts = await openRound(call.ctx, {
    channelId,
    sector: form.choice('sector'),
    closesAt: form.dateTime('closesAt'),
  })
  return said(call, facts, 'matrix.said.opened')
}

async function ratePressed(call: ActionCall): Promise<void> {
  await call.ui.open(ratingsModal(viewContext(call), await ownRatings(call.ctx, call.value)))
}

async function ratingsPaged(call: ActionCall): Promise<void> {
  const [roundId = '', from = '0'] = call.value.split(':')
  await call.ui.replace(ratingsModal(viewContext(call), await ownRatings(call.ctx, roundId), Number(from)))
}

async function ratePlacePressed(call: ActionCall): Promise<void> {
  const [roundId = '', hotspotId = ''] = call.value.split(':')
  const { from = 0 } = readMetadata<Metadata>(call.view?.privateMetadata ?? '')
  const parent = call.view?.id ?? ''
  const own = await ownRatings(call.ctx, roundId)
  await call.ui.open(rateModal(viewContext(call), own, hotspotId, { from, parent }))
}

async function rateSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { roundId = '', hotspotId = '', from = 0, parent } = metadata(call)
  const form = readForm(call.values)
  await ratePlace(call.ctx, {
    roundId,
    hotspotId,
    likelihood: Number(form.choice('likelihood') ?? Number.NaN),
    impact: Number(form.choice('impact') ?? Number.NaN),
    vulnerability: form.choice('vulnerability') === null ? null : Number(form.choice('vulnerability')),
    category: form.choice('category') ?? '',
    rationale: form.choices('rationale'),
    note: form.text('note'),
  })
  return back(call, ratingsModal(viewContext(call), await ownRatings(call.ctx, roundId), from), parent)
}

async function unchangedPressed(call: ActionCall): Promise<void> {
  const { facts, confirmed, left } = await confirmUnchanged(call.ctx, call.value)
  const { t } = call.words
  const text = [
    t('matrix.said.unchanged', { code: facts.round.code, count: confirmed }),
    ...(left > 0 ? [t('matrix.said.left', { count: left })] : []),
  ].join(' ')
  await call.ui.tell({ text: `✅ ${text}` })
}

async function nilPressed(call: ActionCall): Promise<void> {
  const { round } = await answerNil(call.ctx, call.value)
  await call.ui.tell({ text: `✅ ${call.words.t('matrix.said.nil', { code: round.code })}` })
}

/** *More…* on the card of a round. */
async function morePicked(call: ActionCall): Promise<void> {
  const [kind = '', roundId = ''] = call.value.split(':')
  const view = viewContext(call)
  const facts = await readRound(call.ctx, roundId)
  const part = partIn(call.ctx, facts.round)
  // Nobody fills in a form that is refused at its end.
  if ((kind === 'units' && !part.saysUnits) || (kind === 'send_back' && !part.adopts))
    throw new TocsinError('not_allowed')
  switch (kind) {
    case 'reveal':
      return tellRound(call, await revealRound(call.ctx, roundId), 'matrix.said.revealed')
    case 'cancel':
      return tellRound(call, await cancelRound(call.ctx, roundId), 'matrix.said.cancelled')
    case 'units':
      return void (await call.ui.open(unitsModal(view, facts)))
    case 'send_back':
      return void (await call.ui.open(reasonModal(view, facts, 'matrix.send_back', {})))
    default:
      throw new TocsinError('unknown_term', { details: { value: kind } })
  }
}

async function sidesPressed(call: ActionCall): Promise<void> {
  await call.ui.open(await sides(call, call.value, 0))
}

async function sidesPaged(call: ActionCall): Promise<void> {
  const [roundId = '', from = '0'] = call.value.split(':')
  await call.ui.replace(await sides(call, roundId, Number(from)))
}

async function sides(call: Call, roundId: string, from: number) {
  const facts = await readRound(call.ctx, roundId)
  return sidesModal(viewContext(call), facts, partIn(call.ctx, facts.round), from)
}

/** What to do about one row of the comparison. */
async function rowPicked(call: ActionCall): Promise<void> {
  const [kind = '', hotspotId = ''] = call.value.split(':')
  const { roundId = '', from = 0 } = readMetadata<Metadata>(call.view?.privateMetadata ?? '')
  const facts = await readRound(call.ctx, roundId)
  if (kind === 'take_back') {
    const { id } = registeredPerson(call.ctx)
    const own = facts.dissents.find(each => each.hotspotId === hotspotId && each.byPerson === id)
    if (!own) throw new TocsinError('not_allowed')
    await withdrawDissent(call.ctx, { roundId, dissentId: own.id })
    return call.ui.replace(await sides(call, roundId, from))
  }
  const form = kind === 'propose' ? 'propose' : 'dissent'
  const parent = call.view?.id ?? ''
  await call.ui.open(categoryModal(viewContext(call), facts, form, { hotspotId, parent, from }))
}

async function categorySubmitted(call: ViewCall, act: typeof propose | typeof dissent): Promise<ViewAnswer> {
  const { roundId = '', hotspotId = '', parent, from = 0 } = metadata(call)
  const form = readForm(call.values)
  await act(call.ctx, {
    roundId,
    hotspotId,
    category: form.choice('category') ?? '',
    reason: form.text('reason'),
  })
  return back(call, await sides(call, roundId, from), parent)
}

async function checksPressed(call: ActionCall): Promise<void> {
  const facts = await readRound(call.ctx, call.value)
  await call.ui.open(checksModal(viewContext(call), facts, partIn(call.ctx, facts.round)))
}

async function waivePressed(call: ActionCall): Promise<void> {
  const [roundId = '', ...finding] = call.value.split(':')
  const facts = await readRound(call.ctx, roundId)
  const view = viewContext(call)
  const asked = finding.join(':')
  const metadata = { finding: asked, parent: call.view?.id ?? '' }
  const about = findingsAsked(view, facts, asked)
  await call.ui.open(reasonModal(view, facts, 'matrix.waive', metadata, about))
}

async function waiveSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { roundId = '', finding = '', parent } = metadata(call)
  const facts = await waive(call.ctx, { roundId, finding, reason: readForm(call.values).text('reason') })
  return back(call, checksModal(viewContext(call), facts, partIn(call.ctx, facts.round)), parent)
}

async function recommendPressed(call: ActionCall): Promise<void> {
  await tellRound(call, await recommend(call.ctx, call.value), 'matrix.said.recommended')
}

async function adoptPressed(call: ActionCall): Promise<void> {
  const { facts, version } = await adopt(call.ctx, call.value)
  const text = call.words.t('matrix.said.adopted', { code: facts.round.code, number: version.number })
  await call.ui.tell({ text: `✅ ${text}` })
}

async function sendBackSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { roundId = '' } = metadata(call)
  const facts = await sendBack(call.ctx, { roundId, reason: readForm(call.values).text('reason') })
  return said(call, facts, 'matrix.said.sent_back')
}

async function unitsSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { roundId = '' } = metadata(call)
  const units = Number(readForm(call.values).text('units').trim() || Number.NaN)
  return said(call, await sayUnits(call.ctx, { roundId, units }), 'matrix.said.units')
}

async function showPressed(call: ActionCall): Promise<void> {
  await call.ui.tell(roundCard(viewContext(call), await readRound(call.ctx, call.value)))
}

async function matrixPressed(call: ActionCall): Promise<void> {
  await showMatrix(call, (await readRound(call.ctx, call.value)).round.sector)
}

/** Closes a form and brings the list it was opened from up to date; without one, the form becomes the list. */
async function back(call: ViewCall, list: View, parent: string | undefined): Promise<ViewAnswer> {
  if (!parent) return { update: list }
  await call.ui.replace(list, parent)
  return undefined
}

async function tellRound(call: Call, { round }: RoundFacts, key: string): Promise<void> {
  await call.ui.tell({ text: `✅ ${call.words.t(key, { code: round.code })}` })
}

function said(call: ViewCall, { round }: RoundFacts, key: string): ViewAnswer {
  const { code } = round
  return { update: saidModal(viewContext(call), code, `✅ ${call.words.t(key, { code })}`) }
}

const metadata = (call: ViewCall): Partial<Metadata> => readMetadata<Metadata>(call.privateMetadata)

/** Every callback of review rounds and the matrix. */
export const matrixFamily: Family = {
  actions: {
    'matrix.open_another': openPressed,
    'matrix.rate': ratePressed,
    'matrix.ratings_page': ratingsPaged,
    'matrix.rate_place': ratePlacePressed,
    'matrix.unchanged': unchangedPressed,
    'matrix.nil': nilPressed,
    'matrix.more': morePicked,
    'matrix.sides': sidesPressed,
    'matrix.sides_page': sidesPaged,
    'matrix.row': rowPicked,
    'matrix.checks': checksPressed,
    'matrix.waive': waivePressed,
    'matrix.recommend': recommendPressed,
    'matrix.adopt': adoptPressed,
    'matrix.show': showPressed,
    'matrix.matrix': matrixPressed,
  },
  views: {
    'matrix.open': openSubmitted,
    'matrix.rate': rateSubmitted,
    'matrix.propose': call => categorySubmitted(call, propose),
    'matrix.dissent': call => categorySubmitted(call, dissent),
    'matrix.waive': waiveSubmitted,
    'matrix.send_back': sendBackSubmitted,
    'matrix.units': unitsSubmitted,
  },
}
