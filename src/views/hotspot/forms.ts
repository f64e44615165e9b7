import { clip } from '../../../blockkit/index.ts'
import type { HotspotRow } from '../../db/hotspots.ts'
import { CAPACITIES, HOTSPOT_KINDS, type HotspotKind, INTENTS, PHASES } from '../../domain/hotspot.ts'
import { hotspotLimits } from '../../operations/hotspot/fields.ts'
import type { HotspotFacts } from '../../operations/hotspot.ts'
import type { Block } from '../../ports.ts'
import { placeValue, sectorInput } from '../alert/forms/raise.ts'
import { previewAction } from '../alert/preview.ts'
import {
  actions,
  begun,
  brief,
  button,
  checkboxes,
  context,
  input,
  modal,
  multiSelect,
  option,
  plain,
  section,
  select,
  textInput,
} from '../blocks.ts'
import { term, termOptions, type ViewContext } from '../context.ts'
import { exerciseInput } from '../exercise.ts'
import { type HotspotReader, hotspotName, monthName } from './phrases.ts'

const VALUE_MAX = 150

export interface HotspotForm {
  name?: string
  place?: { text: string; value: string } | null
  kind?: HotspotKind | null
  threats?: readonly string[]
  fromAlerts?: readonly string[]
  /** Places that could be the same: asked whether it is another one. */
  duplicates?: readonly Pick<HotspotRow, 'code' | 'name' | 'placeSaid' | 'kind' | 'exercise'>[]
  /** It comes from an exercise, and is one. */
  exercise?: boolean
}

/** A new hotspot: what is needed to rank it; the rest can be added on its card. */
export function newHotspotModal(view: ViewContext, form: HotspotForm) {
  const { t, list } = view.words
  const readers = list(view.mission.audiences.hotspot.map(id => t(`alert.constituency.${id}`)))
  return modal(
    'hotspot.new',
    { title: t('hotspot.form.title'), submit: t('hotspot.form.submit'), close: t('alert.modal.cancel') },
    { fromAlerts: form.fromAlerts ?? [], exercise: form.exercise ?? false },
    [
      ...duplicateBlocks(view, form.duplicates ?? []),
      nameInput(view, form.name),
      placeInput(view, form.place ?? null),
      kindInput(view, form.kind),
      threatsInput(view, form.threats ?? []),
      sectorInput(view, null),
      vulnerabilityInput(view, null),
      previewAction(view, 'hotspot'),
      ...(form.exercise ? [section(t('hotspot.form.played'))] : []),
      ...(form.fromAlerts?.length ? [] : [exerciseInput(view)]),
      context(t('hotspot.form.readers', { readers }), t('hotspot.form.notAid')),
    ],
  )
}

/** *Add details* on the receipt of a new hotspot, as on an alert's. */
export function detailsAction({ words: { t } }: ViewContext, hotspotId: string): Block {
  const press = button(t('alert.more.details'), 'hotspot.details', hotspotId, { style: 'primary' })
  return actions('receipt', [press])
}

/** Places that stand on the list already and could be this one (R-106), and the tick that it is another. */
function duplicateBlocks(view: ViewContext, found: NonNullable<HotspotForm['duplicates']>): Block[] {
  if (found.length === 0) return []
  const { t } = view.words
  const lines = found.map(
    hotspot =>
      `• ${hotspotName(view, { hotspot })} (${t(`hotspot.kind.${hotspot.kind}`)}) · ${brief(hotspot.placeSaid, 60)}`,
  )
  return [
    section(`⚠️ *${t('hotspot.form.duplicates')}*\n${lines.join('\n')}`),
    input(
      'another',
      t('hotspot.form.another'),
      checkboxes('another', [{ text: t('hotspot.form.anotherYes'), value: 'yes' }]),
      { optional: true, hint: t('hotspot.form.anotherHint') },
    ),
  ]
}

