import type { Alert } from '../../domain/alert.ts'
import { type Slot, URGENCIES } from '../../domain/mission.ts'
import { type AlertFacts, ownerIn } from '../../operations/alert/facts.ts'
import { ONGOING } from '../../operations/alert.ts'
import type { Block } from '../../ports.ts'
import { context, input, modal, multiSelect, option, plain, radio, select, textInput } from '../blocks.ts'
import { role, sector, termOptions, type ViewContext } from '../context.ts'
import { urgencyMark } from './card.ts'

/** The marks by which a chosen place tells a place of the gazetteer from words as said. */
export const placeValue = { known: 'id:', said: 'said:' } as const

export interface RaiseForm {
  what?: string
  place?: { text: string; value: string } | null
  /** Whether the place chosen so far has no sector of its own, so that one may be named. */
  askSector?: boolean
  channelId: string | null
  /** Whether the author is from the humanitarian side and will be shown as a partner. */
  partner: boolean
}

/** The first screen: what, where, how urgent, and who will read it. */
export function raiseModal(view: ViewContext, form: RaiseForm) {
  const { t, list } = view.words
  const readers = list(view.mission.audiences.alert.map(id => t(`alert.constituency.${id}`)))
  return modal(
    'alert.raise',
    { title: t('alert.raise.title'), submit: t('alert.raise.submit'), close: t('alert.modal.cancel') },
    { channelId: form.channelId },
    [
      input(
        'what',
        t('alert.raise.what'),
        textInput('what', {
          multiline: true,
          initial: form.what,
          placeholder: t('alert.raise.whatHint'),
          max: 3000,
        }),
      ),
      placeInput(view, form.place ?? null),
      input(
        'how',
        t('alert.raise.how'),
        textInput('how', { placeholder: t('alert.raise.howHint'), max: 500 }),
        { optional: true },
      ),
      ...(form.askSector ? [sectorInput(view, null)] : []),
      input('urgency', t('alert.raise.urgency'), radio('urgency', urgencyOptions(view))),
      context(
        t('alert.raise.readers', { readers }),
        t(form.partner ? 'alert.raise.namedPartner' : 'alert.raise.namedRole'),
      ),
    ],
  )
}

function placeInput(view: ViewContext, initial: { text: string; value: string } | null): Block {
  const element = {
    type: 'external_select',
    action_id: 'alert.place',
    placeholder: plain(view.words.t('alert.raise.whereHint'), 150),
    min_query_length: 1,
    ...(initial ? { initial_option: option(initial) } : {}),
  }
  return input('place', view.words.t('alert.raise.where'), element, { dispatch: true })
}

function sectorInput(view: ViewContext, initial: string | null): Block {
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
  const value = alert.placeId ? `${placeValue.known}${alert.placeId}` : `${placeValue.said}${alert.placeSaid}`
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
    ],
  )
}

/** Everything that can be added after raising. `kinds` are those at risk chosen so far, each with a field for how many. */
export function detailsModal(
  view: ViewContext,
  { alert }: Pick<AlertFacts, 'alert'>,
  kinds: readonly string[],
) {
  const { t } = view.words
  const choose = t('alert.details.choose')
  const counts = new Map(alert.atRisk?.map(row => [row.kind, row.count]))
  return modal(
    'alert.details',
    {
      title: t('alert.details.title', { code: alert.code }),
      submit: t('alert.modal.save'),
      close: t('alert.modal.cancel'),
    },
    { alertId: alert.id, version: alert.version },
    [
      input(
        'threat',
        t('alert.field.threat'),
        select('threat', choose, termOptions(view, 'threats'), alert.threat),
        { optional: true },
      ),
      input(
        'atRisk',
        t('alert.field.atRisk'),
        multiSelect('alert.at_risk', choose, termOptions(view, 'at_risk'), kinds),
        { optional: true, dispatch: true },
      ),
      ...kinds.map(kind => countInput(view, kind, counts.get(kind) ?? null)),
      input(
        'perpetrator',
        t('alert.field.perpetrator'),
        select('perpetrator', choose, termOptions(view, 'perpetrators'), alert.perpetrator),
        { optional: true },
      ),
      input('group', t('alert.details.group'), textInput('group', { max: 150 }), {
        optional: true,
        hint: t('alert.details.groupHint'),
      }),
      input(
        'askedFor',
        t('alert.field.askedFor'),
        multiSelect('askedFor', choose, termOptions(view, 'asked_for'), alert.askedFor ?? []),
        { optional: true },
      ),
      input(
        'cameBy',
        t('alert.field.cameBy'),
        select('cameBy', choose, termOptions(view, 'came_by'), alert.cameBy),
        { optional: true },
      ),
    ],
  )
}

