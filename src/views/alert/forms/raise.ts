import { clip } from '../../../../blockkit/index.ts'
import { NAMINGS } from '../../../domain/alert.ts'
import { URGENCIES } from '../../../domain/mission.ts'
import type { AlertFacts } from '../../../operations/alert/facts.ts'
import type { Block } from '../../../ports.ts'
import {
  actions,
  button,
  context,
  input,
  modal,
  option,
  plain,
  radio,
  select,
  textInput,
} from '../../blocks.ts'
import { sector, type ViewContext } from '../../context.ts'
import { markInputs } from '../../marks.ts'
import { urgencyMark } from '../phrases.ts'
import { previewAction } from '../preview.ts'

/** The marks by which a chosen place tells a place of the gazetteer from words as said. */
export const placeValue = { known: 'id:', said: 'said:' } as const
/** Characters an option's value holds. */
const VALUE_MAX = 150
/** Characters a field of a form holds; a command may bring more. */
const FIELD_MAX = 3000

export interface RaiseForm {
  what?: string
  place?: { text: string; value: string } | null
  /** Whether the place chosen so far has no sector of its own, so that one may be named. */
  askSector?: boolean
  channelId: string | null
  /** Whether the author is from the humanitarian side and will be shown as a partner. */
  partner: boolean
  /** What they said they are of; null where they said nothing. */
  organisation?: string | null
  /** How they chose to be named so far. */
  naming?: string | null
  /** The message it is raised from, whose address the record keeps. */
  from?: RaisedFrom | null
}

/** A message an alert is raised from; `theirs`: its words are somebody's who must agree before they are used. */
export interface RaisedFrom {
  channel: string
  ts: string
  theirs: boolean
}

/** The first screen: what, where, how urgent, and who will read it. */
export function raiseModal(view: ViewContext, form: RaiseForm) {
  const { t, list } = view.words
  const readers = list(view.mission.audiences.alert.map(id => t(`alert.constituency.${id}`)))
  const isCut = [...(form.what ?? '')].length > FIELD_MAX
  return modal(
    'alert.raise',
    { title: t('alert.raise.title'), submit: t('alert.raise.submit'), close: t('alert.modal.cancel') },
    { channelId: form.channelId, ...(form.from ? { from: form.from } : {}) },
    [
      ...(form.from ? [context(t(form.from.theirs ? 'alert.raise.fromTheirs' : 'alert.raise.from'))] : []),
      input(
        'what',
        t('alert.raise.what'),
        textInput('what', {
          multiline: true,
          initial: form.what,
          placeholder: t('alert.raise.whatHint'),
          max: FIELD_MAX,
        }),
      ),
      ...(isCut ? [context(t('alert.raise.cut', { max: view.words.number(FIELD_MAX) }))] : []),
      placeInput(view, form.place ?? null),
      input(
        'how',
        t('alert.raise.how'),
        textInput('how', { placeholder: t('alert.raise.howHint'), max: 500 }),
        { optional: true },
      ),
      ...(form.askSector ? [sectorInput(view, null)] : []),
      input('urgency', t('alert.raise.urgency'), radio('urgency', urgencyOptions(view))),
      ...(form.partner ? [namingInput(view, form)] : []),
      actions('preview', [button(t('alert.preview.button'), 'alert.preview', 'draft')]),
      context(
        t('alert.raise.readers', { readers }),
        t(form.partner ? 'alert.raise.notHidden' : 'alert.raise.namedRole'),
      ),
    ],
  )
}

/** How a humanitarian author is named, wherever the alert is shown (R-074). */
function namingInput(view: ViewContext, { organisation, naming }: RaiseForm): Block {
  const { t } = view.words
  const choices = NAMINGS.filter(value => value !== 'organisation' || organisation).map(value => ({
    value,
    text: t(`alert.naming.${value}`, { organisation: organisation ?? '' }),
  }))
  const { defaults } = view.mission
  const usual = defaults.naming === 'organisation' && !organisation ? 'partner' : defaults.naming
  return input('naming', t('alert.raise.naming'), radio('naming', choices, naming ?? usual))
}

/** Where: suggests places of the gazetteer, and takes the words as said. */
export function placeInput(view: ViewContext, initial: { text: string; value: string } | null): Block {
  const element = {
    type: 'external_select',
    action_id: 'alert.place',
    placeholder: plain(view.words.t('alert.raise.whereHint'), 150),
    min_query_length: 1,
    ...(initial ? { initial_option: option(initial) } : {}),
  }
  return input('place', view.words.t('alert.raise.where'), element, { dispatch: true })
}

/** The sector, for a place the gazetteer puts in none. */
export function sectorInput(view: ViewContext, initial: string | null): Block {
  const choices = view.mission.sectors.map(({ id }) => ({ text: sector(view, id), value: id }))
  const { t } = view.words
  return input(
    'sector',
    t('alert.raise.sector'),
    select('sector', t('alert.raise.sectorHint'), choices, initial),
    { optional: true },
  )
}

const urgencyOptions = (view: ViewContext) =>
  URGENCIES.map(value => ({ text: `${urgencyMark[value]} ${view.words.t(`alert.urgency.${value}`)}`, value }))

/** Place, urgency and sector of an alert, to be put right. */
export function correctModal(view: ViewContext, { alert }: AlertFacts) {
  const { t } = view.words
  const value = alert.placeId
    ? `${placeValue.known}${alert.placeId}`
    : clip(`${placeValue.said}${alert.placeSaid}`, VALUE_MAX)
  return modal(
    'alert.correct',
    {
      title: t('alert.correct.title', { code: alert.code }),
      submit: t('alert.modal.save'),
      close: t('alert.modal.cancel'),
    },
    { alertId: alert.id, version: alert.version },
    [
      placeInput(view, { text: alert.placeSaid, value }),
      input('how', t('alert.raise.how'), textInput('how', { initial: alert.placeHow, max: 500 }), {
        optional: true,
      }),
      sectorInput(view, alert.sector),
      input('urgency', t('alert.raise.urgency'), radio('urgency', urgencyOptions(view), alert.urgency)),
      ...markInputs(view, alert),
      previewAction(view, 'alert'),
    ],
  )
}
