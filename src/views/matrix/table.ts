import type { Change } from '../../domain/matrix/adopt.ts'
import { restsOnPolitics } from '../../domain/matrix/reveal.ts'
import type { InForce } from '../../operations/matrix/facts.ts'
import type { MatrixFacts, readDifference } from '../../operations/matrix/read.ts'
import type { Block, Rendered } from '../../ports.ts'
import { bare, brief, context, fitting, header, section } from '../blocks.ts'
import { sector, type ViewContext } from '../context.ts'
import { categoryMark, categoryText, placeName } from './phrases.ts'

/** Rows of the table in a message; Slack takes a hundred with the heading. */
const ROWS = 60
const ROOM = 6000
const REASON_MAX = 200

type DifferenceFacts = NonNullable<Awaited<ReturnType<typeof readDifference>>>

/** The matrix in force as a table: place, category, likelihood, impact, review date. */
export function matrixMessage(
  view: ViewContext,
  facts: MatrixFacts,
  difference: DifferenceFacts | null,
): Rendered {
  const { t, date, number } = view.words
  const listed = facts.places.filter(({ row }) => row !== null && row.category !== 'unlisted')
  const others = facts.places.length - listed.length
  const counts = (['must', 'should', 'could'] as const).map(category =>
    t('hotspot.named', {
      name: t(`matrix.category.${category}`),
      text: number(listed.filter(({ row }) => row?.category === category).length),
    }),
  )
  const title = t('matrix.tableTitle')
  const versions = facts.versions.map(version =>
    t('matrix.version', {
      number: version.number,
      where: version.sector === null ? t('matrix.wholeMission') : sector(view, version.sector),
      at: date(version.adoptedAt),
    }),
  )
  const cell = (text: string) => ({ type: 'raw_text', text: text === '' ? '–' : text })
  const rows = listed.slice(0, ROWS).map(({ place, row, stale }) => [
    // On a phone the first column is what shows.
    cell(
      `${categoryMark[row?.category ?? 'unlisted']} ${place.hotspot.code} ${bare(place.hotspot.name).slice(0, 60)}`,
    ),
    cell(row ? categoryCell(view, row) : '–'),
    cell(row ? `${number(row.likelihood)} × ${number(row.impact)}` : '–'),
    cell(row ? `${date(row.reviewBy)}${stale ? ` ${t('matrix.stale')}` : ''}` : '–'),
  ])
  const heading = ['place', 'category', 'rating', 'review'].map(key => cell(t(`matrix.column.${key}`)))
  const blocks: Block[] = [
    header(title),
    section(
      versions.length > 0
        ? versions.join('\n')
        : t('matrix.noVersion', { prefix: view.mission.commandPrefix }),
    ),
    ...(rows.length > 0 ? [{ type: 'table', rows: [heading, ...rows] }] : []),
    ...(listed.slice(0, ROWS).some(({ row }) => row && restsOnPolitics(row))
      ? [context(t('matrix.political'))]
      : []),
    ...(listed.length > ROWS ? [context(t('matrix.more', { count: listed.length - ROWS }))] : []),
    ...(others > 0 ? [context(t('matrix.others', { count: others }))] : []),
    ...(difference ? differenceBlocks(view, difference) : []),
    context(t('matrix.ranksPresence')),
  ]
  return { text: `${title}. ${counts.join(', ')}.`, blocks }
}

/** The category in force, the sector's where that has adopted another since, and whether a political reason is given. */
function categoryCell(view: ViewContext, { category, since, rationale }: InForce): string {
  const { t } = view.words
  const political = restsOnPolitics({ rationale }) ? ' ⚖️' : ''
  const text = `${t(`matrix.category.${category}`)}${political}`
  if (!since) return text
  const of = { where: sector(view, since.sector), category: t(`matrix.category.${since.category}`) }
  return `${text} (${t('matrix.sectorSince', of)})`
}

/** What is new, up, down and gone since the last version, and why (R-045). */
function differenceBlocks(view: ViewContext, { changes }: DifferenceFacts): Block[] {
  const { t, list } = view.words
  const moved = changes.filter(({ change }) => change !== 'same')
  if (moved.length === 0) return [section(t('matrix.unchanged'))]
  const lines = moved.map(({ change, from, to, reason, rationale, place }) => {
    const text = t(`matrix.change.${change as Exclude<Change, 'same'>}`, {
      place: placeName(view, [place], place.hotspot.id),
      from: categoryText(view, from),
      to: categoryText(view, to),
    })
    const why = reason ? brief(reason, REASON_MAX) : list(rationale.map(id => t(`matrix.rationale.${id}`)))
    return `• ${text}${why === '' ? '' : `. ${t('matrix.because', { reason: why })}`}`
  })
  const { shown, rest } = fitting(lines, ROOM)
  return [
    section(
      [`*${t('matrix.sinceLast')}*`, ...shown, ...(rest > 0 ? [t('matrix.more', { count: rest })] : [])].join(
        '\n',
      ),
    ),
  ]
}
