import { type Alert, EVENT_PRECISIONS } from '../../../domain/alert.ts'
import { type RoleRef, THREAT_SCOPES } from '../../../domain/mission.ts'
import type { AlertFacts } from '../../../operations/alert/facts.ts'
import type { Block } from '../../../ports.ts'
import { input, modal, multiSelect, select } from '../../blocks.ts'
import { termOptions, type ViewContext } from '../../context.ts'
import { previewAction } from '../preview.ts'
import { note, roleInput } from './fields.ts'
import { attributionInputs, specialInput } from './specialist.ts'

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
      specialInput(view, []),
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
      ...attributionInputs(view),
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
      ...eventInputs(view, alert),
      previewAction(view, 'alert'),
    ],
  )
}

/** When it happens, how closely that is known, and whether it counts otherwise than its threat. */
function eventInputs(view: ViewContext, { eventAt, eventPrecision, scope }: Alert): Block[] {
  const { t } = view.words
  const choose = t('alert.details.choose')
  const precisions = EVENT_PRECISIONS.map(value => ({ text: t(`alert.details.precision.${value}`), value }))
  const scopes = THREAT_SCOPES.map(value => ({ text: t(`alert.scope.${value}`), value }))
  const picker = {
    type: 'datetimepicker',
    action_id: 'eventAt',
    ...(eventAt === null ? {} : { initial_date_time: Math.floor(eventAt / 1000) }),
  }
  return [
    input('eventAt', t('alert.field.eventAt'), picker, { optional: true }),
    input(
      'eventPrecision',
      t('alert.details.precision.label'),
      select('eventPrecision', choose, precisions, eventPrecision),
      { optional: true },
    ),
    input('scope', t('alert.details.scope'), select('scope', choose, scopes, scope), {
      optional: true,
      hint: t('alert.details.scopeHint'),
    }),
  ]
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

export function withdrawModal(view: ViewContext, alert: Alert, roles: readonly RoleRef[] = []) {
  const { t } = view.words
  const texts = {
    title: t('alert.withdraw.title', { code: alert.code }),
    submit: t('alert.withdraw.submit'),
    close: t('alert.modal.cancel'),
  }
  return modal('alert.withdraw', texts, { alertId: alert.id }, [
    note(view, 'alert.withdraw.reason', false),
    ...roleInput(view, roles),
  ])
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
    previewAction(view, 'alert'),
  ])
}
