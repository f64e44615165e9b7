import { limits } from './limits.ts'
import { blockId } from './objects.ts'
import { richTextFields } from './richtext.ts'
import { isObject } from './run.ts'
import {
  boolean,
  integer,
  list,
  number,
  type ObjectSpec,
  object,
  oneOf,
  only,
  type Rule,
  tagged,
  text,
} from './spec.ts'

/** Tables and charts. */

const cell = tagged({
  raw_text: object({ 'text!': text(undefined, limits.cells.textMin) }),
  raw_number: object({ 'value!': number(), 'text!': text(undefined, limits.cells.textMin) }),
  rich_text: richTextFields,
})
const headerCell = only(cell, 'raw_text', 'raw_number')

export const table: ObjectSpec = {
  ...object({
    'rows!': list(
      list(cell, limits.table.columns, limits.table.columnsMin),
      limits.table.rows,
      limits.table.rowsMin,
    ),
    column_settings: list(
      { kind: 'nullable', of: object({ align: oneOf('left', 'center', 'right'), is_wrapped: boolean }) },
      limits.table.columnSettings,
    ),
    block_id: blockId,
  }),
  block: true,
}

const evenRows: Rule = (value, run) => {
  const { rows, row_header_column_index: index } = value
  if (!Array.isArray(rows) || !Array.isArray(rows[0])) return
  const width = rows[0].length
  rows.forEach((row, i) => {
    if (Array.isArray(row) && row.length !== width) run.report(`must provide ${width} items`, 'rows', i)
  })
  if (typeof index === 'number' && index >= width)
    run.report(`must be less than or equal to ${width - 1}`, 'row_header_column_index')
}
const plainHeader: Rule = (value, run) => {
  const header: unknown = Array.isArray(value.rows) ? value.rows[0] : undefined
  if (!Array.isArray(header)) return
  header.forEach((found, i) => {
    if (isObject(found) && !headerCell.members.has(String(found.type)))
      run.report(`unsupported type: ${found.type}`, 'rows', 0, i, 'type')
  })
}

export const dataTable: ObjectSpec = {
  ...object(
    {
      'rows!': list(
        list(cell, limits.dataTable.columns, limits.dataTable.columnsMin),
        limits.dataTable.rows,
        limits.dataTable.rowsMin,
      ),
      'caption!': text(),
      page_size: integer(limits.dataTable.pageSizeMin, limits.dataTable.pageSize),
      row_header_column_index: integer(limits.dataTable.headerColumnMin),
      block_id: blockId,
    },
    evenRows,
    plainHeader,
  ),
  block: true,
}

const viz = limits.dataVisualization
const label = text(viz.label)
const point = object({ 'label!': label, 'value!': number() })
const aboveZero: Rule = (value, run) => {
  if (typeof value.value === 'number' && value.value <= 0) run.report('must be greater than 0', 'value')
}

/** Each series names itself and has exactly one point for each category. */
const pointsFitCategories: Rule = (value, run) => {
  const { series, axis_config: axis } = value
  const categories = isObject(axis) && Array.isArray(axis.categories) ? axis.categories : undefined
  if (!Array.isArray(series)) return
  const names = new Set<unknown>()
  series.filter(isObject).forEach((one, i) => {
    if (names.has(one.name)) run.report(`series "${one.name}" already exists`, 'series', i, 'name')
    names.add(one.name)
    if (!categories || !Array.isArray(one.data)) return
    const labels = one.data.map(found => (isObject(found) ? found.label : undefined))
    if (labels.length !== categories.length || categories.some(category => !labels.includes(category)))
      run.report('must have one data point for each category', 'series', i, 'data')
  })
}

const axes = object(
  {
    'series!': list(
      object({ 'name!': label, 'data!': list(point, viz.points, viz.pointsMin) }),
      viz.series,
      viz.seriesMin,
    ),
    'axis_config!': object({
      'categories!': list(label, viz.categories, viz.categoriesMin),
      x_label: text(viz.axisLabel),
      y_label: text(viz.axisLabel),
    }),
  },
  pointsFitCategories,
)

export const chart = tagged({
  pie: object({
    'segments!': list(
      object({ 'label!': label, 'value!': number() }, aboveZero),
      viz.segments,
      viz.segmentsMin,
    ),
  }),
  bar: axes,
  line: axes,
  area: axes,
})