/** Everything known of a hotspot, to be changed. `kinds` are those at risk chosen so far, each with a field for how many. */
export function changeHotspotModal(
  view: ViewContext,
  { hotspot }: Pick<HotspotFacts, 'hotspot'>,
  reader: Pick<HotspotReader, 'attribution'>,
  kinds: readonly string[],
) {
  const { t } = view.words
  const choose = t('alert.details.choose')
  const value = hotspot.placeId
    ? `${placeValue.known}${hotspot.placeId}`
    : clip(`${placeValue.said}${hotspot.placeSaid}`, VALUE_MAX)
  const counts = new Map(hotspot.atRisk?.map(row => [row.kind, row.count]))
  const alleged = termOptions(view, 'perpetrators').filter(
    ({ value: id }) =>
      reader.attribution || !view.mission.taxonomy.perpetrators.find(one => one.id === id)?.restricted,
  )
  const enumInput = (field: 'capacity' | 'intent' | 'phase', values: readonly string[], initial: string) =>
    input(
      field,
      t(`hotspot.form.${field}`),
      select(
        field,
        choose,
        values.map(id => ({ value: id, text: begun(t(`hotspot.${field}.${id}`)) })),
        initial,
      ),
    )
  return modal(
    'hotspot.change',
    {
      title: t('hotspot.form.changeTitle', { code: hotspot.code }),
      submit: t('alert.modal.save'),
      close: t('alert.modal.cancel'),
    },
    { hotspotId: hotspot.id, version: hotspot.version },
    [
      nameInput(view, hotspot.name),
      placeInput(view, { text: hotspot.placeSaid, value }),
      numberInput(view, 'radiusKm', hotspot.radiusKm, t('hotspot.form.radiusHint'), true),
      kindInput(view, hotspot.kind),
      sectorInput(view, hotspot.sector),
      threatsInput(view, hotspot.threats),
      input(
        'atRisk',
        t('alert.field.atRisk'),
        multiSelect('hotspot.at_risk', choose, termOptions(view, 'at_risk'), kinds),
        { optional: true, dispatch: true },
      ),
      ...kinds.map(kind =>
        numberInput(
          view,
          `count_${kind}`,
          counts.get(kind) ?? null,
          undefined,
          false,
          t('alert.details.howMany', { kind: term(view, 'at_risk', kind) }),
        ),
      ),
      vulnerabilityInput(view, hotspot.vulnerability),
      input(
        'perpetrators',
        t('hotspot.form.perpetrators'),
        multiSelect('perpetrators', choose, alleged, hotspot.perpetrators),
        { optional: true },
      ),
      enumInput('capacity', CAPACITIES, hotspot.capacity),
      enumInput('intent', INTENTS, hotspot.intent),
      monthInput(view, 'seasonFrom', hotspot.seasonFrom),
      monthInput(view, 'seasonTo', hotspot.seasonTo),
      enumInput('phase', PHASES, hotspot.phase),
      input(
        'reason',
        t('hotspot.form.reason'),
        textInput('reason', { multiline: true, max: hotspotLimits.reason }),
        { optional: true, hint: t('hotspot.form.reasonHint') },
      ),
      previewAction(view, 'hotspot'),
    ],
  )
}

function nameInput(view: ViewContext, initial?: string): Block {
  const element = textInput('name', { initial: initial ?? null, max: hotspotLimits.name })
  return input('name', view.words.t('hotspot.form.name'), element)
}

function placeInput(view: ViewContext, initial: { text: string; value: string } | null): Block {
  const element = {
    type: 'external_select',
    action_id: 'hotspot.place',
    placeholder: plain(view.words.t('alert.raise.whereHint'), 150),
    min_query_length: 1,
    ...(initial ? { initial_option: option(initial) } : {}),
  }
  return input('place', view.words.t('alert.raise.where'), element)
}

function kindInput(view: ViewContext, initial?: HotspotKind | null): Block {
  const { t } = view.words
  const choices = HOTSPOT_KINDS.map(value => ({ value, text: t(`hotspot.kind.${value}`) }))
  return input('kind', t('hotspot.form.kind'), select('kind', t('alert.details.choose'), choices, initial))
}

function threatsInput(view: ViewContext, initial: readonly string[]): Block {
  const { t } = view.words
  return input(
    'threats',
    t('hotspot.field.threats'),
    multiSelect('threats', t('alert.details.choose'), termOptions(view, 'threats'), initial),
  )
}

function vulnerabilityInput(view: ViewContext, initial: number | null): Block {
  const { t } = view.words
  const max = view.mission.matrix?.scales.vulnerability ?? 5
  const choices = Array.from({ length: max }, (_, index) => {
    const value = String(index + 1)
    const end = index === 0 ? 'lowest' : index === max - 1 ? 'highest' : null
    return { value, text: end ? t(`hotspot.form.${end}`, { value }) : value }
  })
  return input(
    'vulnerability',
    t('hotspot.field.vulnerability'),
    select('vulnerability', t('alert.details.choose'), choices, initial === null ? null : String(initial)),
    { optional: true },
  )
}

function monthInput(view: ViewContext, field: 'seasonFrom' | 'seasonTo', initial: number | null): Block {
  const { t } = view.words
  const months = Array.from({ length: 12 }, (_, index) => ({
    value: String(index + 1),
    text: monthName(view, index + 1),
  }))
  const chosen = initial === null ? null : String(initial)
  return input(field, t(`hotspot.form.${field}`), select(field, t('alert.details.choose'), months, chosen), {
    optional: true,
  })
}

/** A number that may be left empty: not known. */
export function numberInput(
  view: ViewContext,
  field: string,
  initial: number | null,
  hint: string | undefined,
  decimal: boolean,
  label = view.words.t(`hotspot.form.${field}`),
): Block {
  const element = {
    type: 'number_input',
    action_id: field,
    is_decimal_allowed: decimal,
    min_value: '0',
    ...(initial === null ? {} : { initial_value: String(initial) }),
  }
  return input(field, label, element, { optional: true, ...(hint ? { hint } : {}) })
}
