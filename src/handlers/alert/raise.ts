import type { Place } from '../../domain/gazetteer.ts'
import { type Position, toDecimal } from '../../domain/position.ts'
import { asksConsent, plainWords } from '../../domain/quote.ts'
import { fold } from '../../domain/text-fold.ts'
import { TocsinError } from '../../errors.ts'
import type { AlertFacts } from '../../operations/alert/facts.ts'
import {
  type PlaceDoubt,
  type PlaceInput,
  placeDoubt,
  positionIn,
  resolvePlace,
} from '../../operations/alert/place.ts'
import { duplicatesOf, previewDraft, raise, readAlert, takePlace } from '../../operations/alert.ts'
import { wantQuote } from '../../operations/quote.ts'
import { placeValue, type RaisedFrom, raiseModal } from '../../views/alert/forms.ts'
import { previewModal } from '../../views/alert/preview.ts'
import { receiptModal } from '../../views/alert/receipt.ts'
import { sector } from '../../views/context.ts'
import { offerBlocks } from '../../views/report.ts'
import type {
  ActionCall,
  Call,
  CommandCall,
  Option,
  OptionsCall,
  ShortcutCall,
  View,
  ViewAnswer,
  ViewCall,
} from '../contract.ts'
import { readForm, readMetadata } from '../form.ts'
import { joinOffered } from '../registration.ts'
import { viewContext } from '../view-context.ts'

/** Longest words of a place that fit an option's value beside its mark. */
const SAID_MAX = 140
const PLACES = 20
/** A position is told by the nearest known place no further away than this. */
const NEAR_KM = 25

interface RaiseMetadata {
  channelId: string | null
  from: RaisedFrom | null
}

/** `/poc-alert [what is happening]`: the form, filled in with the words typed and a place found in them. */
export async function raiseCommand(call: CommandCall): Promise<void> {
  await openRaise(call, call.text, call.channelId)
}

/** *Raise an alert* on the help and the App Home. */
export async function raiseButton(call: ActionCall): Promise<void> {
  await openRaise(call, '', call.slack.channelId)
}

/**
 * *Raise as alert* on a message: the form with its words and the place found in them. Words that are not the
 * mission's own are not copied: whoever raises says it in their own, and the author is asked whether theirs may stand
 * beside it.
 */
export async function raiseFromMessage(call: ShortcutCall): Promise<void> {
  const { message } = call
  if (!message) return
  const { channel, ts, userId } = message
  const [author] = await call.ctx.store.read.people.ofUser(userId)
  const own = author?.id === call.person.id
  const theirs = userId !== '' && !own && asksConsent(author?.constituency ?? null)
  await openRaise(call, plainWords(message.text), channel, { channel, ts, theirs })
}

async function openRaise(
  call: Call,
  text: string,
  channelId: string | null,
  from: RaisedFrom | null = null,
): Promise<void> {
  const place = text ? call.ctx.gazetteer.matchIn(text) : undefined
  await call.ui.open(
    raiseModal(viewContext(call), {
      what: from?.theirs ? '' : text,
      place: place ? placeOption(place) : null,
      channelId,
      from,
      partner: isPartner(call),
      organisation: call.person.organisation,
    }),
  )
}

/** A place was chosen: one outside every sector lets the author name the sector. */
export async function placeChosen(call: ActionCall): Promise<void> {
  if (call.view?.callbackId !== 'alert.raise') return
  const form = readForm(call.values)
  const { channelId = null, from = null } = readMetadata<RaiseMetadata>(call.view.privateMetadata)
  const askSector = sectorOfPlace(call, toPlace(call.value)) === null
  await call.ui.replace(
    raiseModal(viewContext(call), {
      what: form.text('what'),
      place: form.option('place'),
      askSector,
      channelId,
      from,
      partner: isPartner(call),
      organisation: call.person.organisation,
      naming: form.choice('naming'),
    }),
  )
}

/**
 * Suggests places. The words as typed come first, but behind the places that bear just that name: words alone have no
 * sector, and would go to the operations centre.
 */
export async function placeOptions(call: OptionsCall): Promise<Option[]> {
  const query = call.query.trim()
  if (!query) return []
  const typed = [...query].slice(0, SAID_MAX).join('')
  const position = positionIn(call.ctx, typed)
  if (position) {
    const named = position.rest === '' ? [] : call.ctx.gazetteer.search(position.rest, { limit: PLACES })
    return [describePosition(call, typed, position), ...named.map(place => describe(call, place))]
  }
  const places = call.ctx.gazetteer.search(query, { limit: PLACES })
  const known = places.map(place => describe(call, place))
  const said = {
    text: call.words.t('alert.raise.asSaid', { words: typed }),
    value: `${placeValue.said}${typed}`,
  }
  return places[0] && isNamed(places[0], query) ? [...known, said] : [said, ...known]
}

