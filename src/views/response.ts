/** What was done about an alert: its line on the card, its list and its form. */
import { NAMINGS } from '../domain/alert.ts'
import type { RoleRef } from '../domain/mission.ts'
import { type AlertResponse, type Responder, TIERS, usualTier } from '../domain/response.ts'
import type { AlertFacts } from '../operations/alert/facts.ts'
import { axisOf, READERS, responseLimits } from '../operations/response.ts'
import type { Block, Rendered } from '../ports.ts'
import { roleInput } from './alert/forms/fields.ts'
import { when } from './alert/phrases.ts'
import { previewAction } from './alert/preview.ts'
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
import { term, termOptions, type ViewContext } from './context.ts'

/** Responses a list shows; more than this many are seldom given to one alert. */
const LISTED = 15
const WORDS_MAX = 300

/** "Response: not responding (Out of range)", the third axis of an alert in a few words; ready for mrkdwn. */
export function responsePhrase(view: ViewContext, facts: AlertFacts): string {
  const { t } = view.words
  const { state, reason } = axisOf(view, facts)
  const text = t(`response.state.${state}`)
  const why = reason === null ? '' : ` (${term(view, 'not_acting', reason)})`
  return t('response.stands', { state: `${text}${why}${countText(view, facts)}` })
}

function countText(view: ViewContext, { responses }: AlertFacts): string {
  if (responses.length === 0) return ''
  const who = [...new Set(responses.map(row => responderText(view, row)))]
  return ` · ${view.words.list(who)}`
}

/** Who responded, as they may be named: a partner by what it chose, never by a name that takes others in (R-069). */
export function responderText(
  view: ViewContext,
  row: Pick<AlertResponse, 'responder' | 'naming' | 'organisation'>,
) {
  const { t } = view.words
  if (row.responder !== 'humanitarian_partner') return t(`response.responder.${row.responder}`)
  if (row.naming === 'organisation' && row.organisation) return said(row.organisation)
  return t(row.naming === 'none' ? 'response.notNamed' : 'response.responder.humanitarian_partner')
}

/** "Mission military (Patrol Bravo) · physical protection · 02:10, there 02:40, ended 04:00". */
export function responseText(
  view: ViewContext,
  { alert }: Pick<AlertFacts, 'alert'>,
  row: AlertResponse,
): string {
  const { t } = view.words
  const at = (time: number) => when(view, alert, time)
  const lines = [
    [
      `*${responderText(view, row)}*${row.who ? ` (${brief(row.who, 200)})` : ''}`,
      t(`response.tier.${row.tier}`),
      [
        t('response.started', { at: at(row.startedAt) }),
        ...(row.arrivedAt === null ? [] : [t('response.arrived', { at: at(row.arrivedAt) })]),
        ...(row.endedAt === null ? [] : [t('response.ended', { at: at(row.endedAt) })]),
      ].join(', '),
    ].join(' · '),
    ...(row.did ? [brief(row.did, WORDS_MAX)] : []),
    ...(row.result
      ? [
          t('alert.labelled', {
            label: t('response.result'),
            text: `${term(view, 'outcomes', row.result)}${row.resultNote ? `. ${brief(row.resultNote, WORDS_MAX)}` : ''}`,
          }),
        ]
      : []),
  ]
  return lines.join('\n')
}

/** A line of the alert's thread: a response was written down or put right. */
export function responseLine(
  view: ViewContext,
  facts: AlertFacts,
  row: AlertResponse,
  what: 'recorded' | 'amended',
): Rendered {
  const { t } = view.words
  return {
    text: `*${facts.alert.code}* · ${t(`response.line.${what}`)} ${responseText(view, facts, row).replaceAll('\n', ' ')}`,
  }
}

/** The responses on record, with what this person may do with each. */
export function responsesModal(
  view: ViewContext,
  facts: AlertFacts,
  may: { record: boolean; change(row: AlertResponse): boolean },
) {
  const { t } = view.words
  const { alert, responses } = facts
  const shown = responses.slice(-LISTED)
  return modal(
    'response.list',
    { title: t('response.title', { code: alert.code }), close: t('alert.modal.close') },
    {},
    [
      section(responsePhrase(view, facts)),
      ...shown.flatMap((row): Block[] => [
        section(responseText(view, facts, row)),
        ...(may.change(row)
          ? [
              actions(`response:${row.id}`, [
                button(t('response.amend'), 'response.amend', row.id),
                button(t('response.withdraw'), 'response.withdraw', `${row.version}:${row.id}`, {
                  style: 'danger',
                }),
              ]),
            ]
          : []),
      ]),
      ...(responses.length > shown.length
        ? [context(t('response.earlier', { count: responses.length - shown.length }))]
        : []),
      ...(may.record
        ? [
            actions('response', [
              button(t('response.record'), 'response.open', alert.id, { style: 'primary' }),
            ]),
          ]
        : []),
    ],
  )
}

