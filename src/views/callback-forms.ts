/** What opens from a call back's card: number and words, and the forms that decide what it was. */
import { clip } from '../../blockkit/index.ts'
import type { Parsed } from '../domain/intake.ts'
import type { AlertFacts } from '../operations/alert/facts.ts'
import type { CallbackFacts } from '../operations/callback/facts.ts'
import type { ShownCallback } from '../operations/callback/show.ts'
import type { KeptSource } from '../operations/source.ts'
import type { Block } from '../ports.ts'
import { placeValue, raiseModal } from './alert/forms.ts'
import { urgencyMark } from './alert/phrases.ts'
import {
  actions,
  brief,
  button,
  context,
  input,
  modal,
  radio,
  said,
  section,
  select,
  textInput,
} from './blocks.ts'
import { numberText, reasonChoices, warningTexts } from './callback.ts'
import { term, termOptions, type ViewContext } from './context.ts'

/** Messages shown, the newest; a modal takes 100 blocks. */
const MESSAGES = 15
const WORDS_MAX = 2500
/** The first proposal of when to try again. */
const TRY_AGAIN_MS = 15 * 60_000

/** Number and words, to one person alone. */
export function showModal(view: ViewContext, shown: ShownCallback, personId: string) {
  const { t } = view.words
  const { facts, reach, alerts } = shown
  const { callback } = facts
  return modal(
    'callback.shown',
    { title: t('callback.show.title', { code: callback.code }), close: t('alert.modal.close') },
    { callbackId: callback.id },
    [
      ...warningTexts(view, facts).map(text => section(text)),
      section([`☎️ *${reachText(view, reach)}*`, numberText(view, facts, personId)].join('\n')),
      ...messageBlocks(view, shown),
      ...parsedBlock(view, shown.parsed),
      ...alerts
        .slice(0, 3)
        .map(alert =>
          section(
            t('callback.show.open', { code: alert.alert.code, place: brief(alert.alert.placeSaid, 100) }),
            button(
              t('callback.show.add', { code: alert.alert.code }),
              'callback.add',
              `${callback.id}:${alert.alert.id}`,
              { style: 'primary' },
            ),
          ),
        ),
      ...(callback.state === 'open'
        ? [
            actions('decide', [
              button(t('callback.act.raise'), 'callback.raise', callback.id, { style: 'danger' }),
              button(t('callback.act.no_answer'), 'callback.no_answer', callback.id),
              button(t('callback.act.not_warning'), 'callback.not_warning', callback.id),
              ...(facts.contact && facts.verdict !== 'source'
                ? [button(t('callback.act.whose'), 'callback.whose', callback.id)]
                : []),
            ]),
          ]
        : []),
      context(t('callback.show.keep')),
    ],
  )
}

function reachText(view: ViewContext, reach: ShownCallback['reach']): string {
  if (!reach) return view.words.t('callback.show.noNumber')
  if (reach.kind !== 'number') return view.words.t('callback.show.sender', { sender: said(reach.said) })
  return `<tel:${reach.said}|${reach.said}>`
}

function messageBlocks(view: ViewContext, { messages }: ShownCallback): Block[] {
  const { t, time, dateTime, number } = view.words
  const shown = messages.slice(-MESSAGES)
  return [
    ...(messages.length > shown.length
      ? [
          context(
            t('callback.show.earlier', {
              count: messages.length - shown.length,
              number: number(messages.length - shown.length),
            }),
          ),
        ]
      : []),
    ...shown.map(message => {
      const clock =
        message.skewed && message.sentAt !== null
          ? ` · ⚠️ ${t('callback.show.skewed', { at: dateTime(message.sentAt) })}`
          : ''
      const head = `${t(`callback.kind.${message.kind}`)} · ${time(message.receivedAt)}${clock}`
      const words = wordsOf(view, message.said)
      return section(words === null ? head : `${head}\n${quoted(words)}`)
    }),
  ]
}

/** Somebody's words line by line, each marked as a quotation. */
const quoted = (words: string): string =>
  clip(said(words.slice(0, WORDS_MAX)).replace(/^/gm, '> '), WORDS_MAX)

function wordsOf(view: ViewContext, words: ShownCallback['messages'][number]['said']): string | null {
  if (words === null) return view.words.t('callback.show.erased')
  const fields = Object.entries(words.fields ?? {}).map(([name, text]) =>
    view.words.t('alert.labelled', { label: view.words.t(`callback.field.${name}`), text }),
  )
  const lines = [...(words.text ? [words.text] : []), ...fields]
  return lines.length > 0 ? lines.join('\n') : null
}

/** What the agreed words say, for the person to check against what is said on the telephone. */
function parsedBlock(view: ViewContext, parsed: Parsed | null): Block[] {
  const parts = parsed ? partsOf(view, parsed) : []
  return parts.length > 0 ? [context(view.words.t('callback.show.read', { parts: parts.join(' · ') }))] : []
}

function partsOf(view: ViewContext, parsed: Parsed): string[] {
  const { t, number } = view.words
  const place = parsed.placeId
    ? view.mission.gazetteer.find(({ id }) => id === parsed.placeId)?.name
    : parsed.placeSaid
  return [
    ...(parsed.urgency ? [`${urgencyMark[parsed.urgency]} ${t(`alert.urgency.${parsed.urgency}`)}`] : []),
    ...(place ? [said(place)] : []),
    ...(parsed.threat ? [term(view, 'threats', parsed.threat)] : []),
    ...(parsed.count === null
      ? []
      : [t('callback.show.people', { count: parsed.count, number: number(parsed.count) })]),
    ...(parsed.position ? [`${parsed.position.lat.toFixed(4)}, ${parsed.position.lon.toFixed(4)}`] : []),
  ]
}