function isNamed({ name, aliases, pcode = '' }: Place, words: string): boolean {
  const wanted = fold(words)
  return [name, ...aliases, pcode].some(each => fold(each) === wanted)
}

/** *Who will see this*, before the alert is raised. */
export async function previewPressed(call: ActionCall): Promise<void> {
  const form = readForm(call.values)
  const placed = sectorOfPlace(call, toPlace(form.choice('place')))
  const { channelId = null } = readMetadata<RaiseMetadata>(call.view?.privateMetadata ?? '')
  const channel = channelId ? await call.ctx.store.read.channels.byId(channelId) : null
  const sector = placed ?? form.choice('sector') ?? channel?.sector ?? null
  await call.ui.open(previewModal(viewContext(call), await previewDraft(call.ctx, sector)))
}

export async function raiseSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const { channelId = null, from = null } = readMetadata<RaiseMetadata>(call.privateMetadata)
  const facts = await raise(call.ctx, {
    what: form.text('what'),
    place: toPlace(form.choice('place')),
    how: form.text('how'),
    urgency: form.choice('urgency') ?? '',
    sector: form.choice('sector'),
    channelId,
    requestKey: call.viewId,
    naming: form.choice('naming'),
  })
  if (from) await keepLink(call, facts.alert.id, from)
  const receipt = await raisedReceipt(call, facts)
  return { update: { ...receipt, blocks: [...receipt.blocks, ...(await joinOffered(call))] } }
}

/**
 * What whoever raised an alert is answered, whichever way it came: the receipt, which of a place and a position is
 * right, and alerts it may be the same as. All of it once it is raised, for a warning waits for no question.
 */
export async function raisedReceipt(
  call: ViewCall | ActionCall,
  facts: AlertFacts,
  doubt: PlaceDoubt | null = placeDoubt(call.ctx, facts.alert),
): Promise<View> {
  const { alert } = facts
  const receipt = receiptModal(viewContext(call), facts, doubt)
  const near = call.person.constituency === null ? [] : await duplicatesOf(call.ctx, alert.id)
  return { ...receipt, blocks: [...receipt.blocks, ...offerBlocks(viewContext(call), alert, near)] }
}

/** The named place, or the position given with it: whoever raised says which is right. */
export async function placeTaken(call: ActionCall): Promise<void> {
  const { alert } = await readAlert(call.ctx, call.value)
  const doubt = placeDoubt(call.ctx, alert)
  if (!doubt) throw new TocsinError('already_done')
  const { place, position } = doubt
  const byName = call.actionId.endsWith(':name')
  // The position alone, with what was said around it but without the name it disagrees with.
  const chosen = byName ? { id: place.id } : { said: position.written }
  await takePlace(call.ctx, { alertId: alert.id, version: alert.version, place: chosen })
  await call.ui.replace(await raisedReceipt(call, await readAlert(call.ctx, alert.id), null))
}

/** The address of the message the alert came from; only those a side has confirmed put anything on record. */
async function keepLink(call: ViewCall, alertId: string, { channel, ts }: RaisedFrom): Promise<void> {
  if (call.person.constituency === null) return
  await wantQuote(call.ctx, { alertId, channel, ts, requestKey: call.viewId })
}

/** The value of a chosen place as the operations take it. */
export function toPlace(value: string | null): PlaceInput {
  if (value?.startsWith(placeValue.known)) return { id: value.slice(placeValue.known.length) }
  if (value?.startsWith(placeValue.said)) return { said: value.slice(placeValue.said.length) }
  return {}
}

const placeOption = (place: Place): Option => ({ text: place.name, value: `${placeValue.known}${place.id}` })

/** The place of somebody's words that hold a position, or of the gazetteer; null for words alone. */
function sectorOfPlace({ ctx }: Call, place: PlaceInput): string | null {
  return place.id || place.said ? resolvePlace(ctx, place).sector : null
}

function describePosition(call: Call, typed: string, position: Position): Option {
  const { t, number } = call.words
  const near = call.ctx.gazetteer.nearest(position, NEAR_KM)
  const at =
    position.form === 'mgrs' || position.form === 'plus_code'
      ? position.written
      : toDecimal(position, position.precision)
  return {
    text: t('alert.raise.position', { at, precision: t(`alert.precision.${position.precision}`) }),
    value: `${placeValue.said}${typed}`,
    description: near
      ? t('alert.raise.positionNear', { km: number(Math.round(near.km * 10) / 10), place: near.place.name })
      : t('alert.raise.positionAlone'),
  }
}

function describe(call: Call, place: Place): Option {
  const where = [
    call.words.t(`alert.placeKind.${place.kind}`),
    place.district,
    ...(place.sector ? [sector(viewContext(call), place.sector)] : []),
  ]
  return { ...placeOption(place), description: where.join(', ') }
}

function isPartner({ person }: Call): boolean {
  return person.constituency === 'un_agency' || person.constituency === 'ngo'
}
