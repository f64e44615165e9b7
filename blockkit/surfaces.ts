import { blocks as anyBlock } from './blocks.ts'
import { limits, type Surface } from './limits.ts'
import { menuOption, optionGroup, plainText } from './objects.ts'
import { isObject, type Problem, Run } from './run.ts'
import { boolean, eitherOr, list, object, oneOf, text } from './spec.ts'
import { lengthOf } from './text.ts'
import { walk, walkAt } from './walk.ts'

export interface CheckOptions {
  /** The Web API method, where its limits differ: `chat.update`. */
  method?: string
  /** Keep well below limits that Slack does not publish. */
  margin?: boolean
}

const messageBlocks = list(anyBlock, limits.message.blocks)
const viewFields = {
  'blocks!': list(anyBlock, limits.view.blocks, limits.view.blocksMin),
  private_metadata: text(limits.view.privateMetadata, 0),
  callback_id: text(limits.view.callbackId, 0),
  external_id: text(limits.view.externalId, 0),
}
const views = {
  modal: object({
    'type!': oneOf('modal'),
    'title!': plainText(limits.view.title),
    submit: plainText(limits.view.submit),
    close: plainText(limits.view.close),
    clear_on_close: boolean,
    notify_on_close: boolean,
    ...viewFields,
  }),
  home: object({ 'type!': oneOf('home'), ...viewFields }),
}

/** Nothing found is a fine answer, so these lists may be empty. */
const suggestions = object(
  {
    options: list(menuOption, limits.select.options),
    option_groups: list(optionGroup, limits.select.groups),
  },
  eitherOr('options', 'option_groups'),
)

/**
 * What Slack would refuse in a payload; an empty list means it would be accepted.
 *
 * @param surface where it goes: a message `{text?, blocks?, attachments?, metadata?}`, or a view `{view}`
 * @param payload the arguments of the Web API method; nested values may be JSON texts, as in form bodies
 */
export function checkSurface(
  surface: Surface,
  payload: Record<string, unknown>,
  options: CheckOptions = {},
): Problem[] {
  return surface === 'message' ? checkMessage(payload, options) : checkView(surface, payload)
}

/** What Slack would refuse in the answer to a request for options, `{options}` or `{option_groups}`. */
export function checkOptions(payload: Record<string, unknown>): Problem[] {
  const run = new Run('modal', 'invalid_arguments')
  walk(suggestions, payload, run)
  return run.problems
}

function checkMessage(payload: Record<string, unknown>, options: CheckOptions): Problem[] {
  const run = new Run('message', 'invalid_blocks')
  checkTexts(payload, options, run)

  const blocks = parsed(payload.blocks)
  if (blocks !== undefined && !Array.isArray(blocks)) run.refuse('invalid_blocks_format', '/blocks')
  if (Array.isArray(blocks)) {
    walkAt(run, 'blocks', messageBlocks, blocks)
    checkTotals(blocks, run, ['blocks'])
    const most = options.margin ? limits.message.blocksJsonWithMargin : limits.message.blocksJson
    if (isLonger(JSON.stringify(blocks), most)) run.refuse('msg_blocks_too_long', '/blocks')
  }
  checkAttachments(parsed(payload.attachments), run)
  checkMetadata(parsed(payload.metadata), run)
  return run.problems
}

function checkTexts(payload: Record<string, unknown>, options: CheckOptions, run: Run): void {
  const { text: words, markdown_text: markdown } = payload
  const most = options.method === 'chat.update' ? limits.message.updateText : limits.message.text
  for (const name of ['text', 'markdown_text']) {
    const value = payload[name]
    if (value !== undefined && typeof value !== 'string')
      run.refuse('invalid_arguments', `/${name}`, `must provide a string [json-pointer:/${name}]`)
  }
  if (typeof words === 'string' && isLonger(words, most)) run.refuse('msg_too_long', '/text')
  if (typeof markdown === 'string') {
    if (isLonger(markdown, limits.message.markdownText)) run.refuse('msg_too_long', '/markdown_text')
    if (words || !isEmpty(payload.blocks)) run.refuse('markdown_text_conflict', '/markdown_text')
  }
  const says = words || markdown || !isEmpty(payload.blocks) || !isEmpty(payload.attachments)
  if (!says && payload.delete_original !== true) run.refuse('no_text', '/text')
}