/** What a form for a response begins with. */
export interface ResponseForm {
  /** The response that is put right; null: a new one. */
  row: AlertResponse | null
  responders: readonly Responder[]
  responder: Responder
  startedAt: number | null
  arrivedAt: number | null
  who: string | null
  actId: string | null
  /** What the partner said it is of; null where nobody is named by it. */
  organisation: string | null
  roles: readonly RoleRef[]
}

/** The form for one response. Those of a partner say how it is named and who reads it. */
export function responseModal(view: ViewContext, facts: AlertFacts, form: ResponseForm) {
  const { t } = view.words
  const { alert } = facts
  const { row } = form
  const partner = form.responder === 'humanitarian_partner'
  const marked = facts.specialist.length > 0
  const choose = t('alert.details.choose')
  const picker = (field: string, at: number | null | undefined, optional: boolean) =>
    input(
      field,
      t(`response.form.${field}`),
      {
        type: 'datetimepicker',
        action_id: field,
        ...(at ? { initial_date_time: Math.floor(at / 1000) } : {}),
      },
      { optional },
    )
  return modal(
    'response.record',
    {
      title: t('response.title', { code: alert.code }),
      submit: t('alert.modal.record'),
      close: t('alert.modal.cancel'),
    },
    { alertId: alert.id, actId: form.actId, responseId: row?.id ?? null, version: row?.version ?? 0 },
    [
      ...(row === null && !partner
        ? [
            input(
              'responder',
              t('response.form.responder'),
              select(
                'responder',
                choose,
                form.responders.map(value => ({ value, text: t(`response.responder.${value}`) })),
                form.responder,
              ),
            ),
          ]
        : []),
      input(
        'tier',
        t('response.form.tier'),
        radio(
          'tier',
          TIERS.map(tier => ({
            value: String(tier),
            text: t(`response.tierChoice.${tier}`),
            description: t(`response.tierHint.${tier}`),
          })),
          String(row?.tier ?? usualTier(form.responder)),
        ),
      ),
      ...(marked
        ? []
        : [
            input(
              'did',
              t('response.form.did'),
              textInput('did', { multiline: true, initial: row?.did, max: responseLimits.did }),
            ),
            ...(partner
              ? []
              : [
                  input(
                    'who',
                    t('response.form.who'),
                    textInput('who', { initial: form.who, max: responseLimits.who }),
                    {
                      optional: true,
                    },
                  ),
                ]),
          ]),
      picker('startedAt', form.startedAt ?? view.now, false),
      picker('arrivedAt', form.arrivedAt, true),
      picker('endedAt', row?.endedAt, true),
      input(
        'result',
        t('response.result'),
        select('result', choose, termOptions(view, 'outcomes'), row?.result),
        {
          optional: true,
        },
      ),
      ...(marked
        ? []
        : [
            input(
              'resultNote',
              t('response.form.resultNote'),
              textInput('resultNote', {
                multiline: true,
                initial: row?.resultNote,
                max: responseLimits.resultNote,
              }),
              { optional: true },
            ),
          ]),
      ...(partner ? partnerInputs(view, form) : meansInput(view, row)),
      ...(row === null ? roleInput(view, form.roles) : []),
      previewAction(view, 'response'),
    ],
  )
}

function meansInput(view: ViewContext, row: AlertResponse | null): Block[] {
  if (row !== null) return []
  const { t } = view.words
  const means = (['slack', 'radio', 'phone'] as const).map(value => ({
    value,
    text: t(`response.means.${value}`),
  }))
  return [input('means', t('response.form.means'), radio('means', means, 'slack'))]
}

function partnerInputs(view: ViewContext, { row, organisation }: ResponseForm): Block[] {
  const { t } = view.words
  const namings = NAMINGS.filter(value => value !== 'organisation' || organisation).map(value => ({
    value,
    text: t(`alert.naming.${value}`, { organisation: organisation ?? '' }),
  }))
  const readers = READERS.map(value => ({ value, text: t(`response.readers.${value}`) }))
  const own = row && !row.audience.includes('mission_civilian') && !row.audience.includes('military')
  return [
    input('naming', t('response.form.naming'), radio('naming', namings, row?.naming ?? 'partner')),
    input('readers', t('response.form.readers'), radio('readers', readers, own ? 'own_side' : 'alert')),
  ]
}

/** *Write down what is done*, offered below the receipt of *Responding*. */
export function offerRecord(view: ViewContext, alertId: string, actId: string): Block {
  return actions('response', [button(view.words.t('response.offer'), 'response.open', `${alertId}:${actId}`)])
}
