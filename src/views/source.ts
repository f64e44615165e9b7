/** Forms and lists of the vault: shown in a modal to a source's recorder or deputy, never in a channel. */
import type { Alert } from '../domain/alert.ts'
import {
  credibilities,
  type Grading,
  readReasons,
  reliabilities,
  type SourceIdentity,
} from '../domain/source.ts'
import type { KeptSource } from '../operations/source.ts'
import type { Block } from '../ports.ts'
import { brief, context, fields, input, modal, radio, said, section, select, textInput } from './blocks.ts'
import type { ViewContext } from './context.ts'

/** Sources one list shows, the newest; a modal takes 100 blocks. */
const SHOWN = 40
/** Alerts named in one line of the list. */
const LINKS = 6

/** Who gave the warning: sealed on submission, with its grade beside it. */
export function recordSourceModal(view: ViewContext, alert: Pick<Alert, 'id' | 'code'>) {
  const { t } = view.words
  const text = (
    field: string,
    max: number,
    options: { multiline?: boolean; optional?: boolean } = {},
  ): Block =>
    input(
      field,
      t(`source.field.${field}`),
      textInput(field, { max, ...(options.multiline ? { multiline: true } : {}) }),
      { optional: options.optional ?? true, ...hint(view, field) },
    )
  return modal(
    'source.record',
    {
      title: t('source.record.title', { code: alert.code }),
      submit: t('source.record.submit'),
      close: cancel(view),
    },
    { alertId: alert.id },
    [
      section(t('source.record.intro')),
      text('name', 200, { optional: false }),
      text('reach', 300),
      text('language', 100),
      text('safeTimes', 200),
      text('note', 1000, { multiline: true }),
      deputyInput(view, true),
      ...gradingInputs(view),
      context(t('source.record.limits'), t('help.confidential')),
    ],
  )
}

/** The list of a person's sources: codes, grades and what may be done, nothing of who they are. */
export function sourcesModal(view: ViewContext, kept: readonly KeptSource[]) {
  const { t } = view.words
  const shown = kept.slice(-SHOWN).reverse()
  return modal('source.list', { title: t('source.list.title'), close: t('alert.modal.close') }, {}, [
    section(kept.length === 0 ? t('source.list.none') : t('source.list.intro', { count: kept.length })),
    ...shown.map(each => sourceItem(view, each)),
    ...(kept.length > shown.length
      ? [context(t('source.list.older', { count: kept.length - shown.length }))]
      : []),
  ])
}

function sourceItem(view: ViewContext, kept: KeptSource): Block {
  const { t, date } = view.words
  const { source } = kept
  const kinds = [
    ...(source.erasedAt === null ? ['read', 'link'] : []),
    ...(kept.links.length > 0 ? ['grade'] : []),
    ...(source.erasedAt === null
      ? [
          ...(kept.mine === 'recorder' ? ['deputy'] : []),
          source.doNotContact === null ? 'do_not_contact' : 'may_contact',
          ...(view.mission.intake.reply ? [source.replyAgreed === null ? 'reply_on' : 'reply_off'] : []),
          'erase',
        ]
      : []),
  ]
  const choices = kinds.map(kind => ({ text: t(`source.act.${kind}`), value: `${kind}:${source.id}` }))
  return section(
    [
      `*${source.code}* · ${t(`source.mine.${kept.mine}`)} · ${date(source.createdAt)}`,
      linksText(view, kept),
      ...warnings(view, kept),
    ].join('\n'),
    select('source.act', t('source.act.choose'), choices),
  )
}

function linksText(view: ViewContext, { links }: KeptSource): string {
  const { t, list } = view.words
  if (links.length === 0) return t('source.list.noAlerts')
  const named = links.slice(-LINKS).map(link => `${link.alert?.code ?? '–'} (${gradeText(link)})`)
  return t('source.list.alerts', { alerts: list(named) })
}

function warnings(view: ViewContext, { source }: KeptSource): string[] {
  const { t, date } = view.words
  return [
    ...(source.erasedAt === null ? [] : [`⚫️ ${t('source.erased', { date: date(source.erasedAt) })}`]),
    ...(source.doNotContact === null
      ? []
      : [`⛔️ *${t('source.doNotContact', { date: date(source.doNotContact) })}*`]),
  ]
}

/** Asks why, before anything is opened. */
export function readSourceModal(view: ViewContext, kept: KeptSource) {
  const { t } = view.words
  const choices = readReasons.map(reason => ({ text: t(`source.reason.${reason}`), value: reason }))
  return modal(
    'source.read',
    { title: kept.source.code, submit: t('source.read.submit'), close: cancel(view) },
    { sourceId: kept.source.id },
    [
      ...warnings(view, kept).map(text => section(text)),
      input('reason', t('source.read.reason'), radio('reason', choices), { hint: t('source.read.logged') }),
    ],
  )
}

