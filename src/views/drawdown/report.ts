import { type CsvColumn, csvText } from '../../domain/csv.ts'
import { isVacuum } from '../../domain/drawdown.ts'
import type { DrawdownEntry, DrawdownFacts } from '../../operations/drawdown.ts'
import { bare } from '../blocks.ts'
import { pair, type ViewContext } from '../context.ts'
import { receiverName, whatText } from './card.ts'

/** The report's lines by heading: what nobody accepted, where nobody will be, what is agreed. */
function reportParts(
  view: ViewContext,
  { entries, vacuum, uncovered }: DrawdownFacts,
): [string, DrawdownEntry[]][] {
  const { t } = view.words
  const covers = ({ item }: DrawdownEntry) => item.kind === 'place' || item.kind === 'hotspot'
  return [
    [t('drawdown.report.nobodyThere'), vacuum.filter(covers)],
    [t('drawdown.report.noLine'), uncovered],
    [t('drawdown.report.notAccepted'), vacuum.filter(entry => !covers(entry))],
    [t('drawdown.report.agreed'), entries.filter(entry => !vacuum.includes(entry))],
  ]
}

/** The report as a PDF, with the same words for those who cannot see it. */
export async function drawdownPdf(view: ViewContext, facts: DrawdownFacts): Promise<Uint8Array> {
  const { Paper } = await import('../duty/paper.ts')
  const { t, date } = view.words
  const title = bare(
    t('drawdown.report.title', { what: whatText(view, facts.drawdown), mission: view.mission.short }),
  )
  const paper = new Paper({
    language: view.words.language,
    title,
    foot: (page, pages) =>
      t('drawdown.report.foot', { code: facts.drawdown.code, at: date(view.now), page, pages }),
  })
  paper.title(title)
  paper.text(reportText(view, facts), { bold: true })
  for (const [heading, entries] of reportParts(view, facts)) {
    paper.heading(`${heading} (${entries.length})`)
    if (entries.length === 0) paper.text(t('drawdown.report.none'), { grey: true })
    for (const { item, name, receiver } of entries)
      paper.entry(bare(pair(view, t(`drawdown.item.${item.kind}`), name)), null, [
        bare(`${t(`drawdown.state.${item.state}`)}${receiver ? `, ${receiverName(view, receiver)}` : ''}`),
        ...(item.needed ? [bare(pair(view, t('drawdown.settle.needed'), item.needed))] : []),
        ...(item.available ? [bare(pair(view, t('drawdown.settle.available'), item.available))] : []),
        ...(item.conditions ? [bare(item.conditions)] : []),
        ...(item.line ? [bare(pair(view, t(`drawdown.line.${item.line}`), item.lineText ?? ''))] : []),
      ])
  }
  return paper.finish()
}

const dayOrNone = (view: ViewContext, at: number | null) => (at === null ? null : view.words.date(at))

/** The report as a table. */
export async function drawdownCsv(view: ViewContext, { entries }: DrawdownFacts): Promise<Uint8Array> {
  const { t } = view.words
  const columns: CsvColumn<DrawdownEntry>[] = [
    { title: t('drawdown.csv.kind'), of: ({ item }) => t(`drawdown.item.${item.kind}`) },
    { title: t('drawdown.csv.name'), of: ({ name }) => name },
    { title: t('drawdown.csv.state'), of: ({ item }) => t(`drawdown.state.${item.state}`) },
    {
      title: t('drawdown.csv.receiver'),
      of: ({ receiver }) => (receiver ? receiverName(view, receiver) : ''),
    },
    { title: t('drawdown.csv.needed'), of: ({ item }) => item.needed },
    { title: t('drawdown.csv.available'), of: ({ item }) => item.available },
    { title: t('drawdown.csv.handed'), of: ({ item }) => dayOrNone(view, item.handedAt) },
    { title: t('drawdown.csv.verified'), of: ({ item }) => dayOrNone(view, item.verifiedAt) },
    { title: t('drawdown.csv.conditions'), of: ({ item }) => item.conditions },
    { title: t('drawdown.csv.line'), of: ({ item }) => (item.line ? t(`drawdown.line.${item.line}`) : '') },
    { title: t('drawdown.csv.lineText'), of: ({ item }) => item.lineText },
    { title: t('drawdown.csv.vacuum'), of: ({ item }) => (isVacuum(item) ? t('drawdown.csv.yes') : '') },
  ]
  let text = ''
  for await (const piece of csvText(columns, entries)) text += piece
  return new TextEncoder().encode(text)
}

/** The sentence a report comes with. */
export function reportText(
  view: ViewContext,
  { drawdown, entries, uncovered, vacuum }: DrawdownFacts,
): string {
  const count = view.words.t('drawdown.count', {
    all: entries.length,
    uncovered: uncovered.length,
    left: vacuum.length,
  })
  return `${bare(whatText(view, drawdown))}. ${count}`
}

/** "D-7K4Q-en.pdf". */
export const reportName = (view: ViewContext, { drawdown }: DrawdownFacts, format: string): string =>
  `${drawdown.code}-${view.words.language}.${format}`
