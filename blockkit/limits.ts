/** The places Slack shows blocks in. */
export type Surface = 'message' | 'modal' | 'home'

/**
 * Slack's published limits, one number each. Texts are counted in Unicode code points, lists in items,
 * `…Bytes` in UTF-8 bytes. A name ending in `Min` is a lower bound, all others are the highest value allowed.
 * Where Slack's pages disagree with each other the lower value stands.
 * Source: https://docs.slack.dev/reference/block-kit and the error lists of chat.postMessage and views.open.
 */
export const limits = {
  message: {
    blocks: 50,
    attachments: 100,
    /** Slack cuts a posted text here; a caller should treat it as refused. */
    text: 40_000,
    /** chat.update refuses a longer text with `msg_too_long`. */
    updateText: 4_000,
    markdownText: 12_000,
    /** All blocks as JSON. Undocumented; messages were seen refused from here on (`msg_blocks_too_long`). */
    blocksJson: 13_200,
    /** The same with room to spare, for `{ margin: true }`. */
    blocksJsonWithMargin: 12_000,
    tables: 1,
    dataVisualizations: 2,
  },
  view: {
    blocks: 100,
    blocksMin: 1,
    title: 24,
    submit: 24,
    close: 24,
    privateMetadata: 3_000,
    callbackId: 255,
    externalId: 255,
    viewBytes: 250_000,
  },
  id: { actionId: 255, blockId: 255 },
  text: { text: 3_000, textMin: 1 },
  section: { text: 3_000, fields: 10, fieldsMin: 1, field: 2_000 },
  header: { text: 150, level: 4, levelMin: 1 },
  context: { elements: 10, elementsMin: 1 },
  actions: { elements: 25, elementsMin: 1 },
  contextActions: { elements: 5, elementsMin: 1 },
  input: { label: 2_000, hint: 2_000 },
  image: { altText: 2_000, altTextMin: 1, title: 2_000, url: 3_000 },
  markdown: { text: 12_000, textMin: 1, total: 12_000 },
  richText: { textMin: 1, listItemsMin: 1, indent: 8, indentMin: 0, offsetMin: 0, border: 1, borderMin: 0 },
  table: { rows: 100, rowsMin: 1, columns: 20, columnsMin: 1, columnSettings: 20 },
  dataTable: {
    rows: 101,
    rowsMin: 2,
    columns: 20,
    columnsMin: 1,
    pageSize: 100,
    pageSizeMin: 1,
    headerColumnMin: 0,
  },
  /** Characters of all table cells of one message or view together. */
  cells: { total: 10_000, textMin: 1 },
  dataVisualization: {
    title: 50,
    segments: 12,
    segmentsMin: 1,
    series: 12,
    seriesMin: 1,
    points: 20,
    pointsMin: 1,
    categories: 20,
    categoriesMin: 1,
    label: 20,
    axisLabel: 50,
  },
  alert: { text: 200 },
  card: { title: 150, subtitle: 150, body: 200, subtext: 200, actions: 3, actionsMin: 1 },
  carousel: { elements: 10, elementsMin: 1 },
  container: { title: 150, subtitle: 150, children: 10, childrenMin: 1 },
  plan: { tasks: 50 },
  video: { title: 199, description: 199, authorName: 49, providerName: 49, altText: 2_000, url: 3_000 },
  button: { text: 75, value: 2_000, url: 3_000, accessibilityLabel: 75 },
  iconButton: { visibleTo: 10 },
  confirm: { title: 100, text: 300, confirm: 30, deny: 30 },
  option: { text: 75, value: 150, description: 75, url: 3_000 },
  optionGroup: { label: 75, options: 100, optionsMin: 1 },
  select: { options: 100, optionsMin: 1, groups: 100, groupsMin: 1, selectedMin: 1, queryLengthMin: 0 },
  choice: { options: 10, optionsMin: 1 },
  overflow: { options: 5, optionsMin: 1 },
  placeholder: { text: 150 },
  plainTextInput: {
    initialValue: 3_000,
    minLength: 3_000,
    minLengthMin: 0,
    maxLength: 3_000,
    maxLengthMin: 1,
  },
  richTextInput: { minLines: 100, minLinesMin: 1, maxLines: 100, maxLinesMin: 1 },
  fileInput: { files: 10, filesMin: 1, filetypesMin: 1 },
  dispatchAction: { triggers: 2, triggersMin: 1 },
  conversationFilter: { includeMin: 1 },
} as const

const everywhere: readonly Surface[] = ['message', 'modal', 'home']

/** Where an app may send each type of block. A type missing here is unknown to Slack. */
export const blockSurfaces: Readonly<Record<string, readonly Surface[]>> = {
  actions: everywhere,
  alert: ['modal'],
  card: ['message', 'home'],
  carousel: ['message', 'home'],
  container: everywhere,
  context: everywhere,
  context_actions: ['message'],
  data_table: everywhere,
  data_visualization: ['message'],
  divider: everywhere,
  /** Slack adds it itself to messages with remote files. */
  file: [],
  header: everywhere,
  image: everywhere,
  input: everywhere,
  markdown: ['message'],
  plan: ['message'],
  rich_text: everywhere,
  section: everywhere,
  table: ['message'],
  task_card: ['message'],
  video: everywhere,
}

/** Elements that are not allowed on every surface their block is. */
export const elementSurfaces: Readonly<Record<string, readonly Surface[]>> = { file_input: ['modal'] }
