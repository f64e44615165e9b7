import type { DataTableBlock } from '@slack/types'
import { useState } from 'react'
import { type Cell, CellContent } from './table.tsx'

function sortKey(cell: Cell | undefined): string | number {
  if (!cell) return ''
  if (cell.type === 'raw_number') return cell.value
  return cell.type === 'raw_text' ? cell.text : JSON.stringify(cell)
}

function compare(a: Cell | undefined, b: Cell | undefined): number {
  const [x, y] = [sortKey(a), sortKey(b)]
  return typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y))
}

/** A data_table: sorted by pressing a column's head, shown page by page. */
export function DataTable({ block }: { block: DataTableBlock }) {
  const [sort, setSort] = useState<{ column: number; down: boolean }>()
  const [page, setPage] = useState(0)
  const [head, ...body] = block.rows
  const size = block.page_size ?? 5
  const rows = sort
    ? body.toSorted((a, b) => compare(a[sort.column], b[sort.column]) * (sort.down ? -1 : 1))
    : body
  const pages = Math.max(1, Math.ceil(rows.length / size))
  const at = Math.min(page, pages - 1)
  const rowHeader = block.row_header_column_index ?? 0
  return (
    <div className="data-table">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <section className="table-scroll" tabIndex={0} aria-label={block.caption}>
        <table>
          <caption>{block.caption}</caption>
          <thead>
            <tr>
              {head?.map((cell, column) => {
                const sorted = sort?.column === column
                return (
                  <th
                    // biome-ignore lint/suspicious/noArrayIndexKey: columns are named by their place
                    key={column}
                    scope="col"
                    className={body[0]?.[column]?.type === 'raw_number' ? 'number' : undefined}
                    aria-sort={sorted ? (sort.down ? 'descending' : 'ascending') : 'none'}
                  >
                    <button type="button" onClick={() => setSort({ column, down: sorted && !sort.down })}>
                      <CellContent cell={cell} />
                      <span aria-hidden="true">{sorted ? (sort.down ? ' ↓' : ' ↑') : ' ↕'}</span>
                    </button>
                  </th>
                )
              })}
            </tr>
          </thead>
          <tbody>
            {rows.slice(at * size, at * size + size).map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows are named by their place
              <tr key={index}>
                {row.map((cell, column) => {
                  const CellTag = column === rowHeader ? 'th' : 'td'
                  return (
                    <CellTag
                      // biome-ignore lint/suspicious/noArrayIndexKey: cells are named by their place
                      key={column}
                      {...(column === rowHeader && { scope: 'row' })}
                      className={cell.type === 'raw_number' ? 'number' : undefined}
                    >
                      <CellContent cell={cell} />
                    </CellTag>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {pages > 1 && (
        <nav className="pager" aria-label={`Pages of ${block.caption}`}>
          <button type="button" className="button" disabled={at === 0} onClick={() => setPage(at - 1)}>
            Previous
          </button>
          <span>
            {at + 1} of {pages}
          </span>
          <button
            type="button"
            className="button"
            disabled={at === pages - 1}
            onClick={() => setPage(at + 1)}
          >
            Next
          </button>
        </nav>
      )}
    </div>
  )
}
