import type { CheckOptions, limits, Surface } from '../../blockkit/index.ts'
import {
  actions,
  bullets,
  button,
  card,
  cell,
  confirm,
  container,
  dataTable,
  divider,
  grid,
  home,
  iconButton,
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
  task,
  times,
  urlOf,
  video,
  visualization,
  words,
} from './fixtures.ts'

type Groups = typeof limits
export type LimitPath = { [G in keyof Groups]: `${G}.${keyof Groups[G] & string}` }[keyof Groups]

export interface LimitCase {
  /** A payload that is right but for its size `n`. */
  build: (n: number) => Record<string, unknown>
  /** Where Slack points when the size is wrong. */
  pointer: string
  surface?: Surface
  options?: CheckOptions
  code?: string
}

const x = (n: number) => 'x'.repeat(n)
/** A case of one block in a message. */
const block = (make: (n: number) => object, below: string): LimitCase => ({
  build: n => message(make(n)),
  pointer: `/blocks/0${below}`,
})
/** A case of one element in an actions block. */
const element = (make: (n: number) => object, below: string): LimitCase =>
  block(n => actions(make(n)), `/elements/0${below}`)
/** A case of one element of an input in a modal. */
const field = (make: (n: number) => object, below: string): LimitCase => ({
  surface: 'modal',
  build: n => modal({}, input(make(n))),
  pointer: `/view/blocks/0/element${below}`,
})
const view = (make: (n: number) => object, below: string): LimitCase => ({
  surface: 'modal',
  build: n => modal(make(n), divider),
  pointer: `/view${below}`,
})

const select = (fields: object) => ({ type: 'static_select', ...fields })
const overflow = (options: unknown[]) => ({ type: 'overflow', options })
const radio = (options: unknown[]) => ({ type: 'radio_buttons', options })
const textInput = (fields: object) => ({ type: 'plain_text_input', ...fields })
const richInput = (fields: object) => ({ type: 'rich_text_input', action_id: 'a', ...fields })
const fileInput = (fields: object) => ({ type: 'file_input', ...fields })
const groups = (count: number, options = 1, label = 1) =>
  times(count, () => ({ label: plain(label), options: times(options, option) }))

/** Blocks whose JSON has exactly `n` characters. */
const blocksOfLength = (n: number) => {
  const full = times(4, () => section({ text: mrkdwn(2_900) }))
  const rest = n - JSON.stringify([...full, section({ text: mrkdwn(0) })]).length
  return [...full, section({ text: mrkdwn(rest) })]
}
/** A home tab whose JSON has exactly `n` bytes in fewer characters. */
const homeOfBytes = (n: number) => {
  const full = times(41, () => section({ text: { type: 'mrkdwn', text: 'é'.repeat(3_000) } }))
  const rest =
    n - new TextEncoder().encode(JSON.stringify(home({}, ...full, section({ text: mrkdwn(0) })).view)).length
  return home({}, ...full, section({ text: mrkdwn(rest) }))
}

