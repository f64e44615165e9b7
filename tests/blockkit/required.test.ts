import { describe, expect, it } from 'vitest'
import { checkSurface } from '../../blockkit/index.ts'
import { accepted, payloadOf } from './accepted.ts'

/**
 * What Slack's reference calls required, by the object's type, or by the name it stands under where it has none.
 * Of two fields that exclude each other (image_url or slack_file) the one Slack asks for is listed.
 */
const required: Record<string, readonly string[]> = {
  actions: ['elements'],
  alert: ['text'],
  carousel: ['elements'],
  container: ['child_blocks'],
  context: ['elements'],
  context_actions: ['elements'],
  data_table: ['rows', 'caption'],
  data_visualization: ['title', 'chart'],
  header: ['text'],
  image: ['alt_text', 'image_url'],
  input: ['label', 'element'],
  markdown: ['text'],
  plan: ['title'],
  rich_text: ['elements'],
  table: ['rows'],
  task_card: ['task_id', 'title'],
  tasks: ['task_id', 'title'],
  video: ['alt_text', 'title', 'thumbnail_url', 'video_url'],

  button: ['text'],
  checkboxes: ['options'],
  feedback_buttons: ['positive_button', 'negative_button'],
  positive_button: ['text', 'value'],
  negative_button: ['text', 'value'],
  icon_button: ['icon', 'text'],
  multi_static_select: ['options'],
  number_input: ['is_decimal_allowed'],
  overflow: ['options'],
  radio_buttons: ['options'],
  rich_text_input: ['action_id'],
  workflow_button: ['text', 'workflow'],
  workflow: ['trigger'],
  trigger: ['url'],
  customizable_input_parameters: ['name', 'value'],

  plain_text: ['text'],
  mrkdwn: ['text'],
  confirm: ['text'],
  options: ['text', 'value'],
  initial_option: ['text', 'value'],
  initial_options: ['text', 'value'],
  option_groups: ['label', 'options'],
  dispatch_action_config: ['trigger_actions_on'],
  slack_file: ['id'],
  icon: ['name'],
  url: ['url', 'text'],

  rich_text_section: ['elements'],
  rich_text_list: ['style', 'elements'],
  rich_text_quote: ['elements'],
  rich_text_preformatted: ['elements'],
  text: ['text'],
  link: ['url'],
  user: ['user_id'],
  usergroup: ['usergroup_id'],
  channel: ['channel_id'],
  team: ['team_id'],
  emoji: ['name'],
  broadcast: ['range'],
  color: ['value'],
  date: ['timestamp', 'format'],

  raw_text: ['text'],
  raw_number: ['value', 'text'],
  pie: ['segments'],
  segments: ['label', 'value'],
  line: ['series', 'axis_config'],
  series: ['name', 'data'],
  data: ['label', 'value'],
  axis_config: ['categories'],
}

type Step = string | number
interface Found {
  path: Step[]
  value: unknown
}

/** The value and everything inside it. */
function* within(value: unknown, path: Step[] = []): Generator<Found> {
  yield { path, value }
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) yield* within(inner, [...path, key])
}

/** A copy of the block with one place changed; an undefined field is one that is not there. */
function changed(block: object, path: readonly Step[], to: unknown): unknown {
  if (path.length === 0) return to
  const copy = structuredClone(block)
  let at = copy as Record<Step, unknown>
  for (const step of path.slice(0, -1)) at = at[step] as Record<Step, unknown>
  at[path.at(-1)!] = to
  return copy
}

const kindOf = (value: object, path: readonly Step[]): string =>
  'type' in value ? String(value.type) : String(path.findLast(step => Number.isNaN(Number(step))))

it('asks for every field Slack requires, where it is missing, and for no other', () => {
  const seen = new Set<string>()
  for (const { surface, block } of accepted) {
    for (const { path, value } of within(block)) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) continue
      const kind = kindOf(value, path)
      for (const field of Object.keys(value)) {
        const expected = field === 'type' || required[kind]?.includes(field) === true
        const place = [
          surface === 'message' ? '' : '/view',
          '/blocks/0',
          ...path.map(step => `/${step}`),
        ].join('')
        const words = `[ERROR] missing required field: ${field} [json-pointer:${place}]`
        const problems = checkSurface(
          surface,
          payloadOf(surface, changed(block, [...path, field], undefined)),
        )
        expect(
          problems.some(({ message }) => message === words),
          `${kind} without ${field}`,
        ).toBe(expected)
        if (expected) seen.add(`${kind}.${field}`)
      }
    }
  }
  const listed = Object.entries(required).flatMap(([kind, fields]) => fields.map(field => `${kind}.${field}`))
  expect(listed.filter(one => !seen.has(one))).toEqual([])
})

describe('whatever it is given', () => {
  const junk = [null, 5, '', 'x', true, [], {}, [null], [[]], { type: 5 }]

  it('answers and does not throw', () => {
    for (const { surface, block } of accepted) {
      for (const { path } of within(block)) {
        for (const odd of junk) checkSurface(surface, payloadOf(surface, changed(block, path, odd)))
      }
    }
    for (const odd of junk) {
      for (const surface of ['message', 'modal', 'home'] as const) {
        const everywhere = {
          text: odd,
          markdown_text: odd,
          blocks: odd,
          attachments: odd,
          metadata: odd,
          view: odd,
        }
        expect(checkSurface(surface, everywhere)).toBeInstanceOf(Array)
      }
      expect(checkSurface('message', { attachments: [{ blocks: odd }] })).toBeInstanceOf(Array)
      expect(checkSurface('modal', { view: { type: 'modal', blocks: odd, title: odd } })).not.toEqual([])
    }
  })
})
