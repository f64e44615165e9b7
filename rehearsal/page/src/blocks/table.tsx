import type { RichTextBlock, TableBlock } from '@slack/types'
import { RichText } from '../text/rich-text.tsx'

export type Cell = TableBlock['rows'][number][number]

export function CellContent({ cell }: { cell: Cell }) {
  return cell.type === 'rich_text' ? <RichText block={cell as RichTextBlock} /> : cell.text
}

/** A table block; its first row is the head. */
export function Table({ block }: { block: TableBlock }) {
  const [head, ...rows] = block.rows
  const style = (column: number) => {
    const setting = block.column_settings?.[column]
    return {
      textAlign: setting?.align ?? 'left',
      whiteSpace: setting?.is_wrapped ? 'normal' : 'nowrap',
    } as const
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className="table-scroll" tabIndex={0} aria-label="Table">
      <table>
        <thead>
          <tr>
            {head?.map((cell, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: cells are named by their place
              <th key={column} scope="col" style={style(column)}>
                <CellContent cell={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows are named by their place
            <tr key={index}>
              {row.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells are named by their place
                <td key={column} style={style(column)}>
                  <CellContent cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
