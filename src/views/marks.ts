import { SENSITIVITIES, TLPS } from '../domain/release.ts'
import type { Block } from '../ports.ts'
import { context, input, select } from './blocks.ts'
import type { ViewContext } from './context.ts'
import { marksText } from './release/phrases.ts'

/** What a record is marked with; null: as the mission marks records by itself. */
interface Marked {
  tlp: string | null
  sensitivity: string | null
}

/** The two inputs for the marks of a record, `tlp` and `sensitivity`. */
export function markInputs({ words: { t }, mission: { marks } }: ViewContext, record: Marked): Block[] {
  const choices = (mark: 'tlp' | 'sensitivity', values: readonly string[]) =>
    input(
      mark,
      t(`release.form.${mark}`),
      select(
        mark,
        t('alert.details.choose'),
        values.map(value => ({ value, text: t(`release.${mark}.${value}`) })),
        record[mark] ?? marks[mark],
      ),
    )
  return [choices('tlp', TLPS), choices('sensitivity', SENSITIVITIES)]
}

/** Blocks a message of Slack's holds at most. */
const BLOCKS_MAX = 50

/**
 * A card with the marks the mission gives its records, in its last line of small print, or below it where it has none.
 */
export function withUsualMarks(view: ViewContext, blocks: readonly Block[]): Block[] {
  const marks = context(`${marksText(view, view.mission.marks)}.`)
  const last = blocks.at(-1) as (Block & { elements?: object[] }) | undefined
  if (last?.type === 'context' && (last.elements?.length ?? 10) < 10) {
    const small = (marks as Block & { elements: object[] }).elements
    return [...blocks.slice(0, -1), { ...last, elements: [...(last.elements ?? []), ...small] } as Block]
  }
  return blocks.length < BLOCKS_MAX ? [...blocks, marks] : [...blocks]
}
