import { sectorNamed } from '../../domain/alert-filter.ts'
import { TocsinError } from '../../errors.ts'
import { isSpan, type Span } from '../../operations/alert/figures.ts'
import { requestAlertFigures } from '../../operations/alert.ts'
import type { CommandCall } from '../contract.ts'

/** `/poc-alert stats [30d|90d|year] [sector]`: figures and a chart, by direct message. */
export async function statsCommand(call: CommandCall): Promise<void> {
  const { mission } = call.ctx
  let span: Span = '90d'
  let sector: string | null = null
  for (const word of call.text.split(/\s+/).filter(Boolean)) {
    const known = spanNamed(word)
    if (known) span = known
    else sector = sectorNamed(word.replace(/^(sector|secteur):/i, ''), mission) ?? unknown()
  }
  await requestAlertFigures(call.ctx, { span, sector })
  await call.ui.tell({ text: call.words.t('figures.coming') })
}

function spanNamed(word: string): Span | null {
  const lower = word.toLowerCase()
  const said =
    { '30j': '30d', '90j': '90d', an: 'year', année: 'year', '1y': 'year', '365d': 'year' }[lower] ?? lower
  return isSpan(said) ? said : null
}

function unknown(): never {
  throw new TocsinError('figures_words')
}