/** Who the source is: on this screen alone. */
export function identityModal(view: ViewContext, kept: KeptSource, identity: SourceIdentity) {
  const { t } = view.words
  const row = (field: 'name' | 'reach' | 'language' | 'safeTimes'): string[] => {
    const value = identity[field]
    return value ? [`*${t(`source.field.${field}`)}*\n${said(value)}`] : []
  }
  return modal('source.identity', { title: kept.source.code, close: t('alert.modal.close') }, {}, [
    ...warnings(view, kept).map(text => section(text)),
    fields([...row('name'), ...row('reach'), ...row('language'), ...row('safeTimes')]),
    ...(identity.note ? [section(said(identity.note))] : []),
    context(t('source.read.keep')),
  ])
}

/** A further alert the source stands behind, by its code. */
export function linkSourceModal(view: ViewContext, kept: KeptSource) {
  const { t } = view.words
  return modal(
    'source.link',
    { title: kept.source.code, submit: t('alert.modal.record'), close: cancel(view) },
    { sourceId: kept.source.id },
    [
      input('alert', t('source.link.alert'), textInput('alert', { max: 10, placeholder: 'A-7K4Q' })),
      ...gradingInputs(view),
    ],
  )
}

/** The grade of a source for one of its alerts. */
export function gradeSourceModal(view: ViewContext, kept: KeptSource) {
  const { t } = view.words
  const alerts = kept.links.flatMap(link =>
    link.alert ? [{ text: `${link.alert.code} (${gradeText(link)})`, value: link.alert.id }] : [],
  )
  const last = kept.links.at(-1)
  return modal(
    'source.grade',
    { title: kept.source.code, submit: t('alert.modal.save'), close: cancel(view) },
    { sourceId: kept.source.id },
    [
      input(
        'alert',
        t('source.grade.alert'),
        select('alert', t('alert.details.choose'), alerts, last?.alertId),
      ),
      ...gradingInputs(view, last),
    ],
  )
}

export function deputyModal(view: ViewContext, kept: KeptSource) {
  const { t } = view.words
  return modal(
    'source.deputy',
    { title: kept.source.code, submit: t('alert.modal.save'), close: cancel(view) },
    { sourceId: kept.source.id },
    [deputyInput(view, true), context(t('source.deputy.none'))],
  )
}

/** Asks once more before a step that changes what others may do, or cannot be undone. */
export function confirmSourceModal(
  view: ViewContext,
  kept: KeptSource,
  kind: 'do_not_contact' | 'may_contact' | 'reply_on' | 'reply_off' | 'erase',
) {
  const { t } = view.words
  return modal(
    'source.confirm',
    { title: kept.source.code, submit: t(`source.confirm.${kind}.submit`), close: cancel(view) },
    { sourceId: kept.source.id, kind },
    [section(t(`source.confirm.${kind}.text`, { word: view.mission.intake.reply?.word ?? '' }))],
  )
}

/** "B2". */
export const gradeText = ({ reliability, credibility }: Grading): string => `${reliability}${credibility}`

function gradingInputs(view: ViewContext, grading?: Grading): Block[] {
  const { t } = view.words
  const reliability = reliabilities.map(id => ({
    text: t('alert.labelled', { label: id, text: t(`source.reliability.${id}`) }),
    value: id,
  }))
  const credibility = credibilities.map(id => ({
    text: t('alert.labelled', { label: id, text: t(`source.credibility.${id}`) }),
    value: String(id),
  }))
  const choose = t('alert.details.choose')
  const own = ['yes', 'no'].map(value => ({ text: t(`source.independent.${value}`), value }))
  return [
    input(
      'reliability',
      t('source.field.reliability'),
      select('reliability', choose, reliability, grading?.reliability ?? 'F'),
    ),
    input(
      'credibility',
      t('source.field.credibility'),
      select('credibility', choose, credibility, String(grading?.credibility ?? 6)),
    ),
    input(
      'independent',
      t('source.field.independent'),
      radio('independent', own, grading?.independent === false ? 'no' : 'yes'),
    ),
  ]
}

function deputyInput(view: ViewContext, optional: boolean): Block {
  const { t } = view.words
  const element = { type: 'users_select', action_id: 'deputy' }
  return input('deputy', t('source.field.deputy'), element, { optional, ...hint(view, 'deputy') })
}

function hint(view: ViewContext, field: string): { hint?: string } {
  const hinted = ['name', 'reach', 'safeTimes', 'deputy']
  return hinted.includes(field) ? { hint: view.words.t(`source.hint.${field}`) } : {}
}

const cancel = (view: ViewContext): string => view.words.t('alert.modal.cancel')

/** "2 independent sources, graded B2 and C3", as a card says it; null where none is recorded. */
export function sourcesText(
  view: ViewContext,
  { sources }: { sources: { independent: number; repeating: number; grades: string[] } },
): string | null {
  const { t, list } = view.words
  if (sources.grades.length === 0) return null
  const shown = sources.grades.slice(0, LINKS).map(grade => brief(grade, 2))
  return [
    t('source.card.independent', { count: sources.independent, grades: list(shown) }),
    ...(sources.repeating > 0 ? [t('source.card.repeating', { count: sources.repeating })] : []),
  ].join('\n')
}
