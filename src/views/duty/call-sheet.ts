import { clip } from '../../../blockkit/index.ts'
import { findRole, type Ladder, type TaskingRow } from '../../domain/mission.ts'
import type { CallSheet, Listed, SheetRow } from '../../operations/duty/call-sheet.ts'
import { bare } from '../blocks.ts'
import { pair, role, sector, type ViewContext } from '../context.ts'
import type { Paper } from './paper.ts'

/** Characters Slack takes as the alternative text of a file. */
const ALT_MAX = 1000

/** The call sheet as a PDF (A4), in the words of `view`. The printing library is large, and loaded with the first sheet. */
export async function callSheetPdf(view: ViewContext, sheet: CallSheet): Promise<Uint8Array> {
  const { Paper } = await import('./paper.ts')
  const { t } = view.words
  const mission = view.mission.short
  const at = moment(view, sheet.at)
  const title = t('duty.sheet.title', { mission })
  const paper = new Paper({
    language: view.words.language,
    title,
    foot: (page, pages) => t('duty.sheet.foot', { mission, at, page, pages }),
  })
  paper.title(title)
  paper.text(t('duty.sheet.validFrom', { at, zone: view.mission.zone }), { size: 13, bold: true })
  paper.text(t('duty.sheet.handling'), { grey: true })
  for (const section of sheet.sections) {
    if (section.rows.length === 0) continue
    paper.heading(placeName(view, section.sector))
    for (const row of section.rows) paper.entry(postName(view, row), row.phone, standing(view, row))
  }
  paper.page()
  paper.title(t('duty.sheet.ladders'))
  for (const ladder of sheet.ladders) printLadder(view, paper, ladder)
  if (sheet.tasking.length > 0) {
    paper.page()
    paper.title(t('duty.tasks.title'))
    paper.text(t('duty.tasks.explain'))
    for (const [from, rows] of byAuthor(sheet.tasking)) {
      paper.heading(role(view, { role: from, sector: null }), 70)
      for (const line of taskLines(view, rows)) paper.text(line, { indent: 8 })
    }
  }
  return paper.finish()
}

/** What the PDF shows, for those who cannot see it: who is on duty for what, as far as there is room. */
export function callSheetAlt(view: ViewContext, sheet: CallSheet): string {
  const { t } = view.words
  const lines = sheet.sections.map(({ sector: id, rows }) => {
    const said = rows.map(row => pair(view, postName(view, row), row.phone ?? listed(view, row)))
    return `${placeName(view, id)}. ${said.join('; ')}.`
  })
  const head = t('duty.sheet.alt', { mission: view.mission.short, at: moment(view, sheet.at) })
  return clip([head, ...lines].join(' '), ALT_MAX)
}

/** The message a call sheet comes with. */
export function callSheetText(view: ViewContext, sheet: CallSheet): string {
  return view.words.t('duty.sheet.message', { mission: view.mission.short, at: moment(view, sheet.at) })
}

/** "call-sheet-UNMOB-en.pdf". */
export function callSheetName(view: ViewContext): string {
  return `call-sheet-${view.mission.short.replace(/[^\p{L}\p{N}]+/gu, '-')}-${view.words.language}.pdf`
}

/** "Sector operations may task: Battalion operations." per kind, roles and constituencies by name. */
export function taskLines(view: ViewContext, rows: readonly TaskingRow[]): string[] {
  return (['tasking', 'request'] as const).flatMap(kind => {
    const to = rows.filter(row => row.kind === kind).map(row => targetName(view, row.to))
    return to.length === 0 ? [] : [view.words.t(`duty.tasks.${kind}`, { to: view.words.list(to) })]
  })
}

/** The rows of the table by who gives the task, in the order of the mission file. */
export function byAuthor(rows: readonly TaskingRow[]): Map<string, TaskingRow[]> {
  return Map.groupBy(rows, ({ from }) => from)
}

function targetName(view: ViewContext, to: string): string {
  return findRole(view.mission, to)
    ? role(view, { role: to, sector: null })
    : view.words.t(`alert.constituency.${to}`)
}

function printLadder(view: ViewContext, paper: Paper, ladder: Ladder): void {
  const { t } = view.words
  const names = { slot: t(`alert.slot.${ladder.slot}`), of: t(`alert.constituency.${ladder.constituency}`) }
  paper.heading(t('duty.sheet.ladder', names), 150)
  for (const [index, rung] of ladder.rungs.entries()) {
    const means = view.words.list(rung.means.map(id => t(`duty.means.${id}`)))
    paper.entry(
      `${index + 1}. ${role(view, { role: rung.role, sector: null })}`,
      findRole(view.mission, rung.role)?.phone ?? null,
      [t(`duty.sheet.scope.${rung.scope}`, { means })],
    )
  }
}

const placeName = (view: ViewContext, id: string | null): string =>
  id === null ? view.words.t('duty.wholeMission') : sector(view, id)

const postName = (view: ViewContext, { ref }: SheetRow): string => role(view, { ...ref, sector: null })

function standing(view: ViewContext, row: SheetRow): string[] {
  const { t } = view.words
  if (!row.onDuty) return [t('duty.sheet.vacant')]
  return [
    t('duty.sheet.onDuty', { who: listed(view, row) }),
    ...(row.alternates.length > 0
      ? [t('duty.sheet.alternates', { who: view.words.list(row.alternates.map(one => person(view, one))) })]
      : []),
  ]
}

function listed(view: ViewContext, row: SheetRow): string {
  return row.onDuty ? person(view, row.onDuty) : view.words.t('duty.sheet.vacant')
}

/** "A. Person (Karamba)"; without a name, where they are. */
function person(view: ViewContext, { name, base }: Listed): string {
  if (name) return base ? `${bare(name)} (${bare(base)})` : bare(name)
  return base ? view.words.t('duty.sheet.at', { base: bare(base) }) : view.words.t('duty.sheet.unnamed')
}

const moment = (view: ViewContext, at: number): string => `${view.words.date(at)}, ${view.words.time(at)}`
