import { hotspotLimits } from '../../operations/hotspot/fields.ts'
import { SITE_PURPOSES } from '../../operations/hotspot/there.ts'
import type { HotspotFacts } from '../../operations/hotspot.ts'
import { begun, context, input, modal, plain, radio, textInput } from '../blocks.ts'
import type { ViewContext } from '../context.ts'
import { numberInput } from './forms.ts'

/** How the place is covered: for those who command there. */
export function coverageModal(view: ViewContext, { hotspot, report }: HotspotFacts) {
  const { t } = view.words
  const choices = (['static', 'temporary', 'patrols', 'none', 'not_known'] as const).map(value => ({
    value,
    text: t(`hotspot.coverage.${value}`),
  }))
  return modal(
    'hotspot.coverage',
    { title: hotspot.code, submit: t('alert.modal.save'), close: t('alert.modal.cancel') },
    { hotspotId: hotspot.id },
    [
      input('coverage', t('hotspot.field.coverage'), radio('coverage', choices, report?.coverage)),
      numberInput(view, 'everyDays', report?.everyDays ?? null, t('hotspot.form.everyDaysHint'), false),
      context(t('hotspot.form.coverageReaders')),
    ],
  )
}

/** A visit of one's own section. */
export function visitModal(view: ViewContext, { hotspot }: HotspotFacts, today: string) {
  const { t } = view.words
  const day = (field: 'from' | 'to') =>
    input(field, t(`hotspot.form.${field}`), { type: 'datepicker', action_id: field, initial_date: today })
  return modal(
    'hotspot.visit',
    { title: hotspot.code, submit: t('alert.modal.save'), close: t('alert.modal.cancel') },
    { hotspotId: hotspot.id },
    [day('from'), day('to'), context(t('hotspot.form.visitHint'))],
  )
}

/** Whom to ask on one's own side: a post, never a name. */
export function contactModal(view: ViewContext, { hotspot }: HotspotFacts) {
  const { t } = view.words
  const purposes = hotspot.kind === 'poc_site' ? ['contact', ...SITE_PURPOSES] : ['contact']
  return modal(
    'hotspot.contact',
    { title: hotspot.code, submit: t('alert.modal.save'), close: t('alert.modal.cancel') },
    { hotspotId: hotspot.id },
    [
      input(
        'purpose',
        t('hotspot.form.purpose'),
        radio(
          'purpose',
          purposes.map(value => ({ value, text: begun(t(`hotspot.purpose.${value}`)) })),
          'contact',
        ),
      ),
      input('post', t('hotspot.form.post'), textInput('post', { max: hotspotLimits.post }), {
        hint: t('hotspot.form.postHint'),
      }),
    ],
  )
}

/** Which alert or incident belongs to the place; of a POC site, whether it came from outside or happened inside. */
export function linkModal(view: ViewContext, { hotspot }: HotspotFacts) {
  const { t } = view.words
  const lanes = (['external', 'internal'] as const).map(value => ({
    value,
    text: t(`hotspot.lane.${value}`),
  }))
  const record = {
    type: 'external_select',
    action_id: 'hotspot.record',
    placeholder: plain(t('hotspot.form.recordHint'), 150),
    min_query_length: 0,
  }
  return modal(
    'hotspot.link',
    { title: hotspot.code, submit: t('alert.modal.save'), close: t('alert.modal.cancel') },
    { hotspotId: hotspot.id },
    [
      input('record', t('hotspot.form.record'), record),
      ...(hotspot.kind === 'poc_site' ? [input('lane', t('hotspot.form.lane'), radio('lane', lanes))] : []),
    ],
  )
}

/** Why a place leaves the list, or comes back to it. */
export function moveModal(view: ViewContext, { hotspot }: HotspotFacts, to: 'removed' | 'listed') {
  const { t } = view.words
  return modal(
    'hotspot.move',
    { title: hotspot.code, submit: t(`hotspot.form.move.${to}`), close: t('alert.modal.cancel') },
    { hotspotId: hotspot.id, to },
    [
      input(
        'reason',
        t('hotspot.form.whyMove'),
        textInput('reason', { multiline: true, max: hotspotLimits.reason }),
      ),
    ],
  )
}
