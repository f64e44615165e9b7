import { describe, expect, it } from 'vitest'
import { blockSurfaces, checkOptions, checkSurface, limits, type Surface } from '../../blockkit/index.ts'
import { cards, common, inMessagesOnly, inModalsOnly, inputBlocks } from './accepted.ts'
import {
  actions,
  button,
  card,
  cell,
  container,
  dataTable,
  divider,
  home,
  input,
  line,
  message,
  modal,
  mrkdwn,
  option,
  picture,
  pie,
  plain,
  richText,
  section,
  table,
  urlOf,
  visualization,
  words,
} from './fixtures.ts'

const wrap: Record<Surface, (block: object) => Record<string, unknown>> = {
  message: block => message(block),
  modal: block => modal({}, block),
  home: block => home({}, block),
}
const at = (surface: Surface) => (surface === 'message' ? '/blocks/0' : '/view/blocks/0')

describe('takes what Slack takes', () => {
  const everywhere = [...common, ...inputBlocks]
  const bySurface = {
    message: [...everywhere, ...cards, ...inMessagesOnly],
    modal: [...everywhere, ...inModalsOnly],
    home: [...everywhere, ...cards],
  }
  const all = (['message', 'modal', 'home'] as const).flatMap(surface =>
    bySurface[surface].map((block, i) => ({ surface, i, type: (block as { type: string }).type, block })),
  )

  it.each(all)('a $type in a $surface ($i)', ({ surface, block }) => {
    expect(checkSurface(surface, wrap[surface](block))).toEqual([])
  })

  it('every type of block is tried where it is allowed', () => {
    for (const [type, surfaces] of Object.entries(blockSurfaces)) {
      const tried = new Set(all.filter(one => one.type === type).map(one => one.surface))
      expect([...tried].sort(), type).toEqual([...surfaces].sort())
    }
  })

  it('JSON texts in place of nested values, as form bodies carry them', () => {
    const blocks = JSON.stringify([divider])
    expect(checkSurface('message', { blocks, attachments: '[]', metadata: '' })).toEqual([])
    expect(checkSurface('home', { view: JSON.stringify(home({}, divider).view) })).toEqual([])
  })

  it('fields that are undefined, which JSON leaves out', () => {
    expect(checkSurface('message', message(section({ accessory: undefined })))).toEqual([])
  })

  it('an update that clears the blocks and keeps the text', () => {
    expect(checkSurface('message', { text: 'a', blocks: [] }, { method: 'chat.update' })).toEqual([])
  })

  it('an answer that only removes the original', () => {
    expect(checkSurface('message', { delete_original: true })).toEqual([])
  })

  it('the same action_id in two blocks, and on the cards of one carousel', () => {
    expect(
      checkSurface(
        'message',
        message(actions(button({ action_id: 'a' })), actions(button({ action_id: 'a' }))),
      ),
    ).toEqual([])
  })
})

describe('refuses a block where its surface has no place for it', () => {
  const blocks = [
    ...cards,
    ...inMessagesOnly,
    ...inModalsOnly.slice(0, 1),
    { type: 'file', external_id: 'a', source: 'remote' },
  ]
  const wrong = blocks.flatMap(block => {
    const { type } = block as { type: string }
    const surfaces = (['message', 'modal', 'home'] as const).filter(
      surface => !blockSurfaces[type]?.includes(surface),
    )
    return surfaces.map(surface => ({ type, surface, block }))
  })

  it.each(wrong)('a $type in a $surface', ({ type, surface, block }) => {
    const pointer = `${at(surface)}/type`
    expect(checkSurface(surface, wrap[surface](block))).toEqual([
      {
        code: surface === 'message' ? 'invalid_blocks' : 'invalid_arguments',
        message: `[ERROR] unsupported type: ${type} [json-pointer:${pointer}]`,
        pointer,
      },
    ])
  })

  it('also inside a container', () => {
    expect(checkSurface('modal', modal({}, container({ child_blocks: [table()] })))[0]?.pointer).toBe(
      '/view/blocks/0/child_blocks/0/type',
    )
  })
})