function checkAttachments(attachments: unknown, run: Run): void {
  if (attachments === undefined) return
  run.code = 'invalid_attachments'
  if (!Array.isArray(attachments)) {
    run.refuse('invalid_attachments', '/attachments')
    return
  }
  if (attachments.length > limits.message.attachments) run.refuse('too_many_attachments', '/attachments')
  attachments.forEach((attachment, i) => {
    if (!isObject(attachment)) run.refuse('invalid_attachments', `/attachments/${i}`)
    if (!isObject(attachment) || attachment.blocks === undefined) return
    run.path.push('attachments', i)
    walkAt(run, 'blocks', messageBlocks, attachment.blocks)
    run.path.length = 0
    if (Array.isArray(attachment.blocks)) checkTotals(attachment.blocks, run, ['attachments', i, 'blocks'])
  })
}

function checkMetadata(metadata: unknown, run: Run): void {
  if (metadata === undefined) return
  if (!isObject(metadata)) {
    run.refuse('invalid_metadata_format', '/metadata')
    return
  }
  const { event_type: type, event_payload: payload, entities } = metadata
  if (entities !== undefined) return
  if (typeof type !== 'string' || type === '') run.refuse('invalid_metadata_schema', '/metadata/event_type')
  if (!isObject(payload)) run.refuse('invalid_metadata_schema', '/metadata/event_payload')
}

function checkView(surface: 'modal' | 'home', payload: Record<string, unknown>): Problem[] {
  const run = new Run(surface, 'invalid_arguments')
  const view = parsed(payload.view)
  if (view === undefined) {
    run.report('missing required field: view')
    return run.problems
  }
  run.hasSubmit = isObject(view) && view.submit !== undefined
  walkAt(run, 'view', views[surface], view)
  if (isObject(view)) {
    if (Array.isArray(view.blocks)) checkTotals(view.blocks, run, ['view', 'blocks'])
    if (bytesExceed(JSON.stringify(view), limits.view.viewBytes)) run.refuse('view_too_large', '/view')
  }
  return run.problems
}

/** Limits that hold for all blocks of a surface together. */
function checkTotals(blocks: readonly unknown[], run: Run, at: readonly (string | number)[]): void {
  let [tables, charts, markdown, cells] = [0, 0, 0, 0]
  flatten(blocks, at).forEach(({ block, path }) => {
    const pointer = path.map(step => `/${step}`).join('')
    if (block.type === 'table' && ++tables > limits.message.tables)
      run.refuse(run.code, pointer, 'only_one_table_allowed')
    if (block.type === 'data_visualization' && ++charts > limits.message.dataVisualizations)
      run.refuse(run.code, pointer, 'too many data_visualization blocks')
    if (block.type === 'markdown' && typeof block.text === 'string') {
      const before = markdown
      markdown += lengthOf(block.text)
      if (before > 0 && markdown > limits.markdown.total)
        run.report(`must be less than ${limits.markdown.total + 1} characters`, ...path, 'text')
    }
    if (block.type === 'table' || block.type === 'data_table') {
      cells += textIn(block.rows)
      if (cells > limits.cells.total)
        run.report(`must be less than ${limits.cells.total + 1} characters`, ...path, 'rows')
    }
  })
}

interface Placed {
  block: Record<string, unknown>
  path: (string | number)[]
}

function flatten(blocks: readonly unknown[], at: readonly (string | number)[]): Placed[] {
  return blocks.flatMap((block, i): Placed[] => {
    if (!isObject(block)) return []
    const path = [...at, i]
    const inside = block.child_blocks
    return [{ block, path }, ...(Array.isArray(inside) ? flatten(inside, [...path, 'child_blocks']) : [])]
  })
}

/** Characters of every `text` in a tree. */
function textIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + textIn(one), 0)
  if (!isObject(value)) return 0
  const own = typeof value.text === 'string' ? lengthOf(value.text) : 0
  return own + textIn(value.elements)
}

const isLonger = (value: string, max: number): boolean => value.length > max && lengthOf(value) > max
const bytesExceed = (value: string, max: number): boolean =>
  value.length * 3 > max && new TextEncoder().encode(value).length > max
const isEmpty = (value: unknown): boolean =>
  value === undefined || value === '' || value === '[]' || (Array.isArray(value) && value.length === 0)

/** Form bodies carry nested values as JSON; what is not JSON stays a text and is refused as such. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || value === '') return value === '' ? undefined : value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}
