import type { Temptation } from '../../../domain/tempting.ts'
import { checkboxes, input, section } from '../../blocks.ts'
import type { ViewContext } from '../../context.ts'

interface Field {
  type: string
  block_id?: string
  element?: { type: string; options?: { value: string }[] } & Record<string, unknown>
}

/**
 * A form once more as it was filled in, with a gentle warning below the field it is about and a box to post the text
 * as it is. Nothing typed is lost.
 *
 * @param typed by field: a text, or the value of an option chosen; the first one is what the warning is about.
 */
export function withWarning<T extends { blocks: unknown[] }>(
  view: ViewContext,
  form: T,
  typed: Record<string, string>,
  found: readonly Temptation[],
): T {
  const { t } = view.words
  const [about] = Object.keys(typed)
  const warning = [
    section(`⚠️ ${found.map(kind => t(`alert.tempting.${kind}`)).join('\n')}`),
    input(
      'asItIs',
      t('alert.tempting.label'),
      checkboxes('asItIs', [{ text: t('alert.tempting.asItIs'), value: 'yes' }]),
      {
        optional: true,
      },
    ),
  ]
  const blocks = (form.blocks as Field[]).flatMap(block => {
    const filled = block.block_id === undefined ? block : fill(block, typed[block.block_id])
    return block.block_id === about ? [filled, ...warning] : [filled]
  })
  return { ...form, blocks }
}

function fill(block: Field, value: string | undefined): Field {
  const { element } = block
  if (!element || !value) return block
  const chosen = element.options?.find(option => option.value === value)
  const initial = chosen ? { initial_option: chosen } : { initial_value: value }
  return { ...block, element: { ...element, ...initial } }
}
