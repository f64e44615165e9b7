import { clip } from '../../blockkit/index.ts'
import type { Report } from '../domain/report.ts'
import type { AlertFacts, ReportFacts } from '../operations/alert/facts.ts'
import type { ReportRead } from '../operations/report.ts'
import type { FoundReport } from '../operations/report-search.ts'
import type { Block, Rendered } from '../ports.ts'
import { namedAs, placeText, whatText, when } from './alert/phrases.ts'
import {
  actions,
  bare,
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

/** Slack cuts no text below this many characters. */
const LINE_MAX = 3500

/** A further report in the alert's thread: by whom, how it came, and what it says, in its own words. */
export function reportLine(
  view: ViewContext,
  { alert }: Pick<AlertFacts, 'alert'>,
  head: ReportFacts,
  report: Report,
): Rendered {
  const lead = view.words.t('report.line', {
    alert: alert.code,
    code: report.code,
    by: reportLead(view, alert, head),
  })
  const words = report.what === '' ? view.words.t('report.erased') : clip(said(report.what), LINE_MAX)
  return { text: [lead, ...placeLine(view, report), words].join('\n') }
}

/** "Field office duty officer, by telephone": who gave a report as far as that may be said, and how it came in. */
export function reportLead(
  view: ViewContext,
  alert: AlertFacts['alert'],
  { author, cameBy, holder, naming }: ReportFacts,
): string {
  const by = namedAs(view, { holder, naming }, author, alert.sector)
  return cameBy ? `${by} (${term(view, 'came_by', cameBy)})` : by
}

function placeLine(view: ViewContext, { placeSaid }: Report): string[] {
  return placeSaid ? [view.words.t('report.place', { place: said(placeSaid) })] : []
}

/** Reports a list shows, the newest; characters of each, so that a section holds it. */
const SHOWN = 20
const WORDS_MAX = 2500

/** The reports of an alert that this person may read, and what may be done with them. */
export function reportsModal(
  view: ViewContext,
  { facts, reports }: { facts: AlertFacts; reports: readonly ReportRead[] },
  may: { add: boolean; join: boolean },
) {
  const { t } = view.words
  const { alert, joined } = facts
  const shown = reports.slice(-SHOWN)
  const earlier = reports.length - shown.length
  return modal(
    'report.list',
    { title: t('report.list.title', { code: alert.code }), close: t('alert.modal.close') },
    { alertId: alert.id },
    [
      ...(shown.length === 0 ? [section(t('report.list.none'))] : []),
      ...(earlier > 0 ? [context(t('report.list.earlier', { count: earlier }))] : []),
      ...shown.map(report => section(reportText(view, facts, report))),
      ...joined.map(each =>
        may.join
          ? section(
              t('report.joined.one', { code: each.alert.code }),
              button(t('report.joined.undo'), 'report.undo', each.alert.id, {
                label: `${t('report.joined.undo')} ${each.alert.code}`,
              }),
            )
          : section(t('report.joined.one', { code: each.alert.code })),
      ),
      ...(may.add || may.join
        ? [
            actions('reports', [
              ...(may.add
                ? [button(t('report.list.add'), 'report.add', alert.id, { style: 'primary' })]
                : []),
              ...(may.join ? [button(t('report.list.join'), 'report.join', alert.id)] : []),
            ]),
          ]
        : []),
    ],
  )
}

function reportText(view: ViewContext, { alert }: AlertFacts, report: ReportRead): string {
  const { t, dateTime } = view.words
  const lead = t('report.list.one', {
    code: report.code,
    at: dateTime(report.receivedAt),
    by: reportLead(view, alert, report),
  })
  const words = report.what === '' ? `_${t('report.erased')}_` : clip(said(report.what), WORDS_MAX)
  return `${lead}\n${words}`
}

/** Reports found by words, each with the alert it belongs to. */
export function foundReports(view: ViewContext, found: readonly FoundReport[]): Block[] {
  const { t } = view.words
  if (found.length === 0) return []
  return [
    section(`*${t('report.found.title')}*`),
    ...found.map(({ facts, report }) => {
      const { alert } = facts
      const lead = t('report.found.one', {
        code: report.code,
        alert: alert.code,
        at: view.words.dateTime(report.receivedAt),
      })
      return section(
        `${lead}\n${brief(report.what, FOUND_MAX)}`,
        button(t('help.show'), 'alert.show', alert.id, { label: `${t('help.show')} ${alert.code}` }),
      )
    }),
  ]
}

const FOUND_MAX = 140

/** A further report of the same thing. */
export function addReportModal(view: ViewContext, alert: AlertFacts['alert']) {
  const { t } = view.words
  const texts = {
    title: t('report.form.title', { code: alert.code }),
    submit: t('alert.modal.record'),
    close: t('alert.modal.cancel'),
  }
  return modal('report.add', texts, { alertId: alert.id }, [
    context(t('report.form.about')),
    input('what', t('report.form.what'), textInput('what', { multiline: true, max: 3000 }), {
      hint: t('report.form.whatHint'),
    }),
    input('where', t('report.form.where'), textInput('where', { max: 150 }), { optional: true }),
    input(
      'cameBy',
      t('report.form.cameBy'),
      select('cameBy', t('alert.details.choose'), termOptions(view, 'came_by')),
      { optional: true },
    ),
  ])
}

/** With which other alert: one of those near in place and time, or any by its code. */
export function joinModal(view: ViewContext, alert: AlertFacts['alert'], near: readonly AlertFacts[]) {
  const { t } = view.words
  const texts = {
    title: t('report.join.title', { code: alert.code }),
    submit: t('report.join.submit'),
    close: t('alert.modal.cancel'),
  }
  const choices = near.map(each => ({ text: oneLine(view, each), value: each.alert.id }))
  return modal('report.join', texts, { alertId: alert.id }, [
    context(t('report.join.about')),
    ...(choices.length > 0
      ? [input('near', t('report.join.near'), radio('near', choices), { optional: true })]
      : []),
    input('code', t('report.join.code'), textInput('code', { max: 10 }), {
      optional: true,
      hint: t('report.join.codeHint'),
    }),
  ])
}

/** "A-7K4Q · Karamba market · 02:10": an alert as one choice of many; plain text. */
function oneLine(view: ViewContext, facts: AlertFacts): string {
  const { alert } = facts
  return [alert.code, bare(placeText(view, facts)), when(view, { raisedAt: view.now }, alert.raisedAt)].join(
    ' · ',
  )
}

/** Under the receipt: alerts that could be about the same thing, each joined with one press. */
export function offerBlocks(
  view: ViewContext,
  alert: AlertFacts['alert'],
  near: readonly AlertFacts[],
): Block[] {
  const { t } = view.words
  if (near.length === 0) return []
  return [
    section(t('report.joined.offer')),
    ...near
      .slice(0, OFFERED)
      .map(each =>
        section(
          `*${each.alert.code}* · ${brief(placeText(view, each), 80)} · ${when(view, { raisedAt: view.now }, each.alert.raisedAt)}\n${brief(whatText(view, each), 200)}`,
          button(
            t('report.joined.same', { code: each.alert.code }),
            'report.same',
            `${each.alert.id}:${alert.id}`,
          ),
        ),
      ),
  ]
}

/** More than this few people read while something is happening. */
const OFFERED = 3
