import type { Surface } from '../../blockkit/index.ts'
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
  video,
  visualization,
  words,
} from './fixtures.ts'

/** One of everything Slack takes, with every field filled. */

const menu = { action_id: 'a', placeholder: plain(), confirm: confirm() }
const groups = [{ label: plain(), options: [option(1), option(2, { description: plain() })] }]
const initial = { value: 'v1', text: plain() }
const filter = { include: ['public', 'private'], exclude_bot_users: true }

/** Elements that stand in actions, beside a section and in an input. */
export const menus: Record<string, object> = {
  static_select: { ...menu, option_groups: groups, initial_option: initial },
  external_select: { ...menu, min_query_length: 0, initial_option: initial },
  users_select: { ...menu, initial_user: 'U1' },
  channels_select: { ...menu, initial_channel: 'C1' },
  conversations_select: { ...menu, filter, default_to_current_conversation: true },
  multi_static_select: { ...menu, options: [option(1)], initial_options: [initial], max_selected_items: 1 },
  multi_external_select: { ...menu, initial_options: [initial] },
  multi_users_select: { ...menu, initial_users: ['U1'] },
  multi_channels_select: { ...menu, initial_channels: ['C1'] },
  multi_conversations_select: { ...menu, initial_conversations: ['C1'], filter },
  datepicker: { ...menu, initial_date: '2028-02-29' },
  timepicker: { ...menu, initial_time: '23:59', timezone: 'Africa/Juba' },
  checkboxes: { action_id: 'a', options: [option(1, { text: mrkdwn() })], confirm: confirm() },
  radio_buttons: { action_id: 'a', options: [option(1)], initial_option: initial },
}
export const buttons: Record<string, object> = {
  button: {
    ...button(),
    action_id: 'a',
    url: 'https://example.org',
    value: 'v',
    style: 'danger',
    confirm: confirm(),
  },
  overflow: { action_id: 'a', options: [option(1, { url: 'https://example.org' })], confirm: confirm() },
  workflow_button: {
    text: plain(),
    workflow: {
      trigger: {
        url: 'https://slack.com/shortcuts/Ft1/x',
        customizable_input_parameters: [{ name: 'a', value: 'b' }],
      },
    },
  },
}
export const dateAndTime: Record<string, object> = {
  datetimepicker: { action_id: 'a', initial_date_time: 1_800_000_000, confirm: confirm() },
}
const typed = {
  action_id: 'a',
  placeholder: plain(),
  dispatch_action_config: { trigger_actions_on: ['on_character_entered'] },
}
export const inputs: Record<string, object> = {
  plain_text_input: { ...typed, initial_value: 'abc', multiline: true, min_length: 1, max_length: 3 },
  rich_text_input: { ...typed, initial_value: richText(words('abc')), min_lines: 2, max_lines: 9 },
  email_text_input: { ...typed, initial_value: 'a@example.org' },
  url_text_input: { ...typed, initial_value: 'https://example.org' },
  number_input: {
    ...typed,
    is_decimal_allowed: false,
    initial_value: '-5',
    min_value: '-10',
    max_value: '10',
  },
}

const withType = (elements: Record<string, object>) =>
  Object.entries(elements).map(([type, fields]): Record<string, unknown> => ({ ...fields, type }))
const leaves = [
  { type: 'text', text: 'a', style: { bold: true, code: true } },
  { type: 'link', url: 'https://example.org', text: 'a' },
  { type: 'user', user_id: 'U1' },
  { type: 'usergroup', usergroup_id: 'S1' },
  { type: 'channel', channel_id: 'C1' },
  { type: 'team', team_id: 'T1' },
  { type: 'emoji', name: 'wave', unicode: '1f44b' },
  { type: 'broadcast', range: 'here' },
  { type: 'color', value: '#F405B3' },
  { type: 'date', timestamp: 1_720_710_212, format: '{date_num}', fallback: 'then' },
]

