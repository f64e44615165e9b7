import { isJson, type Json, list } from '../server/json.ts'
import { textOf } from './text.ts'

/** A control on a surface: where it stands and what a person calls it. */
export interface Control {
  block: Json
  element: Json
  /** The input's label, the button's words or the menu's placeholder. */
  label: string
}

/** Every control of these blocks, in order. */
export function controls(blocks: unknown): Control[] {
  return list(blocks).flatMap(block => {
    const inside = [
      block.element,
      block.accessory,
      ...list(block.elements),
      ...list(block.actions),
      ...(block.type === 'card' ? list(block.buttons) : []),
    ].filter(isJson)
    const own = inside
      .filter(element => typeof element.action_id === 'string')
      .map(element => ({ block, element, label: labelOf(block, element) }))
    return [...own, ...controls(block.child_blocks)]
  })
}

function labelOf(block: Json, element: Json): string {
  if (block.type === 'input') return textOf(block.label)
  if (element.type === 'button') return textOf(element.text)
  return textOf(element.placeholder) || textOf(block.text)
}

/** The buttons' words, in order. */
export const buttonLabels = (blocks: unknown): string[] =>
  controls(blocks)
    .filter(c => c.element.type === 'button')
    .map(c => c.label)

/** The control called so: by its words, else by action_id or block_id. */
export function findControl(
  blocks: unknown,
  name: string,
  accept: (control: Control) => boolean = () => true,
): Control | undefined {
  const all = controls(blocks).filter(accept)
  return (
    all.find(c => c.label === name) ??
    all.find(c => c.element.action_id === name || c.block.block_id === name) ??
    all.find(c => c.label.replace(/^[^\p{L}\p{N}]+/u, '') === name)
  )
}

/** The options a menu, radio group or set of checkboxes offers by itself. */
export const optionsOf = (element: Json): Json[] => [
  ...list(element.options),
  ...list(element.option_groups).flatMap(g => list(g.options)),
]

/** The option whose words or value are these; failing that, the one whose words contain them. */
export function findOption(options: Json[], wanted: string): Json | undefined {
  return (
    options.find(o => textOf(o.text) === wanted) ??
    options.find(o => o.value === wanted) ??
    options.find(o => textOf(o.text).includes(wanted))
  )
}

/** A modal's errors, given by block_id, by the labels of its inputs. */
export function errorsByLabel(blocks: unknown, errors: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).map(([id, sentence]) => {
      const block = list(blocks).find(b => b.block_id === id)
      return [block ? textOf(block.label) : id, sentence]
    }),
  )
}
