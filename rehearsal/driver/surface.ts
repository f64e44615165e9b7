import type { StateValues, Surface } from '../protocol.ts'
import { isJson, type Json } from '../server/json.ts'
import { buttonLabels, type Control, controls, findControl, optionsOf } from './controls.ts'
import { Deed } from './deed.ts'
import { chosen, enter, type FieldValue, offered } from './fields.ts'
import type { Stage } from './stage.ts'
import { textOf, visibleText } from './text.ts'

/** Anything with blocks on it that a person looks at and acts on: a card, a modal, the home tab. */
export abstract class ActiveSurface {
  protected readonly stage: Stage
  protected readonly user: string
  /** What this person has entered and not yet sent. */
  protected readonly entered: StateValues = {}

  constructor(stage: Stage, user: string) {
    this.stage = stage
    this.user = user
  }

  protected abstract surface(): Surface
  /** The blocks as they are now. @throws Error where the surface is gone */
  protected abstract blocks(): unknown[]

  /** The words a person reads. */
  get text(): string {
    return visibleText(this.stage.workspace.state, this.blocks())
  }

  /** The buttons' words, in order. */
  get buttons(): string[] {
    return buttonLabels(this.blocks())
  }

  /** Presses the button with these words, or picks the option with these words from a "more" menu. */
  click(label: string): Deed {
    const button = findControl(this.blocks(), label, c => c.element.type === 'button')
    if (button) return this.press(button, {})
    const menu = controls(this.blocks()).find(
      c => c.element.type === 'overflow' && optionsOf(c.element).some(o => textOf(o.text) === label),
    )
    if (!menu)
      throw this.wrong(`There is no button "${label}". There are: ${this.buttons.join(', ') || 'none'}.`)
    return this.press(menu, { selected_option: chosen(menu, optionsOf(menu.element), label) })
  }

  /** Picks an option by its words from a menu, named by placeholder, label or action_id, and sends it. */
  pick(menu: string, option: string): Deed {
    const isMenu = (c: Control): boolean => c.element.type !== 'button'
    const named = findControl(this.blocks(), menu, isMenu)
    const holding = controls(this.blocks()).find(
      c => c.element.type === 'overflow' && optionsOf(c.element).some(o => textOf(o.text) === option),
    )
    const control = named ?? holding
    if (!control) throw this.wrong(`There is no menu "${menu}".`)
    return new Deed(this.stage, this.user, async () => {
      const value = await enter(this.stage, this.user, this.surface(), control, option)
      return this.#keep(control, value)
    })
  }

  /** Types into an external menu and picks what then contains `option` (or, unsaid, what was typed). */
  async choose(menu: string, typed: string, option = typed): Promise<this> {
    const control = this.control(menu)
    const options = await offered(this.stage, this.user, this.surface(), control, typed)
    const result = await this.#keep(control, {
      type: control.element.type,
      selected_option: chosen(control, options, option),
    })
    if (!result.ok) throw this.wrong(`Choosing "${option}" failed: ${JSON.stringify(result)}`)
    return this
  }

  /** The words of the options an external menu offers when `typed` is entered. */
  async offers(menu: string, typed: string): Promise<string[]> {
    const options = await offered(this.stage, this.user, this.surface(), this.control(menu), typed)
    return options.map(o => textOf(o.text))
  }

  /** Fills in fields by label, action_id or block_id. Fields that tell the app at once do so. */
  async fill(fields: Record<string, FieldValue>): Promise<this> {
    for (const [name, value] of Object.entries(fields)) {
      const control = this.control(name)
      const state = await enter(this.stage, this.user, this.surface(), control, value)
      const result = await this.#keep(control, state)
      if (!result.ok) throw this.wrong(`Filling in "${name}" failed: ${JSON.stringify(result)}`)
    }
    return this
  }

  protected control(name: string): Control {
    const control = findControl(this.blocks(), name, c => c.element.type !== 'button')
    if (control) return control
    const known = controls(this.blocks()).map(c => c.label || String(c.element.action_id))
    throw this.wrong(`There is no field "${name}". There are: ${known.join(', ') || 'none'}.`)
  }

  protected press(control: Control, extra: Json, stale = false): Deed {
    return new Deed(this.stage, this.user, () => this.#send(control, extra, stale))
  }

  protected wrong(sentence: string): Error {
    return new Error(`${sentence}\n${this.stage.dump(this.user)}`)
  }

  #send(control: Control, extra: Json, stale: boolean) {
    const { element, block } = control
    const own =
      element.type === 'button'
        ? { text: element.text, ...(element.value ? { value: element.value } : {}) }
        : {}
    return this.stage.workspace.act(
      {
        persona: this.user,
        do: 'blockAction',
        surface: this.surface(),
        action: {
          type: element.type,
          action_id: element.action_id,
          block_id: block.block_id,
          ...own,
          ...extra,
        },
        state: this.entered,
      },
      { stale },
    )
  }

  /** Keeps what was entered, and tells the app where the control does so at once. */
  async #keep(control: Control, value: Json): Promise<{ ok: boolean }> {
    const { element, block } = control
    if (element.type !== 'overflow') {
      const blockId = String(block.block_id)
      this.entered[blockId] = { ...this.entered[blockId], [String(element.action_id)]: value }
    }
    const immediate = block.type !== 'input' || block.dispatch_action === true
    if (!immediate) return { ok: true }
    const { type: _, ...extra } = isJson(value) ? value : {}
    return this.#send(control, extra, false)
  }
}
