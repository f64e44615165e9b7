import { describe, expect, it } from 'vitest'
import { checkOptions, checkSurface, limits, type Surface } from '../../blockkit/index.ts'
import {
  actions,
  cell,
  dataTable,
  divider,
  home,
  input,
  message,
  modal,
  mrkdwn,
  option,
  plain,
  table,
} from './fixtures.ts'

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

describe('counts over the whole of', () => {
  it('an attachment: one table', () => {
    expect(checkSurface('message', { attachments: [{ blocks: [table(), table()] }] })).toEqual([
      {
        code: 'invalid_attachments',
        message: '[ERROR] only_one_table_allowed',
        pointer: '/attachments/0/blocks/1',
      },
    ])
  })

  it('a home tab: the characters in its tables', () => {
    const half = dataTable({ rows: [[cell(1)], [cell(limits.cells.total / 2)]] })
    expect(checkSurface('home', home({}, half, half))).toEqual([
      {
        code: 'invalid_arguments',
        message: '[ERROR] must be less than 10001 characters [json-pointer:/view/blocks/1/rows]',
        pointer: '/view/blocks/1/rows',
      },
    ])
  })
})

it('takes a work object as metadata', () => {
  expect(checkSurface('message', { text: 'a', metadata: { entities: [] } })).toEqual([])
})

describe('refuses a view', () => {
  const views: [string, Surface, Record<string, unknown>, string, string][] = [
    ['that is missing', 'modal', {}, 'missing required field: view', ''],
    [
      'that is a modal without type',
      'modal',
      modal({ type: undefined }, divider),
      'missing required field: type',
      '/view',
    ],
    ['without blocks', 'home', { view: { type: 'home' } }, 'missing required field: blocks', '/view'],
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