function countInput(view: ViewContext, kind: string, count: number | null): Block {
  const name = termOptions(view, 'at_risk').find(candidate => candidate.value === kind)?.text ?? kind
  const element = {
    type: 'number_input',
    action_id: 'count',
    is_decimal_allowed: false,
    min_value: '0',
    ...(count === null ? {} : { initial_value: String(count) }),
  }
  return input(`count_${kind}`, view.words.t('alert.details.howMany', { kind: name }), element, {
    optional: true,
    hint: view.words.t('alert.details.howManyHint'),
  })
}

const MINUTE = 60_000
const spans = {
  respond: [15, 30, 60, 120, 240, 480],
  watch: [30, 60, 120, 240, 480, 720, 1440, 2880, 4320],
} as const

/** "in 30 min (02:40)": times ahead as one tap. */
function spanSelect(view: ViewContext, kind: keyof typeof spans, withUnknown: boolean): object {
  const { t, duration, dateTime } = view.words
  const choices = spans[kind].map(minutes => ({
    text: t('alert.form.inSpan', {
      span: duration(minutes * MINUTE),
      at: dateTime(view.now + minutes * MINUTE),
    }),
    value: String(minutes * MINUTE),
  }))
  const unknown = { text: t('alert.form.timeUnknown'), value: 'unknown' }
  return select(
    'span',
    t('alert.form.chooseTime'),
    withUnknown ? [...choices, unknown] : choices,
    withUnknown ? 'unknown' : undefined,
  )
}

const exactly = (view: ViewContext): Block =>
  input(
    'until',
    view.words.t('alert.form.exactly'),
    { type: 'datetimepicker', action_id: 'until' },
    { optional: true },
  )

const note = (view: ViewContext, label: string, optional: boolean, hint?: string): Block =>
  input('note', view.words.t(label), textInput('note', { multiline: true, max: 3000 }), {
    optional,
    ...(hint ? { hint: view.words.t(hint) } : {}),
  })

/** Which owner the person speaks for, asked only of those who stand on both ladders. */
function slotInput(view: ViewContext, ask: boolean): Block[] {
  const { t } = view.words
  if (!ask) return []
  const choices = (['civilian', 'uniformed'] as const).map(slot => ({
    text: t(`alert.slot.${slot}`),
    value: slot,
  }))
  return [input('slot', t('alert.form.forOwner'), radio('slot', choices))]
}

export type AnswerForm = 'respond' | 'watch' | 'not_acting' | 'cannot_take'

/** The short form behind *Responding*, *Watching until*, *Not acting* and *Can't take it*. */
export function answerModal(
  view: ViewContext,
  alert: Alert,
  kind: AnswerForm,
  options: { askSlot: boolean; reason?: string },
) {
  const { t } = view.words
  const blocks: Record<AnswerForm, () => Block[]> = {
    respond: () => [
      input('who', t('alert.form.who'), textInput('who', { placeholder: t('alert.form.whoHint'), max: 200 })),
      input('span', t('alert.form.expected'), spanSelect(view, 'respond', true)),
      exactly(view),
    ],
    watch: () => [
      input('span', t('alert.form.until'), spanSelect(view, 'watch', false), { optional: true }),
      exactly(view),
      note(view, 'alert.form.watchNote', true),
    ],
    not_acting: () => [
      reasonInput(view, 'not_acting', options.reason),
      note(view, 'alert.form.note', true, 'alert.form.noteHint'),
    ],
    cannot_take: () => [
      reasonInput(view, 'cannot_take', options.reason),
      note(view, 'alert.form.note', true, 'alert.form.noteHint'),
    ],
  }
  return modal(
    `alert.${kind}`,
    { title: t(`alert.form.title.${kind}`), submit: t('alert.modal.record'), close: t('alert.modal.cancel') },
    { alertId: alert.id },
    [
      context(`${alert.code} · ${t(`alert.form.about.${kind}`)}`),
      ...slotInput(view, options.askSlot),
      ...blocks[kind](),
    ],
  )
}

