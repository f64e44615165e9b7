import { SENSITIVITIES, TLPS } from '../domain/release.ts'
import type { Block } from '../ports.ts'
import { input, select } from './blocks.ts'
import type { ViewContext } from './context.ts'

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