/** A wrong block in a message: what Slack says of it, and where below the block. */
const wrongBlocks: [string, object, string, string][] = [
  ['an unknown type', { type: 'banner' }, 'unsupported type: banner', '/type'],
  [
    'a type that names something of the language',
    { type: 'constructor' },
    'unsupported type: constructor',
    '/type',
  ],
  ['no type', { text: plain() }, 'missing required field: type', ''],
  ['a block that is no object', [] as object, 'must provide an object', ''],
  ['a field Slack does not know', section({ disabled: true }), 'invalid additional property: disabled', ''],
  ['null for a text', { type: 'section', text: null }, 'must provide an object', '/text'],
  ['null for a list', section({ fields: null }), 'must provide an array', '/fields'],
  ['a section without text or fields', { type: 'section' }, 'must define either `text` or `fields`', ''],
  ['an empty text', section({ text: mrkdwn(0) }), 'must be more than 0 characters', '/text/text'],
  ['a bare string for a text object', section({ text: 'a' }), 'must provide an object', '/text'],
  ['mrkdwn in a header', { type: 'header', text: mrkdwn() }, 'unsupported type: mrkdwn', '/text/type'],
  [
    'mrkdwn on a button',
    actions(button({ text: mrkdwn() })),
    'unsupported type: mrkdwn',
    '/elements/0/text/type',
  ],
  [
    'verbatim on plain_text',
    section({ text: { ...plain(), verbatim: true } }),
    'invalid additional property: verbatim',
    '/text',
  ],
  [
    'emoji on mrkdwn',
    section({ text: { ...mrkdwn(), emoji: true } }),
    'invalid additional property: emoji',
    '/text',
  ],
  [
    'an image without alt_text',
    { type: 'image', image_url: 'https://example.org/a.png' },
    'missing required field: alt_text',
    '',
  ],
  ['an image without a source', { type: 'image', alt_text: 'a' }, 'missing required field: image_url', ''],
  [
    'an image with two sources',
    picture({ slack_file: { id: 'F1' } }),
    'must define either `image_url` or `slack_file`, not both',
    '',
  ],
  ['an image url that is none', picture({ image_url: 'a.png' }), 'must be a valid url', '/image_url'],
  [
    'a title on an image beside a section',
    section({ accessory: picture({ title: plain() }) }),
    'invalid additional property: title',
    '/accessory',
  ],
  ['an image among actions', actions(picture()), 'unsupported type: image', '/elements/0/type'],
  [
    'a button in a context',
    { type: 'context', elements: [button()] },
    'unsupported type: button',
    '/elements/0/type',
  ],
  [
    'a text input among actions',
    actions({ type: 'plain_text_input' }),
    'unsupported type: plain_text_input',
    '/elements/0/type',
  ],
  [
    'a text input beside a section',
    section({ accessory: { type: 'plain_text_input' } }),
    'unsupported type: plain_text_input',
    '/accessory/type',
  ],
  ['a button in an input', input(button()), 'unsupported type: button', '/element/type'],
  [
    'an overflow in an input',
    input({ type: 'overflow', options: [option()] }),
    'unsupported type: overflow',
    '/element/type',
  ],
  [
    'a file input in a message',
    input({ type: 'file_input' }),
    'unsupported type: file_input',
    '/element/type',
  ],
  [
    'an input without a label',
    { type: 'input', element: { type: 'plain_text_input' } },
    'missing required field: label',
    '',
  ],
  ['an input without an element', { type: 'input', label: plain() }, 'missing required field: element', ''],
  ['a button without text', actions({ type: 'button' }), 'missing required field: text', '/elements/0'],
  [
    'a style Slack has not',
    actions(button({ style: 'default' })),
    'must be a valid enum value',
    '/elements/0/style',
  ],
  [
    'a button url that is none',
    actions(button({ url: 'over there' })),
    'must be a valid url',
    '/elements/0/url',
  ],
  [
    'a confirmation without text',
    actions(button({ confirm: { title: plain() } })),
    'missing required field: text',
    '/elements/0/confirm',
  ],
  [
    'a select without options',
    actions({ type: 'static_select' }),
    'missing required field: options',
    '/elements/0',
  ],
  [
    'a select with options and groups',
    actions({
      type: 'static_select',
      options: [option()],
      option_groups: [{ label: plain(), options: [option()] }],
    }),
    'must define either `options` or `option_groups`, not both',
    '/elements/0',
  ],
  [
    'an option without value',
    actions({ type: 'static_select', options: [{ text: plain() }] }),
    'missing required field: value',
    '/elements/0/options/0',
  ],
  [
    'mrkdwn in a menu option',
    actions({ type: 'static_select', options: [option(0, { text: mrkdwn() })] }),
    'unsupported type: mrkdwn',
    '/elements/0/options/0/text/type',
  ],
  [
    'a url in a menu option',
    actions({ type: 'static_select', options: [option(0, { url: urlOf(30) })] }),
    'invalid additional property: url',
    '/elements/0/options/0',
  ],
  [
    'an initial option that is not offered',
    actions({ type: 'static_select', options: [option(0)], initial_option: option(1) }),
    'must be one of the provided options',
    '/elements/0/initial_option',
  ],
  [
    'an initial option worded otherwise',
    actions({ type: 'radio_buttons', options: [option(0)], initial_option: option(0, { text: plain(2) }) }),
    'must be one of the provided options',
    '/elements/0/initial_option',
  ],
  [
    'initial options that are not offered',
    actions({ type: 'checkboxes', options: [option(0)], initial_options: [option(0), option(1)] }),
    'must be one of the provided options',
    '/elements/0/initial_options/1',
  ],
  [
    'a day that does not exist',
    actions({ type: 'datepicker', initial_date: '2026-02-30' }),
    'must be in the format YYYY-MM-DD',
    '/elements/0/initial_date',
  ],
  [
    'an hour that does not exist',
    actions({ type: 'timepicker', initial_time: '24:00' }),
    'must be in the format HH:mm',
    '/elements/0/initial_time',
  ],
  [
    'a date and time in milliseconds',
    actions({ type: 'datetimepicker', initial_date_time: 1_800_000_000_000 }),
    'must be less than or equal to 9999999999',
    '/elements/0/initial_date_time',
  ],
  [
    'a fraction of a second',
    actions({ type: 'datetimepicker', initial_date_time: 1.5 }),
    'must provide an integer',
    '/elements/0/initial_date_time',
  ],
  [
    'a number as a text',
    actions({ type: 'datetimepicker', initial_date_time: '1' }),
    'must provide a number',
    '/elements/0/initial_date_time',
  ],
  ['a truth as a text', section({ expand: 'true' }), 'must provide a boolean', '/expand'],
  [
    'a conversation filter that filters nothing',
    actions({ type: 'conversations_select', filter: {} }),
    'must define either `include` or `exclude_external_shared_channels` or `exclude_bot_users`',
    '/elements/0/filter',
  ],
  [
    'a response_url outside a modal',
    input({ type: 'channels_select', response_url_enabled: true }),
    'can only be used in an `input` block in modals',
    '/element/response_url_enabled',
  ],
  [
    'lengths in the wrong order',
    input({ type: 'plain_text_input', min_length: 5, max_length: 4 }),
    'must be less than or equal to `max_length`',
    '/element/min_length',
  ],
  [
    'an initial text beyond max_length',
    input({ type: 'plain_text_input', initial_value: 'abc', max_length: 2 }),
    'must be less than 3 characters',
    '/element/initial_value',
  ],
  [
    'a number input that does not say of decimals',
    input({ type: 'number_input' }),
    'missing required field: is_decimal_allowed',
    '/element',
  ],
  [
    'a decimal where none is allowed',
    input({ type: 'number_input', is_decimal_allowed: false, initial_value: '1.5' }),
    'decimals are not allowed',
    '/element/initial_value',
  ],
  [
    'a number that is none',
    input({ type: 'number_input', is_decimal_allowed: true, min_value: 'ten' }),
    'must be a valid number',
    '/element/min_value',
  ],
  [
    'numbers in the wrong order',
    input({ type: 'number_input', is_decimal_allowed: true, min_value: '2', max_value: '1' }),
    'must be less than or equal to `max_value`',
    '/element/min_value',
  ],
  [
    'an initial number out of range',
    input({ type: 'number_input', is_decimal_allowed: true, initial_value: '3', max_value: '1' }),
    'must be between `min_value` and `max_value`',
    '/element/initial_value',
  ],
  [
    'a rich text input without action_id',
    input({ type: 'rich_text_input' }),
    'missing required field: action_id',
    '/element',
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
  [
    'an empty card',
    { type: 'card', subtitle: mrkdwn() },
    'must define either `hero_image` or `title` or `actions` or `body`',
    '',
  ],
  [
    'a card with two icons',
    card({ icon: picture(), slack_icon: { type: 'icon', name: 'bot' } }),
    'must define either `icon` or `slack_icon`, not both',
    '',
  ],
  [
    'something else in a carousel',
    { type: 'carousel', elements: [section()] },
    'unsupported type: section',
    '/elements/0/type',
  ],
  [
    'a container without title',
    { type: 'container', child_blocks: [divider] },
    'must define either `title` or `rich_text_title`',
    '',
  ],
  [
    'a container in a container',
    container({ child_blocks: [container()] }),
    'unsupported type: container',
    '/child_blocks/0/type',
  ],
  [
    'a container collapsed for good',
    container({ default_collapsed: true }),
    'must define `is_collapsible` to use `default_collapsed`',
    '/default_collapsed',
  ],
  [
    'a video that is not https',
    {
      type: 'video',
      alt_text: 'a',
      title: plain(),
      thumbnail_url: urlOf(30),
      video_url: 'http://example.org',
    },
    'must be a valid https url',
    '/video_url',
  ],
  [
    'an unknown status',
    { type: 'task_card', task_id: 't', title: 'a', status: 'done' },
    'must be a valid enum value',
    '/status',
  ],
  [
    'an action_id twice in a block',
    actions(button({ action_id: 'go' }), button({ action_id: 'go' })),
    '`action_id` "go" already exists',
    '/elements/1/action_id',
  ],
]

describe('refuses in a message, with the words Slack uses', () => {
  it.each(wrongBlocks)('%s', (_, block, words, below) => {
    const pointer = `/blocks/0${below}`
    expect(checkSurface('message', message(block))).toContainEqual({
      code: 'invalid_blocks',
      message: `[ERROR] ${words} [json-pointer:${pointer}]`,
      pointer,
    })
  })

  it('a block_id twice, also inside a container', () => {
    const named = { ...divider, block_id: 'b' }
    expect(checkSurface('message', message(named, container({ child_blocks: [named] })))).toEqual([
      {
        code: 'invalid_blocks',
        message: '[ERROR] `block_id` "b" already exists [json-pointer:/blocks/1/child_blocks/0/block_id]',
        pointer: '/blocks/1/child_blocks/0/block_id',
      },
    ])
  })

  it('a series named twice in a chart', () => {
    const chart = line(2, 1)
    const series = chart.series.map(one => ({ ...one, name: 'same' }))
    expect(checkSurface('message', message(visualization({ ...chart, series })))[0]?.pointer).toBe(
      '/blocks/0/chart/series/1/name',
    )
  })

  it('each of several problems', () => {
    const problems = checkSurface(
      'message',
      message(section({ text: mrkdwn(0) }), { type: 'banner' }, visualization(pie(0))),
    )
    expect(problems.map(({ pointer }) => pointer)).toEqual([
      '/blocks/0/text/text',
      '/blocks/1/type',
      '/blocks/2/chart/segments',
    ])
  })
})

describe('counts code points', () => {
  it('takes 3,000 emoji in a section and refuses 3,001', () => {
    const emoji = (n: number) => message(section({ text: { type: 'mrkdwn', text: '😀'.repeat(n) } }))
    expect(checkSurface('message', emoji(limits.section.text))).toEqual([])
    expect(checkSurface('message', emoji(limits.section.text + 1))[0]?.message).toBe(
      '[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
    )
  })
})

describe('refuses a message as a whole', () => {
  const refused: [string, Record<string, unknown>, string, string][] = [
    ['with nothing to say', {}, 'no_text', '/text'],
    ['with an empty text and no blocks', { text: '', blocks: [] }, 'no_text', '/text'],
    ['whose text is no text', { text: 5 }, 'invalid_arguments', '/text'],
    ['whose blocks are no list', { blocks: { blocks: [divider] } }, 'invalid_blocks_format', '/blocks'],
    ['whose blocks are broken JSON', { blocks: '[{' }, 'invalid_blocks_format', '/blocks'],
    ['whose attachments are no list', { text: 'a', attachments: {} }, 'invalid_attachments', '/attachments'],
    ['with an attachment that is no object', { attachments: ['a'] }, 'invalid_attachments', '/attachments/0'],
    [
      'with a wrong block in an attachment',
      { attachments: [{ blocks: [divider, { type: 'alert' }] }] },
      'invalid_attachments',
      '/attachments/0/blocks/1/type',
    ],
    [
      'with markdown_text beside text',
      { text: 'a', markdown_text: 'b' },
      'markdown_text_conflict',
      '/markdown_text',
    ],
    [
      'with markdown_text beside blocks',
      { blocks: [divider], markdown_text: 'b' },
      'markdown_text_conflict',
      '/markdown_text',
    ],
    ['whose metadata is broken JSON', { text: 'a', metadata: '{' }, 'invalid_metadata_format', '/metadata'],
    [
      'whose metadata has no type',
      { text: 'a', metadata: { event_payload: {} } },
      'invalid_metadata_schema',
      '/metadata/event_type',
    ],
    [
      'whose metadata has no payload',
      { text: 'a', metadata: { event_type: 'a' } },
      'invalid_metadata_schema',
      '/metadata/event_payload',
    ],
  ]
  it.each(refused)('%s', (_, payload, code, pointer) => {
    expect(checkSurface('message', payload)[0]).toMatchObject({ code, pointer })
  })

  it('with two tables, in the words Slack uses', () => {
    expect(checkSurface('message', message(table(), table()))).toEqual([
      { code: 'invalid_blocks', message: '[ERROR] only_one_table_allowed', pointer: '/blocks/1' },
    ])
  })
})

describe('refuses a view', () => {
  const views: [string, Surface, Record<string, unknown>, string, string][] = [
    ['that is missing', 'modal', {}, 'missing required field: view', ''],
    ['that is broken JSON', 'modal', { view: '{' }, 'must provide an object', '/view'],
    [
      'without title',
      'modal',
      { view: { type: 'modal', blocks: [divider] } },
      'missing required field: title',
      '/view',
    ],
    ['without type', 'home', { view: { blocks: [divider] } }, 'missing required field: type', '/view'],
    ['of the other surface', 'home', modal({}, divider), 'must be a valid enum value', '/view/type'],
    [
      'with a field modals do not have',
      'modal',
      modal({ submit_disabled: true }, divider),
      'invalid additional property: submit_disabled',
      '/view',
    ],
    [
      'with a title on a home tab',
      'home',
      home({ title: plain() }, divider),
      'invalid additional property: title',
      '/view',
    ],
    [
      'whose title is mrkdwn',
      'modal',
      modal({ title: mrkdwn() }, divider),
      'unsupported type: mrkdwn',
      '/view/title/type',
    ],
    [
      'with inputs and no submit',
      'modal',
      modal({ submit: undefined }, divider, input({ type: 'plain_text_input' })),
      'must define `submit` to use an `input` block in modals',
      '/view/blocks/1/input',
    ],
    [
      'with two elements in focus',
      'modal',
      modal(
        {},
        input({ type: 'plain_text_input', focus_on_load: true }),
        input({ type: 'datepicker', focus_on_load: true }),
      ),
      'only one element can be focused on load',
      '/view/blocks/1/element/focus_on_load',
    ],
    [
      'that dispatches a file input',
      'modal',
      modal({}, input({ type: 'file_input' }, { dispatch_action: true })),
      '`dispatch_action` cannot be used with a `file_input` element',
      '/view/blocks/0/dispatch_action',
    ],
    [
      'that wants a response_url outside an input',
      'modal',
      modal({}, actions({ type: 'channels_select', response_url_enabled: true })),
      'can only be used in an `input` block in modals',
      '/view/blocks/0/elements/0/response_url_enabled',
    ],
  ]
  it.each(views)('%s', (_, surface, payload, words, pointer) => {
    expect(checkSurface(surface, payload)).toContainEqual({
      code: 'invalid_arguments',
      message: `[ERROR] ${words} [json-pointer:${pointer}]`,
      pointer,
    })
  })
})

describe('checkOptions', () => {
  it('takes suggestions, grouped suggestions and none', () => {
    expect(checkOptions({ options: [option()] })).toEqual([])
    expect(checkOptions({ option_groups: [{ label: plain(), options: [option()] }] })).toEqual([])
    expect(checkOptions({ options: [] })).toEqual([])
  })

  it('refuses a suggestion that is too long', () => {
    expect(checkOptions({ options: [option(0, { text: plain(limits.option.text + 1) })] })[0]?.pointer).toBe(
      '/options/0/text/text',
    )
  })
})
