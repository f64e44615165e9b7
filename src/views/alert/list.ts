import { type AlertFilter, FLAGS, notUnderstood, STANDINGS } from '../../domain/alert-filter.ts'
import { isOverdue } from '../../domain/awaited.ts'
import { URGENCIES } from '../../domain/mission.ts'
import { VERIFICATION_STATES, verificationOf } from '../../domain/verification.ts'
import type { AlertFacts } from '../../operations/alert/facts.ts'
import type { AlertPage } from '../../operations/alert/list.ts'
import type { Block } from '../../ports.ts'
import {
  actions,
  brief,
  button,
  checkboxes,
  context,
  input,
  modal,
  section,
  select,
  textInput,
} from '../blocks.ts'
import { sector, term, termOptions, type ViewContext } from '../context.ts'
import { placeText, urgencyMark, whatText } from './phrases.ts'

const PLACE_MAX = 30
const WHAT_MAX = 40
/** Longest words to look for; the form's memory holds them. */
export const WORDS_MAX = 200
const DAY_MS = 86_400_000
const SPANS = [1, 7, 30, 90, 365].map(days => days * DAY_MS)

/** A page of alerts, a line each; *Older*, *Newer*, *Filter* and *CSV* act on this same modal. */
export function listModal(view: ViewContext, page: AlertPage) {
  const { t, dateTime, list } = view.words
  const unknown = notUnderstood(page.filter)
  const turn = [
    ...(page.newer ? [button(t('list.newer'), 'list.page:newer', JSON.stringify(page.newer))] : []),
    ...(page.older ? [button(t('list.older'), 'list.page:older', JSON.stringify(page.older))] : []),
  ]
  const rows = page.rows.map(facts => row(view, facts))
  return modal(
    'alert.list',
    { title: t('list.title'), close: t('alert.modal.close') },
    { filter: page.filter },
    [
      section(`*${filterText(view, page.filter)}*`),
      ...(unknown.length === 0
        ? []
        : [context(t('list.notUnderstood', { words: list(unknown.map(word => brief(word, 60))) }))]),
      actions('list.tools', [
        button(t('list.filter'), 'list.filter', 'filter'),
        button(t('list.csv'), 'list.csv', 'csv'),
      ]),
      ...(rows.length > 0
        ? rows
        : [section(t(page.lookedTo === null ? 'list.nothing' : 'list.nothingHere'))]),
      ...(page.lookedTo === null ? [] : [context(t('list.lookedTo', { at: dateTime(page.lookedTo) }))]),
      ...(turn.length > 0 ? [actions('list.turn', turn)] : []),
    ],
  )
}

/** "Open · Sector North · overdue": what the list shows, in words; not escaped where a person typed none. */
export function filterText(view: ViewContext, filter: AlertFilter): string {
  const { t, duration } = view.words
  return [
    t(`list.standing.${filter.standing}`),
    ...(filter.exercise ? [t('list.flag.exercise')] : []),
    ...(filter.sector === null ? [] : [sector(view, filter.sector)]),
    ...(filter.threat === null ? [] : [term(view, 'threats', filter.threat)]),
    ...(filter.urgency === null ? [] : [t(`alert.urgency.${filter.urgency}`)]),
    ...(filter.verification === null ? [] : [t(`verification.state.${filter.verification}`)]),
    ...(filter.sinceMs === null ? [] : [t('list.since', { span: duration(filter.sinceMs) })]),
    ...FLAGS.filter(flag => flag !== 'exercise' && filter[flag]).map(flag => t(`list.flag.${flag}`)),
    ...(filter.words === '' ? [] : [t('list.words', { words: brief(filter.words, WORDS_MAX) })]),
  ].join(' · ')
}

function row(view: ViewContext, facts: AlertFacts): Block {
  const { t, dateTime } = view.words
  const { alert, owners } = facts
  const verification = verificationOf(facts.verifications)
  const open = alert.lifecycle === 'open'
  const text = [
    ...(alert.exercise ? [`*${t('alert.exercise')}*`] : []),
    open
      ? `${urgencyMark[alert.urgency]} *${alert.code}* · ${t(`alert.urgency.${alert.urgency}`)}`
      : `*${alert.code}* · ${t(`standing.${alert.lifecycle}`)}`,
    brief(placeText(view, facts), PLACE_MAX),
    dateTime(alert.raisedAt),
    ...(owners.some(({ state }) => isOverdue(state, view.now)) ? [`⏰ *${t('list.isOverdue')}*`] : []),
    ...(verification === 'unverified' ? [] : [t(`verification.state.${verification}`)]),
    ...(alert.triage ? [`*${t('list.isUntriaged')}*`] : []),
    brief(whatText(view, facts), WHAT_MAX),
  ].join(' · ')
  const show = t('help.show')
  return section(text, button(show, 'alert.show', alert.id, { label: `${show} ${alert.code}` }))
}

/** The small form in the list's own place; submitting it shows the list again. */
export function filterModal(view: ViewContext, filter: AlertFilter) {
  const { t, duration } = view.words
  const any = t('list.any')
  const spans = [...new Set([...SPANS, ...(filter.sinceMs === null ? [] : [filter.sinceMs])])].sort(
    (a, b) => a - b,
  )
  const choice = (
    field: string,
    label: string,
    choices: { text: string; value: string }[],
    chosen: string | null,
  ) => input(field, label, select(field, any, choices, chosen), { optional: true })
  return modal(
    'list.filter',
    { title: t('list.filterTitle'), submit: t('list.apply'), close: t('alert.modal.cancel') },
    {},
    [
      input(
        'standing',
        t('list.field.standing'),
        select(
          'standing',
          any,
          STANDINGS.map(id => ({ text: t(`list.standing.${id}`), value: id })),
          filter.standing,
        ),
      ),
      choice(
        'sector',
        t('list.field.sector'),
        view.mission.sectors.map(({ id }) => ({ text: sector(view, id), value: id })),
        filter.sector,
      ),
      choice('threat', t('list.field.threat'), termOptions(view, 'threats'), filter.threat),
      choice(
        'urgency',
        t('list.field.urgency'),
        URGENCIES.map(id => ({ text: t(`alert.urgency.${id}`), value: id })),
        filter.urgency,
      ),
      choice(
        'verification',
        t('verification.label'),
        VERIFICATION_STATES.map(id => ({ text: t(`verification.state.${id}`), value: id })),
        filter.verification,
      ),
      choice(
        'since',
        t('list.field.since'),
        spans.map(ms => ({ text: t('list.since', { span: duration(ms) }), value: String(ms) })),
        filter.sinceMs === null ? null : String(filter.sinceMs),
      ),
      input(
        'flags',
        t('list.field.flags'),
        checkboxes(
          'flags',
          FLAGS.map(flag => ({ text: t(`list.flag.${flag}`), value: flag })),
          FLAGS.filter(flag => filter[flag]),
        ),
        { optional: true },
      ),
      input('words', t('list.field.words'), textInput('words', { initial: filter.words, max: WORDS_MAX }), {
        optional: true,
      }),
    ],
  )
}