/**
 * The alert's form, filled in with what the agreed words say. What was written stands above it, for the recorder to
 * put into words of their own.
 */
export function callbackRaiseModal(view: ViewContext, shown: ShownCallback) {
  const { t } = view.words
  const { facts, parsed } = shown
  const place = placeOf(view, parsed)
  const form = raiseModal(view, { what: proposedWords(view, parsed), place, channelId: null, partner: false })
  const blocks = (form.blocks as Block[]).map(block =>
    block.block_id === 'urgency' ? chosen(block, parsed?.urgency ?? null) : block,
  )
  const said = shown.messages.filter(message => wordsOf(view, message.said) !== null).at(-1)
  const words = said && wordsOf(view, said.said)
  return {
    ...form,
    callback_id: 'callback.raise',
    private_metadata: JSON.stringify({ callbackId: facts.callback.id }),
    blocks: [
      context(t('callback.raise.about', { code: facts.callback.code })),
      ...(words ? [section(quoted(words))] : []),
      ...blocks.slice(0, -1),
      input(
        'threat',
        t('alert.field.threat'),
        select('threat', t('alert.details.choose'), termOptions(view, 'threats'), parsed?.threat ?? null),
        { optional: true },
      ),
      ...(facts.contact && facts.verdict === 'unknown' ? whoseInputs(view, []) : []),
      ...blocks.slice(-1),
    ],
  }
}

function chosen(block: Block, value: string | null): Block {
  const element = block.element as { options: { value: string }[] }
  const initial = element.options.find(option => option.value === value)
  return initial ? { ...block, element: { ...element, initial_option: initial } } : block
}

function placeOf(view: ViewContext, parsed: Parsed | null): { text: string; value: string } | null {
  if (parsed?.placeId) {
    const place = view.mission.gazetteer.find(({ id }) => id === parsed.placeId)
    return place ? { text: place.name, value: `${placeValue.known}${place.id}` } : null
  }
  const words =
    parsed?.placeSaid ??
    (parsed?.position ? `${parsed.position.lat.toFixed(5)}, ${parsed.position.lon.toFixed(5)}` : null)
  return words ? { text: words, value: `${placeValue.said}${words}` } : null
}

/** Of codes alone: what was written itself is put into other words by a person. */
function proposedWords(view: ViewContext, parsed: Parsed | null): string {
  const { t, number } = view.words
  return [
    ...(parsed?.threat ? [term(view, 'threats', parsed.threat)] : []),
    ...(parsed?.count
      ? [t('callback.show.people', { count: parsed.count, number: number(parsed.count) })]
      : []),
  ].join(', ')
}

/** Whose number it is, where nobody has said so. */
function whoseInputs(view: ViewContext, kept: readonly KeptSource[]): Block[] {
  const { t } = view.words
  return [
    input(
      'verdict',
      t('callback.whose.label'),
      radio(
        'verdict',
        ['source', 'nobody'].map(value => ({ value, text: t(`callback.whose.${value}`) })),
        'source',
      ),
    ),
    ...(kept.length > 0
      ? [
          input(
            'source',
            t('callback.whose.kept'),
            select(
              'source',
              t('alert.details.choose'),
              kept.slice(-90).map(({ source }) => ({ value: source.id, text: source.code })),
            ),
            { optional: true, hint: t('callback.whose.keptHint') },
          ),
        ]
      : []),
    input('name', t('callback.whose.name'), textInput('name', { max: 200 }), {
      optional: true,
      hint: t('callback.whose.nameHint'),
    }),
  ]
}

export function whoseModal(view: ViewContext, facts: CallbackFacts, kept: readonly KeptSource[]) {
  const { t } = view.words
  return modal(
    'callback.whose',
    { title: facts.callback.code, submit: t('alert.modal.save'), close: t('alert.modal.cancel') },
    { callbackId: facts.callback.id },
    whoseInputs(view, kept),
  )
}

/** Adds to an alert that is open, in the recorder's own words. */
export function addModal(view: ViewContext, facts: CallbackFacts, alert: AlertFacts | null) {
  const { t } = view.words
  const { id, code } = facts.callback
  return modal(
    'callback.add',
    { title: code, submit: t('callback.add.submit'), close: t('alert.modal.cancel') },
    { callbackId: id, alertId: alert?.alert.id ?? null },
    [
      ...(alert
        ? [section(t('callback.add.to', { code: alert.alert.code, what: brief(alert.alert.what, 300) }))]
        : [input('alert', t('callback.add.alert'), textInput('alert', { max: 10, placeholder: 'A-7K4Q' }))]),
      input('what', t('callback.add.what'), textInput('what', { multiline: true, max: 3000 }), {
        hint: t('callback.add.hint'),
      }),
    ],
  )
}

export function noAnswerModal(view: ViewContext, facts: CallbackFacts) {
  const { t } = view.words
  const minute = 60_000
  const at = Math.ceil((view.now + TRY_AGAIN_MS) / minute) * 60
  return modal(
    'callback.no_answer',
    { title: facts.callback.code, submit: t('alert.modal.record'), close: t('alert.modal.cancel') },
    { callbackId: facts.callback.id },
    [
      input('at', t('callback.tryAgain.at'), {
        type: 'datetimepicker',
        action_id: 'at',
        initial_date_time: at,
      }),
      context(t('callback.tryAgain.about')),
    ],
  )
}

export function notWarningModal(view: ViewContext, facts: CallbackFacts) {
  const { t } = view.words
  return modal(
    'callback.not_warning',
    { title: facts.callback.code, submit: t('alert.modal.record'), close: t('alert.modal.cancel') },
    { callbackId: facts.callback.id },
    [
      input('reason', t('callback.notWarning.reason'), radio('reason', reasonChoices(view))),
      context(t('callback.notWarning.about')),
    ],
  )
}
