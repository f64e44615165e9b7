/** What forms about a hotspot hold, and what they answer. */
import type { AtRisk } from '../../domain/alert.ts'
import type { HotspotInput } from '../../operations/hotspot/fields.ts'
import type { HotspotFacts } from '../../operations/hotspot.ts'
import type { Block } from '../../ports.ts'
import { saidModal } from '../../views/alert/receipt.ts'
import { hotspotTitle } from '../../views/hotspot/phrases.ts'
import { toPlace } from '../alert/raise.ts'
import type { ViewAnswer, ViewCall } from '../contract.ts'
import { type readForm, readMetadata } from '../form.ts'
import { viewContext } from '../view-context.ts'

type Form = ReturnType<typeof readForm>

/** What a form says once it is recorded; `more`: what can be pressed next; `values`: what its words name beside the place. */
export function done(
  call: ViewCall,
  facts: HotspotFacts,
  key: string,
  { more = [], values = {} }: { more?: readonly Block[]; values?: Record<string, string> } = {},
): ViewAnswer {
  const { code } = facts.hotspot
  const text = `✅ *${call.words.t(key, { code, ...values })}*\n${hotspotTitle(viewContext(call), facts)}`
  return { update: saidModal(viewContext(call), code, text, more) }
}

/** The place a form is about. */
export const hotspotIn = (call: ViewCall): string =>
  readMetadata<{ hotspotId: string }>(call.privateMetadata).hotspotId ?? ''

/** Empty is not known; anything else a number, which the operation checks. */
export function numberIn(form: Form, field: string): number | null {
  const text = form.text(field).trim()
  return text === '' ? null : Number(text)
}

function chosenNumber(form: Form, field: string): number | null {
  const chosen = form.choice(field)
  return chosen === null ? null : Number(chosen)
}

/** The fields of a form for a place. */
export function inputOf(form: Form): HotspotInput {
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
