import type { Checkboxes, Option, RadioButtons } from '@slack/types'
import { useSurface } from '../blocks/surface.tsx'
import { sameOption, stateOf } from '../blocks/values.ts'
import { TextObject } from '../text/mrkdwn.tsx'
import { type FieldProps, fieldAttributes } from './field.ts'

/** checkboxes and radio_buttons. */
export function Choices(props: FieldProps<Checkboxes | RadioButtons>) {
  const { element, blockId, dispatches } = props
  const { values, set, press } = useSurface()
  const state = stateOf(values, blockId, element) ?? {}
  const many = element.type === 'checkboxes'
  const chosen = many
    ? ((state.selected_options as Option[]) ?? [])
    : [state.selected_option as Option | null]

  const toggle = (option: Option, on: boolean) => {
    const options = element.options.filter(each =>
      sameOption(each, option) ? on : chosen.some(held => sameOption(held, each)),
    )
    const part = many ? { selected_options: options } : { selected_option: option }
    set(blockId, element.action_id ?? '', { type: element.type, ...part })
    if (dispatches) void press(blockId, element, part)
  }
  const { 'aria-invalid': _invalid, ...attributes } = fieldAttributes(props)
  return (
    <div role={many ? 'group' : 'radiogroup'} className="choices" {...attributes}>
      {element.options.map(option => (
        <label key={`${option.value} ${option.text.text}`} className="choice">
          <input
            type={many ? 'checkbox' : 'radio'}
            name={props.fieldId}
            checked={chosen.some(held => sameOption(held, option))}
            onChange={event => toggle(option, event.target.checked)}
          />
          <span>
            <TextObject text={option.text} />
            {option.description && (
              <small>
                <TextObject text={option.description} />
              </small>
            )}
          </span>
        </label>
      ))}
    </div>
  )
}
