import { DRAWDOWN_KINDS, LINE_KINDS } from '../../domain/drawdown.ts'
import { type DrawdownEntry, drawdownLimits } from '../../operations/drawdown.ts'
import { previewAction } from '../alert/preview.ts'
import { brief, checkboxes, input, modal, radio, section, select, textInput } from '../blocks.ts'
import { pair, sector, type ViewContext } from '../context.ts'

/** `/poc drawdown`, *New*: what, where, when, and the functions that must find a new owner. */
export function drawdownModal(view: ViewContext) {
  const { t } = view.words
  const bases = view.mission.bases.map(({ id, name }) => ({ text: name, value: id }))
  const sectors = view.mission.sectors.map(({ id }) => ({ text: sector(view, id), value: id }))
  const choose = t('alert.details.choose')
  return modal(
    'drawdown.declare',
    { title: t('drawdown.form.title'), submit: t('drawdown.form.submit'), close: t('alert.modal.cancel') },
    {},
    [
      section(t('drawdown.form.about')),
      input(
        'kind',
        t('drawdown.form.kind'),
        radio(
          'kind',
          DRAWDOWN_KINDS.map(value => ({ value, text: t(`drawdown.kind.${value}`) })),
        ),
      ),
      input('base', t('drawdown.form.base'), select('base', choose, bases), {
        optional: true,
        hint: t('drawdown.form.baseHint'),
      }),
      input('sector', t('drawdown.form.sector'), select('sector', choose, sectors), {
        optional: true,
        hint: t('drawdown.form.sectorHint'),
      }),
      input('day', t('drawdown.form.day'), { type: 'datepicker', action_id: 'day' }),
      input(
        'functions',
        t('drawdown.form.functions'),
        textInput('functions', { multiline: true, max: drawdownLimits.functions }),
        { optional: true, hint: t('drawdown.form.functionsHint') },
      ),
      input(
        'note',
        t('drawdown.form.note'),
        textInput('note', { multiline: true, max: drawdownLimits.note }),
        { optional: true },
      ),
      previewAction(view, 'drawdown'),
    ],
  )
}

/**
 * *Settle*: whom to ask for an item, what it needs, and for a place what stands in the base's stead. `alike`: how many
 * others of its kind nothing was said of, for which it can hold too.
 */
export function settleModal(view: ViewContext, { item, name, receiver }: DrawdownEntry, alike = 0) {
  const { t } = view.words
  const covered = item.kind === 'place' || item.kind === 'hotspot'
  const words = (field: 'needed' | 'available' | 'lineText') =>
    input(
      field,
      t(`drawdown.settle.${field}`),
      textInput(field, { multiline: true, max: drawdownLimits.words, initial: item[field] }),
      { optional: true },
    )
  return modal(
    'drawdown.settle',
    { title: t('drawdown.settle.title'), submit: t('alert.modal.save'), close: t('alert.modal.cancel') },
    { itemId: item.id },
    [
      section(`*${pair(view, t(`drawdown.item.${item.kind}`), brief(name, 150))}*`),
      input(
        'receiver',
        t('drawdown.settle.receiver'),
        {
          type: 'users_select',
          action_id: 'receiver',
          ...(receiver ? { initial_user: receiver.userId } : {}),
        },
        { optional: true, hint: t('drawdown.settle.receiverHint') },
      ),
      words('needed'),
      words('available'),
      ...(item.state === 'accepted' || item.state === 'with_conditions'
        ? [
            input(
              'handed',
              t('drawdown.hand.label'),
              checkboxes('handed', [{ value: 'yes', text: t('drawdown.hand.button') }]),
              { optional: true },
            ),
          ]
        : []),
      ...(covered
        ? [
            input(
              'line',
              t('drawdown.settle.line'),
              select(
                'line',
                t('alert.details.choose'),
                LINE_KINDS.map(value => ({ value, text: t(`drawdown.line.${value}`) })),
                item.line,
              ),
              { optional: true },
            ),
            words('lineText'),
          ]
        : []),
      ...(alike > 0
        ? [
            input(
              'alike',
              t('drawdown.settle.alike'),
              checkboxes('alike', [{ value: 'yes', text: t('drawdown.settle.alikeYes', { count: alike }) }]),
              { optional: true },
            ),
          ]
        : []),
    ],
  )
}

/** The conditions, or why not. @param alike how many others of its kind wait for their answer. */
export function answerItemModal(
  view: ViewContext,
  { item, name }: DrawdownEntry,
  answer: string,
  { optional, alike = 0 }: { optional: boolean; alike?: number },
) {
  const { t } = view.words
  return modal(
    'drawdown.answer',
    { title: t('drawdown.offer.answer'), submit: t('drawdown.offer.send'), close: t('alert.modal.cancel') },
    { itemId: item.id, answer },
    [
      section(`*${brief(name, 150)}*`),
      input(
        'words',
        t(`drawdown.offer.${answer}`),
        textInput('words', { multiline: true, max: drawdownLimits.words }),
        { optional },
      ),
      ...(alike > 0
        ? [
            input(
              'alike',
              t('drawdown.settle.alike'),
              checkboxes('alike', [{ value: 'yes', text: t('drawdown.offer.alikeYes', { count: alike }) }]),
              { optional: true },
            ),
          ]
        : []),
    ],
  )
}