function reasonInput(view: ViewContext, list: 'not_acting' | 'cannot_take', initial?: string): Block {
  const { t } = view.words
  return input(
    'reason',
    t('alert.form.reason'),
    select('reason', t('alert.details.choose'), termOptions(view, list), initial),
  )
}

/** The outcome for civilians and a note; a threat that goes on is offered so that its refusal can say what to do. */
export function closeModal(view: ViewContext, alert: Alert) {
  const { t } = view.words
  const choices = [...termOptions(view, 'outcomes'), { text: t('alert.close.ongoing'), value: ONGOING }]
  return modal(
    'alert.close',
    {
      title: t('alert.close.title', { code: alert.code }),
      submit: t('alert.close.submit'),
      close: t('alert.modal.cancel'),
    },
    { alertId: alert.id },
    [
      input('outcome', t('alert.close.outcome'), select('outcome', t('alert.details.choose'), choices)),
      note(view, 'alert.close.note', false, 'alert.close.noteHint'),
    ],
  )
}

export function withdrawModal(view: ViewContext, alert: Alert) {
  const { t } = view.words
  const texts = {
    title: t('alert.withdraw.title', { code: alert.code }),
    submit: t('alert.withdraw.submit'),
    close: t('alert.modal.cancel'),
  }
  return modal('alert.withdraw', texts, { alertId: alert.id }, [note(view, 'alert.withdraw.reason', false)])
}

export function informationModal(view: ViewContext, alert: Alert) {
  const { t } = view.words
  const texts = {
    title: t('alert.information.title', { code: alert.code }),
    submit: t('alert.modal.record'),
    close: t('alert.modal.cancel'),
  }
  return modal('alert.information', texts, { alertId: alert.id }, [
    note(view, 'alert.information.note', false, 'alert.information.hint'),
  ])
}

export type Said = 'acknowledge' | 'respond' | 'watch' | 'not_acting' | 'on_site'

/** What a post answered by phone or radio, written down by somebody else; the fields follow what was said. */
export function recordedModal(view: ViewContext, facts: AlertFacts, answered: Said) {
  const { t } = view.words
  const posts = (['civilian', 'uniformed'] as const).flatMap((slot: Slot) =>
    ownerIn(facts, slot).posts.map((ref, rung) => ({
      text: `${t(`alert.slot.${slot}`)}: ${role(view, ref)}`,
      value: `${slot}:${rung}`,
    })),
  )
  const choices = (['acknowledge', 'respond', 'watch', 'not_acting', 'on_site'] as const).map(value => ({
    text: t(`alert.recorded.said.${value}`),
    value,
  }))
  const follows: Record<Said, () => Block[]> = {
    acknowledge: () => [],
    on_site: () => [],
    respond: () => [
      input('who', t('alert.form.who'), textInput('who', { placeholder: t('alert.form.whoHint'), max: 200 })),
      input('span', t('alert.form.expected'), spanSelect(view, 'respond', true)),
    ],
    watch: () => [input('span', t('alert.form.until'), spanSelect(view, 'watch', false))],
    not_acting: () => [reasonInput(view, 'not_acting')],
  }
  return modal(
    'alert.recorded',
    {
      title: t('alert.recorded.title', { code: facts.alert.code }),
      submit: t('alert.modal.record'),
      close: t('alert.modal.cancel'),
    },
    { alertId: facts.alert.id },
    [
      input('post', t('alert.recorded.post'), select('post', t('alert.details.choose'), posts)),
      input(
        'means',
        t('alert.recorded.means'),
        radio(
          'means',
          (['radio', 'phone'] as const).map(value => ({ text: t(`alert.recorded.by.${value}`), value })),
          'radio',
        ),
      ),
      input('at', t('alert.recorded.at'), {
        type: 'datetimepicker',
        action_id: 'at',
        initial_date_time: Math.floor(view.now / 1000),
      }),
      input(
        'said',
        t('alert.recorded.saidLabel'),
        select('alert.recorded_said', t('alert.details.choose'), choices, answered),
        { dispatch: true },
      ),
      ...follows[answered](),
      note(view, 'alert.form.note', true),
    ],
  )
}
