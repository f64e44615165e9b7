import type { Temptation } from '../domain/tempting.ts'
import { checkboxes, input, section } from './blocks.ts'
import type { ViewContext } from './context.ts'

/** The block that holds the sentence. */
const SAID = 'tempting'

/**
 * A form as it was filled in, with a gentle warning below the field it is about and a box to post the text as it is.
 *
 * @param about the block id of that field.
 */
export function withWarning<T extends { blocks: unknown[] }>(
  view: ViewContext,
  form: T,
  about: string,
  found: readonly Temptation[],
): T {
  const { t } = view.words
  const warning = [
    { ...section(`⚠️ ${found.map(kind => t(`alert.tempting.${kind}`)).join('\n')}`), block_id: SAID },
    input(
      'asItIs',
      t('alert.tempting.label'),
      checkboxes('asItIs', [{ text: t('alert.tempting.asItIs'), value: 'yes' }]),
      { optional: true },
    ),
  ]
  const idOf = (block: unknown) => (block as { block_id?: string }).block_id
  const blocks = form.blocks
    .filter(block => idOf(block) !== SAID && idOf(block) !== 'asItIs')
    .flatMap(block => (idOf(block) === about ? [block, ...warning] : [block]))
  return { ...form, blocks }
}
