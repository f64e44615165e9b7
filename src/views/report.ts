import { clip } from '../../blockkit/index.ts'
import type { Report } from '../domain/report.ts'
import type { AlertFacts, ReportFacts } from '../operations/alert/facts.ts'
import type { Rendered } from '../ports.ts'
import { namedAs } from './alert/phrases.ts'
import { said } from './blocks.ts'
import { term, type ViewContext } from './context.ts'

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
