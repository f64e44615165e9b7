import { REASON } from '../../operations/matrix/reconcile.ts'
import type { RoundFacts } from '../../operations/matrix.ts'
import type { Block } from '../../ports.ts'
import { previewAction } from '../alert/preview.ts'
import { context, input, modal, select, textInput } from '../blocks.ts'
import { sector, type ViewContext } from '../context.ts'

/**
 * Opens a round: which places, by when. The channel is the one the command was typed in.
 *
 * @param led sectors whose rounds the person leads; null for the whole mission.
 */
export function openRoundModal(
  view: ViewContext,
  channelId: string,
  closesAt: number,
  led: readonly string[] | null,
) {
  const { t } = view.words
  const ids = led ?? view.mission.sectors.map(({ id }) => id)
  const sectors = ids.map(id => ({ text: sector(view, id), value: id }))
  return modal(
    'matrix.open',
    { title: t('matrix.form.open'), submit: t('matrix.form.openSubmit'), close: t('alert.modal.cancel') },
    { channelId },
    [
      input(
        'sector',
        t('matrix.form.scope'),
        select('sector', t('matrix.wholeMission'), sectors, led ? (led[0] ?? null) : null),
        led ? {} : { optional: true, hint: t('matrix.form.scopeHint') },
      ),
      input('closesAt', t('matrix.form.closesAt'), {
        type: 'datetimepicker',
        action_id: 'closesAt',
        initial_date_time: Math.floor(closesAt / 1000),
      }),
      previewAction(view, 'matrix'),
      context(t('matrix.ranksPresence'), t('matrix.form.hidden')),
    ],
  )
}

/** A reason: for a waiver, or for sending back; `about`: what it is the reason for. */
export function reasonModal(
  view: ViewContext,
  facts: RoundFacts,
  callback: 'matrix.waive' | 'matrix.send_back',
  metadata: object,
  about: readonly Block[] = [],
) {
  const { t } = view.words
  return modal(
    callback,
    { title: facts.round.code, submit: t('alert.modal.save'), close: t('alert.modal.cancel') },
    { roundId: facts.round.id, ...metadata },
    [
      ...about,
      input('reason', t('matrix.form.reason'), textInput('reason', { multiline: true, max: REASON })),
    ],
  )
}

/** How many units can be placed. */
export function unitsModal(view: ViewContext, facts: RoundFacts) {
  const { t } = view.words
  const element = {
    type: 'number_input',
    action_id: 'units',
    is_decimal_allowed: false,
    min_value: '0',
    ...(facts.round.units === null ? {} : { initial_value: String(facts.round.units) }),
  }
  return modal(
    'matrix.units',
    { title: facts.round.code, submit: t('alert.modal.save'), close: t('alert.modal.cancel') },
    { roundId: facts.round.id },
    [input('units', t('matrix.form.units'), element)],
  )
}
