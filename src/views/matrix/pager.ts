import type { Block } from '../../ports.ts'
import { button } from '../blocks.ts'
import type { ViewContext } from '../context.ts'

/** Rows one modal shows; more are paged to. */
export const PAGE = 20

/** The buttons that turn the pages of a form; none where one page holds all. */
export function pager(
  view: ViewContext,
  action: string,
  roundId: string,
  from: number,
  count: number,
): Block[] {
  if (count <= PAGE) return []
  const { t } = view.words
  const to = (start: number, key: string) =>
    button(t(`matrix.button.${key}`), `${action}:${key}`, `${roundId}:${start}`)
  return [
    {
      type: 'actions',
      elements: [
        ...(from > 0 ? [to(Math.max(0, from - PAGE), 'previous')] : []),
        ...(from + PAGE < count ? [to(from + PAGE, 'next')] : []),
      ],
    },
  ]
}
