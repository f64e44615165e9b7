import { cell, dataTable, line, richText, table, visualization, words } from './fixtures.ts'

/** Rich text, tables and charts Slack refuses: what is wrong, the block, what Slack says of it, and where below the block. */
export const wrongData: [string, object, string, string][] = [
  [
    'a column aligned nowhere',
    table({ column_settings: [{ align: 'top' }] }),
    'must be a valid enum value',
    '/column_settings/0/align',
  ],
  [
    'an unknown part of rich text',
    richText({ type: 'text', text: 'a' }),
    'unsupported type: text',
    '/elements/0/type',
  ],
  [
    'a user in preformatted text',
    richText({ type: 'rich_text_preformatted', elements: [{ type: 'user', user_id: 'U1' }] }),
    'unsupported type: user',
    '/elements/0/elements/0/type',
  ],
  [
    'a list item that is no section',
    richText({ type: 'rich_text_list', style: 'bullet', elements: [{ type: 'text', text: 'a' }] }),
    'unsupported type: text',
    '/elements/0/elements/0/type',
  ],
  [
    'a broadcast to nobody Slack knows',
    richText({ type: 'rich_text_section', elements: [{ type: 'broadcast', range: 'all' }] }),
    'must be a valid enum value',
    '/elements/0/elements/0/range',
  ],
  [
    'a colour that is none',
    richText({ type: 'rich_text_section', elements: [{ type: 'color', value: 'red' }] }),
    'must be a valid hex color',
    '/elements/0/elements/0/value',
  ],
  [
    'a number cell without value',
    dataTable({ rows: [[cell()], [{ type: 'raw_number', text: '1' }]] }),
    'missing required field: value',
    '/rows/1/0',
  ],
  [
    'a data table without caption',
    { type: 'data_table', rows: [[cell()], [cell()]] },
    'missing required field: caption',
    '',
  ],
  [
    'rows of different length',
    dataTable({ rows: [[cell(), cell()], [cell()]] }),
    'must provide 2 items',
    '/rows/1',
  ],
  [
    'rich text in a data table header',
    dataTable({ rows: [[richText(words('a'))], [cell()]] }),
    'unsupported type: rich_text',
    '/rows/0/0/type',
  ],
  [
    'a header column beyond the table',
    dataTable({ row_header_column_index: 2 }),
    'must be less than or equal to 1',
    '/row_header_column_index',
  ],
  ['an unknown chart', visualization({ type: 'donut' }), 'unsupported type: donut', '/chart/type'],
  [
    'a segment of nothing',
    visualization({ type: 'pie', segments: [{ label: 'a', value: 0 }] }),
    'must be greater than 0',
    '/chart/segments/0/value',
  ],
  [
    'a point outside the categories',
    visualization(line(1, 2, 1)),
    'must have one data point for each category',
    '/chart/series/0/data',
  ],
]