/** Blocks that every surface takes. */
export const common: object[] = [
  section({ fields: [mrkdwn(), plain()], expand: true, block_id: 'first', accessory: picture() }),
  ...withType({ ...menus, ...buttons }).map(accessory => section({ accessory })),
  ...withType({ ...menus, ...buttons, ...dateAndTime }).map(element => actions(element)),
  { type: 'header', text: { ...plain(), emoji: true }, level: 2 },
  divider,
  { type: 'context', elements: [{ ...mrkdwn(), verbatim: true }, plain(), picture()] },
  picture({ title: plain() }),
  { type: 'image', alt_text: 'A map', slack_file: { id: 'F1' } },
  richText(
    { type: 'rich_text_section', elements: leaves },
    bullets({ indent: 1, offset: 2, border: 1 }),
    { type: 'rich_text_quote', elements: leaves, border: 0 },
    { type: 'rich_text_preformatted', elements: [leaves[0], leaves[1]] },
    { type: 'rich_text_section', elements: [] },
  ),
  video({ title_url: 'https://example.org', author_name: 'a', provider_name: 'b', description: plain() }),
  dataTable({
    rows: [
      [cell(), cell()],
      [richText(words('a')), { type: 'raw_number', value: 4, text: '4' }],
    ],
  }),
  container({ rich_text_title: richText(words('a')), subtitle: mrkdwn(), icon: picture(), width: 'wide' }),
  container({ is_collapsible: true, default_collapsed: true, child_blocks: [section(), actions(button())] }),
]
export const inputBlocks: object[] = withType({ ...menus, ...dateAndTime, ...inputs }).map(element =>
  input(element, { hint: plain(), optional: true, dispatch_action: false }),
)
export const cards: object[] = [
  card({ hero_image: picture(), icon: picture(), subtitle: plain(), body: mrkdwn(), actions: [button()] }),
  card({ slack_icon: { type: 'icon', name: 'bot' }, subtext: mrkdwn() }),
  {
    type: 'carousel',
    elements: [
      card({ actions: [button({ action_id: 'a' })] }),
      card({ actions: [button({ action_id: 'a' })] }),
    ],
  },
]
export const inMessagesOnly: object[] = [
  { type: 'markdown', text: '**a**' },
  table({ rows: [[cell(), richText(words('a'))], [cell()]], column_settings: [null, { align: 'right' }] }),
  visualization(pie(2)),
  visualization(line(2, 3)),
  {
    type: 'task_card',
    ...task,
    status: 'pending',
    details: richText(words('a')),
    sources: [{ type: 'url', url: 'https://example.org', text: 'a' }],
  },
  {
    type: 'plan',
    title: 'Plan',
    tasks: [task, { ...task, status: 'complete', output: richText(words('a')) }],
  },
  { type: 'plan', title: plain() },
  {
    type: 'context_actions',
    elements: [
      iconButton({ action_id: 'a' }),
      {
        type: 'feedback_buttons',
        positive_button: { text: plain(), value: 'good', accessibility_label: 'Good' },
        negative_button: { text: plain(), value: 'bad' },
      },
    ],
  },
]
export const inModalsOnly: object[] = [
  { type: 'alert', text: mrkdwn(), level: 'warning' },
  input({ type: 'file_input', filetypes: ['pdf'], max_files: 1 }),
  input({ type: 'conversations_select', response_url_enabled: true }),
]

/** Every accepted block, on each surface that takes it. */
export const accepted: { surface: Surface; type: string; block: object }[] = (
  [
    ['message', [...common, ...inputBlocks, ...cards, ...inMessagesOnly]],
    ['modal', [...common, ...inputBlocks, ...inModalsOnly]],
    ['home', [...common, ...inputBlocks, ...cards]],
  ] as const
).flatMap(([surface, blocks]) =>
  blocks.map(block => ({ surface, type: String((block as { type?: string }).type), block })),
)

/** A payload of one block for a surface. */
export const payloadOf = (surface: Surface, block: unknown): Record<string, unknown> =>
  ({ message: () => message(block), modal: () => modal({}, block), home: () => home({}, block) })[surface]()