export const cases: Record<LimitPath, LimitCase> = {
  'message.blocks': { build: n => message(...times(n, () => divider)), pointer: '/blocks' },
  'message.attachments': {
    build: n => ({ attachments: times(n, () => ({ text: 'a' })) }),
    pointer: '/attachments',
    code: 'too_many_attachments',
  },
  'message.text': { build: n => ({ text: x(n) }), pointer: '/text', code: 'msg_too_long' },
  'message.updateText': {
    build: n => ({ text: x(n) }),
    options: { method: 'chat.update' },
    pointer: '/text',
    code: 'msg_too_long',
  },
  'message.markdownText': {
    build: n => ({ markdown_text: x(n) }),
    pointer: '/markdown_text',
    code: 'msg_too_long',
  },
  'message.blocksJson': {
    build: n => message(...blocksOfLength(n)),
    pointer: '/blocks',
    code: 'msg_blocks_too_long',
  },
  'message.blocksJsonWithMargin': {
    build: n => message(...blocksOfLength(n)),
    options: { margin: true },
    pointer: '/blocks',
    code: 'msg_blocks_too_long',
  },
  'message.tables': { build: n => message(...times(n, () => table())), pointer: '/blocks/1' },
  'message.dataVisualizations': {
    build: n => message(...times(n, () => visualization())),
    pointer: '/blocks/2',
  },

  'view.blocks': {
    surface: 'home',
    build: n => home({}, ...times(n, () => divider)),
    pointer: '/view/blocks',
  },
  'view.blocksMin': {
    surface: 'home',
    build: n => home({}, ...times(n, () => divider)),
    pointer: '/view/blocks',
  },
  'view.title': view(n => ({ title: plain(n) }), '/title/text'),
  'view.submit': view(n => ({ submit: plain(n) }), '/submit/text'),
  'view.close': view(n => ({ close: plain(n) }), '/close/text'),
  'view.privateMetadata': view(n => ({ private_metadata: x(n) }), '/private_metadata'),
  'view.callbackId': view(n => ({ callback_id: x(n) }), '/callback_id'),
  'view.externalId': view(n => ({ external_id: x(n) }), '/external_id'),
  'view.viewBytes': { surface: 'home', build: homeOfBytes, pointer: '/view', code: 'view_too_large' },

  'id.actionId': element(n => button({ action_id: x(n) }), '/action_id'),
  'id.blockId': block(n => ({ type: 'divider', block_id: x(n) }), '/block_id'),
  'text.text': block(n => ({ type: 'context', elements: [plain(n)] }), '/elements/0/text'),
  'text.textMin': block(n => ({ type: 'header', text: plain(n) }), '/text/text'),
  'section.text': block(n => section({ text: mrkdwn(n) }), '/text/text'),
  'section.fields': block(n => section({ fields: times(n, () => mrkdwn()) }), '/fields'),
  'section.fieldsMin': block(n => section({ fields: times(n, () => mrkdwn()) }), '/fields'),
  'section.field': block(n => section({ fields: [mrkdwn(n)] }), '/fields/0/text'),
  'header.text': block(n => ({ type: 'header', text: plain(n) }), '/text/text'),
  'header.level': block(n => ({ type: 'header', text: plain(), level: n }), '/level'),
  'header.levelMin': block(n => ({ type: 'header', text: plain(), level: n }), '/level'),
  'context.elements': block(n => ({ type: 'context', elements: times(n, () => mrkdwn()) }), '/elements'),
  'context.elementsMin': block(n => ({ type: 'context', elements: times(n, () => mrkdwn()) }), '/elements'),
  'actions.elements': block(n => actions(...times(n, () => button())), '/elements'),
  'actions.elementsMin': block(n => actions(...times(n, () => button())), '/elements'),
  'contextActions.elements': block(
    n => ({ type: 'context_actions', elements: times(n, () => iconButton()) }),
    '/elements',
  ),
  'contextActions.elementsMin': block(
    n => ({ type: 'context_actions', elements: times(n, () => iconButton()) }),
    '/elements',
  ),
  'input.label': block(n => input(textInput({}), { label: plain(n) }), '/label/text'),
  'input.hint': block(n => input(textInput({}), { hint: plain(n) }), '/hint/text'),
  'image.altText': block(n => picture({ alt_text: x(n) }), '/alt_text'),
  'image.altTextMin': block(n => picture({ alt_text: x(n) }), '/alt_text'),
  'image.title': block(n => picture({ title: plain(n) }), '/title/text'),
  'image.url': block(n => picture({ image_url: urlOf(n) }), '/image_url'),
  'markdown.text': block(n => ({ type: 'markdown', text: x(n) }), '/text'),
  'markdown.textMin': block(n => ({ type: 'markdown', text: x(n) }), '/text'),
  'markdown.total': {
    build: n => message({ type: 'markdown', text: x(6_000) }, { type: 'markdown', text: x(n - 6_000) }),
    pointer: '/blocks/1/text',
  },
  'richText.textMin': block(n => richText(words(x(n))), '/elements/0/elements/0/text'),
  'richText.listItemsMin': block(
    n => richText(bullets({ elements: times(n, () => words('a')) })),
    '/elements/0/elements',
  ),
  'richText.indent': block(n => richText(bullets({ indent: n })), '/elements/0/indent'),
  'richText.indentMin': block(n => richText(bullets({ indent: n })), '/elements/0/indent'),
  'richText.offsetMin': block(n => richText(bullets({ offset: n })), '/elements/0/offset'),
  'richText.border': block(n => richText(bullets({ border: n })), '/elements/0/border'),
  'richText.borderMin': block(n => richText(bullets({ border: n })), '/elements/0/border'),

  'table.rows': block(n => table({ rows: grid(n, 1) }), '/rows'),
  'table.rowsMin': block(n => table({ rows: grid(n, 1) }), '/rows'),
  'table.columns': block(n => table({ rows: grid(1, n) }), '/rows/0'),
  'table.columnsMin': block(n => table({ rows: grid(1, n) }), '/rows/0'),
  'table.columnSettings': block(n => table({ column_settings: times(n, () => null) }), '/column_settings'),
  'dataTable.rows': block(n => dataTable({ rows: grid(n, 1) }), '/rows'),
  'dataTable.rowsMin': block(n => dataTable({ rows: grid(n, 1) }), '/rows'),
  'dataTable.columns': block(n => dataTable({ rows: [...grid(1, n), ...grid(1, n)] }), '/rows/0'),
  'dataTable.columnsMin': block(n => dataTable({ rows: [...grid(1, n), ...grid(1, n)] }), '/rows/0'),
  'dataTable.pageSize': block(n => dataTable({ page_size: n }), '/page_size'),
  'dataTable.pageSizeMin': block(n => dataTable({ page_size: n }), '/page_size'),
  'dataTable.headerColumnMin': block(
    n => dataTable({ row_header_column_index: n }),
    '/row_header_column_index',
  ),
  'cells.total': {
    build: n =>
      message(table({ rows: [[cell(5_000)]] }), dataTable({ rows: [[cell(1)], [cell(n - 5_001)]] })),
    pointer: '/blocks/1/rows',
  },
  'cells.textMin': block(n => table({ rows: [[cell(n)]] }), '/rows/0/0/text'),

  'dataVisualization.title': block(n => visualization(pie(1), { title: x(n) }), '/title'),
  'dataVisualization.segments': block(n => visualization(pie(n)), '/chart/segments'),
  'dataVisualization.segmentsMin': block(n => visualization(pie(n)), '/chart/segments'),
  'dataVisualization.series': block(n => visualization(line(n, 1)), '/chart/series'),
  'dataVisualization.seriesMin': block(n => visualization(line(n, 1)), '/chart/series'),
  'dataVisualization.points': block(n => visualization(line(1, n)), '/chart/series/0/data'),
  'dataVisualization.pointsMin': block(n => visualization(line(1, n)), '/chart/series/0/data'),
  'dataVisualization.categories': block(
    n => visualization(line(1, Math.min(n, 20), n)),
    '/chart/axis_config/categories',
  ),
  'dataVisualization.categoriesMin': block(
    n => visualization(line(1, Math.max(n, 1), n)),
    '/chart/axis_config/categories',
  ),
  'dataVisualization.label': block(n => visualization(pie(1, x(n))), '/chart/segments/0/label'),
  'dataVisualization.axisLabel': block(n => {
    const chart = line(1, 1)
    return visualization({ ...chart, axis_config: { ...chart.axis_config, x_label: x(n) } })
  }, '/chart/axis_config/x_label'),

  'alert.text': {
    surface: 'modal',
    build: n => modal({}, { type: 'alert', text: mrkdwn(n) }),
    pointer: '/view/blocks/0/text/text',
  },
  'card.title': block(n => card({ title: mrkdwn(n) }), '/title/text'),
  'card.subtitle': block(n => card({ subtitle: mrkdwn(n) }), '/subtitle/text'),
  'card.body': block(n => card({ body: mrkdwn(n) }), '/body/text'),
  'card.subtext': block(n => card({ subtext: mrkdwn(n) }), '/subtext/text'),
  'card.actions': block(n => card({ actions: times(n, () => button()) }), '/actions'),
  'card.actionsMin': block(n => card({ actions: times(n, () => button()) }), '/actions'),
  'carousel.elements': block(n => ({ type: 'carousel', elements: times(n, () => card()) }), '/elements'),
  'carousel.elementsMin': block(n => ({ type: 'carousel', elements: times(n, () => card()) }), '/elements'),
  'container.title': block(n => container({ title: plain(n) }), '/title/text'),
  'container.subtitle': block(n => container({ subtitle: mrkdwn(n) }), '/subtitle/text'),
  'container.children': block(n => container({ child_blocks: times(n, () => divider) }), '/child_blocks'),
  'container.childrenMin': block(n => container({ child_blocks: times(n, () => divider) }), '/child_blocks'),
  'plan.tasks': block(n => ({ type: 'plan', title: 'Plan', tasks: times(n, () => task) }), '/tasks'),
  'video.title': block(n => video({ title: plain(n) }), '/title/text'),
  'video.description': block(n => video({ description: plain(n) }), '/description/text'),
  'video.authorName': block(n => video({ author_name: x(n) }), '/author_name'),
  'video.providerName': block(n => video({ provider_name: x(n) }), '/provider_name'),
  'video.altText': block(n => video({ alt_text: x(n) }), '/alt_text'),
  'video.url': block(n => video({ video_url: urlOf(n) }), '/video_url'),

  'button.text': element(n => button({ text: plain(n) }), '/text/text'),
  'button.value': element(n => button({ value: x(n) }), '/value'),
  'button.url': element(n => button({ url: urlOf(n) }), '/url'),
  'button.accessibilityLabel': element(n => button({ accessibility_label: x(n) }), '/accessibility_label'),
  'iconButton.visibleTo': block(
    n => ({
      type: 'context_actions',
      elements: [iconButton({ visible_to_user_ids: times(n, i => `U${i}`) })],
    }),
    '/elements/0/visible_to_user_ids',
  ),
  'confirm.title': element(n => button({ confirm: confirm({ title: plain(n) }) }), '/confirm/title/text'),
  'confirm.text': element(n => button({ confirm: confirm({ text: mrkdwn(n) }) }), '/confirm/text/text'),
  'confirm.confirm': element(
    n => button({ confirm: confirm({ confirm: plain(n) }) }),
    '/confirm/confirm/text',
  ),
  'confirm.deny': element(n => button({ confirm: confirm({ deny: plain(n) }) }), '/confirm/deny/text'),
  'option.text': element(n => overflow([option(0, { text: plain(n) })]), '/options/0/text/text'),
  'option.value': element(n => overflow([option(0, { value: x(n) })]), '/options/0/value'),
  'option.description': element(
    n => radio([option(0, { description: mrkdwn(n) })]),
    '/options/0/description/text',
  ),
  'option.url': element(n => overflow([option(0, { url: urlOf(n) })]), '/options/0/url'),
  'optionGroup.label': field(n => select({ option_groups: groups(1, 1, n) }), '/option_groups/0/label/text'),
  'optionGroup.options': field(n => select({ option_groups: groups(1, n) }), '/option_groups/0/options'),
  'optionGroup.optionsMin': field(n => select({ option_groups: groups(1, n) }), '/option_groups/0/options'),
  'select.options': field(n => select({ options: times(n, option) }), '/options'),
  'select.optionsMin': field(n => select({ options: times(n, option) }), '/options'),
  'select.groups': field(n => select({ option_groups: groups(n) }), '/option_groups'),
  'select.groupsMin': field(n => select({ option_groups: groups(n) }), '/option_groups'),
  'select.selectedMin': field(
    n => ({ type: 'multi_users_select', max_selected_items: n }),
    '/max_selected_items',
  ),
  'select.queryLengthMin': field(
    n => ({ type: 'external_select', min_query_length: n }),
    '/min_query_length',
  ),
  'choice.options': element(n => ({ type: 'checkboxes', options: times(n, option) }), '/options'),
  'choice.optionsMin': element(n => radio(times(n, option)), '/options'),
  'overflow.options': element(n => overflow(times(n, option)), '/options'),
  'overflow.optionsMin': element(n => overflow(times(n, option)), '/options'),
  'placeholder.text': field(n => textInput({ placeholder: plain(n) }), '/placeholder/text'),
  'plainTextInput.initialValue': field(n => textInput({ initial_value: x(n) }), '/initial_value'),
  'plainTextInput.minLength': field(n => textInput({ min_length: n }), '/min_length'),
  'plainTextInput.minLengthMin': field(n => textInput({ min_length: n }), '/min_length'),
  'plainTextInput.maxLength': field(n => textInput({ max_length: n }), '/max_length'),
  'plainTextInput.maxLengthMin': field(n => textInput({ max_length: n }), '/max_length'),
  'richTextInput.minLines': field(n => richInput({ min_lines: n }), '/min_lines'),
  'richTextInput.minLinesMin': field(n => richInput({ min_lines: n }), '/min_lines'),
  'richTextInput.maxLines': field(n => richInput({ max_lines: n }), '/max_lines'),
  'richTextInput.maxLinesMin': field(n => richInput({ max_lines: n }), '/max_lines'),
  'fileInput.files': field(n => fileInput({ max_files: n }), '/max_files'),
  'fileInput.filesMin': field(n => fileInput({ max_files: n }), '/max_files'),
  'fileInput.filetypesMin': field(n => fileInput({ filetypes: times(n, () => 'pdf') }), '/filetypes'),
  'dispatchAction.triggers': field(
    n => textInput({ dispatch_action_config: { trigger_actions_on: times(n, () => 'on_enter_pressed') } }),
    '/dispatch_action_config/trigger_actions_on',
  ),
  'dispatchAction.triggersMin': field(
    n => textInput({ dispatch_action_config: { trigger_actions_on: times(n, () => 'on_enter_pressed') } }),
    '/dispatch_action_config/trigger_actions_on',
  ),
  'conversationFilter.includeMin': field(
    n => ({ type: 'conversations_select', filter: { include: times(n, () => 'public') } }),
    '/filter/include',
  ),
}
